"""The red flags in a public rule engine: GoRules ZEN, as a decision graph in its own format.

The engine knows two values and one outcome, so the same is asked of both: which red flags hold, and the highest urgency, for people of whom
everything is known. The definitions stand in an expression node, and each rule is a row of a decision table that collects all that hold.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never

import msgspec
import zen

from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.effects import Effect
from spinesafe.rulebase.expression import TRUE, And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or, parts_of
from spinesafe.rulebase.names import findings_of
from spinesafe.rulebase.program import compile_program
from spinesafe.rulebase.rulebase import Watched

Answered = tuple[frozenset[str], Urgency]
"""The rules that hold, and the highest urgency."""
Context = dict[str, object]


def red_flags(rulebase: RuleBase, never_known: frozenset[str]) -> list[CheckedRule]:
    """The rules of section C that raise the urgency, but those that read a finding nobody in the cases is asked."""
    return [
        rule
        for rule in rulebase.rules
        if rule.origin == "rule"
        and not rule.after_treatment
        and rule.then.urgency > Urgency.ROUTINE
        and not never_known & set(findings_of(rule.when))
    ]


def with_only(rulebase: RuleBase, rules: Sequence[CheckedRule]) -> RuleBase:
    """The rule base of these rules alone, each raising its urgency and nothing else."""
    plain = tuple(msgspec.structs.replace(rule, effects=(Effect.of(TRUE, rulebase.layout.outcome(rule.then.urgency)),)) for rule in rules)
    nothing = Watched(hurts={}, applies={}, advice={}, owners=(), definitions={})
    return msgspec.structs.replace(rulebase, rules=plain, program=compile_program(rule.when for rule in plain), watched=nothing)


def context_of(facts: Facts, findings: Sequence[str]) -> Context:
    """What is known of a person, as the engine takes it."""
    return {finding: _plain(facts[finding].value) for finding in findings}


def _plain(value: Value) -> object:
    match value:
        case Members(present, _):
            return sorted(present)
        case Answer():
            return None
        case _:
            return value


def engine(rules: Sequence[CheckedRule]) -> Callable[[Context], Answered]:
    """A function that answers for one person."""
    decision = zen.ZenEngine().create_decision(json.dumps(decision_graph(rules)))

    def answer(context: Context) -> Answered:
        rows = decision.evaluate(context)["result"]["held"]
        return frozenset(row["rule"] for row in rows), Urgency.from_rank(max((int(row["urgency"]) for row in rows), default=0))

    return answer


def decision_graph(rules: Sequence[CheckedRule]) -> dict[str, object]:
    """The rules as a JSON decision model."""
    names: dict[Named, str] = {}
    for rule in rules:
        _collect(rule.when, names)
    definitions = {
        "passThrough": True,
        "expressions": [{"id": name, "key": name, "value": written(node.part, names, "$.")} for node, name in names.items()],
    }
    table = {
        "hitPolicy": "collect",
        "outputPath": "held",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("rule", "urgency")],
        "rules": [
            {"_id": rule.id, "when": written(rule.when, names), "rule": json.dumps(rule.id), "urgency": str(rule.then.urgency.rank)}
            for rule in rules
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "definitions", "name": "definitions", "type": "expressionNode", "content": definitions},
        {"id": "rules", "name": "rules", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "definitions"), ("definitions", "rules"), ("rules", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def _collect(node: Expression, names: dict[Named, str]) -> None:
    """Definitions, each after those that it is made of. Two that differ may be called the same."""
    for part in parts_of(node):
        _collect(part, names)
    if isinstance(node, Named):
        names.setdefault(node, f"{node.name}_{len(names)}")


def written(node: Expression, names: Mapping[Named, str], inner: str = "") -> str:  # noqa: C901 - one case for each kind of node
    """An expression in the language of the engine. A number that does not apply is null, which it cannot compare."""

    def joined(parts: Iterable[Expression], between: str) -> str:
        return f"({between.join(written(part, names, inner) for part in parts)})"

    match node:
        case Constant(value):
            return "true" if value else "false"
        case Holds(finding):
            return finding
        case Is(finding, member):
            return f"{finding} == {json.dumps(member)}"
        case Has(finding, member):
            return f"{json.dumps(member)} in {finding}"
        case Compare(finding, sign, limit):
            return f"({finding} != null and {finding} {sign} {limit:g})"
        case Not(part):
            return f"not ({written(part, names, inner)})"
        case And(parts):
            return joined(parts, " and ")
        case Or(parts):
            return joined(parts, " or ")
        case AtLeast(number, parts):
            counted = " + ".join(f"({written(part, names, inner)} ? 1 : 0)" for part in parts)
            return f"({counted} >= {number})"
        case Named():
            return f"{inner}{names[node]}"
    assert_never(node)
