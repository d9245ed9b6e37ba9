from typing import Any

import pytest

from tests.intake.fhir.records import ATC, RXNORM, SNOMED, Json, coded, own, present, read, resource, value, whys


def ordered(code: Json, name: str = "m", *, status: str = "active", **more: Any) -> Json:
    return resource("MedicationRequest", name, status=status, intent=more.pop("intent", "order"), medicationCodeableConcept=code, **more)


def taken(code: Json, name: str = "s", *, status: str = "active", **more: Any) -> Json:
    return resource("MedicationStatement", name, status=status, medicationCodeableConcept=code, **more)


def procedure(code: Json, *, status: str = "completed", **more: Any) -> Json:
    return resource("Procedure", "x", status=status, code=code, **more)


def request(code: Json, name: str = "r", *, status: str = "active", **more: Any) -> Json:
    return resource("ServiceRequest", name, status=status, intent="plan", code=code, **more)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (coded(ATC, "B01AA03"), "anticoagulant"),
        (coded(ATC, "B01AF02"), "anticoagulant"),
        (coded(ATC, "B01AX05"), "anticoagulant"),
        (coded(ATC, "B01AC06"), "antiplatelet"),
        (coded(RXNORM, "11289"), "anticoagulant"),
        (coded(RXNORM, "1599538"), "anticoagulant"),
        (coded(RXNORM, "32968"), "antiplatelet"),
        (coded(RXNORM, "309362"), "antiplatelet"),
    ],
)
def test_blood_thinners(code: Json, kind: str) -> None:
    assert value(read(ordered(code)), "blood_thinner") == kind
    assert value(read(taken(code)), "blood_thinner") == kind


def test_of_two_blood_thinners_the_graver_is_read() -> None:
    reading = read(ordered(coded(RXNORM, "1191"), "a"), ordered(coded(RXNORM, "11289"), "b"))
    assert value(reading, "blood_thinner") == "anticoagulant"
    assert not reading.warnings


def test_other_medicines_are_counted_and_none_is_not_none() -> None:
    reading = read(ordered(coded(RXNORM, "314076")))
    assert "blood_thinner" not in reading.facts
    assert whys(reading.ignored) == ["fhir_code_unknown"]
    assert "blood_thinner" not in read().facts


@pytest.mark.parametrize("status", ["stopped", "completed", "cancelled", "draft"])
def test_what_is_not_taken_now_does_not_count(status: str) -> None:
    reading = read(ordered(coded(RXNORM, "11289"), status=status))
    assert "blood_thinner" not in reading.facts
    assert whys(reading.ignored) == ["fhir_not_taken_now"]


def test_what_is_only_proposed_or_forbidden_does_not_count() -> None:
    reading = read(ordered(coded(RXNORM, "11289"), intent="proposal"), ordered(coded(RXNORM, "11289"), "n", doNotPerform=True))
    assert "blood_thinner" not in reading.facts
    assert whys(reading.ignored) == ["fhir_not_ordered"]


def test_a_medicine_entered_by_mistake_does_not_count() -> None:
    assert whys(read(ordered(coded(RXNORM, "11289"), status="entered-in-error")).ignored) == ["fhir_entered_in_error"]


def test_a_pause_counts_and_is_said() -> None:
    reading = read(ordered(coded(RXNORM, "11289"), status="on-hold"))
    assert value(reading, "blood_thinner") == "anticoagulant"
    assert whys(reading.warnings) == ["fhir_not_final"]


def test_a_statement_whose_time_is_over_does_not_count() -> None:
    over, running = ({"start": "2020-01-01", **end} for end in ({"end": "2021-01-01"}, {}))
    assert "blood_thinner" not in read(taken(coded(RXNORM, "11289"), effectivePeriod=over)).facts
    assert value(read(taken(coded(RXNORM, "11289"), effectivePeriod=running)), "blood_thinner") == "anticoagulant"


def test_a_medicine_that_is_pointed_to_is_followed() -> None:
    bottle: Json = {"resourceType": "Medication", "id": "w", "code": {"text": "warfarin"}}
    bottle |= {"ingredient": [{"itemCodeableConcept": coded(RXNORM, "11289")}]}
    pointing = resource("MedicationRequest", "m", status="active", intent="order", medicationReference={"reference": "Medication/w"})
    assert value(read(bottle, pointing), "blood_thinner") == "anticoagulant"
    inside = pointing | {"medicationReference": {"reference": "#w"}, "contained": [bottle]}
    assert value(read(inside), "blood_thinner") == "anticoagulant"
    assert whys(read(pointing).ignored) == ["fhir_no_code"]


def test_later_versions_of_fhir_write_a_medicine_differently() -> None:
    later = resource("MedicationRequest", "m", status="active", intent="order", medication={"concept": coded(RXNORM, "11289")})
    assert value(read(later), "blood_thinner") == "anticoagulant"


@pytest.mark.parametrize(("since", "counts"), [("2026-08-26", True), ("2026-08-27", False), ("2026-08", False), ("2025", True)])
def test_steroids_count_from_three_months(since: str, counts: bool) -> None:  # noqa: FBT001 - the expected value
    reading = read(ordered(coded(RXNORM, "8640"), authoredOn=since))
    assert (value(reading, "steroid_over_3_months") is True) == counts
    assert ("fhir_not_long_enough" in whys(reading.ignored)) != counts


def test_steroids_without_a_date_do_not_count_and_are_said() -> None:
    assert whys(read(ordered(coded(ATC, "H02AB06"))).ignored) == ["fhir_no_date"]


@pytest.mark.parametrize("code", [coded(SNOMED, "387731002"), own("spine_surgery_weeks_ago")])
def test_an_operation_on_the_spine_is_counted_in_weeks(code: Json) -> None:
    assert value(read(procedure(code, performedDateTime="2026-11-10")), "spine_surgery_weeks_ago") == 2
    assert value(read(procedure(code, performedPeriod={"start": "2026-11-10"})), "spine_surgery_weeks_ago") == 2


def test_of_two_operations_the_last_counts() -> None:
    first, second = (procedure(own("spine_surgery_weeks_ago"), performedDateTime=day) | {"id": day} for day in ("2010-01-01", "2026-10-27"))
    assert value(read(first, second), "spine_surgery_weeks_ago") == 4


def test_an_operation_without_a_usable_date_is_said() -> None:
    none, future = (read(procedure(own("spine_surgery_weeks_ago"), **when)) for when in ({}, {"performedDateTime": "2027-01-01"}))
    assert whys(none.warnings) == ["fhir_no_date"]
    assert whys(future.warnings) == ["fhir_in_the_future"]


def test_what_was_not_done_does_not_count() -> None:
    code = own("spine_surgery_weeks_ago")
    assert whys(read(procedure(code, status="not-done", performedDateTime="2026-11-10")).ignored) == ["fhir_not_done"]
    assert whys(read(procedure(code, status="entered-in-error")).ignored) == ["fhir_entered_in_error"]


def test_treatment_that_weakens_the_immune_system_counts_while_it_is_recent() -> None:
    fresh, old = (read(procedure(coded(SNOMED, "703423002"), performedDateTime=day)) for day in ("2026-10-01", "2020-10-01"))
    assert value(fresh, "immunosuppressed") is True
    assert "immunosuppressed" not in old.facts
    assert whys(old.ignored) == ["fhir_over_by_now"]


def test_treatment_of_tomorrow_is_said() -> None:
    reading = read(procedure(coded(SNOMED, "703423002"), performedDateTime="2027-01-01"))
    assert value(reading, "immunosuppressed") is True
    assert whys(reading.warnings) == ["fhir_in_the_future"]


def test_other_procedures_are_counted() -> None:
    assert whys(read(procedure(coded(SNOMED, "73761001"))).ignored) == ["fhir_code_unknown"]


def test_a_plan_names_technique_and_region() -> None:
    plan = request(own("mobilisation"), bodySite=[coded(SNOMED, "122496007")], orderDetail=[own("soft_tissue_massage")])
    reading = read(plan, request(own("heat_moxibustion"), "s", bodySite=[own("neck")]))
    assert present(reading, "planned_technique") == {"mobilisation", "soft_tissue_massage", "heat_moxibustion"}
    assert present(reading, "planned_region") == {"lumbar", "neck"}


def test_a_plan_whose_place_is_not_known_is_said() -> None:
    reading = read(request(own("mobilisation"), bodySite=[coded(SNOMED, "12345"), {"text": "low back"}]))
    assert "planned_region" not in reading.facts
    assert whys(reading.ignored) == ["fhir_code_unknown", "fhir_only_text"]


@pytest.mark.parametrize(
    ("status", "why"), [("revoked", "fhir_not_planned"), ("completed", "fhir_not_planned"), ("entered-in-error", "fhir_entered_in_error")]
)
def test_what_is_not_planned_does_not_count(status: str, why: str) -> None:
    assert whys(read(request(own("mobilisation"), status=status)).ignored) == [why]


def test_what_must_not_be_done_is_no_plan() -> None:
    assert "planned_technique" not in read(request(own("mobilisation"), doNotPerform=True)).facts


def test_other_requests_are_counted() -> None:
    assert whys(read(request(coded(SNOMED, "16310003"))).ignored) == ["fhir_code_unknown"]
    assert whys(read(resource("ServiceRequest", "r", status="active", intent="plan")).ignored) == ["fhir_no_code"]
