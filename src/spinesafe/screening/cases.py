"""Cases: people as data, with the decision that they must get. Read by every back end; adding one needs no Python."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Facts
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import TRUE
from spinesafe.screening.screen import Screener

AS_OF = date(2026, 11, 24)
"""The day on which cases are decided."""


OTHER_CASES = {"base", "bad", "narrative", "terms", "language", "claims"}
"""Folders of cases that are not people with answers: base answers, broken knowledge, texts."""


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a case is about; whatever is left out is not looked at."""

    urgency: Urgency | None = None
    hands_on: HandsOn | None = None
    planned: dict[str, HandsOn] = {}
    grid: dict[str, dict[str, HandsOn]] = {}
    settled: bool | None = None
    worst_case: Urgency | None = None
    services: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    does_not_fire: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    review_on: date | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One person and what must come out.

    `with` names files of `base/` whose answers are laid on each other, below those of the case. `covers` names what it is about: ids of the
    clinical reference, rules, conditions, laws. A `letter` is read in a closed world, as a text that cannot be asked.
    """

    id: str
    note: Text
    covers: tuple[str, ...] = ()
    bases: tuple[str, ...] = msgspec.field(name="with", default=())
    answers: dict[str, object] = {}
    after: bool = False
    letter: bool = False
    expect: Expectation


class Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of cases."""

    cases: tuple[Case, ...]


def read_cases(folder: Path) -> Iterator[tuple[Path, Case]]:
    """Every case of a folder, with its file. Raises `msgspec.ValidationError` or `IntakeError` for what is no case."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.relative_to(folder).parts[0] not in OTHER_CASES:
            data = parse_answers(path.read_text(encoding="utf-8"), str(path))
            try:
                found = msgspec.convert(data, Cases)
            except msgspec.ValidationError as error:
                raise msgspec.ValidationError(f"{path}: {error}") from error
            yield from ((path, case) for case in found.cases)


def facts_of(case: Case, screener: Screener, folder: Path) -> Facts:
    """The facts of a case, its bases below its own answers. Raises `IntakeError`."""
    answers: dict[str, object] = {}
    for base in case.bases:
        answers |= _base_answers(folder / "base" / f"{base}.yaml")
    answers |= case.answers
    return read_answers(answers, screener.rulebase, as_of=AS_OF).facts if answers else {}


@cache
def _base_answers(path: Path) -> dict[str, object]:
    data = parse_answers(path.read_text(encoding="utf-8"), str(path))
    assert isinstance(data, dict)  # noqa: S101 - a base file is ours
    answers: dict[str, object] = data["answers"]
    return answers


def run(case: Case, screener: Screener, folder: Path) -> Assessment:
    """The assessment of a case."""
    reading = Reading(person=case.id, facts=facts_of(case, screener, folder))
    return screener.screen(reading, AS_OF, closed_world=case.letter, after_treatment=case.after)


def differences(case: Case, assessment: Assessment) -> tuple[str, ...]:
    """What came out otherwise than expected, in words; nothing where all is well."""
    return tuple(_differences(case.expect, assessment))


def _differences(expect: Expectation, got: Assessment) -> Iterator[str]:
    fired = {reason.rule for reason in got.reasons}
    for name in ("urgency", "hands_on", "settled", "services", "review_on"):
        wanted = getattr(expect, name)
        if wanted is not None and wanted != getattr(got, name):
            yield f"{name} is {getattr(got, name)}, expected {wanted}"
    if expect.worst_case is not None and expect.worst_case != got.worst_case.urgency:
        yield f"worst_case is {got.worst_case.urgency}, expected {expect.worst_case}"
    for technique, level in expect.planned.items():
        if got.planned.get(technique) != level:
            yield f"planned {technique} is {got.planned.get(technique)}, expected {level}"
    for technique, row in expect.grid.items():
        for region, level in row.items():
            if got.grid[technique][region] != level:
                yield f"{technique} at {region} is {got.grid[technique][region]}, expected {level}"
    yield from (f"{rule} does not fire" for rule in expect.fires if rule not in fired)
    yield from (f"{rule} fires" for rule in expect.does_not_fire if rule in fired)
    yield from (f"reason {key} is missing" for key in expect.reasons if key not in {reason.key for reason in got.reasons})


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Which rules have a case in which they fire, and one in which they do not.

    Of a rule that holds for everybody no case can be silent: it does not count among `can_be_silent`.
    """

    rules: tuple[str, ...]
    can_be_silent: tuple[str, ...]
    never_fire: tuple[str, ...]
    never_silent: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Every rule has both."""
        return not self.never_fire and not self.never_silent


def coverage(rulebase: RuleBase, cases: Iterable[Case], origins: Collection[str] = ("rule", "matrix", "condition")) -> Coverage:
    """What the cases expect of the rules of some origins."""
    cases = tuple(cases)
    rules = [rule for rule in rulebase.rules if rule.origin in origins]
    never_fire, never_silent = rules_without_case((rule.id for rule in rules), cases)
    for_everybody = {rule.id for rule in rules if rule.when == TRUE}
    return Coverage(
        rules=tuple(rule.id for rule in rules),
        can_be_silent=tuple(rule.id for rule in rules if rule.id not in for_everybody),
        never_fire=never_fire,
        never_silent=tuple(rule for rule in never_silent if rule not in for_everybody),
    )


def unknown_rules(rulebase: RuleBase, case: Case) -> tuple[str, ...]:
    """The rules that a case names and that do not exist: of such it would be true that they do not fire."""
    known = {rule.id for rule in rulebase.rules}
    return tuple(rule for rule in (*case.expect.fires, *case.expect.does_not_fire) if rule not in known)


def rules_without_case(rules: Iterable[str], cases: Iterable[Case]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules that no case expects to fire, and those that no case expects not to fire."""
    cases = tuple(cases)
    fired = {rule for case in cases for rule in case.expect.fires}
    silent = {rule for case in cases for rule in case.expect.does_not_fire}
    rules = tuple(rules)
    return tuple(r for r in rules if r not in fired), tuple(r for r in rules if r not in silent)
