"""Who made a diagnosis: a licensed doctor, if the record itself says that the one who stands behind it is one."""

from collections.abc import Iterable

from spinesafe.intake.fhir.context import Context
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.moments import moment
from spinesafe.intake.fhir.resources import (
    Concept,
    Condition,
    Encounter,
    Period,
    Practitioner,
    PractitionerRole,
    Reference,
)

DOCTOR = "licensed_doctor"
_LEADS = frozenset({"ATND", "PPRF"})


def is_by_a_doctor(context: Context, entry: Entry, condition: Condition) -> bool:
    """Whether a doctor stands behind a diagnosis: who asserted it, else who recorded it, else who led the visit.

    A person who asserts something of themselves is no doctor for it, whoever typed it in.
    """
    if condition.asserter is not None and _is_lay(context, condition.asserter, entry):
        return False
    named = [r for r in (condition.asserter, condition.recorder) if r is not None and (r.reference or r.identifier)]
    if named:
        return any(_is_doctor(context, reference, entry) for reference in named)
    visit = context.directory.follow(condition.encounter, entry, "Encounter")
    if visit is None or not isinstance(visit.resource, Encounter):
        return False
    leading = [p for p in visit.resource.participant if not p.type or any(c.code in _LEADS for t in p.type for c in t.coding)]
    return any(_is_doctor(context, p.individual or p.actor, visit) for p in leading)


def _is_lay(context: Context, reference: Reference, source: Entry) -> bool:
    found = context.directory.follow(reference, source)
    kind = found.kind if found else reference.type or reference.reference.rpartition("/")[0].rpartition("/")[2]
    return kind in {"Patient", "RelatedPerson"}


def _is_doctor(context: Context, reference: Reference | None, source: Entry) -> bool:
    found = context.directory.follow(reference, source)
    if found is not None and isinstance(found.resource, PractitionerRole):
        if _holds(context, found.resource.code, found.resource.period):
            return True
        found = context.directory.follow(found.resource.practitioner, found, "Practitioner")
        return found is not None and isinstance(found.resource, Practitioner) and _is_qualified(context, found.resource)
    if found is None or not isinstance(found.resource, Practitioner):
        return False
    roles = context.directory.of_kind("PractitionerRole")
    return _is_qualified(context, found.resource) or any(_is_role_of(context, role, found) for role in roles)


def _is_role_of(context: Context, entry: Entry, person: Entry) -> bool:
    role = entry.resource
    if not isinstance(role, PractitionerRole) or not _holds(context, role.code, role.period):
        return False
    return context.directory.follow(role.practitioner, entry, "Practitioner") is person


def _is_qualified(context: Context, person: Practitioner) -> bool:
    return any(_holds(context, (q.code,), q.period) for q in person.qualification if q.code)


def _holds(context: Context, codes: Iterable[Concept], period: Period | None) -> bool:
    """Whether some code means a doctor, and the licence had begun and has not ended."""
    if not any(said.value == DOCTOR for code in codes for said in context.index.said("qualification", code)):
        return False
    if period is None:
        return True
    begun, ended = moment(period.start), moment(period.end)
    if (period.start and begun is None) or (period.end and ended is None):
        return False
    return not (begun and begun.first_day > context.as_of) and not (ended and ended.last_day < context.as_of)
