"""A local overlay: entries of its own in the place of the built-in ones, or beside them."""

from pathlib import Path

import pytest

from spinesafe.rulebase import KnowledgeError, build
from spinesafe.rulebase.build import digest_of

REPLACED = """
advice:
- id: keep_walking
  text: {en: Keep walking in our park., zh: 请在我们的公园里散步。}
"""
ADDED = """
advice:
- id: ring_the_ward
  when: "true"
  text: {en: Ring ward 3., zh: 请致电三病区。}
"""
TWICE = """
advice:
- id: keep_walking
  text: {en: One., zh: 一。}
- id: keep_walking
  text: {en: Two., zh: 二。}
"""
GUARD = """
laws:
- id: weak_signs
  reference: WK-1
  statement: {en: Anything goes., zh: 怎样都行。}
  held_by: nobody
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """An empty folder for an overlay."""
    folder = tmp_path / "our_hospital"
    folder.mkdir()
    return folder


def test_an_entry_takes_the_place_of_its_namesake(sound: Path, overlay: Path) -> None:
    (overlay / "advice.yaml").write_text(REPLACED, encoding="utf-8")
    assert build(sound, overlay).advice["keep_walking"].text.en == "Keep walking in our park."
    assert list(build(sound, overlay).advice) == list(build(sound).advice)


def test_any_other_entry_is_added(sound: Path, overlay: Path) -> None:
    (overlay / "advice.yaml").write_text(ADDED, encoding="utf-8")
    assert set(build(sound, overlay).advice) == {*build(sound).advice, "ring_the_ward"}


def test_what_stands_twice_in_an_overlay_is_a_fault(sound: Path, overlay: Path) -> None:
    (overlay / "advice.yaml").write_text(TWICE, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"our_hospital/advice\.yaml") as caught:
        build(sound, overlay)
    assert [problem.code for problem in caught.value.problems] == ["twice"]


def test_laws_are_no_part_of_an_overlay(sound: Path, overlay: Path) -> None:
    (overlay / "laws.yaml").write_text(GUARD, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="it guards what the overlay may say"):
        build(sound, overlay)


def test_a_fault_names_the_file_of_the_overlay(sound: Path, overlay: Path) -> None:
    (overlay / "advice.yaml").write_text("advise: []", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"our_hospital/advice\.yaml:1"):
        build(sound, overlay)


def test_the_digest_names_the_text_of_both(sound: Path, overlay: Path) -> None:
    assert digest_of(sound) == digest_of(sound, overlay)
    (overlay / "advice.yaml").write_text(ADDED, encoding="utf-8")
    assert digest_of(sound) != digest_of(sound, overlay)
    assert build(sound, overlay).digest == digest_of(sound, overlay)
