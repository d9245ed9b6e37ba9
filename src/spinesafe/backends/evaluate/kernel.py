"""The two-rail program as one straight line of Python, over integers that hold many people at once.

Each person has four bits in every integer: known true, possible, true with readings, possible with readings (`rulebase.program`).
`&` and `|` work on all of them together, so that asking "and if this answer were another?" a hundred times costs little more than once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

import msgspec

from spinesafe.rulebase.program import CERTAIN, Input, Program, Step

WIDTH = 4

Line = Callable[..., list[int]]


class Kernel(msgspec.Struct, frozen=True):
    """A compiled program: inputs to outputs, and to the values of its assuming steps."""

    program: Program
    open_world: Line
    """Inputs, then masks; returns the outputs followed by the value of every assuming step."""
    closed_world: Line
    """The same, but the assuming steps are given (from an open-world run) and not computed."""

    def run(self, inputs: Sequence[int], people: int = 1) -> list[int]:
        """The outputs for people packed four bits each."""
        return self.open_world(inputs, _masks(people))[: len(self.program.outputs)]

    def run_closed(self, inputs: Sequence[int], closed: Sequence[int], people: int = 1) -> list[int]:
        """The outputs with every comparison that readings left open read as false.

        `inputs` are the open-world values, `closed` those where an open comparison is false. A definition with a reading takes it before
        its comparisons are closed, so that silence never establishes an exemption.
        """
        masks = _masks(people)
        assumed = self.open_world(inputs, masks)[len(self.program.outputs) :]
        return self.closed_world(closed, masks, assumed)


def compile_kernel(program: Program, order: Sequence[int] = ()) -> Kernel:
    """The two lines of a program. Inputs are taken in this order of the program's own."""
    order = order or range(len(program.inputs))
    open_world = _function("open_world", _source(program, order, assumed=False))
    closed_world = _function("closed_world", _source(program, order, assumed=True))
    return Kernel(program, open_world, closed_world)


def lanes(truth: bool | None, literal: Input) -> int:  # noqa: FBT001 - a truth value is what it reads
    """The four bits of an input whose atom is true, false or not known."""
    if truth is not None:
        return CERTAIN if truth == literal.positive else 0
    if literal.when_not_known is None:
        return 0b1010
    return 0b1110 if literal.when_not_known == literal.positive else 0b0010


def closed_lanes(truth: bool | None, literal: Input) -> int:  # noqa: FBT001 - a truth value is what it reads
    """As `lanes`, but an atom that is not known and has no reading is false in the reading."""
    if truth is None and literal.when_not_known is None:
        return 0b0010 if literal.positive else 0b1110
    return lanes(truth, literal)


def _masks(people: int) -> tuple[int, int, int, int, int]:
    every = sum(1 << (WIDTH * person) for person in range(people))
    return every * CERTAIN, every * 0b1011, every * 0b0100, every * 0b0111, every * 0b1000


def _function(name: str, source: str) -> Line:
    space: dict[str, Line] = {}
    exec(compile(source, f"<{name}>", "exec"), space)  # noqa: S102 - the source is made here, from checked knowledge
    return space[name]


def _source(program: Program, order: Iterable[int], *, assumed: bool) -> str:
    first = program.first_step
    given = [f"v{first + i}" for i, step in enumerate(program.steps) if step.operation.startswith("assume")]
    lines = [
        f"def {'closed_world(inputs, masks, assumed)' if assumed else 'open_world(inputs, masks)'}:",
        " v0 = 0",
        " v1, not_read, read, not_read_possible, read_possible = masks",
        _unpack((f"v{2 + i}" for i in order), "inputs"),
    ]
    if assumed:
        lines.append(_unpack(given, "assumed"))
    for i, step in enumerate(program.steps):
        if not (assumed and step.operation.startswith("assume")):
            lines.append(f" v{first + i} = {_expression(step)}")
    results = [f"v{o}" for o in program.outputs] + ([] if assumed else given)
    lines.append(f" return [{', '.join(results)}]")
    return "\n".join(lines) + "\n"


def _unpack(names: Iterable[str], source: str) -> str:
    listed = ", ".join(names)
    return f" [{listed}] = {source}"


def _expression(step: Step) -> str:
    values = [f"v{a}" for a in step.arguments]
    match step.operation:
        case "and":
            return " & ".join(values)
        case "or":
            return " | ".join(values)
        case "assume_true":
            return f"{values[0]} & not_read | {values[0]} >> 1 & read"
        case "assume_false":
            return f"{values[0]} & not_read_possible | {values[0]} << 1 & read_possible"
    assert_never(step.operation)  # pragma: no cover - mypy proves that no operation is missing
