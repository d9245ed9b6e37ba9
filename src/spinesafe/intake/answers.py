"""Answers keyed by finding (YAML, JSON, a form) to facts; every mistake is named, with the nearest known word."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date

import yaml

from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.model.fact import Answer, Fact, Members, Provenance, Value
from spinesafe.model.reading import Item, Reading
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.plain_yaml import Loader, doubled_keys
from spinesafe.rulebase.problems import nearest

_NOT_VALUES = {answer.value: answer for answer in (Answer.DONT_KNOW, Answer.NOT_EXAMINED)}
_MOST_YAML = 1_000_000
"""Characters of YAML that are read: answers of one person are some kilobytes, and YAML is slow."""
_WORDS = {"yes": True, "no": False, "true": True, "false": False}


def read_answers(answers: object, rulebase: RuleBase, *, person: str = "", as_of: date | None = None, where: str = "answers") -> Reading:
    """The facts of one person's answers.

    `answers` maps finding ids to true or false, the id of a choice, a list of members (complete: what is not listed is absent), `{present:
    [...], absent: [...]}`, a number, `none` for a number that does not apply, `dont_know`, or `not_examined` (a clinician's question).
    Raises `IntakeError` with every fault.
    """
    if not isinstance(answers, Mapping) or not answers:
        raise IntakeError([InputFault(code="no_answers", where=where)])
    faults: list[InputFault] = []
    facts: dict[str, Fact] = {}
    read: list[Item] = []
    for name, answer in answers.items():
        place = f"{where}.{name}"
        if name not in rulebase.findings:
            near = nearest(str(name), rulebase.findings)
            faults.append(InputFault(code="unknown_finding", where=place, details={"name": str(name), "nearest": near}))
            continue
        try:
            value = value_of(answer, rulebase.findings[name], rulebase.members[name], place)
        except IntakeError as error:
            faults.extend(error.faults)
            continue
        facts[name] = Fact(name, value, Provenance(source="answer", where=place, as_of=as_of))
        read.append(Item(where=place, finding=name, value=str(answer)))
    if faults:
        raise IntakeError(faults)
    return Reading(person=person, facts=facts, read=tuple(read))


def parse_answers(text: str, where: str = "") -> object:
    """The data of a JSON or YAML text. Raises `IntakeError` where it cannot be read, or says one thing twice."""
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, where), parse_constant=lambda word: _no_number(word, where))
    except json.JSONDecodeError as error:
        if len(text) > _MOST_YAML:
            raise _not_readable(where, error.msg, error.lineno) from error
    except RecursionError as error:
        raise IntakeError([InputFault(code="line_too_deep", where=where)]) from error
    return _parse_yaml(text, where)


def _parse_yaml(text: str, where: str) -> object:
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None
        if doubled := [key for key, _ in doubled_keys(node)]:
            raise IntakeError(_twice(key, where) for key in doubled)
        return loader.construct_document(node)
    except RecursionError as error:
        raise IntakeError([InputFault(code="line_too_deep", where=where)]) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _not_readable(where, getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 1) from error


def _no_number(word: str, where: str) -> float:
    raise _not_readable(where, f"{word} is no number", 1)


def _once(pairs: list[tuple[str, object]], where: str) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise IntakeError(_twice(name, where) for name in found if names.count(name) > 1)
    return found


def _not_readable(where: str, detail: str, line: int) -> IntakeError:
    return IntakeError([InputFault(code="not_readable", where=where, details={"detail": detail, "line": str(line)})])


def _twice(name: str, where: str) -> InputFault:
    return InputFault(code="said_twice", where=f"{where}.{name}" if where else name, details={"name": name})


def value_of(answer: object, finding: Finding, members: tuple[str, ...], place: str) -> Value:
    """An answer as a value of its finding. Raises `IntakeError`."""
    if isinstance(answer, str) and answer in _NOT_VALUES:
        if answer == Answer.NOT_EXAMINED.value and finding.answered_by not in {"clinician", "patient_or_clinician"}:
            raise _wrong(finding, answer, place, "dont_know")
        return _NOT_VALUES[answer]
    match finding.kind:
        case "boolean":
            return _boolean(answer, finding, place)
        case "number":
            return _number(answer, finding, place)
        case "choice":
            word = {True: "yes", False: "no"}.get(answer, answer) if isinstance(answer, bool) else answer
            return _member(word, finding, members, place)
        case "set":
            return _set(answer, finding, members, place)


def _boolean(answer: object, finding: Finding, place: str) -> bool:
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, str) and answer.lower() in _WORDS:
        return _WORDS[answer.lower()]
    raise _wrong(finding, answer, place, "true, false, dont_know")


def _number(answer: object, finding: Finding, place: str) -> float | Answer:
    if answer == Answer.NONE.value and finding.none_label is not None:
        return Answer.NONE
    low = -math.inf if finding.minimum is None else finding.minimum
    high = math.inf if finding.maximum is None else finding.maximum
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        raise _wrong(finding, answer, place, f"{low:g}..{high:g}" + (", none" if finding.none_label else "") + ", dont_know")
    if finding.whole and answer != int(answer):
        raise _wrong(finding, answer, place, f"{low:g}..{high:g} (1, 2, 3 ...)")
    if not low <= answer <= high:
        details = {"name": finding.id, "value": f"{answer:g}", "minimum": f"{low:g}", "maximum": f"{high:g}", "unit": finding.unit}
        raise IntakeError([InputFault(code="out_of_range", where=place, details=details)])
    return float(answer)


def _member(word: object, finding: Finding, members: Iterable[str], place: str) -> str:
    known = tuple(members)
    if isinstance(word, str) and word in known:
        return word
    details = {"name": finding.id, "value": str(word), "nearest": nearest(str(word), known), "expected": ", ".join(known)}
    raise IntakeError([InputFault(code="unknown_value", where=place, details=details)])


def _set(answer: object, finding: Finding, members: tuple[str, ...], place: str) -> Members:
    if answer == "none":
        return Members.exactly((), members)
    match answer:
        case list():
            listed = answer if answer != ["none"] else []
            return Members.exactly([_member(m, finding, members, place) for m in listed], members)
        case dict() if answer and set(answer) <= {"present", "absent"} and all(isinstance(listed, list) for listed in answer.values()):
            present, absent = (frozenset(_member(m, finding, members, place) for m in answer.get(k, ())) for k in ("present", "absent"))
            if both := present & absent:
                details = {"name": finding.id, "value": ", ".join(sorted(both))}
                raise IntakeError([InputFault(code="present_and_absent", where=place, details=details)])
            return Members(present, absent)
        case _:
            raise _wrong(finding, answer, place, "[a, b], [], {present: [a], absent: [b]}, dont_know")


def _wrong(finding: Finding, answer: object, place: str, expected: str) -> IntakeError:
    return IntakeError(
        [InputFault(code="wrong_type", where=place, details={"name": finding.id, "value": str(answer), "expected": expected})]
    )
