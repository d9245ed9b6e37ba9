"""What is compared: cells. The evaluator writes the expected ones."""

from collections.abc import Iterator, Sequence
from typing import Any

from spinesafe.backends.evaluate import Decision, Evaluator, Walk
from spinesafe.backends.exports.logic import read_name, rule_name
from spinesafe.backends.exports.outputs import SETTLED, URGENCY, ceiling_of, cell_name, floor_of, reported_of
from spinesafe.model.fact import Facts
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import TRUE, Expression, all_of
from spinesafe.rulebase.program import KNOWN, POSSIBLE
from spinesafe.screening.verdict import verdict

Cells = list[Any]


def outputs_of(rulebase: RuleBase) -> list[Expression]:
    """The expressions that the program computes: each effect of each rule, then what screening watches."""
    watched = rulebase.watched
    found = [all_of(rule.when, effect.when) for rule in rulebase.rules for effect in rule.effects]
    named = {
        **{output: rulebase.expressions[name] for name, output in watched.definitions.items()},
        **{output: rulebase.expressions[rulebase.findings[f].asked_when] for f, output in watched.applies.items()},
        **{output: rulebase.expressions[rulebase.regions[r].hurts_when] for r, output in watched.hurts.items()},
        **{output: rulebase.expressions[rulebase.advice[a].when] for a, output in watched.advice.items()},
        **{output: rulebase.expressions[owner.when] for owner, output in zip(rulebase.owners, watched.owners, strict=True)},
    }
    return found + [named[output] for output in range(len(found), len(found) + len(named))]


def truths(decision: Decision, number: int) -> Cells:
    """The truth of each output of the program, then whether it counts as true in a delivered result."""
    return [*(decision.run.holds(output) for output in range(number)), *(decision.run.reads(output) for output in range(number))]


def exported_names(rulebase: RuleBase) -> list[str]:
    """The definitions of an exported library that are compared: every rule, plain and as delivered, urgency, grid, settled."""
    rules = [rule_name(rule) for rule in rulebase.rules]
    levels = (URGENCY, *(cell_name(t, r) for t in rulebase.layout.techniques for r in rulebase.layout.regions))
    valued = [value(name) for name in levels for value in (floor_of, ceiling_of, reported_of)]
    return [*rules, *map(read_name, rules), *valued, SETTLED]


class Expected:
    """The same, as the evaluator has it."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator, self.rulebase = evaluator, evaluator.rulebase
        effects = [(rule, effect) for rule in self.rulebase.rules for effect in rule.effects]
        self._whole = {rule.id: output for output, (rule, effect) in enumerate(effects) if effect.when == TRUE}
        """The output of each rule that raises something without a further condition: it is the rule itself."""

    def cells(self, facts: Facts, *, after_treatment: bool) -> Cells:
        """What must come out for one person."""
        decision = self.evaluator.decide(facts, after_treatment=after_treatment)
        return [*self._rules(decision, facts), *_levels(self.rulebase, decision, facts), decision.settled]

    def _rules(self, decision: Decision, facts: Facts) -> Iterator[bool | None]:
        """The truth of every rule, plain and as delivered. Of one that raises only under further conditions a walk over its tree tells."""
        for read in (False, True):
            for rule in self.rulebase.rules:
                if rule.id in self._whole:
                    bits = decision.run.outputs[self._whole[rule.id]] >> (2 if read else 0)
                    yield True if bits & KNOWN else None if bits & POSSIBLE else False
                else:
                    yield Walk(facts, readings=read).value(rule.when)


def _levels(rulebase: RuleBase, decision: Decision, facts: Facts) -> Iterator[str]:
    layout, reported = rulebase.layout, verdict(rulebase, decision, facts, presumed=False)
    yield from (str(layout.urgency(decision.floor)), str(layout.urgency(decision.ceiling)), str(reported.urgency))
    for technique in layout.techniques:
        for region in layout.regions:
            yield from (str(layout.level(held, technique, region)) for held in (decision.floor, decision.ceiling, reported.grid))


def differing(wanted: Sequence[Cells], got: Sequence[Cells]) -> tuple[int, int]:
    """How many cells were compared, and how many of them differ. Truth and words only: 1 is not true."""
    pairs = [(w, g) for one, other in zip(wanted, got, strict=True) for w, g in zip(one, other, strict=True)]
    return len(pairs), sum(type(w) is not type(g) or w != g for w, g in pairs)
