"""The decision about a person, bit by bit, and what is reported of it.

Outcomes are unary (`model.outcome`): a bit of the lattice is "at least so grave, there". Bits that the same effects raise are one term.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import z3

from spinesafe.backends.proofs.encode import Line
from spinesafe.backends.proofs.logic import NEVER, Bit, both, either, every, if_then, opposite, some
from spinesafe.backends.proofs.reading import Reading
from spinesafe.model.outcome import Layout
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import CheckedRule, RuleBase

if TYPE_CHECKING:
    from spinesafe.rulebase.effects import Effect

Cell: TypeAlias = tuple[str, str]
"""A technique and a region."""
Join: TypeAlias = Literal["floor", "read", "ceiling"]
JOINS: tuple[Join, ...] = ("floor", "read", "ceiling")


class Lattice:
    """Which effects of which rules raise each bit of an outcome."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase, self.layout = rulebase, rulebase.layout
        self.effects: list[tuple[CheckedRule, Effect]] = [(rule, effect) for rule in rulebase.rules for effect in rule.effects]
        outcomes = [effect.outcome for _, effect in self.effects]
        self.cells: tuple[Cell, ...] = tuple((t, r) for t in self.layout.techniques for r in self.layout.regions)
        self.alike: dict[int, tuple[int, ...]] = {}
        """Effects by what they raise to: a term for each such class makes the terms of all bits small."""
        for outcome in dict.fromkeys(outcomes):
            self.alike[outcome] = tuple(i for i, other in enumerate(outcomes) if other == outcome)
        self._raised: dict[int, tuple[int, ...]] = {}
        self.groups: dict[tuple[int, ...], list[int]] = {}
        for bit in range(self.layout.everywhere(HandsOn.STOP).bit_length()):
            raising = tuple(i for i, outcome in enumerate(outcomes) if outcome >> bit & 1)
            self._raised[bit] = raising
            self.groups.setdefault(raising, []).append(bit)

    @property
    def levels(self) -> list[HandsOn]:
        """The levels above a go-ahead, the least first."""
        return list(HandsOn)[1:]

    @property
    def places(self) -> range:
        """The places of the effects among the outputs of the program."""
        return range(len(self.effects))

    @property
    def distinct(self) -> list[int]:
        """One bit of each group that the same effects raise."""
        return [bits[0] for bits in self.groups.values()]

    def raising(self, bit: int) -> tuple[int, ...]:
        """The effects that raise a bit."""
        return self._raised[bit]

    def urgency_bit(self, urgency: Urgency) -> int:
        """The bit of "at least so urgent" (above routine)."""
        return urgency.rank - 1

    def cell_bit(self, cell: Cell, level: HandsOn) -> int:
        """The bit of "at least so grave, there" (above proceed)."""
        return self._bits[cell, level]

    def named(self, bit: int) -> tuple[Urgency, None] | tuple[HandsOn, Cell]:
        """What a bit stands for."""
        return self._named[bit]

    @cached_property
    def _named(self) -> dict[int, tuple[Urgency, None] | tuple[HandsOn, Cell]]:
        found: dict[int, tuple[Urgency, None] | tuple[HandsOn, Cell]] = {self.urgency_bit(u): (u, None) for u in list(Urgency)[1:]}
        return found | {self.cell_bit(cell, level): (level, cell) for cell in self.cells for level in self.levels}

    @cached_property
    def _bits(self) -> dict[tuple[Cell, HandsOn], int]:
        return {(cell, level): top_bit(self.layout, cell, level) for cell in self.cells for level in self.levels}


def top_bit(layout: Layout, cell: Cell, level: HandsOn) -> int:
    """The bit that a level sets in a cell and no lower level does."""
    technique, region = cell
    return layout.outcome(techniques=[technique], regions=[region], level=level).bit_length() - 1


class Decided:
    """The decision about one person, read in one way. `follow_up` says whether the stop criteria of the follow-up count."""

    def __init__(self, lattice: Lattice, reading: Reading, follow_up: Bit) -> None:
        self.lattice, self.reading, self.follow_up = lattice, reading, follow_up
        self.line = Line(lattice.rulebase.program, reading.states)
        self._joins: dict[tuple[Join, tuple[int, ...]], Bit] = {}

    @cached_property
    def _outputs(self) -> dict[Join, list[Bit]]:
        lanes: dict[Join, list[Bit]] = {
            "floor": self.line.known,
            "read": self.line.read_closed if self.reading.closed_world else self.line.read,
            "ceiling": self.line.possible,
        }
        outputs = self.lattice.rulebase.program.outputs
        return {join: [self._counted(i, values[output]) for i, output in enumerate(outputs)] for join, values in lanes.items()}

    def _counted(self, output: int, holds: Bit) -> Bit:
        """An effect of the follow-up counts only there."""
        effects = self.lattice.effects
        return both(self.follow_up, holds) if output < len(effects) and effects[output][0].after_treatment else holds

    def output(self, join: Join, output: int) -> Bit:
        """Whether an output of the program holds: certainly (floor), as read, or possibly (ceiling)."""
        return self._outputs[join][output]

    def fires(self, rule: CheckedRule, join: Join = "read") -> Bit:
        """Whether a rule fires in one of its parts."""
        return some(self.output(join, i) for i, (other, _) in enumerate(self.lattice.effects) if other is rule)

    def hurts(self, region: str) -> Bit:
        """Whether a region counts as hurting, as read."""
        rulebase = self.lattice.rulebase
        lane = self.line.read_closed if self.reading.closed_world else self.line.read
        return lane[rulebase.program.outputs[rulebase.watched.hurts[region]]]

    def bit(self, join: Join, bit: int) -> Bit:
        """Whether a bit of the outcome is set."""
        raising = self.lattice.raising(bit)
        if (join, raising) not in self._joins:
            self._joins[join, raising] = some(self._class(join, outcome) for outcome in self.lattice.alike if outcome >> bit & 1)
        return self._joins[join, raising]

    def _class(self, join: Join, outcome: int) -> Bit:
        """Whether any of the effects that raise to just this outcome holds."""
        places = self.lattice.alike[outcome]
        if (join, places) not in self._joins:
            self._joins[join, places] = some(self.output(join, i) for i in places)
        return self._joins[join, places]

    def urgent(self, urgency: Urgency, join: Join = "read") -> Bit:
        """Whether the urgency is at least so high; what is reported is the floor with readings."""
        return self.bit(join, self.lattice.urgency_bit(urgency))

    def level(self, join: Join, cell: Cell, level: HandsOn) -> Bit:
        """Whether a cell is at least so grave."""
        return self.bit(join, self.lattice.cell_bit(cell, level))

    def shown(self, cell: Cell, level: HandsOn) -> Bit:
        """Whether a cell is reported as at least so grave.

        That is its ceiling where it is at most `adapt`, else the higher of `wait` and its floor with readings; in a closed world the floor
        with readings as it stands. A presumption raises to `adapt`.
        """
        read = self.level("read", cell, level)
        if not self.reading.closed_world:
            is_open = self.level("ceiling", cell, HandsOn.WAIT)
            within = both(opposite(is_open), self.level("ceiling", cell, level))
            read = some([within, both(is_open, read), is_open if level <= HandsOn.WAIT else NEVER])
        return either(read, self.reading.presumed) if level is HandsOn.ADAPT else read

    def everywhere(self, level: HandsOn, cells: Iterable[Cell] | None = None) -> Bit:
        """Whether all cells are reported as at least so grave."""
        return every([self.shown(cell, level) for cell in (self.lattice.cells if cells is None else cells)])

    @property
    def settled(self) -> Bit:
        """Whether floor and ceiling are one."""
        return every([opposite(self.above("ceiling", self, "floor", bit)) for bit in self.lattice.distinct])

    def above(self, join: Join, other: "Decided", other_join: Join, bit: int) -> Bit:
        """Whether a bit is set here and not there."""
        return both(self.bit(join, bit), opposite(other.bit(other_join, bit)))


class AnyDecision(Decided):
    """A decision whose joins may be anything: what is proved of it follows from what is assumed of the joins alone.

    A bit is set where one of its effects holds; so what was proved of all effects one by one may be assumed of the bits.
    """

    def __init__(self, lattice: Lattice, name: str, reading: Reading) -> None:
        super().__init__(lattice, reading, NEVER)
        self._name = name

    def bit(self, join: Join, bit: int) -> Bit:
        """A bit of the outcome, free to be either."""
        return z3.Bool(f"{self._name}: {join} {self.lattice.groups[self.lattice.raising(bit)][0]}")

    @property
    def unary(self) -> Iterator[Bit]:
        """That a level includes those below it: whatever raises it raises them."""
        for cell in self.lattice.cells:
            for lower, higher in pairwise(list(HandsOn)[1:]):
                low, high = self.lattice.cell_bit(cell, lower), self.lattice.cell_bit(cell, higher)
                includes = set(self.lattice.raising(high)) <= set(self.lattice.raising(low))
                yield from (if_then(self.bit(join, high), self.bit(join, low)) for join in JOINS if includes)
