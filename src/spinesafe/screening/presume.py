"""What silence and "not examined" are read as, and what follows from that for hands-on care."""

from collections.abc import Iterator

from spinesafe.backends.evaluate import Walk
from spinesafe.model.assessment import Presumption
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.entry import Scalar
from spinesafe.rulebase.format import Finding
from spinesafe.screening.words import Words


def presume_not_examined(facts: Facts, words: Words) -> tuple[Facts, tuple[Presumption, ...]]:
    """Facts in which each "not examined" is read as a narrative's silence would be, with the examination as a condition."""
    waiting = [f for f, fact in facts.items() if fact.value is Answer.NOT_EXAMINED]
    if not waiting:
        return facts, ()
    read, made = dict(facts), []
    for finding in waiting:
        value = _silent_value(words.rulebase, words.rulebase.findings[finding], Walk(facts, readings=True))
        if value is not None:
            read[finding] = Fact(finding, value, Provenance(source="presumed", where="not_examined"))
            label = words.rulebase.findings[finding].label
            condition = words.sentence("condition_examined_first", label=label)
            made.append(
                Presumption(finding=finding, label=label, value=words.value(finding, value), because="not_examined", condition=condition)
            )
    return read, tuple(made)


def presume_unmentioned(facts: Facts, words: Words) -> tuple[Facts, tuple[Presumption, ...]]:
    """Facts of a narrative in which silence is read by the closed-world defaults; an open set is closed as absent."""
    read, made = dict(facts), []
    for finding in _plain_defaults_first(words.rulebase):
        known = read.get(finding.id)
        value = _silent_value(words.rulebase, finding, Walk(read, closed=True))
        if value is None:
            continue
        if known is not None:
            if isinstance(known.value, Members):
                closed = Members.exactly(known.value.present, words.rulebase.members[finding.id])
                read[finding.id] = Fact(finding.id, closed, known.provenance)
            continue
        read[finding.id] = Fact(finding.id, value, Provenance(source="presumed", where="not_mentioned"))
        made.append(
            Presumption(
                finding=finding.id,
                label=finding.label,
                value=words.value(finding.id, value),
                because="not_mentioned",
                condition=finding.presumption,
            )
        )
    return read, tuple(made)


def _plain_defaults_first(rulebase: RuleBase) -> Iterator[Finding]:
    """Findings whose default rests on no other, then those whose default does, in the order of the knowledge."""
    last = []
    for finding in rulebase.findings.values():
        if isinstance(finding.when_unmentioned, tuple):
            last.append(finding)
        else:
            yield finding
    yield from last


def _silent_value(rulebase: RuleBase, finding: Finding, walk: Walk) -> Value | None:
    silent = finding.when_unmentioned
    if isinstance(silent, tuple):
        silent = next((part.value for part in silent if walk.value(rulebase.expressions[part.when])), None)
    return None if silent is None else value_of_scalar(rulebase, finding, silent)


def value_of_scalar(rulebase: RuleBase, finding: Finding, scalar: Scalar) -> Value:
    """A default as the knowledge writes it, as a value of its finding."""
    match finding.kind:
        case "set":
            present = () if scalar == "none" else (str(scalar),)
            return Members.exactly(present, rulebase.members[finding.id])
        case "number":
            return float(scalar)
        case _:
            return scalar
