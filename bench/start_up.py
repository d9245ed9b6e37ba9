"""How long `spinesafe screen` takes as a whole process, with the rule base compiled before (warm) and not (cold)."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.timing import Measured, summed_up

COLD_RUNS, WARM_RUNS = 7, 25
SPINESAFE = Path(sys.executable).with_name("spinesafe")


def start_ups(answers: str) -> dict[str, Measured]:
    """Whole processes on one person's answers, on the wall clock and in processor time: cold cache, warm cache, JSON, Python alone.

    Python's own bytecode is there in all of them, as after any first run.
    """
    with TemporaryDirectory() as folder:
        person, cache = Path(folder) / "person.yaml", Path(folder) / "cache"
        person.write_text(answers, encoding="utf-8")
        screen = [str(SPINESAFE), "screen", str(person)]
        _run(screen, cache)
        cold = [_run(screen, cache.with_name(f"cache_{number}")) for number in range(COLD_RUNS)]
        warm, as_json, python = (
            [_run(command, cache) for _ in range(WARM_RUNS)] for command in (screen, [*screen, "--json"], [sys.executable, "-c", "pass"])
        )
    found = {"screen, nothing compiled before": cold, "screen": warm, "screen --json": as_json, "Python alone": python}
    return {
        f"{name}{clock}": _thirds([run[place] for run in runs])
        for name, runs in found.items()
        for place, clock in enumerate((", wall clock", ""))
    }


def _thirds(times: Sequence[float]) -> Measured:
    """The first, middle and last third of the runs count as rounds."""
    third = len(times) // 3
    return summed_up(times, [statistics.median(times[first : first + third]) for first in range(0, third * 3, third)])


def _run(command: Sequence[str], cache: Path) -> tuple[float, float]:
    """Seconds on the wall clock, and of the processor."""
    before, start = os.times(), perf_counter()
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(cache.parent / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command line
    seconds, after = perf_counter() - start, os.times()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system
