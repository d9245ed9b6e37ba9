"""Measuring: several rounds over the same people, the median, and how far it strays.

Processor time of the process counts, not the wall clock: the machine may have other things to do.
"""

import gc
import statistics
from collections.abc import Callable, Sequence
from time import process_time_ns
from typing import TypeVar

import msgspec

T = TypeVar("T")
ROUNDS = 5
NANOSECONDS = 1e-9


class Measured(msgspec.Struct, frozen=True):
    """Seconds of single runs, and the median of each round."""

    runs: int
    median: float
    tenth: float
    """One run in ten is faster."""
    ninetieth: float
    """One run in ten is slower."""
    rounds: tuple[float, ...]

    @property
    def noise(self) -> float:
        """How far the rounds lie apart, as a part of the median."""
        return (max(self.rounds) - min(self.rounds)) / self.median


def measure(run: Callable[[T], object], people: Sequence[T], rounds: int = ROUNDS) -> Measured:
    """Times `run` for each of the people, `rounds` times over, after one round that does not count."""
    for one in people:
        run(one)
    every: list[float] = []
    medians = []
    for _ in range(rounds):
        gc.collect()
        times = [_timed(run, one) for one in people]
        medians.append(statistics.median(times))
        every += times
    return summed_up(every, medians)


def _timed(run: Callable[[T], object], one: T) -> float:
    start = process_time_ns()
    run(one)
    return (process_time_ns() - start) * NANOSECONDS


def summed_up(times: Sequence[float], rounds: Sequence[float]) -> Measured:
    """The median and the spread of some times."""
    tenths = statistics.quantiles(times, n=10)
    return Measured(len(times), statistics.median(times), tenths[0], tenths[-1], tuple(rounds))


def side_by_side(runs: Sequence[Callable[[T], object]], people: Sequence[T], rounds: int = ROUNDS) -> list[Measured]:
    """Times several things in turn within each round, so that a slow moment falls on all of them."""
    for run in runs:
        for one in people:
            run(one)
    every: list[list[float]] = [[] for _ in runs]
    medians: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for times, middle, run in zip(every, medians, runs, strict=True):
            gc.collect()
            found = [_timed(run, one) for one in people]
            middle.append(statistics.median(found))
            times.extend(found)
    return [summed_up(times, middle) for times, middle in zip(every, medians, strict=True)]
