"""Outcomes as blocks: one level in every cell of some techniques and some regions, with names for such places."""

from collections.abc import Iterator

import msgspec

from spinesafe.model.outcome import Layout, Outcome
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase import RuleBase

LEVELS = tuple(reversed(HandsOn))[:-1]
"""The levels that something must raise to, gravest first."""


class Block(msgspec.Struct, frozen=True, order=True):
    """Exactly one level for every one of these techniques at every one of these regions."""

    rank: int
    techniques: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def level(self) -> HandsOn:
        """The level of the block."""
        return HandsOn.from_rank(self.rank)

    def holds(self, technique: str, region: str) -> bool:
        """Whether a cell lies in it."""
        return technique in self.techniques and region in self.regions


def blocks_of(layout: Layout, outcome: Outcome) -> Iterator[Block]:
    """An outcome as blocks, gravest first: each cell that is raised at all lies in one."""
    grid = layout.grid(outcome)
    for level in LEVELS:
        where = {technique: tuple(r for r in layout.regions if row[r] is level) for technique, row in grid.items()}
        for regions in dict.fromkeys(regions for regions in where.values() if regions):
            yield Block(level.rank, tuple(t for t in layout.techniques if where[t] == regions), regions)


class Places:
    """Names for techniques and regions, by the ids of the knowledge: whole columns and scopes where they fit."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self._all = rulebase.layout.techniques
        self._scopes = {frozenset(scope.regions): scope.id for scope in rulebase.scopes.values()}
        columns = dict.fromkeys(technique.column for technique in rulebase.techniques.values())
        self._columns = {column: [t.id for t in rulebase.techniques.values() if t.column == column] for column in columns}

    def name(self, block: Block) -> str:
        """A block by its level, what and where."""
        return f"{block.level}: {', '.join(self.techniques(block.techniques))} at {', '.join(self.regions(block.regions))}"

    def techniques(self, techniques: tuple[str, ...]) -> tuple[str, ...]:
        """Some techniques: `everything`, whole columns, and what is left."""
        if techniques == self._all:
            return ("everything",)
        left, names = list(techniques), list[str]()
        for column, held in self._columns.items():
            if set(held) <= set(left):
                names.append(column)
                left = [technique for technique in left if technique not in held]
        return (*names, *left)

    def regions(self, regions: tuple[str, ...]) -> tuple[str, ...]:
        """Some regions: a scope where one fits."""
        scope = self._scopes.get(frozenset(regions))
        return (scope,) if scope else regions
