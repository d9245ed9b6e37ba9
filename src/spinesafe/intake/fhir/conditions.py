"""Diagnoses, problems and symptoms on record, with their status and their beginning."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

import msgspec

from spinesafe.intake.fhir.codes import Said, shown
from spinesafe.intake.fhir.context import Context, code_of, value_of
from spinesafe.intake.fhir.diagnosers import DOCTOR, is_by_a_doctor
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.moments import Moment, beginning, moment, of_days, of_period
from spinesafe.intake.fhir.resources import Condition, Patient
from spinesafe.model.fact import Members, Value
from spinesafe.rulebase.names import DIAGNOSES

_CURRENT = frozenset({"active", "recurrence", "relapse"})
_PAST = frozenset({"inactive", "remission", "resolved"})
_AGAIN = frozenset({"recurrence", "relapse"})
_WRONG = frozenset({"refuted", "entered-in-error"})
_OPEN = frozenset({"unconfirmed", "provisional", "differential"})
_SURE = frozenset({"confirmed"})
_UCUM_YEARS = "a"

Course = Literal["current", "past"]


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """A condition with its status made out."""

    condition: Condition
    where: str
    quote: str
    course: Course
    verified: str
    onset: Moment | None


def read_conditions(context: Context, entries: Iterable[Entry], person: Patient | None) -> Iterator[Statement]:
    """What the conditions of one person say."""
    for entry in entries:
        if isinstance(entry.resource, Condition):
            yield from _condition(context, entry, entry.resource, person)


def _condition(context: Context, entry: Entry, condition: Condition, person: Patient | None) -> Iterator[Statement]:
    where, quote = entry.where, shown(condition.code)
    recorded = moment(condition.recorded_date)
    if recorded is not None and context.is_in_the_future(recorded):
        context.account.warn("fhir_in_the_future", where, date=recorded.first_day.isoformat())
    verified = code_of(condition.verification_status, _WRONG | _OPEN | _SURE)
    if verified in _WRONG:
        context.account.ignore("fhir_refuted" if verified == "refuted" else "fhir_entered_in_error", where, quote=quote)
        return
    said = context.index.said("condition", condition.code, context.index.region(condition.body_site))
    if not said:
        for why, code in context.index.why_unread("condition", condition.code):
            context.account.ignore(why, where, quote=code)
        return
    born = moment(person.birth_date) if person else None
    read = _Read(
        condition=condition,
        where=where,
        quote=quote,
        course=_course(context, condition, where, quote),
        verified=verified,
        onset=_onset(context, condition, where, born),
    )
    statements = list(_statements(context, read, said))
    yield from statements
    spinal = any(s.finding == DIAGNOSES and _is_the_complaint(context, s.value) for s in statements)
    if spinal and read.course == "current":
        yield from _diagnosis(context, entry, read)


def _course(context: Context, condition: Condition, where: str, quote: str) -> Course:
    status = code_of(condition.clinical_status, _CURRENT | _PAST)
    ended = moment(condition.abatement_date_time) or of_period(condition.abatement_period)
    over = bool(condition.abatement_age or condition.abatement_string) or (ended is not None and not context.is_in_the_future(ended))
    if status in _PAST:
        return "past"
    if status in _CURRENT and over:
        context.account.warn("fhir_active_and_over", where, quote=quote)
        return "current"
    if status not in {*_CURRENT, ""}:
        context.account.warn("fhir_status_unknown", where, quote=quote, status=status)
    return "past" if over and not status else "current"


def _onset(context: Context, condition: Condition, where: str, born: Moment | None) -> Moment | None:
    if condition.onset_string:
        context.account.ignore("fhir_onset_in_words", where)
    onset = moment(condition.onset_date_time) or beginning(condition.onset_period)
    if onset is None and (condition.onset_date_time or (condition.onset_period and condition.onset_period.start)):
        context.account.warn("fhir_date_unreadable", where, date=condition.onset_date_time)
    age = condition.onset_age
    if onset is None and age and born and age.value is not None and age.code == _UCUM_YEARS and born.first_day == born.last_day:
        years = int(age.value)
        onset = of_days(_birthday(born.first_day, years), _birthday(born.first_day, years + 1))
    if context.is_in_the_future(onset):
        context.account.warn("fhir_in_the_future", where, date=onset.first_day.isoformat() if onset else "")
        return None
    # A disease that came back did not begin this time when it began the first time.
    return None if code_of(condition.clinical_status, _CURRENT) in _AGAIN else onset


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)


def _statements(context: Context, read: _Read, said: Iterable[Said]) -> Iterator[Statement]:
    for one in said:
        value = _value(context, read, one)
        if value is None:
            why = "fhir_resolved" if read.course == "past" else "fhir_over_by_now"
            context.account.ignore(why, read.where, finding=one.finding, value=_told(one), quote=read.quote)
            continue
        if one.alternatives:
            context.account.warn("fhir_one_of_several", read.where, finding=one.finding, value=_told(one), quote=read.quote)
        yield Statement(
            finding=one.finding,
            value=value,
            where=read.where,
            quote=read.quote,
            at=of_days(context.as_of, context.as_of),
            onset=read.onset if read.course == "current" else None,
        )


def _told(said: Said) -> str:
    return ", ".join(said.value) if isinstance(said.value, tuple) else str(said.value).lower()


def _value(context: Context, read: _Read, said: Said) -> Value | None:
    """What it says, given its course: a disease that is over says only what its record entry keeps of it."""
    record = said.record
    course = read.course
    if record and record.counts_to_day is not None and course == "current":
        began = read.onset or moment(read.condition.recorded_date)
        if began and began.days_before(context.as_of)[0] > record.counts_to_day:
            course = "past"
    if course == "past":
        if lasting := _lifelong(context, said):
            context.account.warn("fhir_lifelong_called_over", read.where, finding=said.finding, value=", ".join(lasting), quote=read.quote)
            return value_of(lasting)
        kept = record.sets_when_past.get(said.finding) if record else None
        return None if kept is None else value_of(kept)
    return None if said.value is None else value_of(said.value)


def _lifelong(context: Context, said: Said) -> tuple[str, ...]:
    """The diagnoses among what it says that do not end, whatever a record says."""
    if said.finding != DIAGNOSES or not isinstance(said.value, tuple):
        return ()
    return tuple(name for name in said.value if context.rulebase.conditions[name].lifelong)


def _is_the_complaint(context: Context, value: Value) -> bool:
    """Whether a diagnosis says what is wrong with the spine."""
    beside = {name for r in context.rulebase.records.values() if r.about == "diagnosis" for name in r.of}
    return isinstance(value, Members) and bool(value.present - beside)


def _diagnosis(context: Context, entry: Entry, read: _Read) -> Iterator[Statement]:
    today = of_days(context.as_of, context.as_of)
    if read.verified in _OPEN:
        quote = f"{read.quote} ({read.verified})"
        yield Statement(finding="diagnosis_status", value="suspected", where=read.where, quote=quote, at=today)
    elif read.verified in _SURE:
        yield Statement(finding="diagnosis_status", value="confirmed", where=read.where, quote=read.quote, at=today)
        if is_by_a_doctor(context, entry, read.condition):
            yield Statement(finding="diagnosed_by", value=DOCTOR, where=read.where, quote=read.quote, at=today)
        else:
            context.account.ignore("fhir_no_doctor_behind_it", read.where, quote=read.quote)
    elif read.verified:
        context.account.warn("fhir_status_unknown", read.where, quote=read.quote, status=read.verified)
