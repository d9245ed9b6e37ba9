"""`spinesafe read`: a text with its mentions marked, each with its finding and how it is meant; in the terminal, as a page, or as JSON."""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake.documents import Document, document_of
from spinesafe.intake.narrative import Narrative, NarrativeReader
from spinesafe.intake.narrative.reader import shown
from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.interfaces.cli.read_page import page as read_page
from spinesafe.interfaces.cli.read_report import Fact, LeftOut, Mark, ReadReport
from spinesafe.model.reading import Item
from spinesafe.model.text import Language
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.language_format import ContextWord
from spinesafe.screening.words import Words

NOT_READ = 3
STYLE: dict[ContextWord, str] = {
    "present": "bold white on red",
    "denied": "black on green",
    "possible": "black on yellow",
    "historical": "white on blue",
    "hypothetical": "black on bright_black",
    "somebody_else": "black on cyan",
    "asked": "black on bright_yellow",
    "planned": "black on magenta",
}


class ReadView:
    """Readings in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language, self.words = rulebase, language, Words(rulebase)

    def say(self, sentence: str, **details: str) -> str:
        """A sentence of the product."""
        return self.rulebase.sentences[sentence].in_language(self.language).format(**details)

    def label(self, finding: str) -> str:
        """The name of a finding."""
        return self.rulebase.findings[finding].label.in_language(self.language)

    def report(self, narrative: Narrative, document: Document) -> ReadReport:
        """Everything that is shown of a reading."""
        return ReadReport(
            language=narrative.read.language,
            as_of=narrative.read.as_of,
            marks=tuple(marks(narrative)),
            facts=tuple(self._facts(narrative)),
            left_out=tuple(self._left_out(narrative.ignored)),
            warnings=tuple(self._left_out(narrative.warnings)),
            pages_unread=document.pictures,
            text=document.text,
            knowledge=self.rulebase.digest,
        )

    def missed(self, report: ReadReport) -> str:
        """That pages could not be read; empty where all were."""
        return self.say("text_pages_unread", pages=", ".join(map(str, report.pages_unread))) if report.pages_unread else ""

    def terminal(self, report: ReadReport) -> Iterator[Line | Table]:
        """The marked text, the facts, and what was left out."""
        if missed := self.missed(report):
            yield Line(missed, style="yellow")
        text = Line(report.text)
        for mark in report.marks:
            text.stylize(STYLE[mark.context], mark.start, mark.end)
        yield text
        yield Line("")
        yield Line.assemble(*((f" {self.say(f'context_{context}')} ", style) for context, style in STYLE.items()))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("read_finding", "read_value", "read_context", "read_words"):
            table.add_column(self.say(column), overflow="fold")
        for fact in report.facts:
            table.add_row(self.label(fact.finding), fact.words, self.say(f"context_{fact.context}"), fact.quote)
        yield table
        yield from (Line(f"{one.quote!r}: {one.why}", style="dim") for one in (*report.warnings, *report.left_out))
        yield Line(self.say("read_limits"), style="dim")

    def _facts(self, narrative: Narrative) -> Iterator[Fact]:
        contexts = {(one.finding, one.start): one.context for one in narrative.told}
        for name, fact in sorted(narrative.facts.items()):
            start = fact.provenance.span[0] if fact.provenance.span else -1
            yield Fact(
                finding=name,
                value=shown(fact.value),
                words=self.words.value(name, fact.value).in_language(self.language),
                context=contexts.get((name, start), "present"),
                quote=fact.provenance.quote,
            )

    def _left_out(self, items: Iterable[Item]) -> Iterator[LeftOut]:
        for item in items:
            if item.why in self.rulebase.sentences:
                yield LeftOut(finding=item.finding, quote=item.quote, why=self.say(item.why, **item.details))


def marks(narrative: Narrative) -> list[Mark]:
    """What was read, where: parts that do not overlap, in the order of the text, the longer of two that do."""
    found: dict[tuple[int, int], tuple[dict[str, None], ContextWord]] = {}
    for one in narrative.told:
        findings, _ = found.setdefault((one.start, one.end), ({}, one.context))
        findings[one.finding] = None
    chosen: list[Mark] = []
    for (start, end), (findings, context) in sorted(found.items(), key=lambda item: item[0][0] - item[0][1]):
        at = bisect_left(chosen, start, key=lambda mark: mark.start)
        if not ((at and chosen[at - 1].end > start) or (at < len(chosen) and chosen[at].start < end)):
            chosen.insert(at, Mark(start, end, tuple(findings), context))
    return chosen


def read_file(path: str, language: Language, as_of: date, page: Path | None, *, as_json: bool) -> int:
    """Read a file, show it, and return the exit code."""
    rulebase = load()
    view = ReadView(rulebase, language)
    try:
        document = document_of(_bytes(path), path)
        narrative = NarrativeReader(rulebase).read(document.text, as_of)
        narrative.reading()
    except IntakeError as error:
        errors = Console(stderr=True, highlight=False)
        for fault in error.faults:
            found, why, mend = (part.in_language(language) for part in fault.describe(rulebase))
            errors.print(Line(f"{path}: {found}\n  {why}\n  {mend}", style="red"))
        return NOT_READ
    report = view.report(narrative, document)
    console = Console(highlight=False)
    if page is not None:
        page.write_text(read_page(view, report), encoding="utf-8")
        console.print(Line(str(page)))
    elif as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        for part in view.terminal(report):
            console.print(part)
    return 0


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    if not Path(path).is_file():
        raise IntakeError([InputFault(code="no_such_file", where=path, details={"path": path})])
    return Path(path).read_bytes()
