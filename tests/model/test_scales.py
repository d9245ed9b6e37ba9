from itertools import pairwise

import pytest

from spinesafe.model.scales import HandsOn, Scale, Tier, Urgency


@pytest.mark.parametrize("scale", [HandsOn, Tier, Urgency])
def test_members_stand_in_the_order_they_are_written(scale: type[Scale]) -> None:
    for lower, higher in pairwise(scale):
        assert lower < higher
        assert lower <= higher
        assert higher > lower
        assert higher >= lower
        assert not higher < lower
        assert not higher <= lower
        assert not lower > higher
        assert not lower >= higher
        assert lower <= lower  # noqa: PLR0124 - equal is at least
        assert lower >= lower  # noqa: PLR0124


@pytest.mark.parametrize("scale", [HandsOn, Tier, Urgency])
def test_rank_and_member_name_each_other(scale: type[Scale]) -> None:
    assert [scale.from_rank(member.rank) for member in scale] == list(scale)


def test_the_gravest_of_several_is_the_highest_not_the_last_in_the_alphabet() -> None:
    assert max(Urgency.WITHIN_14_DAYS, Urgency.EMERGENCY_NOW, Urgency.SAME_DAY) is Urgency.EMERGENCY_NOW
    assert max(HandsOn.WAIT, HandsOn.DIAGNOSE_FIRST) is HandsOn.DIAGNOSE_FIRST


def test_a_word_of_the_scale_compares_like_its_member() -> None:
    assert Urgency.SAME_DAY > "routine"
    with pytest.raises(ValueError, match="soon"):
        _ = Urgency.SAME_DAY > "soon"


def test_tier_of_an_urgency() -> None:
    assert [urgency.tier for urgency in Urgency] == [Tier.ROUTINE, Tier.URGENT, Tier.URGENT, Tier.EMERGENCY, Tier.EMERGENCY]
