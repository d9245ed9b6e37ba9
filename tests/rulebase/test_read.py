from pathlib import Path

import pytest

from spinesafe.rulebase.format import Sentence
from spinesafe.rulebase.problems import KnowledgeError
from spinesafe.rulebase.read import BUILT_IN, read_folder

SENTENCE = "{{id: {0}, text: {{en: {0}, zh: 休息}}}}"


def test_entries_come_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "b.yaml").write_text(f"sentences:\n- {SENTENCE.format('b')}\n- {SENTENCE.format('c')}\n", encoding="utf-8")
    (tmp_path / "words" / "a.yaml").write_text(f"# nothing\nsentences:\n- {SENTENCE.format('a')}\n", encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    (tmp_path / "readme.md").write_text("not knowledge", encoding="utf-8")
    read = read_folder(tmp_path)
    assert [(s.entry.id, str(s.place)) for s in read] == [("b", "b.yaml:2"), ("c", "b.yaml:3"), ("a", "words/a.yaml:3")]
    assert all(isinstance(s.entry, Sentence) for s in read)


def test_yaml_means_what_people_expect(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "sentences:\n- {id: no, text: {en: yes, zh: 2E03}}\n- {id: off, text: {en: on, zh: ON}}\n", encoding="utf-8"
    )
    assert [(s.entry.id, s.entry.text.en, s.entry.text.zh) for s in read_folder(tmp_path)] == [("no", "yes", "2E03"), ("off", "on", "ON")]


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("rule: []\nsentence: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        read_folder(tmp_path)
    assert [str(p.place) for p in refused.value.problems] == ["a.yaml:1", "a.yaml:2", "b.yaml:1", "b.yaml:2"]


def test_kinds_that_are_no_words_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1: []\ndefaults: [2]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no_list"):
        read_folder(tmp_path)
    (tmp_path / "a.yaml").write_text("1: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="unknown_kind"):
        read_folder(tmp_path)


def test_a_fault_deep_inside_an_entry_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("sentences:\n- id: a\n  text:\n    en: rest\n    zh: [休息]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"a\.yaml:5: error \[wrong_shape\] sentences\.0\.text\.zh"):
        read_folder(tmp_path)


def test_an_unknown_key_that_is_near_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("sentences:\n- {id: a, qqqq: b}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="see the shape of this entry"):
        read_folder(tmp_path)


def test_the_built_in_knowledge_can_be_read() -> None:
    assert read_folder(BUILT_IN)
