"""A plain walk over the expression trees: what explanations are made of, and the oracle for the compiled line."""

from collections.abc import Callable, Iterator
from typing import assert_never

from spinesafe.backends.evaluate.truth import truth_of
from spinesafe.model.fact import Facts
from spinesafe.rulebase.expression import And, AtLeast, Atom, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or


class Walk:
    """The values of expressions for one set of facts, by strong Kleene logic.

    With `readings`, a definition that is undecided counts as its `when_not_known` says. In a `closed` world (a narrative) that comes first,
    then every comparison that is still unknown is false: so silence never establishes an exemption.
    """

    def __init__(self, facts: Facts, *, readings: bool = False, closed: bool = False) -> None:
        self.facts, self.readings, self.closed = facts, readings or closed, closed
        self._values: dict[int, tuple[Expression, bool | None]] = {}

    def value(self, node: Expression) -> bool | None:
        """True, false, or None where the facts do not tell."""
        # By identity: equal nodes are mostly the same node, and hashing a tree costs more than walking it.
        key = id(node)
        if key not in self._values:
            self._values[key] = (node, self._value(node))
        return self._values[key][1]

    def _value(self, node: Expression) -> bool | None:
        match node:
            case Constant(value):
                return value
            case Holds() | Is() | Has() | Compare():
                known = truth_of(node, self.facts)
                return False if known is None and self.closed else known
            case Not(part):
                inner = self.value(part)
                return None if inner is None else not inner
            case And(parts):
                return _least(parts, self.value)
            case Or(parts):
                opposite = _least(parts, lambda p: None if (v := self.value(p)) is None else not v)
                return None if opposite is None else not opposite
            case AtLeast(number, parts):
                values = [self.value(p) for p in parts]
                if values.count(True) >= number:
                    return True
                return None if values.count(True) + values.count(None) >= number else False
            case Named(_, part, when_not_known):
                before_closing = self.closed and when_not_known is not None
                inner = Walk(self.facts, readings=True).value(part) if before_closing else self.value(part)
                return when_not_known if inner is None and self.readings else inner
        assert_never(node)  # pragma: no cover - mypy proves that no kind of node is missing

    def support(self, node: Expression, *, wanted: bool = True) -> Iterator[Atom]:
        """The known atoms that give an expression its value, in reading order."""
        match node:
            case Holds() | Is() | Has() | Compare():
                if truth_of(node, self.facts) is wanted:
                    yield node
            case Not(part):
                yield from self.support(part, wanted=not wanted)
            case Named(_, part, _):
                yield from self.support(part, wanted=wanted)
            case And(parts) | Or(parts) | AtLeast(_, parts):
                for part in parts:
                    if self.value(part) is wanted:
                        yield from self.support(part, wanted=wanted)

    def open_atoms(self, node: Expression) -> tuple[Atom, ...]:
        """The atoms that an undecided expression waits for, in reading order; none of one that is decided, readings aside."""
        return _looked_at(node, self.facts)[1]

    def readings_used(self, node: Expression) -> Iterator[Named]:
        """The definitions in an expression that are undecided and were counted as their reading says."""
        match node:
            case Named(_, part, when_not_known):
                if when_not_known is not None and Walk(self.facts, readings=True).value(part) is None:
                    yield node
                else:
                    yield from self.readings_used(part)
            case Not(part):
                yield from self.readings_used(part)
            case And(parts) | Or(parts) | AtLeast(_, parts):
                for part in parts:
                    yield from self.readings_used(part)
            case _:
                return


def _least(parts: tuple[Expression, ...], value: Callable[[Expression], bool | None]) -> bool | None:
    """False if a part is, else None if a part is, else true."""
    undecided = False
    for part in parts:
        found = value(part)
        if found is False:
            return False
        undecided = undecided or found is None
    return None if undecided else True


def _looked_at(node: Expression, facts: Facts) -> tuple[bool | None, tuple[Atom, ...]]:
    """The value of an expression without readings, and where it is undecided the atoms that it waits for: both in one pass."""
    match node:
        case Holds() | Is() | Has() | Compare():
            value = truth_of(node, facts)
            return value, (node,) if value is None else ()
        case Not(part):
            value, waits = _looked_at(part, facts)
            return None if value is None else not value, waits
        case Named(_, part, _):
            return _looked_at(part, facts)
        case And(parts) | Or(parts) | AtLeast(_, parts):
            needed = node.number if isinstance(node, AtLeast) else len(parts) if isinstance(node, And) else 1
            seen = [_looked_at(part, facts) for part in parts]
            true, undecided = sum(value is True for value, _ in seen), sum(value is None for value, _ in seen)
            if true >= needed or true + undecided < needed:
                return true >= needed, ()
            return None, tuple(atom for _, waits in seen for atom in waits)
        case Constant(known):
            return known, ()
    assert_never(node)  # pragma: no cover - mypy proves that no kind of node is missing
