"""How fast notes are read: every mention with the way it is meant, beside ConText and NegEx on blank spaCy, and the bare scan as limit.

python -m bench.language
"""

import platform
import random
import resource
from collections.abc import Iterable
from pathlib import Path

import yaml

from bench.timing import measure
from spinesafe.language.match import find
from spinesafe.language.normalise import normalise
from spinesafe.language.read import Terms, read
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase import load
from spinesafe.rulebase.plain_yaml import Loader
from spinesafe.screening.cases import AS_OF

CASES = Path(__file__).parents[1] / "cases" / "narrative"
NOTES, BYTES = 300, 1500


def terms() -> Terms:
    """The concepts and the names of conditions of the rule base."""
    base = load()
    words = [(concept.id, word) for concept in base.concepts.values() for word in (*concept.en, *concept.zh)]
    for condition in base.conditions.values():
        names = (condition.name.en, condition.name.zh, *condition.synonyms.en, *condition.synonyms.zh)
        words += [(condition.id, name.replace("(", r"\(").replace(")", r"\)").replace("[", r"\[")) for name in names]
    return Terms([Term(name, word) for name, word in words], base.language)


def notes(language: str) -> list[str]:
    """Notes and messages of about 1.5 kB, each put together from some that the narrative cases hold."""
    texts = [
        case["text"]
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader)["cases"]  # noqa: S506 - a safe loader
        if text_is(case["text"], language)
    ]
    chance = random.Random(5)
    found = []
    for _ in range(NOTES):
        note = ""
        while len(note.encode()) < BYTES:
            note += chance.choice(texts) + "\n"
        found.append(note)
    return found


def text_is(text: str, language: str) -> bool:
    """The text is in a language."""
    return text.isascii() == (language == "en")


def others(texts: list[str], words: list[str]) -> Iterable[tuple[str, float]]:
    """The same words with medspaCy and negspaCy, where they are installed."""
    try:
        import medspacy
        from loguru import logger
        from medspacy.ner import TargetRule
    except ImportError:
        print("medspaCy is not installed: left out")
    else:
        logger.remove()
        context = medspacy.load(medspacy_enable={"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context", "medspacy_pyrush"})
        context.get_pipe("medspacy_target_matcher").add([TargetRule(word, "TERM") for word in words])
        yield "medspaCy (PyRuSH, ConText)", 1 / measure(context, texts[:30], rounds=2).median
    try:
        import spacy
        from negspacy.negation import Negex  # noqa: F401 - registers the component
    except ImportError:
        print("negspaCy is not installed: left out")
    else:
        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")
        blank.add_pipe("entity_ruler").add_patterns([{"label": "TERM", "pattern": word} for word in words])
        blank.add_pipe("negex", config={"ent_types": ["TERM"]})
        yield "negspaCy on blank spaCy", 1 / measure(blank, texts[:100], rounds=2).median


def main() -> None:
    """Measure and print."""
    compiled = terms()
    vocabulary = compiled.vocabulary
    print(f"{platform.machine()}, Python {platform.python_version()}, one core, {len(vocabulary.latin) + len(vocabulary.signs)} strings")
    for language in ("en", "zh"):
        texts = notes(language)
        size = sum(len(text.encode()) for text in texts) / len(texts)
        mentions = sum(len(read(text, compiled, AS_OF).mentions) for text in texts) / len(texts)
        whole = measure(lambda text: read(text, compiled, AS_OF), texts)
        normal = [normalise(text, compiled.characters, vocabulary.words).text for text in texts]
        scan = measure(lambda text: find(text, vocabulary), normal)
        print(f"{language}: {len(texts)} notes of {size:.0f} bytes, {mentions:.0f} mentions each")
        for name, measured in (("read", whole), ("bare scan (limit)", scan)):
            rate = 1 / measured.median
            print(f"  {name:32}{rate:8.0f} notes/s {rate * size / 1e6:8.2f} MB/s   noise {measured.noise:.0%}")
        if language == "en":
            words = sorted({meaning.text for meaning in vocabulary.latin if meaning.terms})
            for name, rate in others(texts, words):
                print(f"  {name:32}{rate:8.0f} notes/s {rate * size / 1e6:8.2f} MB/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
