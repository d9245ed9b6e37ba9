"""Knowledge that is wrong is refused, with the text that helps its author: each file of `cases/bad` ends with that text."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from spinesafe.rulebase import KnowledgeError
from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.check import check
from spinesafe.rulebase.problems import WHY
from spinesafe.rulebase.read import read_folder

BAD = Path(__file__).parents[2] / "cases" / "bad"
SOUND = BAD / "_sound.yaml"
FILES = sorted(path for path in BAD.glob("*.yaml") if path != SOUND)
EXPECTED = "# This is what its author is told:\n"


def told(folder: Path) -> str:
    """Everything that reading, building and checking a folder says."""
    try:
        entries = read_folder(folder)
        Builder(entries).rulebase("")
    except KnowledgeError as error:
        return str(error)
    return "\n".join(str(problem) for problem in check(entries, date(2026, 11, 25)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_author_is_told(path: Path, tmp_path: Path) -> None:
    shutil.copy(SOUND, tmp_path)
    shutil.copy(path, tmp_path)
    text = path.read_text(encoding="utf-8", errors="replace")
    expected = text.partition(EXPECTED)[2]
    as_comment = "".join(f"# {line}\n" for line in told(tmp_path).splitlines())
    assert as_comment == expected


def test_the_sound_knowledge_is_sound(tmp_path: Path) -> None:
    shutil.copy(SOUND, tmp_path)
    assert told(tmp_path) == ""


def test_every_code_has_a_case() -> None:
    shown = {code for path in FILES for code in WHY if f"[{code}]" in path.read_text(encoding="utf-8", errors="replace")}
    # Shown where the code set is not installed, which it is in these tests: see test_codes.
    assert set(WHY) - shown == {"codes_not_checked"}
