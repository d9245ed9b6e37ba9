"""Reports on claims as one page that needs nothing else: marked text, a card for each claim, the law; for the keyboard and for print."""

from collections.abc import Iterator, Sequence
from html import escape

from spinesafe.interfaces.cli.html_page import mark
from spinesafe.interfaces.cli.html_page import whole as whole_page
from spinesafe.model.claim_report import Claim, ClaimReport, LegalHook
from spinesafe.model.text import Language, Text
from spinesafe.rulebase import RuleBase

VERDICTS = {"unsafe": ("✖", "danger"), "false": ("✗", "alarm"), "overstated": ("▲", "caution"), "needs_context": ("◆", "cool"),
            "sound": ("✔", "calm")}  # fmt: skip
"""The sign of each verdict, so that none is told by its colour alone, and its colour."""
_ALERTS = {"danger": "danger", "caution": "caution", "none": "calm", "unread": "grey"}
_COLOURS = {f"v-{name}": colour for name, (_, colour) in VERDICTS.items()} | {f"a-{name}": colour for name, colour in _ALERTS.items()}


def page(reports: Sequence[ClaimReport], rulebase: RuleBase, language: Language) -> str:
    """The whole page."""
    parts = [_Page(rulebase, language, number) for number in range(len(reports))]
    body = "\n".join(part.whole(report) for part, report in zip(parts, reports, strict=True))
    if len(reports) > 1:
        lines = (f'<li><a href="#r{part.number}">{part.name(report)}</a></li>' for part, report in zip(parts, reports, strict=True))
        body = f'<nav><ul class="plain">{"".join(lines)}</ul></nav>{body}'
    title = rulebase.sentences["claims_list"].in_language(language)
    return whole_page(f"spinesafe · {title}", body, language, _COLOURS)


class _Page:
    def __init__(self, rulebase: RuleBase, language: Language, number: int) -> None:
        self.rulebase, self.language, self.number = rulebase, language, number

    def say(self, name: str, **words: str) -> str:
        return escape(self.rulebase.sentences[name].in_language(self.language).format(**words))

    def words(self, text: Text) -> str:
        return escape(text.in_language(self.language))

    def name(self, report: ClaimReport) -> str:
        """The report in a table of contents."""
        return f"{escape(report.id or 'spinesafe')}: {self._alert(report)}"

    def whole(self, report: ClaimReport) -> str:
        return "\n".join(self._parts(report))

    def _alert(self, report: ClaimReport) -> str:
        if report.alert is None:
            return self.say("claims_unread", why=report.unread.in_language(self.language) if report.unread else "")
        return self.say(f"claims_alert_{report.alert}")

    def _parts(self, report: ClaimReport) -> Iterator[str]:
        yield f'<section id="r{self.number}"><h1>{escape(report.id or "spinesafe")}</h1>'
        yield f'<p class="banner a-{report.alert or "unread"}">{self._alert(report)}</p>'
        if report.alert is None:
            yield "</section>"
            return
        yield from (f'<p class="notice a-caution">{self.words(warning)}</p>' for warning in report.warnings)
        speaker = self.rulebase.sentences[f"speaker_{report.speaker}"].in_language(self.language)
        count = self.say("claims_count", number=str(len(report.claims)))
        yield f'<p class="dim">{count} · {self.say("claims_speaker", speaker=speaker)}</p>{self._legend()}'
        yield f'<div class="sides"><div class="left"><h2>{self.say("claims_text")}</h2>'
        yield f'<div class="text" dir="auto" tabindex="0">{self._marked(report)}</div></div>'
        yield self._tabs(report)
        yield "</div>"
        if report.second_opinion is not None:
            opinion = report.second_opinion
            said = escape(f"{opinion.alert or opinion.fault} {opinion.note}")
            yield f"<h2>{self.say('claims_second', model=opinion.model)}</h2><p>{said}</p>"
        yield f'<p class="dim small">{self.say("claims_limits")}</p></section>'

    def _legend(self) -> str:
        lines = (
            f'<li class="v-{verdict}"><span class="sign" aria-hidden="true">{sign}</span>{self.say("verdict_" + verdict)}</li>'
            for verdict, (sign, _) in VERDICTS.items()
        )
        return f'<ul class="legend">{"".join(lines)}</ul>'

    def _marked(self, report: ClaimReport) -> str:
        parts, at = [], 0
        for number, claim in enumerate(report.claims):
            if claim.start >= at:
                parts.append(escape(report.text[at : claim.start]))
                words = report.text[claim.start : claim.end]
                note = f"<b>{self._judged(claim)}</b>{self.words(claim.title)}. {self.words(claim.because)}"
                kinds = f"v-{claim.verdict}{'' if claim.live else ' quiet'}"
                parts.append(mark(words, kinds, f"{VERDICTS[claim.verdict][0]}{number + 1}", note, f"c{self.number}-{number}"))
                at = claim.end
        return "".join((*parts, escape(report.text[at:])))

    def _judged(self, claim: Claim) -> str:
        return f"{self.say(f'verdict_{claim.verdict}')} · {self.say(f'stance_{claim.stance}')}"

    def _tabs(self, report: ClaimReport) -> str:
        """Two tabs without a script: radio buttons, which the arrow keys change. On paper both are printed."""
        group, laws = f"t{self.number}", self._law(report)
        cards = "".join(self._card(number, claim) for number, claim in enumerate(report.claims))
        names = (f"{self.say('claims_list')} ({len(report.claims)})", f"{self.say('claims_law_tab')} ({len(laws)})")
        cards = cards or f"<p>{self.say('claims_count', number='0')}</p>"
        listed = f"<ul class='plain'>{''.join(laws)}</ul>" if laws else f"<p>{self.say('claims_no_law')}</p>"
        buttons = "".join(
            f'<input type="radio" name="{group}" id="{group}-{at}"{" checked" if at == 0 else ""}><label for="{group}-{at}">{name}</label>'
            for at, name in enumerate(names)
        )
        panels = "".join(
            f'<div class="panel"><h2 class="printed">{name}</h2>{content}</div>'
            for name, content in zip(names, (cards, listed), strict=True)
        )
        return f'<div class="tabs">{buttons}{panels}</div>'

    def _card(self, number: int, claim: Claim) -> str:
        rows = [(self.say("claims_why"), self.words(claim.because))]
        if claim.instead is not None and claim.live:
            rows.append((self.say("claims_instead"), self.words(claim.instead)))
        if claim.legal:
            rows.append((self.say("claims_law"), "<br>".join(self._rule(hook) for hook in claim.legal)))
        if claim.sources:
            rows.append((self.say("claims_sources"), escape(", ".join(claim.sources))))
        told = "".join(f"<dt>{label}</dt><dd>{text}</dd>" for label, text in rows)
        human = f'<p class="notice a-caution">{self.say("claims_human")}</p>' if claim.needs_human else ""
        ids = escape(" ".join(name for name in (claim.claim, *claim.also) if name))
        sign = f'<span class="sign" aria-hidden="true">{VERDICTS[claim.verdict][0]}</span>'
        return (
            f'<article class="v-{claim.verdict}" id="c{self.number}-{number}" tabindex="0"><p class="kind">{sign}{self._judged(claim)}</p>'
            f'<h3>{number + 1}. {self.words(claim.title)} <span class="dim small">{ids}</span></h3>'
            f"<p><q>{escape(claim.quote)}</q></p>{human}<dl>{told}</dl></article>"
        )

    def _rule(self, hook: LegalHook) -> str:
        return f"[{hook.jurisdiction}] {self.words(hook.rule)}"

    def _law(self, report: ClaimReport) -> list[str]:
        """A line for each provision, with the claims that may breach it, and for each form of advertising."""
        hooks = {hook.id: hook for claim in report.claims for hook in claim.legal}
        hooks |= {hook.id: hook for found in report.form for hook in found.legal}
        lines = []
        for hook in hooks.values():
            numbers = [at for at, claim in enumerate(report.claims) if any(own.id == hook.id for own in claim.legal)]
            links = " ".join(f'<a href="#c{self.number}-{at}">{at + 1}</a>' for at in numbers)
            lines.append(f"<li><strong>{self._rule(hook)}</strong> {links}<br>{self.words(hook.content)}</li>")
        for found in report.form:
            rules = "; ".join(self._rule(hook) for hook in found.legal)
            lines.append(f'<li>{self.words(found.title)}: <q>{escape(found.quote)}</q> <span class="dim">{rules}</span></li>')
        return lines
