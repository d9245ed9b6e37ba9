"""Text to mentions: normalise, match, segment, and say of each mention how it is meant."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from spinesafe.language import segment
from spinesafe.language.characters import Characters
from spinesafe.language.collect import Collected
from spinesafe.language.context import carry_over
from spinesafe.language.items import Row
from spinesafe.language.match import Hit, find
from spinesafe.language.normalise import normalise
from spinesafe.language.patterns import Patterns
from spinesafe.language.people import patient_of
from spinesafe.language.quantities import quantities
from spinesafe.language.reach import reach
from spinesafe.language.reading import ReadText, Span
from spinesafe.language.tongue import tongue_of, unread
from spinesafe.language.vocabulary import Term, vocabulary_of
from spinesafe.rulebase.language_format import LanguageKnowledge, Section
from spinesafe.rulebase.load import load

_BLOCK = 100_000
"""A longer text is read in blocks, so that its length costs time and no more."""


class Terms:
    """Terms compiled for reading, together with the cues of the knowledge. Make it once, read with it often."""

    def __init__(self, terms: Iterable[Term], knowledge: LanguageKnowledge | None = None) -> None:
        self.knowledge = knowledge or load().language
        self.characters = Characters(self.knowledge.lookalikes.values())
        self.patterns = Patterns(self.knowledge, self.characters)
        anchors = chain(self.patterns.by_word, self.patterns.number_words)
        self.vocabulary = vocabulary_of(terms, self.knowledge, self.characters, anchors)
        self.patterns.look_for(self.vocabulary.looked_for)
        self.stops = segment.full_stops(self.knowledge)
        self.tongues = {tongue.id: frozenset(tongue.words) for tongue in self.knowledge.tongues.values()}


def read(text: str, terms: Terms, as_of: date, patient: str | None = None) -> ReadText:
    """Every mention of the terms in a text, and how each is meant on a day.

    `patient` is the relation of the person that the text is about to its writer, where that is known; else the text itself says it.
    """
    collected = Collected(text, as_of, patient)
    section: Section | None = None
    start = 0
    for end in _block_ends(text):
        section = _read_block(collected, (start, end), terms, section)
        start = end
    return collected.finished()


def _read_block(collected: Collected, place: tuple[int, int], terms: Terms, section: Section | None) -> Section | None:
    """Read one block of the text; what comes back is the section that is open at its end."""
    start, end = place
    norm = normalise(collected.text[start:end], terms.characters, terms.vocabulary.words)
    tongue = tongue_of(norm.text, terms.tongues, terms.vocabulary.words)
    if tongue == "neither":
        collected.unread.append(Span(start, end))
        return section
    collected.tongues.add(tongue)
    hits = find(norm.text, terms.vocabulary)
    amounts = quantities(norm.text, hits, terms.patterns, collected.as_of)
    sentences = segment.sentences(norm, hits, terms.stops, section)
    rows = [*_rows(norm.text, hits, sentences)]
    if collected.patient is None:
        collected.patient = patient_of(rows, amounts, norm.text) or None
    collected.add(norm, start, sentences, rows, amounts)
    for span in unread(norm.text):
        first, last = norm.span(*span)
        collected.unread.append(Span(start + first, start + last))
    return sentences[-1].section if sentences else section


def _block_ends(text: str) -> Iterator[int]:
    start = 0
    while len(text) - start > _BLOCK:
        window = text[start + _BLOCK // 2 : start + _BLOCK]
        cut = next((at for at in (window.rfind(sign) for sign in ("\n", "。", ". ", "；", "，", ", ", " ")) if at >= 0), _BLOCK // 2 - 1)
        start += _BLOCK // 2 + cut + 1
        yield start
    yield len(text)


def _rows(text: str, hits: list[Hit], sentences: list[segment.Sentence]) -> Iterator[Row]:
    """The sentences in which something stands, with every cue where it reaches."""
    at = 0
    before: Row | None = None
    of_people = any(meaning.of_people for _, _, meaning in hits)  # then every sentence counts for whom the text is about
    for number, sentence in enumerate(sentences):
        first = at
        while at < len(hits) and hits[at][0] < sentence.end:
            at += 1
        mine = hits[first:at]
        has_terms = any(meaning.terms for _, _, meaning in mine)
        follows = before is not None and before.number == number - 1 and bool(before.spots)
        if sentence.heading or not (has_terms or ((follows or of_people) and any(meaning.cues for _, _, meaning in mine))):
            continue
        row = Row(sentence, number, mine, text)
        if has_terms:
            reach(row, text)
        if follows:
            carry_over(before, row, text)
        before = row
        yield row
