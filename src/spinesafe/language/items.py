"""A sentence as a row of items: what stands between commas, "and", "or", "but" and the like, with its mentions and cues."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from spinesafe.language.characters import HAN
from spinesafe.language.match import Hit
from spinesafe.language.segment import Sentence
from spinesafe.rulebase.language_format import BoundaryKind, Cue

Joint = Literal["start", "comma", "list", "and", "or", "semicolon", "but", "colon", "open", "close", "cell", "dash"]
"""What stands between an item and the one before it."""

_SIGN = re.compile(rf"(?P<gap>(?<=[{HAN}\d]) (?=[{HAN}]))|(?:" + r"[,;:、()\[\]|\t/&+]| [-–—]+ |[-–—]{2,}|  +(?=\S))")
_JOINTS: dict[str, Joint] = {
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "、": "list",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    "|": "cell",
    "\t": "cell",
    "/": "or",
    "&": "and",
    "+": "and",
    " ": "cell",
}
_DASHES = frozenset("-–—")
_JOINING: dict[BoundaryKind, Joint] = {"and": "and", "or": "or", "but": "but"}
_STRONGER: tuple[Joint, ...] = ("but", "or", "and", "semicolon", "cell", "open", "close", "colon", "list", "comma", "dash")
_QUESTION = re.compile(r"(?:[?]|[吗呢嘛]|(?<![什怎这那多])么)[^\w]*$")
_QUESTION_MARK = 8
"""So near the end of a sentence stands what makes it a question."""
_NEXT_ENTRY = re.compile(r"  +|\s+[\w ]{1,30}:")
_ANSWERED = frozenset(":=?|(\t")
_AFTER_ANSWER = frozenset(".,;)|\n\t!。、]")


_TELLS = frozenset({"present", "reported"})
"""What tells of now reaches on from inside a term ("医院诊断"); what denies does not ("无力")."""
BEGINNERS = frozenset({"statement", "self", "third"})


class Reached(msgspec.Struct, frozen=True, gc=False):
    """A cue that reaches a mention. Not sure: only over a comma that may begin something new."""

    cue: Cue
    words: str
    sure: bool


class Spot:
    """A place that one or several terms fit exactly, and the cues that reach it. `outer` is a longer one that covers it."""

    __slots__ = ("clause", "end", "item", "outer", "place", "reached", "start", "terms")

    def __init__(self, start: int, end: int, terms: tuple[str, ...], outer: "Spot | None") -> None:
        self.start = start
        self.end = end
        self.terms = terms
        self.outer = outer
        self.reached: list[Reached] = []
        self.clause = 0
        self.item = 0
        self.place = 0


class CueAt(msgspec.Struct, frozen=True, gc=False):
    """A cue where it stands. Inside a term it reaches no further than that."""

    start: int
    end: int
    cue: Cue
    inside: Spot | None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A word at which reaches may end."""

    start: int
    end: int
    kind: BoundaryKind


class Item:
    """A part of a sentence between two joints."""

    __slots__ = ("cues", "end", "joint", "marks", "spots", "start")

    def __init__(self, start: int, joint: Joint) -> None:
        self.start = start
        self.end = start
        self.joint: Joint = joint
        self.spots: list[Spot] = []
        self.cues: list[CueAt] = []
        self.marks: list[Mark] = []

    def begins_anew(self) -> bool:
        """A verb or a pronoun stands in it: a new statement, not one more item of a list."""
        return any(mark.kind in BEGINNERS for mark in self.marks)

    def has_subject(self) -> bool:
        """A pronoun stands in it."""
        return any(mark.kind in {"self", "third"} for mark in self.marks)


class Row:
    """What stands in one sentence, sorted out: longer terms and cues count over shorter ones inside them."""

    __slots__ = ("cues", "items", "marks", "number", "question", "sentence", "spots")

    def __init__(self, sentence: Sentence, number: int, hits: Sequence[Hit], text: str) -> None:
        self.sentence = sentence
        self.number = number
        self.spots: list[Spot] = []
        self.cues: list[CueAt] = []
        self.marks: list[Mark] = []
        self.question = _QUESTION.search(text, max(sentence.start, sentence.end - _QUESTION_MARK), sentence.end) is not None
        self._sort_out(hits, text)
        self._leave_out_lookalikes()
        self.items: list[Item] = [*self._items(text)]

    def _sort_out(self, hits: Sequence[Hit], text: str) -> None:
        """Tell spots, cues and marks apart. Sorted by start, the longer first, what covers another comes before it."""
        term: Spot | None = None
        cue_start = cue_end = 0
        for start, end, meaning in hits:
            if end > self.sentence.end:
                continue
            if meaning.terms:
                term = self._spot(start, end, meaning.terms, term)
            within = term if term is not None and end <= term.end and (start, end) != (term.start, term.end) else None
            if end <= cue_end and (start, end) != (cue_start, cue_end):
                continue
            if meaning.cues:
                if not meaning.cues[0].instead_of:
                    cue_start, cue_end = start, end
                for cue in self._meant(meaning.cues, start, end, text, term):
                    self.cues.append(CueAt(start, end, cue, within if cue.says not in _TELLS else None))
            if meaning.boundaries and within is None and not self._in_longer_mark(start, end):
                if meaning.boundaries[0].kind == "but":  # 不过 denies nothing
                    cue_start, cue_end = start, end
                self.marks.extend([Mark(start, end, boundary.kind) for boundary in meaning.boundaries])

    def _in_longer_mark(self, start: int, end: int) -> bool:
        """A longer word of the same use holds it: "or just"."""
        last = self.marks[-1] if self.marks else None
        return last is not None and last.start <= start and end <= last.end and (start, end) != (last.start, last.end)

    def _spot(self, start: int, end: int, terms: tuple[str, ...], term: Spot | None) -> Spot:
        """Add a place of terms; what comes back is the longest term that has begun so far and reaches furthest."""
        if self.spots and self.spots[-1].start == start and self.spots[-1].end == end:
            self.spots[-1].terms += terms
            return term or self.spots[-1]
        inside = term is not None and end <= term.end
        self.spots.append(Spot(start, end, terms, term if inside else None))
        return term if term is not None and inside else self.spots[-1]

    def _leave_out_lookalikes(self) -> None:
        """A cue that shares a word with one that means nothing is none."""
        nothing = [(at.start, at.end, at.cue.instead_of) for at in self.cues if at.cue.says == "nothing"]
        if nothing:
            self.cues = [
                at
                for at in self.cues
                if at.cue.says == "nothing"
                or not any(start < at.end and at.start < end and only in {None, at.cue.says} for start, end, only in nothing)
            ]

    def _meant(self, cues: tuple[Cue, ...], start: int, end: int, text: str, term: Spot | None) -> Iterator[Cue]:
        """The cues that words are where they stand: an answer only in the place of one, a question only in one."""
        after_term = term is not None and not text[term.end : start].strip() and all(cue.answer or cue.reach == "forward" for cue in cues)
        answer = any(cue.answer for cue in cues) and self._answers(text, start, end, after_term=after_term)
        for cue in cues:
            if cue.answer == answer and (self.question or not cue.question):
                yield cue

    def _answers(self, text: str, start: int, end: int, *, after_term: bool) -> bool:
        before = text[self.sentence.start : start].rstrip(" ")
        opened = (
            (not before and text[start].isalnum())
            or after_term
            or before[-1:] in _ANSWERED
            or text[start - 3 : start] in {" - ", " – ", " — "}
        )
        after = text[end : end + 1]
        return opened and (not after or end >= self.sentence.end or after in _AFTER_ANSWER or bool(_NEXT_ENTRY.match(text, end)))

    def _items(self, text: str) -> Iterator[Item]:
        """The items of the sentence, with what stands in each."""
        joints = [*self._joints(text)]
        first = Item(self.sentence.start, "start")
        if not joints:
            first.end, first.spots, first.cues, first.marks = self.sentence.end, self.spots, self.cues, self.marks
            yield first
            return
        item = first
        spot = cue = mark = 0
        marks = [mark for mark in self.marks if mark.kind not in _JOINING]
        for start, end, joint in (*joints, (self.sentence.end, self.sentence.end, "start")):
            item.end = start
            before = spot, cue, mark
            while spot < len(self.spots) and self.spots[spot].start < start:
                spot += 1
            while cue < len(self.cues) and self.cues[cue].start < start:
                cue += 1
            while mark < len(marks) and marks[mark].start < start:
                mark += 1
            item.spots, item.cues, item.marks = self.spots[before[0] : spot], self.cues[before[1] : cue], marks[before[2] : mark]
            yield item
            item = Item(end, joint)

    def _joints(self, text: str) -> Iterator[tuple[int, int, Joint]]:
        """Where the sentence divides. Of two joints side by side (", and") the stronger counts."""
        found: list[tuple[int, int, Joint]] = [
            (sign.start(), sign.end(), _joint(sign)) for sign in _SIGN.finditer(text, self.sentence.start, self.sentence.end)
        ]
        if found:  # nothing divides inside terms and cues
            spans = [(spot.start, spot.end) for spot in self.spots if spot.outer is None] + [(at.start, at.end) for at in self.cues]
            found = [*_outside(sorted(spans), found)]
        found += ((mark.start, mark.end, _JOINING[mark.kind]) for mark in self.marks if mark.kind in _JOINING)
        found.sort()
        for index, (start, end, joint) in enumerate(found):
            if index + 1 < len(found) and not text[end : found[index + 1][0]].strip():
                following = found[index + 1]
                found[index + 1] = (start, following[1], min(joint, following[2], key=_STRONGER.index))
            else:
                yield start, end, joint


def _joint(sign: re.Match[str]) -> Joint:
    if sign["gap"]:
        return "comma"  # in Chinese a blank parts what a comma could part
    return "dash" if sign[0].strip()[:1] in _DASHES else _JOINTS.get(sign[0][0], "dash")


def _outside(spans: list[tuple[int, int]], joints: list[tuple[int, int, Joint]]) -> Iterator[tuple[int, int, Joint]]:
    """The joints that stand in none of the spans; both in order."""
    at = reached = 0
    for joint in joints:
        while at < len(spans) and spans[at][0] <= joint[0]:
            reached = max(reached, spans[at][1])
            at += 1
        if joint[0] >= reached:
            yield joint
