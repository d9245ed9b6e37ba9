"""Expressions and the two-rail program over the terms of a person.

The program is the compiled rule base (`rulebase.program`), which every back end runs. The expressions are encoded a second time straight
from their trees, for what stands beside the program, and so that the program itself can be proved to say what the rules say.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import assert_never

import z3

from spinesafe.backends.proofs.logic import ALWAYS, NEVER, Bit, Rails, every, opposite, some
from spinesafe.backends.proofs.people import State, rails
from spinesafe.rulebase.expression import And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or
from spinesafe.rulebase.program import Input, Program, Step


class Line:
    """The program run on one person. Each lane is a term for every value of the program, made when first asked for."""

    def __init__(self, program: Program, states: Mapping[str, State]) -> None:
        self.program = program
        self._inputs = [_turned(literal, states) for literal in program.inputs]

    @cached_property
    def known(self) -> list[Bit]:
        """Known true."""
        return self._straight([yes for yes, _ in self._inputs])

    @cached_property
    def possible(self) -> list[Bit]:
        """Known true or undecided."""
        return self._straight([opposite(no) for _, no in self._inputs])

    @cached_property
    def read(self) -> list[Bit]:
        """True in a delivered result, with the readings of what is not known."""
        return [yes for yes, _ in self._readings]

    @cached_property
    def read_possible(self) -> list[Bit]:
        """The same, or still undecided with readings."""
        return [possible for _, possible in self._readings]

    @cached_property
    def read_closed(self) -> list[Bit]:
        """True in the delivered result of a narrative: what readings left open is false; definitions took their readings before that."""
        given: list[Bit] = []
        for literal, (yes, no) in zip(self.program.inputs, self._inputs, strict=True):
            closed = yes if literal.positive else opposite(no)
            given.append(closed if literal.when_not_known is None else _read(literal, yes, no)[0])
        values = [NEVER, ALWAYS, *given]
        for place, step in enumerate(self.program.steps, start=self.program.first_step):
            values.append(self._readings[place][0] if step.operation.startswith("assume") else _joined(step, values))
        return values

    @cached_property
    def _readings(self) -> list[Rails]:
        values = [(NEVER, NEVER), (ALWAYS, ALWAYS)]
        values += [_read(literal, yes, no) for literal, (yes, no) in zip(self.program.inputs, self._inputs, strict=True)]
        for step in self.program.steps:
            match step.operation:
                case "assume_true":
                    values.append((values[step.arguments[0]][1],) * 2)
                case "assume_false":
                    values.append((values[step.arguments[0]][0],) * 2)
                case _:
                    yes, possible = ([values[a][rail] for a in step.arguments] for rail in (0, 1))
                    join = every if step.operation == "and" else some
                    values.append((join(yes), join(possible)))
        return values

    def _straight(self, inputs: list[Bit]) -> list[Bit]:
        values = [NEVER, ALWAYS, *inputs]
        for step in self.program.steps:
            values.append(values[step.arguments[0]] if step.operation.startswith("assume") else _joined(step, values))
        return values


def _turned(literal: Input, states: Mapping[str, State]) -> Rails:
    """The rails of an input: those of its atom, swapped for its opposite."""
    yes, no = rails(states[literal.atom.finding].known, literal.atom)
    return (yes, no) if literal.positive else (no, yes)


def _read(literal: Input, yes: Bit, no: Bit) -> Rails:
    """The rails of an input in a delivered result."""
    if literal.when_not_known is None:
        return yes, opposite(no)
    return (opposite(no),) * 2 if literal.when_not_known == literal.positive else (yes,) * 2


def _joined(step: Step, values: list[Bit]) -> Bit:
    return (every if step.operation == "and" else some)(values[a] for a in step.arguments)


class Trees:
    """The values of expressions for one person, by strong Kleene logic, straight from their trees.

    With `readings`, a definition that is undecided counts as its `when_not_known` says. In a `closed` world (a letter) that comes first,
    then every comparison that is still unknown is false.
    """

    def __init__(self, states: Mapping[str, State], *, readings: bool = False, closed: bool = False) -> None:
        self.states, self.readings, self.closed = states, readings or closed, closed
        self._before_closing = Trees(states, readings=True) if closed else self
        self._seen: dict[Expression, Rails] = {}

    def value(self, node: Expression) -> Rails:
        """Known to be true, known to be false."""
        if node not in self._seen:
            self._seen[node] = self._value(node)
        return self._seen[node]

    def _value(self, node: Expression) -> Rails:
        match node:
            case Constant(value):
                return (ALWAYS, NEVER) if value else (NEVER, ALWAYS)
            case Holds() | Is() | Has() | Compare():
                yes, no = rails(self.states[node.finding].known, node)
                return yes, opposite(yes) if self.closed else no
            case Not(part):
                yes, no = self.value(part)
                return no, yes
            case And(parts) | Or(parts):
                true, false = zip(*(self.value(p) for p in parts), strict=True)
                return (every(true), some(false)) if isinstance(node, And) else (some(true), every(false))
            case AtLeast(number, parts):
                true, false = zip(*(self.value(p) for p in parts), strict=True)
                return z3.AtLeast(*true, number), z3.AtLeast(*false, len(parts) - number + 1)
            case Named(_, part, when_not_known):
                if when_not_known is None or not self.readings:
                    return self.value(part)
                yes, no = self._before_closing.value(part)
                return (opposite(no), no) if when_not_known else (yes, opposite(yes))
            case _:
                assert_never(node)  # pragma: no cover - mypy proves that no kind is missing
