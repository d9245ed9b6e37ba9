"""The same people in a table, decided by SQL, and what the evaluator and the report say of them in the same columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from spinesafe.backends.evaluate import Decision, Evaluator
from spinesafe.backends.tables import row_of
from spinesafe.backends.tables.in_duckdb import decide, people_table
from spinesafe.backends.tables.query import PARTS
from spinesafe.model.fact import Facts
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ
from spinesafe.screening.verdict import verdict
from tests.conformance.cells import Cells

BATCH = 2_500


class InTables:
    """Everything that the query can give, as cells: the columns of the decision, the rules, the grid, and each output of the program."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator, self.rulebase = evaluator, evaluator.rulebase

    def found(self, people: Sequence[Facts], follows: Sequence[bool]) -> Iterator[Cells]:
        """What the query says."""
        for start in range(0, len(people), BATCH):
            several = list(zip(people, follows, strict=True))[start : start + BATCH]
            rows = [(str(n), row_of(facts, self.rulebase, after_treatment=after)) for n, (facts, after) in enumerate(several)]
            told: list[dict[str, Any]] = decide(self.rulebase, people_table(self.rulebase, rows), parts=PARTS).to_pylist()
            for row in sorted(told, key=lambda row: int(row["person"])):
                del row["person"]
                yield list(row.values())

    def wanted(self, facts: Facts, *, after: bool) -> Cells:
        """What it must say."""
        decision = self.evaluator.decide(facts, after_treatment=after)
        return [
            *self._decision(decision, facts),
            *self._rules(decision, after=after),
            *self._grid(decision, facts),
            *(int(bits) for bits in decision.run.outputs),
            "",
        ]

    def _decision(self, decision: Decision, facts: Facts) -> Iterator[object]:
        layout, told = self.rulebase.layout, verdict(self.rulebase, decision, facts, presumed=False)
        yield from (str(told.urgency), str(told.urgency.tier), str(layout.urgency(decision.floor)), str(told.worst_urgency))
        yield from (str(told.hands_on), str(told.leading), str(told.worst_hands_on), decision.settled, told.incomplete)

    def _rules(self, decision: Decision, *, after: bool) -> Iterator[str]:
        bits = dict[str, int]()
        effects = (rule for rule in self.rulebase.rules for _ in rule.effects)
        for rule, output in zip(effects, decision.run.outputs, strict=False):
            if after or not rule.after_treatment:
                bits[rule.id] = bits.get(rule.id, 0) | output
        for asked, held in ((READ, READ), (KNOWN, KNOWN), (POSSIBLE | READ, POSSIBLE)):
            yield " ".join(rule for rule, found in bits.items() if found & asked == held)

    def _grid(self, decision: Decision, facts: Facts) -> Iterator[str]:
        layout, told = self.rulebase.layout, verdict(self.rulebase, decision, facts, presumed=False)
        for technique in layout.techniques:
            for region in layout.regions:
                yield from (str(layout.level(grid, technique, region)) for grid in (told.grid, decision.floor, decision.ceiling))
