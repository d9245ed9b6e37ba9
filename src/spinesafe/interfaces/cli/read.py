"""`spinesafe read`: a text with its mentions marked, each with its finding and how it is meant; in the terminal, or as one HTML file."""

import html
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake.documents import text_of
from spinesafe.intake.narrative import Narrative, NarrativeReader
from spinesafe.intake.narrative.reader import shown
from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.model.text import Language
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.language_format import ContextWord

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
COLOUR: dict[ContextWord, str] = {
    "present": "#f8c7c1",
    "denied": "#c9e8c5",
    "possible": "#fbe8a6",
    "historical": "#c6d8f5",
    "hypothetical": "#dddddd",
    "somebody_else": "#bfe6ea",
    "asked": "#fff3c4",
    "planned": "#e5cdf0",
}


class Mark(msgspec.Struct, frozen=True):
    """A part of the text that something was read from: the findings, and how the words are meant."""

    start: int
    end: int
    findings: tuple[str, ...]
    context: ContextWord


class ReadView:
    """A reading, shown in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language = rulebase, language

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
        for row in self.rows(narrative):
            table.add_row(*row)
        yield table
        for item in (*narrative.warnings, *narrative.ignored):
            if item.why and item.why in self.rulebase.sentences:
                details = dict(item.details.items())
                why = self.say(item.why, **details) if item.details else self.say(item.why)
                yield Line(f"{item.quote!r}: {why}", style="dim")
        yield Line(self.say("read_limits"), style="dim")

    def rows(self, narrative: Narrative) -> Iterator[tuple[str, str, str, str]]:
        """Each fact with its value, context and words."""
        contexts = {(one.finding, one.start): one.context for one in narrative.told}
        for name, fact in sorted(narrative.facts.items()):
            start = fact.provenance.span[0] if fact.provenance.span else -1
            context = contexts.get((name, start), "present")
            yield self.label(name), self._value(name, shown(fact.value)), self.say(f"context_{context}"), fact.provenance.quote

    def page(self, narrative: Narrative) -> str:
        """One HTML file that needs nothing else."""
        parts, at = [], 0
        for mark in marks(narrative):
            names = ", ".join(self.label(finding) for finding in mark.findings)
            title = html.escape(f"{names} ({self.say(f'context_{mark.context}')})", quote=True)
            parts.append(html.escape(narrative.read.text[at : mark.start]))
            words = html.escape(narrative.read.text[mark.start : mark.end])
            parts.append(f'<mark class="{mark.context}" title="{title}">{words}</mark>')
            at = mark.end
        parts.append(html.escape(narrative.read.text[at:]))
        rows = "\n".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows(narrative))
        heads = "".join(f"<th>{html.escape(self.say(c))}</th>" for c in ("read_finding", "read_value", "read_context", "read_words"))
        legend = " ".join(f'<mark class="{c}">{html.escape(self.say(f"context_{c}"))}</mark>' for c in COLOUR)
        rules = "\n".join(f"mark.{context} {{ background: {colour}; }}" for context, colour in COLOUR.items())
        title = html.escape(self.say("read_title"))
        return _PAGE.format(
            lang="zh-CN" if self.language == "zh" else "en",
            title=title,
            rules=rules,
            legend=legend,
            text="".join(parts),
            heads=heads,
            rows=rows,
            limits=html.escape(self.say("read_limits")),
        )

    def _value(self, finding: str, value: str) -> str:
        labels = {member.id: member.label.in_language(self.language) for member in self.rulebase.findings[finding].members}
        return ", ".join(labels.get(part, part) for part in value.split(", "))


def marks(narrative: Narrative) -> list[Mark]:
    """What was read, where: parts that do not overlap, in the order of the text, the longer of two that do."""
    found: dict[tuple[int, int], tuple[dict[str, None], ContextWord]] = {}
    for one in narrative.told:
        findings, _ = found.setdefault((one.start, one.end), ({}, one.context))
        findings[one.finding] = None
    chosen: list[Mark] = []
    for (start, end), (findings, context) in sorted(found.items(), key=lambda item: item[0][0] - item[0][1]):
        if all(end <= mark.start or start >= mark.end for mark in chosen):
            chosen.append(Mark(start, end, tuple(findings), context))
    return sorted(chosen, key=lambda mark: mark.start)


def read_file(path: str, language: Language, as_of: date, page: Path | None) -> int:
    """Read a file, show it, and return the exit code."""
    rulebase = load()
    view = ReadView(rulebase, language)
    try:
        text = text_of(_bytes(path), path)
        narrative = NarrativeReader(rulebase).read(text, as_of)
        narrative.reading()
    except IntakeError as error:
        errors = Console(stderr=True, highlight=False)
        for fault in error.faults:
            found, why, mend = (part.in_language(language) for part in fault.describe(rulebase))
            errors.print(Line(f"{path}: {found}\n  {why}\n  {mend}", style="red"))
        return NOT_READ
    if page is not None:
        page.write_text(view.page(narrative), encoding="utf-8")
        Console(highlight=False).print(Line(str(page)))
        return 0
    console = Console(highlight=False)
    for part in view.terminal(narrative):
        console.print(part)
    return 0


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    if not Path(path).is_file():
        raise IntakeError([InputFault(code="no_such_file", where=path, details={"path": path})])
    return Path(path).read_bytes()


_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }}
pre {{ white-space: pre-wrap; font: inherit; border: 1px solid #ccc; border-radius: .5rem; padding: 1rem; }}
mark {{ color: inherit; border-radius: .2rem; padding: 0 .15rem; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }}
small {{ color: #555; }}
{rules}
</style></head><body>
<h1>{title}</h1><p>{legend}</p><pre>{text}</pre>
<table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table>
<p><small>{limits}</small></p></body></html>
"""
