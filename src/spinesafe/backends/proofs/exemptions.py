"""Theorems about exemptions: each helps somebody, and one new change takes it away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import z3

from spinesafe.backends.proofs.decision import Decided
from spinesafe.backends.proofs.encode import Trees
from spinesafe.backends.proofs.logic import ALWAYS, NEVER, Rails, if_then, opposite
from spinesafe.backends.proofs.people import same_state
from spinesafe.backends.proofs.proof import Proof
from spinesafe.backends.proofs.solve import Solver
from spinesafe.backends.proofs.world import World
from spinesafe.rulebase.expression import FALSE, Expression, Named, all_of, parts_of
from spinesafe.rulebase.names import findings_of

if TYPE_CHECKING:
    from spinesafe.model.text import Text


class Without(Trees):
    """Expressions read as if one definition never held."""

    def __init__(self, trees: Trees, name: str) -> None:
        super().__init__(trees.states, readings=True)
        self._name = name

    def _value(self, node: Expression) -> Rails:
        return (NEVER, ALWAYS) if isinstance(node, Named) and node.name == self._name else super()._value(node)


def each_exemption_works_and_can_be_lost(proof: Proof) -> None:
    """For each definition that must be established to count there is somebody whom it lowers, and one answer that takes it away."""
    world = proof.world
    effects = [all_of(rule.when, effect.when) for rule, effect in world.lattice.effects]
    exempting = _exempting(effects)
    solver = proof.solver("one")
    change = _OneChange(proof)
    for name, (definition, places) in exempting.items():
        works = _works(world, solver, definition, {place: effects[place] for place in places})
        losing = change.losing(definition, *works) if works else []
        rules = dict.fromkeys(world.lattice.effects[place][0].id for place in places)
        meaning, lost = _meaning(proof, name), ", ".join(losing)
        cells: dict[str, Text | str] = {"id": name, "exemption": meaning, "rules": str(len(rules)), "lost_by": lost}
        proof.list(name, **cells) if not (works and losing) else proof.note(**cells)
    proof.asked += solver.asked


def _meaning(proof: Proof, name: str) -> "Text":
    """What a definition says; the loader makes two kinds, of a technique and of a finding."""
    rulebase = proof.world.rulebase
    if name in rulebase.definitions:
        return rulebase.definitions[name].meaning
    technique = rulebase.techniques.get(name.removeprefix("reason_for_"))
    if technique is not None:
        return proof.say("proof_reason_for", technique=technique.label)
    return proof.say("proof_stated_otherwise", finding=rulebase.findings[name.removesuffix("_stated_otherwise")].label)


def _exempting(effects: list[Expression]) -> dict[str, tuple[Named, list[int]]]:
    """The definitions that count as false while not known, each with the effects that read it."""
    found: dict[str, tuple[Named, list[int]]] = {}
    for place, effect in enumerate(effects):
        for named in dict.fromkeys(_named(effect)):
            found.setdefault(named.name, (named, []))[1].append(place)
    return found


def _named(node: Expression) -> Iterator[Named]:
    if isinstance(node, Named) and node.when_not_known is False and node.part != FALSE:
        yield node
    for part in parts_of(node):
        yield from _named(part)


def _works(world: World, solver: Solver, definition: Named, effects: dict[int, Expression]) -> tuple[int, int] | None:
    """An effect and a bit by which somebody is lowered: without the exemption the effect would hold, and raise beyond what now stands."""
    decided, trees = world.decided("one", "form"), world.trees("one", "form")
    holds, _ = trees.value(definition)
    without = Without(trees, definition.name)
    for place, effect in effects.items():
        would, _ = without.value(effect)
        for bit in _least_covered_first(decided, place):
            if solver.can(holds, would, opposite(decided.bit("read", bit))):
                return place, bit
    return None


def _least_covered_first(decided: Decided, place: int) -> list[int]:
    """The bits that an effect raises, those first that the fewest others raise."""
    outcome = decided.lattice.effects[place][1].outcome
    bits = {decided.lattice.raising(bit): bit for bit in range(outcome.bit_length()) if outcome >> bit & 1}
    return [bits[raising] for raising in sorted(bits, key=len)]


class _OneChange:
    """Two people who differ in one finding at most."""

    def __init__(self, proof: Proof) -> None:
        self.world = proof.world
        self.before, self.after = self.world.decided("one", "stated"), self.world.decided("other", "stated")
        self._same = {f: z3.Bool(f"same: {f}") for f in self.world.rulebase.findings}
        one, other = self.world.one.states, self.world.other.states
        equal = [if_then(bit, same_state(one[f], other[f])) for f, bit in self._same.items()]
        self.solver = proof.solver("one", "other", given=equal)

    def losing(self, definition: Named, place: int, bit: int) -> list[str]:
        """The findings that can take an exemption away, each alone: it no longer holds, and the effect raises."""
        was, _ = self.world.trees("one", "stated").value(definition)
        still, _ = self.world.trees("other", "stated").value(definition)
        raised = (self.after.output("read", place), opposite(self.before.bit("read", bit)))
        found = []
        for finding in findings_of(definition):
            kept = [same for f, same in self._same.items() if f != finding]
            if self.solver.can(was, opposite(still), *raised, *kept):
                found.append(finding)
        return found
