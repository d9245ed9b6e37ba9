"""`spinesafe knowledge cases`: runs every case of a folder, and says which rules they cover."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake import IntakeError
from spinesafe.rulebase import KnowledgeError, build
from spinesafe.rulebase.read import BUILT_IN
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import Case, coverage, differences, read_cases, run, unknown_rules

ORIGINS = {"rule": "rules", "matrix": "rows of the matrix", "condition": "rows of conditions"}


def run_cases(folder: Path, overlay: Path | None = None, *, covered: bool = True) -> int:
    """Prints what came out otherwise than expected, the numbers, and the rules without a case; 1 where there is any of these.

    The cases are decided with an `overlay` where there is one. Where they need not be `covered`, rules without a case are not looked at.
    """
    console = Console(highlight=False, soft_wrap=True)
    if not folder.is_dir():
        console.print(Line(f"{folder} is no folder: name one that holds cases, such as cases/", style="bold red"))
        return 2
    try:
        screener = built_in() if overlay is None else Screener(build(BUILT_IN, overlay))
        found = tuple(read_cases(folder))
    except (KnowledgeError, IntakeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        console.print(Line(f"no case was run: {error}", style="bold red"))
        return 1
    differing = 0
    for path, case in found:
        words = tuple(_differences(case, screener, folder))
        differing += bool(words)
        for said in words:
            console.print(Line(f"{path.relative_to(folder)}: {case.id}: {said}", style="red"))
    cases = [case for _, case in found]
    complete = _print_coverage(console, screener, cases) if covered else True
    sound = bool(cases) and not differing and complete
    said = f"{len(cases)} cases: {len(cases) - differing} as expected, {differing} otherwise"
    console.print(Line(said, style="bold green" if sound else "bold red"))
    return 0 if sound else 1


def _print_coverage(console: Console, screener: Screener, cases: list[Case]) -> bool:
    """Whether every rule has its cases."""
    console.print(_table(screener, cases))
    found = coverage(screener.rulebase, cases)
    for rule in found.never_fire:
        console.print(Line(f"no case in which {rule} fires", style="red"))
    for rule in found.never_silent:
        console.print(Line(f"no case in which {rule} does not fire", style="red"))
    return found.complete


def _differences(case: Case, screener: Screener, folder: Path) -> Iterator[str]:
    yield from (f"{rule} is no rule" for rule in unknown_rules(screener.rulebase, case))
    try:
        yield from differences(case, run(case, screener, folder))
    except (IntakeError, OSError) as error:
        yield str(error)


def _table(screener: Screener, cases: list[Case]) -> Table:
    """For each origin of rules, how many have a case in which they fire, and one in which they do not."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("covered")
    for head in ("how many", "fires in a case", "does not fire in a case", "both"):
        table.add_column(head, justify="right")
    for origins, name in (*((origin, [origin]) for origin in ORIGINS), ("all", list(ORIGINS))):
        of = coverage(screener.rulebase, cases, name)
        fire, silent = len(of.rules) - len(of.never_fire), len(of.can_be_silent) - len(of.never_silent)
        both = len(of.rules) - len({*of.never_fire, *of.never_silent})
        table.add_row(
            ORIGINS.get(origins, origins),
            str(len(of.rules)),
            f"{fire} of {len(of.rules)}",
            f"{silent} of {len(of.can_be_silent)}",
            f"{100 * both // max(len(of.rules), 1)} %",
        )
    return table
