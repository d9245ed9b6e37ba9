"""Laws about one danger more, and one protection less."""

from collections.abc import Callable, Iterable, Iterator

from spinesafe.model.fact import Facts, Members
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Has, Holds
from spinesafe.rulebase.format import Finding, Member
from spinesafe.rulebase.polarity import polarity_of
from spinesafe.screening import Screener
from tests.laws.counterexample import BrokenLawError
from tests.laws.people import Person
from tests.laws.reported import fallen, urgencies
from tests.laws.said import Step


def adding_a_danger_never_lowers_the_outcome(screener: Screener, who: Person) -> None:
    """A danger that turns from no to yes, or to a graver value, lowers neither what is certain nor what is open nor what is reported."""
    _steps_only_raise(screener, who, _steps(screener.rulebase, who.facts, "danger"), adding_a_danger_never_lowers_the_outcome)


def removing_a_protective_fact_never_lowers_the_outcome(screener: Screener, who: Person) -> None:
    """A protection that turns from yes to no lowers neither what is certain nor what is open nor what is reported."""
    _steps_only_raise(
        screener, who, _steps(screener.rulebase, who.facts, "protective"), removing_a_protective_fact_never_lowers_the_outcome
    )


def _steps_only_raise(screener: Screener, who: Person, steps: Iterable[Step], law: Callable[..., None]) -> None:
    evaluator, steps = screener.evaluator, tuple(steps)
    before = evaluator.decide(who.facts)
    for (finding, value), after in zip(steps, evaluator.what_if(who.facts, steps), strict=True):
        for join in ("floor", "read", "ceiling"):
            if lost := fallen(screener, getattr(before, join), getattr(after, join)):
                raise BrokenLawError(
                    law.__name__,
                    f"with {finding} otherwise, {join} falls: {lost}",
                    (who, urgencies(screener, before)),
                    (who.but(**{finding: value}), urgencies(screener, before)),
                )


def _steps(rulebase: RuleBase, facts: Facts, polarity: str) -> Iterator[Step]:
    """Each step of one fact to a graver value: a danger appears, or a protection goes."""
    for name, fact in facts.items():
        described, value = rulebase.findings.get(name), fact.value
        match described, value:
            case Finding(kind="boolean"), bool():
                if value is (polarity == "protective") and polarity_of(Holds(name), rulebase.findings, rulebase.conditions) == polarity:
                    yield name, not value
            case Finding(kind="choice"), str():
                yield from ((name, graver.id) for graver in _graver(described, value, polarity))
            case Finding(kind="set"), Members(present, absent):
                for member in rulebase.members[name]:
                    if polarity_of(Has(name, member), rulebase.findings, rulebase.conditions) != polarity:
                        continue
                    one = frozenset([member])
                    if polarity == "danger" and member in absent:
                        yield name, Members(present | one, absent - one)
                    if polarity == "protective" and member in present:
                        yield name, Members(present - one, absent | one)


def _graver(described: Finding, value: str, polarity: str) -> Iterator[Member]:
    """The values of a choice that are declared graver. A step away from a protective value counts as losing a protection."""
    now = next(m for m in described.members if m.id == value)
    if now.gravity is None or (now.polarity == "protective") is not (polarity == "protective"):
        return
    yield from (m for m in described.members if m.gravity is not None and m.gravity > now.gravity)
