"""How grave values are, as the knowledge declares them, and how long a statement of each is relied on."""

import msgspec

from spinesafe.intake.fhir.moments import Moment
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Has, Is
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.polarity import polarity_of

_PRESENT = {"danger": 4, "mixed": 3, "neutral": 1, "protective": 0}
_ABSENT = {"danger": 0, "mixed": 1, "neutral": 0, "protective": 4}
_UNKNOWN = 2
"""An "I don't know" is graver than a no, and less than a danger."""


class Gravity:
    """Compares values of one rule base."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        ages = [record for record in rulebase.records.values() if record.about == "statement"]
        self._ages = {finding: record for record in ages for finding in record.of}
        self._age_of_others = next((record for record in ages if not record.of), None)
        self._takes = {record.dates: record.takes for record in rulebase.records.values() if record.dates}

    def weight(self, finding: Finding, value: Value) -> tuple[int, int]:
        """Graver is greater: first danger before "I don't know" before the rest, then as the values are ordered."""
        match value:
            case Answer.NONE:
                return 0, 0
            case Answer():
                return _UNKNOWN, 0
            case bool():
                return (_PRESENT if value else _ABSENT)[finding.polarity], 0
            case str():
                member = next((m for m in finding.members if m.id == value), None)
                polarity = polarity_of(Is(finding.id, value), self.rulebase.findings, self.rulebase.conditions)
                return _PRESENT[polarity], (member.gravity or 0) if member else 0
            case float():
                return _PRESENT["danger"], 0
        return 0, 0

    def of_member(self, finding: Finding, member: str, *, present: bool) -> int:
        """How grave it is that a set holds a member, or does not."""
        polarity = polarity_of(Has(finding.id, member), self.rulebase.findings, self.rulebase.conditions)
        return (_PRESENT if present else _ABSENT)[polarity]

    def is_danger(self, finding: Finding, value: Value) -> bool:
        """Whether a value raises, or may. A number is none: what it means depends on its size."""
        if isinstance(value, Members):
            return any(self.of_member(finding, m, present=True) > _UNKNOWN for m in value.present)
        return not isinstance(value, float) and self.weight(finding, value)[0] > _UNKNOWN

    def relied_on_days(self, finding: Finding, *, danger: bool) -> int | None:
        """How many days a statement counts for; nothing: always."""
        record = self._ages.get(finding.id, self._age_of_others)
        if record is None:
            return None
        return record.dangers_for_days if danger else record.others_for_days

    def takes(self, finding: Finding) -> str | None:
        """Which of two beginnings is the graver, for a number that counts the time since one."""
        return self._takes.get(finding.id)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one resource says of one finding.

    `at` is when it was said to be so; nothing means: any time. `onset` is when it began, where that is told. `asked` marks an answer of
    an interview. `firm` wins over a number that differs only by rounding. `counted_now` marks days that were counted from a date to the day
    that is asked about, and not to the day of the statement.
    """

    finding: str
    value: Value
    where: str
    quote: str = ""
    at: Moment | None = None
    onset: Moment | None = None
    asked: bool = False
    firm: bool = False
    counted_now: bool = False
