"""Outcomes as blocks: together they are the outcome, and each is a rectangle."""

from hypothesis import given
from hypothesis import strategies as st

from spinesafe.model.outcome import Layout
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase import load
from spinesafe.rulebase.blocks import Block, Places, blocks_of

LAYOUT = Layout(("rub", "pull", "thrust"), ("neck", "back"))
levels = st.sampled_from(HandsOn)


@given(st.lists(levels, min_size=6, max_size=6))
def test_blocks_joined_are_the_outcome(grid: list[HandsOn]) -> None:
    cells = [(technique, region) for technique in LAYOUT.techniques for region in LAYOUT.regions]
    outcome = 0
    for (technique, region), level in zip(cells, grid, strict=True):
        outcome |= LAYOUT.outcome(techniques=[technique], regions=[region], level=level)
    blocks = list(blocks_of(LAYOUT, outcome))
    joined = 0
    for block in blocks:
        joined |= LAYOUT.outcome(techniques=block.techniques, regions=block.regions, level=block.level)
    assert joined == outcome
    assert [cell for cell in cells if sum(block.holds(*cell) for block in blocks) > 1] == []


def test_a_place_is_called_by_its_columns_and_its_scope() -> None:
    places, layout = Places(load()), load().layout
    assert places.name(Block(4, layout.techniques, layout.regions)) == "stop: everything at everywhere"
    assert (
        places.name(Block(2, ("thrust_manipulation", "acupressure", "walking_on_back"), ("neck",))) == "wait: thrust, acupressure at neck"
    )
    assert places.regions(("sacrum", "lumbar", "thoracic", "neck")) == ("all_spine",)
    assert places.regions(("neck", "thoracic")) == ("neck", "thoracic")
