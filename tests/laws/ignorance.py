"""Laws about what is not known."""

from collections.abc import Iterator

from spinesafe.model.fact import Answer, Facts, Members
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding
from spinesafe.screening import Screener
from tests.laws.counterexample import BrokenLawError
from tests.laws.people import Person, changed
from tests.laws.reported import cells, fallen, known_of, report, urgencies
from tests.laws.said import Step, is_patient, is_unknown, possible_answers


def learning_more_never_unsettles(screener: Screener, who: Person) -> None:
    """From unknown to any value, what is certain only rises, and what is open only falls."""
    steps = possible_answers(who, who.facts)
    before = screener.evaluator.decide(who.facts)
    for (finding, value), after in zip(steps, screener.evaluator.what_if(who.facts, steps), strict=True):
        for join, low, high in (("floor", before.floor, after.floor), ("ceiling", after.ceiling, before.ceiling)):
            if lost := fallen(screener, low, high):
                raise BrokenLawError(
                    learning_more_never_unsettles.__name__,
                    f"learning {finding} moves the {join} the wrong way: {lost}",
                    (who, urgencies(screener, before)),
                    (who.but(**{finding: value}), urgencies(screener, before)),
                )


def unknown_never_clears(screener: Screener, who: Person) -> None:
    """No cell shows a go-ahead that some way to fill the unknown would take back. A letter's silence about a gate clears nothing freely."""
    shown = report(screener, who)
    known = known_of(screener, who)
    ends = [screener.evaluator.decide(who.completed(known))]
    ends += screener.evaluator.what_if(known, possible_answers(who, known))
    layout = screener.rulebase.layout
    for technique, region, level in cells(shown):
        if any(layout.level(end.floor, technique, region) > HandsOn.ADAPT for end in ends):
            raise BrokenLawError(
                unknown_never_clears.__name__,
                f"{technique} at {region} shows {level}, though an answer that is missing may bar it",
                (who, {"grid": {technique: {region: "wait"}}}),
            )
    letter = report(screener, who, closed_world=True)
    silent = {
        "diagnosis_status",
        "diagnosed_by",
        "doctor_guidance",
        "facility_type",
        "provider_regulated",
        "consent_given",
    } - who.facts.keys()
    freely = list(cells(letter, HandsOn.PROCEED))
    if silent and freely and is_patient(who.facts):
        technique, region, _ = freely[0]
        raise BrokenLawError(
            unknown_never_clears.__name__,
            f"a letter that says nothing about {', '.join(sorted(silent))} shows {technique} at {region} as free",
            (who, {"grid": {technique: {region: "wait"}}}),
        )


def not_knowing_is_never_better_than_knowing(screener: Screener, who: Person) -> None:
    """Not to know leaves open at least what any answer would; what is reported lies between; and an unstated protection protects nobody."""
    law = not_knowing_is_never_better_than_knowing.__name__
    layout, facts = screener.rulebase.layout, who.facts
    now = screener.evaluator.decide(facts)
    for name, read in (("", now.read), (" in a letter", screener.evaluator.decide_closed_world(facts).read)):
        if lost := fallen(screener, now.floor, read) or fallen(screener, read, now.ceiling):
            raise BrokenLawError(law, f"what is reported{name} lies outside of what is certain and what is open: {lost}", (who, {}))
    asked = [finding for finding in who.changes if finding in facts]
    unsure = [(finding, Answer.DONT_KNOW) for finding in asked]
    for (finding, _), then in zip(unsure, screener.evaluator.what_if(facts, unsure), strict=True):
        if lost := fallen(screener, now.ceiling, then.ceiling) or fallen(screener, then.floor, now.floor):
            expected = {"worst_case": layout.urgency(now.ceiling).value}
            raise BrokenLawError(
                law, f'"I don\'t know" to {finding} is better than its answer: {lost}', (who.but(**{finding: Answer.DONT_KNOW}), expected)
            )
    refused = [(finding, value) for finding, value in _not_protected(screener.rulebase) if is_unknown(facts, finding)]
    for (finding, value), then in zip(refused, screener.evaluator.what_if(facts, refused), strict=True):
        if lost := fallen(screener, then.read, now.read):
            raise BrokenLawError(
                law,
                f"the protection {finding} counts more while it is not known than when it is not there: {lost}",
                (who, {"urgency": layout.urgency(then.read).value}),
                (who.but(**{finding: value}), {}),
            )


def _not_protected(rulebase: RuleBase) -> Iterator[Step]:
    """Each protection, and the value of somebody who does not have it."""
    for finding in rulebase.findings.values():
        match finding:
            case Finding(kind="boolean", polarity="protective"):
                yield finding.id, False
            case Finding(kind="set", polarity="protective"):
                yield finding.id, Members.exactly((), rulebase.members[finding.id])
            case Finding(kind="choice", members=members) if any(m.polarity == "protective" for m in members):
                yield from ((finding.id, m.id) for m in members if m.polarity == "neutral")
            case _:
                continue


def settled_means_settled(screener: Screener, who: Person) -> None:
    """Where a decision is called settled, no way to fill what is missing changes it, be it ever so strange."""
    law = settled_means_settled.__name__
    decided = screener.evaluator.decide(who.facts)
    if decided.settled:
        whole = screener.evaluator.decide(who.completed(who.facts, not_examined=True))
        if lost := fallen(screener, decided.ceiling, whole.floor) or fallen(screener, whole.ceiling, decided.ceiling):
            raise BrokenLawError(law, f"the decision was settled, and still an answer changes it: {lost}", (who, {"settled": False}))
    shown = report(screener, who)
    if shown.judged.decision.settled:
        for filled in _ways_to_fill(screener, who):
            end = screener.judge(filled).result
            if (end.urgency, end.grid) != (shown.urgency, shown.verdict.grid):
                raise BrokenLawError(
                    law, f"{shown.urgency} was settled, and an answer changes it to {end.urgency}", (who, {"settled": False})
                )


def _ways_to_fill(screener: Screener, who: Person) -> Iterator[Facts]:
    """Some ways to answer what is still to be asked: all of it, and one question alone.

    What cannot apply is not asked, and what was not examined stays so.
    """
    known = known_of(screener, who)
    filled = who.completed(known)
    yield changed(who.facts, {finding: fact.value for finding, fact in filled.items() if known.get(finding) != fact})
    yield from (changed(who.facts, {finding: value}) for finding, value in possible_answers(who, known, most=3))
