"""How fast notes are read: every mention with the way it is meant, beside ConText and NegEx, and the bare scan as the limit."""

from functools import partial

from bench.notes import notes
from bench.others import others
from bench.rates import Rate, Rates, rate
from spinesafe.intake.narrative import NarrativeReader
from spinesafe.language.match import find
from spinesafe.language.normalise import normalise
from spinesafe.language.read import read
from spinesafe.screening.cases import AS_OF

NOTES, OF_OTHERS = 60, 12


def part(reader: NarrativeReader) -> Rates:
    """The table."""
    terms, vocabulary = reader.terms, reader.terms.vocabulary
    rows: list[Rate] = []
    for language, name in (("en", "English"), ("zh", "Chinese")):
        texts = notes(language, NOTES)
        rows.append(rate(f"mentions with context, {name}", lambda text: read(text, terms, AS_OF), texts))
        normal = [normalise(text, terms.characters, vocabulary.words).text for text in texts]
        rows.append(rate(f"bare scan for all terms, {name} (the limit)", partial(find, vocabulary=vocabulary), normal))
    rows += others(
        notes("en", OF_OTHERS), [words for number, (words, _) in enumerate(vocabulary.latin) if vocabulary.meanings[number].terms]
    )
    says = (
        f"Notes of 1.5 kB, put together from the messages of the cases. We look for "
        f"{len(vocabulary.latin) + len(vocabulary.signs):,} strings at once "
        f"(terms, cues, headings); the others, on blank English, for the number of terms that is said, drawn by chance."
    )
    return Rates("Reading notes: mentions with context", says, tuple(rows))
