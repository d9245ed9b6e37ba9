import json

import pytest

from tests.intake.fhir.records import Json, bundle, icd, ndjson, observed, patient, present, read, readings, value, whys


def entries(*pairs: tuple[str, Json]) -> bytes:
    entry = [{"fullUrl": url, "resource": resource} for url, resource in pairs]
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entry}).encode()


def without_subject(resource: Json) -> Json:
    return {key: part for key, part in resource.items() if key != "subject"}


def test_resources_without_an_id_are_read() -> None:
    nameless = {key: part for key, part in icd("M51.26").items() if key != "id"}
    reading = read(nameless)
    assert reading.facts["diagnosis_condition"].provenance.where == "entry[1]"


def test_two_people_are_two_results_and_never_merged() -> None:
    data = bundle(patient("a"), patient("b"), icd("G83.4") | {"subject": {"reference": "Patient/b"}})
    first, second = readings(data)
    assert (first.person, present(first)) == ("Patient/a", set())
    assert (second.person, present(second)) == ("Patient/b", {"cauda_equina_syndrome"})


def test_what_is_about_somebody_who_is_not_here_is_kept_apart() -> None:
    mine, theirs = readings(bundle(patient(), icd("M51.26"), icd("G83.4", name="d") | {"subject": {"reference": "Patient/other"}}))
    assert (mine.person, present(mine)) == ("Patient/p", {"lumbar_disc_herniation"})
    assert (theirs.person, present(theirs)) == ("Patient/other", {"cauda_equina_syndrome"})


def test_without_a_subject_it_belongs_to_the_only_person() -> None:
    assert present(read(without_subject(icd("M51.26")))) == {"lumbar_disc_herniation"}


def test_without_a_subject_among_two_people_it_is_nobodys_and_both_are_told() -> None:
    both = readings(bundle(patient("a"), patient("b"), without_subject(icd("G83.4"))))
    assert [present(reading) for reading in both] == [set(), set()]
    assert [whys(reading.ignored) for reading in both] == [["fhir_whose_is_it"], ["fhir_whose_is_it"]]


def test_a_group_or_a_device_is_no_person() -> None:
    for kind in ("Group", "Device", "Location"):
        reading = read(icd("G83.4") | {"subject": {"reference": f"{kind}/1"}})
        assert present(reading) == set()
        assert [(i.why, i.details["subject"]) for i in reading.ignored] == [("fhir_not_about_a_person", kind)]


def test_references_of_every_kind_lead_to_the_person() -> None:
    person = patient("p", identifier=[{"system": "urn:h", "value": "7"}])
    address = "https://h.example/fhir/Patient/p"
    for reference in (
        {"reference": "Patient/p"},
        {"reference": address},
        {"reference": f"{address}/_history/3"},
        {"reference": "Patient?identifier=urn:h|7"},
        {"reference": "Patient?identifier=urn%3Ah%7C7"},
        {"identifier": {"system": "urn:h", "value": "7"}},
        {"type": "Patient", "identifier": {"system": "urn:h", "value": "7"}},
    ):
        (reading,) = readings(entries((address, person), ("urn:uuid:1", icd("M51.26") | {"subject": reference})))
        assert (reading.person, present(reading)) == ("Patient/p", {"lumbar_disc_herniation"}), reference


def test_uuid_references_lead_to_the_entry_or_to_the_id() -> None:
    uuid = "1f6c3c1e-0b57-4a3e-8d0c-1f2f7e7d6c11"
    about = icd("M51.26") | {"subject": {"reference": f"urn:uuid:{uuid}"}}
    (by_address,) = readings(entries((f"urn:uuid:{uuid}", patient("p")), ("urn:uuid:2", about)))
    (by_id,) = readings(ndjson(patient(uuid), about))
    assert present(by_address) == present(by_id) == {"lumbar_disc_herniation"}


def test_the_same_id_on_two_servers_is_two_people() -> None:
    one, other = "https://a.example/Patient/p", "https://b.example/Patient/p"
    ill = icd("G83.4") | {"subject": {"reference": "Patient/p"}}
    first, second = readings(entries((one, patient()), (other, patient()), ("https://b.example/Condition/c", ill)))
    assert (first.person, present(first)) == (one, set())
    assert (second.person, present(second)) == (other, {"cauda_equina_syndrome"})


def test_a_reference_to_another_server_is_not_the_person_here() -> None:
    ill = icd("G83.4") | {"subject": {"reference": "https://b.example/Patient/p"}}
    first, second = readings(entries(("https://a.example/Patient/p", patient()), ("https://a.example/Condition/c", ill)))
    assert present(first) == set()
    assert present(second) == {"cauda_equina_syndrome"}


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ({"reference": "urn:uuid:9"}, "urn:uuid:9"),
        ({"reference": "#nobody"}, "#nobody"),
        ({"reference": "p"}, "p"),
        ({"identifier": {"system": "urn:h", "value": "7"}}, "urn:h|7"),
    ],
)
def test_a_reference_that_leads_nowhere_is_somebody_of_their_own(reference: Json, name: str) -> None:
    mine, theirs = readings(bundle(patient(), icd("G83.4") | {"subject": reference}))
    assert present(mine) == set()
    assert (theirs.person, present(theirs)) == (name, {"cauda_equina_syndrome"})


def test_a_reference_may_say_its_type() -> None:
    reading = read(icd("G83.4") | {"subject": {"type": "Group", "identifier": {"value": "7"}}})
    assert whys(reading.ignored) == ["fhir_not_about_a_person"]


def test_a_contained_person_is_whom_it_is_about() -> None:
    inside = {"resourceType": "Patient", "id": "me", "birthDate": "1950-01-01"}
    (reading,) = readings(json.dumps(icd("M51.26") | {"subject": {"reference": "#me"}, "contained": [inside]}).encode())
    assert value(reading, "age_years") == 76
    assert present(reading) == {"lumbar_disc_herniation"}


def test_a_contained_person_is_the_one_here_only_by_an_identifier() -> None:
    same = {"resourceType": "Patient", "id": "me", "identifier": [{"system": "urn:h", "value": "7"}]}
    about = icd("M51.26") | {"subject": {"reference": "#me"}, "contained": [same]}
    (reading,) = readings(bundle(patient(identifier=[{"system": "urn:h", "value": "7"}]), about))
    assert present(reading) == {"lumbar_disc_herniation"}
    here, apart = readings(bundle(patient(identifier=[{"system": "urn:h", "value": "8"}]), about))
    assert (present(here), present(apart)) == (set(), {"lumbar_disc_herniation"})


def test_the_same_thing_twice_is_read_once_and_said() -> None:
    reading = read(icd("M51.26"), icd("M51.26"))
    assert present(reading) == {"lumbar_disc_herniation"}
    assert whys(reading.warnings) == ["fhir_twice_the_same"]


def test_two_things_with_one_id_are_both_read_and_said() -> None:
    reading = read(icd("M51.26"), icd("G83.4"))
    assert present(reading) == {"lumbar_disc_herniation", "cauda_equina_syndrome"}
    assert whys(reading.warnings) == ["fhir_same_id"]


def test_types_that_are_not_read_are_counted() -> None:
    allergies = [{"resourceType": "AllergyIntolerance", "id": f"a{n}", "patient": {"reference": "Patient/p"}} for n in range(3)]
    reading = read(*allergies, {"resourceType": "Coverage", "id": "x"})
    assert [(i.details["type"], i.details["count"]) for i in reading.ignored] == [("AllergyIntolerance", "3"), ("Coverage", "1")]


def test_what_relatives_had_is_not_the_persons_own() -> None:
    history = {"resourceType": "FamilyMemberHistory", "id": "f", "patient": {"reference": "Patient/p"}}
    reading = read(history | {"condition": [{"code": icd("C50.9")["code"]}]})
    assert "cancer_history" not in reading.facts
    assert whys(reading.ignored) == ["fhir_family_history"]


def test_a_record_without_the_person_is_still_a_record() -> None:
    (reading,) = readings(bundle(icd("M51.26"), observed("foot_drop", valueBoolean=True)))
    assert reading.person == "Patient/p"
    assert value(reading, "foot_drop") is True
    assert "age_years" not in reading.facts
