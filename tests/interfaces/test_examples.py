"""The example patients: each is valid FHIR, and each says what it is there to show."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle

from spinesafe.intake.fhir import OWN_SYSTEM, looks_like_fhir, read_fhir
from spinesafe.model.reading import Reading
from spinesafe.rulebase import load
from spinesafe.screening import Screener

DAY = date(2026, 11, 24)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
EXPECTED: dict[str, tuple[str, str, str]] = {
    # What it shows: how fast to be seen, what hands may do, and a reason among those that are given.
    "acute_herniation_day_5": ("routine", "wait", "disc_herniation_in_acute_stage"),
    "herniation_day_60": ("routine", "adapt", "matrix/lumbar_disc_herniation_subacute"),
    "no_diagnosis": ("routine", "diagnose_first", "gate_diagnosis"),
    "unlicensed_place": ("routine", "wait", "gate_place"),
    "cauda_equina": ("emergency_now", "stop", "ces_new_sphincter_or_saddle_change"),
    "suspected_metastasis": ("within_7_days", "stop", "can_spine_pain_with_cancer"),
    "myelopathy": ("within_7_days", "stop", "degenerative_cervical_myelopathy/default"),
    "incidental_haemangioma": ("routine", "adapt", "can_incidental_haemangioma"),
    "split_cord_malformation": ("within_14_days", "stop", "split_cord_malformation/not_known_settled"),
    "adolescent_scoliosis": ("within_14_days", "diagnose_first", "adolescent_idiopathic_scoliosis/cobb_20_and_growing"),
    "old_spinal_injury": ("routine", "adapt", "spinal_cord_injury/old_and_stable"),
    "acute_spinal_injury": ("emergency_now", "stop", "injury_with_loss_of_movement_or_feeling"),
    "nothing_on_record": ("routine", "diagnose_first", "incomplete"),
}
COMPLETE = sorted(EXPECTED.keys() - {"nothing_on_record"})


def reading_of(name: str) -> Reading:
    path = next(path for path in EXAMPLES if path.stem == name)
    (reading,) = read_fhir(path.read_bytes(), load(), DAY)
    return reading


def test_there_is_one_example_for_each_thing_to_show() -> None:
    assert {path.stem for path in EXAMPLES} == set(EXPECTED)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid_fhir_r4(path: Path) -> None:
    bundle = Bundle.model_validate_json(path.read_text(encoding="utf-8"))
    assert bundle.type == "collection"
    assert looks_like_fhir(path.read_bytes())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_example_shows_what_it_is_there_for(name: str) -> None:
    assessment = Screener(load()).screen(reading_of(name), DAY)
    urgency, hands_on, reason = EXPECTED[name]
    assert (assessment.urgency, assessment.hands_on) == (urgency, hands_on)
    assert reason in {shown.rule for shown in assessment.reasons}


@pytest.mark.parametrize("name", COMPLETE)
def test_a_complete_example_is_settled(name: str) -> None:
    assessment = Screener(load()).screen(reading_of(name), DAY)
    assert assessment.settled
    assert not assessment.unanswered


def test_nothing_on_record_is_not_called_well() -> None:
    assessment = Screener(load()).screen(reading_of("nothing_on_record"), DAY)
    assert not assessment.settled
    assert assessment.worst_case.urgency == "emergency_now"


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_everything_in_an_example_is_read_without_a_doubt(name: str) -> None:
    assert reading_of(name).warnings == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_codes_of_our_own_are_codes_of_the_knowledge(path: Path) -> None:
    rulebase = load()
    words = {*rulebase.findings, *rulebase.conditions, *(m for members in rulebase.members.values() for m in members), "none"}
    assert {c["code"] for c in _codings(json.loads(path.read_bytes())) if c["system"] == OWN_SYSTEM} <= words


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nobody_in_an_example_could_be_somebody(path: Path) -> None:
    names = [name for part in _parts(json.loads(path.read_bytes())) for name in part.get("name", ()) if isinstance(name, dict)]
    assert names
    assert all(name["family"] == "Example" for name in names)


def test_the_diagnosis_of_a_complete_example_comes_from_the_record() -> None:
    facts = reading_of("herniation_day_60").facts
    for finding in ("diagnosis_status", "diagnosed_by"):
        assert facts[finding].provenance.where.startswith("Condition/")
    assert facts["pain_now_nrs"].provenance.where.startswith("Observation/")
    assert msgspec.to_builtins(facts["diagnosed_by"].value) == "licensed_doctor"


def _parts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(part for inner in value.values() for part in _parts(inner))]
    return [part for inner in value for part in _parts(inner)] if isinstance(value, list) else []


def _codings(value: Any) -> list[dict[str, Any]]:
    return [part for part in _parts(value) if "system" in part and "code" in part]
