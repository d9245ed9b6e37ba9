"""The two-rail program: the whole rule base as one straight line of `&` and `|` over atoms.

Every value is carried twice: *known true* (T) and *possibly true* (P); unknown is T = 0, P = 1. Expressions are first driven into
negation normal form, so that `not` stands only at atoms (where it swaps and flips the rails) and what is left is monotone. Both rails
then obey the same `&` and `|`, so they travel side by side in the bits of one small integer; so does the second run, with the readings:

    bit 0: T   bit 1: P   bit 2: T with readings   bit 3: P with readings

`at_least` becomes a sorting line of `&` and `|`. Equal parts are computed once.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from spinesafe.rulebase.expression import And, AtLeast, Atom, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or

KNOWN, POSSIBLE, READ, READ_POSSIBLE = 1, 2, 4, 8
CERTAIN = KNOWN | POSSIBLE | READ | READ_POSSIBLE
OPEN = POSSIBLE | READ_POSSIBLE
_CONSTANTS = 2


class Input(msgspec.Struct, frozen=True, array_like=True):
    """An input of the program: an atom, or its opposite, with the reading that stands directly on it."""

    atom: Atom
    positive: bool
    when_not_known: bool | None


Operation: TypeAlias = Literal["and", "or", "assume_true", "assume_false"]


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One line: an operation over values computed before. Values count inputs first, then steps."""

    operation: Operation
    arguments: tuple[int, ...]


class Program(msgspec.Struct, frozen=True):
    """Inputs, steps, and which value is each output. Values 0 and 1 are false and true."""

    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    outputs: tuple[int, ...]

    @property
    def first_step(self) -> int:
        """The number of the first step's value."""
        return len(self.inputs) + _CONSTANTS


def compile_program(expressions: Iterable[Expression]) -> Program:
    """One program for many expressions; output *i* is expression *i*."""
    return _Compiler().run(tuple(expressions))


class _Compiler:
    def __init__(self) -> None:
        self._inputs: dict[Input, int] = {}
        self._steps: dict[Step, int] = {}
        self._seen: dict[tuple[Expression, bool], int] = {}

    def run(self, expressions: tuple[Expression, ...]) -> Program:
        outputs = [self._value(e, positive=True) for e in expressions]
        # Inputs were numbered -1, -2 ... while their count was open.
        shift = len(self._inputs) + _CONSTANTS

        def place(value: int) -> int:
            return 1 - value if value < 0 else value if value < _CONSTANTS else value - _CONSTANTS + shift

        steps = tuple(Step(s.operation, tuple(place(a) for a in s.arguments)) for s in self._steps)
        return Program(tuple(self._inputs), steps, tuple(place(o) for o in outputs))

    def _value(self, node: Expression, *, positive: bool) -> int:
        key = (node, positive)
        if key not in self._seen:
            self._seen[key] = self._compute(node, positive=positive)
        return self._seen[key]

    def _compute(self, node: Expression, *, positive: bool) -> int:
        match node:
            case Constant(value):
                return int(value == positive)
            case Holds() | Is() | Has() | Compare():
                return self._input(Input(node, positive, None))
            case Not(part):
                return self._value(part, positive=not positive)
            case And(parts) | Or(parts):
                joined: Operation = "and" if isinstance(node, And) == positive else "or"
                return self._step(joined, *(self._value(p, positive=positive) for p in parts))
            case AtLeast(number, parts):
                wanted = number if positive else len(parts) - number + 1
                return self._at_least(wanted, [self._value(p, positive=positive) for p in parts])
            case Named(_, part, None):
                return self._value(part, positive=positive)
            case Named(_, Holds() | Is() | Has() | Compare() as atom, when_not_known):
                return self._input(Input(atom, positive, when_not_known))
            case _:
                assume: Operation = "assume_true" if node.when_not_known == positive else "assume_false"
                return self._step(assume, self._value(node.part, positive=positive))

    def _input(self, literal: Input) -> int:
        return self._inputs.setdefault(literal, -1 - len(self._inputs))

    def _step(self, operation: Operation, *arguments: int) -> int:
        if operation in {"and", "or"}:
            arguments = tuple(sorted(set(arguments)))
            if len(arguments) == 1:
                return arguments[0]
        step = Step(operation, arguments)
        return self._steps.setdefault(step, len(self._steps) + _CONSTANTS)

    def _at_least(self, number: int, values: list[int]) -> int:
        """`reached[k]` after *i* values: at least k of them hold."""
        reached: list[int] = [1] + [0] * number
        for value in values:
            for k in range(number, 0, -1):
                carried = self._both(reached[k - 1], value)
                reached[k] = self._either(reached[k], carried)
        return reached[number]

    def _both(self, left: int, right: int) -> int:
        if 0 in {left, right}:
            return 0
        return right if left == 1 else left if right == 1 else self._step("and", left, right)

    def _either(self, left: int, right: int) -> int:
        if 1 in {left, right}:
            return 1
        return right if left == 0 else left if right == 0 else self._step("or", left, right)
