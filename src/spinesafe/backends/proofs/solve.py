"""The solver, kept apart: what is asked of it, and the one thing that its silence may mean.

"Unknown" and a timeout are never an answer: they end the proof, and the theorem is not proved.
"""

import time
from collections.abc import Iterable, Sequence

import z3

from spinesafe.backends.proofs.logic import Bit

FEW = 12
"""From how many on it is not worth while to look for one too many."""


class Undecided(Exception):  # noqa: N818 - it is no error of the program
    """The solver gave no answer, or none in time."""


class Solver:
    """Constraints, and questions about them, each of which may take so many milliseconds."""

    def __init__(self, given: Iterable[Bit], *, milliseconds: int) -> None:
        self.asked, self._milliseconds = 0, milliseconds
        self._solver = z3.SimpleSolver()
        self._solver.set("timeout", milliseconds)
        self._solver.set("smt.relevancy", 0)
        self._solver.add(*given)

    def add(self, *given: Bit) -> None:
        """Adds constraints for good."""
        self._solver.add(*given)

    def instead(self, *given: Bit) -> None:
        """Puts constraints in the place of those that were put here last."""
        if self._solver.num_scopes():
            self._solver.pop()
        self._solver.push()
        self._solver.add(*given)

    def model(self, *also: Bit) -> z3.ModelRef | None:
        """Somebody who meets all constraints and these; None where nobody can. Raises `Undecided`."""
        return self._solver.model() if self.can(*also) else None

    def can(self, *also: Bit) -> bool:
        """Whether somebody meets all constraints and these. Raises `Undecided`."""
        self.asked += 1
        answer = self._solver.check(*also)
        if answer == z3.unknown:
            raise Undecided(self._solver.reason_unknown())
        return bool(answer == z3.sat)

    def core(self, given: Bit, wishes: Sequence[Bit], first: Sequence[Bit] = ()) -> list[Bit] | None:
        """Some of the wishes that cannot all be granted, mostly none too many; None where all can. `first` are tried before all."""
        for tried in (first, wishes):
            if not self.can(given, *tried):
                break
        else:
            return None
        core = {bit.get_id() for bit in self._solver.unsat_core()}
        kept = [bit for bit in tried if bit.get_id() in core]
        for bit in list(kept) if len(kept) <= FEW else []:
            without = [other for other in kept if other is not bit]
            if not self.can(given, *without):
                kept = without
        return kept

    def smallest(self, also: Sequence[Bit], wishes: Sequence[Bit], *, seconds: float) -> z3.ModelRef:
        """Somebody who meets the constraints, with as many wishes granted as are found in the time. Somebody must exist."""
        found = self.model(*also)
        if found is None:
            raise Undecided("nobody was found a second time")  # pragma: no cover - somebody was found before
        began, kept = time.monotonic(), list(wishes)
        while (left := began + seconds / 2 - time.monotonic()) > 0:
            if self._can_within(left, [*also, *kept]):
                found = self._solver.model()
                break
            core = {bit.get_id() for bit in self._solver.unsat_core()}
            kept = [bit for bit in kept if bit.get_id() not in core]
        granted = self._granted(found, wishes)
        for bit in wishes:
            left = began + seconds - time.monotonic()
            if left > 0 and not any(bit is other for other in granted) and self._can_within(left, [*also, *granted, bit]):
                found = self._solver.model()
                granted = self._granted(found, wishes)
        return found

    def _can_within(self, seconds: float, given: Sequence[Bit]) -> bool:
        """Whether somebody was found who meets all this, in so short a time."""
        self.asked += 1
        self._solver.set("timeout", 1 + int(1000 * seconds))
        answer = self._solver.check(*given)
        self._solver.set("timeout", self._milliseconds)
        return bool(answer == z3.sat)

    @staticmethod
    def _granted(model: z3.ModelRef, wishes: Sequence[Bit]) -> list[Bit]:
        return [bit for bit in wishes if z3.is_true(model.eval(bit, model_completion=True))]
