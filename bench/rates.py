"""How many texts and megabytes a second: rounds over the same texts, their median, and how far they stray."""

import gc
import statistics
from collections.abc import Callable, Iterable, Sequence
from time import process_time

import msgspec

ROUNDS = 3
MOST_BEFORE = 5_000
"""Characters of the first text that are read before it counts."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table: what was done with how many texts, and how long each round over all of them took, in seconds."""

    what: str
    texts: int
    size: int
    """Bytes of all texts in UTF-8."""
    rounds: tuple[float, ...]
    aim: str = ""

    @property
    def seconds(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def noise(self) -> float:
        """How far the rounds lie apart, as a part of the median."""
        return (max(self.rounds) - min(self.rounds)) / self.seconds


class Rates(msgspec.Struct, frozen=True):
    """A table of rates with a title and what it compares."""

    title: str
    says: str
    rows: tuple[Rate, ...]

    def table(self) -> list[str]:
        """The table, in Markdown."""
        heads = ("", "texts a second", "MB a second", "noise", "texts", "aim")
        cells = [
            (
                row.what,
                f"**{row.texts / row.seconds:,.4g}**",
                f"{row.size / 1e6 / row.seconds:.3g}",
                f"{row.noise:.0%}",
                f"{row.texts:,}",
                row.aim,
            )
            for row in self.rows
        ]
        return [f"| {' | '.join(line)} |" for line in (heads, ("---", *["---:"] * (len(heads) - 1)), *cells)]


def rate(what: str, work: Callable[[str], object], texts: Sequence[str], *, aim: str = "", rounds: int = ROUNDS) -> Rate:
    """Times some work over all texts, after one text that does not count. Processor time counts, not the wall clock."""
    work(texts[0][:MOST_BEFORE])
    times = [_timed(work, texts) for _ in range(rounds)]
    return Rate(what=what, texts=len(texts), size=sum(len(text.encode()) for text in texts), rounds=tuple(times), aim=aim)


def _timed(work: Callable[[str], object], texts: Iterable[str]) -> float:
    gc.collect()
    start = process_time()
    for text in texts:
        work(text)
    return process_time() - start
