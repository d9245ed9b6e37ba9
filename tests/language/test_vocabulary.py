"""A vocabulary that was kept is the one that was compiled."""

from pathlib import Path

import msgspec
import pytest

from spinesafe.language.characters import Characters
from spinesafe.language.match import find
from spinesafe.language.read import Terms
from spinesafe.language.vocabulary import Meaning, Term, Vocabulary, vocabulary_of
from spinesafe.rulebase import load

TERMS = (Term("numb", "numb*"), Term("leg", "(leg|foot) [gone] .. numb"), Term("saddle", "会阴[部]麻"), Term("plural", "leg"))
TEXT = "no numbness but my legs went quite numb; 会阴部麻，没有发热. Past history: wasn't ill"


def shown(meaning: Meaning) -> tuple[object, ...]:
    return tuple(getattr(meaning, name) for name in Meaning.__slots__)


def found(vocabulary: Vocabulary) -> list[tuple[int, int, tuple[object, ...]]]:
    return [(start, end, shown(meaning)) for start, end, meaning in find(TEXT, vocabulary)]


def test_a_kept_vocabulary_finds_the_same() -> None:
    compiled = Terms(TERMS).vocabulary
    knowledge = load().language
    kept = Vocabulary.unpacked(compiled.packed(), knowledge, Characters(knowledge.lookalikes.values()))
    assert found(compiled)
    assert found(kept) == found(compiled)
    for number in range(len(compiled.latin) + len(compiled.signs)):
        assert shown(kept.meanings[number]) == shown(compiled.meanings[number])


def test_what_was_kept_can_be_kept_again() -> None:
    compiled = Terms(TERMS).vocabulary
    knowledge = load().language
    kept = Vocabulary.unpacked(compiled.packed(), knowledge, Characters(knowledge.lookalikes.values()))
    assert kept.packed() == compiled.packed()


def test_it_is_compiled_once_and_anew_where_the_file_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    knowledge = load().language
    characters = Characters(knowledge.lookalikes.values())
    first = vocabulary_of(TERMS, knowledge, characters)
    (path,) = (tmp_path / "spinesafe").glob("vocabulary-*.msgpack")
    Vocabulary.unpacked(path.read_bytes(), knowledge, characters)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(msgspec.DecodeError):
        Vocabulary.unpacked(path.read_bytes(), knowledge, characters)
    assert found(vocabulary_of(TERMS, knowledge, characters)) == found(first)
    vocabulary_of((*TERMS, Term("new", "stiff")), knowledge, characters)
    assert len([*(tmp_path / "spinesafe").glob("vocabulary-*.msgpack")]) == 2
