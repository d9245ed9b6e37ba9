"""Is an atom true of the facts? Yes, no, or not known."""

import operator
from collections.abc import Callable, Mapping
from typing import assert_never

from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.rulebase.expression import Atom, Compare, Has, Holds, Is

SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


def truth_of(atom: Atom, facts: Facts) -> bool | None:
    """Whether an atom holds; None where the facts do not tell."""
    fact = facts.get(atom.finding)
    return None if fact is None else truth_of_value(atom, fact.value)


def truth_of_value(atom: Atom, value: Value) -> bool | None:
    """Whether an atom holds of a value of its finding. Of a number that was answered "none" every comparison is false."""
    if value is Answer.DONT_KNOW or value is Answer.NOT_EXAMINED:
        return None
    match atom:
        case Holds():
            return value is True
        case Is(_, member):
            return value == member
        case Has(_, member):
            return _has(value, member)
        case Compare(_, sign, limit):
            return isinstance(value, int | float) and SIGNS[sign](value, limit)
    assert_never(atom)  # pragma: no cover - mypy proves that no kind of atom is missing


def _has(value: Value, member: str) -> bool | None:
    if not isinstance(value, Members):
        return False
    if member in value.present:
        return True
    return False if member in value.absent else None
