from typing import Any

import pytest

from tests.intake.fhir.records import SNOMED, Json, bundle, coded, icd, own, patient, read, readings, value, whys

ROLE = "http://terminology.hl7.org/CodeSystem/practitioner-role"
DOCTOR = coded(SNOMED, "309343006")


def practitioner(*codes: Json, name: str = "d", **period: Any) -> Json:
    return {"resourceType": "Practitioner", "id": name, "qualification": [{"code": code, **period} for code in codes]}


def role(code: Json, **more: Any) -> Json:
    return {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/d"}, "code": [code], **more}


def by(**who: str) -> Json:
    return icd("M51.26") | {name: {"reference": reference} for name, reference in who.items()}


def is_by_a_doctor(*resources: Json) -> bool:
    reading = read(*resources)
    assert value(reading, "diagnosis_status") == "confirmed"
    told = value(reading, "diagnosed_by")
    assert told in {None, "licensed_doctor"}
    assert ("fhir_no_doctor_behind_it" in whys(reading.ignored)) == (told is None)
    return told is not None


@pytest.mark.parametrize(
    "code",
    [DOCTOR, coded("http://terminology.hl7.org/CodeSystem/v2-0360", "MD"), coded(ROLE, "doctor"), own("licensed_doctor")],
)
def test_a_doctor_is_known_by_a_qualification(code: Json) -> None:
    assert is_by_a_doctor(practitioner(code), by(recorder="Practitioner/d"))
    assert is_by_a_doctor(practitioner(code), by(asserter="Practitioner/d"))


@pytest.mark.parametrize(
    "code", [coded(ROLE, "nurse"), coded("https://hospital.example", "MD"), {"text": "Doctor of Medicine"}, own("unlicensed_person")]
)
def test_others_are_no_doctors(code: Json) -> None:
    assert not is_by_a_doctor(practitioner(code), by(recorder="Practitioner/d"))


def test_a_doctor_is_known_by_a_role() -> None:
    assert is_by_a_doctor(practitioner(), role(coded(ROLE, "doctor")), by(recorder="PractitionerRole/r"))
    assert is_by_a_doctor(practitioner(), role(coded(ROLE, "doctor")), by(recorder="Practitioner/d"))
    assert is_by_a_doctor(practitioner(DOCTOR), role(coded(ROLE, "ict")), by(recorder="PractitionerRole/r"))
    assert not is_by_a_doctor(practitioner(), role(coded(ROLE, "ict")), by(recorder="Practitioner/d"))
    other = role(coded(ROLE, "doctor"), practitioner={"reference": "Practitioner/somebody"})
    assert not is_by_a_doctor(practitioner(), other, by(recorder="Practitioner/d"))


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        ({}, True),
        ({"start": "2001-01-01"}, True),
        ({"start": "2001-01-01", "end": "2030-01-01"}, True),
        ({"end": "2020-01-01"}, False),
        ({"start": "2027-01-01"}, False),
        ({"start": "once"}, False),
        ({"end": "never"}, False),
    ],
)
def test_a_licence_counts_while_it_holds(period: dict[str, str], holds: bool) -> None:  # noqa: FBT001 - the expected value
    assert is_by_a_doctor(practitioner(DOCTOR, period=period), by(recorder="Practitioner/d")) == holds


def test_nobody_behind_it_or_nobody_here_is_no_doctor() -> None:
    assert not is_by_a_doctor(icd("M51.26"))
    assert not is_by_a_doctor(by(recorder="Practitioner/elsewhere"))
    assert not is_by_a_doctor(practitioner(DOCTOR), by(recorder="Patient/p"))


def test_what_a_person_says_of_themselves_is_no_doctors_diagnosis() -> None:
    for lay in ("Patient/p", "RelatedPerson/mother"):
        assert not is_by_a_doctor(practitioner(DOCTOR), by(asserter=lay, recorder="Practitioner/d"))


def test_a_doctor_who_recorded_it_counts_where_the_asserter_is_not_here() -> None:
    assert is_by_a_doctor(practitioner(DOCTOR), by(asserter="Practitioner/elsewhere", recorder="Practitioner/d"))


def encounter(*participants: Json) -> Json:
    return {"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/p"}, "participant": list(participants)}


def test_a_doctor_is_known_by_the_visit_that_they_led() -> None:
    who = {"individual": {"reference": "Practitioner/d"}}
    led = who | {"type": [coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PPRF")]}
    sent = who | {"type": [coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "REF")]}
    visited = by(encounter="Encounter/e")
    assert is_by_a_doctor(practitioner(DOCTOR), encounter(led), visited)
    assert is_by_a_doctor(practitioner(DOCTOR), encounter(who), visited)
    assert is_by_a_doctor(practitioner(DOCTOR), encounter({"actor": {"reference": "Practitioner/d"}}), visited)
    assert not is_by_a_doctor(practitioner(DOCTOR), encounter(sent), visited)
    assert not is_by_a_doctor(practitioner(DOCTOR), encounter(), visited)
    assert not is_by_a_doctor(practitioner(DOCTOR), visited)


def test_references_of_every_kind_lead_to_the_doctor() -> None:
    doctor = practitioner(DOCTOR) | {"identifier": [{"system": "urn:npi", "value": "9"}]}
    assert is_by_a_doctor(doctor, by(recorder="Practitioner?identifier=urn:npi|9"))
    inside = practitioner(DOCTOR, name="in")
    assert is_by_a_doctor(by(recorder="#in") | {"contained": [inside]})
    working = role(coded(ROLE, "ict"), practitioner={"reference": "#in"}) | {"id": "work"}
    assert is_by_a_doctor(by(recorder="#work") | {"contained": [inside, working]})
    assert not is_by_a_doctor(by(recorder="#gone") | {"contained": [inside, {"resourceType": 5}, {"resourceType": "Device", "id": "gone"}]})


def test_a_doctor_is_anybodys_doctor() -> None:
    theirs = by(recorder="Practitioner/d") | {"subject": {"reference": "Patient/b"}}
    both = readings(bundle(patient("a"), patient("b"), practitioner(DOCTOR), theirs))
    assert [value(reading, "diagnosed_by") for reading in both] == [None, "licensed_doctor"]
