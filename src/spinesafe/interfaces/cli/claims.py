"""`spinesafe claims`: texts to reports, in the terminal, as JSON, as a page, or for other programs."""

import os
from pathlib import Path

import msgspec
from rich.console import Console

from spinesafe.claims import Checker, built_in
from spinesafe.claims.second_opinion import SecondReader, with_second_opinion
from spinesafe.interfaces.cli.claims_formats import FORMATS, as_line
from spinesafe.interfaces.cli.claims_input import Given, given
from spinesafe.interfaces.cli.claims_page import page
from spinesafe.interfaces.cli.claims_view import ClaimsView
from spinesafe.model.claim_report import Alert, ClaimReport, Jurisdiction, Speaker
from spinesafe.model.text import Language, Text

GRAVITY: dict[Alert | None, int] = {"none": 0, "caution": 1, "danger": 2}
FAILED, NOT_READ = 1, 3


class ClaimsCommand(msgspec.Struct, kw_only=True):
    """The options of one run."""

    language: Language
    speaker: Speaker | None
    jurisdictions: frozenset[Jurisdiction] | None
    fail_on: Alert | None
    second: str | None
    second_model: str

    def run(self, paths: list[str], *, as_json: bool, html: Path | None, form: str | None) -> int:
        """Checks everything, prints it, and returns the exit code."""
        checker = built_in()
        reports: list[tuple[Given, ClaimReport]] = []
        console = Console(highlight=False)
        worst, unread = 0, False
        view = ClaimsView(checker.rulebase, self.language)
        for one in given(paths):
            report = self._report(checker, one)
            worst = max(worst, GRAVITY.get(report.alert, 0))
            unread = unread or report.alert is None
            if as_json:
                console.file.write(as_line(report) + "\n")
            else:
                reports.append((one, report))
        if not as_json:
            if form:
                console.file.write(FORMATS[form](reports, self.language))
            elif html is None:
                for _, report in reports:
                    console.print(view.whole(report))
            if html is not None:
                html.write_text(page([report for _, report in reports], checker.rulebase, self.language), encoding="utf-8")
                console.print(str(html))
        if unread:
            return NOT_READ
        return FAILED if self.fail_on is not None and worst >= GRAVITY[self.fail_on] else 0

    def _report(self, checker: Checker, one: Given) -> ClaimReport:
        if one.fault:
            return one.unread(checker)
        report = checker.check(one.text, name=one.name, speaker=self.speaker, jurisdictions=self.jurisdictions)
        if one.missed and report.alert is not None:
            missed = checker.rulebase.sentences["text_pages_unread"]
            said = Text(en=missed.en.format(pages=one.missed), zh=missed.zh.format(pages=one.missed))
            report = msgspec.structs.replace(report, warnings=(*report.warnings, said))
        if self.second is None:
            return report
        reader = SecondReader(url=self.second, model=self.second_model, key=os.environ.get("SPINESAFE_MODEL_KEY", ""))
        return with_second_opinion(report, reader)


def explain(name: str, language: Language) -> int:
    """Prints all that the knowledge says about one claim; 1 where there is none by this id."""
    console, checker = Console(highlight=False), built_in()
    claim = checker.knowledge.claims.get(name.upper())
    if claim is None:
        console.print(f"There is no claim {name!r}. See: spinesafe claims list", style="bold red")
        return 1
    console.print(ClaimsView(checker.rulebase, language).entry(claim))
    return 0


def list_claims(language: Language) -> int:
    """Prints every claim with its type and verdict."""
    checker = built_in()
    Console(highlight=False).print(ClaimsView(checker.rulebase, language).table())
    return 0
