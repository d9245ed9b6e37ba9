"""Many things told about one finding to one fact, by a written order; every conflict is shown.

Today comes before history. At the same time a stated danger outlives any denial of it, and a contradicted protective fact falls. Of two
values of a choice the graver stands, of two numbers the one that weighs more. Of a deficit that is dated and another that is not, the
whole is undated, hence recent.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from spinesafe.intake.narrative.told import Told
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.model.reading import Item
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding


class Resolver:
    """What is told, finding by finding, to facts."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.precedences = rulebase.narrative.precedences
        self.recent = rulebase.narrative.limits["date_is_recent"].value

    def facts(self, told: Iterable[Told], as_of: date) -> tuple[Facts, tuple[Item, ...]]:
        """The facts, and an account of every contradiction."""
        by_finding: dict[str, list[Told]] = {}
        for one in told:
            by_finding.setdefault(one.finding, []).append(one)
        facts: Facts = {}
        conflicts: list[Item] = []
        for name, all_told in by_finding.items():
            kept = self._today(all_told)
            finding = self.rulebase.findings[name]
            chosen = self._choose(finding, kept)
            if chosen is None:
                continue
            value, source = chosen
            facts[name] = Fact(
                name,
                value,
                Provenance(source="narrative", where=source.saying, quote=source.quote, span=(source.start, source.end), as_of=as_of),
            )
            conflicts.extend(self._conflict(name, value, kept, source))
        return facts, tuple(conflicts)

    def _today(self, told: Sequence[Told]) -> list[Told]:
        """What is told with a value; of something told as past, only where nothing is told of today."""
        valued = [one for one in told if one.value is not None]
        now = [one for one in valued if not one.from_the_past]
        return now or valued

    def _choose(self, finding: Finding, told: list[Told]) -> tuple[Value, Told] | None:
        if not told:
            return None
        match finding.kind:
            case "boolean":
                return _boolean(finding, told)
            case "set":
                return self._set(finding, told)
            case "choice":
                return self._choice_of(finding, told)
            case "number":
                return self._number(finding, told)

    def _set(self, finding: Finding, told: list[Told]) -> tuple[Value, Told] | None:
        known = [(one.value, one) for one in told if isinstance(one.value, Members)]
        if not known:
            return Answer.DONT_KNOW, told[0]
        present = frozenset().union(*(value.present for value, _ in known))
        absent = frozenset().union(*(value.absent for value, _ in known)) - present
        source = next((one for value, one in known if value.present), known[0][1])
        doubted = frozenset(one.term for one in told if one.value is Answer.DONT_KNOW)
        if doubted and not present:
            return Answer.DONT_KNOW, next(one for one in told if one.value is Answer.DONT_KNOW)
        del finding
        return Members(present, absent), source

    def _choice_of(self, finding: Finding, told: list[Told]) -> tuple[Value, Told]:
        gravity = {member.id: member.gravity for member in finding.members}
        order = self.precedences[finding.id].order if finding.id in self.precedences else ()

        def weight(one: Told) -> float:
            if one.value is Answer.DONT_KNOW:
                return 0.5
            if order:
                return float(order.index(str(one.value)))
            return float(gravity.get(str(one.value)) or 0) if one.value != "none" else 0.0

        first = max(told, key=weight)
        return first.value, first  # type: ignore[return-value]  # only what has a value is kept

    def _number(self, finding: Finding, told: list[Told]) -> tuple[Value, Told] | None:
        numbers = [one for one in told if isinstance(one.value, float)]
        unknown = next((one for one in told if one.value is Answer.DONT_KNOW), None)
        if unknown is not None and finding.polarity == "mixed":
            recent = [one for one in numbers if one.value <= self.recent]  # type: ignore[operator]  # only numbers are in it
            return (Answer.DONT_KNOW, unknown) if not recent else (recent[0].value, recent[0])  # type: ignore[return-value]
        if not numbers:
            return (told[0].value, told[0]) if told[0].value is not None else None
        highest = finding.id in self.precedences and self.precedences[finding.id].highest
        first = (max if highest else min)(numbers, key=lambda one: one.value)  # type: ignore[arg-type,return-value]  # only numbers are left
        return first.value, first  # type: ignore[return-value]

    def _conflict(self, name: str, value: Value, told: list[Told], source: Told) -> Iterable[Item]:
        """A warning for each thing told that another has overruled."""
        for one in told:
            if one.value == value or one is source or isinstance(value, (Members, float)) or self._is_less_of(name, one.value, value):
                continue
            yield Item(
                where=f"{one.start}-{one.end}",
                finding=name,
                value=str(one.value).lower(),
                quote=one.quote,
                why="narrative_overruled",
                details={"stands": source.quote, "falls": one.quote},
            )

    def _is_less_of(self, name: str, less: Value | None, more: Value) -> bool:
        """A milder degree of the same trouble ("a numb leg", "both legs numb") is no contradiction."""
        gravity = {member.id: member.gravity or 0 for member in self.rulebase.findings[name].members}
        if name in self.precedences or not (isinstance(less, str) and isinstance(more, str)):
            return False
        return 0 < gravity.get(less, 0) < gravity.get(more, 0)


def _boolean(finding: Finding, told: list[Told]) -> tuple[Value, Told]:
    """A danger stands against its denial and against doubt; a protective fact falls to both."""
    order: tuple[Value, ...] = (True, Answer.DONT_KNOW, False) if finding.polarity != "protective" else (False, Answer.DONT_KNOW, True)
    first = min(told, key=lambda one: order.index(one.value))
    return first.value, first  # type: ignore[return-value]  # only what has a value is kept


def undated(told: Sequence[Told]) -> frozenset[str]:
    """The onset findings of which something is told without a date that nothing dates elsewhere: they stay unknown, hence recent."""
    dated: dict[str, set[str]] = {}
    open_: dict[str, set[str]] = {}
    for one in told:
        if one.value is None and one.context == "present":
            open_.setdefault(one.finding, set()).add(one.term)
        elif isinstance(one.value, float):
            dated.setdefault(one.finding, set()).add(one.term)
    return frozenset(finding for finding, terms in open_.items() if terms - dated.get(finding, set()))
