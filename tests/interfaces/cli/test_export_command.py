"""`spinesafe export` writes files, and says so where it cannot."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from spinesafe.backends.exports import KINDS
from spinesafe.interfaces.cli.main import app


@pytest.mark.parametrize("kind", [*KINDS, "sql"])
def test_each_kind_is_written_and_each_file_is_named(kind: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", kind, str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert sorted(done.output.split()) == sorted(str(path) for path in (tmp_path / "out").iterdir())


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = CliRunner().invoke(app, ["export", "elm", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "cannot be written to" in done.stderr


def test_there_is_no_dmn_and_it_is_said_why_and_what_there_is_instead(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "dmn", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "no public engine was found" in done.stderr
    assert "For an engine, export cql or elm" in done.stderr
    assert not (tmp_path / "out").exists()
    assert "no public engine was found" in " ".join(CliRunner().invoke(app, ["export", "--help"]).output.split())


def test_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "drools", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "drools" in done.stderr
