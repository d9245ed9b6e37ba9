"""`spinesafe prove`: a line a theorem, what is wrong where one fails, and exit codes that a script can trust."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from spinesafe.interfaces.cli.main import app
from tests.backends.proofs import overlays

RUNNER = CliRunner(env={"COLUMNS": "120", "NO_COLOR": "1"})
QUICK = "every_reason_has_a_source"
OVERLAY = "the_overlay_never_loosens"


def prove(*options: str) -> Result:
    return RUNNER.invoke(app, ["prove", *options])


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    """A folder for an overlay that loosens."""
    folder = tmp_path / "our_hospital"
    folder.mkdir()
    (folder / "gates.yaml").write_text(overlays.CONSENT_OF_CHILDREN_ONLY, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Nobody is cleared who has not agreed", "Rests on", "Takes for granted", "Does not promise", "The theorem holds")),
        ("zh", ("未同意者不放行", "依据", "前提假定", "不保证", "该定理对所有人成立")),
    ],
)
def test_one_theorem_tells_all_about_itself(language: str, words: tuple[str, ...]) -> None:
    done = prove("no_consent_no_clearance", "--lang", language)
    assert done.exit_code == 0
    assert all(word in done.output for word in words)


def test_several_theorems_take_a_line_each() -> None:
    done = prove(QUICK, "every_rule_can_fire")
    assert done.exit_code == 0
    assert [line.split()[1] for line in done.output.splitlines() if line.startswith("✓")] in (
        [QUICK, "every_rule_can_fire"],
        ["every_rule_can_fire", QUICK],
    )
    assert "All 2 theorems hold, of everybody." in done.output


def test_json_tells_what_was_proved() -> None:
    done = prove(QUICK, "--json")
    report = json.loads(done.stdout)
    assert report["holds"] is True
    assert [(one["theorem"], one["verdict"]) for one in report["results"]] == [(QUICK, "proved")]
    assert set(report["results"][0]["statement"]) == {"en", "zh"}


def test_a_list_is_shown_whole_on_request() -> None:
    done = prove("every_disposition_is_reachable", QUICK, "--all")
    assert done.exit_code == 0
    assert "kept because" in done.output
    assert "walking on the back: go ahead" in done.output


def test_a_timeout_is_a_failure() -> None:
    done = prove("adding_a_danger_never_lowers_the_outcome", "--time-limit", "0.001")
    assert done.exit_code == 1
    assert "not decided" in done.output
    assert "The theorem does not hold" in done.output


def test_a_loose_overlay_is_refused_with_a_case_that_runs(hospital: Path, tmp_path: Path) -> None:
    found = tmp_path / "found"
    done = prove(OVERLAY, "--overlay", str(hospital), "--counter-examples", str(found))
    assert done.exit_code == 1
    for said in ("The overlay judges somebody less gravely", "Rules at stake: gate_consent", "The overlay is refused.", "in place of"):
        assert said in done.output
    assert [path.name for path in found.iterdir()] == [f"{OVERLAY}.yaml"]
    cases = ["knowledge", "cases", str(found), "--no-coverage"]
    assert RUNNER.invoke(app, cases).exit_code == 0
    with_overlay = RUNNER.invoke(app, [*cases, "--overlay", str(hospital)])
    assert with_overlay.exit_code == 1
    assert "expected wait" in with_overlay.output


def test_a_loose_overlay_is_refused_in_chinese_though_no_case_can_be_written(hospital: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("no folder", encoding="utf-8")
    done = prove(OVERLAY, "--overlay", str(hospital), "--counter-examples", str(taken), "--lang", "zh")
    assert done.exit_code == 1
    for said in ("附加知识使某人的结论变轻", "涉及的规则：gate_consent", "附加知识未通过", "取代内置的", "病例无法写入"):
        assert said in done.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["no_consent_no_clearence"], "Did you mean: no_consent_no_clearance"),
        (["xyz"], "The theorems: a_diagnosis_wakes_what_it_implies"),
        (["xyz", "--lang", "zh"], "没有名为 xyz 的定理"),
        ([OVERLAY], "name its folder with --overlay"),
        (["--overlay", "nowhere"], "nowhere is no folder"),
        (["--time-limit", "-1"], "--time-limit"),
    ],
)
def test_wrong_use_proves_nothing(options: list[str], said: str) -> None:
    done = prove(*options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "✓" not in done.output


@pytest.mark.parametrize(("text", "said"), [("rulez: []", "did you mean rules?"), ("", "holds no entry of knowledge")])
def test_an_overlay_that_cannot_be_read_proves_nothing(text: str, said: str, tmp_path: Path) -> None:
    if text:
        (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    done = prove("--overlay", str(tmp_path))
    assert done.exit_code == 2
    assert said in done.stderr


def test_without_the_solver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    done = prove(QUICK)
    assert done.exit_code == 2
    assert "pip install 'spinesafe[proofs]'" in done.stderr
