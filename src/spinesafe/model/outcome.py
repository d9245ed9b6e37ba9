"""Outcomes as points of a lattice: urgency x what hands may do, for every technique at every region.

An outcome is one integer in unary: four bits for the urgency, four for each cell, the lowest so many bits set. Joining two
outcomes (the graver of each part) is then `|`, and no rule can lower what another raised.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import product
from typing import TypeAlias

import msgspec

from spinesafe.model.scales import HandsOn, Urgency

Outcome: TypeAlias = int
"""A point of the lattice, read and written with a `Layout`. 0 is routine and proceed everywhere."""

Grid: TypeAlias = dict[str, dict[str, HandsOn]]
"""What hands may do: technique, then region."""

_WIDTH = 4
_FULL = 0b1111
_LEVELS = tuple(HandsOn)


class Layout(msgspec.Struct, frozen=True):
    """Which bits of an outcome stand for which technique and region. Urgency has the lowest four."""

    techniques: tuple[str, ...]
    regions: tuple[str, ...]

    def _offset(self, technique: str, region: str) -> int:
        return _offsets(self.techniques, self.regions)[technique, region]

    @property
    def cells(self) -> int:
        """One bit at the foot of every cell."""
        return _feet(self.techniques, self.regions)

    def everywhere(self, level: HandsOn) -> Outcome:
        """One level in every cell."""
        return self.cells * ((1 << level.rank) - 1)

    def outcome(
        self,
        urgency: Urgency = Urgency.ROUTINE,
        techniques: Iterable[str] = (),
        regions: Iterable[str] = (),
        level: HandsOn = HandsOn.PROCEED,
    ) -> Outcome:
        """An urgency joined with one level in every cell of some techniques and regions."""
        bits = (1 << urgency.rank) - 1
        for technique, region in product(techniques, tuple(regions)):
            bits |= ((1 << level.rank) - 1) << self._offset(technique, region)
        return bits

    def urgency(self, outcome: Outcome) -> Urgency:
        """The urgency of an outcome."""
        return Urgency.from_rank((outcome & _FULL).bit_length())

    def level(self, outcome: Outcome, technique: str, region: str) -> HandsOn:
        """One cell of an outcome."""
        return _LEVELS[((outcome >> self._offset(technique, region)) & _FULL).bit_length()]

    def grid(self, outcome: Outcome) -> Grid:
        """All cells of an outcome."""
        return {t: {r: self.level(outcome, t, r) for r in self.regions} for t in self.techniques}

    def worst_level(self, outcome: Outcome, techniques: Iterable[str], regions: Iterable[str]) -> HandsOn:
        """The gravest of some cells of an outcome."""
        for level, mask in _at_least(self.techniques, self.regions, tuple(techniques), tuple(regions)):
            if outcome & mask:
                return level
        return HandsOn.PROCEED

    def where_at_least(self, outcome: Outcome, level: HandsOn) -> int:
        """All four bits of each cell that is at least so grave (`level` above `proceed`)."""
        return ((outcome >> (level.rank - 1)) & self.cells) * _FULL


@cache
def _offsets(techniques: tuple[str, ...], regions: tuple[str, ...]) -> Mapping[tuple[str, str], int]:
    """Where each cell's bits begin."""
    return {cell: _WIDTH * (place + 1) for place, cell in enumerate(product(techniques, regions))}


@cache
def _feet(techniques: tuple[str, ...], regions: tuple[str, ...]) -> int:
    return sum(1 << offset for offset in _offsets(techniques, regions).values())


@lru_cache(maxsize=1024)
def _at_least(
    techniques: tuple[str, ...], regions: tuple[str, ...], these: tuple[str, ...], here: tuple[str, ...]
) -> tuple[tuple[HandsOn, int], ...]:
    """For each level above `proceed`, gravest first, the bits of these cells that are set only at it or above."""
    feet = sum(1 << _offsets(techniques, regions)[cell] for cell in set(product(these, here)))
    return tuple((level, feet << (level.rank - 1)) for level in reversed(HandsOn) if level.rank)
