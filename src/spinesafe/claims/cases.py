"""Cases of claims: whole texts as data, with how each means a claim. Adding one needs no Python."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from spinesafe.claims.checker import Checker
from spinesafe.model.claim_report import Alert, Claim, ClaimReport, Speaker

SHARED = 0.3
"""So much of the shorter of two quotes must be shared for them to be the same, as in the labelling guide."""


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts about one claim, by how they mean it. `form` are adverts whose form the law speaks of; `looks_alike` mean something else."""

    claim: str
    asserted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    questioned: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    looks_alike: tuple[str, ...] = ()


class Holds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that must be among those found. Of the `quote` and the place found, the shorter must be shared to 30 % at least."""

    claim: str | None = None
    type: str | None = None
    stance: str | None = None
    quote: str | None = None


class Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text with all that must come out, and what should and does not so far."""

    id: str
    text: str
    alert: Alert
    covers: tuple[str, ...] = ()
    speaker: Speaker | None = None
    holds: tuple[Holds, ...] = ()
    not_yet: tuple[Holds, ...] = ()
    nothing: bool = False


class Cases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of cases."""

    claims: tuple[Group, ...] = ()
    texts: tuple[Whole, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One text and how it means a claim."""

    id: str
    claim: str
    how: str
    text: str


def read_cases(folder: Path) -> tuple[tuple[Case, ...], tuple[Whole, ...]]:
    """Every case of a folder."""
    files = [msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Cases) for path in sorted(folder.glob("*.yaml"))]
    return tuple(case for file in files for group in file.claims for case in _cases(group)), tuple(w for file in files for w in file.texts)


def _cases(group: Group) -> Iterator[Case]:
    for how in Group.__struct_fields__[1:]:
        for number, text in enumerate(getattr(group, how), start=1):
            yield Case(id=f"{group.claim}-{how}-{number}", claim=group.claim, how=how, text=text)


def comes_out(case: Case, checker: Checker) -> bool:
    """Whether a case is read as it says."""
    report = checker.check(case.text)
    type_ = checker.knowledge.claims[case.claim].type
    about = [claim for claim in report.claims if case.claim in {claim.claim, *claim.also} or (type_ is not None and claim.type == type_)]
    match case.how:
        case "form":
            return any(found.claim == case.claim for found in report.form)
        case "looks_alike":
            return not any(claim.live for claim in about) and not any(found.claim == case.claim for found in report.form)
        case "asserted" | "mixed":
            return any(claim.stance == "asserted" for claim in about)
        case "conditional":
            return any(claim.live for claim in about)
        case "denied":
            return not any(claim.live for claim in about) and (
                any(c.stance == "denied" for c in about) or _mirrored(report, type_, checker)
            )
        case how:
            return any(claim.stance == how for claim in about)


def _mirrored(report: ClaimReport, type_: str | None, checker: Checker) -> bool:
    mirror = checker.knowledge.types[type_].mirror if type_ else None
    return any(claim.type == mirror and claim.stance == "asserted" for claim in report.claims)


def missing(whole: Whole, checker: Checker) -> list[Any]:
    """What a text should have given and did not."""
    report = checker.check(whole.text, speaker=whole.speaker)
    found: list[Any] = [] if report.alert == whole.alert else [f"alert {report.alert}"]
    found += [holds for holds in whole.holds if not any(_fits(holds, claim, whole.text) for claim in report.claims)]
    return found + (["something"] if whole.nothing and report.claims else [])


def come_out_by_now(whole: Whole, checker: Checker) -> list[Holds]:
    """What a text did not give so far, and gives now."""
    report = checker.check(whole.text, speaker=whole.speaker)
    return [holds for holds in whole.not_yet if any(_fits(holds, claim, whole.text) for claim in report.claims)]


def _fits(holds: Holds, claim: Claim, text: str) -> bool:
    return (
        (holds.claim is None or holds.claim in {claim.claim, *claim.also})
        and holds.type in {None, claim.type}
        and holds.stance in {None, claim.stance}
        and (holds.quote is None or _shared(holds.quote, claim, text))
    )


def _shared(quote: str, claim: Claim, text: str) -> bool:
    start = text.index(quote)
    shared = min(claim.end, start + len(quote)) - max(claim.start, start)
    return shared >= SHARED * min(len(quote), claim.end - claim.start)
