"""`spinesafe knowledge`: check, show, search."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import spinesafe
from spinesafe.interfaces.cli.main import app
from spinesafe.rulebase import load

PACKAGE = Path(spinesafe.__file__).parent
EXAMPLES = Path(__file__).parents[3] / "examples"
RUNNER = CliRunner(env={"COLUMNS": "120", "NO_COLOR": "1"})


def knowledge(*arguments: str) -> Result:
    return RUNNER.invoke(app, ["knowledge", *arguments])


def test_the_built_in_knowledge_has_no_error() -> None:
    done = knowledge("check")
    assert done.exit_code == 0, done.output
    assert "0 errors" in done.output
    for count in ("findings asked with a condition", "advice with a condition", "matrix rows"):
        assert count in done.output


def test_broken_knowledge_is_told_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("rules:\n- id: a\n  wen: x\n", encoding="utf-8")
    done = knowledge("check", str(tmp_path))
    assert done.exit_code == 1
    assert "broken.yaml:3" in done.output
    assert "to mend it" in done.output
    assert knowledge("check", str(tmp_path / "nowhere")).exit_code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "name", ["saddle_numbness", "CES-1", "lumbar_disc_herniation", "GIRFT-2023", "d_ces_live", "rehabilitation", "WK-1"]
)
def test_everything_that_has_a_name_can_be_shown(name: str, language: str) -> None:
    done = knowledge("show", name, "--lang", language)
    assert done.exit_code == 0
    assert done.output.strip()


def test_a_finding_shows_the_rules_that_read_it() -> None:
    assert "ces_new_sphincter_or_saddle_change" in knowledge("show", "saddle_numbness").output


def test_a_wrong_name_offers_the_nearest() -> None:
    done = knowledge("show", "sadle_numbness")
    assert done.exit_code == 1
    assert "saddle_numbness" in done.output


def test_search_finds_in_both_languages_and_says_when_it_does_not() -> None:
    assert "saddle_numbness" in knowledge("search", "会阴", "--lang", "zh").output
    assert "urinary_retention" in knowledge("search", "pass", "urine").output
    assert knowledge("search", "elephant").exit_code == 1


def test_every_finding_can_be_shown() -> None:
    for finding in list(load().findings)[::12]:
        assert knowledge("show", finding).exit_code == 0


def test_a_damaged_installation_says_where_it_is_damaged_and_decides_nothing(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "spinesafe", ignore=shutil.ignore_patterns("__pycache__"))
    damaged = tmp_path / "spinesafe" / "knowledge" / "rules" / "cauda_equina.yaml"
    damaged.write_text(damaged.read_text(encoding="utf-8").replace("weakness_progressive", "weakness_progresive"), encoding="utf-8")
    script = "from spinesafe.interfaces.cli import main; main()"
    command = [sys.executable, "-c", script, "screen", str(EXAMPLES / "cauda_equina.json")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "nothing was decided" in done.stderr
    assert "cauda_equina.yaml:" in done.stderr
    assert "did you mean weakness_progressive" in done.stderr
    assert "Traceback" not in done.stderr
