"""One person's resources to facts, with an account of everything that was read, left out or doubted."""

from collections.abc import Iterable, Iterator
from datetime import date

from spinesafe.intake.fhir.amounts import counts_time_since
from spinesafe.intake.fhir.conditions import read_conditions
from spinesafe.intake.fhir.context import Context, Known
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.interviews import read_interviews
from spinesafe.intake.fhir.moments import moment, of_days, whole_years
from spinesafe.intake.fhir.observations import read_observations
from spinesafe.intake.fhir.onsets import dated, relied_on
from spinesafe.intake.fhir.resources import Encounter, Patient
from spinesafe.intake.fhir.source import Person
from spinesafe.intake.fhir.statements import Joiner
from spinesafe.intake.fhir.treatments import read_medicines, read_plans, read_procedures
from spinesafe.model.fact import Fact, Facts
from spinesafe.model.reading import Reading

_AGE = "age_years"
_OLDEST = 130


def read_person(person: Person, known: Known, as_of: date) -> Reading:
    """The facts about one person as of a day."""
    context = known.context(as_of, person.account, person.directory)
    entries = sorted(person.entries, key=lambda e: (e.kind, e.where, e.full_url))
    told = list(relied_on(context, _statements(context, entries)))
    joiner = Joiner(known.gravity, person.account)
    facts: Facts = {}
    counts = {f.id for f in known.rulebase.findings.values() if counts_time_since(f)}
    for finding in known.rulebase.findings:
        if finding not in counts:
            _keep(facts, joiner.fact([s for s in told if s.finding == finding]))
    derived = list(dated(context, told, facts))
    for finding in known.rulebase.findings:
        if finding in counts:
            _keep(facts, joiner.fact([s for s in (*told, *derived) if s.finding == finding]))
    read, ignored, warnings = person.account.items()
    ordered = {finding: facts[finding] for finding in known.rulebase.findings if finding in facts}
    return Reading(person=person.name, facts=ordered, read=read, ignored=ignored, warnings=warnings)


def _keep(facts: Facts, fact: Fact | None) -> None:
    if fact is not None:
        facts[fact.finding] = fact


def _statements(context: Context, entries: list[Entry]) -> Iterator[Statement]:
    people = [e.resource for e in entries if isinstance(e.resource, Patient)]
    yield from _people(context, entries)
    yield from read_conditions(context, entries, people[0] if len(people) == 1 else None)
    yield from read_observations(context, entries)
    yield from read_interviews(context, entries)
    yield from read_medicines(context, entries)
    yield from read_procedures(context, entries)
    yield from read_plans(context, entries)


def _people(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    for entry in entries:
        if isinstance(entry.resource, Encounter):
            context.account.ignore("fhir_only_for_references", entry.where, type=entry.kind)
        if isinstance(entry.resource, Patient):
            if entry.resource.deceased_boolean or entry.resource.deceased_date_time:
                context.account.warn("fhir_died", entry.where)
            yield from _age(context, entry.resource, entry.where)


def _age(context: Context, person: Patient, where: str) -> Iterator[Statement]:
    """The age in whole years. Of a rough date of birth it is read only if no rule could tell the youngest possible age from the oldest."""
    if not person.birth_date:
        return
    born = moment(person.birth_date)
    if born is None:
        context.account.warn("fhir_date_unreadable", where, finding=_AGE, date=person.birth_date)
        return
    if born.first_day > context.as_of:
        context.account.warn("fhir_in_the_future", where, finding=_AGE, date=person.birth_date)
        return
    youngest = whole_years(min(born.last_day, context.as_of), context.as_of)
    oldest = whole_years(born.first_day, context.as_of)
    if oldest > _OLDEST:
        context.account.warn("fhir_too_old_to_be_true", where, finding=_AGE, value=str(oldest))
        return
    if not context.limits.agree(_AGE, youngest, oldest):
        context.account.warn("fhir_birth_date_too_rough", where, finding=_AGE, value=f"{youngest}-{oldest}")
        return
    today = of_days(context.as_of, context.as_of)
    yield Statement(finding=_AGE, value=float(youngest), where=where, quote=person.birth_date, at=today, firm=True)
