"""`spinesafe knowledge cases` says what came out otherwise, and which rules are not covered."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from spinesafe.interfaces.cli.main import app
from spinesafe.rulebase import load
from spinesafe.screening.cases import Case, Coverage, Expectation, coverage

CASE = """
cases:
- id: {id}
  note: {{en: "Saddle numbness.", zh: "会阴部麻木。"}}
  with: {bases}
  answers: {answers}
  expect: {expect}
"""


def ran(folder: Path, **case: str) -> tuple[int, str]:
    parts = {"id": "one", "bases": "[]", "answers": "{saddle_numbness: true}", "expect": "{urgency: emergency_now}"}
    (folder / "cases.yaml").write_text(CASE.format(**parts | case), encoding="utf-8")
    done = CliRunner().invoke(app, ["knowledge", "cases", str(folder)], env={"COLUMNS": "200", "NO_COLOR": "1"})
    return done.exit_code, done.output


def test_a_case_that_comes_out_as_it_says_leaves_the_rules_it_does_not_cover(tmp_path: Path) -> None:
    code, said = ran(tmp_path)
    assert code == 1
    assert "1 cases: 1 as expected, 0 otherwise" in said
    assert "no case in which can_spinal_tumour_benign fires" in said
    assert "no case in which can_spinal_tumour_benign does not fire" in said
    assert "no case in which matrix/non_specific_pain does not fire" not in said


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"expect": "{urgency: routine}"}, "cases.yaml: one: urgency is emergency_now, expected routine"),
        ({"expect": "{does_not_fire: [ces_no_such_rule]}"}, "cases.yaml: one: ces_no_such_rule is no rule"),
        ({"answers": "{saddle_numness: true}"}, "saddle_numness"),
        ({"bases": "[healthy]"}, "healthy.yaml"),
        ({"expect": "{urgency: soon}"}, "no case was run"),
        ({"expect": "{urgency: [}"}, "no case was run"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, case: dict[str, str], words: str) -> None:
    code, said = ran(tmp_path, **case)
    assert code == 1
    assert words in said


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["knowledge", "cases", str(tmp_path / "nowhere")])
    assert (done.exit_code, "is no folder" in done.output) == (2, True)


def test_coverage_is_complete_when_every_rule_fires_in_one_case_and_not_in_another() -> None:
    rules = tuple(rule.id for rule in load().rules)
    note = load().sentences["urgency_routine"]
    firing = Case(id="all", note=note, expect=Expectation(fires=rules))
    silent = Case(id="none", note=note, expect=Expectation(does_not_fire=rules))
    assert coverage(load(), [firing, silent]).complete
    assert not coverage(load(), [firing]).complete
    assert not Coverage(rules=("a",), can_be_silent=("a",), never_fire=("a",), never_silent=()).complete
