"""`spinesafe read`: a text with its mentions marked, each with its finding and how it is meant; in the terminal, or as one HTML file."""

import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake.documents import document_of
from spinesafe.intake.narrative import Narrative, NarrativeReader
from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.interfaces.cli.read_page import page as read_page
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


class Mark(msgspec.Struct, frozen=True):
    """A part of the text that something was read from: the findings, and how the words are meant."""

    start: int
    end: int
    findings: tuple[str, ...]
    context: ContextWord


class Fact(msgspec.Struct, frozen=True):
    """One fact as it is shown: its finding, its value in words, how it is meant, and the words that say it."""

    finding: str
    value: str
    context: ContextWord
    quote: str


class ReadView:
    """A reading, shown in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language, self.words = rulebase, language, Words(rulebase)

    def say(self, sentence: str, **details: str) -> str:
        """A sentence of the product."""
        return self.rulebase.sentences[sentence].in_language(self.language).format(**details)

    def label(self, finding: str) -> str:
        """The name of a finding."""
        return self.rulebase.findings[finding].label.in_language(self.language)

    def terminal(self, narrative: Narrative) -> Iterator[Line | Table]:
        """The marked text, the facts, and what was left out."""
        text = Line(narrative.read.text)
        for mark in marks(narrative):
            text.stylize(STYLE[mark.context], mark.start, mark.end)
        yield text
        yield Line("")
        yield Line.assemble(*((f" {self.say(f'context_{context}')} ", style) for context, style in STYLE.items()))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("read_finding", "read_value", "read_context", "read_words"):
            table.add_column(self.say(column), overflow="fold")
        for fact in self.facts(narrative):
            table.add_row(self.label(fact.finding), fact.value, self.say(f"context_{fact.context}"), fact.quote)
        yield table
        for item in (*narrative.warnings, *narrative.ignored):
            if why := self.why(item):
                yield Line(f"{item.quote!r}: {why}", style="dim")
        yield Line(self.say("read_limits"), style="dim")

    def facts(self, narrative: Narrative) -> Iterator[Fact]:
        """Each fact with its value, context and words."""
        contexts = {(one.finding, one.start): one.context for one in narrative.told}
        for name, fact in sorted(narrative.facts.items()):
            start = fact.provenance.span[0] if fact.provenance.span else -1
            yield Fact(
                name,
                self.words.value(name, fact.value).in_language(self.language),
                contexts.get((name, start), "present"),
                fact.provenance.quote,
            )

    def why(self, item: Item) -> str:
        """Why something was left out or doubted; empty where nothing is to be said."""
        return self.say(item.why, **item.details) if item.why in self.rulebase.sentences else ""


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


def read_file(path: str, language: Language, as_of: date, page: Path | None) -> int:
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
    missed = view.say("text_pages_unread", pages=document.pages()) if document.pictures else ""
    if page is not None:
        page.write_text(read_page(view, narrative, marks(narrative), missed), encoding="utf-8")
        Console(highlight=False).print(Line(str(page)))
        return 0
    console = Console(highlight=False)
    if missed:
        console.print(Line(missed, style="yellow"))
    for part in view.terminal(narrative):
        console.print(part)
    return 0


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    if not Path(path).is_file():
        raise IntakeError([InputFault(code="no_such_file", where=path, details={"path": path})])
    return Path(path).read_bytes()
