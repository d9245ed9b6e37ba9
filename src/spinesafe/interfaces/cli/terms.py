"""`spinesafe terms`: any name of a disease of the spine to the condition, its codes, its service and its urgency."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake.narrative import NarrativeReader
from spinesafe.intake.terms import Answer, Match, TermIndex
from spinesafe.model.fact import Fact, Members, Provenance
from spinesafe.model.reading import Reading
from spinesafe.model.scales import Urgency
from spinesafe.model.text import Language, Text
from spinesafe.rulebase import RuleBase
from spinesafe.screening import Screener, built_in

NOT_FOUND = 3
DIAGNOSES = "diagnosis_condition"


class TermShown(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that words mean, as it is shown: its codes, who sees it, and how fast while nothing else is known."""

    words: str
    condition: str
    name: Text
    explanation: Text
    by: str
    kind: str
    corrected: bool
    codes: dict[str, tuple[str, ...]]
    service: str
    department: Text
    child_department: Text
    urgency: Urgency
    others: tuple[str, ...] = ()
    ask: Text | None = None


class Terms:
    """Names to what is shown of them."""

    def __init__(self, screener: Screener) -> None:
        self.screener = screener
        self.rulebase: RuleBase = screener.rulebase
        self.index = TermIndex(self.rulebase)

    def of_name(self, words: str) -> TermShown | None:
        """What one name means."""
        answer = self.index.find(words)
        return None if answer.match is None else self._shown(answer.match, answer)

    def of_passage(self, text: str, as_of: date) -> list[TermShown]:
        """Every condition that a passage names, once, in its order."""
        narrative = NarrativeReader(self.rulebase).read(text, as_of)
        found: dict[str, TermShown] = {}
        for one in narrative.named:
            match = Match(condition=one.condition, by=one.name.text, kind=one.name.kind, score=100)
            answer = Answer(words=one.mention.quote, match=match)
            found.setdefault(one.condition, self._shown(match, answer))
        return list(found.values())

    def _shown(self, match: Match, answer: Answer) -> TermShown:
        condition = self.rulebase.conditions[match.condition]
        fact = Fact(DIAGNOSES, Members(frozenset({match.condition})), Provenance(source="answer"))
        urgency = self.screener.screen(Reading(facts={DIAGNOSES: fact}), date.today()).urgency  # noqa: DTZ011 - a name has no day
        question = self.rulebase.findings[answer.ask].question if answer.ask else None
        return TermShown(
            words=answer.words,
            condition=condition.id,
            name=condition.display_name or condition.name,
            explanation=condition.explanation,
            by=match.by,
            kind=match.kind,
            corrected=match.kind == "mistranslation",
            codes={system: codes for system in condition.codes.__struct_fields__ if (codes := getattr(condition.codes, system))},
            service=condition.adult.service,
            department=condition.adult.department,
            child_department=condition.child.department,
            urgency=urgency,
            others=tuple(other.condition for other in answer.others),
            ask=question,
        )


def show_terms(words: str, language: Language, *, as_json: bool, text: str | None, as_table: bool) -> int:
    """Show what a name means, or what a passage names, and return the exit code."""
    terms = Terms(built_in())
    found = terms.of_passage(text, date.today()) if text is not None else [one for one in [terms.of_name(words)] if one]  # noqa: DTZ011
    console = Console(highlight=False)
    view = _View(terms.rulebase, language)
    if as_json:
        for one in found:
            console.out(msgspec.json.encode(one).decode(), highlight=False)
    elif not found:
        console.print(Line(view.say("terms_nothing", words=words or (text or "")[:60])))
    elif as_table or len(found) > 1:
        console.print(view.table(found))
    else:
        console.print(view.whole(found[0]))
    return 0 if found else NOT_FOUND


class _View:
    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language = rulebase, language

    def say(self, sentence: str, **details: str) -> str:
        return self.rulebase.sentences[sentence].in_language(self.language).format(**details)

    def table(self, found: Iterable[TermShown]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("read_words", "terms_name", "terms_found_as", "terms_codes", "terms_service", "terms_urgency"):
            table.add_column(self.say(column), overflow="fold")
        for one in found:
            table.add_row(*self._row(one))
        return table

    def _row(self, one: TermShown) -> tuple[str, ...]:
        urgency = self.rulebase.sentences[f"name_{one.urgency}"].in_language(self.language)
        codes = ", ".join(one.codes.get("icd10cm", ()))
        return (
            one.words,
            one.name.in_language(self.language),
            self.say(f"terms_match_{one.kind}"),
            codes,
            one.department.in_language(self.language),
            urgency,
        )

    def whole(self, one: TermShown) -> Panel:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for label, value in self._lines(one):
            table.add_row(label, value)
        return Panel(table, title=one.name.in_language(self.language), padding=(1, 2))

    def _lines(self, one: TermShown) -> Iterator[tuple[str, str]]:
        name = one.name.in_language(self.language)
        yield "", one.explanation.in_language(self.language)
        if one.corrected:
            yield "", self.say("terms_corrected", words=one.words, name=name)
        yield self.say("terms_found_as"), f"{one.by} ({self.say(f'terms_match_{one.kind}')})"
        yield self.say("terms_codes"), "; ".join(f"{system} {', '.join(codes)}" for system, codes in one.codes.items())
        yield self.say("terms_service"), one.department.in_language(self.language)
        yield self.say("terms_children"), one.child_department.in_language(self.language)
        yield self.say("terms_urgency"), self.rulebase.sentences[f"name_{one.urgency}"].in_language(self.language)
        if one.others:
            names = (self.rulebase.conditions[other].name.in_language(self.language) for other in one.others)
            yield "", self.say("terms_or", names=", ".join(names))
        if one.ask is not None:
            yield "", self.say("terms_ask", question=one.ask.in_language(self.language))
