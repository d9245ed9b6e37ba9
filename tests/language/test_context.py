"""How each mention is meant: the context suite, the examples of the cues, and that every cue word is shown."""

from collections import Counter
from functools import cache

import pytest

from spinesafe.language import segment
from spinesafe.language.items import Row
from spinesafe.language.match import find
from spinesafe.language.normalise import normalise
from spinesafe.language.read import Terms, read
from spinesafe.language.vocabulary import Term
from spinesafe.model.text import LANGUAGES, Language
from spinesafe.rulebase.language_format import Cue
from spinesafe.rulebase.language_names import MARKED
from spinesafe.rulebase.load import load
from spinesafe.rulebase.term import forms
from tests.language import suite

CUES = tuple(load().language.cues.values())
FEWEST = 300


@pytest.mark.parametrize("row", suite.rows(), ids=str)
def test_a_sentence_is_read_as_it_is_meant(row: suite.Row) -> None:
    for quote, mention in suite.meant(row).items():
        assert mention is not None, f"{quote!r} is not found"
        assert mention.context == row.expected[quote], f"{quote!r} by {mention.cue!r} ({mention.cue_id})"
        assert row.who is None or mention.context != "somebody_else" or mention.who == row.who
        assert row.told_by is None or mention.told_by == row.told_by
        assert row.quoted is None or mention.quoted == row.quoted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_suite_is_large_and_each_context_is_right_nearly_always(language: Language) -> None:
    assert sum(row.language == language for row in suite.rows()) >= FEWEST
    for context, (precision, recall) in _scores(language).items():
        assert 2 * precision * recall / (precision + recall) >= 0.95, f"{language} {context}: {precision:.3f} {recall:.3f}"


def _scores(language: Language) -> dict[str, tuple[float, float]]:
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for row in suite.rows():
        if row.language == language:
            for quote, mention in suite.meant(row).items():
                wanted[row.expected[quote]] += 1
                said[mention.context if mention else "not found"] += 1
                right[row.expected[quote]] += mention is not None and mention.context == row.expected[quote]
    return {context: (right[context] / (said[context] or 1), right[context] / wanted[context]) for context in wanted}


@cache
def examples() -> Terms:
    return Terms([Term(words, words) for cue in CUES for words in MARKED.findall(cue.example)], load().language)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_the_example_of_a_cue_shows_it(cue: Cue) -> None:
    found = read(cue.example.replace("*", ""), examples(), suite.AS_OF)
    expected = "present" if cue.says in {"nothing", "reported"} else cue.says
    for words in MARKED.findall(cue.example):
        contexts = {mention.context for mention in found.mentions if mention.quote == words and mention.within is None}
        assert contexts == {expected}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_word_stands_in_a_sentence_of_the_suite(language: Language) -> None:
    shown = _shown(language)
    vocabulary = suite.terms(language).vocabulary
    assert [
        f"{cue.id}: {word}"
        for cue in CUES
        if cue.language == language
        for word in cue.words
        if not any((cue.id, vocabulary.looked_for(part.text)) in shown for form in forms(word) for part in form.parts)
    ] == []


def _shown(language: Language) -> set[tuple[str, str]]:
    terms = suite.terms(language)
    shown = set()
    for row in suite.rows():
        if row.language == language:
            norm = normalise(row.text, terms.characters, terms.vocabulary.words)
            hits = find(norm.text, terms.vocabulary)
            for number, sentence in enumerate(segment.sentences(norm, hits, terms.stops)):
                inside = [hit for hit in hits if sentence.start <= hit[0] < sentence.end]
                at = {(start, end): meaning.text for start, end, meaning in inside}
                shown |= {(cue.cue.id, at[cue.start, cue.end]) for cue in Row(sentence, number, inside, norm.text).cues}
    return shown
