"""Every back end against the evaluator, on the same people, as the rows of one table."""

from collections.abc import Iterator, Sequence

import msgspec

from spinesafe.backends.evaluate import Decision, Evaluator, Run, Walk, truth_of
from spinesafe.backends.evaluate.kernel import WIDTH, compile_kernel, lanes
from spinesafe.backends.exports.cql import cql_library
from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.logic import logic_of
from spinesafe.model.fact import Facts
from spinesafe.rulebase.parameters import parameters_of
from tests.conformance.cells import Cells, Expected, differing, exported_names, outputs_of, truths
from tests.conformance.node_process import run_elm, translated
from tests.conformance.people_in_tables import InTables

WALKED = 1000
"""How many people are walked at most: it is slow."""
PACKED = 64
"""How many people lie in one integer."""


class Row(msgspec.Struct, frozen=True):
    """One back end."""

    name: str
    cells: int
    differing: int


class Agreement:
    """Some people, decided by every back end. Each second person is at a follow-up, where the stop criteria count as well."""

    def __init__(self, evaluator: Evaluator, people: Sequence[Facts]) -> None:
        self.evaluator, self.rulebase = evaluator, evaluator.rulebase
        self.people = people
        self.outputs = outputs_of(self.rulebase)
        self.kernel = compile_kernel(self.rulebase.program)

    def rows(self) -> Iterator[Row]:
        """Every back end; those that run here look at each output of the program, those of others at all that is exported."""
        decided = [truths(self.evaluator.decide(facts), len(self.outputs)) for facts in self.people]
        yield self._row("tree walk", decided[:WALKED], list(self.walked()))
        yield self._row("generated source line", decided, list(self.line()))
        yield self._row("people packed into one integer", decided, list(self.packed()))
        tables, follows = InTables(self.evaluator), [self._follows(place) for place in range(len(self.people))]
        told = [tables.wanted(facts, after=after) for facts, after in zip(self.people, follows, strict=True)]
        yield self._row("SQL in DuckDB", told, list(tables.found(self.people, follows)))
        expected = Expected(self.evaluator)
        wanted = [expected.cells(facts, after_treatment=self._follows(place)) for place, facts in enumerate(self.people)]
        for name, values in self.engines():
            yield self._row(name, wanted, values)

    @staticmethod
    def _row(name: str, wanted: Sequence[Cells], found: Sequence[Cells]) -> Row:
        return Row(name, *differing(wanted, found))

    @staticmethod
    def _follows(place: int) -> bool:
        return place % 2 == 1

    def walked(self) -> Iterator[Cells]:
        """The plain walk over the expression trees."""
        for facts in self.people[:WALKED]:
            plain, read = Walk(facts), Walk(facts, readings=True)
            yield [*(plain.value(node) for node in self.outputs), *(read.value(node) is True for node in self.outputs)]

    def line(self) -> Iterator[Cells]:
        """The straight line of Python, one person at a time."""
        for facts in self.people:
            yield self._truths(self.kernel.run(self._inputs(facts)))

    def packed(self) -> Iterator[Cells]:
        """The same line over integers that hold many people at once."""
        for start in range(0, len(self.people), PACKED):
            several = self.people[start : start + PACKED]
            each = [self._inputs(facts) for facts in several]
            inputs = [sum(bits << WIDTH * place for place, bits in enumerate(column)) for column in zip(*each, strict=True)]
            outputs = self.kernel.run(inputs, len(several))
            yield from (self._truths(outputs, WIDTH * place) for place in range(len(several)))

    def _inputs(self, facts: Facts) -> list[int]:
        return [lanes(truth_of(literal.atom, facts), literal) for literal in self.rulebase.program.inputs]

    def _truths(self, outputs: Sequence[int], shift: int = 0) -> Cells:
        return truths(Decision(floor=0, ceiling=0, read=0, run=Run(outputs, shift)), len(self.outputs))

    def engines(self) -> Iterator[tuple[str, list[Cells]]]:
        """The engine that others wrote, by both ways to it."""
        logic, names = logic_of(self.rulebase), exported_names(self.rulebase)
        people = [parameters_of(facts, self.rulebase, after_treatment=self._follows(n)) for n, facts in enumerate(self.people)]
        yield "cql-execution, ELM from the rule base", run_elm(elm_library(logic, self.rulebase.version), names, people).values
        yield "cql-execution, ELM by the reference translator", run_elm(translated(cql_library(logic, self.rulebase)), names, people).values
