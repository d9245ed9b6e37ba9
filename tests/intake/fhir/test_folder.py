import json
from pathlib import Path

import pytest

from spinesafe.intake import IntakeError
from spinesafe.intake.fhir import folder, read_fhir_folder
from spinesafe.model.reading import Reading
from spinesafe.rulebase import load
from tests.intake.fhir.records import TODAY, Json, bundle, coded, icd, ndjson, observed, patient, present, value


def read(place: Path) -> list[Reading]:
    return list(read_fhir_folder(place, load(), TODAY))


def write(place: Path, **files: list[Json]) -> Path:
    for name, resources in files.items():
        (place / f"{name}.000.ndjson").write_bytes(ndjson(*resources) + b"\n")
    return place


def about(resource: Json, reference: str) -> Json:
    return resource | {"subject": {"reference": reference}}


def test_files_by_type_are_brought_together_by_person(tmp_path: Path) -> None:
    write(
        tmp_path,
        Condition=[about(icd("M51.26"), "Patient/a"), about(icd("G83.4", name="d"), "Patient/b")],
        Observation=[about(observed("foot_drop", valueBoolean=True), "Patient/a")],
        Patient=[patient("a"), patient("b"), patient("c")],
    )
    by_name = {reading.person: reading for reading in read(tmp_path)}
    assert set(by_name) == {"Patient/a", "Patient/b", "Patient/c"}
    assert present(by_name["Patient/a"]) == {"lumbar_disc_herniation"}
    assert value(by_name["Patient/a"], "foot_drop") is True
    assert present(by_name["Patient/b"]) == {"cauda_equina_syndrome"}
    assert present(by_name["Patient/c"]) == set()
    assert all(value(reading, "age_years") == 46 for reading in by_name.values())


def test_a_folder_reads_as_the_same_records_in_one_document(tmp_path: Path) -> None:
    resources = [patient("a"), about(icd("M51.26"), "Patient/a"), about(icd("160903007", name="x"), "Patient/a")]
    (reading,) = read(write(tmp_path, Condition=resources[1:], Patient=resources[:1]))
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "one.json").write_bytes(bundle(*resources))
    (whole,) = read(tmp_path / "whole")
    assert reading == whole


def test_addresses_of_the_exporting_server_and_identifiers_lead_to_the_person(tmp_path: Path) -> None:
    person = patient("a", identifier=[{"system": "urn:h", "value": "7"}])
    references = ["Patient/a", "https://h.example/fhir/Patient/a", "Patient/a/_history/2", "Patient?identifier=urn:h|7"]
    conditions = [about(icd("M51.26", name=f"c{n}"), reference) for n, reference in enumerate(references)]
    logical = icd("G83.4", name="z") | {"subject": {"identifier": {"system": "urn:h", "value": "7"}}}
    (reading,) = read(write(tmp_path, Condition=[*conditions, logical], Patient=[person]))
    assert present(reading) == {"lumbar_disc_herniation", "cauda_equina_syndrome"}
    assert len([i for i in reading.read if i.finding == "diagnosis_condition"]) == 5


def test_a_person_known_only_by_an_identifier_is_kept_apart(tmp_path: Path) -> None:
    write(tmp_path, Condition=[about(icd("M51.26"), "Patient?identifier=urn:h|7")], Patient=[patient("a")])
    assert {r.person: present(r) for r in read(tmp_path)} == {
        "Patient/a": set(),
        "Patient?identifier=urn:h|7": {"lumbar_disc_herniation"},
    }


def test_doctors_stand_in_files_of_their_own(tmp_path: Path) -> None:
    doctor = {"resourceType": "Practitioner", "id": "d", "qualification": [{"code": coded("http://snomed.info/sct", "309343006")}]}
    condition = about(icd("M51.26", recorder={"reference": "Practitioner/d"}), "Patient/a")
    others: list[Json] = [doctor, {"resourceType": "Organization", "id": "o"}]
    (reading,) = read(write(tmp_path, Condition=[condition], Patient=[patient("a")], Practitioner=others))
    assert value(reading, "diagnosed_by") == "licensed_doctor"


def test_types_that_are_not_read_are_counted_by_person(tmp_path: Path) -> None:
    notes = [{"resourceType": "DocumentReference", "id": f"n{n}", "subject": {"reference": "Patient/a"}} for n in range(4)]
    history = [{"resourceType": "FamilyMemberHistory", "id": "f", "patient": {"reference": "Patient/a"}}]
    first, second = read(write(tmp_path, DocumentReference=notes, FamilyMemberHistory=history, Patient=[patient("a"), patient("b")]))
    assert [(i.why, i.details["count"]) for i in first.ignored] == [("fhir_family_history", "1"), ("fhir_type_not_read", "4")]
    assert second.ignored == ()


def test_what_is_nobodys_among_many_is_a_reading_of_nobody(tmp_path: Path) -> None:
    homeless = {key: part for key, part in icd("G83.4").items() if key != "subject"}
    *people, nobody = read(write(tmp_path, Condition=[homeless], Patient=[patient("a"), patient("b")]))
    assert [present(reading) for reading in people] == [set(), set()]
    assert nobody.person == ""
    (only,) = read(write(tmp_path, Condition=[homeless], Patient=[patient("a")]))
    assert (only.person, present(only)) == ("Patient/a", {"cauda_equina_syndrome"})


def test_people_of_whom_only_unread_types_are_here_are_not_invented(tmp_path: Path) -> None:
    assert read(write(tmp_path, Coverage=[{"resourceType": "Coverage", "id": "x", "patient": {"reference": "Patient/z"}}])) == []


def test_a_bad_line_is_named_with_its_file(tmp_path: Path) -> None:
    write(tmp_path, Patient=[patient("a")])
    (tmp_path / "Condition.000.ndjson").write_text('{"resourceType": "Condition"}\n\n{"resourceType": "Cond')
    with pytest.raises(IntakeError) as caught:
        read(tmp_path)
    assert [(f.code, f.where) for f in caught.value.faults] == [("fhir_truncated", "Condition.000.ndjson:3")]


def test_a_bad_document_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(bundle(patient()))
    (tmp_path / "b.json").write_text("{")
    with pytest.raises(IntakeError) as caught:
        read(tmp_path)
    assert [(f.code, f.where) for f in caught.value.faults] == [("fhir_truncated", "b.json")]


def test_no_files_is_a_fault(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IntakeError) as caught:
            read(place)
        assert caught.value.faults[0].code == "fhir_no_files"


def test_what_is_too_large_in_one_piece_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_BYTES", 20)
    (tmp_path / "a.json").write_bytes(bundle(patient()))
    with pytest.raises(IntakeError) as caught:
        read(tmp_path)
    assert caught.value.faults[0].code == "fhir_too_large"
    write(tmp_path, Patient=[patient("a")])
    with pytest.raises(IntakeError) as caught:
        read(tmp_path)
    assert (caught.value.faults[0].code, caught.value.faults[0].where) == ("fhir_too_large", "Patient.000.ndjson:1")


def test_people_come_one_after_another(tmp_path: Path) -> None:
    write(tmp_path, Patient=[patient(str(n)) for n in range(3)])
    one_by_one = read_fhir_folder(tmp_path, load(), TODAY)
    assert next(one_by_one).person == "Patient/0"
    assert next(one_by_one).person == "Patient/1"
    assert json.loads((tmp_path / "Patient.000.ndjson").read_text().splitlines()[2])["id"] == "2"
