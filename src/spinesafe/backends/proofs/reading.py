"""How what was said becomes what is decided on: by the person's form, or by a letter that cannot be asked.

This says in terms of the solver what `screening` does to the facts of one person before the rules see them: questions that do not apply are
answered so, "does not apply" beside an answer that says otherwise is unknown, "not examined" is presumed, and in a letter silence is read
by the closed-world defaults. Tests hold that both say the same of the same people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

import z3

from spinesafe.backends.proofs.encode import Line, Trees
from spinesafe.backends.proofs.logic import ALWAYS, NEVER, Bit, both, either, every, opposite, some
from spinesafe.backends.proofs.people import Choice, Known, Number, Person, Several, State, States, YesNo, number, whole
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.entry import Scalar
from spinesafe.rulebase.format import Finding

NOTHING = "none"
"""The word for "does not apply" and "none of them"."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What is decided on. `presumed` says that something was presumed whose condition follows for hands-on care."""

    states: States
    presumed: Bit
    closed_world: bool = False


def as_stated(person: Person) -> Reading:
    """Nothing but what was said: what the rules alone make of it."""
    return Reading(person.states, NEVER)


def as_a_form(rulebase: RuleBase, person: Person, *, dont_know_is_silence: bool = False) -> Reading:
    """As a form or a record is read.

    `dont_know_is_silence` is a fault to be found by the proofs: it reads "I don't know" by the defaults for what nobody mentions.
    """
    states = _presume_not_examined(rulebase, _resolve(rulebase, person.states), dont_know_is_silence=dont_know_is_silence)
    return Reading(*states)


def as_a_letter(rulebase: RuleBase, person: Person) -> Reading:
    """As a narrative is read in a closed world."""
    form = as_a_form(rulebase, person)
    states, conditions = dict(form.states), [form.presumed]
    for finding in _plain_defaults_first(rulebase):
        state = states[finding.id]
        silent = list(_silences(rulebase, finding, states, closed=True))
        if silent:
            states[finding.id] = _silence_read(state, silent)
            if finding.presumption is not None:
                conditions.append(both(state.unanswered, some(when for when, _ in silent)))
    return Reading(states, some(conditions), closed_world=True)


# ------------------------------------------------------------------------------------------------- what does not apply


def _resolve(rulebase: RuleBase, states: Mapping[str, State]) -> States:
    """A question that does not apply is answered so; "does not apply" is taken back unless other answers say so too."""
    line, resolved = Line(rulebase.program, states), dict(states)
    places = places_of(rulebase)
    for finding, output in rulebase.watched.applies.items():
        state, value = states[finding], rulebase.program.outputs[output]
        may_fit = line.possible[value]
        if (nothing := _nothing(rulebase.findings[finding], rulebase.members[finding])) is not None:
            state = filled(state, nothing, both(state.unanswered, opposite(may_fit)))
        resolved[finding] = _taken_back(state, both(may_fit, _denies(finding, states[finding].known, places)))
    return resolved


def _nothing(finding: Finding, members: tuple[str, ...]) -> Scalar | None:
    """The answer of somebody to whom a question does not apply, where it has one."""
    match finding.kind:
        case "boolean":
            return False
        case "number":
            return NOTHING if finding.none_label is not None else None
        case "set":
            return NOTHING
        case "choice":
            return NOTHING if NOTHING in members else None
        case _:
            assert_never(finding.kind)  # pragma: no cover - mypy proves that no kind is missing


def _denies(finding: str, known: Known, places: frozenset[str]) -> Bit:
    match known:
        case Number(none=none):
            return none
        case Several(members) if finding in places:
            return opposite(some(present for present, _ in members.values()))
        case _:
            return NEVER


def places_of(rulebase: RuleBase) -> frozenset[str]:
    """The findings that say where something is."""
    touches = [touch.place for rule in rulebase.rules for touch in rule.then.hands_on]
    rows = [place for row in rulebase.matrix.values() for place in (row.place, *(touch.place for touch in row.also))]
    return frozenset(place for place in (*touches, *rows) if place)


def _taken_back(state: State, when: Bit) -> State:
    """A statement taken back where something holds: then the question counts as unanswered."""
    stays = opposite(when)
    given = both(opposite(state.unanswered), opposite(state.not_examined), opposite(state.dont_know))
    match state.known:
        case Number(known, none, value):
            left: Known = Number(both(known, stays), both(none, stays), value)
        case Several(members):
            left = Several({name: (both(yes, stays), both(no, stays)) for name, (yes, no) in members.items()})
        case _:
            return state
    return replace(state, known=left, unanswered=either(state.unanswered, both(given, when)))


# ------------------------------------------------------------------------------------------------- what is presumed


def _presume_not_examined(rulebase: RuleBase, states: States, *, dont_know_is_silence: bool) -> tuple[States, Bit]:
    read, made = dict(states), [NEVER]
    for name, state in states.items():
        finding = rulebase.findings[name]
        waiting = either(state.not_examined, state.dont_know) if dont_know_is_silence else state.not_examined
        if waiting is NEVER:
            continue
        for when, value in _silences(rulebase, finding, states, closed=False):
            presumed = both(waiting, when)
            made.append(presumed)
            left = filled(read[name], value, presumed)
            read[name] = replace(
                left, not_examined=both(left.not_examined, opposite(when)), dont_know=both(left.dont_know, opposite(presumed))
            )
    return read, some(made)


def _silences(rulebase: RuleBase, finding: Finding, states: Mapping[str, State], *, closed: bool) -> Iterator[tuple[Bit, Scalar]]:
    """What silence is read as, each value with when; no two at once."""
    silent = finding.when_unmentioned
    if isinstance(silent, tuple):
        trees, before = Trees(states, readings=True, closed=closed), NEVER
        for part in silent:
            holds, _ = trees.value(rulebase.expressions[part.when])
            yield both(holds, opposite(before)), part.value
            before = either(before, holds)
    elif silent is not None:
        yield ALWAYS, silent


def _plain_defaults_first(rulebase: RuleBase) -> list[Finding]:
    return sorted(rulebase.findings.values(), key=lambda finding: isinstance(finding.when_unmentioned, tuple))


def _silence_read(state: State, silent: list[tuple[Bit, Scalar]]) -> State:
    for when, value in silent:
        state = filled(state, value, both(state.unanswered, when))
    if not isinstance(state.known, Several):
        return state
    # A list that names some members says of a letter that there are no others.
    given = every([opposite(state.unanswered), opposite(state.not_examined), opposite(state.dont_know), some(when for when, _ in silent)])
    members = {name: (yes, either(no, both(given, opposite(yes)))) for name, (yes, no) in state.known.members.items()}
    return replace(state, known=Several(members))


def filled(state: State, value: Scalar, when: Bit) -> State:
    """A state with a value filled in where something holds. Nothing may be known there."""
    known = state.known
    match known:
        case YesNo(yes, no):
            known = YesNo(either(yes, when), no) if value is True else YesNo(yes, either(no, when))
        case Choice(values):
            known = Choice({name: either(bit, when) if name == value else bit for name, bit in values.items()})
        case Several(members):
            known = Several(
                {name: (either(yes, when), no) if name == value else (yes, either(no, when)) for name, (yes, no) in members.items()}
            )
        case Number(stated, none, term) if value == NOTHING:
            known = Number(either(stated, when), either(none, when), term)
        case Number(stated, none, term):
            known = Number(either(stated, when), none, z3.If(when, number(float(value)), term))
        case _:
            assert_never(known)  # pragma: no cover - mypy proves that no kind is missing
    return replace(state, known=known, unanswered=both(state.unanswered, opposite(when)))


def complete(states: Mapping[str, State]) -> Bit:
    """Whether nothing is left unknown."""
    return every(whole(state.known) for state in states.values())
