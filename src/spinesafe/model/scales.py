"""The two scales of a decision, lowest first: how fast a person must be seen, and what hands may do."""

from enum import StrEnum
from typing import Self


class Scale(StrEnum):
    """A closed, ordered list of words. Members compare by their place in the list, not by spelling."""

    rank: int
    """Place in the list, 0 for the lowest."""

    def __new__(cls, word: str) -> Self:
        """A member, ranked above those written before it."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.rank = len(cls.__members__)
        return member

    @classmethod
    def from_rank(cls, rank: int) -> Self:
        """The member at a place in the list."""
        return tuple(cls)[rank]

    def _other(self, other: str) -> Self:
        return other if isinstance(other, type(self)) else type(self)(other)

    def __lt__(self, other: str) -> bool:
        return self.rank < self._other(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= self._other(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > self._other(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= self._other(other).rank


class Tier(Scale):
    """Urgency in the three steps that people are told."""

    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Urgency(Scale):
    """How soon somebody must see this person."""

    ROUTINE = "routine"
    WITHIN_14_DAYS = "within_14_days"
    WITHIN_7_DAYS = "within_7_days"
    SAME_DAY = "same_day"
    EMERGENCY_NOW = "emergency_now"

    @property
    def tier(self) -> Tier:
        """The step of the three that people are told."""
        if self >= Urgency.SAME_DAY:
            return Tier.EMERGENCY
        return Tier.ROUTINE if self is Urgency.ROUTINE else Tier.URGENT


class HandsOn(Scale):
    """What hands may do with one technique at one region, or as a whole."""

    PROCEED = "proceed"
    ADAPT = "adapt"
    WAIT = "wait"
    DIAGNOSE_FIRST = "diagnose_first"
    STOP = "stop"
