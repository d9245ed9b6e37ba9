"""How old a statement may be, and what the beginning of one thing says of the age of another."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from spinesafe.intake.fhir.amounts import Refusal, checked, counts_time_since, time_since
from spinesafe.intake.fhir.context import Context
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.moments import Moment, of_days
from spinesafe.model.fact import Fact, Members
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.record_format import Record

_DAYS_A_WEEK = 7


def relied_on(context: Context, statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that still count: not from the future, unless they are dangers, and not too old. Counts of days run on."""
    for statement in statements:
        if statement.at is None:
            yield statement
        elif context.is_in_the_future(statement.at):
            yield from _from_the_future(context, statement, statement.at)
        elif (kept := _young_enough(context, statement, statement.at)) is not None:
            yield from _run_on(context, kept, statement.at)


def is_too_old(context: Context, finding: Finding, at: Moment | None) -> bool:
    """Whether nothing that was said of a finding at a time could still count, whatever it was."""
    limit = context.gravity.relied_on_days(finding, danger=finding.kind != "number")
    return at is not None and limit is not None and at.days_before(context.as_of)[0] > limit


def _from_the_future(context: Context, statement: Statement, at: Moment) -> Iterator[Statement]:
    """A wrong date must not hide a danger, nor clear one."""
    finding = context.rulebase.findings[statement.finding]
    context.account.warn("fhir_in_the_future", statement.where, finding=finding.id, date=at.first_day.isoformat())
    if context.gravity.is_danger(finding, statement.value):
        value = Members(statement.value.present) if isinstance(statement.value, Members) else statement.value
        yield msgspec.structs.replace(statement, value=value, at=of_days(context.as_of, context.as_of))


def _young_enough(context: Context, statement: Statement, at: Moment) -> Statement | None:
    finding = context.rulebase.findings[statement.finding]
    fewest, most = at.days_before(context.as_of)
    for_danger = context.gravity.relied_on_days(finding, danger=True)
    for_others = context.gravity.relied_on_days(finding, danger=False)
    danger = context.gravity.is_danger(finding, statement.value)
    if danger and (for_danger is None or fewest <= for_danger):
        if isinstance(statement.value, Members) and for_others is not None and most > for_others and statement.value.absent:
            _too_old(context, statement)
            return msgspec.structs.replace(statement, value=Members(statement.value.present))
        return statement
    if not danger and (for_others is None or most <= for_others):
        return statement
    _too_old(context, statement)
    return None


def _too_old(context: Context, statement: Statement) -> None:
    context.account.ignore("fhir_too_old", statement.where, finding=statement.finding)


def _run_on(context: Context, statement: Statement, at: Moment) -> Iterator[Statement]:
    finding = context.rulebase.findings[statement.finding]
    if statement.counted_now or not isinstance(statement.value, float) or not counts_time_since(finding):
        yield statement
        return
    unit = _DAYS_A_WEEK if finding.unit == "wk" else 1
    low, high = (statement.value + max(days, 0) / unit for days in at.days_before(context.as_of))
    number = checked(finding, low)
    if isinstance(number, Refusal) or not context.limits.agree(finding.id, low, high):
        details = {"first": at.first_day.isoformat(), "last": at.last_day.isoformat()}
        context.refuse(statement.where, finding.id, Refusal("fhir_date_too_rough", details))
        return
    yield msgspec.structs.replace(statement, value=number)


def dated(context: Context, statements: Iterable[Statement], facts: Mapping[str, Fact]) -> Iterator[Statement]:
    """What the beginnings on record say of the numbers that count the time since.

    A beginning counts only if everything that is present in its group has one: what is undated may be newer.
    """
    told = list(statements)
    for record in context.rulebase.records.values():
        if record.dates and record.of:
            yield from _dated(context, record, told, facts)


def _dated(context: Context, record: Record, told: list[Statement], facts: Mapping[str, Fact]) -> Iterator[Statement]:
    present = [key for name in record.of for key in _present(context, name, facts)]
    begun = {key: [s for s in told if s.onset and _shows(context, s, key)] for key in present}
    if not record.dates or not any(begun.values()):
        return
    undated = sorted({member or finding for (finding, member), dates in begun.items() if not dates})
    if undated and any(s.finding == record.dates for s in told):
        return
    if undated:
        places = min(s.where for dates in begun.values() for s in dates)
        context.account.ignore("fhir_not_all_dated", places, finding=record.dates, value=", ".join(undated))
        return
    newest = record.takes == "newest"
    every = [(s.onset, s) for dates in begun.values() for s in dates if s.onset]
    onset, chosen = sorted(every, key=lambda o: (o[0].last, o[1].where), reverse=newest)[0]
    number = time_since(context.rulebase.findings[record.dates], onset, context.as_of, context.limits, record.takes)
    if isinstance(number, Refusal):
        context.refuse(chosen.where, record.dates, number)
    else:
        yield Statement(finding=record.dates, value=number, where=chosen.where, quote=onset.first_day.isoformat())


def _present(context: Context, name: str, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """The danger that is present under a name of the group: a finding, its members, or a diagnosis."""
    finding, only = (name, "") if name in context.rulebase.findings else (DIAGNOSES, name)
    fact = facts.get(finding)
    if fact is None or not context.gravity.is_danger(context.rulebase.findings[finding], fact.value):
        return
    if isinstance(fact.value, Members):
        yield from ((finding, member) for member in sorted(fact.value.present) if only in {"", member})
    else:
        yield finding, ""


def _shows(context: Context, statement: Statement, key: tuple[str, str]) -> bool:
    finding, member = key
    if statement.finding != finding:
        return False
    if isinstance(statement.value, Members):
        return member in statement.value.present
    return context.gravity.is_danger(context.rulebase.findings[finding], statement.value)
