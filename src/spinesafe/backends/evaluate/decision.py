"""Facts to a decision: the three joins of the lattice, and the state of every rule."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter

import msgspec

from spinesafe.backends.evaluate.kernel import WIDTH, closed_lanes, compile_kernel, lanes
from spinesafe.backends.evaluate.truth import truth_of_value
from spinesafe.model.fact import Facts, Value
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.program import CERTAIN, KNOWN, POSSIBLE, READ, Input

MOST_VALUES = 8192
"""How many values of findings keep their bits at hand."""


class Run(msgspec.Struct, frozen=True):
    """What the program said about one person: four bits for each output."""

    outputs: tuple[int, ...]

    def holds(self, output: int) -> bool | None:
        """Whether an output is true, without readings; None where undecided."""
        bits = self.outputs[output]
        return True if bits & KNOWN else None if bits & POSSIBLE else False

    def reads(self, output: int) -> bool:
        """Whether an output counts as true in a delivered result."""
        return bool(self.outputs[output] & READ)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The three joins. `floor` <= `read` <= `ceiling`, whatever is known.

    `floor` is certain; `ceiling` is the worst that is still open; `read` is the floor with the readings of a delivered result.
    """

    floor: Outcome
    ceiling: Outcome
    read: Outcome
    run: Run

    @property
    def settled(self) -> bool:
        """No missing answer can change the decision."""
        return self.floor == self.ceiling


class Evaluator:
    """A rule base, ready to decide. Building one takes some tens of milliseconds; deciding, well under one."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self._kernel = compile_kernel(rulebase.program)
        self._literals: dict[str, list[Input]] = {}
        order: dict[str, list[int]] = {}
        for index, literal in enumerate(rulebase.program.inputs):
            self._literals.setdefault(literal.atom.finding, []).append(literal)
            order.setdefault(literal.atom.finding, []).append(index)
        self._arrange = itemgetter(*_inverse([index for indexes in order.values() for index in indexes]))
        self._lanes = lru_cache(MOST_VALUES)(self._lanes_of)
        self._effects = [(effect.outcome, rule.after_treatment) for rule in rulebase.rules for effect in rule.effects]

    @cached_property
    def outputs_of(self) -> Mapping[str, range]:
        """Which outputs of the program are the effects of a rule."""
        first, found = 0, {}
        for rule in self.rulebase.rules:
            found[rule.id] = range(first, first + len(rule.effects))
            first += len(rule.effects)
        return found

    def decide(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision for one person.

        `after_treatment` adds the stop criteria that hold during and after a treatment.
        """
        return self._join(self._kernel.run(self._inputs(facts)), after_treatment=after_treatment)

    def decide_closed_world(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision where silence has been read already, and every comparison still unknown is false in `read`."""
        outputs = self._kernel.run_closed(self._inputs(facts), self._inputs(facts, closed=True))
        return self._join(outputs, after_treatment=after_treatment)

    def what_if(self, facts: Facts, changes: Sequence[tuple[str, Value]], *, after_treatment: bool = False) -> list[Decision]:
        """The decision for each change of one fact alone, all in one run."""
        everyone = sum(1 << WIDTH * place for place in range(len(changes)))
        packed: list[int] = []
        for finding in self._literals:
            fact = facts.get(finding)
            now = self._lanes(finding, None if fact is None else fact.value, False)
            values = [bits * everyone for bits in now]
            for place, (changed, value) in enumerate(changes):
                if changed == finding:
                    for i, bits in enumerate(self._lanes(finding, value, False)):
                        values[i] ^= (now[i] ^ bits) << WIDTH * place
            packed += values
        outputs = self._kernel.run(self._arrange(packed), len(changes))
        return [
            self._join([output >> shift & CERTAIN for output in outputs], after_treatment=after_treatment)
            for shift in range(0, WIDTH * len(changes), WIDTH)
        ]

    def _inputs(self, facts: Facts, *, closed: bool = False) -> Sequence[int]:
        values: list[int] = []
        for finding in self._literals:
            fact = facts.get(finding)
            values += self._lanes(finding, None if fact is None else fact.value, closed)
        return self._arrange(values)  # type: ignore[no-any-return]

    def _lanes_of(self, finding: str, value: Value | None, closed: bool) -> tuple[int, ...]:  # noqa: FBT001 - a cache key
        """The bits of all inputs on one finding for one value of it."""
        read = closed_lanes if closed else lanes
        return tuple(
            read(None if value is None else truth_of_value(literal.atom, value), literal) for literal in self._literals[finding]
        )

    def _join(self, outputs: Sequence[int], *, after_treatment: bool) -> Decision:
        floor = read = ceiling = 0
        for bits, (outcome, only_after) in zip(outputs, self._effects, strict=False):
            if bits and (after_treatment or not only_after):
                ceiling |= outcome
                if bits & READ:
                    read |= outcome
                    if bits & KNOWN:
                        floor |= outcome
        return Decision(floor=floor, ceiling=ceiling, read=read, run=Run(tuple(outputs)))

    def fired(self, decision: Decision, *, after_treatment: bool = False) -> Iterator[CheckedRule]:
        """The rules that are true, or count as true in a delivered result."""
        for rule in self.rulebase.rules:
            if (after_treatment or not rule.after_treatment) and any(decision.run.reads(o) for o in self.outputs_of[rule.id]):
                yield rule

    def undecided(self, decision: Decision, *, after_treatment: bool = False) -> Iterator[tuple[CheckedRule, Outcome]]:
        """The rules that an answer could still make true, with what they would then raise to beyond what is certain."""
        for rule in self.rulebase.rules:
            if rule.after_treatment and not after_treatment:
                continue
            more = 0
            for output, effect in zip(self.outputs_of[rule.id], rule.effects, strict=True):
                if decision.run.holds(output) is None:
                    more |= effect.outcome & ~decision.floor
            if more:
                yield rule, more


def _inverse(order: Sequence[int]) -> list[int]:
    """Where each place of a sequence went when it was put in this order."""
    places = [0] * len(order)
    for place, index in enumerate(order):
        places[index] = place
    return places
