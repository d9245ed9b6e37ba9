# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = ["medspacy==1.3.1", "negspacy==1.0.4", "spacy>=3.7,<3.8", "numpy<2", "setuptools<81"]
# ///
"""What others do with the same texts: ConText (medspaCy), NegEx (negspaCy) and PhraseMatcher on blank spaCy.

Runs by itself, in an environment of its own (`uv run bench/spacy_side.py`): these libraries are heavy and ask for an old numpy. Reads
texts and terms as JSON from the standard input, and writes the seconds of each round for each of the others.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Any

ROUNDS = 2


def readers(words: Sequence[str], phrases: Sequence[str]) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each with its name: those that tell how a term is meant, then the bare matcher of phrases."""
    import medspacy
    import spacy
    from loguru import logger
    from medspacy.ner import TargetRule
    from negspacy.negation import Negex  # noqa: F401 - registers its component
    from spacy.matcher import PhraseMatcher

    logger.remove()
    parts = {"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context", "medspacy_pyrush"}
    context = medspacy.load(medspacy_enable=parts)
    context.get_pipe("medspacy_target_matcher").add([TargetRule(word, "TERM") for word in words])
    yield f"medspaCy {medspacy.__version__} (PyRuSH, ConText), {len(words):,} of the terms", context
    negex = spacy.blank("en")
    negex.add_pipe("sentencizer")
    negex.add_pipe("entity_ruler").add_patterns([{"label": "TERM", "pattern": word} for word in words])
    negex.add_pipe("negex", config={"ent_types": ["TERM"]})
    yield f"negspaCy 1.0.4 (NegEx) on blank spaCy {spacy.__version__}, {len(words):,} of the terms", negex
    blank = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("terms", [blank.make_doc(phrase) for phrase in phrases])
    yield f"spaCy {spacy.__version__} PhraseMatcher, {len(phrases):,} terms (no context)", lambda text: matcher(blank.make_doc(text))


def timed(work: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Seconds of the processor for all texts."""
    gc.collect()
    start = process_time()
    for text in texts:
        work(text)
    return process_time() - start


def main() -> None:
    """Measure what the standard input holds."""
    given = json.load(sys.stdin)
    found = []
    for name, work in readers(given["words"], given["phrases"]):
        work(given["texts"][0])
        found.append({"what": name, "rounds": [timed(work, given["texts"]) for _ in range(ROUNDS)]})
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
