"""`spinesafe screen`: inputs to results, as text, a table or JSON Lines."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text as Line

from spinesafe.intake import InputFault, IntakeError, read_answers
from spinesafe.intake.inputs import Input, Inputs
from spinesafe.interfaces.cli.assessment_view import AssessmentView
from spinesafe.model.assessment import Assessment
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn, Tier
from spinesafe.model.text import Language
from spinesafe.screening import Screener, built_in

NOT_DECIDED = 3
OUTCOME_CODES = {HandsOn.PROCEED: 0, HandsOn.ADAPT: 10, HandsOn.WAIT: 11, HandsOn.DIAGNOSE_FIRST: 12, HandsOn.STOP: 13}
TIER_CODES = {Tier.ROUTINE: 0, Tier.URGENT: 20, Tier.EMERGENCY: 30}
PROGRESS_EVERY = 1000


class ErrorLine(msgspec.Struct, kw_only=True):
    """The line of JSON Lines in place of a result, where nothing was decided."""

    id: str
    where: str
    error: list[dict[str, str]]


class ScreenCommand(msgspec.Struct, kw_only=True):
    """The options of one run."""

    language: Language
    as_of: date
    techniques: list[str]
    regions: list[str]
    after: bool
    closed_world: bool
    everything: bool

    def run(self, paths: Iterable[str], *, as_json: bool, as_table: bool, outcome_code: bool) -> int:
        """Screens everything and returns the exit code."""
        screener = built_in()
        results = self._results(screener, paths)
        if as_json:
            return self._write_json(screener, results, outcome_code=outcome_code)
        view = AssessmentView(screener.rulebase, self.language, everything=self.everything)
        console, errors = Console(highlight=False), Console(stderr=True, highlight=False)
        found = list(results)
        decided = [(one, assessment) for one, assessment in found if assessment is not None]
        if len(decided) > 1 or as_table:
            console.print(view.table((_name(one, [other for other, _ in found]), assessment) for one, assessment in decided))
        elif decided:
            console.print(view.whole(decided[0][1], _name(decided[0][0], [other for other, _ in found])))
        for one, assessment in found:
            if assessment is None:
                self._print_faults(errors, view, one)
        return _exit_code([a for _, a in found], outcome_code=outcome_code)

    def _results(self, screener: Screener, paths: Iterable[str]) -> Iterator[tuple[Input, Assessment | None]]:
        reader = Inputs(screener.rulebase, self.as_of)
        for path in paths:
            found = reader.of_data(sys.stdin.buffer.read(), "stdin") if path == "-" else reader.of_path(Path(path))
            for one in found:
                yield self._result(screener, one)

    def _result(self, screener: Screener, one: Input) -> tuple[Input, Assessment | None]:
        if one.reading is None:
            return one, None
        if self.closed_world and one.kind != "text":
            return msgspec.structs.replace(one, reading=None, faults=(InputFault(code="closed_world_refused", where=one.where),)), None
        try:
            reading = self._planned(screener, one.reading)
        except IntakeError as error:
            return msgspec.structs.replace(one, reading=None, faults=error.faults), None
        if not reading.person:
            reading = msgspec.structs.replace(reading, person=Path(one.where).stem if one.where != "stdin" else "")
        return one, screener.screen(reading, self.as_of, closed_world=self.closed_world, after_treatment=self.after)

    def _planned(self, screener: Screener, reading: Reading) -> Reading:
        answers = {"planned_technique": self.techniques, "planned_region": self.regions}
        given = {finding: words for finding, words in answers.items() if words}
        if not given:
            return reading
        plan = read_answers(given, screener.rulebase, as_of=self.as_of, where="options")
        return msgspec.structs.replace(reading, facts={**reading.facts, **plan.facts}, read=(*reading.read, *plan.read))

    def _write_json(self, screener: Screener, results: Iterable[tuple[Input, Assessment | None]], *, outcome_code: bool) -> int:
        codes: list[int] = []
        for number, (one, assessment) in enumerate(results, start=1):
            line: Assessment | ErrorLine = assessment or self._error_line(screener, one)
            sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
            codes.append(_exit_code([assessment], outcome_code=outcome_code))
            if number % PROGRESS_EVERY == 0 and sys.stderr.isatty():
                sys.stderr.write(f"\r{number}")
        return _gravest(codes)

    def _error_line(self, screener: Screener, one: Input) -> ErrorLine:
        faults = []
        for fault in one.faults:
            found, why, mend = (text.in_language(self.language) for text in fault.describe(screener.rulebase))
            faults.append({"code": fault.code, "where": fault.where, "found": found, "why": why, "mend": mend})
        return ErrorLine(id=one.person, where=one.where, error=faults)

    def _print_faults(self, console: Console, view: AssessmentView, one: Input) -> None:
        name = f"{one.where} ({one.person})" if one.person else one.where
        console.print(Line(f"{name}: {view.say('label_error')}", style="bold red"))
        for fault in one.faults:
            found, why, mend = (text.in_language(self.language) for text in fault.describe(view.rulebase))
            at = fault.where.removeprefix(one.where).lstrip(":.")
            console.print(Line(f"  {at + ': ' if at else ''}{found}"))
            console.print(Line(f"    {view.say('label_why_it_matters')}: {why}", style="dim"))
            console.print(Line(f"    {view.say('label_to_mend')}: {mend}", style="dim"))


def _name(one: Input, others: list[Input]) -> str:
    """What to call a person in a table: the file, where it holds nobody else; otherwise the person's own id."""
    alone = sum(other.where == one.where for other in others) == 1
    return Path(one.where).stem if alone and Path(one.where).exists() else one.person


def _exit_code(assessments: Iterable[Assessment | None], *, outcome_code: bool) -> int:
    codes = [NOT_DECIDED if a is None else max(OUTCOME_CODES[a.leading], TIER_CODES[a.tier]) if outcome_code else 0 for a in assessments]
    return _gravest(codes)


def _gravest(codes: list[int]) -> int:
    """Not decided comes before every outcome: a script must not take half an answer for a whole one."""
    if NOT_DECIDED in codes or not codes:
        return NOT_DECIDED
    return max(codes)
