"""`spinesafe knowledge`: check it, show one entry with everything about it, search it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.model.text import Language, Text
from spinesafe.rulebase import KnowledgeError, RuleBase, build, load
from spinesafe.rulebase.check import check
from spinesafe.rulebase.counts import Counts, count
from spinesafe.rulebase.names import findings_of
from spinesafe.rulebase.problems import Problem, nearest
from spinesafe.rulebase.read import BUILT_IN, read_folder

MOST_FOUND = 40


def check_folder(folder: Path | None) -> int:
    """Prints every problem and the counts; 1 where there is an error, 0 with warnings at most."""
    console = Console(highlight=False, soft_wrap=True)
    if folder is not None and not folder.is_dir():
        console.print(Line(f"{folder} is no folder", style="bold red"))
        return 2
    where = folder or BUILT_IN
    try:
        entries = read_folder(where)
        build(where)
    except KnowledgeError as error:
        _print_problems(console, error.problems)
        return 1
    problems = check(entries)
    _print_problems(console, problems)
    _print_counts(console, count(entries))
    errors = sum(not p.warning for p in problems)
    console.print(Line(f"{errors} errors, {len(problems) - errors} warnings", style="bold red" if errors else "bold green"))
    return 1 if errors else 0


def _print_problems(console: Console, problems: Iterable[Problem]) -> None:
    for problem in problems:
        console.print(Line(str(problem), style="yellow" if problem.warning else "red"))


def _print_counts(console: Console, counts: Counts) -> None:
    table = Table.grid(padding=(0, 2))
    for name, number in msgspec.structs.asdict(counts).items():
        shown = ", ".join(f"{key} {n}" for key, n in sorted(number.items())) if isinstance(number, dict) else str(number)
        table.add_row(name.replace("_", " "), shown)
    console.print(table)


def show_entry(name: str, language: Language) -> int:
    """Prints everything about the entries with this id or reference; 1 where there is none."""
    rulebase = load()
    console = Console(highlight=False)
    found = list(_entries_called(rulebase, name))
    if not found:
        near = nearest(name, {key for kind in _kinds(rulebase).values() for key in kind} | {r.reference for r in rulebase.rules})
        console.print(Line(f"Nothing is called {name!r} here. {near}".strip(), style="bold red"))
        return 1
    for kind, key, entry in found:
        console.print(Line(f"{kind} {key}", style="bold underline"))
        console.print(_described(msgspec.to_builtins(entry), language))
        _print_links(console, rulebase, key)
    return 0


def _kinds(rulebase: RuleBase) -> dict[str, dict[str, Any]]:
    return {
        "finding": rulebase.findings,
        "definition": rulebase.definitions,
        "rule": rulebase.written_rules,
        "condition": rulebase.conditions,
        "matrix row": rulebase.matrix,
        "source": rulebase.sources,
        "service": rulebase.services,
        "technique": rulebase.techniques,
        "region": rulebase.regions,
        "advice": rulebase.advice,
        "law": rulebase.laws,
    }


def _entries_called(rulebase: RuleBase, name: str) -> Iterator[tuple[str, str, Any]]:
    for kind, entries in _kinds(rulebase).items():
        for key, entry in entries.items():
            references = {part.strip().lower() for part in getattr(entry, "reference", "").split(",")}
            if key.lower() == name.lower() or (kind in {"rule", "law"} and name.lower() in references):
                yield kind, key, entry


def _described(entry: Any, language: Language) -> Table:  # noqa: ANN401 - any entry, as plain data
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, value in entry.items():
        if value not in ("", None, [], {}) and key != "id":
            table.add_row(key.replace("_", " "), _plain(value, language))
    return table


def _plain(value: Any, language: Language) -> str:  # noqa: ANN401 - any value, as plain data
    match value:
        case {"en": str(), "zh": str(), **rest} if not rest:
            return f"{value['zh']}\n{value['en']}" if language == "zh" else f"{value['en']}\n{value['zh']}"
        case dict():
            return "\n".join(f"{key}: {_plain(inner, language)}" for key, inner in value.items() if inner not in ("", None, [], {}))
        case list() | tuple() if all(isinstance(item, str | int | float) for item in value):
            return ", ".join(str(item) for item in value)
        case list() | tuple():
            return "\n".join(_plain(item, language).replace("\n", " · ") for item in value)
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _print_links(console: Console, rulebase: RuleBase, key: str) -> None:
    """Which rules read a finding, rest on a source or are of a condition."""
    reading = [r.id for r in rulebase.rules if key in rulebase.findings and key in findings_of(r.when)]
    resting = [r.id for r in rulebase.rules if key in r.sources]
    for label, rules in (("read by", reading), ("rests on it", resting)):
        if rules:
            console.print(Line(f"{label}: {', '.join(rules)}", style="dim"))
    console.print()


def search_words(words: Iterable[str], language: Language) -> int:
    """Prints the entries in which all words occur; 1 where there is none."""
    rulebase = load()
    console = Console(highlight=False)
    wanted = [word.lower() for word in words]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("kind", "id", "what it says"):
        table.add_column(column, overflow="fold")
    found = [
        (kind, key, _headline(entry, language))
        for kind, entries in _kinds(rulebase).items()
        for key, entry in entries.items()
        if all(word in _text_of(entry) for word in wanted)
    ]
    if not found:
        console.print(Line(f"Nothing holds {' '.join(wanted)!r}.", style="bold red"))
        return 1
    for row in found[:MOST_FOUND]:
        table.add_row(*row)
    console.print(table)
    if len(found) > MOST_FOUND:
        console.print(Line(f"and {len(found) - MOST_FOUND} more: add a word", style="dim"))
    return 0


def _text_of(entry: Any) -> str:  # noqa: ANN401 - any entry
    return msgspec.json.encode(entry).decode().lower()


def _headline(entry: Any, language: Language) -> str:  # noqa: ANN401 - any entry
    for name in ("question", "because", "meaning", "name", "label", "text", "statement"):
        text = getattr(entry, name, None)
        if isinstance(text, Text):
            return text.in_language(language)
    return str(getattr(entry, "title", ""))
