from typing import Any

import pytest

from spinesafe.model.fact import Answer
from spinesafe.rulebase import RuleBase
from tests.intake.fhir.records import LOINC, SNOMED, UCUM, Json, absent, coded, observation, observed, own, present, read, value, whys

SAME = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def quantity(number: float, code: str = "", **more: Any) -> Json:
    return {"valueQuantity": {"value": number, **({"system": UCUM, "code": code} if code else {}), **more}}


def concept(system: str, code: str) -> Json:
    return {"valueCodeableConcept": coded(system, code)}


def interpreted(code: str) -> Json:
    return {"interpretation": [coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code)]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"valueBoolean": True}, True),
        ({"valueBoolean": False}, False),
        (concept(SNOMED, "373066001"), True),
        (concept(SNOMED, "373067005"), False),
        (concept(SNOMED, "2667000"), False),
        (concept(LOINC, "LA33-6"), True),
        (concept("http://terminology.hl7.org/CodeSystem/v2-0136", "N"), False),
        ({"valueCodeableConcept": own("yes")}, True),
        (interpreted("POS"), True),
        (interpreted("A"), True),
        (interpreted("NEG"), False),
        (interpreted("N"), False),
        (concept(LOINC, "LA12688-0"), Answer.DONT_KNOW),
        ({"valueCodeableConcept": own("dont_know")}, Answer.DONT_KNOW),
        ({"dataAbsentReason": coded(SAME, "asked-declined")}, Answer.DONT_KNOW),
        ({"dataAbsentReason": coded(SAME, "asked-unknown")}, Answer.DONT_KNOW),
    ],
)
def test_yes_and_no_in_every_way_they_are_sent(given: Json, expected: object) -> None:
    assert value(read(observed("foot_drop", **given)), "foot_drop") == expected


@pytest.mark.parametrize(
    ("finding", "given", "expected"),
    [
        ("leg_pain", {"valueCodeableConcept": own("both")}, "both"),
        ("leg_pain", {"valueCodeableConcept": coded("https://hospital.example", "one")}, "one"),
        ("leg_pain", {"valueBoolean": False}, "none"),
        ("provider_regulated", {"valueBoolean": True}, "yes"),
        ("pain_now_nrs", {"valueInteger": 7}, 7),
        ("pain_now_nrs", quantity(7, "{score}"), 7),
        ("pain_now_nrs", quantity(7, "1"), 7),
        ("pain_now_nrs", quantity(7), 7),
        ("cobb_degrees", quantity(24, "deg"), 24),
        ("aaa_diameter_cm", quantity(55, "mm"), 5.5),
        ("post_void_residual_ml", quantity(0.3, "L"), 300),
        ("symptom_duration_days", quantity(3, "wk"), 21),
        ("symptom_duration_days", quantity(50, "h"), 2),
        ("spine_surgery_weeks_ago", quantity(21, "d"), 3),
        ("deficit_onset_days", {"valueDateTime": "2026-11-20"}, 4),
        ("spine_surgery_weeks_ago", {"valueCodeableConcept": own("none")}, Answer.NONE),
        ("lowest_mrc_grade", {"dataAbsentReason": coded(SAME, "not-performed")}, Answer.NOT_EXAMINED),
    ],
)
def test_values_of_every_kind(finding: str, given: Json, expected: object) -> None:
    reading = read(observed(finding, **given))
    assert value(reading, finding) == expected
    assert not reading.warnings


@pytest.mark.parametrize(
    ("finding", "given", "why"),
    [
        ("foot_drop", {"valueString": "yes"}, "fhir_text_is_not_read"),
        ("foot_drop", {"valueInteger": 1}, "fhir_not_a_value"),
        ("foot_drop", quantity(1), "fhir_not_a_value"),
        ("foot_drop", {}, "fhir_no_value"),
        ("foot_drop", {"dataAbsentReason": coded(SAME, "masked")}, "fhir_no_value"),
        ("foot_drop", {"valueRange": {"low": {"value": 1}}}, "fhir_value_type_not_read"),
        ("foot_drop", {"valuePeriod": {"start": "2020"}}, "fhir_value_type_not_read"),
        ("foot_drop", concept(SNOMED, "260413007"), "fhir_not_a_value"),
        ("leg_pain", {"valueBoolean": True}, "fhir_not_a_value"),
        ("leg_pain", {"valueCodeableConcept": own("three")}, "fhir_not_a_value"),
        ("leg_pain", {"valueDateTime": "2026-11-20"}, "fhir_not_a_value"),
        ("facility_type", {"valueBoolean": False}, "fhir_not_a_value"),
        ("pain_now_nrs", {"valueBoolean": True}, "fhir_not_a_value"),
        ("pain_now_nrs", {"valueInteger": 11}, "fhir_number_out_of_range"),
        ("pain_now_nrs", quantity(7, "mm"), "fhir_unit"),
        ("pain_now_nrs", {"valueCodeableConcept": own("none")}, "fhir_not_a_value"),
        ("pain_now_nrs", {"valueDateTime": "2026-11-20"}, "fhir_not_a_value"),
        ("cobb_degrees", quantity(24), "fhir_unit"),
        ("cobb_degrees", {"valueQuantity": {"value": 24, "unit": "deg"}}, "fhir_unit"),
        ("cobb_degrees", {"valueQuantity": {"value": 24, "system": "https://other.example", "code": "deg"}}, "fhir_unit"),
        ("cobb_degrees", quantity(24, "deg", comparator=">"), "fhir_only_a_limit"),
        ("cobb_degrees", {"valueQuantity": {"code": "deg"}}, "fhir_no_value"),
        ("symptom_duration_days", {"valueDecimal": 2.5}, "fhir_not_a_whole_number"),
        ("symptom_duration_days", {"valueDateTime": "2027-01-01"}, "fhir_in_the_future"),
        ("saddle_numbness", {"dataAbsentReason": coded(SAME, "not-performed")}, "fhir_no_value"),
    ],
)
def test_what_is_no_value_is_refused_with_a_reason(finding: str, given: Json, why: str, rulebase: RuleBase) -> None:
    reading = read(observed(finding, **given))
    assert finding not in reading.facts
    assert [(i.why, i.finding) for i in reading.warnings] == [(why, finding)]
    text = rulebase.sentences[why]
    for told in (text.en, text.zh):
        assert told.format(**reading.warnings[0].details)


def test_what_is_too_old_to_count_is_not_complained_of() -> None:
    reading = read(observed("pain_now_nrs", at="2001-01-01", valueInteger=70), observed("foot_drop", "o2", at="2001-01-01"))
    assert (whys(reading.warnings), whys(reading.ignored)) == ([], ["fhir_too_old", "fhir_too_old"])


def test_an_interpretation_helps_where_the_value_does_not() -> None:
    assert value(read(observed("perianal_sensation_reduced", **quantity(3), **interpreted("A"))), "perianal_sensation_reduced") is True


def test_signs_are_told_one_by_one() -> None:
    reading = read(
        observation(coded(SNOMED, "366575004"), valueBoolean=True),
        observation(coded(SNOMED, "36649002"), "o2", valueBoolean=False),
    )
    assert present(reading, "umn_signs") == {"babinski"}
    assert absent(reading, "umn_signs") == {"clonus"}


def test_not_to_know_one_sign_says_nothing_of_the_others() -> None:
    reading = read(observation(coded(SNOMED, "36649002"), valueCodeableConcept=own("dont_know")))
    assert "umn_signs" not in reading.facts
    assert whys(reading.ignored) == ["fhir_not_known_of_one"]


def test_a_disease_without_its_level_is_each_that_it_may_be() -> None:
    reading = read(observation(coded(SNOMED, "73589001"), valueBoolean=True))
    assert len(present(reading)) == 3
    assert whys(reading.warnings) == ["fhir_one_of_several"]


def test_the_code_of_another_finding_is_no_answer() -> None:
    reading = read(observed("foot_drop", **concept(LOINC, "LA15173-0")), observed("saddle_numbness", "o2", **concept(SNOMED, "366575004")))
    assert whys(reading.warnings) == ["fhir_not_a_value", "fhir_not_a_value"]


def test_a_list_of_our_own_holds_one_member_or_none_of_them(rulebase: RuleBase) -> None:
    one = read(observed("umn_signs", valueCodeableConcept=own("hoffmann")))
    assert (present(one, "umn_signs"), absent(one, "umn_signs")) == ({"hoffmann"}, set())
    nothing = read(observed("umn_signs", valueCodeableConcept=own("none")))
    assert absent(nothing, "umn_signs") == set(rulebase.members["umn_signs"])


def test_a_pain_score_is_the_pain_now_and_not_its_change() -> None:
    reading = read(observation(coded(LOINC, "72514-3"), **quantity(6, "{score}")))
    assert value(reading, "pain_now_nrs") == 6
    assert "post_pain_change_nrs" not in reading.facts


def test_pregnancy_is_read_in_standard_codes() -> None:
    question = coded(LOINC, "82810-3")
    assert value(read(observation(question, **concept(LOINC, "LA15173-0"))), "pregnancy_status") == "yes"
    assert value(read(observation(question, **concept(SNOMED, "60001007"))), "pregnancy_status") == "no"
    assert value(read(observation(question, **concept(LOINC, "LA4489-6"))), "pregnancy_status") == Answer.DONT_KNOW


def test_a_value_of_a_choice_by_its_own_code() -> None:
    osteoporosis = observation(coded(SNOMED, "64859006"), valueBoolean=True)
    assert value(read(osteoporosis), "bone_strength") == "osteoporosis"
    denied = read(observation(coded(SNOMED, "64859006"), valueBoolean=False))
    assert "bone_strength" not in denied.facts
    assert "fhir_only_what_it_is_not" in whys(denied.warnings)
    assert absent(denied) == {"osteoporosis"}


def test_components_are_results_of_their_own() -> None:
    parts = [{"code": own("foot_drop"), "valueBoolean": True}, {"code": own("leg_pain"), "valueCodeableConcept": own("one")}]
    panel = observation(coded(LOINC, "11111-1"), component=parts)
    reading = read(panel)
    assert value(reading, "foot_drop") is True
    assert value(reading, "leg_pain") == "one"
    assert reading.facts["foot_drop"].provenance.where == "Observation/o.component[0]"


def test_a_panel_that_is_not_known_is_counted() -> None:
    panel = observation(coded(LOINC, "85354-9"), component=[{"code": coded(LOINC, "8480-6"), **quantity(120, "mm[Hg]")}])
    assert [i.quote for i in read(panel).ignored] == ["LOINC 8480-6", "LOINC 85354-9"]


@pytest.mark.parametrize(
    ("status", "why"), [("entered-in-error", "fhir_entered_in_error"), ("cancelled", "fhir_no_result"), ("registered", "fhir_no_result")]
)
def test_what_has_no_result_is_ignored(status: str, why: str) -> None:
    reading = read(observed("foot_drop", valueBoolean=True) | {"status": status})
    assert "foot_drop" not in reading.facts
    assert whys(reading.ignored) == [why]


@pytest.mark.parametrize("status", ["preliminary", "unknown"])
def test_what_is_not_final_is_read_and_said(status: str) -> None:
    reading = read(observed("foot_drop", valueBoolean=True) | {"status": status})
    assert value(reading, "foot_drop") is True
    assert whys(reading.warnings) == ["fhir_not_final"]


def test_what_is_about_something_else_than_the_person_is_ignored() -> None:
    reading = read(observed("foot_drop", valueBoolean=True, focus=[{"reference": "Patient/child"}]))
    assert "foot_drop" not in reading.facts
    assert whys(reading.ignored) == ["fhir_about_something_else"]


def test_a_time_that_is_no_date_is_said() -> None:
    assert whys(read(observed("foot_drop", at="yesterday", valueBoolean=True)).warnings) == ["fhir_date_unreadable"]


@pytest.mark.parametrize(
    "when",
    [
        {"effectivePeriod": {"start": "2026-11-20", "end": "2026-11-22"}},
        {"effectiveInstant": "2026-11-22T09:00:00Z"},
        {"issued": "2026-11-22T09:00:00Z"},
    ],
)
def test_time_in_every_way_it_is_sent(when: Json) -> None:
    reading = read(observed("foot_drop", at="", valueBoolean=True, **when))
    assert str(reading.facts["foot_drop"].provenance.as_of) == "2026-11-22"
