from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.evaluate import Walk
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.scales import Urgency
from spinesafe.screening import built_in
from spinesafe.screening.interview import MOST_AT_ONCE, Interview, Item, Questions, items_of, not_examined
from tests.laws.people import CLEARED, HEALTHY, ORDINARY, Person, fact, not_values, people, person, telling

EVALUATOR = built_in().evaluator
RULEBASE = EVALUATOR.rulebase
LAYOUT = RULEBASE.layout
SEEDS = st.integers(0, 2**32 - 1)


def asked(facts: Facts | None = None) -> Interview:
    return Interview(EVALUATOR, facts)


def at_random(questions: Questions, chance: Random, danger: float) -> dict[str, Value]:
    """Answers as they come: normal ones, dangers, and now and then that nobody knows or has looked."""
    answers: dict[str, Value] = {}
    for finding in questions.findings:
        first, *others = telling(finding.id)
        answers[finding.id] = chance.choice(others) if chance.random() < danger else first
        if chance.random() < danger / 2:
            answers[finding.id] = chance.choice(not_values(finding))
    return answers


def truthfully(interview: Interview, who: Person) -> int:
    """Answers every screen as it is with a person. How many screens it took."""
    facts = who.facts
    while (questions := interview.next()) is not None:
        interview.answer({finding.id: facts[finding.id].value for finding in questions.findings})
    return interview.screens


# ------------------------------------------------------------------------------------------------- it ends


@given(seed=SEEDS)
def test_it_always_ends_and_never_asks_twice(seed: int) -> None:
    chance = Random(seed)
    danger, interview, seen = chance.choice((0.0, 0.05, 0.3)), asked(), set[str]()
    while (questions := interview.next()) is not None:
        ids = [finding.id for finding in questions.findings]
        assert ids
        assert not seen & set(ids)
        assert len(set(ids)) == len(ids)
        seen |= set(ids)
        interview.answer(at_random(questions, chance, danger))
    assert len(seen) <= len(RULEBASE.findings)


@given(seed=SEEDS)
def test_it_asks_only_what_could_still_raise_the_decision(seed: int) -> None:
    chance, interview = Random(seed), asked()
    while (questions := interview.next()) is not None:
        known = built_in().judge(interview.facts).known
        waiting = EVALUATOR.waiting(known, EVALUATOR.decide(known))
        assert {finding.id for finding in questions.findings} <= waiting.keys()
        assert not interview.decision().settled
        interview.answer(at_random(questions, chance, 0.1))


@given(seed=SEEDS)
def test_when_it_ends_the_decision_is_settled_or_only_what_nobody_could_tell_is_open(seed: int) -> None:
    chance, interview = Random(seed), asked()
    while (questions := interview.next()) is not None:
        interview.answer(at_random(questions, chance, 0.1))
    known = built_in().judge(interview.facts).known
    left = EVALUATOR.waiting(known, EVALUATOR.decide(known))
    assert interview.decision().settled is not bool(left)
    assert left.keys() <= interview.facts.keys()


@given(who=people(), seed=SEEDS)
def test_what_is_settled_stays_so_however_the_rest_turns_out(who: Person, seed: int) -> None:
    chance, interview = Random(seed), asked(who.facts)
    while (questions := interview.next()) is not None:
        interview.answer(at_random(questions, chance, 0.05))
    decision = interview.decision()
    if decision.settled:
        known = built_in().judge(interview.facts).known
        end = EVALUATOR.decide(who.completed(known))
        assert (end.floor, end.read, end.ceiling) == (decision.floor, decision.read, decision.ceiling)


@given(who=people(backgrounds=(HEALTHY, CLEARED, ORDINARY), unknown=False))
def test_who_answers_every_question_gets_the_decision_of_somebody_of_whom_all_is_known(who: Person) -> None:
    whole = Person(who.bases, {**{f: fact.value for f, fact in who.completed(who.facts).items()}, **who.changes})
    interview = asked()
    truthfully(interview, whole)
    shown, full = built_in().judge(interview.facts), built_in().judge(whole.facts)
    if full.decision.settled:
        assert (shown.result.urgency, shown.result.grid) == (full.result.urgency, full.result.grid)


# ------------------------------------------------------------------------------------------------- how long it takes


@pytest.mark.parametrize(
    ("who", "most"),
    [
        (person(CLEARED), 40),
        (person(ORDINARY), 45),
        (person(HEALTHY, saddle_numbness=True, sphincter_onset_days=2.0), 10),
        (person(HEALTHY, stroke_signs=True), 8),
        (person(HEALTHY, paralysis_after_injury=True, trauma_days_ago=0.0, recent_trauma="major"), 8),
    ],
    ids=["healthy", "ordinary back pain", "saddle numbness", "stroke", "paralysis"],
)
def test_it_ends_within_so_many_screens(who: Person, most: int) -> None:
    interview = asked()
    assert truthfully(interview, who) <= most
    assert interview.decision().settled


def test_an_emergency_is_settled_before_the_rest_is_asked() -> None:
    """Once saddle numbness is told, only what makes it certain is asked, and then the interview is over."""
    facts, interview, after = person(HEALTHY, saddle_numbness=True, sphincter_onset_days=2.0).facts, asked(), list[str]()
    while (questions := interview.next()) is not None:
        told = "saddle_numbness" in interview.facts
        interview.answer({finding.id: facts[finding.id].value for finding in questions.findings})
        after += [finding.id for finding in questions.findings] if told else []
    assert "sphincter_onset_days" in after
    assert len(after) <= 4
    assert LAYOUT.urgency(interview.decision().floor) is Urgency.EMERGENCY_NOW


def test_nothing_is_asked_of_somebody_whose_decision_is_settled() -> None:
    assert asked(person(CLEARED).facts).next() is None


def test_what_the_person_cannot_tell_is_not_asked_again() -> None:
    interview = asked(person(CLEARED, stroke_signs=None).facts)
    questions = interview.next()
    assert questions is not None
    assert [finding.id for finding in questions.findings] == ["stroke_signs"]
    interview.answer({"stroke_signs": Answer.DONT_KNOW})
    assert interview.next() is None
    assert not interview.decision().settled


def test_what_nobody_examined_is_presumed_and_not_asked_again() -> None:
    interview = asked(person(CLEARED, anal_tone_reduced=None, perianal_sensation_reduced=None, sensory_level=None).facts)
    while (questions := interview.next()) is not None:
        assert {finding.answered_by for finding in questions.findings} == {"clinician"}
        interview.answer(not_examined(questions))
    assert interview.decision().settled
    assert interview.facts["anal_tone_reduced"].value is Answer.NOT_EXAMINED


def test_what_is_given_is_not_asked() -> None:
    given_first = person(CLEARED, stroke_signs=None)
    interview = asked(given_first.facts)
    assert interview.facts == given_first.facts
    assert interview.screens == 0


def test_a_set_of_which_a_record_tells_some_is_asked_once_for_the_rest() -> None:
    some = Members(frozenset(), frozenset({"jaw_ache_on_chewing"}))
    interview = asked(person(CLEARED, age_years=60.0, gca_symptoms=some).facts)
    questions = interview.next()
    assert questions is not None
    assert [finding.id for finding in questions.findings] == ["gca_symptoms"]
    interview.answer({"gca_symptoms": some})
    assert interview.next() is None


# ------------------------------------------------------------------------------------------------- back


@given(seed=SEEDS, steps=st.integers(1, 6))
def test_back_takes_the_last_screen_away_and_shows_it_again(seed: int, steps: int) -> None:
    chance, interview = Random(seed), asked()
    shown, known = [], []
    for _ in range(steps):
        questions = interview.next()
        if questions is None:
            break
        shown.append(questions)
        known.append(interview.facts)
        interview.answer(at_random(questions, chance, 0.1))
    assert interview.screens == len(shown)
    while shown:
        interview.back()
        assert interview.facts == known.pop()
        assert interview.next() == shown.pop()
    interview.back()
    assert (interview.screens, interview.facts) == (0, {})


def test_a_fact_says_on_which_screen_it_was_answered() -> None:
    interview = asked()
    interview.answer({"age_years": 40.0})
    interview.answer({"age_years": 41.0, "foot_drop": False})
    assert {f: (one.value, one.provenance.where) for f, one in interview.facts.items()} == {
        "age_years": (41.0, "screen 2"),
        "foot_drop": (False, "screen 2"),
    }


# ------------------------------------------------------------------------------------------------- what one screen holds


@given(seed=SEEDS)
def test_a_screen_is_one_question_or_a_list_of_one_group(seed: int) -> None:
    chance, interview = Random(seed), asked()
    while (questions := interview.next()) is not None:
        assert {finding.group for finding in questions.findings} == {questions.group}
        assert len({finding.answered_by == "clinician" for finding in questions.findings}) == 1
        if questions.items:
            assert RULEBASE.groups[questions.group].any_of
            assert [item for finding in questions.findings for item in items_of(finding, RULEBASE)] == list(questions.items)
            assert len(questions.items) <= MOST_AT_ONCE or len(questions.findings) == 1
        else:
            assert len(questions.findings) == 1
        interview.answer(at_random(questions, chance, 0.05))


def test_what_may_not_apply_is_asked_after_what_does() -> None:
    """Of a healthy person nothing presses: the onset of a weakness is not asked before it is known whether there is one."""
    interview = asked()

    def fits(finding: str) -> bool:
        when = RULEBASE.findings[finding].asked_when
        return not when or Walk(interview.facts).value(RULEBASE.expressions[when]) is True

    while (questions := interview.next()) is not None:
        known = built_in().judge(interview.facts).known
        waiting = EVALUATOR.waiting(known, EVALUATOR.decide(known)).keys() - interview.facts.keys()
        assert all(fits(finding.id) for finding in questions.findings) is any(fits(finding) for finding in waiting)
        interview.answer({finding.id: telling(finding.id)[0] for finding in questions.findings})


@pytest.mark.parametrize(
    ("finding", "items"),
    [
        ("saddle_numbness", [""]),
        ("gca_symptoms", ["jaw_ache_on_chewing", "sore_scalp_or_temple", "new_temple_headache", "vision_loss_or_double"]),
        ("leg_pain", ["one", "both"]),
        ("diagnosis_condition", []),
        ("fracture_pattern", []),
        ("age_years", []),
    ],
)
def test_a_list_to_tick_holds_yes_or_no_sets_and_choices_with_none(finding: str, items: list[str]) -> None:
    assert [item.member for item in items_of(RULEBASE.findings[finding], RULEBASE)] == items


def listed(*findings: str) -> Questions:
    held = tuple(RULEBASE.findings[finding] for finding in findings)
    return Questions("g", held, tuple(item for finding in held for item in items_of(finding, RULEBASE)))


def ticked(questions: Questions, ticks: set[str], unknown: set[str]) -> Mapping[str, Value]:
    def places(words: set[str]) -> set[int]:
        return {place for place, item in enumerate(questions.items) if (item.member or item.finding.id) in words}

    return questions.ticked(places(ticks), places(unknown), RULEBASE.members)


GCA = RULEBASE.members["gca_symptoms"]


@pytest.mark.parametrize(
    ("ticks", "unknown", "answers"),
    [
        (set(), set(), {"foot_drop": False, "leg_pain": "none", "gca_symptoms": Members.exactly((), GCA)}),
        ({"foot_drop", "both", GCA[0]}, set(), {"foot_drop": True, "leg_pain": "both", "gca_symptoms": Members.exactly(GCA[:1], GCA)}),
        ({"one", "both"}, set(), {"foot_drop": False, "leg_pain": "both", "gca_symptoms": Members.exactly((), GCA)}),
        (
            set(),
            {"foot_drop", "one", GCA[0]},
            {"foot_drop": Answer.DONT_KNOW, "leg_pain": Answer.DONT_KNOW, "gca_symptoms": Answer.DONT_KNOW},
        ),
        ({GCA[1]}, {GCA[0]}, {"foot_drop": False, "leg_pain": "none", "gca_symptoms": Members(frozenset(GCA[1:2]), frozenset(GCA[2:]))}),
        ({"foot_drop", "one"}, {"foot_drop", "both"}, {"foot_drop": True, "leg_pain": "one", "gca_symptoms": Members.exactly((), GCA)}),
    ],
)
def test_ticks_are_answers_and_what_is_not_ticked_is_no(ticks: set[str], unknown: set[str], answers: dict[str, Value]) -> None:
    assert ticked(listed("foot_drop", "leg_pain", "gca_symptoms"), ticks, unknown) == answers


def test_an_item_is_a_finding_or_one_of_its_members() -> None:
    assert listed("foot_drop").items == (Item(RULEBASE.findings["foot_drop"]),)
    assert not_examined(listed("foot_drop", "leg_pain")) == {"foot_drop": Answer.NOT_EXAMINED, "leg_pain": Answer.NOT_EXAMINED}
    assert fact("foot_drop", value=True).finding == "foot_drop"
