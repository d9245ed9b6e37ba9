"""How much knowledge there is: the numbers that `knowledge check` prints, so that a lost entry is seen."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from spinesafe.rulebase.format import Condition, Finding, Rule
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.read import Sourced


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of entries.

    A condition can raise its own urgency in two ways: by findings that are asked only where it is present, and by sentences of advice
    that tell the person what to watch for.
    """

    findings: int
    findings_by_red_flag: dict[str, int]
    findings_by_polarity: dict[str, int]
    definitions: int
    rules: int
    rules_by_evidence_status: dict[str, int]
    conditions: int
    rules_of_conditions: int
    matrix_rows: int
    sources: int
    findings_asked_with_a_condition: int
    advice_with_a_condition: int


def count(entries: Iterable[Sourced]) -> Counts:
    """The numbers of a knowledge folder's entries."""
    kept = tuple(entries)
    kinds = Counter(sourced.kind for sourced in kept)
    findings = [s.entry for s in kept if isinstance(s.entry, Finding)]
    conditions = [s.entry for s in kept if isinstance(s.entry, Condition)]
    return Counts(
        findings=len(findings),
        findings_by_red_flag=dict(Counter(finding.red_flag for finding in findings)),
        findings_by_polarity=dict(Counter(finding.polarity for finding in findings)),
        definitions=kinds["definitions"],
        rules=kinds["rules"],
        rules_by_evidence_status=dict(Counter(s.entry.evidence_status for s in kept if isinstance(s.entry, Rule))),
        conditions=len(conditions),
        rules_of_conditions=sum(len(condition.rules) for condition in conditions),
        matrix_rows=kinds["matrix"],
        sources=kinds["sources"],
        findings_asked_with_a_condition=sum(DIAGNOSES in finding.asked_when for finding in findings),
        advice_with_a_condition=len({a for c in conditions for a in (*c.advice, *(x for rule in c.rules for x in rule.then.advice))}),
    )
