"""A text as sentences and clauses, each with the motifs that stand in it as a bit mask."""

import re
from bisect import bisect_left
from itertools import accumulate, pairwise
from operator import or_

import msgspec

from spinesafe.claims.scanner import Hit, Scanner
from spinesafe.language import segment
from spinesafe.language.characters import HAN
from spinesafe.language.normalise import Normalised
from spinesafe.language.segment import Stops

_CLAUSE_END = re.compile(
    rf"(?<!\d)[,;:]|[,;:](?!\d)|\s[–—-]{{1,2}}\s|[—–…]+|-{{2,}}|[()\[\]{{}}<>《》【】]|\s[|/·•]\s|(?<=[{HAN}])\s+(?=[{HAN}])|"
    r"\s(?=(?:but|because|although|though|whereas|while|yet|so that|"
    r"and (?:it|you|we|they|he|she|i|no|never|not|then|is|are|will|the|your|his|her|our|my))\b)"
)
_QUOTATION = re.compile(r"(?:“[^”\n]{1,80}”|「[^」\n]{1,80}」|『[^』\n]{1,80}』|‘[^’\n]{2,80}’|\"[^\"\n]{1,80}\")")
_EDGES = " \t\r\n,;:，；：、。.!！?？“”\"'‘’「」『』()（）[]【】-–—…·•|*#>_"
_LEADING = re.compile(
    r"(?:(?:and|but|so|because|although|though|that|which|while|or)\b|而且|并且|但是|但|所以|因此|因为|不过|然而)\s*", re.IGNORECASE
)


class Clause(msgspec.Struct, frozen=True):
    """A part of a sentence, and the motifs in it."""

    start: int
    end: int
    mask: int
    hits: tuple[Hit, ...]


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, and all the motifs in it."""

    start: int
    end: int
    mask: int
    hits: tuple[Hit, ...]


class Passage(msgspec.Struct, frozen=True):
    """A whole text, in the places of the normalised text."""

    normal: Normalised
    mask: int
    sentences: tuple[Sentence, ...]
    earlier: tuple[int, ...]
    """The motifs of all sentences before each, and before the end."""
    later: tuple[int, ...]
    """The motifs of all sentences after each."""
    quotations: tuple[tuple[int, int], ...]
    """What stands inside quotation marks, marks included, in the text as given."""

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """The clauses of a sentence: made where they are asked for, since of a long text few are."""
        return _clauses(self.normal.text, sentence.start, sentence.end, sentence.hits)

    def around(self, at: int, distance: int = 1) -> int:
        """The motifs of a sentence and its neighbours."""
        mask = 0
        for sentence in self.sentences[max(0, at - distance) : at + distance + 1]:
            mask |= sentence.mask
        return mask

    def mask_of(self, at: int) -> int:
        """The motifs of a sentence, none where there is no such sentence."""
        return self.sentences[at].mask if 0 <= at < len(self.sentences) else 0

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a span stands inside quotation marks."""
        start, end = self.normal.span(start, end)
        at = bisect_left(self.quotations, (start, 0)) - 1
        return at >= 0 and end < self.quotations[at][1]

    def quoted(self, start: int, end: int) -> tuple[int, int]:
        """A span in the text as given, without punctuation at its edges, nor a joining word in front."""
        text = self.normal.original
        start, end = self.normal.span(start, end)
        while start < end and text[start] in _EDGES:
            start += 1
        if joining := _LEADING.match(text, start, end):
            start = joining.end()
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        return start, end


def read(text: str, scanner: Scanner, stops: Stops) -> Passage:
    """A text with its motifs."""
    norm = scanner.normal(text)
    hits, found = scanner.hits(norm.text)
    starts = [hit[0] for hit in hits]
    sentences = []
    whole = 0
    for place in segment.sentences(norm, found, stops):
        inside = tuple(hits[bisect_left(starts, place.start) : bisect_left(starts, place.end)])
        mask = _mask(inside)
        whole |= mask
        sentences.append(Sentence(place.start, place.end, mask, inside))
    masks = [sentence.mask for sentence in sentences]
    earlier = tuple(accumulate(masks, or_, initial=0))
    later = tuple(accumulate(reversed(masks), or_, initial=0))[::-1][1:]
    quotations = tuple((found.start() - 1, found.end() + 1) for found in _QUOTATION.finditer(text))
    return Passage(norm, whole, tuple(sentences), earlier, later, quotations)


def _mask(hits: tuple[Hit, ...]) -> int:
    mask = 0
    for _, _, number in hits:
        mask |= 1 << number
    return mask


def _clauses(text: str, start: int, end: int, hits: tuple[Hit, ...]) -> list[Clause]:
    borders = [start]
    borders += [found.end() for found in _CLAUSE_END.finditer(text, start, end) if text[borders[-1] : found.start()].strip(_EDGES)]
    borders.append(end)
    clauses = []
    for left, right in pairwise(borders):
        if text[left:right].strip(_EDGES):
            inside = hits[bisect_left(hits, (left,)) : bisect_left(hits, (right,))]
            clauses.append(Clause(left, right, _mask(inside), inside))
    return clauses
