"""The repository keeps its own rules: small modules, honest names, nothing of the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRACKED = [
    ROOT / name
    for name in subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")  # noqa: S607
    if name and (ROOT / name).is_file()
]
MODULES = [path for path in TRACKED if path.suffix == ".py"]
HIDES_A_CONCEPT = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc"}
# Written in pieces, so that this file does not hold them.
OF_A_MACHINE = re.compile(
    "|".join(("/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", r"(?<![\w.])/t" + "mp/", r"(?<![\w.])/wo" + "rk/", "C:" + r"\\"))
)
NOT_DONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_name_hides_a_concept() -> None:
    parts = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(ROOT).parts}
    assert parts & HIDES_A_CONCEPT == set()


def test_no_text_speaks_of_a_machine_or_of_work_left_undone() -> None:
    found = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if OF_A_MACHINE.search(line) or (path.suffix != ".lock" and NOT_DONE.search(line)):
                found.append(f"{relative(path)}:{number}: {line.strip()[:100]}")
    assert found == []
