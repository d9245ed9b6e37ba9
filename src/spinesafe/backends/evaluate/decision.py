"""Facts to a decision: the three joins of the lattice, and the state of every rule."""

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import TypeAlias

import msgspec

from spinesafe.backends.evaluate.kernel import WIDTH, closed_lanes, compile_kernel, lanes
from spinesafe.backends.evaluate.truth import truth_of_value
from spinesafe.backends.evaluate.walk import Walk
from spinesafe.model.fact import Facts, Value
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.expression import Compare, Expression, all_of
from spinesafe.rulebase.names import findings_of
from spinesafe.rulebase.program import CERTAIN, KNOWN, POSSIBLE, READ, Input

MOST_VALUES = 512
"""How many values of one finding keep their bits at hand."""

Bits: TypeAlias = tuple[int, ...]


class Run(msgspec.Struct, frozen=True):
    """What the program said about one person: four bits for each output, `shift` bits up where several people are packed together."""

    outputs: Sequence[int]
    shift: int = 0

    def holds(self, output: int) -> bool | None:
        """Whether an output is true, without readings; None where undecided."""
        bits = self.outputs[output] >> self.shift
        return True if bits & KNOWN else None if bits & POSSIBLE else False

    def reads(self, output: int) -> bool:
        """Whether an output counts as true in a delivered result."""
        return bool(self.outputs[output] >> self.shift & READ)


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


class Part(msgspec.Struct, frozen=True):
    """One effect of a rule: what an output of the program raises to, and when."""

    rule: CheckedRule
    outcome: Outcome
    when: Expression
    reads: tuple[str, ...]
    waits: dict[tuple[Value | None, ...], tuple[str, ...]]
    """What it waits for, by the values of the findings that it reads: few are met, again and again."""

    def waits_for(self, facts: Facts) -> tuple[str, ...]:
        """The findings that it waits for while it is undecided, each once."""
        known = tuple(facts[finding].value if finding in facts else None for finding in self.reads)
        if known not in self.waits:
            if len(self.waits) >= MOST_VALUES:
                self.waits.clear()
            self.waits[known] = tuple(dict.fromkeys(atom.finding for atom in Walk(facts).open_atoms(self.when)))
        return self.waits[known]


class Fired(msgspec.Struct, frozen=True):
    """A rule that fired, with the part of the lattice that it raised to. `certain` is false where it fired by a reading."""

    rule: CheckedRule
    outcome: Outcome
    certain: bool


class Waiting(msgspec.Struct, frozen=True):
    """What a missing answer could still raise to beyond what is certain, and how many parts of rules wait for it."""

    more: Outcome
    parts: int


class Evaluator:
    """A rule base, ready to decide. Building one takes some tens of milliseconds; deciding, well under one."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self._literals: dict[str, list[Input]] = {}
        order: dict[str, list[int]] = {}
        for index, literal in enumerate(rulebase.program.inputs):
            self._literals.setdefault(literal.atom.finding, []).append(literal)
            order.setdefault(literal.atom.finding, []).append(index)
        self._kernel = compile_kernel(rulebase.program, [index for indexes in order.values() for index in indexes])
        self._open = [(finding, self._bits(finding, None, lanes), dict[Value, Bits]()) for finding in self._literals]
        self._closed = [(finding, self._bits(finding, None, closed_lanes), dict[Value, Bits]()) for finding in self._literals]
        self._reads: dict[str, tuple[str, ...]] = {}
        self.limits = {
            finding: sorted({literal.atom.limit for literal in literals if isinstance(literal.atom, Compare)})
            for finding, literals in self._literals.items()
        }
        """What the rules compare each number with."""
        self._effects = [
            Part(rule, effect.outcome, when := all_of(rule.when, effect.when), findings_of(when), {})
            for rule in rulebase.rules
            for effect in rule.effects
        ]

    def findings_of(self, rule: CheckedRule) -> tuple[str, ...]:
        """The findings that a rule reads, each once, in reading order."""
        if rule.id not in self._reads:
            self._reads[rule.id] = findings_of(rule.when)
        return self._reads[rule.id]

    def decide(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision for one person.

        `after_treatment` adds the stop criteria that hold during and after a treatment.
        """
        return self._join(self._kernel.run(self._inputs(facts)), after_treatment=after_treatment)

    def decide_closed_world(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision where silence has been read already, and every comparison still unknown is false in `read`."""
        outputs = self._kernel.run_closed(self._inputs(facts), self._inputs(facts, closed=True))
        return self._join(outputs, after_treatment=after_treatment)

    def what_if(
        self, facts: Facts, changes: Sequence[tuple[str, Value]], *, after_treatment: bool = False, closed_world: bool = False
    ) -> list[Decision]:
        """The decision for each change of one fact alone, all in one run."""
        packed = self._packed(facts, changes)
        if closed_world:
            outputs = self._kernel.run_closed(packed, self._packed(facts, changes, closed=True), len(changes))
        else:
            outputs = self._kernel.run(packed, len(changes))
        return [self._join(outputs, shift, after_treatment=after_treatment) for shift in range(0, WIDTH * len(changes), WIDTH)]

    def _packed(self, facts: Facts, changes: Sequence[tuple[str, Value]], *, closed: bool = False) -> list[int]:
        """The bits of all inputs for as many people as there are changes, each with one change."""
        everyone = sum(1 << WIDTH * place for place in range(len(changes)))
        of_finding: dict[str, list[tuple[int, Value]]] = {}
        for place, (finding, value) in enumerate(changes):
            of_finding.setdefault(finding, []).append((WIDTH * place, value))
        now = self._inputs(facts, closed=closed)
        packed, first = [bits * everyone for bits in now], 0
        for finding, literals in self._literals.items():
            for shift, value in of_finding.get(finding, ()):
                for i, bits in enumerate(self._bits(finding, value, closed_lanes if closed else lanes), start=first):
                    packed[i] ^= (now[i] ^ bits) << shift
            first += len(literals)
        return packed

    def _inputs(self, facts: Facts, *, closed: bool = False) -> list[int]:
        """The bits of all inputs, finding by finding."""
        values: list[int] = []
        for finding, unknown, known in self._closed if closed else self._open:
            fact = facts.get(finding)
            if fact is None:
                values += unknown
                continue
            bits = known.get(fact.value)
            if bits is None:
                bits = self._bits(finding, fact.value, closed_lanes if closed else lanes)
                if len(known) < MOST_VALUES:
                    known[fact.value] = bits
            values += bits
        return values

    def _bits(self, finding: str, value: Value | None, read: Callable[[bool | None, Input], int]) -> Bits:
        """The bits of the inputs on one finding for one value of it."""
        return tuple(read(None if value is None else truth_of_value(literal.atom, value), literal) for literal in self._literals[finding])

    def _join(self, outputs: Sequence[int], shift: int = 0, *, after_treatment: bool) -> Decision:
        floor = read = ceiling = 0
        for bits, part in self._raising(outputs):
            now = bits >> shift
            if now & CERTAIN and (after_treatment or not part.rule.after_treatment):
                ceiling |= part.outcome
                if now & READ:
                    read |= part.outcome
                    if now & KNOWN:
                        floor |= part.outcome
        return Decision(floor=floor, ceiling=ceiling, read=read, run=Run(outputs, shift))

    def _raising(self, outputs: Sequence[int]) -> Iterator[tuple[int, "Part"]]:
        """The parts of rules that are true or undecided, each with its bits."""
        return compress(zip(outputs, self._effects, strict=False), outputs)

    def fired(self, decision: Decision, *, after_treatment: bool = False) -> list[Fired]:
        """The rules that are true, or count as true in a delivered result, each with what it raised to."""
        found: dict[str, Fired] = {}
        for bits, part in self._raising(decision.run.outputs):
            now = bits >> decision.run.shift
            if now & READ and (after_treatment or not part.rule.after_treatment):
                before = found.get(part.rule.id)
                outcome = part.outcome | (before.outcome if before else 0)
                certain = bool(now & KNOWN) or bool(before and before.certain)
                found[part.rule.id] = Fired(part.rule, outcome, certain)
        return list(found.values())

    def waiting(self, facts: Facts, decision: Decision, *, after_treatment: bool = False) -> dict[str, Waiting]:
        """The findings that some undecided part of a rule waits for, with what their answers could raise to."""
        found: dict[str, Waiting] = {}
        for bits, part in self._raising(decision.run.outputs):
            now = bits >> decision.run.shift
            more = part.outcome & ~decision.floor
            if more and now & POSSIBLE and not now & KNOWN and (after_treatment or not part.rule.after_treatment):
                for finding in part.waits_for(facts):
                    before = found.get(finding)
                    found[finding] = Waiting(more | (before.more if before else 0), 1 + (before.parts if before else 0))
        return found
