"""Facts to a decision: the three joins of the lattice, and the state of every rule."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from spinesafe.backends.evaluate.kernel import WIDTH, closed_lanes, compile_kernel, lanes
from spinesafe.backends.evaluate.truth import truth_of, truth_of_value
from spinesafe.model.fact import Facts, Value
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.program import CERTAIN, KNOWN, POSSIBLE, READ


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
        self._unknown = [lanes(None, literal) for literal in rulebase.program.inputs]
        self._unknown_closed = [closed_lanes(None, literal) for literal in rulebase.program.inputs]
        self._inputs_of: dict[str, list[int]] = {}
        for index, literal in enumerate(rulebase.program.inputs):
            self._inputs_of.setdefault(literal.atom.finding, []).append(index)
        self._effects: list[tuple[int, Outcome, bool]] = []
        for rule in rulebase.rules:
            for effect in rule.effects:
                self._effects.append((len(self._effects), effect.outcome, rule.after_treatment))

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
        return self._join(self._kernel.run(self._inputs(facts, self._unknown)), after_treatment=after_treatment)

    def decide_closed_world(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision where silence has been read already, and every comparison still unknown is false in `read`."""
        outputs = self._kernel.run_closed(self._inputs(facts, self._unknown), self._inputs(facts, self._unknown_closed))
        return self._join(outputs, after_treatment=after_treatment)

    def what_if(self, facts: Facts, changes: Sequence[tuple[str, Value]], *, after_treatment: bool = False) -> list[Decision]:
        """The decision for each change of one fact alone, all in one run."""
        packed = [bits * sum(1 << WIDTH * i for i in range(len(changes))) for bits in self._inputs(facts, self._unknown)]
        for place, (finding, value) in enumerate(changes):
            shift = WIDTH * place
            for index in self._inputs_of.get(finding, ()):
                literal = self.rulebase.program.inputs[index]
                now = lanes(truth_of_value(literal.atom, value), literal)
                packed[index] = packed[index] & ~(CERTAIN << shift) | now << shift
        outputs = self._kernel.run(packed, len(changes))
        return [
            self._join([output >> WIDTH * place & CERTAIN for output in outputs], after_treatment=after_treatment)
            for place in range(len(changes))
        ]

    def _inputs(self, facts: Facts, unknown: Sequence[int]) -> list[int]:
        values = list(unknown)
        inputs = self.rulebase.program.inputs
        for finding, fact in facts.items():
            for index in self._inputs_of.get(finding, ()):
                truth = truth_of(inputs[index].atom, {finding: fact})
                if truth is not None:
                    values[index] = lanes(truth, inputs[index])
        return values

    def _join(self, outputs: list[int], *, after_treatment: bool) -> Decision:
        floor = read = ceiling = 0
        for output, outcome, only_after in self._effects:
            if (bits := outputs[output]) and (after_treatment or not only_after):
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
