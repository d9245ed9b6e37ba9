"""People as Hypothesis draws them: what is known of somebody at first, and a few facts that are otherwise.

A person shrinks to few changes of simple values, and prints as a case. Values stand near the limits that the rules compare with, since
that is where rules go wrong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase import load
from spinesafe.rulebase.expression import Compare
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import DIAGNOSES, findings_of
from spinesafe.screening.cases import Case

CASES = Path(__file__).parents[2] / "cases"
NOTHING: tuple[str, ...] = ()
HEALTHY = ("everything_answered_no",)
CLEARED = (*HEALTHY, "gates_pass")
ORDINARY = (*CLEARED, "low_back_pain")
BACKGROUNDS = (NOTHING, HEALTHY, CLEARED, ORDINARY)
"""What is known of a person before the changes: files of `cases/base`, laid on each other."""
MOST_CHANGES = 8
CLINICIANS = {"clinician", "patient_or_clinician"}

Changes = Mapping[str, Value | None]
"""Values by finding; None takes a fact away."""


class Person(msgspec.Struct, frozen=True):
    """A background with changes laid on it. `seed` says how what is not known of the person would turn out."""

    bases: tuple[str, ...]
    changes: dict[str, Value | None]
    seed: int = 0

    @property
    def facts(self) -> Facts:
        """All that is known of the person."""
        return changed(base_facts(self.bases), self.changes)

    @property
    def chance(self) -> Random:
        """The same chances at every call."""
        return Random(self.seed)

    def but(self, **changes: Value | None) -> "Person":
        """The same person with further changes."""
        return Person(self.bases, {**self.changes, **changes}, self.seed)

    def completed(self, facts: Facts, *, not_examined: bool = False) -> Facts:
        """Facts with everything unknown filled at random, contradictions allowed: from nearly healthy people to very ill ones.

        What nobody has examined stays so, unless `not_examined` is to be filled too.
        """
        chance = self.chance
        danger = chance.choice((0.02, 0.1, 0.4))
        filled = dict(facts)
        for finding in unknown_findings(facts):
            known = facts[finding].value if finding in facts else None
            if known is not Answer.NOT_EXAMINED or not_examined:
                filled[finding] = fact(finding, _at_random(finding, known, chance, danger))
        return filled


def person(bases: tuple[str, ...] = NOTHING, **changes: Value | None) -> Person:
    """A person written by hand."""
    return Person(bases, changes)


def of_case(case: Case) -> Person:
    """The person of a case."""
    facts = read_answers(case.answers, load()).facts if case.answers else {}
    return Person(case.bases, {finding: fact.value for finding, fact in facts.items()})


def changed(facts: Facts, changes: Changes) -> Facts:
    """Facts with some of them otherwise."""
    known = {finding: fact for finding, fact in facts.items() if finding not in changes}
    for finding, value in changes.items():
        if value is not None:
            known[finding] = fact(finding, value)
    return known


def fact(finding: str, value: Value) -> Fact:
    """A fact as an answer gives it."""
    return Fact(finding, value, Provenance(source="answer", where=finding))


@cache
def base_facts(bases: tuple[str, ...]) -> Facts:
    """The facts of files of `cases/base`, laid on each other. Not to be written to."""
    answers: dict[str, object] = {}
    for base in bases:
        data: Any = parse_answers((CASES / "base" / f"{base}.yaml").read_text(encoding="utf-8"), base)
        answers |= data["answers"]
    return read_answers(answers, load()).facts if answers else {}


# ------------------------------------------------------------------------------------------------- values


@cache
def limits(finding: str) -> tuple[float, ...]:
    """The numbers that the rules compare a finding with."""
    found = {i.atom.limit for i in load().program.inputs if isinstance(i.atom, Compare) and i.atom.finding == finding}
    return tuple(sorted(found))


@cache
def telling(finding: str) -> tuple[Value, ...]:
    """The values of a finding that the rules may tell apart, the harmless first. Sets: nothing, each member alone, everything."""
    described, members = load().findings[finding], load().members[finding]
    match described.kind:
        case "boolean":
            return (False, True)
        case "choice":
            return members
        case "set":
            return tuple(Members.exactly(present, members) for present in ((), *((m,) for m in members), members))
        case "number":
            return tuple(_near_limits(described))


def _near_limits(described: Finding) -> Iterator[Value]:
    """What does not apply or is normal first, else what lies in the middle."""
    if described.none_label is not None:
        yield Answer.NONE
    low, high = described.minimum or 0.0, 1e6 if described.maximum is None else described.maximum
    step = 1.0 if described.whole else 0.5
    near = sorted(v for v in {limit + away for limit in limits(described.id) for away in (-step, 0.0, step)} | {low} if low <= v <= high)
    silent = described.when_unmentioned
    normal = float(silent) if isinstance(silent, int | float) else near[len(near) // 2]
    yield from dict.fromkeys((normal, *near))


def not_values(described: Finding) -> tuple[Answer, ...]:
    """The answers to a finding that leave it unknown."""
    return (Answer.DONT_KNOW, Answer.NOT_EXAMINED) if described.answered_by in CLINICIANS else (Answer.DONT_KNOW,)


def values_of(finding: str, *, unknown: bool = True) -> st.SearchStrategy[Value | None]:
    """Any state of a finding: a value, one near a limit, a set of which only part is known; where wished not known at all."""
    described, members = load().findings[finding], load().members[finding]
    values: st.SearchStrategy[Value | None] = st.sampled_from(telling(finding)) if described.kind != "set" else _sets(members)
    return st.one_of(values, st.sampled_from((None, *not_values(described)))) if unknown else values


def _sets(members: Sequence[str]) -> st.SearchStrategy[Members]:
    few = st.lists(st.sampled_from(members), unique=True, max_size=3)
    return st.one_of(
        few.map(lambda present: Members.exactly(present, members)),
        st.tuples(few, few).map(lambda both: Members(frozenset(both[0]), frozenset(both[1]) - frozenset(both[0]))),
    )


# ------------------------------------------------------------------------------------------------- people


@cache
def topics() -> tuple[tuple[str, ...], ...]:
    """Findings that are read together: those of each rule, in the order of the knowledge."""
    rules = {findings_of(rule.when) for rule in load().rules}
    return tuple(sorted(rule for rule in rules if rule))


@st.composite
def people(
    draw: st.DrawFn, *, only: Iterable[str] = (), backgrounds: Sequence[tuple[str, ...]] = BACKGROUNDS, unknown: bool = True
) -> Person:
    """People who differ from a background in a few facts, drawn from what some rule reads, or from `only` these findings."""
    bases = draw(st.sampled_from(backgrounds))
    pool = tuple(only) or (*draw(st.sampled_from(topics())), *draw(st.sampled_from(topics())), *draw(_anything()))
    chosen = draw(st.lists(st.sampled_from(pool), unique=True, max_size=MOST_CHANGES))
    changes = {finding: draw(values_of(finding, unknown=unknown)) for finding in chosen}
    return Person(bases, changes, draw(st.integers(0, 2**32 - 1)))


def _anything() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(load().findings)), max_size=2)


def strangers(**focus: Any) -> st.SearchStrategy[Person]:
    """People of whom nothing is known but a few facts, as of somebody in a letter."""
    return people(backgrounds=(NOTHING,), **focus)


# ------------------------------------------------------------------------------------------------- completions


def unknown_findings(facts: Facts) -> tuple[str, ...]:
    """The findings of which nothing, or not every member, is known."""
    return tuple(finding for finding in load().findings if _is_open(finding, facts))


def _is_open(finding: str, facts: Facts) -> bool:
    if finding not in facts:
        return True
    value = facts[finding].value
    if isinstance(value, Members):
        return bool(set(load().members[finding]) - value.present - value.absent)
    return value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}


def _at_random(finding: str, known: Value | None, chance: Random, danger: float) -> Value:
    members = load().members[finding]
    if load().findings[finding].kind == "set":
        part = known if isinstance(known, Members) else Members()
        often = danger / 10 if finding == DIAGNOSES else danger
        more = [m for m in members if m not in part.absent and chance.random() < often]
        return Members.exactly({*part.present, *more}, members)
    first, *others = telling(finding)
    return chance.choice(others) if chance.random() < danger else first
