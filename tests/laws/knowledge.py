"""Laws about a rule base as a whole: nothing in it is idle, unfounded or missing."""

from collections.abc import Iterator, Mapping
from itertools import product

from spinesafe.backends.evaluate import Walk
from spinesafe.model.fact import Members
from spinesafe.model.outcome import Outcome
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.expression import Expression, all_of
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ, READ_POSSIBLE
from spinesafe.screening import Screener
from spinesafe.screening.verdict import verdict
from tests.laws.counterexample import BrokenLawError
from tests.laws.people import CLEARED, NOTHING, ORDINARY, Person
from tests.laws.reported import assessed
from tests.laws.search import witnesses

DISPOSITIONS: Mapping[Urgency, frozenset[HandsOn]] = {
    Urgency.ROUTINE: frozenset(HandsOn),
    Urgency.WITHIN_14_DAYS: frozenset(HandsOn) - {HandsOn.PROCEED},
    Urgency.WITHIN_7_DAYS: frozenset({HandsOn.WAIT, HandsOn.DIAGNOSE_FIRST, HandsOn.STOP}),
    Urgency.SAME_DAY: frozenset({HandsOn.STOP}),
    Urgency.EMERGENCY_NOW: frozenset({HandsOn.STOP}),
}
"""Every pair of urgency and overall level that somebody must be able to get."""


def every_disposition_is_reachable(screener: Screener) -> None:
    """Somebody gets each urgency with each level that may stand beside it: nothing is promised that nobody can get."""
    reached: dict[Urgency, set[HandsOn]] = {urgency: set() for urgency in Urgency}
    for bases, witness in product((NOTHING, CLEARED, ORDINARY), (Person(NOTHING, {}), *_everyone(screener.rulebase))):
        facts = Person(bases, witness.changes).facts
        found = verdict(screener.rulebase, screener.evaluator.decide(facts), facts, presumed=False)
        reached[found.urgency].add(found.hands_on)
    for urgency, levels in DISPOSITIONS.items():
        if missing := levels - reached[urgency]:
            raise BrokenLawError(every_disposition_is_reachable.__name__, f"nobody gets {urgency} with {' or '.join(sorted(missing))}")


def every_rule_can_fire(screener: Screener) -> None:
    """For each rule there is somebody for whom it counts as true."""
    for rule in screener.rulebase.rules:
        if not any(_fired(screener, who).get(rule.id) for who in _witnesses(rule)):
            raise BrokenLawError(every_rule_can_fire.__name__, f"nobody was found for whom {rule.id} holds")


def every_rule_adds_something(screener: Screener) -> None:
    """For each rule there is somebody to whom it says what no other rule says: an outcome, a service, advice, or a reason of its own."""
    for rule in screener.rulebase.rules:
        if not any(_adds(rule, _fired(screener, who)) for who in _witnesses(rule, most=3)):
            raise BrokenLawError(every_rule_adds_something.__name__, f"{rule.id} says nothing that other rules do not say beside it")


def every_reason_has_a_source(screener: Screener, who: Person) -> None:
    """Each reason that is given stands on a document that is listed, with how sure it is, in both languages."""
    for closed_world in (False, True):
        for reason in assessed(screener, who, closed_world=closed_world, after_treatment=True).reasons:
            law = every_reason_has_a_source.__name__
            if not reason.sources or not set(reason.sources) <= screener.rulebase.sources.keys():
                raise BrokenLawError(law, f"{reason.rule} names no document that is listed", (who, {"fires": [reason.rule]}))
            if not (reason.evidence_status and reason.text.en.strip() and reason.text.zh.strip()):
                raise BrokenLawError(law, f"{reason.rule} does not say why, or how sure that is", (who, {"fires": [reason.rule]}))


def every_rule_has_a_source(screener: Screener) -> None:
    """The same of all rules, whether or not somebody was found for them."""
    for rule in screener.rulebase.rules:
        if not rule.sources or not set(rule.sources) <= screener.rulebase.sources.keys():
            raise BrokenLawError(every_rule_has_a_source.__name__, f"{rule.id} names no document that is listed")


def every_condition_has_a_row(screener: Screener) -> None:
    """Each disease names rows of the matrix, and one speaks as soon as it is diagnosed: no empty cell reads as permission."""
    rulebase, law = screener.rulebase, every_condition_has_a_row.__name__
    for condition in rulebase.conditions.values():
        diagnosed = Person(CLEARED, {DIAGNOSES: Members.exactly([condition.id], rulebase.members[DIAGNOSES])})
        rows = {f"matrix/{row}" for row in condition.matrix_rows}
        if not rows & _fired(screener, diagnosed).keys():
            raise BrokenLawError(law, f"no row of the matrix speaks of {condition.id}", (diagnosed, {"fires": sorted(rows)}))


def all_back_ends_agree(screener: Screener, who: Person) -> None:
    """The compiled line says of every output what a plain walk over its expression says, with readings and without."""
    facts, law = who.facts, all_back_ends_agree.__name__
    run = screener.evaluator.decide(facts).run
    bare, read = Walk(facts), Walk(facts, readings=True)
    for output, expression in enumerate(outputs(screener.rulebase)):
        value, reading = bare.value(expression), read.value(expression)
        expected = (KNOWN * (value is True)) | (POSSIBLE * (value is not False))
        expected |= (READ * (reading is True)) | (READ_POSSIBLE * (reading is not False))
        if run.outputs[output] != expected:
            raise BrokenLawError(law, f"output {output} is {run.outputs[output]:04b} by the line and {expected:04b} by the walk", (who, {}))


def outputs(rulebase: RuleBase) -> list[Expression]:
    """The expressions of the program's outputs, in their order."""
    watched, expressions = rulebase.watched, rulebase.expressions
    named = {
        **{output: rulebase.regions[region].hurts_when for region, output in watched.hurts.items()},
        **{output: rulebase.advice[advice].when for advice, output in watched.advice.items()},
        **{output: owner.when for output, owner in zip(watched.owners, rulebase.owners, strict=True)},
        **{output: rulebase.findings[finding].asked_when for finding, output in watched.applies.items()},
        **{output: definition for definition, output in watched.definitions.items()},
    }
    effects = [all_of(rule.when, effect.when) for rule in rulebase.rules for effect in rule.effects]
    return effects + [expressions[named[output]] for output in sorted(named)]


def _witnesses(rule: CheckedRule, most: int = 1) -> Iterator[Person]:
    """People for whom a rule counts as true, in one of its parts."""
    for effect in rule.effects:
        yield from witnesses(all_of(rule.when, effect.when), most)


def _everyone(rulebase: RuleBase) -> Iterator[Person]:
    """For each rule somebody for whom it holds."""
    for rule in rulebase.rules:
        yield from _witnesses(rule)


def _fired(screener: Screener, who: Person) -> dict[str, tuple[CheckedRule, Outcome]]:
    """The rules that count as true, with what they raise to."""
    decision = screener.evaluator.decide(who.facts, after_treatment=True)
    return {fired.rule.id: (fired.rule, fired.outcome) for fired in screener.evaluator.fired(decision, after_treatment=True)}


def _adds(rule: CheckedRule, fired: Mapping[str, tuple[CheckedRule, Outcome]]) -> bool:
    """Whether a rule says something beside the others that fired with it."""
    if rule.id not in fired:
        return False
    others, joined = [other for name, (other, _) in fired.items() if name != rule.id], 0
    for name, (_, outcome) in fired.items():
        joined |= outcome if name != rule.id else 0
    advised = {advice for other in others for advice in other.then.advice}
    return bool(
        fired[rule.id][1] & ~joined
        or set(rule.then.advice) - advised
        or rule.then.owner not in {other.then.owner for other in others}
        or rule.because not in {other.because for other in others}
    )
