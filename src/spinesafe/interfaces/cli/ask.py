"""`spinesafe ask`: the interview in the terminal."""

import sys
from datetime import date

import msgspec
from rich.console import Console
from rich.text import Text as Line

from spinesafe.interfaces.cli.assessment_view import AssessmentView
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.reading import Item as ItemRead
from spinesafe.model.reading import Reading
from spinesafe.model.scales import Tier
from spinesafe.model.text import Language
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding
from spinesafe.screening import built_in
from spinesafe.screening.interview import Interview, Item, Questions, not_examined

DONT_KNOW, NOT_EXAMINED, BACK, STOP, NONE = "?", "e", "b", "q", "n"
MOST_LISTED = 12


class NotUnderstoodError(Exception):
    """Something typed that is no answer."""


def interview(language: Language, as_of: date, *, clinician: bool, everything: bool, as_json: bool) -> None:
    """Asks until it is settled, nothing is left, or the person stops; then shows the result."""
    screener = built_in()
    console = Console(highlight=False, stderr=as_json)
    view = AssessmentView(screener.rulebase, language, everything=everything)
    asking = Interview(screener.evaluator)
    shown: list[bool] = []
    """For each answered screen, whether the person saw it."""
    console.print(Line(view.say("ask_welcome"), style="italic"))
    while (questions := asking.next()) is not None:
        if not clinician and all(f.answered_by == "clinician" for f in questions.findings):
            asking.answer(not_examined(questions))
            shown.append(False)
            continue
        urgency = screener.rulebase.layout.urgency(asking.decision().read)
        if urgency.tier is Tier.EMERGENCY:
            console.print(Line(view.say("ask_emergency_so_far", urgency=view.say(f"urgency_{urgency}")), style="bold red"))
        typed = ScreenPrompt(screener.rulebase, view, console, questions).ask(sum(shown) + 1)
        if isinstance(typed, dict):
            asking.answer(typed)
            shown.append(True)
        elif typed == BACK:
            while shown:
                asking.back()
                if shown.pop():
                    break
        else:
            break
    done = "ask_done_open" if asking.next() is not None else "ask_done_settled"
    console.print(Line(view.say(done, number=str(sum(shown))), style="italic"))
    read = tuple(ItemRead(where=f.provenance.where, finding=f.finding, value=str(f.value)) for f in asking.facts.values())
    assessment = screener.screen(Reading(facts=asking.facts, read=read), as_of)
    if as_json:
        sys.stdout.write(msgspec.json.encode(assessment).decode() + "\n")
    else:
        console.print(view.whole(assessment))


class ScreenPrompt:
    """One screen of questions: shows it and reads what is typed."""

    def __init__(self, rulebase: RuleBase, view: AssessmentView, console: Console, questions: Questions) -> None:
        self.rulebase, self.view, self.console, self.questions = rulebase, view, console, questions
        self.first = questions.findings[0]
        self.clinical = all(f.answered_by in {"clinician", "patient_or_clinician"} for f in questions.findings)

    def ask(self, number: int) -> dict[str, Value] | str:
        """The answers of the screen, or what is wanted instead (`BACK`, `STOP`)."""
        group = self.rulebase.groups[self.questions.group]
        self.console.print(Line(f"\n{self.view.say('ask_screen', number=str(number))} · {self.view.read(group.title)}", style="bold"))
        if group.introduction is not None:
            self.console.print(Line(self.view.read(group.introduction), style="dim"))
        self._show()
        while True:
            try:
                typed = self._typed()
            except EOFError:
                return STOP
            if typed in {BACK, STOP}:
                return BACK if typed == BACK else STOP
            try:
                return self._answers(typed)
            except NotUnderstoodError:
                self.console.print(Line(self.view.say("ask_not_understood", typed=typed), style="yellow"))

    def _typed(self) -> str:
        """A line that was typed. The prompt goes where the questions go, so that JSON stands alone on standard output."""
        self.console.print("> ", end="")
        return input().strip().lower()

    def _show(self) -> None:
        if self.questions.items:
            for number, item in enumerate(self.questions.items, start=1):
                self.console.print(Line(f"  {number:>2}. {self._item(item)}"))
            hint = self.view.say("ask_any_of")
        else:
            self.console.print(f"  {self.view.read(self.first.question)}")
            hint = self._hint(self.first)
        for finding in self.questions.findings:
            if finding.help is not None:
                self.console.print(Line(self.view.read(finding.help), style="dim"))
        keys = "ask_keys_clinician" if self.clinical else "ask_keys"
        self.console.print(Line(f"{hint}\n{self.view.say(keys)}", style="dim"))

    def _item(self, item: Item) -> str:
        if not item.member:
            return self.view.read(item.finding.question)
        member = self.view.words.member(item.finding.id, item.member)
        return self.view.say("label_fact", label=item.finding.label, value=member)

    def _hint(self, finding: Finding) -> str:
        if finding.kind == "number":
            unit = self.view.say(f"unit_{finding.unit.lower().strip('{}')}", number="").strip() if finding.unit else ""
            unit = unit or f"{finding.minimum:g}-{finding.maximum:g}"
            if finding.none_label is not None:
                return self.view.say("ask_number_or_none", unit=unit, none=finding.none_label)
            return self.view.say("ask_number", unit=unit)
        if finding.members_from:
            return self.view.say("ask_words")
        for number, member in enumerate(self.rulebase.members[finding.id], start=1):
            self.console.print(f"  {number}. {self.view.read(self.view.words.member(finding.id, member))}")
        return self.view.say("ask_some_of" if finding.kind == "set" else "ask_one_of")

    def _answers(self, typed: str) -> dict[str, Value]:
        if typed == DONT_KNOW:
            return {finding.id: Answer.DONT_KNOW for finding in self.questions.findings}
        if typed == NOT_EXAMINED and self.clinical:
            return not_examined(self.questions)
        if self.questions.items:
            return self._ticked(typed)
        return {self.first.id: self._value(typed)}

    def _ticked(self, typed: str) -> dict[str, Value]:
        ticked, unknown = list[int](), list[int]()
        for word in _words(typed):
            number = _number_in(word.removeprefix(DONT_KNOW), len(self.questions.items))
            (unknown if word.startswith(DONT_KNOW) else ticked).append(number)
        return self.questions.ticked(ticked, unknown, self.rulebase.members)

    def _value(self, typed: str) -> Value:
        finding, members = self.first, self.rulebase.members[self.first.id]
        match finding.kind:
            case "number":
                return self._number(typed)
            case "choice":
                return members[_number_in(typed, len(members))]
            case _ if finding.members_from:
                return Members.exactly(self._searched(typed), members)
            case _:
                return Members.exactly([members[_number_in(word, len(members))] for word in _words(typed)], members)

    def _number(self, typed: str) -> Value:
        finding = self.first
        if typed == NONE and finding.none_label is not None:
            return Answer.NONE
        try:
            number = float(typed)
        except ValueError:
            raise NotUnderstoodError from None
        low, high = finding.minimum, finding.maximum
        if (
            (low is not None and not number >= low)
            or (high is not None and not number <= high)
            or (finding.whole and number != int(number))
        ):
            raise NotUnderstoodError
        return number

    def _searched(self, typed: str) -> list[str]:
        """Diagnoses found by words and ticked by number."""
        if typed == NONE:
            return []
        found = [
            condition.id
            for condition in self.rulebase.conditions.values()
            if any(typed in name.lower() for name in _names(self.rulebase, condition.id))
        ][:MOST_LISTED]
        if not found:
            raise NotUnderstoodError
        for number, condition in enumerate(found, start=1):
            self.console.print(f"  {number}. {self.view.read(self.view.words.member(self.first.id, condition))}")
        self.console.print(Line(self.view.say("ask_some_of"), style="dim"))
        try:
            words = _words(self._typed())
        except EOFError:
            raise NotUnderstoodError from None
        return [found[_number_in(word, len(found))] for word in words]


def _names(rulebase: RuleBase, condition: str) -> list[str]:
    row = rulebase.conditions[condition]
    return [row.name.en, row.name.zh, *row.synonyms.en, *row.synonyms.zh, *row.not_displayed.en, *row.not_displayed.zh]


def _words(typed: str) -> list[str]:
    """The words of a list that was typed; no word for "none of them"."""
    words = typed.replace(",", " ").replace("，", " ").replace("、", " ").split()
    if not words:
        raise NotUnderstoodError
    return [] if words == [NONE] else words


def _number_in(word: str, count: int) -> int:
    """A typed number as a place in a list."""
    if not word.isdecimal() or not 1 <= int(word) <= count:
        raise NotUnderstoodError
    return int(word) - 1
