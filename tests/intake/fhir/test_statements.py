from spinesafe.model.fact import Answer
from tests.intake.fhir.records import absent, bundle, icd, interview, observed, own, patient, present, read, readings, value, whys


def test_the_latest_counts_by_the_instant_and_not_by_the_clock_on_the_wall() -> None:
    reading = read(
        observed("foot_drop", "a", at="2026-11-24T10:00:00+08:00", valueBoolean=True),
        observed("foot_drop", "b", at="2026-11-24T03:00:00+00:00", valueBoolean=False),
    )
    assert value(reading, "foot_drop") is False
    assert whys(reading.ignored) == ["fhir_replaced_by_later"]


def test_about_the_same_time_the_danger_stands_and_both_are_shown() -> None:
    reading = read(
        observed("foot_drop", "a", at="2026-11-24", valueBoolean=False),
        observed("foot_drop", "b", at="2026-11-24T08:00:00Z", valueBoolean=True),
    )
    assert value(reading, "foot_drop") is True
    (warning,) = reading.warnings
    assert (warning.why, warning.where, warning.value) == ("fhir_contradiction", "Observation/b", "true")
    assert (warning.details["other"], warning.details["said"]) == ("Observation/a", "false")


def test_about_the_same_time_the_protective_falls() -> None:
    reading = read(
        observed("pain_same_as_usual", "a", valueBoolean=True),
        observed("pain_same_as_usual", "b", valueBoolean=False),
        observed("imaging_done", "c", valueCodeableConcept=own("mri")),
        interview(imaging_done="none", doctor_guidance="advised_ok"),
        observed("doctor_guidance", "d", valueCodeableConcept=own("advised_against")),
    )
    assert value(reading, "pain_same_as_usual") is False
    assert "mri" in absent(reading, "imaging_done")
    assert value(reading, "doctor_guidance") == "advised_against"
    assert whys(reading.warnings).count("fhir_contradiction") == 3


def test_a_statement_without_a_time_may_be_of_any_time() -> None:
    reading = read(observed("foot_drop", "a", at="", valueBoolean=True), observed("foot_drop", "b", valueBoolean=False))
    assert value(reading, "foot_drop") is True


def test_what_the_record_calls_active_is_so_today() -> None:
    reading = read(icd("M21.371", recordedDate="2019-01-01"), interview(foot_drop=False, authored="2026-11-23"))
    assert value(reading, "foot_drop") is True


def test_a_complete_list_does_not_undo_a_diagnosis_on_record() -> None:
    reading = read(icd("M81.0"), interview(diagnosis_condition="lumbar_disc_herniation"))
    assert present(reading) == {"lumbar_disc_herniation", "osteoporosis"}
    assert "fhir_contradiction" in whys(reading.warnings)


def test_graver_of_two_dangers_is_taken_without_alarm() -> None:
    reading = read(observed("leg_pain", "a", valueCodeableConcept=own("one")), observed("leg_pain", "b", valueCodeableConcept=own("both")))
    assert value(reading, "leg_pain") == "both"
    assert (whys(reading.warnings), whys(reading.ignored)) == ([], ["fhir_graver_stands"])


def test_of_two_numbers_that_disagree_none_is_taken() -> None:
    reading = read(observed("pain_now_nrs", "a", valueInteger=2), observed("pain_now_nrs", "b", valueInteger=8))
    assert "pain_now_nrs" not in reading.facts
    assert [(i.why, i.value) for i in reading.warnings] == [("fhir_numbers_disagree", "2, 8")]


def test_not_knowing_does_not_undo_a_danger_but_does_undo_a_no() -> None:
    seen = read(observed("foot_drop", "a", at="2026-11-20", valueBoolean=True), interview(foot_drop="dont_know"))
    denied = read(observed("foot_drop", "a", at="2026-11-20", valueBoolean=False), interview(foot_drop="dont_know"))
    assert value(seen, "foot_drop") is True
    assert value(denied, "foot_drop") == Answer.DONT_KNOW


def test_not_knowing_a_list_undoes_an_older_list_without_a_danger() -> None:
    older = observed("umn_signs", "a", at="2026-11-20", valueCodeableConcept=own("none"))
    assert value(read(older, interview(umn_signs="dont_know")), "umn_signs") == Answer.DONT_KNOW
    danger = observed("umn_signs", "a", at="2026-11-20", valueCodeableConcept=own("clonus"))
    assert present(read(danger, interview(umn_signs="dont_know")), "umn_signs") == {"clonus"}


def test_two_that_agree_are_both_named() -> None:
    reading = read(icd("G83.4"), icd("G83.4", name="d"))
    assert [i.where for i in reading.read if i.finding == "diagnosis_condition"] == ["Condition/c", "Condition/d"]


def test_an_age_that_differs_by_a_birthday_is_the_one_of_the_birth_date() -> None:
    reading = read(interview(age_years=47))
    assert value(reading, "age_years") == 46
    assert not reading.warnings


def test_an_age_that_differs_by_more_is_not_known() -> None:
    reading = read(interview(age_years=64))
    assert "age_years" not in reading.facts
    assert whys(reading.warnings) == ["fhir_numbers_disagree"]


def test_the_source_of_a_fact_is_told() -> None:
    reading = read(interview(foot_drop=True), observed("leg_pain", valueCodeableConcept=own("one")))
    assert reading.facts["foot_drop"].provenance.source == "answer"
    assert reading.facts["foot_drop"].provenance.where == "QuestionnaireResponse/q.foot_drop"
    assert reading.facts["leg_pain"].provenance.source == "record"


def test_two_people_of_one_id_with_two_births_have_no_age() -> None:
    (reading,) = readings(bundle(patient(), patient(birthDate="1950-01-01")))
    assert "age_years" not in reading.facts
    assert set(whys(reading.warnings)) == {"fhir_same_id", "fhir_numbers_disagree"}
