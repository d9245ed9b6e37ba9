from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.intake.fhir.moments import moment, of_period, whole_years
from spinesafe.intake.fhir.resources import Period
from tests.intake.fhir.records import Json, asked, bundle, icd, interview, observed, own, patient, present, read, readings, value, whys


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-11-24", "2026-11-24", "2026-11-24"),
        ("2026-11-24T23:30:00-05:00", "2026-11-24", "2026-11-24"),
        ("2026-11-24T23:30:00.123Z", "2026-11-24", "2026-11-24"),
        ("2026-11-24T23:30:00", "2026-11-24", "2026-11-24"),
    ],
)
def test_a_date_is_the_span_that_it_says(text: str, first: str, last: str) -> None:
    read_as = moment(text)
    assert read_as is not None
    assert (read_as.first_day.isoformat(), read_as.last_day.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13", "2026-02-30", "2026-11-24T", "2026-11-24T99:00:00Z", "24.11.2026", "0000"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text) is None


@given(st.text(max_size=30))
def test_no_text_is_a_crash(text: str) -> None:
    moment(text)


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2026-01-02", "2026-03", "2026-03-31"),
        ("2026-01-02", "", "2026-01-02"),
        ("", "2026-01-02", "2026-01-02"),
        ("2026-02", "2026-01-01", "2026-02-28"),
    ],
)
def test_a_period_runs_from_start_to_end(start: str, end: str, last: str) -> None:
    span = of_period(Period(start=start, end=end))
    assert span is not None
    assert span.last_day.isoformat() == last
    assert of_period(None) is None


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_age_grows_on_the_birthday(born: date, day: date) -> None:
    years = whole_years(born, day)
    assert born.year + years <= day.year
    assert (born.year + years, born.month, born.day) <= (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("born", "age"), [("1980-05-17", 46), ("1980-11-24", 46), ("1980-11-25", 45), ("2026-11-24", 0), ("1990", 35), ("1980-06", 46)]
)
def test_age_as_of_the_day(born: str, age: int) -> None:
    (reading,) = readings(bundle(patient(birthDate=born)))
    assert value(reading, "age_years") == age


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("1976", "fhir_birth_date_too_rough"),
        ("1895-01-01", "fhir_too_old_to_be_true"),
        ("2027-01-01", "fhir_in_the_future"),
        ("17.5.1980", "fhir_date_unreadable"),
    ],
)
def test_an_age_that_cannot_be_told_is_not_read(born: str, why: str) -> None:
    (reading,) = readings(bundle(patient(birthDate=born)))
    assert "age_years" not in reading.facts
    assert whys(reading.warnings) == [why]


def test_no_birth_date_is_no_age() -> None:
    (reading,) = readings(bundle({"resourceType": "Patient", "id": "p"}))
    assert reading.facts == {}


@pytest.mark.parametrize("died", [{"deceasedBoolean": True}, {"deceasedDateTime": "2020-01-01"}])
def test_a_death_is_said(died: Json) -> None:
    (reading,) = readings(bundle(patient(**died)))
    assert whys(reading.warnings) == ["fhir_died"]


@pytest.mark.parametrize(("finding", "answer"), [("saddle_numbness", False), ("cancer_history", "none"), ("umn_signs", "none")])
def test_an_old_no_says_nothing_of_today(finding: str, answer: object) -> None:
    fresh = read(asked({finding: answer}, authored="2026-11-12"))
    old = read(asked({finding: answer}, authored="2026-11-01"))
    assert finding in fresh.facts
    assert finding not in old.facts
    assert whys(old.ignored) == ["fhir_too_old"]


def test_an_old_danger_counts_for_a_while_and_a_lasting_one_for_ever() -> None:
    assert value(read(observed("foot_drop", at="2026-09-24", valueBoolean=True)), "foot_drop") is True
    assert "foot_drop" not in read(observed("foot_drop", at="2026-06-24", valueBoolean=True)).facts
    assert value(read(observed("cancer_history", at="2001-06-24", valueCodeableConcept=own("past"))), "cancer_history") == "past"


def test_of_an_old_list_only_the_dangers_count() -> None:
    reading = read(interview(diagnosis_condition="osteoporosis", authored="2024-01-01"))
    assert present(reading) == {"osteoporosis"}
    assert getattr(reading.facts["diagnosis_condition"].value, "absent", None) == frozenset()
    assert whys(reading.ignored) == ["fhir_too_old"]


def test_what_does_not_change_is_read_however_old() -> None:
    reading = read(interview(hla_b27="negative", pain_onset_age_years=30, authored="2010-01-01"))
    assert value(reading, "hla_b27") == "negative"
    assert value(reading, "pain_onset_age_years") == 30


def test_days_that_were_counted_then_have_gone_on() -> None:
    reading = read(interview(current_episode_days=3, spine_surgery_weeks_ago=2, authored="2026-11-17"))
    assert value(reading, "current_episode_days") == 10
    assert value(reading, "spine_surgery_weeks_ago") == 3
    assert value(read(interview(spine_surgery_weeks_ago="none", authored="2026-11-17")), "spine_surgery_weeks_ago") is not None


def test_days_that_were_told_as_a_date_are_counted_once() -> None:
    by_interview = read(interview(current_episode_days={"valueDate": "2026-11-10"}, authored="2026-11-17"))
    by_observation = read(observed("current_episode_days", at="2026-11-17", valueDateTime="2026-11-10"))
    assert value(by_interview, "current_episode_days") == value(by_observation, "current_episode_days") == 14


def test_days_counted_at_a_rough_date_are_read_only_if_it_makes_no_difference() -> None:
    rough = read(interview(symptom_duration_days=3, authored="2026-10"))
    assert "symptom_duration_days" not in rough.facts
    assert whys(rough.warnings) == ["fhir_date_too_rough"]
    assert value(read(interview(symptom_duration_days=3, authored="2019")), "symptom_duration_days") is not None


def test_a_wrong_date_neither_hides_a_danger_nor_clears_one() -> None:
    danger = read(observed("foot_drop", "a", at="2126-11-24", valueBoolean=True), interview(foot_drop=False))
    cleared = read(observed("foot_drop", "a", valueBoolean=True), interview(foot_drop=False, authored="2126-11-24"))
    assert value(danger, "foot_drop") is value(cleared, "foot_drop") is True
    assert "fhir_in_the_future" in whys(danger.warnings)
    assert "fhir_in_the_future" in whys(cleared.warnings)
    listed = read(interview(diagnosis_condition="osteoporosis", authored="2126-11-24"))
    assert present(listed) == {"osteoporosis"}


def test_today_abroad_is_not_the_future() -> None:
    assert not read(observed("foot_drop", at="2026-11-25T06:00:00+08:00", valueBoolean=False)).warnings


def test_the_same_record_grows_older_with_the_day() -> None:
    record = icd("M21.371", onsetDateTime="2026-11-20")
    assert [value(read(record, as_of=date(2026, 11, day)), "deficit_onset_days") for day in (20, 24, 30)] == [0, 4, 10]
