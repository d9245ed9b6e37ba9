"""From typed columns to the inputs of the program: what can be read, what each comparison says of it, and the four bits of every input.

A value that cannot be (a choice that is none, an age of 300, a number that applies and does not) is taken for not known, never for no, and
its column is named in `unreadable`.
"""

import math
from collections.abc import Iterable, Iterator
from typing import assert_never

from spinesafe.backends.tables.columns import Column
from spinesafe.backends.tables.line import Line, TableError, text
from spinesafe.model.fact import Answer
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Atom, Compare, Has, Holds, Is
from spinesafe.rulebase.parameters import of_member, of_none
from spinesafe.rulebase.program import CERTAIN, KNOWN, OPEN, POSSIBLE, READ_POSSIBLE, Input

UNREADABLE = "unreadable"
_NO_VALUES = tuple(text(answer.value) for answer in (Answer.DONT_KNOW, Answer.NOT_EXAMINED))


class Inputs:
    """Adds the inputs of the program to a line."""

    def __init__(self, rulebase: RuleBase, columns: Iterable[Column], line: Line) -> None:
        self.rulebase, self.line = rulebase, line
        self._names = {column.parameter.name: column.name for column in columns}
        self._readable: dict[str, str] = {}
        self._none: dict[str, str] = {}
        self._made: dict[tuple[Atom, bool], str] = {}

    def add(self) -> list[str]:
        """The columns of all inputs, in the order of the program."""
        self._read()
        return [self._input(literal, f"_v{place}") for place, literal in enumerate(self.rulebase.program.inputs, start=2)]

    def _read(self) -> None:
        """Each column without what cannot be, and the names of those where something was taken out."""
        lost = list[str]()
        for finding in self.rulebase.findings.values():
            name, none = self._names.get(finding.id, ""), self._names.get(of_none(finding.id))
            if finding.kind == "choice":
                values = ", ".join(map(text, self.rulebase.members[finding.id]))
                self._readable[finding.id] = self.line.add(f"_read_{name}", f"case when {name} in ({values}) then {name} end")
                lost.append(_lost(name, f"{name} not in ({values}, {', '.join(_NO_VALUES)})"))
            elif finding.kind == "number":
                rules = list(_range(name, finding.minimum, finding.maximum, whole=finding.whole))
                if none:
                    rules.append(f"coalesce({none}, false) = false")
                    self._none[finding.id] = self.line.add(f"_read_{none}", f"case when {name} is null then {none} end")
                kept = f"case when {' and '.join(rules)} then {name} end"
                self._readable[finding.id] = self.line.add(f"_read_{name}", kept)
                lost.append(_lost(name, f"{name} is not null and {kept} is null"))
        self.line.add(UNREADABLE, f"concat_ws(' ', {', '.join(lost)})" if lost else "''")

    def _input(self, literal: Input, name: str) -> str:
        """The four bits of an input. Its reading moves the bit of what is possible, or of what is known, into the second run."""
        rails = self._rails(literal.atom, positive=literal.positive)
        if literal.when_not_known is None:
            return rails
        if literal.when_not_known == literal.positive:
            return self.line.add(name, f"cast({rails} | (({rails} & {POSSIBLE}) * 2) as tinyint)")
        return self.line.add(name, f"cast(({rails} & {CERTAIN ^ READ_POSSIBLE}) | (({rails} & {KNOWN}) * 8) as tinyint)")

    def _rails(self, atom: Atom, *, positive: bool) -> str:
        """The four bits of an atom, or of its opposite, without a reading."""
        if (atom, positive) not in self._made:
            name = f"_{'p' if positive else 'n'}{len(self._made)}"
            if positive:
                held = self._written(atom, f"_a{len(self._made)}")
                case = f"case when {held} is null then {OPEN} else cast({held} as tinyint) * {CERTAIN} end"
            else:
                held = self._rails(atom, positive=True)
                case = f"case when {held} = {OPEN} then {OPEN} else {CERTAIN} - {held} end"
            self._made[atom, positive] = self.line.add(name, f"cast({case} as tinyint)")
        return self._made[atom, positive]

    def _written(self, atom: Atom, name: str) -> str:
        """The column that says whether an atom holds: true, false, or null."""
        match atom:
            case Holds(finding):
                return self._names[finding]
            case Has(finding, member):
                return self._names[of_member(finding, member)]
            case Is(finding, member):
                return self.line.add(name, f"{self._readable[finding]} = {text(member)}")
            case Compare(finding, sign, limit):
                if not math.isfinite(limit):
                    raise TableError(f"{finding} {sign} {limit} compares with no number that SQL can write: give it a limit.")
                compared = f"{self._readable[finding]} {'=' if sign == '==' else sign} {float(limit)}"
                none = self._none.get(finding)
                return self.line.add(name, f"case when {none} then false else {compared} end" if none else compared)
        assert_never(atom)  # pragma: no cover - mypy proves that no kind of atom is missing


def _lost(name: str, when: str) -> str:
    return f"case when {when} then {text(name)} end"


def _range(name: str, minimum: float | None, maximum: float | None, *, whole: bool) -> Iterator[str]:
    """What a number must be. What is no number at all lies above every number, in DuckDB and in Spark."""
    most = math.ldexp(1.0, 1023)
    yield f"{name} >= {-most if minimum is None else float(minimum)}"
    yield f"{name} <= {most if maximum is None else float(maximum)}"
    if whole:
        yield f"{name} = floor({name})"
