"""Any name of a disease is understood: each case under cases/terms."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from spinesafe.intake.narrative import NarrativeReader
from spinesafe.intake.terms import TermIndex
from spinesafe.rulebase import load

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parents[2] / "cases" / "terms").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
]


@pytest.fixture(scope="module")
def index() -> TermIndex:
    return TermIndex(load())


@pytest.fixture(scope="module")
def reader() -> NarrativeReader:
    return NarrativeReader(load())


@pytest.mark.parametrize("case", [case for case in CASES if "name" in case], ids=lambda case: case["id"])
def test_a_name_means_the_condition(case: dict[str, Any], index: TermIndex) -> None:
    answer = index.find(case["name"])
    assert ([answer.match.condition] if answer.match else []) == case["means"]
    assert answer.ask == case.get("ask", answer.ask)
    offered = [other.condition for other in answer.others]
    assert offered[: len(case.get("others", offered))] == case.get("others", offered)


@pytest.mark.parametrize("case", [case for case in CASES if "passage" in case], ids=lambda case: case["id"])
def test_a_passage_names_its_conditions(case: dict[str, Any], reader: NarrativeReader) -> None:
    narrative = reader.read(case["passage"], date(2026, 11, 24))
    named = {one.condition for one in narrative.named}
    assert set(case["means"]) <= named
    assert not named & set(case.get("not", ()))
    assert {one.condition for one in narrative.named if one.corrected} >= set(case.get("corrected", ()))
    if not case["means"]:
        assert not named
