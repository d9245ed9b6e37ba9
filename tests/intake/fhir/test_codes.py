import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.intake.fhir import OWN_SYSTEM, read_fhir
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.record_format import Families
from tests.intake.fhir.records import (
    ICD10CM,
    SNOMED,
    TODAY,
    Json,
    bundle,
    coded,
    condition,
    findings,
    icd,
    observed,
    patient,
    present,
    read,
    value,
    whys,
)

DISC = {"lumbar_disc_herniation"}


def diagnoses(*codes: str, system: str = ICD10CM) -> set[str]:
    return present(read(condition(coded(system, *codes))))


@pytest.mark.parametrize("code", ["M51.26", "M5126", "m51.26", "m5126", " M51.26 "])
def test_dots_and_case_do_not_matter(code: str) -> None:
    assert diagnoses(code) == DISC


@given(st.sampled_from(sorted({c for d in load().conditions.values() for c in d.codes.icd10cm})))
def test_dots_never_matter(code: str) -> None:
    with_dots, without = read(icd(code)), read(icd(code.replace(".", "")))
    assert findings(with_dots) == findings(without)
    assert with_dots.facts.keys() - {"age_years"} or whys(with_dots.ignored) == ["fhir_code_says_too_little"]


@pytest.mark.parametrize(
    ("code", "read_as"),
    [
        ("M41.124", {"adolescent_idiopathic_scoliosis"}),
        ("M41.35", {"secondary_scoliosis"}),
        ("M41.9", {"scoliosis"}),
        ("S14.129D", {"central_cord_syndrome"}),
        ("S14.105A", {"spinal_cord_injury"}),
        ("S14.109S", {"spinal_cord_injury"}),
        ("S22.070A", {"thoracic_fracture_dislocation"}),
        ("M54.59", {"nonspecific_low_back_pain"}),
        ("M54.5", {"nonspecific_low_back_pain"}),
        ("M51.369", {"disc_degeneration"}),
        ("C79.51", {"spinal_metastasis"}),
        ("Q05.7", {"myelomeningocele"}),
    ],
)
def test_a_child_code_reads_as_its_nearest_heading(code: str, read_as: set[str]) -> None:
    assert diagnoses(code) == read_as


@pytest.mark.parametrize("code", ["M51", "M51.2", "M54", "M48.0", "S14", "G83", "M21.3", "C7", "Q0"])
def test_a_heading_never_reads_as_one_of_its_children(code: str) -> None:
    reading = read(icd(code))
    assert findings(reading) == {}
    assert whys(reading.ignored) == ["fhir_code_is_a_heading"]


@given(st.sampled_from(sorted({c for d in load().conditions.values() for c in d.codes.icd10cm})), st.integers(1, 7))
def test_a_code_cut_short_says_only_what_is_listed_for_it_or_above_it(code: str, length: int) -> None:
    rulebase, cut = load(), code.replace(".", "")[:length]
    listed = [(c, {d.id}) for d in rulebase.conditions.values() for c in d.codes.icd10cm]
    for record in rulebase.records.values():
        sets = record.sets.get("diagnosis_condition", ())
        listed.extend((c, set(sets)) for c in record.codes.icd10cm if record.about == "condition" and isinstance(sets, tuple))
    above = [names for c, names in listed if cut.startswith(c.replace(".", ""))]
    assert present(read(icd(cut))) <= set().union(*above)


def test_a_foot_that_drops_is_read_on_either_side() -> None:
    for code in ("M21.371", "M21.372", "M21.379"):
        assert value(read(icd(code)), "foot_drop") is True


def test_a_code_that_says_too_little_is_named() -> None:
    for code in ("Z98.890", "D36.10"):
        reading = read(icd(code))
        assert findings(reading) == {}
        assert whys(reading.ignored) == ["fhir_code_says_too_little"]


@pytest.mark.parametrize(
    ("coding", "why"),
    [
        ({"system": "http://hl7.org/fhir/sid/icd-9-cm", "code": "722.10"}, "fhir_icd9"),
        ({"system": "urn:oid:2.16.840.1.113883.6.103", "code": "722.10"}, "fhir_icd9"),
        ({"code": "M51.26"}, "fhir_code_without_system"),
        ({"system": "https://hospital.example/codes", "code": "M51.26"}, "fhir_code_unknown"),
        ({"system": SNOMED, "code": "38341003"}, "fhir_code_unknown"),
        ({"system": "http://hl7.org/fhir/sid/icd-10", "code": "M51.26"}, "fhir_code_unknown"),
        ({"system": SNOMED, "display": "Cauda equina syndrome"}, "fhir_only_text"),
        ({}, "fhir_only_text"),
    ],
)
def test_a_code_that_is_not_read_is_named(coding: Json, why: str) -> None:
    reading = read(condition({"coding": [coding]}))
    assert findings(reading) == {}
    assert whys(reading.ignored) == [why]


def test_a_text_is_never_a_code() -> None:
    reading = read(condition({"text": "cauda equina syndrome G83.4"}))
    assert findings(reading) == {}
    assert whys(reading.ignored) == ["fhir_only_text"]


def test_a_condition_without_a_code_is_named() -> None:
    assert whys(read(condition({})).ignored) == ["fhir_no_code"]


def test_unknown_codes_are_counted() -> None:
    reading = read(*(condition(coded(SNOMED, "160903007"), f"c{n}") for n in range(7)))
    assert [(i.why, i.details["count"]) for i in reading.ignored] == [("fhir_code_unknown", "7")]


@pytest.mark.parametrize(
    ("system", "code", "read_as"),
    [
        ("http://hl7.org/fhir/sid/icd-10", "G83.4", {"cauda_equina_syndrome"}),
        ("urn:oid:2.16.840.1.113883.6.90", "G83.4", {"cauda_equina_syndrome"}),
        ("http://id.who.int/icd/release/11/mms", "FA80.9", DISC),
        ("http://id.who.int/icd/release/11/mms", "FA80.9&XK8G/ME84.2Z", DISC | {"nonspecific_low_back_pain"}),
        ("http://id.who.int/icd/release/11/mms", "2E03", {"spinal_metastasis"}),
        ("http://snomed.info/sct/900000000000207008/version/20260101", "192970008", {"cauda_equina_syndrome"}),
        ("http://snomed.info/sct/", "192970008", {"cauda_equina_syndrome"}),
        ("http://www.orpha.net", "1671", {"split_cord_malformation"}),
        ("http://www.orpha.net", "ORPHA:1671", {"split_cord_malformation"}),
        (OWN_SYSTEM, "lumbar_disc_herniation", DISC),
    ],
)
def test_code_systems_that_are_read(system: str, code: str, read_as: set[str]) -> None:
    assert diagnoses(code, system=system) == read_as


def test_our_own_code_of_a_danger_sets_it_and_of_a_protective_finding_does_not() -> None:
    assert value(read(condition(coded(OWN_SYSTEM, "saddle_numbness"))), "saddle_numbness") is True
    assert findings(read(condition(coded(OWN_SYSTEM, "pain_same_as_usual")))) == {}


def test_a_code_without_a_level_is_read_as_each_that_it_may_mean_and_said() -> None:
    reading = read(condition(coded(SNOMED, "73589001")))
    assert present(reading) == {"lumbar_disc_herniation", "cervical_disc_herniation", "thoracic_disc_herniation"}
    assert whys(reading.warnings) == ["fhir_one_of_several"]


@pytest.mark.parametrize(("site", "level"), [("122496007", "lumbar"), ("122494005", "cervical"), ("122495006", "thoracic")])
def test_the_body_site_tells_the_level(site: str, level: str) -> None:
    reading = read(condition(coded(SNOMED, "73589001"), bodySite=[coded(SNOMED, site)]))
    assert present(reading) == {f"{level}_disc_herniation"}


def test_a_second_coding_of_the_same_concept_tells_the_level() -> None:
    both = {"coding": [*coded(SNOMED, "73589001")["coding"], *coded(ICD10CM, "M51.26")["coding"]]}
    assert present(read(condition(both))) == DISC


def test_knowledge_without_record_entries_reads_the_codes_of_its_findings(rulebase: RuleBase) -> None:
    bare = msgspec.structs.replace(rulebase, records={})
    (reading,) = read_fhir(bundle(patient(), icd("G83.4"), icd("R20.0", name="d", onsetDateTime="2019")), bare, TODAY)
    assert present(reading) == {"cauda_equina_syndrome"}
    assert value(reading, "saddle_numbness") is True
    assert "sphincter_onset_days" not in reading.facts
    old = observed("foot_drop", at="1999-01-01", valueBoolean=True)
    assert value(read_fhir(bundle(patient(), old), bare, TODAY)[0], "foot_drop") is True


def test_the_wording_says_every_reason(rulebase: RuleBase) -> None:
    reading = read(icd("M51"), icd("XYZ", name="d"), condition({}, "e"), condition(coded(SNOMED, "73589001"), "f"))
    for item in (*reading.ignored, *reading.warnings):
        text = rulebase.sentences[item.why]
        assert "{" not in text.en.format(**item.details) + text.zh.format(**item.details)


def test_every_heading_of_the_knowledge_stands_in_the_code_set(rulebase: RuleBase) -> None:
    codes = pytest.importorskip("simple_icd_10_cm")
    for record in rulebase.records.values():
        for families in (record.codes, record.except_codes):
            for code in (end for entry in families.icd10cm for end in entry.split("-")):
                assert codes.is_valid_item(code), (record.id, code)


def test_families_hold_no_code_twice(rulebase: RuleBase) -> None:
    for system in Families.__struct_fields__:
        entries = [(r, code) for r in rulebase.records.values() for code in getattr(r.codes, system)]
        held = [(record.about, record.at, code, finding) for record, code in entries for finding in record.sets]
        assert len(held) == len(set(held)), system
