"""Numbers as records write them: with units, as dates, and as spans that are only known roughly."""

import math
import operator
from datetime import date

import msgspec

from spinesafe.intake.fhir.moments import Moment
from spinesafe.intake.fhir.resources import Quantity
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Compare
from spinesafe.rulebase.format import Finding

_DAYS_A_WEEK, _DAYS_A_MONTH, _DAYS_A_YEAR = 7.0, 30.4375, 365.25
"""Months and years as UCUM defines them."""
_FACTORS: dict[str, dict[str, float]] = {
    "d": {"d": 1, "h": 1 / 24, "min": 1 / 1440, "wk": _DAYS_A_WEEK, "mo": _DAYS_A_MONTH, "a": _DAYS_A_YEAR},
    "wk": {"wk": 1, "d": 1 / _DAYS_A_WEEK, "mo": _DAYS_A_MONTH / _DAYS_A_WEEK, "a": _DAYS_A_YEAR / _DAYS_A_WEEK},
    "a": {"a": 1, "mo": 1 / 12, "wk": _DAYS_A_WEEK / _DAYS_A_YEAR, "d": 1 / _DAYS_A_YEAR},
    "h": {"h": 1, "min": 1 / 60, "d": 24},
    "mL": {"mL": 1, "ml": 1, "cm3": 1, "dL": 100, "dl": 100, "L": 1000, "l": 1000},
    "cm": {"cm": 1, "mm": 0.1, "m": 100},
    "deg": {"deg": 1},
}
_UCUM = "http://unitsofmeasure.org"
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
_AFTER_TREATMENT = "after_treatment"
_AGE_MAY_DIFFER_BY = 1


class Refusal(msgspec.Struct, frozen=True):
    """Why something is not read as a value: a sentence of the knowledge, and what fills its braces."""

    why: str
    details: dict[str, str] = {}


def counts_time_since(finding: Finding) -> bool:
    """Whether the number is the time since something began, so that it grows with the days."""
    return finding.kind == "number" and finding.unit in {"d", "wk"} and finding.group != _AFTER_TREATMENT


def checked(finding: Finding, number: float) -> float | Refusal:
    """A number in the unit of its finding, if it can be true."""
    low = -math.inf if finding.minimum is None else finding.minimum
    high = math.inf if finding.maximum is None else finding.maximum
    if not low <= number <= high:
        details = {"number": f"{number:g}", "minimum": f"{low:g}", "maximum": f"{high:g}", "unit": finding.unit}
        return Refusal("fhir_number_out_of_range", details)
    if finding.whole and number != int(number):
        return Refusal("fhir_not_a_whole_number", {"number": f"{number:g}"})
    return float(number)


def of_quantity(finding: Finding, quantity: Quantity) -> float | Refusal:
    """A quantity in the unit of its finding. A unit is its UCUM code; a unit in words is not read."""
    if quantity.value is None:
        return Refusal("fhir_no_value")
    if quantity.comparator:
        return Refusal("fhir_only_a_limit", {"number": f"{quantity.comparator}{quantity.value:g}"})
    unit = quantity.code if quantity.system.rstrip("/") in {"", _UCUM} else ""
    bare = not quantity.code and not quantity.unit
    if finding.unit in _FACTORS:
        factor = _FACTORS[finding.unit].get(unit)
        if factor is None:
            return Refusal("fhir_unit", {"unit": unit or quantity.unit or "-", "expected": finding.unit})
        number = quantity.value * factor
        return checked(finding, math.floor(number) if finding.whole and factor != 1 else number)
    if not (bare or unit == "1" or unit.startswith("{") or unit == finding.unit):
        return Refusal("fhir_unit", {"unit": unit or quantity.unit, "expected": finding.unit or "1"})
    return checked(finding, quantity.value)


class Limits:
    """The limits that the rule base compares numbers with. A span that none of them parts is as good as a number."""

    def __init__(self, rulebase: RuleBase) -> None:
        self._compared: dict[str, set[tuple[str, float]]] = {}
        for one in rulebase.program.inputs:
            if isinstance(one.atom, Compare):
                self._compared.setdefault(one.atom.finding, set()).add((one.atom.sign, one.atom.limit))

    def agree(self, finding: str, low: float, high: float) -> bool:
        """Whether every comparison says the same of both ends, and so of all between."""
        return all(
            _SIGNS[sign](low, limit) == _SIGNS[sign](high, limit) and not (sign == "==" and low < limit < high)
            for sign, limit in self._compared.get(finding, ())
        )


def time_since(finding: Finding, began: Moment, as_of: date, limits: Limits, takes: str = "newest") -> float | Refusal:
    """The time since something began, in the unit of its finding, where it is known well enough to decide.

    Of a beginning that is only known roughly, the end that `takes` asks for is given.
    """
    fewest, most = began.days_before(as_of)
    if most < 0:
        return Refusal("fhir_in_the_future", {"date": began.first_day.isoformat()})
    low, high = (max(days, 0) / (_DAYS_A_WEEK if finding.unit == "wk" else 1) for days in (fewest, most))
    if not limits.agree(finding.id, low, high):
        return Refusal("fhir_date_too_rough", {"first": began.first_day.isoformat(), "last": began.last_day.isoformat()})
    return checked(finding, low if takes == "newest" else high)


def near(finding: Finding, one: float, other: float) -> bool:
    """Whether two numbers differ no more than rounding explains."""
    return one == other or (finding.unit == "a" and abs(one - other) <= _AGE_MAY_DIFFER_BY)
