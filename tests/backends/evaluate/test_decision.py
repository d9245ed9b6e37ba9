import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.evaluate import Decision, Evaluator, Walk
from spinesafe.backends.evaluate.decision import MOST_VALUES
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.outcome import Outcome
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import load
from spinesafe.rulebase.program import CERTAIN, READ
from tests.laws.knowledge import outputs
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, changed, people, person, telling

EVALUATOR = Evaluator(load())
LAYOUT = EVALUATOR.rulebase.layout
EXPRESSIONS = outputs(EVALUATOR.rulebase)
DROP_UNDATED = person(HEALTHY, foot_drop=True, deficit_onset_days=Answer.DONT_KNOW)


def decided(who: Person, *, after_treatment: bool = False) -> Decision:
    return EVALUATOR.decide(who.facts, after_treatment=after_treatment)


def same(one: Decision, other: Decision) -> bool:
    return (one.floor, one.read, one.ceiling) == (other.floor, other.read, other.ceiling)


def joined(walk: Walk, wanted: tuple[bool | None, ...], *, after_treatment: bool) -> Outcome:
    """What the rules raise to whose value is one of those wanted, each rule looked at on its own: slow, and plain to see."""
    joined = 0
    parts = [(rule, effect) for rule in EVALUATOR.rulebase.rules for effect in rule.effects]
    for (rule, effect), expression in zip(parts, EXPRESSIONS, strict=False):
        if (after_treatment or not rule.after_treatment) and walk.value(expression) in wanted:
            joined |= effect.outcome
    return joined


@given(who=people(), after_treatment=st.booleans())
def test_a_decision_joins_what_is_certain_what_is_read_and_what_is_open(who: Person, *, after_treatment: bool) -> None:
    found = decided(who, after_treatment=after_treatment)
    assert found.floor == joined(Walk(who.facts), (True,), after_treatment=after_treatment)
    assert found.ceiling == joined(Walk(who.facts), (True, None), after_treatment=after_treatment)
    assert found.read == joined(Walk(who.facts, readings=True), (True,), after_treatment=after_treatment)


@given(who=people(backgrounds=(NOTHING, ORDINARY)), after_treatment=st.booleans())
def test_a_closed_world_changes_what_is_read_alone(who: Person, *, after_treatment: bool) -> None:
    found = EVALUATOR.decide_closed_world(who.facts, after_treatment=after_treatment)
    open_world = decided(who, after_treatment=after_treatment)
    assert (found.floor, found.ceiling) == (open_world.floor, open_world.ceiling)
    assert found.read == joined(Walk(who.facts, closed=True), (True,), after_treatment=after_treatment)


@given(who=people(backgrounds=(NOTHING,)))
def test_what_is_watched_is_read_in_a_closed_world_too(who: Person) -> None:
    found, walk = EVALUATOR.decide_closed_world(who.facts), Walk(who.facts, closed=True)
    watched = EVALUATOR.rulebase.watched
    for output in (*watched.hurts.values(), *watched.advice.values(), *watched.owners, *watched.definitions.values()):
        assert found.run.reads(output) is walk.value(EXPRESSIONS[output])


def changes() -> st.SearchStrategy[list[tuple[str, Value]]]:
    change = st.sampled_from(tuple(load().findings)).flatmap(
        lambda finding: st.tuples(st.just(finding), st.sampled_from((*telling(finding), Answer.DONT_KNOW)))
    )
    return st.lists(change, max_size=12)


@given(who=people(), ifs=changes())
def test_what_if_in_a_closed_world_is_deciding_the_changed_facts_there(who: Person, ifs: list[tuple[str, Value]]) -> None:
    for (finding, value), then in zip(ifs, EVALUATOR.what_if(who.facts, ifs, closed_world=True), strict=True):
        assert same(then, EVALUATOR.decide_closed_world(changed(who.facts, {finding: value})))


@given(who=people(), ifs=changes(), after_treatment=st.booleans())
def test_what_if_is_deciding_the_changed_facts(who: Person, ifs: list[tuple[str, Value]], *, after_treatment: bool) -> None:
    found = EVALUATOR.what_if(who.facts, ifs, after_treatment=after_treatment)
    for (finding, value), then in zip(ifs, found, strict=True):
        alone = EVALUATOR.decide(changed(who.facts, {finding: value}), after_treatment=after_treatment)
        assert same(then, alone)
        assert [then.run.holds(o) for o in range(len(EXPRESSIONS))] == [alone.run.holds(o) for o in range(len(EXPRESSIONS))]
        facts = changed(who.facts, {finding: value})
        assert told(EVALUATOR, facts, then, after_treatment=after_treatment) == told(
            EVALUATOR, facts, alone, after_treatment=after_treatment
        )


def told(evaluator: Evaluator, facts: Facts, decision: Decision, *, after_treatment: bool) -> object:
    fired = [(one.rule.id, one.outcome, one.certain) for one in evaluator.fired(decision, after_treatment=after_treatment)]
    return fired, evaluator.waiting(facts, decision, after_treatment=after_treatment)


def test_certain_read_and_open_differ_where_something_is_not_known() -> None:
    found = decided(DROP_UNDATED)
    assert [LAYOUT.urgency(o) for o in (found.floor, found.read, found.ceiling)] == [Urgency.ROUTINE, Urgency.SAME_DAY, Urgency.SAME_DAY]
    assert not found.settled


def test_a_whole_picture_is_settled_and_a_missing_danger_unsettles_it() -> None:
    assert decided(person(CLEARED)).settled
    assert not decided(person(CLEARED, stroke_signs=Answer.DONT_KNOW)).settled


def test_what_fired_is_certain_or_read_and_says_what_it_raised_to() -> None:
    fired = {one.rule.id: one for one in EVALUATOR.fired(decided(DROP_UNDATED))}
    severe = fired["severe_weakness_recent"]
    assert not severe.certain
    assert LAYOUT.urgency(severe.outcome) is Urgency.SAME_DAY
    assert LAYOUT.level(severe.outcome, "soft_tissue_massage", "neck") is HandsOn.STOP
    assert fired["gate_diagnosis"].certain


def test_of_a_rule_with_a_place_only_the_parts_that_hold_have_fired() -> None:
    operated = person(
        ORDINARY, spine_surgery_weeks_ago=6.0, operated_region=Members(frozenset({"neck"}), frozenset({"thoracic", "lumbar", "sacrum"}))
    )
    (fired,) = (one for one in EVALUATOR.fired(decided(operated)) if one.rule.id == "spine_operation_within_12_weeks")
    levels = [LAYOUT.level(fired.outcome, "soft_tissue_massage", region) for region in ("neck", "lumbar")]
    assert levels == [HandsOn.WAIT, HandsOn.PROCEED]
    assert fired.certain


def test_a_part_that_only_counts_by_a_reading_does_not_make_the_rule_uncertain() -> None:
    operated = person(ORDINARY, spine_surgery_weeks_ago=6.0, operated_region=Members(frozenset({"neck"})))
    (fired,) = (one for one in EVALUATOR.fired(decided(operated)) if one.rule.id == "spine_operation_within_12_weeks")
    levels = [LAYOUT.level(fired.outcome, "soft_tissue_massage", region) for region in ("neck", "lumbar")]
    assert levels == [HandsOn.WAIT, HandsOn.WAIT]
    assert fired.certain


@given(who=people(), after_treatment=st.booleans())
def test_what_fired_joins_to_what_is_read_and_what_is_waited_for_to_what_is_open(who: Person, *, after_treatment: bool) -> None:
    found = decided(who, after_treatment=after_treatment)
    read = more = 0
    for one in EVALUATOR.fired(found, after_treatment=after_treatment):
        read |= one.outcome
    for waiting in EVALUATOR.waiting(who.facts, found, after_treatment=after_treatment).values():
        assert waiting.parts
        assert waiting.more & ~found.floor == waiting.more
        more |= waiting.more
    assert read == found.read
    assert found.floor | more == found.ceiling


def test_an_answer_is_waited_for_by_its_rules_and_by_nothing_that_it_cannot_raise() -> None:
    silent = person(CLEARED, stroke_signs=None)
    waiting = EVALUATOR.waiting(silent.facts, decided(silent))
    assert set(waiting) == {"stroke_signs"}
    assert LAYOUT.urgency(waiting["stroke_signs"].more) is Urgency.EMERGENCY_NOW
    graver = silent.but(chest_pain_or_breathless=True)
    assert EVALUATOR.waiting(graver.facts, decided(graver)) == {}


def test_where_something_is_is_waited_for_though_its_rule_holds() -> None:
    operated = person(ORDINARY, spine_surgery_weeks_ago=6.0, operated_region=None)
    assert set(EVALUATOR.waiting(operated.facts, decided(operated))) == {"operated_region"}


def test_what_is_waited_for_is_told_right_of_more_people_than_are_remembered() -> None:
    evaluator = Evaluator(load())
    for age in range(MOST_VALUES + 20):
        who = person(CLEARED, age_years=age / 10, gca_symptoms=Answer.DONT_KNOW)
        asked = evaluator.waiting(who.facts, evaluator.decide(who.facts))
        assert ("gca_symptoms" in asked) is (age >= 500)


def test_stop_criteria_belong_to_the_follow_up() -> None:
    worse = person(ORDINARY, post_new_neuro=True)
    assert LAYOUT.urgency(decided(worse).read) is Urgency.ROUTINE
    assert LAYOUT.urgency(decided(worse, after_treatment=True).read) is Urgency.EMERGENCY_NOW
    rules = [one.rule.id for one in EVALUATOR.fired(decided(worse, after_treatment=True), after_treatment=True)]
    assert "new_nerve_signs_since_treatment" in rules
    assert not [one for one in EVALUATOR.fired(decided(worse)) if one.rule.after_treatment]
    silent = decided(person(), after_treatment=True)
    assert "post_new_neuro" not in EVALUATOR.waiting({}, silent)
    assert "post_new_neuro" in EVALUATOR.waiting({}, silent, after_treatment=True)


def test_more_values_than_are_kept_at_hand_are_read_all_the_same() -> None:
    evaluator = Evaluator(load())
    for age in range(MOST_VALUES + 20):
        facts = person(CLEARED, age_years=age / 10).facts
        assert same(evaluator.decide(facts), EVALUATOR.decide(facts))
    assert same(evaluator.decide(person(CLEARED, age_years=80.0).facts), EVALUATOR.decide(person(CLEARED, age_years=80.0).facts))


def test_the_limits_are_those_that_the_rules_compare_with() -> None:
    assert {14.0, 28.0, 90.0} <= set(EVALUATOR.limits["deficit_onset_days"])
    assert EVALUATOR.limits["deficit_onset_days"] == sorted(EVALUATOR.limits["deficit_onset_days"])
    assert not EVALUATOR.limits["saddle_numbness"]


@pytest.mark.parametrize("shift", [0, 4, 40])
def test_a_run_is_read_at_its_place(shift: int) -> None:
    everyone = EVALUATOR.what_if(DROP_UNDATED.facts, [("age_years", 40.0)] * (shift // 4 + 1))
    run = everyone[shift // 4].run
    alone = decided(DROP_UNDATED).run
    assert run.shift == shift
    assert [run.reads(o) for o in range(len(EXPRESSIONS))] == [alone.reads(o) for o in range(len(EXPRESSIONS))]
    assert all(alone.outputs[o] & ~CERTAIN == 0 for o in range(len(EXPRESSIONS)))
    assert any(alone.outputs[o] & READ for o in range(len(EXPRESSIONS)))
