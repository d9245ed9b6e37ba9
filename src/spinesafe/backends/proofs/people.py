"""What can be known about a person, as terms of the solver: every state of knowledge at once.

Each finding is a handful of Boolean terms. Known yes and known no are two terms that are never both true; neither of them is *unknown*. So
one set of terms stands for everybody: who answered everything, who answered nothing, and all between.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, assert_never

import z3

from spinesafe.backends.proofs.logic import NEVER, Bit, Rails, alike, both, either, every, if_then, opposite, some
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Atom, Compare, Has, Holds, Is
from spinesafe.rulebase.format import Finding

CLINICIANS = {"clinician", "patient_or_clinician"}


@dataclass(frozen=True, eq=False)
class YesNo:
    """A yes-or-no finding."""

    yes: Bit
    no: Bit


@dataclass(frozen=True, eq=False)
class Choice:
    """A finding with one value of several: the term of the value that is known is true, all others are false."""

    values: dict[str, Bit]


@dataclass(frozen=True, eq=False)
class Several:
    """A finding with several values, each known by itself."""

    members: dict[str, Rails]


@dataclass(frozen=True, eq=False)
class Number:
    """A number, or the answer that none applies, of which every comparison is false. `value` counts only where `known` and not `none`."""

    known: Bit
    none: Bit
    value: z3.ArithRef


Known: TypeAlias = YesNo | Choice | Several | Number


@dataclass(frozen=True, eq=False)
class State:
    """What is known of a finding, and what became of the question where nothing is."""

    known: Known
    unanswered: Bit
    not_examined: Bit
    dont_know: Bit


States: TypeAlias = dict[str, State]


@dataclass(frozen=True, eq=False)
class Person:
    """Everybody: a state of knowledge for each finding, and for each what holds of all people who can be."""

    states: States
    limits: dict[str, list[Bit]]

    def sound(self, findings: Iterable[str] | None = None) -> Iterator[Bit]:
        """What holds of all people who can be, of some findings or of all."""
        for finding in self.limits if findings is None else findings:
            yield from self.limits[finding]


def everybody(rulebase: RuleBase, tag: str = "") -> Person:
    """The terms of a person. Two people are told apart by a tag."""
    states: States = {}
    limits: dict[str, list[Bit]] = {}
    for finding in rulebase.findings.values():
        name = f"{finding.id}{tag}"
        sound: list[Bit] = limits.setdefault(finding.id, [])
        known = _known(finding, rulebase.members[finding.id], name, sound)
        dont_know = z3.Bool(f"{name}: dont_know")
        not_examined = z3.Bool(f"{name}: not_examined") if finding.answered_by in CLINICIANS else NEVER
        given = z3.Bool(f"{name}: given") if isinstance(known, Several) else anything(known)
        sound += [if_then(anything(known), given), z3.AtMost(given, dont_know, not_examined, 1)]
        states[finding.id] = State(known, opposite(some([given, dont_know, not_examined])), not_examined, dont_know)
    return Person(states, limits)


def _known(finding: Finding, members: Iterable[str], name: str, sound: list[Bit]) -> Known:
    match finding.kind:
        case "boolean":
            yes, no = z3.Bool(f"{name}: yes"), z3.Bool(f"{name}: no")
            sound.append(opposite(both(yes, no)))
            return YesNo(yes, no)
        case "choice":
            values = {member: z3.Bool(f"{name}: {member}") for member in members}
            sound.append(z3.AtMost(*values.values(), 1))
            return Choice(values)
        case "set":
            several = {member: (z3.Bool(f"{name}: {member}"), z3.Bool(f"{name}: not {member}")) for member in members}
            sound += [opposite(both(present, absent)) for present, absent in several.values()]
            return Several(several)
        case "number":
            known, none = z3.Bool(f"{name}: number"), z3.Bool(f"{name}: none")
            value = z3.Int(name) if finding.whole else z3.Real(name)
            sound += [if_then(none, known)] if finding.none_label is not None else [opposite(none)]
            sound += [value >= number(finding.minimum)] if finding.minimum is not None else []
            sound += [value <= number(finding.maximum)] if finding.maximum is not None else []
            return Number(known, none, value)
        case _:
            assert_never(finding.kind)  # pragma: no cover - mypy proves that no kind is missing


def number(value: float) -> z3.ArithRef:
    """A number as the solver takes it, exactly."""
    exact = Fraction(str(value))
    return z3.IntVal(exact.numerator) if exact.denominator == 1 else z3.RealVal(str(exact))


# ------------------------------------------------------------------------------------------------- what is known


def anything(known: Known) -> Bit:
    """Whether anything is known of a finding."""
    match known:
        case YesNo(yes, no):
            return either(yes, no)
        case Choice(values):
            return some(values.values())
        case Several(members):
            return some(rail for rails in members.values() for rail in rails)
        case Number():
            return known.known
        case _:
            assert_never(known)  # pragma: no cover - mypy proves that no kind is missing


def whole(known: Known) -> Bit:
    """Whether everything is known of a finding: of a set, every member."""
    if isinstance(known, Several):
        return every(either(*rails) for rails in known.members.values())
    return anything(known)


def rails(known: Known, atom: Atom) -> Rails:
    """Whether an atom is known to be true, and known to be false."""
    match known, atom:
        case YesNo(yes, no), Holds():
            return yes, no
        case Choice(values), Is(_, member):
            return values[member], some(bit for name, bit in values.items() if name != member)
        case Several(members), Has(_, member):
            return members[member]
        case Number(known=stated, none=none, value=value), Compare(_, sign, limit):
            holds = compared(value, sign, limit)
            return every([stated, opposite(none), holds]), both(stated, either(none, opposite(holds)))
    raise TypeError(atom)  # pragma: no cover - the loader lets no such comparison through


def compared(value: z3.ArithRef, sign: str, limit: float) -> Bit:
    """A comparison of a number that is there."""
    right = number(limit)
    match sign:
        case "<":
            return value < right
        case "<=":
            return value <= right
        case ">":
            return value > right
        case ">=":
            return value >= right
        case _:
            return value == right


# ------------------------------------------------------------------------------------------------- two states of knowledge


def bits_of(known: Known) -> tuple[Bit, ...]:
    """The Boolean terms of a finding, in a fixed order."""
    match known:
        case YesNo(yes, no):
            return yes, no
        case Choice(values):
            return tuple(values.values())
        case Several(members):
            return tuple(rail for pair in members.values() for rail in pair)
        case Number(known=stated, none=none):
            return stated, none
        case _:
            assert_never(known)  # pragma: no cover - mypy proves that no kind is missing


def same(before: Known, after: Known) -> Bit:
    """Whether the same is known of a finding."""
    equal = [alike(one, other) for one, other in zip(bits_of(before), bits_of(after), strict=True)]
    if isinstance(before, Number) and isinstance(after, Number):
        equal.append(either(opposite(before.known), before.none, before.value == after.value))
    return every(equal)


def same_state(before: State, after: State) -> Bit:
    """Whether the same is known, and the same became of the question."""
    return both(same(before.known, after.known), same_question(before, after))


def same_question(before: State, after: State) -> Bit:
    """Whether the same became of the question."""
    pairs = ((before.unanswered, after.unanswered), (before.not_examined, after.not_examined), (before.dont_know, after.dont_know))
    return every(alike(one, other) for one, other in pairs)


def learnt(before: Known, after: Known) -> Bit:
    """Whether everything that was known still is."""
    if isinstance(before, Number):
        return if_then(before.known, same(before, after))
    return every(if_then(one, other) for one, other in zip(bits_of(before), bits_of(after), strict=True))


# ------------------------------------------------------------------------------------------------- steps to a graver answer


def graver(rulebase: RuleBase, before: Mapping[str, State], after: Mapping[str, State], polarity: str) -> Iterator[Bit]:
    """For each finding: nothing changed, or a danger appeared, or a protection went, by the polarity. Mixed and neutral answers stay."""
    for finding in rulebase.findings.values():
        was, now = before[finding.id], after[finding.id]
        stays, steps = same_state(was, now), list(_steps(rulebase, finding, was.known, now.known, polarity))
        asked = same_question(was, now)
        match was.known, now.known:
            case Several(members), Several(others):
                yield asked
                for member in members:
                    (yes, no), (yes_now, no_now) = members[member], others[member]
                    yield some([both(alike(yes, yes_now), alike(no, no_now)), *(step for name, step in steps if name == member)])
            case _:
                yield some([stays, *(both(asked, step) for _, step in steps)])


def _steps(rulebase: RuleBase, finding: Finding, was: Known, now: Known, polarity: str) -> Iterator[tuple[str, Bit]]:
    match was, now:
        case YesNo(), YesNo() if finding.polarity == polarity:
            yield "", both(was.no, now.yes) if polarity == "danger" else both(was.yes, now.no)
        case Choice(), Choice():
            for one, other in graver_values(finding, polarity):
                yield "", both(was.values[one], now.values[other])
        case Several(), Several():
            for member in was.members:
                if member_polarity(rulebase, finding, member) == polarity:
                    (yes, no), (yes_now, no_now) = was.members[member], now.members[member]
                    yield member, both(no, yes_now) if polarity == "danger" else both(yes, no_now)


def graver_values(finding: Finding, polarity: str) -> Iterator[tuple[str, str]]:
    """Each step within a choice that is declared a step to a graver answer; from a protective answer it is the loss of a protection."""
    for one in finding.members:
        for other in finding.members:
            declared = one.gravity is not None and other.gravity is not None and other.gravity > one.gravity
            if declared and (one.polarity == "protective") == (polarity == "protective"):
                yield one.id, other.id


def member_polarity(rulebase: RuleBase, finding: Finding, member: str) -> str:
    """What a member of a set was declared as; a condition by its own entry."""
    if finding.members_from:
        return rulebase.conditions[member].polarity
    return next(m.polarity for m in finding.members if m.id == member)
