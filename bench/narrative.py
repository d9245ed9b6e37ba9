"""How fast notes are read, beside the bare scan for the same terms, and beside ConText (medspaCy) and NegEx (negspaCy) on blank spaCy.

python -m bench.narrative        python -m bench.narrative --others   (only spaCy's side, where it is installed)
"""

import json
import platform
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

VIGNETTES = Path(__file__).parents[1] / "eval" / "vignettes.jsonl"
AS_OF = date(2026, 11, 24)
SIZE = 1500
NOTES = 60
ROUNDS = 3
TARGETS = ("numbness", "weakness", "fever", "pain", "incontinence", "weight loss", "cancer", "trauma", "saddle anaesthesia", "foot drop")
"""A few terms for the others: they look for far fewer than we do, which is in their favour."""


def notes() -> list[str]:
    """English notes of about 1.5 kB, put together from the vignettes."""
    texts = [row["text"] for row in map(json.loads, VIGNETTES.read_text(encoding="utf-8").splitlines()) if row["lang"] == "en"]
    found = []
    for number in range(NOTES):
        note = ""
        while len(note.encode()) < SIZE:
            note += texts[(number * 7 + len(note)) % len(texts)] + "\n"
        found.append(note)
    return found


def best(work: Callable[[str], object], texts: list[str]) -> float:
    """The shortest of some rounds over all texts, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            work(text)
        times.append(time.perf_counter() - start)
    return min(times)


def line(name: str, seconds: float, texts: list[str]) -> str:
    """Notes and megabytes a second."""
    size = sum(len(text.encode()) for text in texts)
    return f"| {name} | {len(texts) / seconds:,.0f} | {size / seconds / 1e6:.2f} |"


def ours(texts: list[str]) -> None:
    """The whole reading, the reading of the language alone, and the bare scan."""
    from spinesafe.intake.narrative import NarrativeReader
    from spinesafe.language.read import read
    from spinesafe.rulebase import load

    reader = NarrativeReader(load())
    vocabulary = reader.terms.vocabulary
    scan = lambda text: vocabulary.latin_automaton.find_matches_as_indexes(f" {text.lower()} ", overlapping=True)  # noqa: E731
    print(line("spinesafe: facts from the note", best(lambda text: reader.read(text, AS_OF), texts), texts))
    print(line("spinesafe: mentions with context", best(lambda text: read(text, reader.terms, AS_OF), texts), texts))
    print(line(f"bare scan for the same {len(vocabulary.latin):,} terms", best(scan, texts), texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for text in texts * 3:
        reader.read(text, AS_OF)
    print(
        f"\nPeak memory {peak:.0f} MB, after three times as many notes {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB."
    )


def others(texts: list[str]) -> None:
    """MedspaCy's ConText and negspaCy's NegEx on blank English."""
    import spacy

    try:
        import medspacy  # noqa: F401 - registers its parts
        from medspacy.ner import TargetRule

        context = spacy.blank("en")
        context.add_pipe("medspacy_pyrush")
        context.add_pipe("medspacy_target_matcher").add([TargetRule(term, "PROBLEM") for term in TARGETS])
        context.add_pipe("medspacy_context")
        print(line("medspaCy (ConText)", best(context, texts), texts))
    except (ImportError, OSError, ValueError) as error:
        print(f"| medspaCy: {type(error).__name__}: {str(error)[:60]} | | |")
    from negspacy.negation import Negex  # noqa: F401 - registers its part

    negex = spacy.blank("en")
    negex.add_pipe("sentencizer")
    negex.add_pipe("entity_ruler").add_patterns([{"label": "PROBLEM", "pattern": term} for term in TARGETS])
    negex.add_pipe("negex")
    print(line("negspaCy (NegEx)", best(negex, texts), texts))


def main() -> None:
    """Measure and print."""
    texts = notes()
    print(f"{len(texts)} notes of {SIZE / 1000} kB on one core of {platform.processor() or platform.machine()}, best of {ROUNDS}\n")
    print("| what | notes a second | MB a second |\n|---|---|---|")
    others(texts) if "--others" in sys.argv else ours(texts)


if __name__ == "__main__":
    main()
