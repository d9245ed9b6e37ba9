"""The terms of an exported library: what CQL and ELM both can say, one small class a kind of term.

Logic is three-valued, as in CQL and in the rule base: a truth is true, false or null.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec


class Truth(msgspec.Struct, frozen=True):
    """True or false."""

    value: bool


class Word(msgspec.Struct, frozen=True):
    """A text."""

    value: str


class Known(msgspec.Struct, frozen=True):
    """A finding, or what is known of one member of it: a parameter, or where a library retrieves it, a definition."""

    name: str


class Ref(msgspec.Struct, frozen=True):
    """A definition by its name."""

    name: str


class Equals(msgspec.Struct, frozen=True):
    """A finding has a value; null where it is not known."""

    name: str
    value: str


class Stands(msgspec.Struct, frozen=True):
    """A number stands so to a limit; null where it is not known."""

    name: str
    sign: Literal["<", "<=", ">", ">=", "=="]
    limit: float


class Same(msgspec.Struct, frozen=True):
    """Two definitions have the same value."""

    left: str
    right: str


class Both(msgspec.Struct, frozen=True):
    """True where all parts are."""

    parts: tuple["Term", ...]


class Either(msgspec.Struct, frozen=True):
    """True where some part is."""

    parts: tuple["Term", ...]


class Several(msgspec.Struct, frozen=True):
    """True where so many parts are."""

    number: int
    parts: tuple["Term", ...]


class Opposite(msgspec.Struct, frozen=True):
    """True where its part is false."""

    part: "Term"


class Sure(msgspec.Struct, frozen=True):
    """Whether a part is true, and not merely undecided. Never null."""

    part: "Term"


class Open(msgspec.Struct, frozen=True):
    """Whether a part is true or undecided. Never null."""

    part: "Term"


class Counted(msgspec.Struct, frozen=True):
    """A part, counted as true or as false while it is undecided."""

    part: "Term"
    instead: bool


class Choice(msgspec.Struct, frozen=True):
    """The word of the first case that is true."""

    cases: tuple[tuple["Term", "Term"], ...]
    otherwise: "Term"


Term: TypeAlias = Truth | Word | Known | Ref | Equals | Stands | Same | Both | Either | Several | Opposite | Sure | Open | Counted | Choice


def either(parts: Iterable[Term]) -> Term:
    """Some part; false of none."""
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else Either(kept) if kept else Truth(value=False)


def both(*parts: Term) -> Term:
    """All parts, without what always holds."""
    kept = tuple(part for part in parts if part != Truth(value=True))
    return kept[0] if len(kept) == 1 else Both(kept) if kept else Truth(value=True)
