"""Many statements about one finding to one fact: the latest counts; of two about the same time the danger stands."""

from collections.abc import Callable, Iterable, Sequence

from spinesafe.intake.fhir.account import Account
from spinesafe.intake.fhir.amounts import near
from spinesafe.intake.fhir.gravity import Gravity, Statement
from spinesafe.model.fact import Answer, Fact, Members, Provenance, Value
from spinesafe.rulebase.format import Finding


class Joiner:
    """Joins the statements about one person, and says in the account what became of each."""

    def __init__(self, gravity: Gravity, account: Account) -> None:
        self._gravity, self._account = gravity, account
        self._rulebase = gravity.rulebase

    def fact(self, statements: Iterable[Statement]) -> Fact | None:
        """The fact that all statements about one finding come to, or nothing where none can be relied on."""
        ordered = sorted(statements, key=lambda s: (s.where, s.quote, self._shown(s), s.onset is None))
        if not ordered:
            return None
        finding = self._rulebase.findings[ordered[0].finding]
        if finding.kind == "set" and (fact := self._set(finding, ordered)) is not None:
            return fact
        latest = _latest(ordered)
        chosen = self._chosen(finding, latest)
        if chosen is not None and isinstance(chosen.value, Answer):
            # Not knowing today does not undo a danger that was seen before.
            valued = _latest([s for s in ordered if not isinstance(s.value, Answer)])
            before = self._chosen(finding, valued) if valued else None
            if before is not None and self._gravity.is_danger(finding, before.value):
                chosen, latest = before, valued
        for statement in ordered:
            if statement not in latest:
                why = "fhir_graver_stands" if isinstance(statement.value, Answer) else "fhir_replaced_by_later"
                self._account.ignore(why, statement.where, finding=finding.id)
        if chosen is None:
            return None
        for statement in latest:
            if statement.value == chosen.value:
                self._account.read(statement.where, finding.id, self._shown(statement), statement.quote)
        self._compare(finding, chosen, [s for s in latest if s.value != chosen.value])
        return Fact(finding.id, chosen.value, _provenance([chosen]))

    def _chosen(self, finding: Finding, latest: Sequence[Statement]) -> Statement | None:
        numbers = [s for s in latest if isinstance(s.value, float)]
        if len({s.value for s in numbers}) > 1:
            return self._number(finding, numbers)
        return max(latest, key=lambda s: (self._gravity.weight(finding, s.value), _day(s), s.where))

    def _number(self, finding: Finding, latest: Sequence[Statement]) -> Statement | None:
        numbers = [s.value for s in latest if isinstance(s.value, float)]
        if near(finding, min(numbers), max(numbers)):
            return next((s for s in latest if s.firm), latest[0])
        takes = self._gravity.takes(finding)
        if takes is None:
            shown = ", ".join(sorted({f"{number:g}" for number in numbers}))
            for statement in latest:
                self._account.warn("fhir_numbers_disagree", statement.where, finding=finding.id, value=shown)
            return None
        pick: Callable[[Iterable[float]], float] = min if takes == "newest" else max
        return next(s for s in latest if s.value == pick(numbers))

    def _compare(self, finding: Finding, chosen: Statement, others: Iterable[Statement]) -> None:
        weight = self._gravity.weight(finding, chosen.value)[0]
        for other in others:
            unknown = isinstance(other.value, Answer) and other.value is not Answer.NONE
            if unknown or self._gravity.weight(finding, other.value)[0] == weight:
                self._account.ignore("fhir_graver_stands", other.where, finding=finding.id, value=self._shown(other))
            else:
                self._contradiction(finding, chosen.where, self._shown(chosen), other.where, self._shown(other))

    def _contradiction(self, finding: Finding, where: str, value: str, other: str, said: str) -> None:
        self._account.warn("fhir_contradiction", where, finding=finding.id, value=value, other=other, said=said)

    def _set(self, finding: Finding, ordered: Sequence[Statement]) -> Fact | None:
        """Member by member; nothing where no member is told, or where the latest word is that nobody knows."""
        held = [s for s in ordered if isinstance(s.value, Members)]
        dangers = any(self._gravity.is_danger(finding, s.value) for s in held)
        if not held or (not dangers and not any(isinstance(s.value, Members) for s in _latest(ordered))):
            return None
        chosen: dict[str, Statement] = {}
        agreeing: list[Statement] = []
        for member in self._rulebase.members[finding.id]:
            speaking = [s for s in held if _says(s, member) is not None]
            if not speaking:
                continue
            latest = _latest(speaking)
            best = max(latest, key=lambda s: (self._gravity.of_member(finding, member, present=_says(s, member) is True), s.where))
            chosen[member] = best
            for other in latest:
                if _says(other, member) == _says(best, member):
                    agreeing.append(other)
                    continue
                value, said = (member, f"-{member}") if _says(best, member) else (f"-{member}", member)
                self._contradiction(finding, best.where, value, other.where, said)
        present = frozenset(m for m, s in chosen.items() if _says(s, m))
        for statement in ordered:
            if statement in agreeing or statement.value == Members():
                self._account.read(statement.where, finding.id, self._shown(statement), statement.quote)
            else:
                self._account.ignore("fhir_replaced_by_later", statement.where, finding=finding.id)
        telling = [chosen[m] for m in sorted(present)] or list(chosen.values()) or held
        return Fact(finding.id, Members(present, frozenset(chosen) - present), _provenance(telling))

    def _shown(self, statement: Statement) -> str:
        value: Value = statement.value
        match value:
            case bool():
                return "true" if value else "false"
            case float():
                return f"{value:g}"
            case Answer():
                return value.value
            case Members(present, absent):
                if not present and len(absent) == len(self._rulebase.members[statement.finding]):
                    return "none"
                return ", ".join(sorted(present) or (f"-{m}" for m in sorted(absent)))
        return value


def _says(statement: Statement, member: str) -> bool | None:
    if not isinstance(statement.value, Members) or member not in statement.value.present | statement.value.absent:
        return None
    return member in statement.value.present


def _latest(statements: Sequence[Statement]) -> list[Statement]:
    """Those that nothing is certainly later than."""
    return [s for s in statements if not any(s.at and o.at and o.at.is_after(s.at) for o in statements)]


def _day(statement: Statement) -> str:
    return statement.at.last_day.isoformat() if statement.at else ""


def _provenance(statements: Sequence[Statement]) -> Provenance:
    quotes = sorted({s.quote for s in statements if s.quote})
    days = [s.at.last_day for s in statements if s.at]
    return Provenance(
        source="answer" if all(s.asked for s in statements) else "record",
        where=", ".join(sorted({s.where for s in statements})),
        quote=", ".join(quotes),
        as_of=max(days) if days else None,
    )
