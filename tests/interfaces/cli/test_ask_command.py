"""`spinesafe ask`: an interview that can be answered, taken back, stopped, and read."""

import json
import re

import pytest
from typer.testing import CliRunner, Result

from spinesafe.interfaces.cli.main import app

RUNNER = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"})


def ask(typed: list[str], *options: str) -> Result:
    return RUNNER.invoke(app, ["ask", *options], input="\n".join(typed) + "\n")


def number_of(done: Result, words: str) -> str:
    """The number before a listed answer."""
    found = re.search(rf"(\d+)\. .*{re.escape(words)}", done.output)
    assert found, done.output
    return found[1]


def test_a_saddle_numbness_ends_in_an_emergency_after_few_screens() -> None:
    saddle = number_of(ask(["n"]), "genitals")
    typed = ["n", saddle, "n", "2"]
    done = ask([*typed, "q"])
    assert done.exit_code == 0
    assert "emergency now" in done.output
    assert "Finished after" in done.output


def test_stopping_at_once_decides_nothing_reassuring() -> None:
    done = ask(["q"])
    assert "Stopped after 0 screens" in done.output
    assert "diagnose first" in done.output


def test_the_end_of_input_stops_the_interview() -> None:
    done = RUNNER.invoke(app, ["ask"], input="n\n")
    assert done.exit_code == 0
    assert "Stopped after 1 screens" in done.output


def test_what_is_not_understood_is_asked_again() -> None:
    done = ask(["maybe", "99", "", "q"])
    assert done.output.count("is not one of the answers") == 3


def test_back_shows_the_screen_before() -> None:
    done = ask(["n", "b", "q"])
    assert done.output.count("Screen 1 ") == 2


def test_dont_know_to_all_blocks_and_is_not_asked_again() -> None:
    done = ask(["?"] * 60)
    assert done.exit_code == 0
    titles = re.findall(r"^Screen \d+", done.output, re.MULTILINE)
    assert len(titles) == len(set(titles))
    result = json.loads(ask(["?"] * 60, "--json").stdout)
    assert result["hands_on"] not in {"proceed", "adapt"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_speaks_both_languages(language: str) -> None:
    done = ask(["n", "q"], "--lang", language)
    assert {"en": "Any of these?", "zh": "有以下情况吗"}[language] in done.output


def test_a_clinician_is_asked_what_only_examination_tells() -> None:
    everything = ["n", "?"] * 40
    assert "light touch" not in ask(everything).output
    assert "light touch" in ask(everything, "--clinician").output


def test_json_stands_alone_on_standard_output() -> None:
    done = ask(["n", "q"], "--json")
    assert json.loads(done.stdout)["hands_on"] == "diagnose_first"
