"""Motifs in a text: every term of every motif, those with gaps put together from their parts."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import msgspec

from spinesafe.language.characters import HAN, Characters
from spinesafe.language.match import Hit as Found
from spinesafe.language.match import find
from spinesafe.language.normalise import Normalised, normalise
from spinesafe.language.vocabulary import Meaning, Term, vocabulary_of
from spinesafe.rulebase.claim_format import Motif
from spinesafe.rulebase.language_format import LanguageKnowledge
from spinesafe.rulebase.term import forms

Hit: TypeAlias = tuple[int, int, int]
"""Start, end (of the normalised text), and the number of the motif."""
_GAP = re.compile(r"(\.\.\.?)")
_WIDTH = {"..": 3, "...": 7}
_CHARACTERS_FOR_A_WORD = 2
_WIDEST = 120
_ENDS_A_SENTENCE = re.compile(r"[.;:!?。\n]")
_IS_HAN = re.compile(f"[{HAN}]")


class Chain(NamedTuple):
    """Parts by number, the words that may stand between each two, and what the whole is: a motif, or again a part."""

    parts: tuple[int, ...]
    gaps: tuple[int, ...]
    motif: int
    part: int


class Scanner:
    """Finds motifs. `bits` numbers them."""

    def __init__(self, motifs: Mapping[str, Motif], knowledge: LanguageKnowledge) -> None:
        self.bits = {name: number for number, name in enumerate(motifs)}
        self.names = tuple(motifs)
        self.characters = Characters(knowledge.lookalikes.values())
        self._parts: dict[str, int] = {}
        self._terms: dict[tuple[str, str], None] = {}
        self._signs: dict[str, list[int]] = {}
        self._chains: tuple[dict[int, list[Chain]], dict[int, list[Chain]]] = ({}, {})
        for name, number in self.bits.items():
            for motif in with_included(motifs, (name,)):
                for term in (*motif.en, *motif.zh):
                    self._add(term, number)
        only_terms = msgspec.structs.replace(knowledge, cues={}, boundaries={}, sections={})
        self.vocabulary = vocabulary_of((Term(name, pattern) for name, pattern in self._terms), only_terms, self.characters)
        self._known: dict[Meaning, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def _add(self, term: str, motif: int) -> None:
        if len(term) == 1 and not term.isalnum():
            self._signs.setdefault(term, []).append(motif)
            return
        pieces = _GAP.split(term) if not _gap_in_brackets(term) else [term]
        segments, gaps = pieces[::2], tuple(_WIDTH[gap] for gap in pieces[1::2])
        if len(segments) == 1:
            self._add_forms(segments[0], motif, None)
            return
        numbers = []
        for segment in segments:
            numbers.append(self._parts.setdefault(segment.strip(), len(self._parts)))
            self._add_forms(segment.strip(), None, numbers[-1])
        self._chain(1, Chain(tuple(numbers), gaps, motif, -1))

    def _add_forms(self, segment: str, motif: int | None, part: int | None) -> None:
        """The ways to write a segment, as a motif of its own or as a part."""
        for form in forms(segment):
            patterns = [f"{_plain(p.text)}{'*' if p.open_end else ''}" for p in form.parts]
            if len(patterns) == 1:
                self._terms[f"m{motif}" if part is None else f"p{part}", patterns[0]] = None
                continue
            numbers = []
            for pattern in patterns:
                numbers.append(self._parts.setdefault(f"={pattern}", len(self._parts)))
                self._terms[f"p{numbers[-1]}", pattern] = None
            self._chain(0, Chain(tuple(numbers), form.gaps, -1 if motif is None else motif, -1 if part is None else part))

    def _chain(self, level: int, chain: Chain) -> None:
        known = self._chains[level].setdefault(chain.parts[0], [])
        if chain not in known:
            known.append(chain)

    def normal(self, text: str) -> Normalised:
        """The text as it is matched."""
        return normalise(text, self.characters, self.vocabulary.words)

    def hits(self, text: str) -> tuple[list[Hit], list[Found]]:
        """Every place of a motif in a normalised text, in reading order, and what the vocabulary found."""
        found = find(text, self.vocabulary)
        hits: dict[Hit, None] = {}  # in reading order already, but for what is put together: a set would have to be sorted anew
        places: dict[int, list[tuple[int, int]]] = {}
        known = self._known
        for start, end, meaning in found:
            kinds = known.get(meaning)
            if kinds is None:
                kinds = known[meaning] = _split(meaning.terms)
            for number in kinds[0]:
                hits[start, end, number] = None
            for number in kinds[1]:
                if number in places:
                    places[number].append((start, end))
                else:
                    places[number] = [(start, end)]
        for level in self._chains:
            self._join(level, places, hits, text)
        for sign, numbers in self._signs.items():
            at = text.find(sign)
            while at >= 0:
                hits.update(((at, at + 1, number), None) for number in numbers)
                at = text.find(sign, at + 1)
        return sorted(hits), found

    def _join(self, chains: Mapping[int, list[Chain]], places: dict[int, list[tuple[int, int]]], hits: dict[Hit, None], text: str) -> None:
        made: dict[int, list[tuple[int, int]]] = {}
        for first in [number for number in places if number in chains]:
            for chain in chains[first]:
                if all(part in places for part in chain.parts[1:]):
                    for start, end in places[first]:
                        stop = _continued(chain, 1, end, places, text)
                        if stop < 0:
                            continue
                        if chain.motif >= 0:
                            hits[start, stop, chain.motif] = None
                        if chain.part >= 0:
                            made.setdefault(chain.part, []).append((start, stop))
        for number, more in made.items():
            places[number] = sorted({*places.get(number, ()), *more})


def _continued(chain: Chain, number: int, end: int, places: Mapping[int, list[tuple[int, int]]], text: str) -> int:
    """The end of a chain whose first parts stand up to a place; -1 where the others do not follow."""
    if number == len(chain.parts):
        return end
    following = places[chain.parts[number]]
    for at in range(bisect_left(following, (end, 0)), len(following)):
        start, stop = following[at]
        if start - end > _WIDEST or not _near(text[end:start], chain.gaps[number - 1]):
            return -1
        whole = _continued(chain, number + 1, stop, places, text)
        if whole >= 0:
            return whole
    return -1


def _near(between: str, words: int) -> bool:
    """So many words at most stand between, in one sentence."""
    if _ENDS_A_SENTENCE.search(between):
        return False
    han = len(_IS_HAN.findall(between))
    return han <= _CHARACTERS_FOR_A_WORD * words if han else len(between.replace("-", " ").split()) <= words


def _split(terms: Iterable[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The motifs and the parts that a string stands for."""
    terms = tuple(terms)
    return tuple(int(t[1:]) for t in terms if t[0] == "m"), tuple(int(t[1:]) for t in terms if t[0] == "p")


def _gap_in_brackets(term: str) -> bool:
    depth = 0
    for at, sign in enumerate(term):
        depth += (sign in "([") - (sign in ")]")
        if depth and term[at : at + 2] == "..":
            return True
    return False


def _plain(text: str) -> str:
    """Words without the signs that a pattern would read as something else."""
    return re.sub(r"[\\()\[\]|*.]", lambda sign: f"\\{sign[0]}", text)


def with_included(motifs: Mapping[str, Motif], names: Iterable[str], seen: tuple[str, ...] = ()) -> Iterator[Motif]:
    """Motifs, and those that they include."""
    for name in names:
        if name not in seen:
            yield motifs[name]
            yield from with_included(motifs, motifs[name].includes, (*seen, name))
