"""The figures as a page: what was measured, on what, how, and how sure."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec

from bench.timing import Measured

MEMORY_UNIT = 2**30


class Row(msgspec.Struct, frozen=True):
    """One line of a table: what, how long, and what was aimed for."""

    what: str
    measured: Measured
    aim: str = ""


class Part(msgspec.Struct, frozen=True):
    """A table with a title and a sentence on what it compares."""

    title: str
    says: str
    rows: tuple[Row, ...]


def page(parts: Iterable[Part], load: tuple[float, float]) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# Speed",
        "",
        "Written by `make bench` (`.venv/bin/python -m bench`), which compares the answers before it compares the times. The figures are",
        "those of one machine on one day: run it on yours.",
        "",
        *machine(load, ("zen-engine",), "people: those of `cases/`"),
        "",
        "*Median* is that of all runs. One run in ten is faster than *fast*, and one in ten slower than *slow*. *Noise* is how far the",
        "medians of the rounds lie apart; the first round does not count. Times are those of the processor, which depend less on what else",
        "the machine does; whole processes are also timed on the wall clock, which grows where more processes want a core than there are.",
        "",
    ]
    for part in parts:
        lines += [f"## {part.title}", "", part.says, "", *table(part.rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def machine(load: tuple[float, float], others: Iterable[str], data: str) -> list[str]:
    """Day, machine, versions and data, as a list: `others` are the libraries that are measured beside."""
    place = f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.machine()}"
    python = f"Python {platform.python_version()} ({platform.python_implementation()})"
    return [
        f"- day: {date.today():%Y-%m-%d}",  # noqa: DTZ011 - the day of the machine
        f"- machine: {place}; processes that wanted a core at the start {load[0]:.1f}, at the end {load[1]:.1f}",
        f"- {', '.join([python, *(f'{name} {version(name)}' for name in ('spinesafe', *others))])}; one process, one thread",
        f"- {data}",
    ]


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / MEMORY_UNIT:.0f} GB"
    except (ValueError, OSError):
        return "memory not known"


def table(rows: Iterable[Row]) -> list[str]:
    """The lines of a table, in Markdown."""
    heads = ("", "median", "fast", "slow", "noise", "runs", "aim")
    cells = [
        (
            row.what,
            f"**{shown(row.measured.median)}**",
            shown(row.measured.tenth),
            shown(row.measured.ninetieth),
            f"{row.measured.noise:.0%}",
            f"{row.measured.runs:,}",
            row.aim,
        )
        for row in rows
    ]
    return [f"| {' | '.join(line)} |" for line in (heads, ("---", *["---:"] * (len(heads) - 1)), *cells)]


def shown(seconds: float) -> str:
    """A time with the unit in which people read it."""
    for unit, name in ((1.0, "s"), (1e-3, "ms")):
        if seconds >= unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds * 1e6:.0f} µs"
