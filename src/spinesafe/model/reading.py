"""What intake made of its input: the facts, and an account of everything that was read or left out."""

import msgspec

from spinesafe.model.fact import Facts


class Item(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that was read, left out or doubted.

    `where` is a place in the input (`answers.age_years`, `Condition/12`, `line 4`). `why` is the id of a sentence
    in the knowledge, so that it can be said in every language; `details` fill its braces.
    """

    where: str
    finding: str = ""
    value: str = ""
    quote: str = ""
    why: str = ""
    details: dict[str, str] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about one person, with what was read, ignored and doubted on the way."""

    person: str = ""
    facts: Facts
    read: tuple[Item, ...] = ()
    ignored: tuple[Item, ...] = ()
    warnings: tuple[Item, ...] = ()
