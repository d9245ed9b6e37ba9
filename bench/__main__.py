"""Measures, prints the page and writes it to docs/benchmarks.md."""

import os
from functools import partial
from pathlib import Path

import yaml

from bench.other_engines import other_engines
from bench.page import Part, Row, page
from bench.people import CASES, Person, known_through, people_of
from bench.proofs import proofs
from bench.public_engine import Answered, context_of, engine, red_flags, with_only
from bench.start_up import start_ups
from bench.timing import measure, side_by_side
from bench.tree_walk import tree_walker
from spinesafe.backends.evaluate import Evaluator
from spinesafe.model.fact import Facts
from spinesafe.model.reading import Reading
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.names import findings_of
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import AS_OF, read_cases

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SHOWN_CASE = "T5"
LITTLE = 20
"""Somebody of whom fewer findings than this are known has much that is still open."""
NEVER_ASKED = frozenset({"neck_disease_type", "fracture_pattern"})
"""Choices without a "none": of most people they are not known, and the public engine cannot take that."""


def main() -> None:
    """Measure everything."""
    before = os.getloadavg()[0]
    screener = built_in()
    people = people_of(screener)
    parts = [one_person(screener, people), three_ways(screener, people), other_engines(screener), proofs(screener.rulebase), start_up()]
    text = page(parts, (before, os.getloadavg()[0]))
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def compare(person: Person, ours: object, theirs: object) -> None:
    """Nothing is timed that does not answer the same."""
    if ours != theirs:
        raise SystemExit(f"{person.case}: the answers differ, so nothing was timed\n{ours}\n{theirs}")


def one_person(screener: Screener, people: list[Person]) -> Part:
    """The whole rule base: decided, explained, and walked."""
    facts = [person.facts for person in people]
    walk = tree_walker(screener.rulebase)
    for person in people:
        decision = screener.evaluator.decide(person.facts)
        compare(person, (decision.floor, decision.ceiling, decision.read), walk(person.facts))
    decided, walked = side_by_side([screener.evaluator.decide, walk], facts)
    readings = [Reading(person=person.case, facts=person.facts) for person in people]
    screen = partial(screener.screen, as_of=AS_OF)
    little = [reading for reading in readings if len(reading.facts) < LITTLE]
    rules, findings = len(screener.rulebase.rules), len(screener.rulebase.findings)
    says = (
        f"{len(people)} people against all {rules} rules and rows over {findings} questions, with both ends of the decision and the "
        "readings. The tree walk visits the condition of every rule and of every part of what it raises to; it came to the same three "
        "outcomes for every one of them. The full Assessment adds reasons with their facts, open questions, what would change the "
        "decision, services, advice."
    )
    return Part(
        "One person, the whole rule base",
        says,
        (
            Row("decision", decided, "100 µs"),
            Row("naive tree walk of the same rules", walked),
            Row("full Assessment", measure(screen, readings), "1 ms"),
            Row(f"full Assessment, the {len(little)} people of whom fewer than {LITTLE} answers are known", measure(screen, little)),
        ),
    )


def three_ways(screener: Screener, people: list[Person]) -> Part:
    """The red flags alone: compiled, walked, and in a public rule engine."""
    rules = red_flags(screener.rulebase, NEVER_ASKED)
    findings = sorted({finding for rule in rules for finding in findings_of(rule.when)})
    known = known_through(people, frozenset(findings), screener)
    alone = with_only(screener.rulebase, rules)
    evaluator, public = Evaluator(alone), engine(rules)
    ours = partial(_answer, evaluator, alone)
    contexts = {id(person.facts): context_of(person.facts, findings) for person in known}
    for person in known:
        compare(person, ours(person.facts), public(contexts[id(person.facts)]))
    compiled, walked, in_public = side_by_side(
        [ours, tree_walker(alone), lambda facts: public(contexts[id(facts)])], [person.facts for person in known]
    )
    left_out = " or ".join(f"`{finding}`" for finding in sorted(NEVER_ASKED))
    says = (
        f"The {len(rules)} rules of section C that raise the urgency, over {len(findings)} questions, for the {len(known)} people of whom "
        "all of these are known: which rules hold, and the highest urgency. [ZEN](https://github.com/gorules/zen) knows two values and no "
        "unknown, so nobody with an open question is among them, and what hands may do is left out. It reads the same conditions as a "
        "decision graph: the definitions in an expression node, the rules in a table that collects all that hold. All answers are the "
        f"same. Left out: rules that read {left_out}, and those of conditions and of the matrix."
    )
    return Part(
        "The red flags, in three ways",
        says,
        (
            Row("compiled line (knows three values)", compiled),
            Row("naive tree walk (knows three values)", walked),
            Row("ZEN (knows two values)", in_public),
        ),
    )


def _answer(evaluator: Evaluator, rulebase: RuleBase, facts: Facts) -> Answered:
    decision = evaluator.decide(facts)
    return frozenset(one.rule.id for one in evaluator.fired(decision)), rulebase.layout.urgency(decision.floor)


def start_up() -> Part:
    """Whole processes."""
    found = start_ups(yaml.safe_dump({"answers": _answers()}, allow_unicode=True))
    aims = {"screen": "0.5 s"}
    return Part(
        "Start-up",
        "Whole processes, from the shell and back, on the answers of one person who answered everything. The first command after an "
        "installation or a change of knowledge compiles the rule base and keeps it; all others find it.",
        tuple(Row(what, measured, aims.get(what, "")) for what, measured in found.items()),
    )


def _answers() -> dict[str, object]:
    case = next(case for _, case in read_cases(CASES) if SHOWN_CASE in case.covers)
    answers: dict[str, object] = {}
    for base in case.bases:
        answers |= yaml.safe_load((CASES / "base" / f"{base}.yaml").read_text(encoding="utf-8"))["answers"]
    return answers | case.answers


if __name__ == "__main__":  # processes that prove read this file again
    main()
