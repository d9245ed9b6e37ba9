"""An `Assessment` for people at a terminal: the decision first, then why, what to do, and what is not known."""

import re
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from spinesafe.model.assessment import Assessment, Reason, Unanswered
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.model.text import Language, Text
from spinesafe.rulebase import RuleBase
from spinesafe.screening.words import Words

LEVEL_STYLE = {
    HandsOn.STOP: "bold red",
    HandsOn.DIAGNOSE_FIRST: "bold magenta",
    HandsOn.WAIT: "bold yellow",
    HandsOn.ADAPT: "bold cyan",
    HandsOn.PROCEED: "bold green",
}
TIER_STYLE = {Tier.EMERGENCY: "bold white on red", Tier.URGENT: "bold black on yellow", Tier.ROUTINE: "bold black on green"}
SHOWN = 5
"""How many entries of a long list are shown unless all are wanted."""


class AssessmentView:
    """Renders assessments in one language."""

    def __init__(self, rulebase: RuleBase, language: Language, *, everything: bool = False) -> None:
        self.rulebase, self.language, self.everything = rulebase, language, everything
        self.words = Words(rulebase)

    def say(self, sentence: str, **filling: Text | str) -> str:
        """A sentence of the knowledge in the language of this view."""
        return self.words.sentence(sentence, **filling).in_language(self.language)

    def read(self, text: Text) -> str:
        """A text in the language of this view."""
        return text.in_language(self.language)

    def whole(self, assessment: Assessment, name: str = "") -> RenderableType:
        """The whole result, under the name that its reader knows the person by."""
        return Group(self._decision(assessment, name or assessment.id), *self._sections(assessment), self._footer(assessment))

    def row(self, name: str, assessment: Assessment) -> tuple[RenderableType, ...]:
        """One line of a table of many: person, urgency, hands, services, first reason."""
        first = self.read(assessment.reasons[0].text) if assessment.reasons else ""
        return (
            name,
            Line(self._how_fast(assessment), style=TIER_STYLE[assessment.tier]),
            self._level(assessment.leading),
            self._joined(self.read(d.name) for d in assessment.departments),
            _first_sentence(first),
        )

    def table(self, named: Iterable[tuple[str, Assessment]]) -> Table:
        """Many results, a line each, under the names that their readers know them by."""
        table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", row_styles=["", "dim"])
        for label, width in (("person", 32), ("how_fast", 14), ("hands", 14), ("where", 24), ("leading_reason", None)):
            table.add_column(self.say(f"label_{label}"), max_width=width, overflow="fold", no_wrap=label == "person")
        for name, assessment in named:
            table.add_row(*self.row(name, assessment))
        return table

    def _decision(self, a: Assessment, name: str) -> RenderableType:
        table = _two_columns("bold")
        table.add_row(Line(f" {self._how_fast(a)} ", style=TIER_STYLE[a.tier]), self.read(a.headline.urgency))
        table.add_row(
            Line(f" {self.say(f'level_{a.leading}')} ", style=LEVEL_STYLE[a.leading] + " reverse"), self.read(a.headline.hands_on)
        )
        for technique, level in a.planned.items():
            planned = self.say("label_fact", label=self.rulebase.techniques[technique].label, value="")
            table.add_row(self.say("label_planned"), Line.assemble(planned, self._level(level)))
        where = "\n".join(self._department(d.name, d.department) for d in a.departments)
        table.add_row(self.say("label_where"), where)
        if a.review_on is not None:
            table.add_row(self.say("label_review"), a.review_on.isoformat())
        title = Line(name, style="bold") if name else None
        return Panel(table, title=title, border_style=LEVEL_STYLE[a.leading].removeprefix("bold "), padding=(1, 2))

    def _department(self, name: Text, department: Text) -> str:
        shown, more = self.read(name), self.read(department)
        return shown if more == shown else f"{shown} [dim]({more})[/]"

    def _sections(self, a: Assessment) -> Iterator[RenderableType]:
        yield from self._section("why", self._reasons(a))
        yield from self._section("what_to_do", (Line(self.read(x.text)) for x in a.advice if x.place == "what_to_do"))
        if a.leading is not HandsOn.STOP or any(level is not HandsOn.STOP for row in a.grid.values() for level in row.values()):
            yield from self._section("what_hands_may_do", [self._grid(a)], bullets=False)
        if a.tier is not Tier.EMERGENCY:
            yield from self._section("open", self._open(a.unanswered, clinician=False))
            yield from self._section("open_clinician", self._open(a.unanswered, clinician=True))
        yield from self._section("readings", self._readings(a))
        yield from self._section("presumed", self._presumed(a))
        yield from self._section("change", self._changes(a))
        yield from self._section("safety_net", (Line(self.read(x.text), style="red") for x in a.advice if x.place == "safety_net"))
        yield from self._section("stop_signs", (Line(self.read(x.text)) for x in a.advice if x.place == "stop_signs"))
        yield from self._section("conditions", (Line(self.say("label_fact", label=c.name, value=c.explanation)) for c in a.about))
        yield from self._section("intake", self._intake(a))
        yield from self._section("limits", (Line(self.read(x.text), style="dim") for x in a.advice if x.place == "limits"))

    def _section(self, label: str, entries: Iterable[RenderableType], *, bullets: bool = True) -> Iterator[RenderableType]:
        shown = list(entries)
        if not shown:
            return
        yield Line(f"\n{self.say(f'label_{label}')}", style="bold underline")
        left = 0 if self.everything or not bullets else max(0, len(shown) - SHOWN)
        for entry in shown[: len(shown) - left]:
            if bullets:
                table = _two_columns("", padding=1)
                table.add_row("•", entry)
                yield Padding(table, (0, 0, 0, 1))
            else:
                yield Padding(entry, (0, 0, 0, 1))
        if left:
            yield Padding(Line(self.say("label_more", number=str(left)), style="dim"), (0, 0, 0, 3))

    def _reasons(self, a: Assessment) -> Iterator[RenderableType]:
        """The reasons; a row of the matrix that bars no more than the reasons before it is kept for `--all`."""
        level, barred, said = HandsOn.PROCEED, set[str](), set[str]()
        for reason in a.reasons:
            adds = reason.hands_on > level or not barred.issuperset(reason.bars)
            text = self.read(reason.text)
            if text not in said and (adds or self.everything or reason.origin != "matrix"):
                yield self._reason(reason)
            said.add(text)
            level, barred = max(level, reason.hands_on), barred | set(reason.bars)

    def _reason(self, reason: Reason) -> RenderableType:
        parts = [Line(self.read(reason.text))]
        if reason.until is not None:
            until = self.read(reason.until)
            dated = self.say("label_until", until=until, date=reason.until_date.isoformat()) if reason.until_date else until
            parts.append(Line("→ " + dated))
        if facts := self._facts(reason):
            parts.append(Line(self.say("label_because_of", facts=facts), style="dim"))
        tags = Line("", style="dim")
        if reason.urgency > Urgency.ROUTINE:
            tags.append(f"[{self._name(reason.urgency)}] ")
        if reason.hands_on > HandsOn.PROCEED:
            tags.append(f"[{self.say(f'level_{reason.hands_on}')}] ", style=LEVEL_STYLE[reason.hands_on].removeprefix("bold "))
        if reason.bars and reason.hands_on is not HandsOn.STOP:
            names = (self.read(self.rulebase.techniques[t].label) for t in reason.bars)
            tags.append(f"[{self.say('label_bars', techniques=self._joined(names))}] ", style="red")
        if not reason.certain and reason.origin != "program":
            tags.append(f"[{self.say('label_not_certain')}] ")
        status = self.say(f"status_{reason.evidence_status}")
        tags.append(self.say("label_source", reference=reason.reference, status=status, sources=", ".join(reason.sources)))
        return Group(*parts, tags)

    def _joined(self, words: Iterable[str]) -> str:
        return (", " if self.language == "en" else "、").join(words)

    def _facts(self, reason: Reason) -> str:
        shown = (self.say("label_fact", label=f.label, value=f.value) for f in reason.facts[: None if self.everything else SHOWN])
        return ("; " if self.language == "en" else "；").join(shown)

    def _grid(self, a: Assessment) -> RenderableType:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("")
        for region in a.regions:
            table.add_column(self.read(self.rulebase.regions[region].label))
        for technique, row in a.grid.items():
            name = Line(self.read(self.rulebase.techniques[technique].label))
            if technique in a.planned:
                name.append(f" ({self.say('label_planned')})", style="bold")
            table.add_row(name, *(self._level(row[region]) for region in a.regions))
        return table

    def _open(self, unanswered: Iterable[Unanswered], *, clinician: bool) -> Iterator[RenderableType]:
        for row in unanswered:
            if (row.answered_by == "clinician") == clinician:
                line = Line(self.read(row.question))
                worst = self.say("label_worst_case", urgency=self._name(row.urgency), hands_on=self.say(f"level_{row.hands_on}"))
                line.append(f"  [{worst}]", style="dim")
                yield line

    def _readings(self, a: Assessment) -> Iterator[RenderableType]:
        for reading in a.readings:
            yield Line(self.say("label_counted_true" if reading.counted_as else "label_counted_false", meaning=reading.meaning))

    def _presumed(self, a: Assessment) -> Iterator[RenderableType]:
        for p in a.presumed:
            if p.condition is not None:
                yield Line(self.say("label_presumed_as", label=p.label, value=p.value, condition=p.condition))

    def _changes(self, a: Assessment) -> Iterator[RenderableType]:
        if a.settled and a.tier is not Tier.EMERGENCY:
            yield Line(self.say("label_settled"))
        for c in a.would_change:
            hands = self.say(f"level_{c.hands_on}")
            yield Line(self.say("label_if_were", label=c.label, value=c.value, urgency=self._name(c.urgency), hands_on=hands))

    def _intake(self, a: Assessment) -> Iterator[RenderableType]:
        intake = a.intake
        if intake.ignored or intake.warnings:
            counts = {name: str(len(getattr(intake, name))) for name in ("read", "ignored", "warnings")}
            yield Line(self.say("label_read_count", **counts))
        for account in (*intake.warnings, *intake.ignored):
            if account.why is not None:
                yield Line(f"{account.where}: {self.read(account.why)}", style="yellow" if account in intake.warnings else "dim")

    def _footer(self, a: Assessment) -> RenderableType:
        used = a.knowledge
        text = self.say("label_knowledge", version=used.version, digest=used.digest, date=used.as_of.isoformat())
        return Line(f"\n{text}", style="dim")

    def _how_fast(self, a: Assessment) -> str:
        """The urgency; "routine" is never said alone while an open answer could make it more."""
        name = self._name(a.urgency)
        open_worse = a.tier is Tier.ROUTINE and a.worst_case.urgency > a.urgency
        return self.say("name_open", urgency=name) if open_worse else name

    def _name(self, urgency: Urgency) -> str:
        return self.say(f"name_{urgency}")

    def _level(self, level: HandsOn) -> Line:
        return Line(self.say(f"level_{level}"), style=LEVEL_STYLE[level])


def _first_sentence(text: str) -> str:
    """A reason up to its first full stop."""
    return re.split(r"(?<=[.!?])\s|(?<=[。！？])", text, maxsplit=1)[0]


def _two_columns(style: str, padding: int = 2) -> Table:
    """A label and a text beside it, which is folded and never cut off (Chinese has no spaces to break at)."""
    table = Table.grid(padding=(0, padding))
    table.add_column(style=style, no_wrap=True)
    table.add_column(overflow="fold")
    return table
