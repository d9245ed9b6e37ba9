"""The steps of the two-rail program as columns, then the joins: for the urgency and each cell of the grid, who reaches which level.

Every value is the four bits of `rulebase.program` in one TINYINT: the smallest integer that DuckDB and Spark share.
"""

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from spinesafe.backends.tables.columns import FOLLOW_UP
from spinesafe.backends.tables.line import Line
from spinesafe.model.outcome import Layout, Outcome
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.blocks import Block, blocks_of
from spinesafe.rulebase.program import CERTAIN, Program, Step

NOTHING = "0"
"""A value that no person has a bit of."""

Levels = tuple[str, ...]
"""The values of `at least ...` for each level above the lowest, lowest first."""


class Joined(msgspec.Struct, frozen=True):
    """The columns that hold the three joins, and what is watched beside the rules."""

    outputs: tuple[str, ...]
    rules: dict[str, str]
    """Each rule that can raise something, whatever it raises to."""
    urgency: Levels
    cells: dict[tuple[str, str], Levels]

    @property
    def levels(self) -> tuple[str, ...]:
        """The values of all levels, each once."""
        return tuple(dict.fromkeys(value for levels in (self.urgency, *self.cells.values()) for value in levels if value != NOTHING))


def add_steps(program: Program, inputs: Sequence[str], line: Line) -> tuple[str, ...]:
    """Adds the steps; the columns of the outputs."""
    values = [NOTHING, str(CERTAIN), *inputs]
    for step in program.steps:
        values.append(line.add(f"_v{len(values)}", f"cast({_written(step, values)} as tinyint)"))
    return tuple(values[output] for output in program.outputs)


def _written(step: Step, values: Sequence[str]) -> str:
    arguments = [values[a] for a in step.arguments]
    match step.operation:
        case "and":
            return " & ".join(arguments)
        case "or":
            return " | ".join(arguments)
        case "assume_true":
            return f"({arguments[0]} & 11) | (case when {arguments[0]} >= 8 then 4 else 0 end)"
        case "assume_false":
            return f"({arguments[0]} & 7) | (({arguments[0]} & 4) * 2)"
    assert_never(step.operation)  # pragma: no cover - mypy proves that no operation is missing


class Joins:
    """Adds the joins to a line."""

    def __init__(self, rulebase: RuleBase, line: Line) -> None:
        self.rulebase, self.line = rulebase, line
        self._made: dict[tuple[str, ...], str] = {}

    def add(self, outputs: tuple[str, ...]) -> Joined:
        """The joins over the outputs of the program."""
        self.line.add("_after", f"cast(case when {FOLLOW_UP} then {CERTAIN} else 0 end as tinyint)")
        effects = [(rule, effect) for rule in self.rulebase.rules for effect in rule.effects]
        raising: dict[Outcome, list[str]] = {}
        of_rule: dict[str, list[str]] = {}
        for (rule, effect), output in zip(effects, outputs, strict=False):
            value = self.masked(output, "_after") if rule.after_treatment else output
            raising.setdefault(effect.outcome, []).append(value)
            of_rule.setdefault(rule.id, []).append(value)
        raised = {outcome: self.either(values) for outcome, values in raising.items()}
        rules = {rule: self.either(values) for rule, values in of_rule.items()}
        return Joined(outputs, rules, self._urgency(raised), self._cells(raised))

    def either(self, values: Iterable[str]) -> str:
        """A column that joins values, each set of them once."""
        kept = tuple(sorted({value for value in values if value != NOTHING}))
        if len(kept) < 2:  # noqa: PLR2004 - one value is itself
            return kept[0] if kept else NOTHING
        if kept not in self._made:
            self._made[kept] = self.line.add(f"_j{len(self._made)}", f"cast({' | '.join(kept)} as tinyint)")
        return self._made[kept]

    def masked(self, value: str, mask: str) -> str:
        """A value where a mask allows it."""
        if NOTHING in {value, mask}:
            return NOTHING
        key = ("masked", value, mask)
        if key not in self._made:
            self._made[key] = self.line.add(f"_j{len(self._made)}", f"cast({value} & {mask} as tinyint)")
        return self._made[key]

    def _urgency(self, raised: dict[Outcome, str]) -> Levels:
        of_level: dict[int, list[str]] = {}
        for outcome, value in raised.items():
            of_level.setdefault(self.rulebase.layout.urgency(outcome).rank, []).append(value)
        return self._levels(of_level, len(Urgency))

    def _cells(self, raised: dict[Outcome, str]) -> dict[tuple[str, str], Levels]:
        layout: Layout = self.rulebase.layout
        of_block: dict[Block, list[str]] = {}
        for outcome, value in raised.items():
            for block in blocks_of(layout, outcome):
                of_block.setdefault(block, []).append(value)
        blocks = {block: self.either(values) for block, values in of_block.items()}
        found: dict[tuple[str, str], Levels] = {}
        for technique in layout.techniques:
            for region in layout.regions:
                of_level: dict[int, list[str]] = {}
                for block, value in blocks.items():
                    if block.holds(technique, region):
                        of_level.setdefault(block.rank, []).append(value)
                found[technique, region] = self._levels(of_level, len(HandsOn))
        return found

    def _levels(self, of_level: dict[int, list[str]], number: int) -> Levels:
        """Who reaches a level reaches those below it."""
        above, found = NOTHING, list[str]()
        for rank in range(number - 1, 0, -1):
            above = self.either([above, *of_level.get(rank, [])])
            found.insert(0, above)
        return tuple(found)
