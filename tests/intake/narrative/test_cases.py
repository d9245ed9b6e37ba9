"""Each case under cases/narrative: what is read in a text, and what follows from it in the closed world."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from spinesafe.intake.narrative import NarrativeReader
from spinesafe.intake.narrative.reader import shown
from spinesafe.intake.problems import IntakeError
from spinesafe.screening import Screener, built_in

AS_OF = date(2026, 11, 24)
CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parents[3] / "cases" / "narrative").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
]


@pytest.fixture(scope="module")
def screener() -> Screener:
    return built_in()


@pytest.fixture(scope="module")
def reader(screener: Screener) -> NarrativeReader:
    return NarrativeReader(screener.rulebase)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_text_is_read_as_a_person_would(case: dict[str, Any], reader: NarrativeReader, screener: Screener) -> None:
    expected = case["expect"]
    narrative = reader.read(case["text"], AS_OF)
    if "error" in expected:
        with pytest.raises(IntakeError) as raised:
            narrative.reading()
        assert [fault.code for fault in raised.value.faults] == [expected["error"]]
        return
    read = {name: shown(fact.value) for name, fact in narrative.facts.items()}
    for name, value in expected.get("facts", {}).items():
        wanted = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, int | float) else value
        assert read.get(name) == wanted, name
    for name in expected.get("unread", ()):
        assert read.get(name, "none") in {"none", "false", "no"}, name
    result = screener.screen(narrative.reading(), AS_OF, closed_world=True)
    assert str(result.tier) in expected.get("tier", [str(result.tier)])
    assert str(result.hands_on) in expected.get("hands_on", [str(result.hands_on)])
    assert set(expected.get("conditions", ())) <= set(result.conditions)
    assert set(expected.get("services", ())) <= set(result.services)


@pytest.mark.parametrize("case", [case for case in CASES if "error" not in case["expect"]], ids=lambda case: case["id"])
def test_every_fact_shows_the_words_it_was_read_from(case: dict[str, Any], reader: NarrativeReader) -> None:
    narrative = reader.read(case["text"], AS_OF)
    for fact in narrative.facts.values():
        start, end = fact.provenance.span or (-1, -1)
        assert 0 <= start < end <= len(case["text"])
        assert fact.provenance.quote in case["text"]
        assert fact.provenance.source == "narrative"
