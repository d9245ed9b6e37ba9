from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.model.assessment import Assessment, Change, Reason
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.screening import built_in
from spinesafe.screening.cases import AS_OF
from spinesafe.screening.change import MOST_CHANGES, other_values, would_change
from tests.laws.focus import LETTER, STAGE, letters, only, with_disc_herniation
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, fact, people, person, strangers, telling
from tests.laws.reported import assessed, known_of, report

SCREENER = built_in()
RULEBASE, EVALUATOR = SCREENER.rulebase, SCREENER.evaluator
LDH = only("lumbar_disc_herniation")
OPERATED = person(ORDINARY, spine_surgery_weeks_ago=10.0, operated_region=only("lumbar", "operated_region"))


def shown(who: Person) -> Assessment:
    return assessed(SCREENER, who)


def reason(who: Person, rule: str) -> Reason:
    (found,) = (r for r in shown(who).reasons if r.rule == rule)
    return found


# ------------------------------------------------------------------------------------------------- reasons


@given(who=people())
def test_reasons_are_those_of_all_rules_that_fired_strongest_first(who: Person) -> None:
    assessment, judged = shown(who), report(SCREENER, who).judged
    fired = [one.rule.id for one in EVALUATOR.fired(judged.reported)]
    assert sorted(r.rule for r in assessment.reasons if r.origin != "program") == sorted(fired)
    assert any(r.key == "INCOMPLETE" for r in assessment.reasons) is judged.result.incomplete
    order = [(r.urgency.rank, r.hands_on.rank) for r in assessment.reasons]
    assert order == sorted(order, reverse=True)
    assert not assessment.reasons or assessment.reasons[0].urgency is assessment.urgency


def test_a_weaker_reason_is_not_dropped_beside_a_stronger_one() -> None:
    """D.6, point 5."""
    parlour = person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0, facility_type="non_medical_parlour", consent_given=False)
    found = [r.rule for r in shown(parlour).reasons]
    assert {"disc_herniation_in_acute_stage", "gate_place", "gate_consent"} <= set(found)
    emergency = parlour.but(stroke_signs=True)
    assert shown(emergency).reasons[0].rule == "vas_stroke_signs"
    assert {"PLACE", "CONSENT"} <= {r.key for r in shown(emergency).reasons}


@given(who=people())
def test_a_reason_rests_on_facts_that_are_known_as_they_were_given(who: Person) -> None:
    known = known_of(SCREENER, who)
    for found in shown(who).reasons:
        for read in found.facts:
            assert read.provenance == known[read.finding].provenance
            assert read.label == RULEBASE.findings[read.finding].label
            assert read.value == SCREENER.words.value(read.finding, known[read.finding].value)
            assert known[read.finding].value not in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}


def test_a_reason_names_the_facts_that_made_it_and_no_others() -> None:
    drop = reason(person(ORDINARY, foot_drop=True, deficit_onset_days=4.0, leg_weakness="one"), "severe_weakness_recent")
    assert {read.finding for read in drop.facts} == {"foot_drop", "deficit_onset_days"} | (
        {r.finding for r in drop.facts} - {"leg_weakness"}
    )
    assert "leg_weakness" not in {read.finding for read in drop.facts}
    assert drop.certain


def test_a_reason_that_counts_only_on_the_safe_side_says_so() -> None:
    undated = reason(person(ORDINARY, foot_drop=True, deficit_onset_days=Answer.DONT_KNOW), "severe_weakness_recent")
    assert not undated.certain
    assert "deficit_onset_days" not in {read.finding for read in undated.facts}


def test_a_reason_says_what_it_means_for_what_is_in_question_and_what_else_it_bars() -> None:
    thin = reason(person(ORDINARY, bone_strength="osteoporosis"), "bones_that_break_easily")
    assert thin.hands_on is HandsOn.PROCEED
    assert set(thin.bars) == {"thrust_manipulation", "walking_on_back"}
    planned = person(ORDINARY, bone_strength="osteoporosis", planned_technique=only("thrust_manipulation", "planned_technique"))
    assert reason(planned, "bones_that_break_easily").hands_on is HandsOn.STOP
    assert reason(planned, "bones_that_break_easily").bars == ("walking_on_back",)


# ------------------------------------------------------------------------------------------------- until when


@pytest.mark.parametrize(
    ("who", "rule", "until"),
    [
        # Day 14 of the flare still counts: from day 5 it ends after nine days more.
        (person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0), "disc_herniation_in_acute_stage", date(2026, 12, 4)),
        (person(ORDINARY, diagnosis_condition=LDH, current_episode_days=14.0), "disc_herniation_in_acute_stage", date(2026, 11, 25)),
        (person(ORDINARY, diagnosis_condition=LDH, current_episode_days=None, pain_now_nrs=8.0), "disc_herniation_in_acute_stage", None),
        (OPERATED, "spine_operation_within_12_weeks", date(2026, 12, 9)),
        (person(ORDINARY, fever_or_chills=True), "inf_fever", None),
    ],
)
def test_a_waiting_says_when_it_ends(who: Person, rule: str, until: date | None) -> None:
    found = reason(who, rule)
    assert found.until_date == until
    assert found.until is not None
    assert found.until.en
    assert found.until.zh


def test_a_waiting_that_is_over_on_its_day_no_longer_fires_then() -> None:
    """`until_date` is the first day after: on it the rule is silent, the day before it is not."""
    ends = reason(OPERATED, "spine_operation_within_12_weeks").until_date
    assert ends is not None
    weeks = (ends - AS_OF).days / 7
    assert "spine_operation_within_12_weeks" not in [r.rule for r in shown(OPERATED.but(spine_surgery_weeks_ago=10 + weeks)).reasons]
    assert "spine_operation_within_12_weeks" in [r.rule for r in shown(OPERATED.but(spine_surgery_weeks_ago=10 + weeks - 1 / 7)).reasons]


def test_it_is_asked_again_after_the_last_waiting() -> None:
    both = OPERATED.but(diagnosis_condition=LDH, current_episode_days=5.0)
    assert shown(OPERATED).review_on == date(2026, 12, 9)
    assert shown(both.but(spine_surgery_weeks_ago=12.0)).review_on == date(2026, 12, 4)
    assert shown(both).review_on == date(2026, 12, 9)


@pytest.mark.parametrize(
    "graver",
    [
        {"stroke_signs": True},
        {"weakness_progressive": True},
        {"diagnosis_status": "none"},
        {"cannot_cooperate": True},
        {"planned_region": only("neck", "planned_region"), "instability_known": "upper_neck"},
    ],
    ids="-".join,
)
def test_an_emergency_does_not_expire(graver: dict[str, Value | None]) -> None:
    """Beside anything graver than waiting there is no day on which to ask again."""
    assert shown(OPERATED.but(**graver)).review_on is None


def test_who_waits_for_nothing_that_ends_is_not_asked_again() -> None:
    assert shown(person(ORDINARY)).review_on is None
    assert shown(person(ORDINARY, doctor_guidance="not_discussed")).review_on is None


# ------------------------------------------------------------------------------------------------- readings


def test_a_reading_that_a_reason_rests_on_is_listed_with_what_it_waits_for() -> None:
    (used,) = shown(person(HEALTHY, saddle_numbness=True, sphincter_onset_days=Answer.DONT_KNOW, diagnosis_status="confirmed")).readings
    assert used.definition == "sphincter_onset_may_be_recent"
    assert used.counted_as is True
    assert used.waits_for == ("sphincter_onset_days",)
    assert used.meaning == RULEBASE.definitions["sphincter_onset_may_be_recent"].meaning


def test_a_reading_on_which_no_reason_rests_is_not_listed() -> None:
    assert shown(person(HEALTHY)).readings == ()


def test_a_protection_that_was_not_established_is_listed_as_counted_false() -> None:
    used = {reading.definition: reading for reading in shown(person(ORDINARY, doctor_guidance=Answer.DONT_KNOW)).readings}
    assert used["d_guidance_given"].counted_as is False
    assert used["d_guidance_given"].waits_for == ("doctor_guidance",)


def test_what_the_program_reads_for_itself_is_not_listed() -> None:
    """Where an operation was counts for the whole spine while nobody knows, by no definition."""
    unknown_place = shown(OPERATED.but(operated_region=None))
    assert not unknown_place.settled
    assert all(reading.definition in RULEBASE.definitions for reading in unknown_place.readings)


# ------------------------------------------------------------------------------------------------- what is not answered


@given(who=people())
def test_answering_one_question_reaches_no_further_than_it_says(who: Person) -> None:
    known, regions = known_of(SCREENER, who), report(SCREENER, who).verdict.regions
    rows = {row.finding: row for row in shown(who).unanswered}
    steps = [(finding, value) for finding in rows for value in telling(finding)]
    layout = RULEBASE.layout
    for (finding, _), then in zip(steps, EVALUATOR.what_if(known, steps), strict=True):
        assert layout.urgency(then.floor) <= rows[finding].urgency
        assert layout.worst_level(then.floor, ["soft_tissue_massage"], regions) <= rows[finding].hands_on


@given(who=people())
def test_every_question_that_could_raise_the_result_is_listed(who: Person) -> None:
    known = known_of(SCREENER, who)
    now, assessment = EVALUATOR.decide(known), shown(who)
    listed = {row.finding for row in assessment.unanswered}
    silent = [f for f in RULEBASE.findings if f not in known or known[f].value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}]
    steps = [(finding, value) for finding in silent if finding not in listed for value in telling(finding)]
    for (finding, _), then in zip(steps, EVALUATOR.what_if(known, steps), strict=True):
        assert then.floor & ~now.floor == 0, f"{finding} could raise the result and is not listed"
    assert bool(listed) is not assessment.settled


@given(who=people())
def test_the_worst_question_comes_first_and_nothing_is_worse_than_the_worst_case(who: Person) -> None:
    assessment = shown(who)
    order = [(row.urgency.rank, row.hands_on.rank) for row in assessment.unanswered]
    assert order == sorted(order, reverse=True)
    assert all(row.urgency <= assessment.worst_case.urgency for row in assessment.unanswered)


@pytest.mark.parametrize("finding", ["stroke_signs", "chest_pain_or_breathless", "paralysis_after_injury", "stiff_neck_fever_headache"])
def test_a_flag_that_is_not_known_says_what_its_answer_gives(finding: str) -> None:
    who = person(CLEARED, **{finding: Answer.DONT_KNOW})
    (row,) = (row for row in shown(who).unanswered if row.finding == finding)
    assert (row.asked, row.urgency, row.hands_on) == ("dont_know", Urgency.EMERGENCY_NOW, HandsOn.STOP)
    assert row.question == RULEBASE.findings[finding].question
    answered = shown(who.but(**{finding: True}))
    assert (answered.urgency, answered.hands_on) == (row.urgency, row.hands_on)


def test_what_was_not_asked_yet_is_told_from_what_the_person_could_not_tell() -> None:
    who = person(CLEARED, stroke_signs=None, chest_pain_or_breathless=Answer.DONT_KNOW)
    asked = {row.finding: row.asked for row in shown(who).unanswered}
    assert asked["stroke_signs"] == "not_yet"
    assert asked["chest_pain_or_breathless"] == "dont_know"


def test_where_something_is_and_who_wrote_a_reason_are_questions_too() -> None:
    assert [row.finding for row in shown(OPERATED.but(operated_region=None)).unanswered] == ["operated_region"]
    stenosis = person(ORDINARY, diagnosis_condition=only("lumbar_spinal_stenosis"), written_reason=None)
    assert [row.finding for row in shown(stenosis).unanswered] == ["written_reason"]


# ------------------------------------------------------------------------------------------------- what would change it


def applied(who: Person, change: Change, *, closed_world: bool = False) -> Assessment:
    """The assessment of a person of whom a listed change were true."""
    known = SCREENER.judge(who.facts, closed_world=closed_world).facts
    now = known[change.finding].value
    (value,) = {v for v in other_values(EVALUATOR, change.finding, now) if SCREENER.words.value(change.finding, v) == change.value}
    return SCREENER.screen(Reading(facts={**who.facts, change.finding: fact(change.finding, value)}), AS_OF, closed_world=closed_world)


@given(who=people())
def test_each_change_that_is_listed_gives_what_it_says(who: Person) -> None:
    assessment = shown(who)
    assert len(assessment.would_change) <= MOST_CHANGES
    for change in assessment.would_change:
        then = applied(who, change)
        assert (then.urgency, then.leading) == (change.urgency, change.hands_on), change.finding
        assert change.direction == "lower"
        assert (change.urgency, change.hands_on) != (assessment.urgency, assessment.leading)
        assert change.urgency <= assessment.urgency
        assert change.hands_on <= assessment.leading


@given(who=st.one_of(strangers(), letters()))
def test_each_change_that_is_listed_for_a_letter_gives_what_it_says(who: Person) -> None:
    assessment = assessed(SCREENER, who, closed_world=True)
    for change in assessment.would_change:
        then = applied(who, change, closed_world=True)
        assert (then.urgency, then.leading) == (change.urgency, change.hands_on), change.finding


@given(who=with_disc_herniation(*STAGE))
def test_the_greatest_change_comes_first_and_nobody_is_advised_to_be_without_a_diagnosis(who: Person) -> None:
    changes = shown(who).would_change
    order = [(change.urgency.rank, change.hands_on.rank) for change in changes]
    assert order == sorted(order)
    assert "diagnosis_condition" not in {change.finding for change in changes}
    assert len({change.finding for change in changes}) == len(changes)


@pytest.mark.parametrize(
    ("who", "finding", "becomes"),
    [
        (person(ORDINARY, doctor_guidance="not_discussed"), "doctor_guidance", HandsOn.PROCEED),
        (person(ORDINARY, facility_type="non_medical_parlour"), "facility_type", HandsOn.PROCEED),
        (person(ORDINARY, consent_given=False), "consent_given", HandsOn.PROCEED),
        (person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0), "current_episode_days", HandsOn.ADAPT),
        (OPERATED, "spine_surgery_weeks_ago", HandsOn.PROCEED),
        (
            person(
                ORDINARY, brainstem_symptoms=only("dizziness_severe", "brainstem_symptoms"), planned_region=only("neck", "planned_region")
            ),
            "brainstem_symptoms",
            HandsOn.PROCEED,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_stands_in_the_way_is_named_with_what_would_come_of_it(who: Person, finding: str, becomes: HandsOn) -> None:
    changes = {change.finding: change for change in shown(who).would_change}
    assert changes[finding].hands_on is becomes


def test_what_stands_in_the_way_is_named_for_a_letter_too() -> None:
    parlour = Person(NOTHING, {**LETTER, "facility_type": "non_medical_parlour"})
    changes = {change.finding: change for change in assessed(SCREENER, parlour, closed_world=True).would_change}
    assert changes["facility_type"].hands_on is HandsOn.PROCEED


def test_nothing_is_promised_that_does_not_come_out_when_it_is_judged_as_a_whole() -> None:
    facts = person(ORDINARY, doctor_guidance="not_discussed").facts
    judged = SCREENER.judge(facts)
    fired = EVALUATOR.fired(judged.reported)
    assert would_change(EVALUATOR, SCREENER.words, facts, judged, fired, SCREENER.judge) != ()
    assert would_change(EVALUATOR, SCREENER.words, facts, judged, fired, lambda _: judged) == ()


def test_for_somebody_who_may_be_treated_freely_nothing_would_lower_it() -> None:
    assert shown(person(ORDINARY)).would_change == ()
    assert shown(person()).would_change == ()


@pytest.mark.parametrize(
    ("finding", "now", "others"),
    [
        ("saddle_numbness", True, [False]),
        ("saddle_numbness", Answer.DONT_KNOW, []),
        ("leg_pain", "both", ["none", "one"]),
        ("gca_symptoms", Members(frozenset({"jaw_ache_on_chewing"})), [Members.exactly((), RULEBASE.members["gca_symptoms"])]),
        ("pain_region", Members(), []),
        ("pain_now_nrs", 8.0, [6.0, 7.0]),
        ("aaa_diameter_cm", Answer.NONE, []),
    ],
)
def test_other_values_are_those_that_the_rules_tell_apart(finding: str, now: Value, others: list[Value]) -> None:
    assert list(other_values(EVALUATOR, finding, now)) == others


@given(number=st.floats(0, 130))
def test_other_numbers_lie_on_other_sides_of_some_limit_and_within_what_can_be(number: float) -> None:
    for other in other_values(EVALUATOR, "age_years", number):
        assert isinstance(other, float)
        assert other >= 0
        assert any((other < limit, other > limit) != (number < limit, number > limit) for limit in EVALUATOR.limits["age_years"])


def test_in_a_follow_up_what_still_stands_is_counted() -> None:
    """What the stop criteria bar is not promised by another fact."""
    who = person(ORDINARY, post_pain_change_nrs=3.0, doctor_guidance="not_discussed")
    changes = {change.finding for change in assessed(SCREENER, who, after_treatment=True).would_change}
    assert changes == set()
    assert {change.finding for change in shown(who).would_change} == {"doctor_guidance"}
