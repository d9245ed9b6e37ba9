import json

import pytest

from spinesafe.intake import IntakeError
from spinesafe.intake.fhir import document, looks_like_fhir
from spinesafe.intake.fhir.resources import TYPES
from spinesafe.intake.fhir.source import decode
from spinesafe.rulebase import RuleBase
from tests.intake.fhir.records import bundle, icd, ndjson, observed, patient, present, read, readings, value, whys


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(IntakeError) as caught:
        readings(data)
    fault = caught.value.faults[0]
    return fault.code, fault.where


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "fhir_empty"),
        (b"  \n ", "fhir_empty"),
        (b"<Patient/>", "fhir_not_json"),
        (b"[1, 2]", "fhir_not_fhir"),
        (b'"Patient"', "fhir_not_fhir"),
        (b"{}", "fhir_not_fhir"),
        (b'{"name": "nobody"}', "fhir_not_fhir"),
        (b'{"resourceType": 5}', "fhir_not_fhir"),
        (b'{"resourceType": "Patient", "id": ', "fhir_truncated"),
        (bundle(patient())[:-20], "fhir_truncated"),
        (b'{"resourceType": "Observation", "valueQuantity": {"value": NaN}}', "fhir_not_finite"),
        (b'{"resourceType": "Observation", "valueQuantity": {"value": -Infinity}}', "fhir_not_finite"),
        ('{"resourceType": "Patient", "id": "张"}'.encode("gbk"), "fhir_not_utf8"),
        ('{"resourceType": "Patient"}'.encode("utf-16"), "fhir_not_utf8"),
        (b'{"resourceType": "Bundle", "entry": []}', "fhir_no_entries"),
        (b'{"resourceType": "Bundle", "entry": {"a": 1}}', "fhir_not_fhir"),
        (b'{"resourceType": "OperationOutcome"}', "fhir_nobody"),
        (bundle({"resourceType": "Organization", "id": "o"}), "fhir_nobody"),
        (b'{"resourceType": "Bundle", "entry": ' + b"[" * 5000, "fhir_not_json"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_every_fault_says_what_was_found_why_it_matters_and_how_to_mend_it(rulebase: RuleBase) -> None:
    for data in (b"", b"<x>", b"[]", b"{", b'{"a": NaN}', b"\xff\xfe", b'{"resourceType": "Bundle"}', b'{"resourceType": "List"}'):
        with pytest.raises(IntakeError) as caught:
            readings(data)
        for text in caught.value.faults[0].describe(rulebase):
            assert text.en
            assert text.zh
            assert "{" not in text.en


def test_a_malformed_document_names_the_line() -> None:
    with pytest.raises(IntakeError) as caught:
        readings(b'{"resourceType": "Patient",\n "id": "a",\n oops}')
    assert caught.value.faults[0].details["line"] == "3"


def test_nan_in_a_text_is_a_word() -> None:
    assert readings(b'{"resourceType": "Patient", "id": "NaN"}')[0].person == "Patient/NaN"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert readings(b"\xef\xbb\xbf" + bundle(patient()))[0].person == "Patient/p"


def test_lines_are_resources_and_a_bad_line_is_named() -> None:
    good = ndjson(patient(), icd("M51.26"))
    assert present(readings(good)[0]) == {"lumbar_disc_herniation"}
    assert refused(good + b'\n{"resourceType": "Condition", ') == ("fhir_truncated", "line 3")
    assert refused(good + b'\n{"resource": 1}') == ("fhir_not_fhir", "line 3")


def test_a_line_may_hold_a_bundle() -> None:
    other = bundle(patient("z"), icd("G83.4", name="y") | {"subject": {"reference": "Patient/z"}})
    first, second = readings(ndjson(patient(), icd("M51.26")) + b"\n" + other)
    assert present(first) == {"lumbar_disc_herniation"}
    assert present(second) == {"cauda_equina_syndrome"}


def test_a_document_over_the_limit_is_refused_and_lines_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_BYTES", 200)
    resources = [patient(), *(icd("M51.26", name=f"c{n}") for n in range(5))]
    assert refused(bundle(*resources))[0] == "fhir_too_large"
    assert present(readings(ndjson(*resources))[0]) == {"lumbar_disc_herniation"}


def test_a_bundle_in_a_bundle_is_unpacked() -> None:
    inner = json.loads(bundle(icd("M51.26")))
    assert present(readings(bundle(patient(), inner))[0]) == {"lumbar_disc_herniation"}


def test_bundles_without_end_are_refused() -> None:
    nested = json.loads(bundle(patient()))
    for _ in range(30):
        nested = {"resourceType": "Bundle", "entry": [{"resource": nested}]}
    assert refused(json.dumps(nested).encode())[0] == "fhir_not_json"


def test_of_a_history_the_newest_version_counts() -> None:
    entries = [
        {"fullUrl": "https://h/Condition/c", "resource": icd("M51.26", verified="refuted")},
        {"fullUrl": "https://h/Condition/c", "resource": icd("M51.26")},
        {"fullUrl": "https://h/Condition/d", "request": {"method": "DELETE"}},
        {"fullUrl": "https://h/Condition/d", "resource": icd("G83.4", name="d")},
        {"resource": patient()},
    ]
    (reading,) = readings(json.dumps({"resourceType": "Bundle", "type": "history", "entry": entries}).encode())
    assert present(reading) == set()
    assert whys(reading.ignored).count("fhir_older_version") == 1
    assert "fhir_refuted" in whys(reading.ignored)


def test_entries_without_a_resource_are_passed_over() -> None:
    data = {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {"status": "404"}}, {"resource": patient()}]}
    assert readings(json.dumps(data).encode())[0].person == "Patient/p"


def test_a_field_that_is_not_shaped_as_fhir_does_not_take_a_danger_with_it() -> None:
    reading = read(icd("G83.4") | {"onsetDateTime": 5, "bodySite": "low back"})
    assert present(reading) == {"cauda_equina_syndrome"}
    assert whys(reading.warnings) == ["fhir_field_malformed", "fhir_field_malformed"]


def test_a_resource_whose_owner_cannot_be_read_is_not_given_to_anybody() -> None:
    reading = read(icd("M51.26"), icd("G83.4", name="e") | {"subject": "p"})
    assert present(reading) == {"lumbar_disc_herniation"}
    assert [(i.why, i.where) for i in reading.warnings] == [("fhir_malformed", "Condition/e")]


def test_a_resource_without_end_is_no_crash() -> None:
    deep = b'{"linkId": "g", "item": [' * 600 + b"]}" * 600
    response = b'{"resourceType": "QuestionnaireResponse", "id": "q", "item": [' + deep + b"]}"
    assert decode(response, TYPES["QuestionnaireResponse"])[0] is None
    assert refused(response)[0] == "fhir_not_json"


def test_a_null_is_as_if_it_were_not_there() -> None:
    reading = read(icd("M51.26") | {"onsetDateTime": None, "bodySite": [None]}, observed("foot_drop", valueBoolean=True, valueString=None))
    assert present(reading) == {"lumbar_disc_herniation"}
    assert value(reading, "foot_drop") is True
    assert not reading.warnings


def test_a_single_resource_is_a_record_of_one_person() -> None:
    (reading,) = readings(json.dumps({"resourceType": "Condition", "id": "c", "code": icd("M51.26")["code"]}).encode())
    assert present(reading) == {"lumbar_disc_herniation"}
    assert reading.person == ""


def test_fhir_is_told_from_other_json() -> None:
    assert looks_like_fhir(bundle(patient()))
    assert looks_like_fhir(b'\xef\xbb\xbf {\n "resourceType" : "Patient"}')
    assert not looks_like_fhir(b'{"answers": {"foot_drop": true}}')
    assert not looks_like_fhir(b'[{"resourceType": "Patient"}]')
    assert not looks_like_fhir(b"the resourceType is unknown")
