import pytest
from hypothesis import given

from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.screening import built_in
from tests.laws.focus import only
from tests.laws.people import CLEARED, HEALTHY, NOTHING, Person, fact, people, person

APPLICABILITY = built_in().applicability
FINDINGS = built_in().rulebase.findings


def resolved(who: Person) -> tuple[Facts, list[str]]:
    facts, doubted = APPLICABILITY.resolve(who.facts)
    return facts, [item.finding for item in doubted]


@pytest.mark.parametrize(
    ("who", "finding", "value"),
    [
        (person(HEALTHY, aaa_diameter_cm=None), "aaa_diameter_cm", Answer.NONE),
        (person(recent_trauma="none"), "tingling_after_injury", False),
        (person(recent_trauma="none"), "dangerous_mechanism", Members.exactly((), built_in().rulebase.members["dangerous_mechanism"])),
        (person(HEALTHY, sphincter_longstanding_explained=None), "sphincter_longstanding_explained", "none"),
    ],
)
def test_a_question_that_does_not_apply_is_answered_so(who: Person, finding: str, value: Value) -> None:
    facts, doubted = resolved(who)
    assert facts[finding].value == value
    assert (facts[finding].provenance.source, facts[finding].provenance.where) == ("implied", "does_not_apply")
    assert not doubted


@pytest.mark.parametrize(
    ("who", "finding"),
    [
        # It may apply yet, or it does.
        (person(), "aaa_diameter_cm"),
        (person(pulsing_belly_or_known_aaa=Answer.DONT_KNOW), "aaa_diameter_cm"),
        (person(pulsing_belly_or_known_aaa=True), "aaa_diameter_cm"),
        # A choice without "none" has no answer for somebody to whom it does not apply.
        (person(fracture_status="none"), "fracture_pattern"),
    ],
)
def test_what_may_apply_stays_unknown(who: Person, finding: str) -> None:
    assert finding not in resolved(who)[0]


@pytest.mark.parametrize(
    ("who", "finding"),
    [
        (person(HEALTHY, foot_drop=True), "deficit_onset_days"),
        (person(HEALTHY, known_spinal_tumour="benign"), "tumour_region"),
        (person(CLEARED, spinal_implant=True), "operated_region"),
    ],
)
def test_never_and_nowhere_are_doubted_beside_answers_that_say_otherwise(who: Person, finding: str) -> None:
    facts, doubted = resolved(who)
    assert finding not in facts
    assert doubted == [finding]
    text = built_in().words.sentence("contradicts_itself")
    assert text.en
    assert text.zh


def test_never_is_not_believed_before_it_is_known_whether_it_applies() -> None:
    """Else a decision would be called settled that one more answer changes."""
    who = person(HEALTHY, foot_drop=Answer.DONT_KNOW)
    facts, doubted = resolved(who)
    assert "deficit_onset_days" not in facts
    assert doubted == []
    assert "deficit_onset_days" in resolved(who.but(foot_drop=False))[0]


@pytest.mark.parametrize(
    ("finding", "value"),
    [("deficit_onset_days", 400.0), ("deficit_onset_days", Answer.DONT_KNOW), ("tumour_region", only("neck", "tumour_region"))],
)
def test_a_value_that_is_stated_stands_whether_or_not_it_applies(finding: str, value: Value) -> None:
    for who in (person(HEALTHY), person(HEALTHY, foot_drop=True, known_spinal_tumour="benign")):
        assert resolved(who.but(**{finding: value}))[0][finding] == fact(finding, value)


def test_a_set_that_is_no_place_may_be_empty_beside_anything() -> None:
    facts, doubted = resolved(person(HEALTHY, recent_trauma="major", trauma_days_ago=3.0))
    assert facts["dangerous_mechanism"].value == Members.exactly((), built_in().rulebase.members["dangerous_mechanism"])
    assert doubted == []


@given(who=people())
def test_nothing_else_changes(who: Person) -> None:
    before, (after, doubted) = who.facts, resolved(who)
    for finding in {finding for finding in before | after if before.get(finding) != after.get(finding)}:
        assert FINDINGS[finding].asked_when
        assert (finding not in before) is (finding in after)
    assert all(finding in before and finding not in after for finding in doubted)


@given(who=people(backgrounds=(NOTHING, HEALTHY)))
def test_what_is_resolved_once_stays_resolved(who: Person) -> None:
    facts, _ = resolved(who)
    assert APPLICABILITY.resolve(facts) == (facts, ())
