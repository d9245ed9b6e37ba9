"""`spinesafe prove`: one line a theorem as it ends, what is wrong where one fails, and whether all hold."""

import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.status import Status
from rich.table import Table
from rich.text import Text as Line

from spinesafe.model.text import Language, Text
from spinesafe.rulebase import KnowledgeError, RuleBase, build, load
from spinesafe.rulebase.problems import closest
from spinesafe.rulebase.read import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinesafe.backends.proofs import Change, CounterExample, Result

NOT_PROVED, WRONG_USE = 1, 2
WIDTH_OF_NAMES = 62
"""The longest name of a theorem, about."""
MOST_NAMED = 8
"""How many rules a cell names."""
OF_AN_OVERLAY = "the_overlay_never_loosens"


class WrongUseError(Exception):
    """Nothing was proved: what was asked for cannot be."""


class ProveCommand(msgspec.Struct, kw_only=True):
    """The options of one run."""

    language: Language
    overlay: Path | None
    counter_examples: Path
    everything: bool
    seconds: float

    def run(self, names: tuple[str, ...], *, as_json: bool) -> int:
        """Proves and prints; returns the exit code."""
        words = Words(load(), self.language)
        errors = Console(stderr=True, highlight=False, soft_wrap=True)
        try:
            rulebase, changes = self._knowledge(words)
            wanted = self._wanted(rulebase, words, names)
        except WrongUseError as error:
            errors.print(Line(str(error), style="bold red"))
            return WRONG_USE
        view = View(rulebase, self.language, Console(highlight=False))
        began, results = time.perf_counter(), []
        if not as_json:
            view.begin(len(wanted), changes)
        with Progress(words, len(wanted)) as progress:
            for result in self._results(rulebase, wanted):
                progress.one_more()
                results.append(result)
                if not as_json:
                    self._print(view, result, whole=self.everything or len(wanted) == 1)
        seconds = round(time.perf_counter() - began, 1)
        if as_json:
            self._write_json(rulebase, changes, results, seconds)
        else:
            view.end(results, seconds, overlay=self.overlay, cases=self.counter_examples)
        return 0 if all(result.holds for result in results) else NOT_PROVED

    def _knowledge(self, words: "Words") -> "tuple[RuleBase, tuple[Change, ...]]":
        """What to prove. Raises `WrongUseError`."""
        if find_spec("z3") is None:
            raise WrongUseError(words.say("proof_solver_missing"))
        if self.overlay is None:
            return words.rulebase, ()
        if not self.overlay.is_dir():
            raise WrongUseError(words.say("proof_overlay_no_folder", path=str(self.overlay)))
        from spinesafe.backends.proofs import changes_of

        try:
            changes = changes_of(self.overlay)
            if not changes:
                raise WrongUseError(words.say("proof_overlay_empty", path=str(self.overlay)))
            return build(BUILT_IN, self.overlay), changes
        except KnowledgeError as error:
            raise WrongUseError("\n".join(str(problem) for problem in error.problems)) from error

    def _wanted(self, rulebase: RuleBase, words: "Words", names: tuple[str, ...]) -> tuple[str, ...]:
        """The theorems that were asked for. Raises `WrongUseError`."""
        from spinesafe.backends.proofs import theorems_of

        known = theorems_of(overlay=self.overlay is not None)
        for name in names:
            if name == OF_AN_OVERLAY and name not in known:
                raise WrongUseError(words.say("proof_overlay_needed", name=name))
            if name not in known:
                near = closest(name, known)
                hint = words.say("proof_nearest_names" if near else "proof_all_names", names=", ".join(near or sorted(rulebase.theorems)))
                raise WrongUseError(f"{words.say('proof_unknown_name', name=name)} {hint}")
        return tuple(dict.fromkeys(names)) or known

    def _results(self, rulebase: RuleBase, wanted: tuple[str, ...]) -> "Iterator[Result]":
        from spinesafe.backends.proofs import prove

        built_in = None if self.overlay is None else load()
        yield from prove(rulebase, wanted, built_in=built_in, milliseconds=max(1, round(1000 * self.seconds)))

    def _print(self, view: "View", result: "Result", *, whole: bool) -> None:
        view.line(result)
        if whole:
            view.whole(result)
        if not result.holds:
            view.failed(result, stated=whole)
        if result.counter_example is not None:
            path = self.counter_examples / f"{result.theorem}.yaml"
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(result.counter_example.case_file, encoding="utf-8")
            except OSError as error:
                view.not_written(path, error)
            else:
                view.written(path, result.counter_example)

    def _write_json(self, rulebase: RuleBase, changes: "tuple[Change, ...]", results: "list[Result]", seconds: float) -> None:
        from spinesafe.backends.proofs import Report

        holds = all(result.holds for result in results)
        report = Report(
            version=rulebase.version, digest=rulebase.digest, holds=holds, seconds=seconds, overlay=changes, results=tuple(results)
        )
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n")


class Words:
    """The sentences of the knowledge in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language = rulebase, language

    def say(self, name: str, /, **filling: str) -> str:
        """A sentence, its braces filled."""
        return self.rulebase.sentences[name].in_language(self.language).format(**filling)

    def seconds(self, number: float) -> str:
        """A time."""
        return self.say("proof_seconds", number=f"{number:.1f}")


class Progress:
    """How many theorems are done, on a terminal only and never among the results."""

    def __init__(self, words: Words, number: int) -> None:
        self._words, self._number, self._done, self._began = words, number, 0, time.perf_counter()
        console = Console(stderr=True)
        self._status = Status(self._said(), console=console) if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def one_more(self) -> None:
        """Another theorem ended."""
        self._done += 1
        if self._status is not None:
            self._status.update(self._said())

    def _said(self) -> str:
        passed = self._words.seconds(time.perf_counter() - self._began)
        return self._words.say("proof_progress", done=str(self._done), number=str(self._number), seconds=passed)


class View:
    """The results on a terminal."""

    def __init__(self, rulebase: RuleBase, language: Language, console: Console) -> None:
        self._rulebase, self._words, self._language, self._console = rulebase, Words(rulebase, language), language, console

    def begin(self, number: int, changes: "tuple[Change, ...]") -> None:
        """What is proved, of what."""
        findings, rules = str(len(self._rulebase.findings)), str(len(self._rulebase.rules))
        if number > 1:
            self._console.print(Line(self._words.say("proof_begins", number=str(number), findings=findings, rules=rules), style="bold"))
        if changes:
            self._console.print(Line(self._words.say("proof_overlay_changes")))
        for change in changes:
            name = "proof_overlay_replaces" if change.replaces else "proof_overlay_adds"
            said = self._words.say(name, kind=change.kind, id=change.id, place=change.place)
            self._console.print(Padding(Line(said, style="dim"), (0, 0, 0, 2)))
        if number > 1 or changes:
            self._console.print()

    def line(self, result: "Result") -> None:
        """One theorem in one line."""
        mark, style = ("✓", "green") if result.holds else ("✗", "bold red")
        said = Line(f"{mark} {result.theorem.ljust(WIDTH_OF_NAMES)}", style=style)
        said.append(f"{self._words.seconds(result.seconds):>7}", style="dim")
        if note := self._note(result):
            said.append(f"  {note}", style="dim" if result.holds else "bold red")
        self._console.print(said, soft_wrap=True)

    def _note(self, result: "Result") -> str:
        if not result.holds:
            return self._words.say(f"proof_{result.verdict}", reason=result.reason)
        if result.counted:
            return self._words.say("proof_counted_exact", **{name: str(number) for name, number in result.counted.items()})
        return self._words.say("proof_listed", number=str(len(result.listed))) if result.listed else ""

    def whole(self, result: "Result") -> None:
        """All that is known of a theorem."""
        theorem = self._rulebase.theorems[result.theorem]
        self._indented(Line(self._in(theorem.statement), style="bold"))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        witness = [result.witness] if result.witness is not None else []
        under = {"rests_on": [theorem.rests_on], "assumes": result.assumptions, "witness": witness, "not_promised": [theorem.not_promised]}
        for name, texts in under.items():
            for place, text in enumerate(texts):
                grid.add_row("" if place else self._words.say(f"proof_{name}"), Line(self._in(text)))
        asked = self._words.say("proof_question_count", number=str(result.questions), seconds=self._words.seconds(result.seconds))
        grid.add_row(self._words.say("proof_questions"), asked)
        self._console.print(Padding(grid, (0, 0, 0, 2)))
        if result.listed:
            self._console.print()
            self._console.print(Padding(self._table(result.listed), (0, 0, 0, 2)))
        self._console.print()

    def _table(self, rows: tuple[dict[str, Text], ...]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        columns = list(dict.fromkeys(column for row in rows for column in row))
        for column in columns:
            table.add_column(self._words.say(f"proof_column_{column}"), overflow="fold")
        for row in rows:
            table.add_row(*(Line(self._short(self._in(row[column]))) if column in row else "" for column in columns))
        return table

    def _short(self, cell: str) -> str:
        """A cell that names very many shows some; the JSON shows all."""
        named = cell.split(", ")
        more = len(named) - MOST_NAMED
        return cell if more <= 0 else ", ".join([*named[:MOST_NAMED], self._words.say("proof_more_answers", number=str(more))])

    def failed(self, result: "Result", *, stated: bool) -> None:
        """What is wrong where a theorem does not hold, and what it says unless that was stated before."""
        if not stated:
            self._indented(Line(self._in(result.statement)))
        if result.not_accepted:
            self._console.print(Padding(self._table(result.not_accepted), (0, 0, 0, 2)))
        if result.counter_example is not None:
            self._indented(Line(self._in(result.counter_example.sentence), style="red"))
            if rules := ", ".join(result.counter_example.rules):
                self._indented(Line(self._words.say("proof_rules_at_stake", rules=self._short(rules))))

    def written(self, path: Path, example: "CounterExample") -> None:
        """Where the counter-example stands."""
        self._indented(Line(self._words.say("proof_case_written" if example.fails else "proof_people_written", path=str(path))))

    def not_written(self, path: Path, error: OSError) -> None:
        """Why the counter-example stands nowhere."""
        self._indented(Line(self._words.say("proof_case_not_written", path=str(path), reason=error.strerror or str(error)), style="red"))

    def end(self, results: "list[Result]", seconds: float, *, overlay: Path | None, cases: Path) -> None:
        """Whether all hold."""
        failed, number = [result for result in results if not result.holds], len(results)
        name = (
            ("proof_one_fails" if number == 1 else "proof_some_fail") if failed else "proof_one_holds" if number == 1 else "proof_all_hold"
        )
        said = self._words.say(name, number=str(len(failed) or number), all=str(number))
        style = "bold red" if failed else "bold green"
        self._console.print()
        self._console.print(Line.assemble((said, style), (f"  {self._words.seconds(seconds)}", "dim")))
        if overlay is not None and (failed or number > 1):
            self._console.print(Line(self._words.say("proof_overlay_refused" if failed else "proof_overlay_accepted"), style=style))
        if any(result.counter_example is not None for result in failed):
            laid_on = f" --overlay {overlay}" if overlay is not None else ""
            command = f"spinesafe knowledge cases {cases} --no-coverage{laid_on}"
            self._console.print(Line(self._words.say("proof_run_cases", command=command), style="dim"), soft_wrap=True)

    def _indented(self, line: Line) -> None:
        self._console.print(Padding(line, (0, 0, 0, 2)))

    def _in(self, text: Text) -> str:
        return text.in_language(self._language)
