"""Times as records write them: a year, a month, a day, or an instant with its offset. What is not said stays a span."""

import re
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from spinesafe.intake.fhir.resources import Period

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(.+))?)?)?")
_OFFSET = re.compile(r"(Z|[+-]\d{2}:\d{2})$")
_DECEMBER = 12


class Moment(msgspec.Struct, frozen=True, order=False):
    """A span of time that something lies in. Instants compare as instants; days are those of the place where it was written."""

    first: datetime
    last: datetime
    first_day: date
    last_day: date

    def is_after(self, other: "Moment") -> bool:
        """It is certainly later: the spans do not touch."""
        return self.first > other.last

    def days_before(self, as_of: date) -> tuple[int, int]:
        """How many days ago it was, at least and at most."""
        return (as_of - self.last_day).days, (as_of - self.first_day).days


def of_days(first: date, last: date) -> Moment:
    """The span from one day to another."""
    return Moment(datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC), first, last)


def moment(text: str) -> Moment | None:
    """The span that a FHIR date, dateTime or instant says, or nothing where it cannot be read."""
    shape = _SHAPE.fullmatch(text.strip())
    if not shape:
        return None
    year, month, day, clock = shape.groups()
    try:
        if clock is not None:
            return _instant(text.strip())
        if day is not None:
            return of_days(date(int(year), int(month), int(day)), date(int(year), int(month), int(day)))
        if month is not None:
            return of_days(date(int(year), int(month), 1), _last_of_month(int(year), int(month)))
        return of_days(date(int(year), 1, 1), date(int(year), _DECEMBER, 31))
    except (ValueError, OverflowError):
        return None


def of_period(period: Period | None) -> Moment | None:
    """The span of a period; one that is still running, or has no start, is the day that it names."""
    if period is None:
        return None
    start, end = moment(period.start), moment(period.end)
    if start and end and not start.is_after(end):
        return Moment(start.first, end.last, start.first_day, end.last_day)
    return start or end


def beginning(period: Period | None) -> Moment | None:
    """When a period began."""
    return moment(period.start) if period else None


def _instant(text: str) -> Moment:
    read = datetime.fromisoformat(text)
    if _OFFSET.search(text):
        at = read.astimezone(UTC)
        return Moment(at, at, read.date(), read.date())
    # Without an offset it may be any hour of that day.
    return of_days(read.date(), read.date())


def _last_of_month(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
    return following - timedelta(days=1)


def whole_years(start: date, end: date) -> int:
    """Completed years between two days."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
