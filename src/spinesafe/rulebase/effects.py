"""What rules, matrix rows and condition rows raise to: each a list of (condition, outcome) parts.

Everything that depends on where (a place finding) or on a written reason (relative techniques) becomes a part with a condition of its own,
so that an outcome stays a constant and joining stays `|`.
"""

from collections.abc import Iterable, Mapping

import msgspec

from spinesafe.model.outcome import Layout, Outcome
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase.expression import TRUE, Expression, Named, all_of, negated
from spinesafe.rulebase.format import MatrixRow, Region, Scope, Technique, Then, Touch, UrgencyBars
from spinesafe.rulebase.names import ExpressionError, Names
from spinesafe.rulebase.problems import nearest

_LETTERS = {"P": "adapt", "N": "adapt", "T": "wait", "R": "relative", "A": "stop"}
_COLUMNS = ("soft_tissue", "mobilisation", "thrust", "traction")
_OPEN_QUESTION = (Urgency.WITHIN_14_DAYS, Urgency.WITHIN_7_DAYS)


class Effect(msgspec.Struct, frozen=True, array_like=True):
    """A part of what a rule raises to, under a condition beside the rule's own.

    The outcome is kept in hexadecimal: it is wider than the integers of the cache's format.
    """

    when: Expression
    bits: str

    @property
    def outcome(self) -> Outcome:
        """The part of the lattice that it raises to."""
        return int(self.bits, 16)

    @classmethod
    def of(cls, when: Expression, outcome: Outcome) -> "Effect":
        """An effect with this outcome."""
        return cls(when, f"{outcome:x}")


class Anatomy:
    """The regions, scopes and techniques, and how a written part of an outcome lies on them."""

    def __init__(
        self,
        names: Names,
        regions: Mapping[str, Region],
        scopes: Mapping[str, Scope],
        techniques: Mapping[str, Technique],
        bars: Iterable[UrgencyBars],
    ) -> None:
        self.names, self.regions, self.scopes, self.techniques = names, regions, scopes, techniques
        self.bars = tuple(bars)
        self.layout = Layout(tuple(techniques), tuple(regions))

    def effects_of(self, then: Then) -> tuple[Effect, ...]:
        """The parts of a rule's `then`. Raises `ExpressionError`."""
        parts: dict[Expression, Outcome] = {TRUE: self.layout.outcome(then.urgency)}
        for bar in self.bars:
            if then.urgency >= bar.urgency:
                parts[TRUE] |= self.layout.outcome(techniques=self.techniques, regions=self.regions, level=bar.level)
        for touch in then.hands_on:
            for when, outcome in self._touch(touch):
                parts[when] = parts.get(when, 0) | outcome
            level = touch.level
            if then.urgency in _OPEN_QUESTION and not touch.techniques and level in {"stop", "diagnose_first"}:
                when = self._when(touch)
                everywhere = self.layout.outcome(techniques=self.techniques, regions=self.regions, level=HandsOn(level))
                parts[when] = parts.get(when, 0) | everywhere
        return tuple(Effect.of(when, outcome) for when, outcome in parts.items() if outcome)

    def effects_of_row(self, row: MatrixRow) -> tuple[Effect, ...]:
        """The parts of a matrix row. Raises `ExpressionError`."""
        touches = [
            Touch(at=row.at, place=row.place, neighbours=row.neighbours, techniques=(column,), level=_LETTERS[letter])  # type: ignore[arg-type]
            for column in _COLUMNS
            if (letter := getattr(row, column)) in _LETTERS
        ]
        return self.effects_of(Then(hands_on=(*touches, *row.also)))

    def _when(self, touch: Touch) -> Expression:
        return self.names.read(touch.when) if touch.when else TRUE

    def _touch(self, touch: Touch) -> Iterable[tuple[Expression, Outcome]]:
        for place, regions in self._places(touch):
            when = all_of(self._when(touch), place)
            techniques = self._techniques(touch.techniques)
            if touch.level != "relative":
                yield when, self.layout.outcome(techniques=techniques, regions=regions, level=HandsOn(touch.level))
                continue
            yield when, self.layout.outcome(techniques=techniques, regions=regions, level=HandsOn.ADAPT)
            for technique in techniques:
                reason = self.names.read(self.techniques[technique].relative_met_when)
                given = Named(f"reason_for_{technique}", reason, when_not_known=False)
                yield all_of(when, negated(given)), self.layout.outcome(techniques=[technique], regions=regions, level=HandsOn.WAIT)

    def _places(self, touch: Touch) -> Iterable[tuple[Expression, tuple[str, ...]]]:
        if touch.at:
            yield TRUE, self._with_neighbours(tuple(r for word in touch.at for r in self._regions(word)), wanted=touch.neighbours)
        if touch.place:
            if touch.place not in self.names.findings:
                raise ExpressionError("unknown_name", f"{touch.place} is no place finding", nearest(touch.place, self.names.findings))
            for region in self.names.members[touch.place]:
                self._region(region)
                here = Named(f"{touch.place}_{region}", self.names.has(touch.place, region), when_not_known=True)
                yield here, self._with_neighbours((region,), wanted=touch.neighbours)
        if not touch.at and not touch.place:
            raise ExpressionError("no_place", "this part names no place", "add at: [everywhere], another scope, or place:")

    def _regions(self, word: str) -> tuple[str, ...]:
        if word in self.scopes:
            return tuple(self._region(region) for region in self.scopes[word].regions)
        return (self._region(word),)

    def _region(self, word: str) -> str:
        if word not in self.regions:
            known = [*self.scopes, *self.regions]
            raise ExpressionError(
                "unknown_name", f"{word} is no region and no scope", nearest(word, known) or "use one of " + ", ".join(known)
            )
        return word

    def _with_neighbours(self, regions: tuple[str, ...], *, wanted: bool) -> tuple[str, ...]:
        near = (self._region(n) for region in regions for n in self.regions[region].neighbours) if wanted else ()
        return tuple(dict.fromkeys((*regions, *near)))

    def _techniques(self, words: tuple[str, ...]) -> tuple[str, ...]:
        if not words:
            return tuple(self.techniques)
        found: dict[str, None] = {}
        for word in words:
            column = [t.id for t in self.techniques.values() if t.column == word]
            if not column and word not in self.techniques:
                known = [*_COLUMNS, *self.techniques]
                raise ExpressionError(
                    "unknown_name", f"{word} is no technique and no column", nearest(word, known) or "use one of " + ", ".join(known)
                )
            found |= dict.fromkeys(column or [word])
        return tuple(found)
