"""Interviews: a questionnaire whose link ids are the ids of findings.

The form that we export asks beside a question whether a number applies at all, and whether the answer is known, in items of their own.
"""

from collections.abc import Iterable, Iterator

from spinesafe.intake.fhir.amounts import Refusal
from spinesafe.intake.fhir.context import Context
from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.gravity import Statement
from spinesafe.intake.fhir.moments import Moment, moment
from spinesafe.intake.fhir.resources import Answer as Answered
from spinesafe.intake.fhir.resources import Coding, Concept, QuestionItem, QuestionnaireResponse
from spinesafe.intake.fhir.values import Asked, is_a_date
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase.parameters import NONE_ITEM, NOT_KNOWN_ITEM

_WRONG = frozenset({"entered-in-error"})
_BROKEN_OFF = frozenset({"in-progress", "stopped"})
_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_DEEPEST = 50
_EXPECTED = {NONE_ITEM: Answer.NONE.value, NOT_KNOWN_ITEM: f"{Answer.DONT_KNOW.value}, {Answer.NOT_EXAMINED.value}"}


def read_interviews(context: Context, entries: Iterable[Entry]) -> Iterator[Statement]:
    """What the interviews with one person say."""
    for entry in entries:
        response = entry.resource
        if not isinstance(response, QuestionnaireResponse):
            continue
        if response.status in _WRONG:
            context.account.ignore("fhir_entered_in_error", entry.where)
            continue
        if response.status in _BROKEN_OFF:
            context.account.warn("fhir_interview_broken_off", entry.where)
        at = moment(response.authored)
        if response.authored and at is None:
            context.account.warn("fhir_date_unreadable", entry.where, date=response.authored)
        yield from _items(context, response.item, entry.where, at, 0)


def _items(context: Context, items: Iterable[QuestionItem], where: str, at: Moment | None, depth: int) -> Iterator[Statement]:
    for item in items:
        if item.answer and item.link_id in context.rulebase.findings:
            yield from _answers(context, item, f"{where}.{item.link_id}", at)
        elif item.answer and (beside := _beside(context, item.link_id)):
            yield from _said_beside(context, item, *beside, f"{where}.{item.link_id}", at)
        elif item.answer:
            context.account.ignore("fhir_question_unknown", f"{where}.{item.link_id}", quote=item.link_id)
        inner = (*item.item, *(below for answer in item.answer for below in answer.item))
        if depth < _DEEPEST:
            yield from _items(context, inner, where, at, depth + 1)
        elif inner:
            context.account.warn("fhir_malformed", where, detail="item.item.item ...")


def _beside(context: Context, link: str) -> tuple[Asked, str] | None:
    """The question that an item stands beside, and what the item asks of it."""
    for ending in (NONE_ITEM, NOT_KNOWN_ITEM):
        finding = context.rulebase.findings.get(link.removesuffix(ending)) if link.endswith(ending) else None
        if finding is not None and (finding.none_label is not None or ending == NOT_KNOWN_ITEM):
            return context.asked(finding.id), ending
    return None


def _said_beside(context: Context, item: QuestionItem, asked: Asked, ending: str, where: str, at: Moment | None) -> Iterator[Statement]:
    """That a number applies says nothing of its size: then there is nothing to state."""
    for answer in item.answer:
        if ending == NONE_ITEM and answer.value_boolean is not None:
            if answer.value_boolean:
                yield Statement(finding=asked.finding.id, value=Answer.NONE, where=where, at=at, asked=True)
            continue
        value = context.values.value(asked, answer)
        if isinstance(value, Answer) and (value is Answer.NONE) == (ending == NONE_ITEM):
            yield Statement(finding=asked.finding.id, value=value, where=where, at=at, asked=True)
        else:
            refusal = (
                value
                if isinstance(value, Refusal)
                else Refusal("fhir_not_a_value", {"answer": _said(value), "expected": _EXPECTED[ending]})
            )
            context.refuse(where, asked.finding.id, refusal)


def _answers(context: Context, item: QuestionItem, where: str, at: Moment | None) -> Iterator[Statement]:
    asked = context.asked(item.link_id)
    values: list[Value] = []
    refused = False
    for answer in item.answer:
        value = context.values.value(asked, answer)
        if isinstance(value, Refusal) and value.why == "fhir_no_value":
            value = context.values.absence(asked, _reason(answer))
        if isinstance(value, Refusal):
            refused = True
            context.refuse(where, item.link_id, value)
        else:
            values.append(value)
    if not values:
        return
    if asked.finding.kind == "set":
        yield from _listed(context, item, where, at, values, refused=refused)
        return
    if len(set(map(str, values))) > 1:
        context.account.warn("fhir_several_answers", where, finding=item.link_id, value=", ".join(map(_said, values)))
    counted = any(is_a_date(answer) for answer in item.answer)
    for value in values:
        yield Statement(finding=item.link_id, value=value, where=where, at=at, asked=True, counted_now=counted)


def _listed(
    context: Context, item: QuestionItem, where: str, at: Moment | None, values: list[Value], *, refused: bool
) -> Iterator[Statement]:
    """A list is complete: what is not on it is absent, unless something on it was not understood."""
    members = [v for v in values if isinstance(v, Members)]
    present = frozenset(m for v in members for m in v.present)
    every = context.rulebase.members[item.link_id]
    if not members:
        value: Value = values[0]
    elif refused or any(isinstance(v, Answer) for v in values):
        value = Members(present)
    else:
        if present and any(not v.present for v in members):
            context.account.warn("fhir_none_and_some", where, finding=item.link_id, value=", ".join(sorted(present)))
        value = Members.exactly(present, every)
    yield Statement(finding=item.link_id, value=value, where=where, at=at, asked=True)


def _reason(answer: Answered) -> Concept:
    codes = (e.value_code for e in answer.extension if e.url == _ABSENT_REASON)
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    return Concept(coding=tuple(Coding(system=system, code=code) for code in codes))


def _said(value: Value) -> str:
    return value.value if isinstance(value, Answer) else str(value)
