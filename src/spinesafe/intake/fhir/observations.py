"""Observations: results, signs and single answers, with their units, their reasons for missing, and their time."""

from collections.abc import Iterable, Iterator

from spinesafe.intake.fhir.amounts import Refusal
from spinesafe.intake.fhir.codes import Said, shown
from spinesafe.intake.fhir.context import Context
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.moments import Moment, moment, of_period
from spinesafe.intake.fhir.onsets import is_too_old
from spinesafe.intake.fhir.resources import Component, Observation, Raw
from spinesafe.intake.fhir.values import is_a_date
from spinesafe.model.fact import Answer
from spinesafe.rulebase.names import DIAGNOSES

_WRONG = frozenset({"entered-in-error"})
_NO_RESULT = frozenset({"cancelled", "registered"})
_DOUBTFUL = frozenset({"preliminary", "unknown"})


def read_observations(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    """What the observations of one person say."""
    for entry in entries:
        if isinstance(entry.resource, Observation):
            yield from _observation(context, entry.resource, entry.where)


def _observation(context: Context, observation: Observation, where: str) -> Iterator[Statement]:
    quote = shown(observation.code)
    if why := _not_a_result(observation):
        context.account.ignore(why, where, quote=quote, status=observation.status)
        return
    at = _time(context, observation, where)
    said = context.index.said("question", observation.code)
    if not observation.component or not _is_bare(observation):
        for one in said:
            yield from _part(context, observation, one, where, at)
    known = bool(said)
    for number, part in enumerate(observation.component):
        inner = context.index.said("question", part.code)
        known = known or bool(inner)
        for one in inner:
            yield from _part(context, part, one, f"{where}.component[{number}]", at)
    if not known:
        for part in (observation, *observation.component):
            for why, code in context.index.why_unread("question", part.code):
                context.account.ignore(why, where, quote=code)
    elif observation.status in _DOUBTFUL:
        context.account.warn("fhir_not_final", where, quote=quote, status=observation.status)


def _not_a_result(observation: Observation) -> str:
    if observation.status in _WRONG:
        return "fhir_entered_in_error"
    if observation.status in _NO_RESULT:
        return "fhir_no_result"
    return "fhir_about_something_else" if observation.focus else ""


def _part(context: Context, part: Component, said: Said, where: str, at: Moment | None) -> Iterator[Statement]:
    members = said.value if isinstance(said.value, tuple) else (said.value,)
    if said.alternatives and said.finding == DIAGNOSES:
        context.account.warn("fhir_one_of_several", where, finding=said.finding, value=", ".join(str(m) for m in members))
    for member in members:
        asked = context.asked(said.finding, member if isinstance(member, str) else None)
        value = context.values.observed(asked, part, part.data_absent_reason, part.interpretation)
        if isinstance(value, Refusal):
            if is_too_old(context, asked.finding, at):
                context.account.ignore("fhir_too_old", where, finding=said.finding)
            else:
                context.refuse(where, said.finding, value)
            continue
        if asked.member and isinstance(value, Answer):
            # Not to know one sign says nothing of the others.
            context.account.ignore("fhir_not_known_of_one", where, finding=said.finding, value=asked.member)
            continue
        counted = is_a_date(part)
        yield Statement(finding=said.finding, value=value, where=where, quote=shown(part.code), at=at, counted_now=counted)


def _is_bare(observation: Observation) -> bool:
    values = (getattr(observation, name) for name in observation.__struct_fields__ if name.startswith("value_"))
    return all(value is None or value == Raw() for value in values) and observation.data_absent_reason is None


def _time(context: Context, observation: Observation, where: str) -> Moment | None:
    texts = (observation.effective_date_time, observation.effective_instant)
    text = next((t for t in texts if t), "")
    at = moment(text) or of_period(observation.effective_period)
    if at is None and text:
        context.account.warn("fhir_date_unreadable", where, date=text)
    return at or moment(observation.issued)
