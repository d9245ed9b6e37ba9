"""What an exported library asks of the person: one parameter a finding, and one for each member of a set.

Unknown is null. A number that was answered "none" has a parameter of its own, since a comparison with it is false, not null.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding

AFTER_TREATMENT = "after_treatment"
"""The parameter that is true in a follow-up: it adds the stop criteria that hold during and after a treatment."""

NONE_ITEM = "--none"
"""What the link id of the item ends with, in the exported form, that says of a number that it does not apply."""
NOT_KNOWN_ITEM = "--not-known"
"""What the link id of the item ends with, in the exported form, that says that an answer is not known, or that nobody has examined it."""

Held: TypeAlias = bool | float | str | None
"""A parameter's value; null is unknown."""


class Parameter(msgspec.Struct, frozen=True):
    """A parameter with the finding that it belongs to; `member` where it stands for one member of a set."""

    name: str
    type: Literal["Boolean", "Decimal", "String"]
    finding: str
    label: Text | None
    member: str = ""


def of_member(finding: str, member: str) -> str:
    """The parameter of one member of a set."""
    return f"{finding}: {member}"


def of_none(finding: str) -> str:
    """The parameter that says that a number does not apply."""
    return f"{finding}: none"


def parameters(rulebase: RuleBase) -> tuple[Parameter, ...]:
    """All parameters, in the order of the knowledge."""
    found = [parameter for finding in rulebase.findings.values() for parameter in _of(finding, rulebase)]
    return (*found, Parameter(AFTER_TREATMENT, "Boolean", "", None))


def _of(finding: Finding, rulebase: RuleBase) -> Iterator[Parameter]:
    match finding.kind:
        case "boolean":
            yield Parameter(finding.id, "Boolean", finding.id, finding.label)
        case "choice":
            yield Parameter(finding.id, "String", finding.id, finding.label)
        case "number":
            yield Parameter(finding.id, "Decimal", finding.id, finding.label)
            if finding.none_label is not None:
                yield Parameter(of_none(finding.id), "Boolean", finding.id, finding.none_label)
        case _:
            for member in rulebase.members[finding.id]:
                yield Parameter(of_member(finding.id, member), "Boolean", finding.id, label_of(rulebase, finding, member), member)


def label_of(rulebase: RuleBase, finding: Finding, member: str) -> Text:
    """The words for one value of a finding."""
    if finding.members_from:
        condition = rulebase.conditions[member]
        return condition.display_name or condition.name
    return next(m.label for m in finding.members if m.id == member)


def parameters_of(facts: Facts, rulebase: RuleBase, *, after_treatment: bool = False) -> dict[str, Held]:
    """A person as parameters, every one of them named, null where it is not known."""
    values = {finding: fact.value for finding, fact in facts.items()}
    held = {p.name: _held(p, rulebase.findings[p.finding].kind, values.get(p.finding)) for p in parameters(rulebase) if p.finding}
    return held | {AFTER_TREATMENT: after_treatment}


def _held(parameter: Parameter, kind: str, value: Value | None) -> Held:
    if value is None or value is Answer.DONT_KNOW or value is Answer.NOT_EXAMINED:
        return None
    match kind:
        case "set":
            return _of_set(parameter.member, value)
        case "number" if parameter.type == "Boolean":
            return value is Answer.NONE
        case "number":
            return float(value) if isinstance(value, int | float) else None
        case _:
            return value if isinstance(value, bool | str) else None


def _of_set(member: str, value: Value) -> bool | None:
    known = value if isinstance(value, Members) else Members()
    return True if member in known.present else False if member in known.absent else None
