"""Reports on claims in the terminal: the text with its spans marked, then a card for each claim."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from spinesafe.model.claim_report import Claim, ClaimReport, FormFinding
from spinesafe.model.text import Language, Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.claim_format import Claim as Entry

VERDICT_STYLE = {"unsafe": "bold red", "false": "red", "overstated": "yellow", "needs_context": "cyan", "sound": "green"}
ALERT_STYLE = {"danger": "bold white on red", "caution": "bold black on yellow", "none": "bold black on green"}


class ClaimsView:
    """Renders reports in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language = rulebase, language

    def say(self, name: str, **words: str) -> str:
        """A sentence of the product."""
        return self.rulebase.sentences[name].in_language(self.language).format(**words)

    def whole(self, report: ClaimReport) -> RenderableType:
        """A report: alert, text, cards."""
        return Group(*self._parts(report))

    def _parts(self, report: ClaimReport) -> Iterator[RenderableType]:
        if report.id:
            yield Line(report.id, style="bold")
        if report.unread is not None or report.alert is None:
            why = report.unread.in_language(self.language) if report.unread else ""
            yield Line(self.say("claims_unread", why=why), style="bold red")
            return
        yield Line(f" {self.say(f'claims_alert_{report.alert}')} ", style=ALERT_STYLE[report.alert])
        for warning in report.warnings:
            yield Line(warning.in_language(self.language), style="yellow")
        count = self.say("claims_count", number=str(len(report.claims)))
        speaker = self.say("claims_speaker", speaker=self.say(f"speaker_{report.speaker}"))
        yield Line(f"{count} · {speaker}", style="dim")
        yield Panel(marked(report), title=self.say("claims_text"), title_align="left", box=box.ROUNDED)
        for number, claim in enumerate(report.claims, start=1):
            yield self._card(number, claim)
        if report.form:
            yield Line(self.say("claims_form"), style="bold")
            for found in report.form:
                yield self._form(found)
        if report.second_opinion is not None:
            opinion = report.second_opinion
            yield Line(f"{self.say('claims_second', model=opinion.model)}: {opinion.alert or opinion.fault} {opinion.note}", style="italic")
        yield Line(self.say("claims_limits"), style="dim")

    def _card(self, number: int, claim: Claim) -> RenderableType:
        style = VERDICT_STYLE[claim.verdict] if claim.live or claim.verdict in {"sound", "needs_context"} else "dim"
        head = Line.assemble(
            (f"{number} ", "bold"),
            (self.say(f"verdict_{claim.verdict}"), style),
            f" · {self.say(f'stance_{claim.stance}')} · ",
            (claim.title.in_language(self.language), "bold"),
            (f"  {' '.join((claim.claim, *claim.also))}", "dim"),
        )
        body = Table.grid(padding=(0, 1))
        body.add_column(style="dim", no_wrap=True)
        body.add_column(overflow="fold")
        body.add_row("", Line(f"“{claim.quote}”", style="italic"))
        body.add_row(self.say("claims_why"), claim.because.in_language(self.language))
        if claim.instead is not None and claim.live:
            body.add_row(self.say("claims_instead"), Line(claim.instead.in_language(self.language), style="green"))
        for hook in claim.legal:
            body.add_row(self.say("claims_law"), f"[{hook.jurisdiction}] {hook.rule.in_language(self.language)}".replace("[", "\\["))
        if claim.sources:
            body.add_row(self.say("claims_sources"), ", ".join(claim.sources))
        if claim.needs_human:
            body.add_row("", Line(self.say("claims_human"), style="bold magenta"))
        return Panel(body, title=head, title_align="left", border_style=style, box=box.ROUNDED)

    def _form(self, found: FormFinding) -> RenderableType:
        laws = "; ".join(hook.rule.in_language(self.language) for hook in found.legal)
        line = Line(f"  {found.title.in_language(self.language)}: “{found.quote}”")
        return line.append(f" · {self.say('claims_law')}: {laws}", style="dim") if laws else line

    def table(self) -> RenderableType:
        """Every claim that is known."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("id", "type", "verdict", ""):
            table.add_column(column, overflow="fold")
        types = self.rulebase.texts.types
        for claim in self.rulebase.texts.claims.values():
            verdict = claim.verdict or (types[claim.type].verdict if claim.type else "")
            table.add_row(
                claim.id, claim.type or "-", Line(verdict, VERDICT_STYLE.get(verdict, "")), claim.title.in_language(self.language)
            )
        return table

    def entry(self, claim: Entry) -> RenderableType:
        """Everything that the knowledge says about one claim."""
        body = Table.grid(padding=(0, 1))
        body.add_column(style="dim", no_wrap=True)
        body.add_column(overflow="fold")
        says: list[tuple[str, Text | None]] = [
            ("", claim.says),
            (self.say("claims_why"), claim.because),
            (self.say("claims_instead"), claim.instead),
        ]
        for label, text in says:
            if text is not None:
                body.add_row(label, text.in_language(self.language))
        body.add_row("truth", claim.truth.replace("_", " "))
        for name in claim.hooks:
            hook = self.rulebase.texts.hooks[name]
            body.add_row(self.say("claims_law"), f"{hook.rule.in_language(self.language)}: {hook.content.in_language(self.language)}")
        for wording in claim.wordings:
            body.add_row("when", Line(wording.when, style="cyan"))
        body.add_row(self.say("claims_sources"), ", ".join(claim.sources))
        return Panel(body, title=f"{claim.id} · {claim.title.in_language(self.language)}", title_align="left", box=box.ROUNDED)


def marked(report: ClaimReport) -> Line:
    """The text with its claims marked by verdict, struck through where rejected."""
    line = Line(report.text)
    for claim in report.claims:
        style = VERDICT_STYLE[claim.verdict]
        line.stylize(f"{style} underline" if claim.live else f"{style} dim", claim.start, claim.end)
    return line
