"""One theorem being proved: claims put to the solver, what they assume, and what is found.

A claim says that nobody meets its conditions and is still wronged. It is proved when the solver finds nobody, and only if the conditions
leave somebody: nothing is proved of an empty world.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import z3

from spinesafe.backends.proofs.decision import Decided, Join
from spinesafe.backends.proofs.logic import ALWAYS, Bit, both, every, opposite, some
from spinesafe.backends.proofs.solve import Solver
from spinesafe.backends.proofs.telling import sentence
from spinesafe.backends.proofs.world import Way, Who, World, is_so
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.model.text import Text

Cells: TypeAlias = dict[str, Text]
"""A line of a list, by column."""
Expected: TypeAlias = dict[str, object]
"""What the law asks to come out, by the words of a case file."""


@dataclass(frozen=True, eq=False)
class Wrong:
    """What must not be: `is_so` of the people, so that `who` ought to get `expected`. `bit` is the bit of the lattice that is at stake.

    Where a bit is missed that others raise, `raised_in` is their decision, and `join` tells which of its joins.
    """

    is_so: Bit
    who: Who = "one"
    expected: Expected = field(default_factory=dict)
    bit: int | None = None
    rules: tuple[str, ...] = ()
    letter: bool = False
    raised_in: Decided | None = None
    join: Join = "read"


@dataclass(frozen=True, eq=False)
class Claim:
    """Nobody of those `given` is wronged. `people` are those it speaks of; `such_as` picks the witnesses that tell most."""

    part: str
    given: Sequence[Bit]
    wrong: Sequence[Wrong]
    people: tuple[Who, ...] = ("one",)
    such_as: Bit = ALWAYS


@dataclass(frozen=True, eq=False)
class Refutation(Exception):  # noqa: N818 - it is a finding, no error of the program
    """Somebody is wronged."""

    claim: Claim
    wrong: Wrong
    model: z3.ModelRef


class Vacuous(Exception):  # noqa: N818
    """The conditions of a claim leave nobody."""


@dataclass(eq=False)
class Row:
    """A line of what a theorem lists. `accepted` says whether it is as it should be, or known and accepted."""

    cells: Cells
    accepted: bool = True


class Proof:
    """The proving of one theorem in one world."""

    def __init__(self, world: World, theorem: str) -> None:
        self.world, self.theorem = world, theorem
        self.parts: list[str] = []
        self.asked = 0
        self.assumed: dict[str, dict[str, str]] = {}
        self.witness: tuple[z3.ModelRef, tuple[Who, ...]] | None = None
        self.rows: list[Row] = []
        self.counted: dict[str, int] = {}
        self.read = 0
        """How many entries were looked at without the solver."""

    def assume(self, sentence: str, **filling: str) -> None:
        """Notes an assumption, to be printed with the theorem."""
        self.assumed[sentence] = filling

    def say(self, name: str, **filling: Text | str) -> Text:
        """A sentence of the knowledge."""
        return sentence(self.world.rulebase, name, **filling)

    def list(self, name: str, **cells: Text | str) -> None:
        """Lists a finding; it fails the theorem unless its name stands among what is accepted, with the reason."""
        reason = self.world.rulebase.theorems[self.theorem].accepted.get(name)
        self.rows.append(Row(_told(cells) | ({"kept_because": reason} if reason else {}), accepted=reason is not None))

    def note(self, **cells: Text | str) -> None:
        """Lists something that is as it should be."""
        self.rows.append(Row(_told(cells)))

    def solver(self, *people: Who, given: Iterable[Bit] = (), findings: Iterable[str] | None = None) -> Solver:
        """A solver that knows what holds of everybody, of some findings or of all."""
        sound = (bit for who in people for bit in self.world.person(who).sound(findings))
        return Solver([*sound, *given], milliseconds=self.world.milliseconds)

    def need(self, solver: Solver, part: str, given: Sequence[Bit]) -> z3.ModelRef:
        """Somebody who meets conditions. Raises `Vacuous` where nobody does."""
        self.parts.append(part)
        model = solver.model(*given)
        if model is None:
            raise Vacuous(part)
        return model

    def never(self, claim: Claim) -> None:
        """Proves a claim. Raises `Refutation`, `Vacuous` or `Undecided`."""
        self._witnessed(claim)
        key = f"{self.theorem}: {claim.part}"
        if not self.world.proved.get(key):
            self._put(key, claim)

    def follows(self, claim: Claim, lemmas: Iterable[tuple[str, Claim]], in_general: Claim) -> None:
        """Proves a claim from others, named by their theorem: `in_general` says it of any joins of which the lemmas hold.

        Where a lemma fails, the claim is put to the solver as it stands.
        """
        self._witnessed(claim)
        key = f"{self.theorem}: {claim.part}"
        if all(self._proved(theorem, lemma) for theorem, lemma in lemmas) and self._wronged(in_general, shrink=False) is None:
            self.world.proved[key] = True
        else:
            self._put(key, claim)

    def _put(self, key: str, claim: Claim) -> None:
        """Puts a claim to the solver as it stands. Raises `Refutation`."""
        found = self._wronged(claim)
        self.world.proved[key] = found is None
        if found is not None:
            raise found

    def _proved(self, theorem: str, lemma: Claim) -> bool:
        key = f"{theorem}: {lemma.part}"
        if key not in self.world.proved:
            self.world.proved[key] = self._wronged(lemma) is None
        return self.world.proved[key]

    def _witnessed(self, claim: Claim) -> None:
        self.parts.append(claim.part)
        solver = self.solver(*claim.people, given=[*claim.given, claim.such_as])
        model = solver.model()
        if model is not None and self.witness is None:
            self.witness = solver.smallest([], list(self._silence(claim.people)), seconds=0.5), claim.people
        self.asked += solver.asked
        if model is None:
            raise Vacuous(claim.part)

    def _wronged(self, claim: Claim, *, shrink: bool = True) -> Refutation | None:
        solver = self.solver(*claim.people, given=claim.given)
        wronged = some(wrong.is_so for wrong in claim.wrong)
        model = solver.model(wronged)
        self.asked += solver.asked
        if model is None:
            return None
        if shrink:
            model = solver.smallest([wronged], list(self._silence(claim.people)), seconds=self.world.shrinking_seconds)
        return Refutation(claim, next(wrong for wrong in claim.wrong if is_so(model, wrong.is_so)), model)

    def _silence(self, people: tuple[Who, ...]) -> Iterator[Bit]:
        """Wishes for a person that is soon told: that of each finding nothing was said."""
        for finding in self.world.rulebase.findings:
            yield every([self.world.person(who).states[finding].unanswered for who in people])


def _told(cells: Mapping[str, Text | str]) -> Cells:
    """Cells in every language; what is no sentence is the same in all."""
    return {column: cell if isinstance(cell, Text) else Text(en=cell, zh=cell) for column, cell in cells.items()}


# ------------------------------------------------------------------------------------------------- what must not be


def lowered(world: World, join: Join, before: Decided, after: Decided, bit: int, who: Who = "other") -> Wrong:
    """That a bit is set before and not after; `who` is the one who should have it."""
    level, cell = world.lattice.named(bit)
    expected: Expected = {}
    if cell is None and join != "floor":
        expected = {"urgency" if join == "read" else "worst_case": str(level)}
    return Wrong(before.above(join, after, join, bit), who, expected, bit, raised_in=before, join=join)


def shown_below(world: World, way: Way, who: Who, least: HandsOn, when: Bit = ALWAYS) -> Iterator[Wrong]:
    """That a cell is shown below a level."""
    decided = world.decided(who, way)
    for cell in world.lattice.cells:
        below = both(when, opposite(decided.shown(cell, least)))
        yield Wrong(below, who, {"grid": {cell[0]: {cell[1]: str(least)}}}, world.lattice.cell_bit(cell, least), letter=way == "letter")


def less_urgent(world: World, way: Way, who: Who, least: Urgency, when: Bit = ALWAYS) -> Wrong:
    """That the urgency is reported below one."""
    decided = world.decided(who, way)
    below = both(when, opposite(decided.urgent(least)))
    return Wrong(below, who, {"urgency": str(least)}, world.lattice.urgency_bit(least), letter=way == "letter")
