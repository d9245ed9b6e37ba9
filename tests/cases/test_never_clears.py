"""Not knowing a danger clears nobody: it never leaves hands freer, nor the worst case milder, than the danger itself would.

A danger that would bar nothing alone (thin bones bar a thrust; one weak sign bars nothing) need not bar while it is not known either.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spinesafe.intake.answers import value_of
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase.format import Finding
from spinesafe.screening import built_in
from spinesafe.screening.cases import AS_OF, Case, Expectation, facts_of, read_cases

FOLDER = Path(__file__).parents[2] / "cases"
CASES = tuple(case for _, case in read_cases(FOLDER))
RULEBASE = built_in().rulebase
DANGERS = tuple(finding for finding in RULEBASE.findings.values() if finding.polarity in {"danger", "mixed"})
EXAMINED = tuple(finding for finding in DANGERS if finding.answered_by in {"clinician", "patient_or_clinician"})
ORDINARY = ("everything_answered_no", "gates_pass", "low_back_pain")
"""Somebody with ordinary low back pain who may be treated: whatever bars them is the one answer that is not known."""


def screened(facts: Facts, finding: str, value: Value) -> Assessment:
    fact = Fact(finding, value, Provenance(source="answer", where=finding))
    return built_in().screen(Reading(facts={**facts, finding: fact}), AS_OF)


def ordinary_back_pain() -> Facts:
    case = Case(id="ordinary", note=RULEBASE.sentences["urgency_routine"], bases=ORDINARY, expect=Expectation())
    return facts_of(case, built_in(), FOLDER)


def dangerous_values(finding: Finding) -> Iterator[Value]:
    """Yes; each value of a choice; each member of a set alone."""
    members = RULEBASE.members[finding.id]
    match finding.kind:
        case "boolean":
            yield True
        case "choice":
            yield from members
        case "set":
            yield from (Members.exactly((member,), members) for member in members)


def assert_not_freer(unknown: Assessment, known: Assessment) -> None:
    """No cell stands lower than `wait` where the known danger bars it, nor lower than its own level where it does not."""
    for technique, row in known.grid.items():
        for region, level in row.items():
            least = min(level, HandsOn.WAIT)
            assert unknown.grid[technique][region] >= least, f"{technique} at {region}: {unknown.grid[technique][region]}, known: {level}"
    assert unknown.worst_case.urgency >= known.urgency
    assert unknown.worst_case.hands_on >= known.hands_on
    assert not unknown.settled or known.urgency == unknown.urgency


def test_ordinary_back_pain_itself_is_cleared() -> None:
    assert built_in().screen(Reading(facts=ordinary_back_pain()), AS_OF).hands_on is HandsOn.PROCEED


@pytest.mark.parametrize("finding", DANGERS, ids=[finding.id for finding in DANGERS])
def test_i_do_not_know_to_a_danger_never_clears(finding: Finding) -> None:
    unknown = screened(ordinary_back_pain(), finding.id, Answer.DONT_KNOW)
    for value in dangerous_values(finding):
        assert_not_freer(unknown, screened(ordinary_back_pain(), finding.id, value))


def test_most_dangers_that_anybody_can_have_bar_while_they_are_not_known() -> None:
    """Else the test above would hold of nothing."""
    barred = [f for f in DANGERS if screened(ordinary_back_pain(), f.id, Answer.DONT_KNOW).leading > HandsOn.ADAPT]
    assert len(barred) >= 40


def stated(finding: Finding) -> Iterator[tuple[Case, Value]]:
    """The cases that state a danger, with what they state."""
    for case in CASES:
        if finding.id in case.answers and not case.after:
            yield case, value_of(case.answers[finding.id], finding, RULEBASE.members[finding.id], case.id)


@pytest.mark.parametrize("finding", DANGERS, ids=[finding.id for finding in DANGERS])
def test_i_do_not_know_in_place_of_a_danger_that_a_case_states_never_clears(finding: Finding) -> None:
    """Dangers that count only beside others, or with one disease, are met here in their company."""
    for case, value in stated(finding):
        facts = facts_of(case, built_in(), FOLDER)
        assert_not_freer(screened(facts, finding.id, Answer.DONT_KNOW), screened(facts, finding.id, value))


@pytest.mark.parametrize("finding", EXAMINED, ids=[finding.id for finding in EXAMINED])
def test_what_nobody_has_examined_never_clears_freely(finding: Finding) -> None:
    assessment = screened(ordinary_back_pain(), finding.id, Answer.NOT_EXAMINED)
    presumed = {presumption.finding for presumption in assessment.presumed}
    if finding.id in presumed:
        assert assessment.hands_on >= HandsOn.ADAPT
        assert all(presumption.condition is not None for presumption in assessment.presumed)
