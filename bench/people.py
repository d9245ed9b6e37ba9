"""The people that are decided: those of `cases/`, read before the clock runs."""

from pathlib import Path

import msgspec

from spinesafe.model.fact import Answer, Facts, Members
from spinesafe.rulebase import RuleBase
from spinesafe.screening import Screener
from spinesafe.screening.cases import facts_of, read_cases

CASES = Path(__file__).parents[1] / "cases"


class Person(msgspec.Struct, frozen=True):
    """A case and its facts."""

    case: str
    facts: Facts


def people_of(screener: Screener) -> list[Person]:
    """Everybody in `cases/` but those of the follow-up form."""
    return [Person(case.id, facts_of(case, screener, CASES)) for _, case in read_cases(CASES) if not case.after]


def known_through(people: list[Person], findings: frozenset[str], screener: Screener) -> list[Person]:
    """The people of whom all these findings are known, with what does not apply to them answered so."""
    resolved = [Person(one.case, screener.applicability.resolve(one.facts)[0]) for one in people]
    return [one for one in resolved if all(_is_known(one.facts, finding, screener.rulebase) for finding in findings)]


def _is_known(facts: Facts, finding: str, rulebase: RuleBase) -> bool:
    fact = facts.get(finding)
    if fact is None or fact.value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}:
        return False
    if isinstance(fact.value, Members):
        return fact.value.present | fact.value.absent >= set(rulebase.members[finding])
    return True
