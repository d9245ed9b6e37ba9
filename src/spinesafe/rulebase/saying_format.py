"""How people put a finding: the words of a concept, the concepts of a saying, and what counts where a text tells several things."""

from typing import Literal

from spinesafe.model.text import Text
from spinesafe.rulebase.entry import Entry, Id, Reviewed, Scalar


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


class Precedence(Entry, frozen=True, kw_only=True):
    """Which of two values of a finding counts where a text tells both about the same time. `id` is the finding.

    A choice names its members in `order`, the one that counts most last; without an entry the gravity of its members decides. Of two
    numbers the lower counts, or the higher where `highest` says so.
    """

    id: Id
    order: tuple[Id, ...] = ()
    highest: bool = False


class Limit(Reviewed, frozen=True, kw_only=True):
    """A threshold by which what a text tells is read: the last value, in its unit, up to which (or the first from which) it holds."""

    id: Id
    value: float
    unit: Literal["d", "wk", "deg_c", "mg/L", "mm/h"]
    reference: str
    meaning: Text


class Change(Entry, frozen=True, kw_only=True):
    """A new trouble that makes an earlier diagnosis void. `id` is the finding; `dated_by` counts the days since it began.

    Without `dated_by` the trouble is new by its own words ("getting weaker", a fever).
    """

    id: Id
    reference: str
    dated_by: Id | None = None


class SharedName(Entry, frozen=True, kw_only=True):
    """A name that people give to several conditions, the commonest first, and the finding whose question tells them apart."""

    id: Id
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    means: tuple[Id, ...]
    ask: Id | None = None


class NarrativeKnowledge(Entry, frozen=True, kw_only=True):
    """All entries about narratives, by kind and id."""

    concepts: dict[str, Concept] = {}
    sayings: dict[str, Saying] = {}
    precedences: dict[str, Precedence] = {}
    limits: dict[str, Limit] = {}
    changes: dict[str, Change] = {}
    shared_names: dict[str, SharedName] = {}
