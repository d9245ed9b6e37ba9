"""Numbers beside what they measure, as values of findings."""

import re
from collections.abc import Iterable, Mapping

from spinesafe.language.reading import Mention, Quantity, ReadText
from spinesafe.model.fact import Value
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.saying_format import Limit, NumberKind

_TIMES = frozenset({"ago", "lasting", "since", "on"})
_MEASURES: dict[NumberKind, tuple[str, ...]] = {
    "onset_age": ("age",),
    "pain": ("pain",),
    "strength": ("strength", "strength_roman"),
    "volume": ("volume",),
    "angle": ("angle",),
    "size": ("size", "size_mm"),
    "grade": ("grade", "grade_roman"),
}
_MM_IN_CM = 10
_FROM_TO = re.compile(r"\d\s*(?:to|降到|减到|降至|减至)\s*\d")
"""Pain that went from one score to another: the lower counts, where it is the last."""


Limits = Mapping[str, Limit]


def number_beside(mention: Mention, read: ReadText, kind: NumberKind, finding: Finding, limits: Limits) -> tuple[Value, Quantity] | None:
    """The number of a kind that stands nearest to a mention, within the limits of the finding."""
    for quantity in _nearest(mention, read):
        value = _value(quantity, kind, finding, limits)
        if value is not None:
            return value, quantity
    return None


def _nearest(mention: Mention, read: ReadText) -> Iterable[Quantity]:
    """Quantities beside a mention: those of its own clause first."""
    beside = [read.quantities[number] for number in mention.quantities]
    yield from (quantity for quantity in beside if quantity.clause == mention.clause)
    yield from (quantity for quantity in beside if quantity.clause != mention.clause)


def _value(quantity: Quantity, kind: NumberKind, finding: Finding, limits: Limits) -> Value | None:
    match kind:
        case "days_ago" | "days_long":
            days = quantity.days if quantity.kind in _TIMES else None
            if days is None:
                return None
            if finding.kind == "choice":
                return "treated_under_3_months" if days < limits["clot_is_settled"].value else "treated_over_3_months"
            return _within(days, finding)
        case "weeks_ago":
            days = quantity.days if quantity.kind in _TIMES | {"after"} else None
            return None if days is None else _within(days // 7, finding)
        case "speed":
            return None if quantity.kind not in _TIMES or quantity.days is None else _speed(quantity.days, limits)
        case _:
            if quantity.kind not in _MEASURES.get(kind, ()) or quantity.value is None:
                return None
            highest = quantity.high if quantity.high is not None else quantity.value
            wanted = quantity.value if kind == "strength" or _FROM_TO.search(quantity.quote) else highest
            return _within(wanted / _MM_IN_CM if quantity.kind == "size_mm" else wanted, finding)


def _within(value: float, finding: Finding) -> float | None:
    low = finding.minimum if finding.minimum is not None else float("-inf")
    high = finding.maximum if finding.maximum is not None else float("inf")
    return float(round(value) if finding.whole else value) if low <= value <= high else None


def _speed(days: int, limits: Limits) -> str:
    if days <= limits["weakened_within_days"].value:
        return "over_days"
    return "over_weeks" if days <= limits["weakened_within_weeks"].value else "over_months"
