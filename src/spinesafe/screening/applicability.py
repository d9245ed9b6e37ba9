"""Questions that do not apply to a person: what follows from that, and answers that say so wrongly."""

from typing import assert_never

from spinesafe.backends.evaluate import Evaluator
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.model.reading import Item
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding


class Applicability:
    """Which questions apply to whom (`asked_when`), for one rule base."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.rulebase = evaluator.rulebase
        self._places = _places(self.rulebase)

    def resolve(self, facts: Facts) -> tuple[Facts, tuple[Item, ...]]:
        """The facts, completed and cleaned by what applies.

        Where the person's answers say that a question does not apply, it is answered so: nobody has to be asked how wide an aneurysm is
        that they do not have. And an answer that says "does not apply" or "nowhere" is believed only where other answers say so too, else
        it is read as unknown: beside a weakness, "never" as its onset would silence a danger, and beside one that nobody has asked for
        yet it would call settled what is not.
        """
        run = self.evaluator.decide(facts).run
        resolved, doubted = dict(facts), []
        for finding, output in self.rulebase.watched.applies.items():
            described, fact, applies = self.rulebase.findings[finding], facts.get(finding), run.holds(output)
            if fact is None and applies is False:
                value = self._nothing(described)
                if value is not None:
                    resolved[finding] = Fact(finding, value, Provenance(source="implied", where="does_not_apply"))
            elif fact is not None and applies is not False and self._denies(fact):
                del resolved[finding]
                if applies:
                    doubted.append(Item(where=fact.provenance.where or finding, finding=finding, why="contradicts_itself"))
        return resolved, tuple(doubted)

    def _nothing(self, finding: Finding) -> Value | None:
        """The answer of somebody to whom a question does not apply, where it has one."""
        members = self.rulebase.members[finding.id]
        match finding.kind:
            case "boolean":
                return False
            case "number":
                return Answer.NONE if finding.none_label is not None else None
            case "set":
                return Members.exactly((), members)
            case "choice":
                return "none" if "none" in members else None
        assert_never(finding.kind)  # pragma: no cover - mypy proves that no kind is missing

    def _denies(self, fact: Fact) -> bool:
        nowhere = fact.finding in self._places and isinstance(fact.value, Members) and not fact.value.present
        return nowhere or fact.value is Answer.NONE


def _places(rulebase: RuleBase) -> frozenset[str]:
    """The findings that say where something is: a tumour, an operation, a skin problem."""
    rows = rulebase.matrix.values()
    touches = [*(t for rule in rulebase.rules for t in rule.then.hands_on), *(t for row in rows for t in row.also)]
    return frozenset(place for place in (*(t.place for t in touches), *(row.place for row in rows)) if place)
