"""How fast notes become facts, and how memory grows with the number of notes."""

import random
import resource
import sys

from bench.notes import messages, notes
from bench.rates import Rate, Rates, rate
from spinesafe.intake.narrative import NarrativeReader
from spinesafe.screening.cases import AS_OF

NOTES = 60
MANY = 5_000
KILOBYTES = 1 if sys.platform != "darwin" else 1024
"""What `ru_maxrss` counts: kilobytes, and on macOS bytes."""


def part(reader: NarrativeReader) -> Rates:
    """The table."""
    rows = [
        rate(f"facts from notes, {name}", lambda text: reader.read(text, AS_OF), notes(language, NOTES), aim="2,000")
        for language, name in (("en", "English"), ("zh", "Chinese"))
    ]
    chance, texts = random.Random(11), messages("en") + messages("zh")
    before = peak()
    many: Rate = rate("facts from messages, both languages", lambda text: reader.read(text, AS_OF), chance.choices(texts, k=MANY), rounds=1)
    says = (
        "The whole way from a note to facts with their spans: reading as above, sayings, conditions, conflicts. "
        f"Memory at its peak: {before} MB before the last line, {peak()} MB after its {MANY:,} messages (a stand-in for a million notes)."
    )
    return Rates("Notes to facts", says, (*rows, many))


def peak() -> int:
    """The most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * KILOBYTES)
