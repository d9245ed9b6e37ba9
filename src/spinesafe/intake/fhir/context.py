"""What every reader of a resource needs: the knowledge, the day, the account, and where references lead."""

from collections.abc import Iterator
from datetime import date

import msgspec

from spinesafe.intake.fhir.account import Account
from spinesafe.intake.fhir.amounts import Limits, Refusal
from spinesafe.intake.fhir.codes import CodeIndex
from spinesafe.intake.fhir.directory import Directory
from spinesafe.intake.fhir.gravity import Gravity
from spinesafe.intake.fhir.moments import Moment
from spinesafe.intake.fhir.resources import Concept
from spinesafe.intake.fhir.values import Asked, Values
from spinesafe.model.fact import Members, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.entry import Scalar


class Context(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One reading: of one person, against one rule base, as of one day."""

    rulebase: RuleBase
    index: CodeIndex
    limits: Limits
    gravity: Gravity
    values: Values
    as_of: date
    account: Account
    directory: Directory

    def asked(self, finding: str, member: str | None = None) -> Asked:
        """A finding as something that is asked about."""
        return Asked(finding=self.rulebase.findings[finding], members=self.rulebase.members[finding], member=member)

    def refuse(self, where: str, finding: str, refusal: Refusal) -> None:
        """Say that something about a known finding could not be read."""
        self.account.warn(refusal.why, where, finding=finding, **refusal.details)

    def is_in_the_future(self, moment: Moment | None) -> bool:
        """Whether a time lies after the day that is asked about, in every reading of its offset."""
        return moment is not None and min(moment.first_day, moment.first.date()) > self.as_of


class Known(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What does not change from one person to the next."""

    rulebase: RuleBase
    index: CodeIndex
    limits: Limits
    gravity: Gravity

    def context(self, as_of: date, account: Account, directory: Directory) -> Context:
        """A reading of one person."""
        return Context(
            rulebase=self.rulebase,
            index=self.index,
            limits=self.limits,
            gravity=self.gravity,
            values=Values(self.index, self.limits, as_of),
            as_of=as_of,
            account=account,
            directory=directory,
        )


_last: list[Known] = []


def known_of(rulebase: RuleBase) -> Known:
    """The prepared knowledge of a rule base, made once."""
    if not _last or _last[0].rulebase is not rulebase:
        _last[:] = [Known(rulebase=rulebase, index=CodeIndex(rulebase), limits=Limits(rulebase), gravity=Gravity(rulebase))]
    return _last[0]


def value_of(held: Scalar | tuple[str, ...]) -> Value:
    """What an entry of the knowledge sets, as a value: members of a set are present, and nothing is absent."""
    return Members(frozenset(held)) if isinstance(held, tuple) else held


def code_of(concept: Concept | str | None, known: frozenset[str]) -> str:
    """The one of some standard codes that a concept holds, or the first code that it does hold, or nothing."""
    if concept is None or isinstance(concept, str):
        return concept or ""
    codes = list(codes_in(concept))
    return next((code for code in codes if code in known), codes[0] if codes else "")


def codes_in(concept: Concept | None) -> Iterator[str]:
    """All codes of a concept, of any system."""
    return (coding.code for coding in (concept.coding if concept else ()) if coding.code)
