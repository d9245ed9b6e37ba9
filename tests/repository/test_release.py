"""What goes out with a release agrees with itself."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from spinesafe import __version__

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_change_log_has_an_entry_for_this_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", read("CHANGELOG.md"), re.MULTILINE)


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {__version__}\n" in read("CITATION.cff")


def test_the_lock_file_answers_to_the_project() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    (locked,) = (package for package in tomllib.loads(read("uv.lock"))["package"] if package["name"] == "spinesafe")
    wanted: dict[str, list[str]] = {"": project["project"]["dependencies"], **project["dependency-groups"]}
    wanted |= project["project"]["optional-dependencies"]
    held: dict[str, list[Any]] = {"": locked["dependencies"], **locked["dev-dependencies"], **locked["optional-dependencies"]}
    names = {group: {re.split(r"[^\w-]", one, maxsplit=1)[0] for one in requirements} for group, requirements in wanted.items()}
    assert names == {group: {one["name"] for one in requirements} for group, requirements in held.items()}, "run `uv lock`"


def test_the_lock_file_names_public_hosts_only() -> None:
    assert set(re.findall(r"https?://([^/\"]+)", read("uv.lock"))) == {"pypi.org", "files.pythonhosted.org"}


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_line_of_help(target: str) -> None:
    assert re.search(rf"^{target}:.* ## [A-Z]", MAKEFILE, re.MULTILINE)
    assert f".PHONY: {target}\n" in MAKEFILE


def test_make_lists_every_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert re.findall(r"make ([a-z-]+)", shown) == TARGETS
    assert {"demo", "test", "lint", "bench", "docs", "cases"} <= set(TARGETS)


def test_the_check_of_a_change_is_the_one_that_people_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "\nmake test\n" in read(".ci/run")
