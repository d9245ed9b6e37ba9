import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.evaluate import Decision
from spinesafe.model.fact import Answer, Members
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase.overall import BARRED_FOR_ALL, GENTLEST
from spinesafe.screening import built_in
from spinesafe.screening.verdict import Verdict, overall, verdict
from tests.laws.focus import only
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, people, person

SCREENER = built_in()
LAYOUT = SCREENER.rulebase.layout
SPINE = ("neck", "thoracic", "lumbar", "sacrum")
LEVELS = st.sampled_from(HandsOn)


def decided(who: Person) -> Decision:
    return SCREENER.evaluator.decide(who.facts)


def reported(who: Person, *, presumed: bool = False, closed_world: bool = False) -> Verdict:
    return verdict(SCREENER.rulebase, decided(who), who.facts, presumed=presumed, closed_world=closed_world)


def levels(outcome: int) -> dict[tuple[str, str], HandsOn]:
    return {(t, r): LAYOUT.level(outcome, t, r) for t in LAYOUT.techniques for r in LAYOUT.regions}


# ------------------------------------------------------------------------------------------------- cells


@given(who=people(), presumed=st.booleans())
def test_a_cell_shows_its_ceiling_where_that_is_gentle_else_at_least_wait_and_what_is_read(who: Person, *, presumed: bool) -> None:
    found, shown = decided(who), reported(who, presumed=presumed)
    read, ceiling = levels(found.read), levels(found.ceiling)
    for cell, level in levels(shown.grid).items():
        expected = ceiling[cell] if ceiling[cell] <= HandsOn.ADAPT else max(HandsOn.WAIT, read[cell])
        assert level is (max(expected, HandsOn.ADAPT) if presumed else expected)
    assert shown.urgency is LAYOUT.urgency(found.read)


@given(who=people(backgrounds=(NOTHING,)), presumed=st.booleans())
def test_in_a_closed_world_a_cell_shows_what_is_read(who: Person, *, presumed: bool) -> None:
    read, shown = levels(decided(who).read), reported(who, presumed=presumed, closed_world=True)
    for cell, level in levels(shown.grid).items():
        assert level is (max(read[cell], HandsOn.ADAPT) if presumed else read[cell])
    assert not shown.incomplete


@given(who=people())
def test_incomplete_is_said_where_an_open_question_may_bar_more_than_is_shown(who: Person) -> None:
    found = decided(who)
    read, ceiling = levels(found.read), levels(found.ceiling)
    may_bar = any(ceiling[cell] > HandsOn.ADAPT and ceiling[cell] > level for cell, level in read.items())
    assert reported(who).incomplete is may_bar


@given(who=people())
def test_what_is_shown_is_never_graver_than_the_worst_that_is_open(who: Person) -> None:
    shown = reported(who)
    assert shown.urgency <= shown.worst_urgency
    assert shown.hands_on <= shown.worst_hands_on
    assert shown.worst_urgency is LAYOUT.urgency(decided(who).ceiling)


def test_an_unanswered_saddle_question_waits_and_the_worst_stands_beside_it() -> None:
    shown = reported(person(ORDINARY, saddle_numbness=Answer.DONT_KNOW, sphincter_onset_days=None))
    assert (shown.urgency, shown.hands_on, shown.incomplete) == (Urgency.ROUTINE, HandsOn.WAIT, True)
    assert (shown.worst_urgency, shown.worst_hands_on) == (Urgency.EMERGENCY_NOW, HandsOn.STOP)


def test_an_open_question_that_could_do_no_more_than_make_wait_leaves_it_incomplete_too() -> None:
    shown = reported(
        person(ORDINARY, skin_problem_treatment_area=Answer.DONT_KNOW, skin_problem_region=only("lumbar", "skin_problem_region"))
    )
    assert (shown.hands_on, shown.worst_hands_on, shown.incomplete) == (HandsOn.WAIT, HandsOn.WAIT, True)


# ------------------------------------------------------------------------------------------------- regions


@pytest.mark.parametrize(
    ("who", "regions"),
    [
        (person(ORDINARY, planned_region=Members(frozenset({"legs", "neck"}))), ("neck", "legs")),
        (person(ORDINARY, planned_region=only("arms", "planned_region")), ("arms",)),
        (person(ORDINARY, planned_region=None, leg_pain="one"), ("lumbar", "legs")),
        (person(ORDINARY, planned_region=Answer.DONT_KNOW, arm_pain="both"), ("lumbar", "arms")),
        (person(ORDINARY, planned_region=Members.exactly((), ("neck",))), ("lumbar",)),
        (person(HEALTHY, planned_region=None), SPINE),
        (person(), SPINE),
    ],
)
def test_in_question_are_the_planned_regions_else_where_it_hurts_else_the_whole_spine(who: Person, regions: tuple[str, ...]) -> None:
    assert reported(who).regions == regions


# ------------------------------------------------------------------------------------------------- the overall level


def cell(technique: str, region: str, level: HandsOn) -> int:
    return LAYOUT.outcome(techniques=[technique], regions=[region], level=level)


@given(level=LEVELS, where=st.sampled_from(SPINE))
def test_the_overall_level_is_that_of_soft_tissue_work_in_question(level: HandsOn, where: str) -> None:
    assert overall(LAYOUT, cell(GENTLEST, where, level), [where, "arms"]) is level
    assert overall(LAYOUT, cell(GENTLEST, where, level), ["arms"]) is HandsOn.PROCEED


@given(level=LEVELS, technique=st.sampled_from([t for t in LAYOUT.techniques if t not in {GENTLEST, BARRED_FOR_ALL}]))
def test_another_technique_that_is_barred_asks_for_care_and_no_more(level: HandsOn, technique: str) -> None:
    barred = cell(technique, "lumbar", level)
    assert overall(LAYOUT, barred, ["lumbar"]) is (HandsOn.ADAPT if level > HandsOn.ADAPT else HandsOn.PROCEED)
    assert overall(LAYOUT, barred | cell(GENTLEST, "lumbar", HandsOn.WAIT), ["lumbar"]) is HandsOn.WAIT
    assert overall(LAYOUT, barred, ["neck"]) is HandsOn.PROCEED


@given(level=LEVELS)
def test_treading_is_barred_for_all_and_is_no_restriction_worth_naming(level: HandsOn) -> None:
    assert overall(LAYOUT, cell(BARRED_FOR_ALL, "lumbar", level), ["lumbar"]) is HandsOn.PROCEED


def test_what_bars_everything_bars_a_distant_region_too() -> None:
    shown = reported(person(ORDINARY, weakness_progressive=True, planned_region=only("arms", "planned_region")))
    assert shown.hands_on is HandsOn.STOP


# ------------------------------------------------------------------------------------------------- what is planned


def test_each_planned_technique_has_its_level_and_the_graver_of_all_leads() -> None:
    planned = Members(frozenset({"soft_tissue_massage", "thrust_manipulation"}))
    shown = reported(person(ORDINARY, planned_technique=planned, bone_strength="osteoporosis"))
    assert shown.planned == {"soft_tissue_massage": HandsOn.ADAPT, "thrust_manipulation": HandsOn.STOP}
    assert (shown.hands_on, shown.leading) == (HandsOn.ADAPT, HandsOn.STOP)


@pytest.mark.parametrize("plan", [None, Answer.DONT_KNOW, Members()])
def test_without_a_plan_the_overall_level_leads(plan: Answer | Members | None) -> None:
    shown = reported(person(CLEARED, planned_technique=plan))
    assert shown.planned == {}
    assert shown.leading is shown.hands_on


def told(urgency: Urgency, hands_on: HandsOn) -> Verdict:
    return Verdict(
        urgency=urgency,
        grid=0,
        regions=(),
        hands_on=hands_on,
        planned={},
        incomplete=False,
        worst_urgency=urgency,
        worst_hands_on=hands_on,
    )


@given(st.sampled_from(Urgency), LEVELS, st.sampled_from(Urgency), LEVELS)
def test_graver_is_what_is_higher_in_one_and_lower_in_none(one: Urgency, here: HandsOn, other: Urgency, there: HandsOn) -> None:
    mine, theirs = told(one, here), told(other, there)
    assert mine.graver_than(theirs) is (one >= other and here >= there and (one, here) != (other, there))
