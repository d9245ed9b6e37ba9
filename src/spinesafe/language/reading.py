"""What reading a text yields: its language, sections, sentences, quantities, and every mention with the way it is meant."""

from datetime import date
from typing import Literal

import msgspec

from spinesafe.rulebase.language_format import ContextWord

Tongue = Literal["en", "zh", "mixed", "neither"]


class Quantity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number, a time or a label in a text.

    `kind` is `ago`, `lasting`, `since`, `on`, `after` or `ahead` for times, else the name of what is measured (`pain`, `age`, `level`).
    `days` is the fewest days between then and the day of the text (`after`: the event, `ahead`: that day), `most_days` the most.
    """

    kind: str
    start: int
    end: int
    quote: str
    value: float | None = None
    high: float | None = None
    unit: str = ""
    days: int | None = None
    most_days: int | None = None
    labels: tuple[str, ...] = ()
    sentence: int = 0
    clause: int = 0


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A term where it stands in the text, and how the text speaks of it.

    `quote` is the original from `start` to `end` (code points), `form` the same normalised. `context` is what decides, `marks` are all
    contexts that reach it. `who` has it, where that is not the person of the text; `told_by` says so (a doctor, a website). `cue` are the
    words that decided and `cue_id` the entry of the knowledge, both empty where nothing did. Not `sure`: a list went on over a mere comma.
    `twice_denied`: one denial speaks of another. `within` is the place, among all mentions, of a longer one that covers it.
    `quantities` are places among those of the text: what stands nearest first.
    """

    term: str
    start: int
    end: int
    quote: str
    form: str
    context: ContextWord = "present"
    marks: tuple[ContextWord, ...] = ()
    who: str = ""
    told_by: str = ""
    quoted: bool = False
    sure: bool = True
    twice_denied: bool = False
    cue: str = ""
    cue_id: str = ""
    section: str = ""
    sentence: int = 0
    clause: int = 0
    within: int | None = None
    quantities: tuple[int, ...] = ()


class Span(msgspec.Struct, frozen=True, gc=False):
    """A part of the original text; of a sentence, the id of its section, of a clause, its sentence."""

    start: int
    end: int
    section: str = ""
    sentence: int = 0


class ReadText(msgspec.Struct, frozen=True, kw_only=True):
    """A text, read.

    `patient` is the relation of the person that the text is about to its writer (`mother`), empty where that is the writer or the person
    of a record. `unread` are parts in other scripts. In a text of neither language nothing is read.
    """

    text: str
    language: Tongue
    as_of: date
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sentences: tuple[Span, ...] = ()
    clauses: tuple[Span, ...] = ()
    unread: tuple[Span, ...] = ()
    patient: str = ""
