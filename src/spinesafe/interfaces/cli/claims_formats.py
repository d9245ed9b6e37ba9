"""Reports for other programs: JSON Lines, SARIF for code scanning, annotations of a workflow, ClaimReview for search engines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import msgspec

from spinesafe import __version__
from spinesafe.interfaces.cli.claims_input import Given
from spinesafe.model.claim_report import Claim, ClaimReport
from spinesafe.model.text import Language

Reports: TypeAlias = Sequence[tuple[Given, ClaimReport]]
_SARIF_LEVEL = {"unsafe": "error", "false": "warning", "overstated": "warning"}
_GITHUB_LEVEL = {"unsafe": "error", "false": "warning", "overstated": "warning"}
_RATING = {"unsafe": 1, "false": 1, "overstated": 2, "needs_context": 3, "sound": 5}


def as_line(report: ClaimReport) -> str:
    """The report as one line of JSON, without the text itself."""
    return msgspec.json.encode(msgspec.structs.replace(report, text="")).decode()


def unsound(report: ClaimReport) -> Iterable[Claim]:
    """The claims that raise the alert."""
    return (claim for claim in report.claims if claim.live and claim.verdict in _SARIF_LEVEL)


class Places:
    """Line and column of places in a text, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and column of a place."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def sarif(reports: Reports, language: Language) -> str:
    """SARIF 2.1.0."""
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    for one, report in reports:
        places = Places(report.text)
        for claim in unsound(report):
            name = claim.claim or claim.type
            rules.setdefault(name, {"id": name, "shortDescription": {"text": claim.title.in_language(language)}})
            line, column = places.of(claim.start)
            end_line, end_column = places.of(claim.end)
            region = {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
                "snippet": {"text": claim.quote},
            }
            results.append(
                {
                    "ruleId": name,
                    "level": _SARIF_LEVEL[claim.verdict],
                    "message": {"text": _message(claim, language)},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": one.path}, "region": region}}],
                }
            )
    notes = [
        {"level": "error", "message": {"text": report.unread.in_language(language)}, "locations": []}
        for _, report in reports
        if report.unread is not None
    ]
    tool = {"driver": {"name": "spinesafe", "version": __version__, "rules": list(rules.values())}}
    run = {
        "tool": tool,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return _written({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def github(reports: Reports, language: Language) -> str:
    """Annotations as a workflow prints them."""
    lines = []
    for one, report in reports:
        if report.unread is not None:
            lines.append(f"::error file={_escaped(one.path)}::{_escaped(report.unread.in_language(language))}")
        places = Places(report.text)
        for claim in unsound(report):
            line, column = places.of(claim.start)
            title = _escaped(f"{claim.claim or claim.type}: {claim.title.in_language(language)}")
            where = f"file={_escaped(one.path)},line={line},col={column},title={title}"
            lines.append(f"::{_GITHUB_LEVEL[claim.verdict]} {where}::{_escaped(_message(claim, language))}")
    return "".join(f"{line}\n" for line in lines)


def claim_review(reports: Reports, language: Language) -> str:
    """ClaimReview of schema.org, as JSON-LD."""
    graph = [
        {
            "@type": "ClaimReview",
            "claimReviewed": claim.quote,
            "inLanguage": language,
            "itemReviewed": {"@type": "Claim", "text": claim.quote, "appearance": {"@type": "CreativeWork", "name": report.id or one.path}},
            "reviewBody": claim.because.in_language(language),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": claim.verdict.replace("_", " "),
                "ratingValue": _RATING[claim.verdict],
                "bestRating": 5,
                "worstRating": 1,
            },
            "author": {"@type": "Organization", "name": "spinesafe"},
        }
        for one, report in reports
        for claim in report.claims
    ]
    return _written({"@context": "https://schema.org", "@graph": graph})


FORMATS: dict[str, Callable[[Reports, Language], str]] = {"sarif": sarif, "github": github, "claimreview": claim_review}
"""What `--format` can be."""


def _message(claim: Claim, language: Language) -> str:
    instead = f" → {claim.instead.in_language(language)}" if claim.instead else ""
    return f"“{claim.quote}” {claim.because.in_language(language)}{instead}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")


def _written(shape: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(shape), indent=2).decode() + "\n"
