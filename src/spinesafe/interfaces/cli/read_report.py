"""What was read in a text: the one shape for JSON, the page and the terminal."""

from datetime import date
from typing import Literal

import msgspec

from spinesafe.rulebase.language_format import ContextWord


class Mark(msgspec.Struct, frozen=True):
    """A part of the text (code points) that something was read from: the findings, and how the words are meant."""

    start: int
    end: int
    findings: tuple[str, ...]
    context: ContextWord


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One fact: its finding, its value as an id or number and in words, how it is meant, and the words that say it."""

    finding: str
    value: str
    words: str
    context: ContextWord
    quote: str


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Words that became no fact, and why. `finding` is empty where nothing was understood."""

    finding: str = ""
    quote: str
    why: str


class ReadReport(msgspec.Struct, frozen=True, kw_only=True):
    """A text as it was read. `pages_unread` are pages of a document that are pictures; `warnings` are contradictions and corrections."""

    language: Literal["en", "zh", "mixed", "neither"]
    as_of: date
    marks: tuple[Mark, ...] = ()
    facts: tuple[Fact, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[LeftOut, ...] = ()
    pages_unread: tuple[int, ...] = ()
    text: str
    knowledge: str
