"""Every code block of the README and the documents runs, and prints what stands below it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> Iterator[tuple[Path, int, str]]:
    """Each block of a language, with its page and line."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            if found[1] == language:
                yield page, text[: found.start()].count("\n") + 1, found[2]


def sessions() -> Iterator[tuple[str, str, str]]:
    """Each command of a console block with the output that stands below it, and where."""
    for page, line, block in blocks("console"):
        assert block.startswith("$ "), f"{page.name}:{line}: a console block starts with a prompt"
        for number, one in enumerate(re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]):
            command, _, expected = one.partition("\n")
            yield f"{page.name}:{line}#{number}", command, expected


def as_pattern(expected: str) -> str:
    """What stands in the document, with `...` for anything."""
    lines = "\n".join(line.rstrip() for line in expected.strip().splitlines())
    return re.escape(lines).replace(re.escape("..."), r"[\s\S]*")


@pytest.mark.parametrize(("where", "command", "expected"), [pytest.param(*s, id=s[0]) for s in sessions()])
def test_a_command_prints_what_the_document_says(where: str, command: str, expected: str) -> None:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the reader's shell
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    printed = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
    assert done.returncode == 0, f"{where}\n{printed}"
    if expected.strip():
        assert re.fullmatch(as_pattern(expected), printed), f"{where}\n{printed}"


def test_the_python_of_every_page_runs() -> None:
    programs: dict[Path, str] = {}
    for page, _, block in blocks("python"):
        programs[page] = programs.get(page, "") + block
    for page, program in programs.items():
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{page.name}\n{done.stderr}"


@pytest.mark.parametrize(
    ("expected", "printed"),
    [("all", "all"), ("a...c", "abc"), ("...b...", "a\nb\nc"), ("a\n...\nz", "a\nm\nn\nz"), ("(a)", "(a)")],
)
def test_dots_stand_for_anything(expected: str, printed: str) -> None:
    assert re.fullmatch(as_pattern(expected), printed)
    assert not re.fullmatch(as_pattern(expected + "x"), printed)
