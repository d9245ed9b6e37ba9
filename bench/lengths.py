"""That the length of a text costs time and no more, however it repeats itself."""

from functools import partial

from bench.rates import Rates, rate
from spinesafe.claims import Checker
from spinesafe.intake.narrative import NarrativeReader
from spinesafe.screening.cases import AS_OF

UNITS = {"a": (1, 2, 4), "根治，": (0.05, 0.1, 0.2), "no pain, ": (0.05, 0.1, 0.2)}
"""What is repeated, and up to how many million characters: an `a` is quickly read, claims and findings are explained one by one."""
MILLION = 1_000_000


def part(reader: NarrativeReader, checker: Checker) -> Rates:
    """The table."""
    works = (("claims", checker.check), ("facts", partial(reader.read, as_of=AS_OF)))
    rows = [
        rate(f"{name}: `{unit.strip()}` up to {size} million characters", work, [unit * int(size * MILLION / len(unit))], rounds=1)
        for unit, sizes in UNITS.items()
        for name, work in works
        for size in sizes
    ]
    says = "One text on one line, some characters over and over. Where MB a second stays the same, time grows as the length does."
    return Rates("Texts that repeat themselves", says, tuple(rows))
