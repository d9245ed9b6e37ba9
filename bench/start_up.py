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
    """Whole processes on one person's answers: cold cache, warm cache, as JSON, and Python alone."""
    with TemporaryDirectory() as folder:
        person, cache = Path(folder) / "person.yaml", Path(folder) / "cache"
        person.write_text(answers, encoding="utf-8")
        screen = [str(SPINESAFE), "screen", str(person)]
        return {
            "screen, nothing compiled before": _timed([screen] * COLD_RUNS, cache, empty=True),
            "screen": _timed([screen] * WARM_RUNS, cache),
            "screen --json": _timed([[*screen, "--json"]] * WARM_RUNS, cache),
            "Python alone": _timed([[sys.executable, "-c", "pass"]] * WARM_RUNS, cache),
        }


def _timed(commands: Sequence[Sequence[str]], cache: Path, *, empty: bool = False) -> Measured:
    times = []
    if not empty:
        _run(commands[0], cache)
    for number, command in enumerate(commands):
        start = perf_counter()
        _run(command, cache / str(number) if empty else cache)
        times.append(perf_counter() - start)
    third = max(len(times) // 3, 1)
    return summed_up(times, [statistics.median(times[i : i + third]) for i in range(0, third * 3, third)])


def _run(command: Sequence[str], cache: Path) -> None:
    subprocess.run(command, env=os.environ | {"XDG_CACHE_HOME": str(cache)}, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command line
