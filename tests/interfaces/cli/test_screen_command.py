"""`spinesafe screen` as a user runs it: what it prints, and with which code it leaves."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from spinesafe.interfaces.cli.main import app
from spinesafe.model.assessment import Assessment

EXAMPLES = Path(__file__).parents[3] / "examples"
AS_OF = ["--as-of", "2026-11-24"]
RUNNER = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"})


def screen(*arguments: str, stdin: str = "") -> Result:
    return RUNNER.invoke(app, ["screen", *arguments, *AS_OF], input=stdin)


def results(done: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_decision_comes_first_in_both_languages() -> None:
    for language, now, stop in (("en", "emergency now", "stop"), ("zh", "立即急诊", "禁止")):
        done = screen(str(EXAMPLES / "cauda_equina.json"), "--lang", language)
        assert done.exit_code == 0
        head = "\n".join(done.stdout.splitlines()[:6])
        assert now in head
        assert stop in head


def test_no_sentence_is_cut_off_in_chinese() -> None:
    for example in sorted(EXAMPLES.glob("*.json")):
        assert "…" not in screen(str(example), "--lang", "zh", "--all").stdout, example.name


def test_a_folder_gives_a_line_a_person() -> None:
    done = screen(str(EXAMPLES))
    assert done.exit_code == 0
    for example in EXAMPLES.glob("*.json"):
        assert example.stem in done.stdout


def test_json_is_the_assessment() -> None:
    done = screen(str(EXAMPLES / "cauda_equina.json"), "--json")
    (line,) = done.stdout.splitlines()
    assessment = msgspec.json.decode(line, type=Assessment)
    assert assessment.urgency == "emergency_now"
    assert assessment.services[0] == "emergency_department"
    assert {"urgency", "tier", "hands_on", "planned", "grid", "settled", "worst_case", "readings", "services", "conditions"} <= set(
        json.loads(line)
    )
    assert {"reasons", "unanswered", "would_change", "review_on", "advice", "intake", "knowledge"} <= set(json.loads(line))


def test_lines_in_lines_out_with_their_ids() -> None:
    people = [
        json.dumps({"id": "one", "answers": {"saddle_numbness": True}}),
        "{broken",
        json.dumps({"id": "three", "answers": {"sadle_numbness": True}}),
        json.dumps({"id": "four", "answers": {"age_years": 40}}),
    ]
    done = screen("-", "--json", stdin="\n".join(people))
    assert done.exit_code == 3
    first, second, third, fourth = results(done)
    assert (first["id"], first["tier"]) == ("one", "emergency")
    assert second["where"] == "stdin:2"
    assert third["id"] == "three"
    assert "saddle_numbness" in json.dumps(third["error"])
    assert (fourth["id"], fourth["hands_on"]) == ("four", "diagnose_first")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"resourceType": "Patient"',
        '{"resourceType": "Elephant"}',
        '{"age_years": 200}',
        '{"age_years": NaN}',
        '{"answers": {}}',
        '{"unknown_thing": true}',
        '{"saddle_numbness": true, "saddle_numbness": false}',
        "年龄：四十",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_input_is_named_and_clears_nobody(text: str, language: str) -> None:
    done = screen("-", "--lang", language, stdin=text)
    assert done.exit_code == 3
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    assert done.stdout.strip() == ""
    assert {"en": "to mend it", "zh": "如何改正"}[language] in done.stderr
    assert "proceed" not in screen("-", "--json", stdin=text).stdout


def test_a_missing_file_is_named() -> None:
    done = screen("nowhere.json")
    assert done.exit_code == 3
    assert "nowhere.json" in done.stderr


def test_closed_world_is_refused_for_what_is_no_text() -> None:
    for path in (str(EXAMPLES / "nothing_on_record.json"), "-"):
        done = screen(path, "--closed-world", stdin="saddle_numbness: true")
        assert done.exit_code == 3
        assert "--closed-world" in done.stderr


def test_the_plan_can_be_given_on_the_line() -> None:
    done = screen(str(EXAMPLES / "herniation_day_60.json"), "--json", "--technique", "thrust_manipulation", "--region", "lumbar")
    (result,) = results(done)
    assert result["planned"] == {"thrust_manipulation": "wait"}
    assert screen(str(EXAMPLES / "herniation_day_60.json"), "--technique", "thrust").exit_code == 3


def test_the_follow_up_adds_the_stop_criteria() -> None:
    answers = "{post_new_neuro: true}"
    assert results(screen("-", "--json", stdin=answers))[0]["tier"] == "routine"
    assert results(screen("-", "--json", "--after", stdin=answers))[0]["tier"] == "emergency"


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("herniation_day_60", 10),
        ("acute_herniation_day_5", 11),
        ("no_diagnosis", 12),
        ("split_cord_malformation", 20),
        ("cauda_equina", 30),
    ],
)
def test_the_exit_code_can_tell_the_outcome(example: str, code: int) -> None:
    path = str(EXAMPLES / f"{example}.json")
    assert screen(path).exit_code == 0
    assert screen(path, "--exit-code").exit_code == code
    # Not decided comes before every outcome.
    assert screen(path, "nowhere.json", "--exit-code").exit_code == 3


def test_a_wrong_date_is_wrong_use() -> None:
    done = RUNNER.invoke(app, ["screen", str(EXAMPLES), "--as-of", "24.11.2026"])
    assert done.exit_code == 2
    assert "2026-11-24" in done.output


def test_every_result_fits_the_published_schema() -> None:
    schema = json.loads(RUNNER.invoke(app, ["schema"]).stdout)
    assert schema["version"]
    required = set(schema["$defs"]["Assessment"]["required"])
    for result in results(screen(str(EXAMPLES), "--json")):
        assert required <= set(result)
