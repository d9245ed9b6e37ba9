"""The terms say of somebody exactly what the evaluator and the screener say: every rule, in every way of reading, unknowns included."""

import os
from collections.abc import Iterable, Iterator, Mapping

import pytest
import z3

from spinesafe.backends.proofs.decision import JOINS, Decided, Join
from spinesafe.backends.proofs.logic import Bit
from spinesafe.backends.proofs.solve import Solver
from spinesafe.backends.proofs.telling import as_answers, as_known, person_found
from spinesafe.backends.proofs.world import Way
from spinesafe.intake.answers import read_answers
from spinesafe.model.fact import Fact, Facts, Provenance
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import load
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ
from spinesafe.screening import built_in
from tests.backends.proofs.worlds import built_in_world
from tests.conformance.people import Maker

PEOPLE = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 8
RAILS: Mapping[Join, int] = {"floor": KNOWN, "read": READ, "ceiling": POSSIBLE}


def bits(model: z3.ModelRef, terms: Iterable[Bit]) -> list[bool]:
    """What a person makes of many terms, read off in one go."""
    listed = list(terms)
    packed = z3.Concat(*(z3.If(term, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for term in listed), z3.BitVecVal(0, 1))
    value = model.eval(packed, model_completion=True).as_long() >> 1
    return [bool(value >> (len(listed) - 1 - place) & 1) for place in range(len(listed))]


def somebody(facts: Facts) -> z3.ModelRef:
    """The person of whom just these facts are known, outside of the follow-up."""
    world = built_in_world()
    model = Solver([*world.one.sound(), *as_known(world.one, facts), z3.Not(world.follow_up)], milliseconds=60_000).model()
    assert model is not None, "the terms leave no such person"
    return model


def people(seed: int) -> Iterator[Facts]:
    """People by chance. No intake takes a number that lies outside of its range, so nothing is proved of such."""
    for facts in Maker(load()).people(PEOPLE, seed):
        yield {name: fact for name, fact in facts.items() if not isinstance(fact.value, float) or fact.value >= 0}


def said_by_the_terms(model: z3.ModelRef, decided: Decided) -> dict[str, object]:
    lattice = decided.lattice
    said: dict[str, object] = {join: bits(model, (decided.output(join, i) for i in lattice.places)) for join in JOINS}
    said |= {f"{join} outcome": bits(model, (decided.bit(join, bit) for bit in lattice.distinct)) for join in JOINS}
    said["shown"] = bits(model, (decided.shown(cell, level) for cell in lattice.cells for level in lattice.levels))
    said["urgency"] = bits(model, (decided.urgent(urgency) for urgency in list(Urgency)[1:]))
    said["presumed"] = bits(model, [decided.reading.presumed])
    said["settled"] = bits(model, [decided.settled])
    said["hurts"] = bits(model, (decided.hurts(region) for region in lattice.layout.regions))
    return said


def said_by_the_screener(facts: Facts, way: Way) -> dict[str, object]:
    screener, lattice = built_in(), built_in_world().lattice
    judged = screener.judge(facts, closed_world=way == "letter")
    grid = screener.rulebase.layout.grid(judged.result.grid)
    decision = judged.reported
    said: dict[str, object] = {
        join: [bool(decision.run.outputs[i] & rail) and not rule.after_treatment for i, (rule, _) in enumerate(lattice.effects)]
        for join, rail in RAILS.items()
    }
    said |= {f"{join} outcome": [bool(getattr(decision, join) >> bit & 1) for bit in lattice.distinct] for join in JOINS}
    said["shown"] = [grid[technique][region] >= level for technique, region in lattice.cells for level in list(HandsOn)[1:]]
    said["urgency"] = [judged.result.urgency >= urgency for urgency in list(Urgency)[1:]]
    said["presumed"] = [judged.capped]
    said["settled"] = [decision.settled]
    said["hurts"] = [decision.run.reads(screener.rulebase.watched.hurts[region]) for region in lattice.layout.regions]
    return said


@pytest.mark.parametrize("way", ["form", "letter"])
def test_people_are_decided_alike(way: Way) -> None:
    decided = built_in_world().decided("one", way)
    for facts in people(seed=5):
        assert said_by_the_terms(somebody(facts), decided) == said_by_the_screener(facts, way)


def test_people_are_decided_alike_by_the_rules_alone() -> None:
    world, evaluator = built_in_world(), built_in().evaluator
    decided = world.decided("one", "stated")
    for facts in people(seed=6):
        model, decision = somebody(facts), evaluator.decide(facts)
        for join, rail in RAILS.items():
            expected = [
                bool(decision.run.outputs[i] & rail) and not rule.after_treatment for i, (rule, _) in enumerate(world.lattice.effects)
            ]
            assert bits(model, (decided.output(join, i) for i in world.lattice.places)) == expected


def test_the_follow_up_counts_where_it_is_meant() -> None:
    world, evaluator = built_in_world(), built_in().evaluator
    decided = world.decided("one", "stated")
    facts = {"during_treatment_alarm": Fact("during_treatment_alarm", value=True, provenance=Provenance(source="answer"))}
    given = [*world.one.sound(), *as_known(world.one, facts), world.follow_up]
    model = Solver(given, milliseconds=60_000).model()
    assert model is not None
    decision = evaluator.decide(facts, after_treatment=True)
    for join in JOINS:
        expected = [bool(getattr(decision, join) >> bit & 1) for bit in world.lattice.distinct]
        assert bits(model, (decided.bit(join, bit) for bit in world.lattice.distinct)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_whoever_the_solver_makes_up_is_decided_alike(seed: int) -> None:
    """The other way round: people whom no generator of ours would think of, as answers, read back and screened."""
    world = built_in_world()
    solver = z3.SimpleSolver()
    solver.set("random_seed", seed)
    solver.set("smt.phase_selection", 5)  # at random
    solver.add(*world.one.sound(), z3.Not(world.follow_up), *(z3.Not(s.unanswered) for s in list(world.one.states.values())[seed::5]))
    assert solver.check() == z3.sat
    model = solver.model()
    found = person_found(model, world.one)
    facts = {name: Fact(name, value, Provenance(source="answer")) for name, value in found.items()}
    back = read_answers(as_answers(world.rulebase, found), world.rulebase).facts
    assert {name: fact.value for name, fact in back.items()} == found
    for way in ("form", "letter"):
        assert said_by_the_terms(somebody(facts), world.decided("one", way)) == said_by_the_screener(facts, way)
