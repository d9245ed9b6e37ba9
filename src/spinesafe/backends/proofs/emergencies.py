"""Theorems about what is an emergency, and what never clears beside one."""

from collections.abc import Iterable, Iterator
from typing import assert_never

import z3

from spinesafe.backends.proofs.logic import Bit, both, either, every, opposite, some
from spinesafe.backends.proofs.people import Choice, Number, Several, State, YesNo, anything, member_polarity
from spinesafe.backends.proofs.proof import Claim, Proof, Wrong, less_urgent, shown_below
from spinesafe.backends.proofs.world import Way, World
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import CheckedRule
from spinesafe.rulebase.expression import Compare
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import findings_of

READ: tuple[Way, ...] = ("form", "letter")
GENTLEST = "soft_tissue_massage"
EXEMPTING = {"protective", "mixed"}


# ------------------------------------------------------------------------------------------------- flags


def each_emergency_flag_fires_alone(proof: Proof) -> None:
    """Each flag alone, whatever else is unknown, is an emergency with hands off; and so it is beside everything that exempts nobody."""
    world, theorem = proof.world, proof.world.rulebase.theorems[proof.theorem]
    proof.assume("proof_assumes_follow_up")
    flags = {name: set(findings_of(world.rulebase.expressions[premise])) for name, premise in theorem.premises.items()}
    declared = {finding.id for finding in world.findings if finding.red_flag == "sufficient"}
    for missing in sorted(declared - {finding for beside in flags.values() for finding in beside}):
        proof.list(missing, id=missing, finding=world.rulebase.findings[missing].label, found=proof.say("proof_found_no_premise"))
    solver = proof.solver("one", given=[world.follow_up])
    for name, beside in flags.items():
        proof.need(solver, name, [world.premise(proof.theorem, name)[0], *_silent(world, beside)])
    for way in READ:
        proof.never(
            Claim(way, [world.follow_up], [wrong for name, beside in flags.items() for wrong in _no_emergency(proof, way, name, beside)])
        )


def _no_emergency(proof: Proof, way: Way, flag: str, beside: set[str]) -> Iterator[Wrong]:
    """That a flag which nothing exempts is no emergency, or leaves hands on."""
    world, letter = proof.world, way == "letter"
    there = every([world.premise(proof.theorem, flag)[0], *nothing_exempts(world, beside)])
    yield less_urgent(world, way, "one", Urgency.SAME_DAY, there)
    hands_on = opposite(world.decided("one", way).everywhere(HandsOn.STOP))
    yield Wrong(both(there, hands_on), "one", {"hands_on": "stop"}, letter=letter)


def _silent(world: World, beside: Iterable[str]) -> Iterator[Bit]:
    """That nothing is known beside some findings."""
    kept = set(beside)
    for finding, state in world.one.states.items():
        if finding not in kept:
            yield either(state.unanswered, state.dont_know, state.not_examined)


def nothing_exempts(world: World, beside: Iterable[str]) -> Iterator[Bit]:
    """That no answer is known which protects, exempts, or dates what counts as recent while it is not dated, beside some findings."""
    kept = set(beside)
    yield from (opposite(anything(world.one.states[dates].known)) for dates in dating(world) if dates not in kept)
    for finding in world.findings:
        if finding.id not in kept:
            yield from _no_exemption(world, finding, world.one.states[finding.id])


def dating(world: World) -> list[str]:
    """The numbers that count as recent while they are not known."""
    read = (literal for literal in world.rulebase.program.inputs if literal.when_not_known is literal.positive)
    return list(dict.fromkeys(literal.atom.finding for literal in read if isinstance(literal.atom, Compare)))


def _no_exemption(world: World, finding: Finding, state: State) -> Iterator[Bit]:
    match state.known:
        case YesNo(yes, _):
            yield from [opposite(yes)] if finding.polarity in EXEMPTING else []
        case Number(known, _, _):
            yield from [opposite(known)] if finding.polarity in EXEMPTING else []
        case Choice(values):
            yield from (opposite(values[m.id]) for m in finding.members if m.polarity in EXEMPTING or finding.polarity == "mixed")
        case Several(members):
            yield from (opposite(yes) for m, (yes, _) in members.items() if member_polarity(world.rulebase, finding, m) in EXEMPTING)
        case _:
            assert_never(state.known)  # pragma: no cover - mypy proves that no kind is missing


# ------------------------------------------------------------------------------------------------- weak flags


def no_weak_flag_alone_is_an_emergency(proof: Proof) -> None:
    """Age, pain at night, pain on straining and one weak sign, together and beside no other danger, never raise the urgency."""
    world, theorem = proof.world, proof.world.rulebase.theorems[proof.theorem]
    proof.assume("proof_assumes_no_other_danger")
    weak = {name: world.premise(proof.theorem, name)[0] for name in theorem.premises if name.startswith("weak_")}
    named = {f for premise in theorem.premises.values() for f in findings_of(world.rulebase.expressions[premise])}
    given = [*_no_other_danger(world, named), z3.AtMost(*weak.values(), 1)]
    young, _ = world.premise(proof.theorem, "adult_under_60")
    for way in READ:
        raised = Wrong(
            both(young, world.decided("one", way).urgent(Urgency.WITHIN_14_DAYS)), "one", {"urgency": "routine"}, letter=way == "letter"
        )
        urgent = Wrong(
            world.decided("one", way).urgent(Urgency.WITHIN_7_DAYS), "one", {"urgency": "within_14_days"}, letter=way == "letter"
        )
        # Of "I don't know" a letter makes the graver of the two, where a form leaves it open.
        told = [opposite(state.dont_know) for state in world.one.states.values()] if way == "letter" else []
        proof.never(Claim(way, [*given, *told], [raised, urgent], such_as=both(some(weak.values()), young)))


def _no_other_danger(world: World, named: set[str]) -> Iterator[Bit]:
    """That no danger is known beside the named findings: no sign, no disease, no number of a grade or a date."""
    for finding in world.findings:
        state = world.one.states[finding.id]
        if finding.id in named:
            continue
        match state.known:
            case YesNo(yes, _):
                yield from [opposite(yes)] if finding.polarity in {"danger", "mixed"} else []
            case Number(known, none, _):
                yield either(opposite(known), none)
            case Choice(values):
                yield from (opposite(values[m.id]) for m in finding.members if m.polarity in {"danger", "mixed"})
            case Several(members):
                yield from (
                    opposite(yes) for m, (yes, _) in members.items() if member_polarity(world.rulebase, finding, m) in {"danger", "mixed"}
                )
            case _:
                assert_never(state.known)  # pragma: no cover - mypy proves that no kind is missing


# ------------------------------------------------------------------------------------------------- nothing clears beside an emergency


def urgent_is_never_cleared(proof: Proof) -> None:
    """Within 7 days or sooner never stands beside a go-ahead, anywhere; nor does a 14-day rule that says stop or diagnose first."""
    world = proof.world
    held = [rule for rule in world.rulebase.rules if _holds_back(world, rule)]
    for way in READ:
        decided = world.decided("one", way)
        urgent = decided.urgent(Urgency.WITHIN_7_DAYS)
        proof.never(Claim(f"{way}: urgent", [urgent], list(shown_below(world, way, "one", HandsOn.WAIT))))
        waiting = opposite(decided.everywhere(HandsOn.WAIT))
        wrong = [Wrong(both(some(_held_back(world, rule, way)), waiting), rules=(rule.id,), expected={"hands_on": "wait"}) for rule in held]
        proof.never(Claim(f"{way}: 14-day rules", [], wrong, such_as=some(bit for rule in held for bit in _held_back(world, rule, way))))


def _holds_back(world: World, rule: CheckedRule) -> bool:
    return rule.then.urgency >= Urgency.WITHIN_14_DAYS and any(
        _gentle(world, effect.outcome) >= HandsOn.DIAGNOSE_FIRST for effect in rule.effects
    )


def _gentle(world: World, outcome: int) -> HandsOn:
    layout = world.lattice.layout
    return layout.worst_level(outcome, [GENTLEST], layout.regions)


def _held_back(world: World, rule: CheckedRule, way: Way) -> Iterator[Bit]:
    """That the rule fires with a part that keeps even the gentlest work away."""
    decided = world.decided("one", way)
    for place, (other, effect) in enumerate(world.lattice.effects):
        if other is rule and _gentle(world, effect.outcome) >= HandsOn.DIAGNOSE_FIRST:
            yield decided.output("read", place)
