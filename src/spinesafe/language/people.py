"""Whom a text is about: its writer, or somebody for whom they write."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from spinesafe.language.items import CueAt, Row
from spinesafe.language.quantities import Amount

_BEGINNING = re.compile(r"\W*(?:(?:my|our|hi|hello|dear doctor|您好|你好|请问|急|在线等|医生|大夫|我家|我们家|我)\W*)*")
_NUMBER = re.compile(r"\s*[,(（，]?\s*\d{1,3}\s*[,)），岁]")
"""An age right behind a person, without a word for it: "our son (9)"."""
_BESIDE = re.compile(r"[\s,(（]*(?:(?:is|was|who is|now|今年|现年|aged|age|有|已|快|都)[\s,]*)*")
_NEAR = 60
"""Characters within which an age stands beside somebody."""


def patient_of(rows: Sequence[Row], amounts: Iterable[Amount], text: str) -> str:
    """The relation of the person that a text is about, empty for the writer or the person of a record.

    It is somebody else where a cue says so ("on behalf of my mother"), where an age stands beside them, or where a text of some length
    starts with them and never, or far less, speaks of its writer.
    """
    people = [at for row in rows for at in row.cues if at.cue.who and at.cue.says in {"somebody_else", "nothing"}]
    for at in people:
        if at.cue.says == "nothing":
            return at.cue.who or ""
    first = people[0] if people else None
    ages = [amount for amount in amounts if amount.kind == "age"]
    if people and ages:
        starts = [age.start for age in ages]
        for row in rows:
            if row.sentence.section is None:
                for at in row.cues:
                    if at.cue.who and at.cue.says == "somebody_else":
                        near = ages[bisect_left(starts, at.start - _NEAR) : bisect_right(starts, at.end + _NEAR)]
                        if any(_beside(at, age, text) for age in near):
                            return at.cue.who
    return _begins_with(first, people, rows, text) if first is not None else ""


def _begins_with(first: CueAt, people: Sequence[CueAt], rows: Sequence[Row], text: str) -> str:
    """The person with whom a text begins, where it goes on about them."""
    if _BEGINNING.fullmatch(text, 0, first.start) is None or not (len(rows) > 1 or rows[0].question):
        return ""
    if _NUMBER.match(text, first.end):
        return first.cue.who or ""
    later = [mark.kind for row in rows for mark in row.marks if mark.start >= first.end]
    of_the_writer = later.count("self") > 0 and later.count("third") <= 2 * later.count("self")
    return "" if of_the_writer or any(at.cue.who != first.cue.who for at in people) else first.cue.who or ""


def _beside(at: CueAt, age: Amount, text: str) -> bool:
    if age.end <= at.start:
        return not text[age.end : at.start].strip(" -,")
    return age.start <= at.start < age.end or (age.start >= at.end and _BESIDE.fullmatch(text, at.end, age.start) is not None)
