"""Whom a text is about: its writer, or somebody for whom they write."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from spinesafe.language.items import CueAt, Row
from spinesafe.language.quantities import Amount

_BEGINNING = re.compile(r"\W*(?:(?:my|hi|hello|dear doctor|您好|你好|医生|我家|我)\W*)*")
_BESIDE = re.compile(r"[\s,(（]*(?:(?:is|was|who is|now|今年|现年|aged|age|有|已|快|都)[\s,]*)*")
_NEAR = 60
"""Characters within which an age stands beside somebody."""


def patient_of(rows: Sequence[Row], amounts: Iterable[Amount], text: str) -> str:
    """The relation of the person that a text is about, empty for the writer or the person of a record.

    It is somebody else where a cue says so ("on behalf of my mother"), where an age stands beside them, or where a text of some length
    starts with them and never speaks of its writer.
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
    if first is None or _BEGINNING.fullmatch(text, 0, first.start) is None or not (len(rows) > 1 or rows[0].question):
        return ""
    others = any(mark.kind == "self" and mark.start >= first.end for row in rows for mark in row.marks)
    return "" if others or any(at.cue.who != first.cue.who for at in people) else first.cue.who or ""


def _beside(at: CueAt, age: Amount, text: str) -> bool:
    if age.end <= at.start:
        return not text[age.end : at.start].strip(" -,")
    return age.start <= at.start < age.end or (age.start >= at.end and _BESIDE.fullmatch(text, at.end, age.start) is not None)
