"""`spinesafe knowledge cases`: runs every case of a folder, and says which rules they cover."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from spinesafe.intake import IntakeError
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import Case, coverage, differences, read_cases, run, unknown_rules

ORIGINS = {"rule": "rules", "matrix": "rows of the matrix", "condition": "rows of conditions"}


def run_cases(folder: Path) -> int:
    """Prints what came out otherwise than expected, the numbers, and the rules without a case; 1 where there is any of these."""
    console = Console(highlight=False, soft_wrap=True)
    if not folder.is_dir():
        console.print(Line(f"{folder} is no folder: name one that holds cases, such as cases/", style="bold red"))
        return 2
    screener = built_in()
    try:
        found = tuple(read_cases(folder))
    except (IntakeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        console.print(Line(f"no case was run: {error}", style="bold red"))
        return 1
    differing = 0
    for path, case in found:
        words = tuple(_differences(case, screener, folder))
        differing += bool(words)
        for said in words:
            console.print(Line(f"{path.relative_to(folder)}: {case.id}: {said}", style="red"))
    cases = [case for _, case in found]
    console.print(_table(screener, cases))
    covered = coverage(screener.rulebase, cases)
    for rule in covered.never_fire:
        console.print(Line(f"no case in which {rule} fires", style="red"))
    for rule in covered.never_silent:
        console.print(Line(f"no case in which {rule} does not fire", style="red"))
    sound = bool(cases) and not differing and covered.complete
    said = f"{len(cases)} cases: {len(cases) - differing} as expected, {differing} otherwise"
    console.print(Line(said, style="bold green" if sound else "bold red"))
    return 0 if sound else 1


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
