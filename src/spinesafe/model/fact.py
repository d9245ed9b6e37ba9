"""Facts: what is known about a person, and where it came from."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Literal, TypeAlias

import msgspec


class Answer(Enum):
    """Answers that are not values."""

    DONT_KNOW = "dont_know"
    """Asked, and the person cannot tell. Stays unknown, blocks, is not asked again."""
    NOT_EXAMINED = "not_examined"
    """A clinician's question, and nobody has looked. Presumed, with the examination as the condition."""
    NONE = "none"
    """A number that does not apply (never operated). Every comparison with it is false."""


class Members(msgspec.Struct, frozen=True):
    """What is known of a set, member by member. A member named in neither is unknown."""

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    @classmethod
    def exactly(cls, present: Iterable[str], every: Iterable[str]) -> "Members":
        """A complete list, as a form's answer is: what is not ticked is absent."""
        ticked = frozenset(present)
        return cls(ticked, frozenset(every) - ticked)


Value: TypeAlias = bool | float | str | Members | Answer


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where a fact came from, so that a reason can show it.

    `source` names the kind; `where` is a path, a resource (`Condition/12`) or a finding that implied
    it; `quote` the words or code as they stood; `span` code points of the original text.
    """

    source: Literal["answer", "record", "narrative", "implied", "presumed"]
    where: str = ""
    quote: str = ""
    span: tuple[int, int] | None = None
    as_of: date | None = None


class Fact(msgspec.Struct, frozen=True):
    """One finding with its value."""

    finding: str
    value: Value
    provenance: Provenance


Facts: TypeAlias = dict[str, Fact]
"""Facts by finding id. A finding that is not in it is unknown."""
