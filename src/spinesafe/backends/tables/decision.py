"""What comes out for each person, in the words of the scales: the three joins, what is reported of them, and which rules did it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from spinesafe.backends.tables.columns import column_name
from spinesafe.backends.tables.line import Line, text
from spinesafe.backends.tables.program import NOTHING, Joined, Joins, Levels
from spinesafe.model.scales import HandsOn, Scale, Tier, Urgency
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.overall import BARRED_FOR_ALL, GENTLEST, WHOLE_SPINE
from spinesafe.rulebase.parameters import of_member
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ

Bits = tuple[int, ...]
"""For each level above the lowest, the bit that is asked for."""
FLOOR: Bits = (KNOWN,) * 4
CEILING: Bits = (POSSIBLE,) * 4
DELIVERED: Bits = (READ,) * 4
REPORTED: Bits = (POSSIBLE, POSSIBLE, READ, READ)
"""Of a cell: its ceiling where that is below waiting, else what is delivered, and at least waiting."""
_ADAPT, _WAIT = HandsOn.ADAPT.rank - 1, HandsOn.WAIT.rank - 1


class Deciding:
    """Adds what comes out to a line."""

    def __init__(self, rulebase: RuleBase, line: Line, joins: Joins, joined: Joined) -> None:
        self.rulebase, self.line, self.joins, self.joined = rulebase, line, joins, joined

    def decision(self) -> Iterator[str]:
        """The columns of the decision as a whole."""
        urgency = self.joined.urgency
        yield self.line.add("urgency", _word(Urgency, urgency, DELIVERED))
        yield self.line.add("tier", _tier(urgency))
        yield self.line.add("urgency_floor", _word(Urgency, urgency, FLOOR))
        yield self.line.add("urgency_ceiling", _word(Urgency, urgency, CEILING))
        gentle, others, planned = self._in_question()
        yield self.line.add("hands_on", _overall(gentle, others, NOTHING_PLANNED, REPORTED))
        yield self.line.add("hands_on_with_planned", _overall(gentle, others, planned, REPORTED))
        yield self.line.add("hands_on_ceiling", _overall(gentle, others, NOTHING_PLANNED, CEILING))
        levels = self.joined.levels
        yield self.line.add("settled", _all(f"({value} & {KNOWN | POSSIBLE}) <> {POSSIBLE}" for value in levels))
        yield self.line.add("incomplete", _any(self._open_cells()))

    def _open_cells(self) -> Iterator[str]:
        """The levels from waiting upwards that are open and not told: a level below is open where they are."""
        held = {value for levels in self.joined.cells.values() for value in levels[_WAIT:] if value != NOTHING}
        return (f"({value} & {POSSIBLE | READ}) = {POSSIBLE}" for value in sorted(held))

    def grid(self) -> Iterator[str]:
        """Three columns a cell: what is reported, what is certain, the worst that is open."""
        for (technique, region), levels in self.joined.cells.items():
            name = column_name(f"{technique}__{region}")
            yield self.line.add(f"{name}__reported", _word(HandsOn, levels, REPORTED))
            yield self.line.add(f"{name}__floor", _word(HandsOn, levels, FLOOR))
            yield self.line.add(f"{name}__ceiling", _word(HandsOn, levels, CEILING))

    def rules(self) -> Iterator[str]:
        """Three lists of rules: those that count as true, those of them that are certain, those that are still open."""
        yield self.line.add("fired", self._listed(lambda value: _has(value, READ)))
        yield self.line.add("certain", self._listed(lambda value: _has(value, KNOWN)))
        yield self.line.add("undecided", self._listed(lambda value: f"({value} & {POSSIBLE | READ}) = {POSSIBLE}"))

    def _listed(self, when: Callable[[str], str]) -> str:
        held = (f"case when {when(value)} then {text(rule)} end" for rule, value in self.joined.rules.items())
        return f"concat_ws(' ', {', '.join(held)})"

    def outputs(self) -> Iterator[str]:
        """The four bits of each output of the program, `o0` and so on."""
        for place, output in enumerate(self.joined.outputs):
            yield self.line.add(f"o{place}", f"cast({output} as tinyint)")

    def _in_question(self) -> tuple[Levels, Levels, Levels]:
        """The levels in the regions in question: of the gentlest work, of all that is not barred for everybody, and of what is planned."""
        masks = dict(self._regions())
        members, layout = self.rulebase.members, self.rulebase.layout
        of_technique = {t: self._joined((self.joined.cells[t, region], mask) for region, mask in masks.items()) for t in layout.techniques}
        planned = {t: self._mask(f"_planned_{t}", _column("planned_technique", t)) for t in members["planned_technique"]}
        whole = str(KNOWN | POSSIBLE | READ)
        return (
            of_technique[GENTLEST],
            self._joined((levels, whole) for technique, levels in of_technique.items() if technique != BARRED_FOR_ALL),
            self._joined((of_technique[technique], mask) for technique, mask in planned.items() if technique in of_technique),
        )

    def _regions(self) -> Iterator[tuple[str, str]]:
        """The regions in question: those planned; where none is, those that hurt; where neither is known, the whole spine."""
        hurts = self.rulebase.watched.hurts
        columns = {member: _column("planned_region", member) for member in self.rulebase.members["planned_region"]}
        planned = self.line.add("_planned", _any(f"coalesce({column}, false)" for column in columns.values()))
        hurting = self.line.add("_hurting", _any(_has(self.joined.outputs[output], READ) for output in hurts.values()))
        for region in self.rulebase.layout.regions:
            named = f"coalesce({columns[region]}, false)" if region in columns else "false"
            hurt = _has(self.joined.outputs[hurts[region]], READ) if region in hurts else "false"
            spine = "true" if region in self.rulebase.scopes[WHOLE_SPINE].regions else "false"
            yield region, self._mask(f"_at_{region}", f"case when {planned} then {named} when {hurting} then {hurt} else {spine} end")

    def _mask(self, name: str, when: str) -> str:
        return self.line.add(name, f"cast(case when {when} then {KNOWN | POSSIBLE | READ} else 0 end as tinyint)")

    def _joined(self, parts: Iterable[tuple[Levels, str]]) -> Levels:
        """Some levels where their masks allow them, joined level by level."""
        held = list(parts)
        return tuple(self.joins.either(self.joins.masked(levels[rank], mask) for levels, mask in held) for rank in range(len(HandsOn) - 1))


NOTHING_PLANNED: Levels = (NOTHING,) * 4


def _column(finding: str, member: str) -> str:
    return column_name(of_member(finding, member))


def _has(value: str, bit: int) -> str:
    return f"({value} & {bit}) = {bit}"


def _all(conditions: Iterable[str]) -> str:
    return " and ".join(conditions) or "true"


def _any(conditions: Iterable[str]) -> str:
    return " or ".join(conditions) or "false"


def _word(scale: type[Scale], levels: Levels, bits: Bits) -> str:
    """The word of the highest level that is reached."""
    lowest, *above = scale
    return _first([(_has(value, bit), word) for word, value, bit in zip(above, levels, bits, strict=True)][::-1], lowest)


def _tier(levels: Levels) -> str:
    lowest = {tier: next(u for u in Urgency if u.tier is tier) for tier in (Tier.EMERGENCY, Tier.URGENT)}
    return _first([(_has(levels[urgency.rank - 1], READ), tier) for tier, urgency in lowest.items()], Tier.ROUTINE)


def _overall(gentle: Levels, others: Levels, planned: Levels, bits: Bits) -> str:
    """The gentlest work, at least `adapt` where another technique has to wait there, and at least what is planned."""
    _, *above = HandsOn
    held = [(_any(_has(v, bit) for v in dict.fromkeys(both)), word) for word, *both, bit in zip(above, gentle, planned, bits, strict=True)]
    held[_ADAPT] = (f"{held[_ADAPT][0]} or {_has(others[_WAIT], bits[_WAIT])}", HandsOn.ADAPT)
    return _first(held[::-1], HandsOn.PROCEED)


def _first(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    return " ".join(["case", *(f"when {when} then {text(word)}" for when, word in cases), f"else {text(otherwise)} end"])
