"""A small body of sound knowledge, so that what a test shows does not hang on the clinical content."""

import shutil
from pathlib import Path

import pytest

from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.names import Names
from spinesafe.rulebase.read import Sourced, read_folder


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sound knowledge. Not to be written to."""
    folder = tmp_path_factory.mktemp("sound")
    shutil.copy(Path(__file__).parents[2] / "cases" / "bad" / "_sound.yaml", folder)
    return folder


@pytest.fixture(scope="session")
def entries(sound: Path) -> tuple[Sourced, ...]:
    """Its entries."""
    return read_folder(sound)


@pytest.fixture(scope="session")
def builder(entries: tuple[Sourced, ...]) -> Builder:
    """The resolving of its entries."""
    return Builder(entries)


@pytest.fixture(scope="session")
def names(builder: Builder) -> Names:
    """What its names stand for."""
    return builder.names
