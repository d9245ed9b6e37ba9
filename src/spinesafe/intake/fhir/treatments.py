"""Medicines that are taken, operations that were done, and treatment that is planned."""

from collections.abc import Iterable, Iterator

import msgspec

from spinesafe.intake.fhir.amounts import Refusal, time_since
from spinesafe.intake.fhir.codes import Said, shown
from spinesafe.intake.fhir.context import Context, value_of
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.moments import Moment, beginning, moment, of_days, of_period
from spinesafe.intake.fhir.resources import (
    CodeableReference,
    Coding,
    Concept,
    Medication,
    MedicationRequest,
    MedicationStatement,
    Procedure,
    ServiceRequest,
)
from spinesafe.intake.fhir.tokens import tokens_of
from spinesafe.model.fact import Members, Value

_TAKEN = frozenset({"active", "on-hold", "unknown", ""})
_DOUBTFUL = frozenset({"on-hold", "unknown"})
_ORDERED = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order", ""})
_DONE = frozenset({"completed", "in-progress", "stopped", "unknown", ""})
_PLANNED = frozenset({"active", "draft", "on-hold", "unknown", ""})


def read_medicines(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    """What the medicines of one person say. That none is on record says nothing."""
    for entry in entries:
        medicine = entry.resource
        if not isinstance(medicine, MedicationRequest | MedicationStatement):
            continue
        concepts = _medicine(context, entry, medicine)
        quote = ", ".join(filter(None, (shown(c) for c in concepts)))
        if why := _not_taken(context, medicine):
            context.account.ignore(why, entry.where, quote=quote, status=medicine.status)
            continue
        every = (s for concept in concepts for s in context.index.said("medication", concept))
        said = [(s, value_of(s.value)) for s in every if s.value is not None]
        if not said:
            for reason, code in (r for c in concepts or (None,) for r in context.index.why_unread("medication", c)):
                context.account.ignore(reason, entry.where, quote=code)
            continue
        if medicine.status in _DOUBTFUL:
            context.account.warn("fhir_not_final", entry.where, quote=quote, status=medicine.status)
        for one, value in said:
            yield from _counted(context, one, value, _begun(medicine), _Place(entry.where, quote))


def _medicine(context: Context, entry: Entry, medicine: MedicationRequest | MedicationStatement) -> list[Concept]:
    later = medicine.medication or CodeableReference()
    concepts = [c for c in (medicine.medication_codeable_concept, later.concept) if c]
    found = context.directory.follow(medicine.medication_reference or later.reference, entry, "Medication")
    if found is not None and isinstance(found.resource, Medication):
        inside = (i.item_codeable_concept for i in found.resource.ingredient)
        concepts.extend(c for c in (found.resource.code, *inside) if c)
    return concepts


def _not_taken(context: Context, medicine: MedicationRequest | MedicationStatement) -> str:
    if medicine.status not in _TAKEN:
        return "fhir_entered_in_error" if medicine.status == "entered-in-error" else "fhir_not_taken_now"
    if isinstance(medicine, MedicationRequest) and (medicine.do_not_perform or medicine.intent not in _ORDERED):
        return "fhir_not_ordered"
    if isinstance(medicine, MedicationStatement) and medicine.effective_period:
        ended = moment(medicine.effective_period.end)
        return "fhir_not_taken_now" if ended and ended.last_day < context.as_of else ""
    return ""


def _begun(medicine: MedicationRequest | MedicationStatement) -> Moment | None:
    if isinstance(medicine, MedicationRequest):
        return moment(medicine.authored_on)
    return moment(medicine.effective_date_time) or beginning(medicine.effective_period)


class _Place(msgspec.Struct, frozen=True):
    """Where something stood, and its code."""

    where: str
    quote: str


def _counted(context: Context, said: Said, value: Value, begun: Moment | None, place: _Place) -> Iterator[Statement]:
    """A statement, if it has lasted long enough and not too long."""
    where, quote, record = place.where, place.quote, said.record
    if begun is not None and context.is_in_the_future(begun):
        context.account.warn("fhir_in_the_future", where, finding=said.finding, date=begun.first_day.isoformat())
    first, last = (record.counts_from_day, record.counts_to_day) if record else (0, None)
    if begun is None and (first or last is not None):
        context.account.ignore("fhir_no_date", where, finding=said.finding, quote=quote)
        return
    fewest, most = begun.days_before(context.as_of) if begun else (0, 0)
    if first and fewest < first:
        context.account.ignore("fhir_not_long_enough", where, finding=said.finding, quote=quote, days=str(first))
        return
    if last is not None and most > last:
        context.account.ignore("fhir_over_by_now", where, quote=quote)
        return
    today = of_days(context.as_of, context.as_of)
    yield Statement(finding=said.finding, value=value, where=where, quote=quote, at=today)


def read_procedures(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    """What was done to one person."""
    for entry in entries:
        procedure = entry.resource
        if not isinstance(procedure, Procedure):
            continue
        quote = shown(procedure.code)
        if procedure.status not in _DONE:
            why = "fhir_entered_in_error" if procedure.status == "entered-in-error" else "fhir_not_done"
            context.account.ignore(why, entry.where, quote=quote, status=procedure.status)
            continue
        said = context.index.said("procedure", procedure.code)
        if not said:
            for reason, code in context.index.why_unread("procedure", procedure.code):
                context.account.ignore(reason, entry.where, quote=code)
        for one in said:
            yield from _done(context, one, procedure, entry.where, quote)


def _done(context: Context, said: Said, procedure: Procedure, where: str, quote: str) -> Iterator[Statement]:
    period = procedure.performed_period or procedure.occurrence_period
    on = moment(procedure.performed_date_time or procedure.occurrence_date_time) or of_period(period)
    if said.value is not None:
        yield from _counted(context, said, value_of(said.value), on, _Place(where, quote))
        return
    if on is None:
        context.account.warn("fhir_no_date", where, finding=said.finding, quote=quote)
        return
    number = time_since(context.rulebase.findings[said.finding], on, context.as_of, context.limits)
    if isinstance(number, Refusal):
        context.refuse(where, said.finding, number)
    else:
        yield Statement(finding=said.finding, value=number, where=where, quote=quote, at=of_days(context.as_of, context.as_of))


def read_plans(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    """What is to be done to one person: techniques by our own codes, regions by the body site."""
    for entry in entries:
        if isinstance(entry.resource, ServiceRequest):
            yield from _plan(context, entry.resource, entry.where)


def _plan(context: Context, plan: ServiceRequest, where: str) -> Iterator[Statement]:
    concepts = [c for c in (plan.code, *plan.order_detail) if c]
    quote = ", ".join(filter(None, (shown(c) for c in concepts)))
    if plan.status not in _PLANNED or plan.do_not_perform:
        why = "fhir_entered_in_error" if plan.status == "entered-in-error" else "fhir_not_planned"
        context.account.ignore(why, where, quote=quote, status=plan.status)
        return
    techniques = {code for c in concepts for code in _own(c) if code in context.rulebase.members["planned_technique"]}
    if not techniques:
        for reason, code in (r for c in concepts or (None,) for r in context.index.why_unread("procedure", c)):
            context.account.ignore(reason, where, quote=code)
        return
    regions: set[str] = set()
    for site in plan.body_site:
        named = {m for s in context.index.said("body_site", site) if isinstance(s.value, tuple) for m in s.value}
        regions |= named
        for reason, code in () if named else context.index.why_unread("body_site", site):
            context.account.ignore(reason, f"{where}.bodySite", quote=code)
    today = of_days(context.as_of, context.as_of)
    for finding, members in (("planned_technique", techniques), ("planned_region", regions)):
        if members:
            yield Statement(finding=finding, value=Members(frozenset(members)), where=where, quote=quote, at=today)


def _own(concept: Concept) -> Iterator[str]:
    codings: tuple[Coding, ...] = concept.coding
    return (token.code for coding in codings for token in tokens_of(coding) if token.system == "own")
