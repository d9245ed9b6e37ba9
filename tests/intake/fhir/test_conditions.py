import pytest

from tests.intake.fhir.records import (
    ICD10CM,
    bundle,
    coded,
    condition,
    findings,
    icd,
    interview,
    patient,
    present,
    read,
    readings,
    value,
    whys,
)


def test_a_recorded_diagnosis_says_nothing_of_the_others() -> None:
    fact = read(icd("M51.26")).facts["diagnosis_condition"]
    assert fact.provenance.quote == "ICD-10-CM M51.26"
    assert fact.provenance.where == "Condition/c"
    assert getattr(fact.value, "absent", None) == frozenset()


@pytest.mark.parametrize("clinical", ["active", "recurrence", "relapse", ""])
def test_what_is_current_is_present(clinical: str) -> None:
    assert present(read(icd("G83.4", clinical=clinical))) == {"cauda_equina_syndrome"}


@pytest.mark.parametrize("clinical", ["inactive", "remission", "resolved"])
def test_what_is_over_is_not_present_and_not_cleared(clinical: str) -> None:
    reading = read(icd("S32.019A", clinical=clinical), icd("R20.0", name="d", clinical=clinical))
    assert findings(reading) == {}
    assert [(i.why, i.finding) for i in reading.ignored] == [("fhir_resolved", "diagnosis_condition"), ("fhir_resolved", "saddle_numbness")]


@pytest.mark.parametrize("clinical", ["inactive", "remission", "resolved"])
def test_a_lifelong_disease_does_not_end_whatever_a_record_says(clinical: str) -> None:
    reading = read(icd("Q90.9", clinical=clinical))
    assert present(reading) == {"down_syndrome"}
    assert "fhir_lifelong_called_over" in whys(reading.warnings)


def test_what_has_ended_without_a_status_is_over() -> None:
    for ended in ({"abatementDateTime": "2020-01-01"}, {"abatementPeriod": {"start": "2020-01-01"}}, {"abatementString": "long ago"}):
        assert findings(read(icd("G83.4", clinical="", **ended))) == {}


def test_an_end_in_the_future_has_not_come() -> None:
    assert present(read(icd("G83.4", clinical="", abatementDateTime="2027-01-01"))) == {"cauda_equina_syndrome"}


def test_active_and_over_at_once_is_present_and_said() -> None:
    reading = read(icd("G83.4", abatementDateTime="2026-10-01"))
    assert present(reading) == {"cauda_equina_syndrome"}
    assert whys(reading.warnings) == ["fhir_active_and_over"]


@pytest.mark.parametrize(("verified", "why"), [("refuted", "fhir_refuted"), ("entered-in-error", "fhir_entered_in_error")])
def test_what_was_ruled_out_or_a_mistake_is_ignored(verified: str, why: str) -> None:
    reading = read(icd("G83.4", verified=verified))
    assert findings(reading) == {}
    assert whys(reading.ignored) == [why]


@pytest.mark.parametrize("verified", ["unconfirmed", "provisional", "differential"])
def test_a_suspicion_is_a_danger_and_no_diagnosis(verified: str) -> None:
    reading = read(icd("C79.51", verified=verified))
    assert present(reading) == {"spinal_metastasis"}
    assert value(reading, "diagnosis_status") == "suspected"
    assert "diagnosed_by" not in reading.facts


def test_one_suspicion_beside_a_confirmed_diagnosis_leaves_the_diagnosis_open() -> None:
    reading = read(icd("M51.26"), icd("C79.51", name="d", verified="provisional"))
    assert value(reading, "diagnosis_status") == "suspected"
    assert "fhir_contradiction" in whys(reading.warnings)


def test_a_diagnosis_whose_certainty_is_not_told_sets_no_status() -> None:
    assert "diagnosis_status" not in read(icd("M51.26", verified="")).facts


def test_a_disease_beside_the_complaint_is_no_diagnosis_of_it() -> None:
    reading = read(icd("M81.0"), icd("Q90.9", name="d"))
    assert present(reading) == {"osteoporosis", "down_syndrome"}
    assert "diagnosis_status" not in reading.facts


def test_statuses_that_are_not_known_are_said_and_read_as_present() -> None:
    reading = read(icd("M51.26", clinical="maybe", verified="perhaps"))
    assert present(reading) == {"lumbar_disc_herniation"}
    assert whys(reading.warnings) == ["fhir_status_unknown", "fhir_status_unknown"]


def test_older_servers_write_a_status_as_a_word() -> None:
    data = icd("M51.26") | {"clinicalStatus": "resolved", "verificationStatus": "confirmed"}
    assert findings(read(data)) == {}


@pytest.mark.parametrize(
    ("code", "clinical", "expected"),
    [
        ("C50.911", "active", "current"),
        ("C50.911", "resolved", "past"),
        ("C50.911", "remission", "past"),
        ("Z85.3", "active", "past"),
        ("Z85.3", "resolved", "past"),
        ("C90.01", "remission", "past"),
    ],
)
def test_a_cancer_that_is_over_is_a_cancer_in_the_past(code: str, clinical: str, expected: str) -> None:
    assert value(read(icd(code, clinical=clinical)), "cancer_history") == expected


def test_a_tumour_of_the_canal_is_no_cancer_history() -> None:
    assert "cancer_history" not in read(icd("C72.0")).facts


def test_a_broken_bone_of_old_still_tells_of_thin_bones() -> None:
    reading = read(icd("M80.08XA", clinical="resolved"))
    assert value(reading, "bone_strength") == "prior_fragility_fracture"
    assert present(reading) == set()


def test_a_pregnancy_that_was_never_closed_ends_by_itself() -> None:
    assert value(read(icd("Z34.90", onsetDateTime="2026-06-01")), "pregnancy_status") == "yes"
    assert value(read(icd("Z34.90")), "pregnancy_status") == "yes"
    old = read(icd("Z34.90", onsetDateTime="1994-06-01"))
    assert "pregnancy_status" not in old.facts
    assert whys(old.ignored) == ["fhir_over_by_now"]
    assert "pregnancy_status" not in read(icd("Z34.90", recordedDate="1994-06-01")).facts


def test_the_day_a_sign_began_is_read() -> None:
    reading = read(icd("M21.371", onsetDateTime="2026-11-20"))
    assert value(reading, "deficit_onset_days") == 4
    assert reading.facts["deficit_onset_days"].provenance.where == "Condition/c"


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("R20.0", "sphincter_onset_days"),
        ("R33.9", "sphincter_onset_days"),
        ("R15.9", "sphincter_onset_days"),
        ("S22.070A", "trauma_days_ago"),
        ("S13.4XXA", "trauma_days_ago"),
        ("H53.2", "brainstem_onset_days"),
        ("M54.50", "symptom_duration_days"),
        ("M51.26", "symptom_duration_days"),
    ],
)
def test_each_beginning_dates_its_own_count(code: str, dated: str) -> None:
    reading = read(icd(code, onsetDateTime="2026-11-14T23:30:00+08:00"))
    counts = {name for name, fact in reading.facts.items() if isinstance(fact.value, float) and name != "age_years"}
    assert counts == {dated}
    assert value(reading, dated) == 10


def test_a_herniation_never_dates_the_present_flare() -> None:
    assert "current_episode_days" not in read(icd("M51.26", onsetDateTime="2026-11-20")).facts


def test_of_several_beginnings_the_newest_counts_for_a_danger_and_the_oldest_for_a_duration() -> None:
    reading = read(
        icd("R20.0", onsetDateTime="2026-11-01"),
        icd("R33.9", name="d", onsetDateTime="2026-11-21"),
        icd("M51.26", name="e", onsetDateTime="2026-01-01"),
        icd("M54.50", name="f", onsetDateTime="2025-11-24"),
    )
    assert value(reading, "sphincter_onset_days") == 3
    assert value(reading, "symptom_duration_days") == 365


def test_a_beginning_counts_only_if_everything_in_its_group_has_one() -> None:
    reading = read(icd("R32", onsetDateTime="2019-01-01"), icd("R20.0", name="d"))
    assert "sphincter_onset_days" not in reading.facts
    assert "fhir_not_all_dated" in whys(reading.ignored)


def test_an_old_date_on_record_does_not_age_a_sign_that_was_just_told() -> None:
    reading = read(icd("R32", onsetDateTime="2019-01-01"), interview(saddle_numbness=True))
    assert "sphincter_onset_days" not in reading.facts


def test_an_answer_and_a_date_on_record_leave_the_graver() -> None:
    newer = read(icd("R32", onsetDateTime="2026-11-21"), interview(sphincter_onset_days=400))
    older = read(icd("R32", onsetDateTime="2019-01-01"), interview(sphincter_onset_days=3))
    assert value(newer, "sphincter_onset_days") == value(older, "sphincter_onset_days") == 3


def test_what_came_back_did_not_begin_this_time_when_it_began_the_first_time() -> None:
    assert "deficit_onset_days" not in read(icd("M21.371", clinical="recurrence", onsetDateTime="2019-01-01")).facts


def test_a_beginning_that_is_known_roughly_counts_where_no_rule_could_tell_the_difference() -> None:
    assert value(read(icd("M21.371", onsetDateTime="2019")), "deficit_onset_days") is not None
    rough = read(icd("M21.371", onsetDateTime="2026-11"))
    assert "deficit_onset_days" not in rough.facts
    assert whys(rough.warnings) == ["fhir_date_too_rough"]


def test_a_beginning_in_the_future_dates_nothing() -> None:
    reading = read(icd("R20.0", onsetDateTime="2027-01-01"))
    assert value(reading, "saddle_numbness") is True
    assert "sphincter_onset_days" not in reading.facts
    assert whys(reading.warnings) == ["fhir_in_the_future"]


def test_a_record_of_tomorrow_is_said() -> None:
    reading = read(icd("G83.4", recordedDate="2027-01-01"))
    assert present(reading) == {"cauda_equina_syndrome"}
    assert whys(reading.warnings) == ["fhir_in_the_future"]


def test_a_beginning_told_as_an_age_is_counted_from_the_birth() -> None:
    age = {"value": 30, "system": "http://unitsofmeasure.org", "code": "a"}
    reading = read(icd("M21.371", onsetAge=age))
    assert value(reading, "deficit_onset_days") == 5670
    assert "deficit_onset_days" not in read(icd("M21.371", onsetAge=age | {"code": "mo"})).facts


def test_a_birthday_on_a_leap_day_comes_every_year() -> None:
    age = {"value": 30, "system": "http://unitsofmeasure.org", "code": "a"}
    (reading,) = readings(bundle(patient(birthDate="1984-02-29"), icd("M21.371", onsetAge=age)))
    assert value(reading, "deficit_onset_days") == 4287


def test_a_beginning_told_as_a_period_begins_with_it() -> None:
    assert value(read(icd("M21.371", onsetPeriod={"start": "2026-11-20", "end": "2026-11-23"})), "deficit_onset_days") == 4


def test_a_beginning_in_words_or_that_is_no_date_is_said() -> None:
    words, wrong = read(icd("M21.371", onsetString="three days ago")), read(icd("M21.371", onsetDateTime="last week"))
    assert "fhir_onset_in_words" in whys(words.ignored)
    assert "fhir_date_unreadable" in whys(wrong.warnings)
    assert "deficit_onset_days" not in {*words.facts, *wrong.facts}


def test_several_codes_of_one_condition_are_all_read() -> None:
    reading = read(condition(coded(ICD10CM, "R20.0", "R33.9")))
    assert value(reading, "saddle_numbness") is True
    assert value(reading, "urinary_retention") is True
