"""How people put a finding: the words of a concept, and the concepts of a saying."""

from typing import Literal

from spinesafe.rulebase.entry import Entry, Id, Scalar


class Concept(Entry, frozen=True, kw_only=True):
    """One thing that texts speak of, and the words for it: what sayings and claims are put together from.

    English words match whole words and their regular plural; a `*` at the end takes any ending ("numb*"). Chinese words match anywhere.
    Nothing inside the words of a `whole` concept is read by itself: in "no problems" there is no problem. What a concept `hides` is not
    read inside its words: "back passage" is no back.
    """

    id: Id
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    whole: bool = False
    hides: tuple[Id, ...] = ()
    body: bool = False
    note: str = ""


NumberKind = Literal[
    "days_ago", "days_long", "speed", "age", "onset_age", "pain", "strength", "volume", "angle", "size", "grade", "weeks_ago"
]


class Saying(Entry, frozen=True, kw_only=True):
    """How people say a finding: concepts that stand together, and what they then say.

    `when` is an expression over concepts, in the language of the rules, true of a clause (or a sentence) that holds them. `anchor` is the
    concept whose context counts (denied, possible, somebody else's ...); without one it is any that `when` asks for. `sets` gives findings
    their values where it is affirmed, `denied` where it is denied, `past` where it is over; without `denied` a denied danger is known to be
    absent. `number` fills a finding from a quantity beside it. `plans` reads what is asked or planned as well: a plan is no fact yet.
    """

    id: Id
    when: str
    anchor: Id | None = None
    within: Literal["clause", "sentence"] = "clause"
    sets: dict[Id, Scalar | tuple[str, ...]] = {}
    denied: dict[Id, Scalar | tuple[str, ...]] | None = None
    past: dict[Id, Scalar | tuple[str, ...]] = {}
    number: dict[Id, NumberKind] = {}
    plans: bool = False
    note: str = ""
