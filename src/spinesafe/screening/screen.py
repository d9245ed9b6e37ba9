"""Facts about one person to an `Assessment`."""

from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from spinesafe.backends.evaluate import Decision, Evaluator, Fired
from spinesafe.model.assessment import (
    Account,
    Advice,
    Assessment,
    ConditionShown,
    Headline,
    Intake,
    KnowledgeUsed,
    WorstCase,
)
from spinesafe.model.fact import Facts, Members
from spinesafe.model.reading import Item, Reading
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.format import Advice as AdviceEntry
from spinesafe.screening import explain
from spinesafe.screening.applicability import Applicability
from spinesafe.screening.change import would_change
from spinesafe.screening.judgement import Judgement
from spinesafe.screening.presume import presume_not_examined, presume_unmentioned
from spinesafe.screening.route import DIAGNOSES, departments, services
from spinesafe.screening.verdict import Verdict, verdict
from spinesafe.screening.words import Words

GO_AHEAD_ONLY = "tell_the_therapist"
"""Advice that has no place beside anything graver than a go-ahead."""


class Screener:
    """A rule base, ready to screen people. Make one and keep it."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.evaluator = Evaluator(rulebase)
        self.words = Words(rulebase)
        self.applicability = Applicability(self.evaluator)

    def screen(self, reading: Reading, as_of: date, *, closed_world: bool = False, after_treatment: bool = False) -> Assessment:
        """The assessment of one person.

        `closed_world` reads what a narrative does not mention by the defaults of the knowledge; a form's or a record's silence must never
        be read so. `after_treatment` adds the stop criteria of the follow-up.
        """
        judge = partial(self.judge, closed_world=closed_world, after_treatment=after_treatment)
        judged = judge(reading.facts)
        facts, result, open_world = judged.facts, judged.result, judged.open_world
        decision, reported = judged.decision, judged.reported
        fired = self.evaluator.fired(reported, after_treatment=after_treatment)
        reasons = explain.reasons(self.rulebase, fired, facts, result, self.words, as_of)
        unanswered = explain.unanswered(self.evaluator, decision, judged.known, result, after_treatment=after_treatment)
        chosen = services(self.rulebase, reported, result, fired, facts)
        diagnosed = _diagnosed(facts)
        return Assessment(
            id=reading.person,
            headline=self._headline(result, open_world),
            urgency=result.urgency,
            tier=result.urgency.tier,
            hands_on=result.hands_on,
            planned=result.planned,
            leading=result.leading,
            grid=self.rulebase.layout.grid(result.grid),
            regions=result.regions,
            settled=decision.settled,
            worst_case=WorstCase(
                urgency=max(result.urgency, open_world.worst_urgency), hands_on=max(result.leading, open_world.worst_hands_on)
            ),
            readings=explain.describe_readings(self.rulebase, explain.readings_used(fired, facts), facts),
            presumed=judged.presumed,
            services=chosen,
            departments=departments(self.rulebase, reported, chosen, facts),
            conditions=diagnosed,
            about=tuple(self._about(condition, facts) for condition in diagnosed),
            reasons=reasons,
            unanswered=unanswered,
            would_change=would_change(self.evaluator, self.words, reading.facts, judged, fired, judge),
            review_on=explain.review_on(result, reasons),
            advice=tuple(self._advice(reported, fired, result, diagnosed)),
            intake=Intake(
                read=tuple(self._account(item) for item in reading.read),
                ignored=tuple(self._account(item) for item in reading.ignored),
                warnings=tuple(self._account(item) for item in (*reading.warnings, *judged.doubted)),
            ),
            knowledge=KnowledgeUsed(version=self.rulebase.version, digest=self.rulebase.digest, as_of=as_of),
        )

    def judge(self, facts: Facts, *, closed_world: bool = False, after_treatment: bool = False) -> Judgement:
        """What is decided and reported about one person, not yet explained: many times as fast."""
        resolved, doubted = self.applicability.resolve(facts)
        known, presumed = presume_not_examined(resolved, self.words)
        decision = reported = self.evaluator.decide(known, after_treatment=after_treatment)
        read = known
        if closed_world:
            read, unmentioned = presume_unmentioned(known, self.words)
            presumed += unmentioned
            reported = self.evaluator.decide_closed_world(read, after_treatment=after_treatment)
        capped = any(p.condition is not None for p in presumed)
        return Judgement(
            known=known,
            facts=read,
            presumed=presumed,
            capped=capped,
            doubted=doubted,
            decision=decision,
            reported=reported,
            result=verdict(self.rulebase, reported, read, presumed=capped, closed_world=closed_world),
            open_world=verdict(self.rulebase, decision, read, presumed=capped),
            closed_world=closed_world,
            after_treatment=after_treatment,
        )

    def _headline(self, result: Verdict, open_world: Verdict) -> Headline:
        urgency = f"urgency_{result.urgency}"
        if result.urgency is Urgency.ROUTINE and open_world.worst_urgency > Urgency.ROUTINE:
            urgency = "urgency_routine_open"
        hands_on = self.words.sentence(f"hands_on_{result.hands_on}")
        if result.leading > result.hands_on:
            barred = [t for t, level in result.planned.items() if level is result.leading]
            labels = [self.rulebase.techniques[t].label for t in barred]
            names = Text(en=", ".join(label.en for label in labels), zh="、".join(label.zh for label in labels))
            hands_on = self.words.sentence(f"hands_on_not_this_{result.leading}", techniques=names, overall=hands_on)
        return Headline(urgency=self.words.sentence(urgency), hands_on=hands_on)

    def _about(self, condition: str, facts: Facts) -> ConditionShown:
        row = self.rulebase.conditions[condition]
        return ConditionShown(
            id=condition, name=row.display_name or row.name, explanation=row.explanation, provenance=facts[DIAGNOSES].provenance
        )

    def _advice(self, decision: Decision, fired: list[Fired], result: Verdict, diagnosed: tuple[str, ...]) -> Iterator[Advice]:
        named = dict.fromkeys(advice for one in fired for advice in one.rule.then.advice)
        named |= dict.fromkeys(advice for condition in diagnosed for advice in self.rulebase.conditions[condition].advice)
        general = [advice for advice, output in self.rulebase.watched.advice.items() if decision.run.reads(output)]
        for advice in dict.fromkeys((*named, *general)):
            entry = self.rulebase.advice[advice]
            if advice in named or self._has_its_place(entry, result):
                yield Advice(id=advice, place=entry.place, text=entry.text)

    def _has_its_place(self, entry: AdviceEntry, result: Verdict) -> bool:
        """General advice: about treatment only where a treatment may come, stop signs and a therapist's list only with a go-ahead."""
        if entry.place == "stop_signs" or entry.id == GO_AHEAD_ONLY:
            return result.leading <= HandsOn.ADAPT
        return entry.place != "what_to_do" or result.urgency.tier is not Tier.EMERGENCY

    def _account(self, item: Item) -> Account:
        why: Text | None = self.words.sentence(item.why, **item.details) if item.why else None
        return Account(where=item.where, finding=item.finding, value=item.value, quote=item.quote, why=why)


@cache
def built_in() -> Screener:
    """The screener of the built-in knowledge."""
    return Screener(load())


def _diagnosed(facts: Facts) -> tuple[str, ...]:
    fact = facts.get(DIAGNOSES)
    return tuple(sorted(fact.value.present)) if fact is not None and isinstance(fact.value, Members) else ()
