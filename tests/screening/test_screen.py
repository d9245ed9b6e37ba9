from datetime import date

import msgspec
import pytest
from hypothesis import given

from spinesafe import __version__
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.reading import Item, Reading
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase import load
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import AS_OF
from spinesafe.screening.screen import GO_AHEAD_ONLY
from tests.laws.focus import LETTER, only
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, people, person
from tests.laws.reported import assessed

SCREENER = built_in()
SENTENCES = SCREENER.rulebase.sentences
LDH = only("lumbar_disc_herniation")


def shown(who: Person, *, closed_world: bool = False, after_treatment: bool = False) -> Assessment:
    return assessed(SCREENER, who, closed_world=closed_world, after_treatment=after_treatment)


def places(assessment: Assessment) -> set[str]:
    return {advice.place for advice in assessment.advice}


def advised(assessment: Assessment) -> set[str]:
    return {advice.id for advice in assessment.advice}


# ------------------------------------------------------------------------------------------------- the headline


@pytest.mark.parametrize(
    ("who", "urgency", "hands_on"),
    [
        (person(ORDINARY), "urgency_routine", "hands_on_proceed"),
        (person(HEALTHY, stroke_signs=True), "urgency_emergency_now", "hands_on_stop"),
        (person(ORDINARY, weakness_progressive=True), "urgency_within_7_days", "hands_on_stop"),
        (person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0), "urgency_routine", "hands_on_wait"),
        (person(ORDINARY, diagnosis_status="none"), "urgency_routine", "hands_on_diagnose_first"),
        # "Routine" is never told alone while something worse is open.
        (person(ORDINARY, stroke_signs=Answer.DONT_KNOW), "urgency_routine_open", "hands_on_wait"),
        (person(), "urgency_routine_open", "hands_on_diagnose_first"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_headline_says_how_fast_and_what_hands_may_do(who: Person, urgency: str, hands_on: str) -> None:
    headline = shown(who).headline
    assert headline.urgency == SENTENCES[urgency]
    assert headline.hands_on == SENTENCES[hands_on]


def test_a_barred_plan_is_named_before_what_may_be_done_instead() -> None:
    """D.6, point 4: the barred technique does not bar the rest, and is told as "not this"."""
    plan = Members.exactly(
        ["soft_tissue_massage", "thrust_manipulation", "walking_on_back"], SCREENER.rulebase.members["planned_technique"]
    )
    assessment = shown(person(ORDINARY, bone_strength="osteoporosis", planned_technique=plan))
    assert (assessment.hands_on, assessment.leading) == (HandsOn.ADAPT, HandsOn.STOP)
    for technique in ("thrust_manipulation", "walking_on_back"):
        label = SCREENER.rulebase.techniques[technique].label
        assert label.en in assessment.headline.hands_on.en
        assert label.zh in assessment.headline.hands_on.zh
    overall = SENTENCES["hands_on_adapt"]
    assert overall.en in assessment.headline.hands_on.en
    assert overall.zh in assessment.headline.hands_on.zh


# ------------------------------------------------------------------------------------------------- D.6


def test_urgency_is_the_highest_of_all_rules_and_rows() -> None:
    """Point 1."""
    both = person(HEALTHY, weakness_progressive=True, stroke_signs=True)
    assert shown(both).urgency is Urgency.EMERGENCY_NOW
    assert shown(person(CLEARED, diagnosis_condition=only("multiple_myeloma"))).urgency is Urgency.WITHIN_7_DAYS


def test_a_cell_is_the_strictest_of_rules_rows_and_gates_that_cover_it() -> None:
    """Point 2."""
    disc = shown(person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0)).grid
    assert disc["soft_tissue_massage"]["lumbar"] is HandsOn.WAIT
    assert disc["soft_tissue_massage"]["neck"] is HandsOn.ADAPT
    assert disc["thrust_manipulation"]["lumbar"] is HandsOn.STOP
    parlour = shown(person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0, facility_type="non_medical_parlour")).grid
    assert parlour["soft_tissue_massage"]["neck"] is HandsOn.WAIT


@pytest.mark.parametrize(
    ("open_question", "level"),
    [({"leg_weakness": "one", "deficit_onset_days": 30.0}, HandsOn.STOP), ({"sexual_function_change_new": True}, HandsOn.DIAGNOSE_FIRST)],
    ids=str,
)
def test_an_open_urgent_question_is_not_gone_round_by_another_region(open_question: dict[str, Value | None], level: HandsOn) -> None:
    """Point 3: whatever region is planned."""
    arms = person(ORDINARY, planned_region=only("arms", "planned_region"), **open_question)
    assert shown(arms).hands_on is level


def test_what_is_said_of_another_place_does_not_count_for_the_planned_one() -> None:
    """Point 3: a routine rule counts where its scope covers a planned region."""
    skin = person(ORDINARY, skin_problem_treatment_area="open_wound_or_burn", skin_problem_region=only("legs", "skin_problem_region"))
    assert shown(skin.but(planned_region=only("legs", "planned_region"))).hands_on is HandsOn.WAIT
    assert shown(skin.but(planned_region=only("neck", "planned_region"))).hands_on is HandsOn.PROCEED


def test_the_only_technique_on_offer_leads_where_it_is_barred() -> None:
    """Point 4: the offer is barred, and the overall level stands beside it."""
    treading = shown(person(ORDINARY, planned_technique=only("walking_on_back", "planned_technique")))
    assert treading.planned == {"walking_on_back": HandsOn.STOP}
    assert (treading.hands_on, treading.leading) == (HandsOn.PROCEED, HandsOn.STOP)


# ------------------------------------------------------------------------------------------------- worlds


def test_the_silence_of_a_form_blocks_and_that_of_a_letter_is_read_with_the_open_world_beside_it() -> None:
    letter = Person(NOTHING, {**LETTER, "facility_type": None})
    form, read = shown(letter), shown(letter, closed_world=True)
    assert form.hands_on is HandsOn.WAIT
    assert form.presumed == ()
    assert read.hands_on is HandsOn.ADAPT
    assert {p.finding for p in read.presumed} >= {"saddle_numbness", "facility_type"}
    assert read.worst_case == form.worst_case
    assert not read.settled
    assert {row.finding for row in read.unanswered} == {row.finding for row in form.unanswered}
    assert read.headline.urgency == SENTENCES["urgency_routine_open"]


def test_the_follow_up_adds_its_stop_criteria() -> None:
    worse = person(ORDINARY, leg_pain_spreading_down=True)
    assert shown(worse).urgency is Urgency.ROUTINE
    follow_up = shown(worse, after_treatment=True)
    assert follow_up.urgency is Urgency.WITHIN_7_DAYS
    assert "leg_pain_spreads_down_since_treatment" in {reason.rule for reason in follow_up.reasons}
    assert "clinician_within_two_days" in advised(follow_up)


@given(who=people())
def test_the_worst_case_is_never_milder_than_what_is_told(who: Person) -> None:
    for closed_world in (False, True):
        assessment = shown(who, closed_world=closed_world)
        assert assessment.worst_case.urgency >= assessment.urgency
        assert assessment.worst_case.hands_on >= assessment.leading
        assert assessment.tier is assessment.urgency.tier
        if assessment.settled:
            assert assessment.unanswered == ()
            assert closed_world or assessment.worst_case.urgency is assessment.urgency


# ------------------------------------------------------------------------------------------------- advice


def test_signs_to_stop_at_and_the_therapists_list_come_with_a_go_ahead_alone() -> None:
    cleared, waiting = shown(person(ORDINARY)), shown(person(ORDINARY, consent_given=False))
    assert "stop_signs" in places(cleared)
    assert GO_AHEAD_ONLY in advised(cleared)
    assert "stop_signs" not in places(waiting)
    assert GO_AHEAD_ONLY not in advised(waiting)


def test_the_safety_net_and_the_limits_come_with_everything() -> None:
    for who in (person(), person(ORDINARY), person(HEALTHY, stroke_signs=True)):
        assert {"safety_net", "limits"} <= places(shown(who))


def test_in_an_emergency_nobody_is_told_where_to_be_treated_by_hand() -> None:
    advice = advised(shown(person(ORDINARY, diagnosis_condition=LDH, stroke_signs=True)))
    assert not advice & {"choose_a_licensed_place", "beware_of_radical_cures", "massage_cannot_press_the_disc_back"}
    assert "massage_cannot_press_the_disc_back" in advised(shown(person(ORDINARY, diagnosis_condition=LDH)))


def test_advice_of_rules_that_fired_and_of_conditions_comes_first_and_once() -> None:
    injured = shown(person(ORDINARY, paralysis_after_injury=True, trauma_days_ago=0.0, recent_trauma="major"))
    assert injured.advice[0].id == "do_not_move_the_spine"
    assert len(advised(injured)) == len(injured.advice)
    condition = next(c for c in SCREENER.rulebase.conditions.values() if c.advice)
    assert set(condition.advice) <= advised(shown(person(CLEARED, diagnosis_condition=only(condition.id))))


# ------------------------------------------------------------------------------------------------- what is told of the person


def test_conditions_are_told_by_the_name_that_is_displayed_with_where_they_came_from() -> None:
    assessment = shown(
        person(
            CLEARED, diagnosis_condition=Members.exactly(["scoliosis", "osteoporosis"], SCREENER.rulebase.members["diagnosis_condition"])
        )
    )
    assert assessment.conditions == ("osteoporosis", "scoliosis")
    for about in assessment.about:
        row = SCREENER.rulebase.conditions[about.id]
        assert about.name == (row.display_name or row.name)
        assert about.explanation == row.explanation
        assert about.provenance.source == "answer"
    assert shown(person(diagnosis_condition=Answer.DONT_KNOW)).conditions == ()


def test_what_intake_read_ignored_and_doubted_is_told_in_words() -> None:
    reading = Reading(
        person="p1",
        facts=person(HEALTHY, foot_drop=True).facts,
        read=(Item(where="answers.foot_drop", finding="foot_drop", value="true"),),
        ignored=(Item(where="line 4", quote="my neighbour's leg"),),
        warnings=(Item(where="answers.age_years", finding="age_years", why="unit_d", details={"number": "3"}),),
    )
    assessment = SCREENER.screen(reading, AS_OF)
    assert assessment.id == "p1"
    (read,) = assessment.intake.read
    assert (read.where, read.finding, read.value, read.why) == ("answers.foot_drop", "foot_drop", "true", None)
    assert [ignored.quote for ignored in assessment.intake.ignored] == ["my neighbour's leg"]
    doubted = {warning.finding: warning.why for warning in assessment.intake.warnings}
    assert doubted["age_years"] == Text(en="3 days", zh="3天")
    assert doubted["deficit_onset_days"] == SENTENCES["contradicts_itself"]


def test_the_text_that_decided_and_its_day_are_told() -> None:
    knowledge = SCREENER.screen(Reading(facts={}), date(2027, 1, 2)).knowledge
    assert (knowledge.version, knowledge.digest, knowledge.as_of) == (__version__, load().digest, date(2027, 1, 2))


@given(who=people())
def test_an_assessment_is_the_same_after_it_was_written_and_read(who: Person) -> None:
    assessment = shown(who)
    assert msgspec.json.decode(msgspec.json.encode(assessment), type=Assessment) == assessment


@given(who=people())
def test_every_sentence_is_said_in_both_languages(who: Person) -> None:
    def texts(value: object) -> list[Text]:
        if isinstance(value, Text):
            return [value]
        if isinstance(value, msgspec.Struct):
            return [text for field in value.__struct_fields__ for text in texts(getattr(value, field))]
        return [text for item in value for text in texts(item)] if isinstance(value, tuple) else []

    found = texts(shown(who, closed_world=True)) + texts(shown(who))
    assert found
    assert all(text.en.strip() and text.zh.strip() for text in found)


def test_the_same_person_gets_the_same_assessment() -> None:
    who = person(ORDINARY, diagnosis_condition=LDH, current_episode_days=5.0)
    assert Screener(load()).screen(Reading(facts=who.facts), AS_OF) == shown(who)
    assert shown(who).tier is Tier.ROUTINE
