"""Why: the rules that fired with the facts they read, the readings, what is still open, and what would change the result."""

from collections.abc import Iterable
from datetime import date, timedelta

from spinesafe.backends.evaluate import Decision, Evaluator, Fired, Walk
from spinesafe.model.assessment import FactRead, ReadingUsed, Reason, Unanswered
from spinesafe.model.fact import Answer, Facts
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Expression, Named
from spinesafe.rulebase.overall import GENTLEST
from spinesafe.screening.verdict import Verdict, overall
from spinesafe.screening.words import Words

DAYS = {"d": 1, "wk": 7}
"""How many days one of a finding's unit is, for finding the day on which a waiting ends."""


def reasons(rulebase: RuleBase, fired: Iterable[Fired], facts: Facts, verdict: Verdict, words: Words, as_of: date) -> tuple[Reason, ...]:
    """The reasons, strongest first; the program's own INCOMPLETE among them."""
    found = [_reason(rulebase, one, facts, verdict, words, as_of) for one in fired]
    if verdict.incomplete:
        found.append(
            Reason(
                rule="incomplete",
                reference="D.4",
                origin="program",
                key="INCOMPLETE",
                urgency=Urgency.ROUTINE,
                hands_on=HandsOn.WAIT,
                text=words.sentence("reason_incomplete"),
                evidence_status="design_decision",
                sources=("REFERENCE",),
            )
        )
    return tuple(sorted(found, key=lambda r: (-r.urgency.rank, -r.hands_on.rank, not r.bars, not r.certain, r.origin != "rule")))


def _reason(rulebase: RuleBase, one: Fired, facts: Facts, verdict: Verdict, words: Words, as_of: date) -> Reason:
    rule = one.rule
    walk = Walk(facts, readings=True)
    read = dict.fromkeys(atom.finding for atom in walk.support(rule.when))
    in_question = (GENTLEST, *verdict.planned)
    return Reason(
        rule=rule.id,
        reference=rule.reference,
        origin=rule.origin,  # type: ignore[arg-type]
        key=rule.reason,
        urgency=rulebase.layout.urgency(one.outcome),
        hands_on=rulebase.layout.worst_level(one.outcome, in_question, verdict.regions),
        bars=tuple(
            technique
            for technique in rulebase.layout.techniques
            if technique not in in_question and rulebase.layout.worst_level(one.outcome, [technique], verdict.regions) is HandsOn.STOP
        ),
        text=rule.because,
        facts=tuple(_fact_read(facts, finding, words) for finding in read),
        certain=one.certain,
        sources=rule.sources,
        evidence_status=rule.evidence_status,
        until=rule.then.until,
        until_date=_until(rulebase, rule.then.until_days, facts, as_of),
    )


def _fact_read(facts: Facts, finding: str, words: Words) -> FactRead:
    fact = facts[finding]
    return FactRead(
        finding=finding, label=words.rulebase.findings[finding].label, value=words.value(finding, fact.value), provenance=fact.provenance
    )


def _until(rulebase: RuleBase, last_days: dict[str, float], facts: Facts, as_of: date) -> date | None:
    """The first day after the last of a rule's waiting periods."""
    ends = []
    for finding, last in last_days.items():
        fact = facts.get(finding)
        if fact is not None and isinstance(fact.value, float):
            days = DAYS[rulebase.findings[finding].unit]
            ends.append(as_of + timedelta(days=days * (last - fact.value) + 1))
    return max(ends, default=None)


def review_on(verdict: Verdict, reasons: Iterable[Reason]) -> date | None:
    """When to ask again: after the last waiting period; never while anything graver than waiting stands."""
    if verdict.hands_on > HandsOn.WAIT or verdict.urgency >= Urgency.WITHIN_7_DAYS:
        return None
    return max((r.until_date for r in reasons if r.until_date is not None), default=None)


def readings_used(fired: Iterable[Fired], facts: Facts) -> tuple[Named, ...]:
    """The definitions that were undecided and whose reading a fired rule rests on."""
    found: dict[str, Named] = {}
    for one in fired:
        if not one.certain:
            for named in Walk(facts, readings=True).readings_used(one.rule.when):
                found.setdefault(named.name, named)
    return tuple(found.values())


def describe_readings(rulebase: RuleBase, used: Iterable[Named], facts: Facts) -> tuple[ReadingUsed, ...]:
    """Readings in words. Those that the program makes for itself (a written reason, a place) have no definition and are left out."""
    return tuple(
        ReadingUsed(
            definition=named.name,
            meaning=rulebase.definitions[named.name].meaning,
            counted_as=bool(named.when_not_known),
            waits_for=tuple(dict.fromkeys(a.finding for a in Walk(facts).open_atoms(named.part))),
        )
        for named in used
        if named.name in rulebase.definitions
    )


def unanswered(
    evaluator: Evaluator, decision: Decision, facts: Facts, verdict: Verdict, *, after_treatment: bool
) -> tuple[Unanswered, ...]:
    """The questions that could still raise the result, worst first; those answered "I don't know" among them."""
    rulebase = evaluator.rulebase
    rows = []
    for finding, waiting in evaluator.waiting(facts, decision, after_treatment=after_treatment).items():
        described, reached = rulebase.findings[finding], decision.floor | waiting.more
        rows.append(
            Unanswered(
                finding=finding,
                question=described.question,
                answered_by=described.answered_by,
                asked="dont_know" if finding in facts and facts[finding].value is Answer.DONT_KNOW else "not_yet",
                urgency=rulebase.layout.urgency(reached),
                hands_on=overall(rulebase.layout, reached, verdict.regions),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.urgency.rank, -row.hands_on.rank)))


def open_findings(expression: Expression, facts: Facts) -> tuple[str, ...]:
    """The findings that an undecided expression waits for, each once."""
    return tuple(dict.fromkeys(a.finding for a in Walk(facts).open_atoms(expression)))
