"""A reading as one page that needs nothing else: the text with its marks, the facts, what was left out; for the keyboard and for print."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from spinesafe.interfaces.cli.html_page import mark, whole
from spinesafe.interfaces.cli.read_report import LeftOut, ReadReport
from spinesafe.rulebase.language_format import ContextWord

if TYPE_CHECKING:
    from spinesafe.interfaces.cli.read import ReadView

CONTEXTS: dict[ContextWord, tuple[str, str]] = {
    "present": ("●", "danger"),
    "denied": ("⊘", "calm"),
    "possible": ("?", "caution"),
    "historical": ("↺", "deep"),
    "hypothetical": ("…", "grey"),
    "somebody_else": ("☍", "cool"),
    "asked": ("¿", "alarm"),
    "planned": ("▷", "plum"),
}
"""The sign of each context, so that none is told by its colour alone, and its colour."""
_COLOURS = {f"c-{name}": colour for name, (_, colour) in CONTEXTS.items()} | {"missed": "caution"}


def page(view: "ReadView", report: ReadReport) -> str:
    """The whole page."""
    return whole(f"spinesafe · {view.say('read_title')}", "\n".join(_parts(view, report)), view.language, _COLOURS)


def _parts(view: "ReadView", report: ReadReport) -> Iterator[str]:
    yield f"<h1>{escape(view.say('read_title'))}</h1>"
    warnings = [view.missed(report), *(one.why for one in report.warnings)]
    yield from (f'<p class="notice missed">{escape(warning)}</p>' for warning in warnings if warning)
    lines = (
        f'<li class="c-{name}"><span class="sign" aria-hidden="true">{sign}</span>{escape(view.say(f"context_{name}"))}</li>'
        for name, (sign, _) in CONTEXTS.items()
    )
    yield f'<ul class="legend">{"".join(lines)}</ul>'
    yield f'<div class="sides"><div class="left"><h2>{escape(view.say("claims_text"))}</h2>'
    yield f'<div class="text" dir="auto" tabindex="0">{_marked(view, report)}</div></div>'
    yield f"<div><h2>{escape(view.say('read_facts'))}</h2>{_table(view, report)}"
    yield '<div id="left-out">'
    yield from _left_out(view, "read_left_out", [one for one in report.left_out if one.finding])
    yield from _left_out(view, "read_nothing_else", [one for one in report.left_out if not one.finding])
    yield f'</div></div></div><p class="dim small">{escape(view.say("read_limits"))}</p>'


def _marked(view: "ReadView", report: ReadReport) -> str:
    known = {fact.finding for fact in report.facts}
    parts, at = [], 0
    for one in report.marks:
        parts.append(escape(report.text[at : one.start]))
        names = "; ".join(view.label(finding) for finding in one.findings)
        note = f"<b>{escape(view.say(f'context_{one.context}'))}</b>{escape(names)}"
        target = next((f"f-{finding}" for finding in one.findings if finding in known), "left-out")
        parts.append(mark(report.text[one.start : one.end], f"c-{one.context}", CONTEXTS[one.context][0], note, target))
        at = one.end
    return "".join((*parts, escape(report.text[at:])))


def _table(view: "ReadView", report: ReadReport) -> str:
    heads = "".join(
        f'<th scope="col">{escape(view.say(column))}</th>' for column in ("read_finding", "read_value", "read_context", "read_words")
    )
    rows = []
    for fact in report.facts:
        sign = f'<span class="sign" aria-hidden="true">{CONTEXTS[fact.context][0]}</span>'
        cells = f"<td>{escape(view.label(fact.finding))}</td><td>{escape(fact.words)}</td>"
        cells += f'<td class="word c-{fact.context}">{sign}{escape(view.say(f"context_{fact.context}"))}</td><td>{escape(fact.quote)}</td>'
        rows.append(f'<tr id="f-{fact.finding}">{cells}</tr>')
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _left_out(view: "ReadView", title: str, items: Sequence[LeftOut]) -> Iterator[str]:
    """What was mentioned and is no fact, or was not understood."""
    if items:
        lines = []
        for item in items:
            name = f"{escape(view.label(item.finding))}: " if item.finding else ""
            lines.append(f'<li>{name}<q>{escape(item.quote)}</q> <span class="dim">{escape(item.why)}</span></li>')
        yield f"<h2>{escape(view.say(title))}</h2><ul class='plain'>{''.join(lines)}</ul>"
