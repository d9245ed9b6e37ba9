"""Everything of a vocabulary that stands in a text, with its place in the normalised text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from math import inf
from typing import TypeAlias

from spinesafe.language.characters import HAN
from spinesafe.language.normalise import Normalised
from spinesafe.language.vocabulary import Gapped, Meaning, Vocabulary

_SPACE_FOR_SIGNS = bytes(code if chr(code).isascii() and chr(code).isalnum() else 32 for code in range(256))
_INTRUDER = re.compile(rf"(?<=[{HAN}])[^\w,;:!?、。…()\[\]{{}}<>\"“”/+=%&]+(?=[{HAN}])")
_BLANKS = re.compile(r"(?<=[a-z0-9])[ \t\r\n]{2,}(?=[a-z0-9])")
_BLANK_PAIRS = ("  ", "\n ", " \n", "\r\n", "\t")
_WIDEST = 150
_NARROW = 3
_CLAUSE_ENDS = re.compile(r"[.,;:!?、。](?!\d)")
_CHARACTERS_FOR_WORDS = 2
"""A gap of so many Chinese characters is as wide as one of an English word."""


Hit: TypeAlias = tuple[int, int, Meaning]
"""Start and end in the normalised text, and what stands there."""


def find(text: str, vocabulary: Vocabulary) -> list[Hit]:
    """Every hit in a normalised text, also those inside others, by start, then the longer first."""
    found = _words(text, vocabulary)
    if not text.isascii() or any(sign in text for sign in vocabulary.first_signs):
        found += _signs(text, vocabulary)
    found.sort()
    meanings = vocabulary.meanings
    hits = [(start, -end, meanings[number]) for start, end, number in found]
    if vocabulary.gapped:
        more = [*_gapped(hits, vocabulary, text)]
        if more:
            hits += more
            hits.sort(key=_by_place)
    return hits


_Place: TypeAlias = tuple[int, int, int]
"""Start, end with a minus (so that of two that start together the longer comes first), and the number of the meaning."""


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _latin(text: str) -> str:
    """Latin letters and digits as they are, a space for everything else."""
    return text.encode("ascii", "replace").translate(_SPACE_FOR_SIGNS).decode("ascii")


def _words(text: str, vocabulary: Vocabulary) -> list[_Place]:
    view = f" {_latin(text)} "
    packed = None
    if any(blank in text for blank in _BLANK_PAIRS) and _BLANKS.search(text):
        packed = Normalised(text, view[1:-1]).edited([(m.start(), m.end(), " ") for m in _BLANKS.finditer(text)])
        view = f" {packed.text} "
    open_ends = vocabulary.open_ends
    found = [
        (start, 2 - end if number not in open_ends else 1 - view.index(" ", end), number)  # from the padded view to the text
        for number, start, end in vocabulary.latin_automaton.find_matches_as_indexes(view, overlapping=True)
    ]
    if packed is None:
        return found
    return [(span[0], -span[1], number) for span, number in ((packed.span(start, -end), number) for start, end, number in found)]


def _signs(text: str, vocabulary: Vocabulary) -> list[_Place]:
    before = len(vocabulary.latin)
    latin_edges = vocabulary.latin_edges
    intruders = [(m.start(), m.end(), "") for m in _INTRUDER.finditer(text)] if not text.isascii() else []
    dense = Normalised(text, text).edited(intruders) if intruders else Normalised(text, text)
    found = [
        (start, -end, number + before)
        for number, start, end in vocabulary.sign_automaton.find_matches_as_indexes(dense.text, overlapping=True)
        if number not in latin_edges or _stands_alone(dense.text, start, end)
    ]
    if not intruders:
        return found
    whole: list[_Place] = []
    across: list[_Place] = []
    for start, end, number in found:
        first, last = dense.span(start, -end)
        (whole if last - first == -end - start else across).append((first, -last, number))
    return [*whole, *_not_made_of_two(across, whole, intruders)]


def _not_made_of_two(across: list[_Place], whole: list[_Place], intruders: list[tuple[int, int, str]]) -> Iterator[_Place]:
    """Hits over a space or sign, unless there another word ends or begins: the end of one and the start of the next make no third."""
    begin_at: dict[int, int] = {}
    end_at: dict[int, int] = {}
    for start, end, _ in whole:
        begin_at[start] = max(begin_at.get(start, 0), -end)
        end_at[-end] = min(end_at.get(-end, start), start)
    starts = [start for start, _, _ in intruders]
    for start, end, number in across:
        inside = intruders[bisect_left(starts, start) : bisect_right(starts, -end)]
        if all(end_at.get(left, start) >= start and begin_at.get(right, -end) <= -end for left, right, _ in inside):
            yield start, end, number


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Latin letters at its edges are not the middle of a longer word."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and "a" <= text[at - 1] <= "z" and "a" <= text[at] <= "z"


def _gapped(hits: list[Hit], vocabulary: Vocabulary, text: str) -> Iterator[Hit]:
    """Terms with gaps whose parts stand in order, with no denial between them: "the seat, not numb" is no numb seat."""
    places: dict[int, list[tuple[int, int]]] = {}
    denials: list[tuple[int, int]] = []
    for start, end, meaning in hits:
        for part in meaning.parts:
            places.setdefault(part, []).append((start, end))
        if meaning.denies:
            denials.append((start, end))
    for first, begins in places.items():
        by_second = vocabulary.gapped.get(first)
        if by_second is None:
            continue
        terms = [term for second in by_second.keys() & places.keys() for term in by_second[second] if term.parts[-1] in places]
        terms.sort()
        for term in terms:
            for start, end in begins:
                if (whole := _continued(term, 1, end, places, denials, text)) is not None:
                    yield start, whole, term.meaning


def _continued(
    term: Gapped, number: int, end: int, places: dict[int, list[tuple[int, int]]], denials: list[tuple[int, int]], text: str
) -> int | None:
    """The end of a term whose first parts stand up to a place; None where the others do not follow."""
    if number == len(term.parts):
        return end
    following = places.get(term.parts[number], [])
    for at in range(bisect_left(following, (end, 0)), len(following)):
        start, stop = following[at]
        gap = term.gaps[number - 1]
        if start - end > _WIDEST or _width(text[end:start], gap) > gap or _denied_between(denials, end, start):
            return None
        if (whole := _continued(term, number + 1, stop, places, denials, text)) is not None:
            return whole
    return None


def _denied_between(denials: list[tuple[int, int]], start: int, end: int) -> bool:
    """A word that denies stands whole between two places."""
    return any(stop <= end for _, stop in denials[bisect_left(denials, (start, 0)) : bisect_left(denials, (end, 0))])


def _width(between: str, gap: int) -> float:
    """How many English words stand between, or half as many Chinese characters. A narrow gap holds no comma or stop."""
    if gap <= _NARROW and _CLAUSE_ENDS.search(between):
        return inf
    han = len(re.findall(f"[{HAN}]", between))
    return len(between.split()) if not han else han / _CHARACTERS_FOR_WORDS
