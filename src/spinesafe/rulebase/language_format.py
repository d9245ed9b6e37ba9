"""How entries say in what way text is read: cue words, ends of their reach, sections, quantities, characters.

Words are patterns: `(a|b)` is one of several, `[a]` may be missing, `wor*` is a word that begins so, `..` a gap of up to three words
(in Chinese six characters) and `...` of up to seven (fourteen); a backslash takes a sign as it stands.
"""

from typing import Annotated, Literal

import msgspec

from spinesafe.model.text import Language, Text
from spinesafe.rulebase.entry import Entry, Id

ContextWord = Literal["present", "denied", "possible", "historical", "hypothetical", "somebody_else", "asked", "planned"]
"""How a text speaks of what it mentions."""
BoundaryKind = Literal["and", "or", "but", "statement", "self", "third", "preposition", "determiner", "consequence"]
Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Cue(Entry, frozen=True, kw_only=True):
    """Words that say how the mentions in their reach are meant.

    `says` is a context, `reported` (somebody tells it: `who`), or `nothing`: words that look like a shorter cue and are none (with
    `instead_of`, none of that one context; with `who`, they tell whom the text is about). Of cues on the same words the longest counts.
    `reach` is where the mention stands; `forward_first` is backward where nothing follows in the item. `within` is how far: `next`
    (`limit` words, in Chinese characters), `item` (up to a comma, "and", "or"), `list` (the items of a list, not over a mere comma),
    `long_list` (over commas too), `clause`, `sentence`. `limit` is how far away the first mention may stand. `stops_at` names boundaries
    that end the reach beside those that always do.

    An `answer` counts only where an answer stands ("fever: no"), a cue of a `question` only in one, a `whole` cue turns round what is said
    in its reach ("it is not true that"). Where several contexts reach a mention, the higher `rank` decides, then the fixed order of
    contexts; one below zero gives way, and ends no list. `example` holds what it reaches between asterisks.
    """

    id: Id
    language: Language
    words: Words
    says: ContextWord | Literal["reported", "nothing"]
    reach: Literal["forward", "backward", "forward_first", "backward_first"] = "forward"
    within: Literal["next", "item", "list", "long_list", "clause", "sentence"] = "list"
    limit: int | None = None
    stops_at: tuple[BoundaryKind, ...] = ()
    answer: bool = False
    question: bool = False
    whole: bool = False
    who: Id | None = None
    instead_of: ContextWord | None = None
    rank: int = 0
    example: str
    note: str = ""


class Boundary(Entry, frozen=True, kw_only=True):
    """Words at which a reach may end, or that join the items of a list."""

    id: Id
    language: Language
    kind: BoundaryKind
    words: Words
    note: str = ""


class Section(Entry, frozen=True, kw_only=True):
    """A part of a note, by the headings that open it, and how mentions in it are meant where nothing else says so.

    `short` are headings that need no colon.
    """

    id: Id
    title: Text
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    says: ContextWord = "present"
    who: Id | None = None


class Abbreviation(Entry, frozen=True, kw_only=True):
    """Abbreviations whose full stop ends no sentence: never, only before a number, or unless a capital letter follows."""

    id: Id
    words: Words
    where: Literal["anywhere", "before_number", "before_small_letter"] = "anywhere"


class Lookalike(Entry, frozen=True, kw_only=True):
    """Characters that are read as others, one for one. `beside_latin`: only inside a word that also has Latin letters."""

    id: Id
    written: str
    read_as: str
    beside_latin: bool = False
    note: str = ""


class Value(Entry, frozen=True, kw_only=True):
    """One value that a slot in the pattern of a quantity can take, with the words for it in any language."""

    value: str | float
    words: Words


class Slot(Entry, frozen=True, kw_only=True):
    """A named place in the patterns of quantities, `<unit>`: the words that can stand there, and what each means."""

    id: Id
    values: tuple[Value, ...]


class Quantity(Entry, frozen=True, kw_only=True):
    """A kind of number in text, by the patterns in which it stands: `<n>` is a number in digits or words, `<slot>` a word of a slot.

    `<digits>` takes no words, `<year>`, `<yy>`, `<mm>` and `<dd>` are the parts of a date.
    `kind` says how the number is taken: `ago` and `lasting` count back from the day of the text, `since` and `on` name a day, `after`
    counts from an event, `ahead` is to come; a `measure` is a number in `unit`, a `label` one or several names.
    """

    id: Id
    kind: Literal["ago", "lasting", "since", "on", "after", "ahead", "measure", "label"]
    forms: Words
    unit: str = ""
    days: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    example: str
    note: str = ""


class Tongue(Entry, frozen=True, kw_only=True):
    """The most frequent words of a language written in Latin letters: what tells English from others."""

    id: Id
    title: Text
    words: Words


class LanguageKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """All that reading text rests on."""

    cues: dict[str, Cue]
    boundaries: dict[str, Boundary]
    sections: dict[str, Section]
    abbreviations: dict[str, Abbreviation]
    lookalikes: dict[str, Lookalike]
    slots: dict[str, Slot]
    quantities: dict[str, Quantity]
    tongues: dict[str, Tongue]
