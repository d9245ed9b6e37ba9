from hypothesis import given
from hypothesis import strategies as st

from spinesafe.model.outcome import Layout
from spinesafe.model.scales import HandsOn, Urgency

LAYOUT = Layout(("massage", "thrust"), ("neck", "lumbar", "legs"))

outcomes = st.builds(
    LAYOUT.outcome,
    st.sampled_from(Urgency),
    st.lists(st.sampled_from(LAYOUT.techniques)),
    st.lists(st.sampled_from(LAYOUT.regions)),
    st.sampled_from(HandsOn),
)


def test_nothing_said_is_routine_and_proceed_everywhere() -> None:
    nothing = LAYOUT.outcome()
    assert nothing == 0
    assert LAYOUT.urgency(nothing) is Urgency.ROUTINE
    assert {level for row in LAYOUT.grid(nothing).values() for level in row.values()} == {HandsOn.PROCEED}


@given(st.sampled_from(Urgency), st.sampled_from(HandsOn))
def test_an_outcome_reads_as_it_was_written(urgency: Urgency, level: HandsOn) -> None:
    outcome = LAYOUT.outcome(urgency, ["thrust"], ["neck", "legs"], level)
    assert LAYOUT.urgency(outcome) is urgency
    assert LAYOUT.grid(outcome) == {
        "massage": dict.fromkeys(LAYOUT.regions, HandsOn.PROCEED),
        "thrust": {"neck": level, "lumbar": HandsOn.PROCEED, "legs": level},
    }


@given(outcomes, outcomes)
def test_joining_takes_the_graver_of_each_part(one: int, other: int) -> None:
    joined = one | other
    assert LAYOUT.urgency(joined) is max(LAYOUT.urgency(one), LAYOUT.urgency(other))
    for technique in LAYOUT.techniques:
        for region in LAYOUT.regions:
            cells = (LAYOUT.level(outcome, technique, region) for outcome in (one, other))
            assert LAYOUT.level(joined, technique, region) is max(cells)


@given(outcomes, outcomes)
def test_the_worst_level_is_that_of_the_gravest_cell(one: int, other: int) -> None:
    joined = one | other
    cells = [LAYOUT.level(joined, "thrust", region) for region in ("neck", "legs")]
    assert LAYOUT.worst_level(joined, ["thrust"], ["neck", "legs"]) is max(cells)
    assert LAYOUT.worst_level(joined, [], []) is HandsOn.PROCEED


@given(outcomes, outcomes, st.sampled_from(list(HandsOn)[1:]))
def test_cells_that_are_at_least_so_grave(one: int, other: int, level: HandsOn) -> None:
    joined = one | other
    where = LAYOUT.where_at_least(joined, level)
    for technique in LAYOUT.techniques:
        for region in LAYOUT.regions:
            marked = LAYOUT.level(where, technique, region)
            assert marked is (HandsOn.STOP if LAYOUT.level(joined, technique, region) >= level else HandsOn.PROCEED)
    assert LAYOUT.urgency(where) is Urgency.ROUTINE


@given(st.sampled_from(HandsOn))
def test_one_level_everywhere(level: HandsOn) -> None:
    assert LAYOUT.everywhere(level) == LAYOUT.outcome(techniques=LAYOUT.techniques, regions=LAYOUT.regions, level=level)
