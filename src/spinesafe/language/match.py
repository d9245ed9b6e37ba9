"""Everything of a vocabulary that stands in a text, with its place in the normalised text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from spinesafe.language.characters import HAN
from spinesafe.language.normalise import Normalised
from spinesafe.language.vocabulary import Gapped, Meaning, Vocabulary

_SPACE_FOR_SIGNS = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}
_INTRUDER = re.compile(rf"(?<=[{HAN}])[^\w,;:!?、。…()\[\]{{}}<>\"“”/+=%&]+(?=[{HAN}])")
_BLANKS = re.compile(r"(?<=[a-z0-9])[ \t\r\n]{2,}(?=[a-z0-9])")
_BLANK_PAIRS = ("  ", "\n ", " \n", "\r\n", "\t")
_WIDEST = 150
_CHARACTERS_FOR_WORDS = 2
"""A gap of so many Chinese characters is as wide as one of an English word."""


class Hit(NamedTuple):
    """A place in the normalised text, and what stands there."""

    start: int
    end: int
    meaning: Meaning


class _LatinView(dict[int, str]):
    """Latin letters and digits as they are, a space for everything else."""

    def __missing__(self, code: int) -> str:
        self[code] = " "
        return " "


_LATIN = _LatinView(_SPACE_FOR_SIGNS)


def find(text: str, vocabulary: Vocabulary) -> list[Hit]:
    """Every hit in a normalised text, also those inside others, by start, then the longer first."""
    hits = [*_words(text, vocabulary)]
    if not text.isascii() or any(sign in text for sign in vocabulary.first_signs):
        hits += _signs(text, vocabulary)
    hits.sort(key=_by_place)
    if vocabulary.gapped and any(meaning.parts for _, _, meaning in hits):
        hits += _gapped(hits, vocabulary, text)
        hits.sort(key=_by_place)
    return hits


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _words(text: str, vocabulary: Vocabulary) -> Iterator[Hit]:
    view = f" {text.translate(_LATIN)} "
    meanings = vocabulary.latin
    packed = None
    if any(blank in text for blank in _BLANK_PAIRS) and _BLANKS.search(text):
        packed = Normalised(text, view[1:-1]).edited([(m.start(), m.end(), " ") for m in _BLANKS.finditer(text)])
        view = f" {packed.text} "
    for number, start, end in vocabulary.latin_automaton.find_matches_as_indexes(view, overlapping=True):
        meaning = meanings[number]
        end = end - 2 if not meaning.open_end else view.index(" ", end) - 1  # noqa: PLW2901 - from the padded view to the text
        yield Hit(start, end, meaning) if packed is None else Hit(*packed.span(start, end), meaning)


def _signs(text: str, vocabulary: Vocabulary) -> Iterator[Hit]:
    meanings = vocabulary.signs
    intruders = [(m.start(), m.end(), "") for m in _INTRUDER.finditer(text)] if not text.isascii() else []
    if not intruders:
        for number, start, end in vocabulary.sign_automaton.find_matches_as_indexes(text, overlapping=True):
            if _stands_alone(text, start, end):
                yield Hit(start, end, meanings[number])
        return
    dense = Normalised(text, text).edited(intruders)
    found: list[Hit] = []
    across: list[Hit] = []
    for number, start, end in vocabulary.sign_automaton.find_matches_as_indexes(dense.text, overlapping=True):
        if _stands_alone(dense.text, start, end):
            hit = Hit(*dense.span(start, end), meanings[number])
            (found if hit.end - hit.start == end - start else across).append(hit)
    yield from found
    yield from _not_made_of_two(across, found, intruders)


def _not_made_of_two(across: list[Hit], found: list[Hit], intruders: list[tuple[int, int, str]]) -> Iterator[Hit]:
    """Hits over a space or sign, unless there another word ends or begins: the end of one and the start of the next make no third."""
    begin_at: dict[int, int] = {}
    end_at: dict[int, int] = {}
    for hit in found:
        begin_at[hit.start] = max(begin_at.get(hit.start, 0), hit.end)
        end_at[hit.end] = min(end_at.get(hit.end, hit.start), hit.start)
    starts = [start for start, _, _ in intruders]
    for hit in across:
        inside = intruders[bisect_left(starts, hit.start) : bisect_right(starts, hit.end)]
        if all(end_at.get(start, hit.start) >= hit.start and begin_at.get(end, hit.end) <= hit.end for start, end, _ in inside):
            yield hit


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Latin letters at its edges are not the middle of a longer word."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and "a" <= text[at - 1] <= "z" and "a" <= text[at] <= "z"


def _gapped(hits: list[Hit], vocabulary: Vocabulary, text: str) -> Iterator[Hit]:
    """Terms with gaps whose parts stand in order."""
    places: dict[int, list[tuple[int, int]]] = {}
    for start, end, meaning in hits:
        for part in meaning.parts:
            places.setdefault(part, []).append((start, end))
    for first, begins in places.items():
        for term in vocabulary.gapped.get(first, ()):
            if all(part in places for part in term.parts):
                for start, end in begins:
                    if (whole := _continued(term, 1, end, places, text)) is not None:
                        yield Hit(start, whole, term.meaning)


def _continued(term: Gapped, number: int, end: int, places: dict[int, list[tuple[int, int]]], text: str) -> int | None:
    """The end of a term whose first parts stand up to a place; None where the others do not follow."""
    if number == len(term.parts):
        return end
    following = places[term.parts[number]]
    for start, stop in following[bisect_left(following, (end, 0)) :]:
        if start - end > _WIDEST or _width(text[end:start]) > term.gaps[number - 1]:
            return None
        if (whole := _continued(term, number + 1, stop, places, text)) is not None:
            return whole
    return None


def _width(between: str) -> float:
    """How many English words stand between, or half as many Chinese characters."""
    han = len(re.findall(f"[{HAN}]", between))
    return len(between.split()) if not han else han / _CHARACTERS_FOR_WORDS
