"""Record entries that name only what there is: findings, their values, conditions."""

from collections.abc import Iterator, Mapping

from spinesafe.rulebase.entry import Scalar
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.problems import nearest
from spinesafe.rulebase.record_format import Record


def faults(record: Record, findings: Mapping[str, Finding], members: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Each thing wrong with a record entry, as (code, what was found, how to mend it)."""
    known = {*findings, *members.get(DIAGNOSES, ())}
    for name in record.of:
        if name not in known:
            yield (
                "unknown_name",
                f"{record.id}: {name} is no finding and no condition",
                nearest(name, known) or "see findings/ and conditions/",
            )
    if record.dates and (record.dates not in findings or findings[record.dates].unit not in {"d", "wk"}):
        yield "unknown_name", f"{record.id}: {record.dates} counts no days and no weeks", "name a number with the unit d or wk"
    for finding, value in (*record.sets.items(), *record.sets_when_past.items()):
        yield from value_faults(record.id, finding, value, findings, members)


def value_faults(
    where: str, finding: str, value: Scalar | tuple[str, ...], findings: Mapping[str, Finding], members: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a value that an entry sets."""
    if finding not in findings:
        yield "unknown_name", f"{where}: {finding} is no finding", nearest(finding, findings) or "see findings/"
        return
    match findings[finding].kind:
        case "boolean":
            fits = isinstance(value, bool)
        case "choice":
            fits = value in members[finding]
        case "set":
            fits = isinstance(value, tuple) and set(value) <= set(members[finding])
        case _:
            fits = False
    if not fits:
        expected = ", ".join(members[finding]) or "true, false"
        yield "unknown_value", f"{where}: {finding} cannot be set to {value}", f"use {expected}; a set takes a list"
