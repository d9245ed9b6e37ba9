"""What an author should hear before knowledge is used, beyond what would keep it from being built.

`build` finds what cannot be understood. `check` finds what can be understood and is still wrong: a rule without a source, an id that
leads nowhere, a text in one language only, a review that is overdue.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.codes import CodeSet, icd10cm, unknown_codes
from spinesafe.rulebase.entry import Reviewed, Scalar
from spinesafe.rulebase.expression import TRUE, Has, atoms_of
from spinesafe.rulebase.format import Advice, Condition, Finding, MatrixRow, Owner, Rule, Source, Then
from spinesafe.rulebase.names import DIAGNOSES, ExpressionError, Names
from spinesafe.rulebase.problems import Problem, nearest, problem
from spinesafe.rulebase.read import Sourced
from spinesafe.rulebase.wording import shared_terms, unsaid


def check(entries: Iterable[Sourced], on: date | None = None, codes: CodeSet | None = None) -> list[Problem]:
    """Every problem of entries that can be built, errors first.

    `on` is the day of the check (today), `codes` a code set (that of the extra `authoring`, where installed).
    """
    kept = tuple(entries)
    ids = _Ids(kept)
    found = [
        *_sources(kept, ids),
        *_reviews(kept, on or date.today()),  # noqa: DTZ011 - a review is overdue by the calendar on the wall
        *_findings(kept, ids),
        *_references(kept, ids),
        *_rows(kept, ids),
        *unsaid(kept),
        *shared_terms(kept),
        *unknown_codes(kept, codes or icd10cm()),
    ]
    return sorted(found, key=lambda found: found.warning)


class _Ids:
    """The ids that exist, by kind."""

    def __init__(self, entries: tuple[Sourced, ...]) -> None:
        self._of: dict[str, dict[str, Sourced]] = {}
        for sourced in entries:
            if hasattr(sourced.entry, "id"):
                self._of.setdefault(sourced.kind, {})[sourced.entry.id] = sourced

    def __getitem__(self, kind: str) -> Mapping[str, Sourced]:
        return self._of.get(kind, {})

    def unknown(self, sourced: Sourced, kind: str, code: str, named: Iterable[str]) -> Iterator[Problem]:
        """A problem for each id that does not exist."""
        for name in dict.fromkeys(named):
            if name not in self[kind]:
                mend = nearest(name, self[kind]) or f"add it below `{kind}:`, or take it out"
                yield _problem(sourced, code, f"{_named(sourced)} names {name}, which does not exist", mend)


def _problem(sourced: Sourced, code: str, found: str, mend: str) -> Problem:
    return problem(code, sourced.place, found, mend)


def _named(sourced: Sourced) -> str:
    return getattr(sourced.entry, "id", sourced.kind)


def _sources(entries: tuple[Sourced, ...], ids: _Ids) -> Iterator[Problem]:
    for sourced in entries:
        if isinstance(sourced.entry, Reviewed):
            if not sourced.entry.sources:
                mend = "add `sources:` with the id of a document, or REFERENCE for the project's own clinical reference"
                yield _problem(sourced, "no_source", f"{_named(sourced)} has no source", mend)
            yield from ids.unknown(sourced, "sources", "unknown_source", sourced.entry.sources)


def _reviews(entries: tuple[Sourced, ...], today: date) -> Iterator[Problem]:
    for sourced in entries:
        if isinstance(sourced.entry, Reviewed | Source) and sourced.entry.review_by < today:
            found = f"the review of {_named(sourced)} was due on {sourced.entry.review_by}"
            yield _problem(sourced, "review_overdue", found, "read its sources again, then set `reviewed` and `review_by`")


def _findings(entries: tuple[Sourced, ...], ids: _Ids) -> Iterator[Problem]:
    used: set[str] = set()
    for sourced in entries:
        finding = sourced.entry
        if not isinstance(finding, Finding):
            continue
        used.add(finding.group)
        yield from ids.unknown(sourced, "groups", "unknown_group", [finding.group])
        if finding.kind in {"choice", "set"} and not finding.members and not finding.members_from:
            yield _problem(sourced, "no_members", f"{finding.id} is a {finding.kind} without members", "add `members:`")
        if finding.polarity == "mixed" and not finding.polarity_reason:
            found = f"{finding.id} is mixed, and nothing says why"
            yield _problem(sourced, "no_reason_for_mixed", found, "name in `polarity_reason` the rules that it raises and those it exempts")
        if finding.members and finding.polarity != "neutral" and all(member.polarity == "neutral" for member in finding.members):
            found = f"{finding.id} is declared {finding.polarity}, and none of its members is"
            yield _problem(sourced, "members_undeclared", found, "give each member that raises or lowers its own `polarity`")
        for value in _silences(finding):
            if not _fits(value, finding):
                found = f"{finding.id}: silence is read as {value}, which is no value of a {finding.kind}"
                yield _problem(sourced, "wrong_silence", found, "see its kind and members")
    for name, sourced in ids["groups"].items():
        if name not in used:
            yield _problem(sourced, "unused_group", f"no finding stands in the group {name}", "take it out, or put a finding in it")


def _silences(finding: Finding) -> Iterator[Scalar]:
    silence = finding.when_unmentioned
    if isinstance(silence, tuple):
        yield from (said.value for said in silence)
    elif silence is not None:
        yield silence


def _fits(value: Scalar, finding: Finding) -> bool:
    match finding.kind:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return value == "none" or (isinstance(value, int | float) and not isinstance(value, bool))
        case _:
            members = {member.id for member in finding.members}
            return value in members or (finding.kind == "set" and value == "none")


def _references(entries: tuple[Sourced, ...], ids: _Ids) -> Iterator[Problem]:
    told: set[str] = set()
    for sourced in entries:
        match sourced.entry:
            case Rule(then=then):
                yield from _of_then(sourced, then, ids)
                told.update(then.advice)
            case MatrixRow() as row:
                yield from _of_then(sourced, Then(owner=row.owner, until_days=row.until_days), ids)
            case Owner() as owner:
                yield from ids.unknown(sourced, "services", "unknown_service", [*owner.instead_of, owner.owner])
            case Condition() as condition:
                advice = [*condition.advice, *(a for rule in condition.rules for a in rule.then.advice)]
                told.update(advice)
                yield from ids.unknown(sourced, "advice", "unknown_advice", condition.advice)
                yield from ids.unknown(sourced, "services", "unknown_service", [condition.adult.service, condition.child.service])
                for rule in condition.rules:
                    yield from _of_then(sourced, rule.then, ids)
    for name, sourced in ids["advice"].items():
        if isinstance(sourced.entry, Advice) and not sourced.entry.when and name not in told:
            mend = "name it in the `advice` of a rule or condition, or say with `when:` who is told it"
            yield _problem(sourced, "unused_advice", f"no rule and no condition gives the advice {name}", mend)


def _of_then(sourced: Sourced, then: Then, ids: _Ids) -> Iterator[Problem]:
    yield from ids.unknown(sourced, "advice", "unknown_advice", then.advice)
    yield from ids.unknown(sourced, "services", "unknown_service", then.owners)
    yield from ids.unknown(sourced, "findings", "unknown_finding", then.until_days)
    for name in then.until_days:
        if name in ids["findings"] and ids["findings"][name].entry.kind != "number":
            found = f"{_named(sourced)} counts from {name}, which is no number of days or weeks"
            yield _problem(sourced, "unknown_finding", found, "count from a finding of the kind `number`")


def _rows(entries: tuple[Sourced, ...], ids: _Ids) -> Iterator[Problem]:
    names = Builder(entries).names
    for sourced in entries:
        condition = sourced.entry
        if not isinstance(condition, Condition):
            continue
        if not condition.matrix_rows:
            found = f"{condition.id} has no row that says what hands may do"
            yield _problem(sourced, "no_row", found, "name one in `matrix_rows`; where the reference has none, the strictest of its group")
        yield from ids.unknown(sourced, "matrix", "unknown_row", condition.matrix_rows)
        known = [ids["matrix"][row].entry for row in condition.matrix_rows if row in ids["matrix"]]
        if known and not any(_reads(names, row, condition.id) for row in known):
            found = f"{condition.id} names {', '.join(row.id for row in known)}, and none of these looks at it"
            yield _problem(sourced, "row_does_not_read", found, f"put `{condition.id} in {DIAGNOSES}` into the `when` of its row")


def _reads(names: Names, row: MatrixRow, condition: str) -> bool:
    try:
        when = names.read(row.when)
    except ExpressionError:
        return True  # `build` names what is wrong with it
    return when == TRUE or Has(DIAGNOSES, condition) in atoms_of(when)
