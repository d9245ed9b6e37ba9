"""How fast claims are read: a mix as a crawl has it, relevant texts, beside spaCy's PhraseMatcher and medspaCy, and the bare scan as limit.

python -m bench.claims
"""

import json
import platform
import random
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from spinesafe.claims import built_in
from spinesafe.claims.prefilter import Prefilter
from spinesafe.language.match import find

EVAL = Path(__file__).parents[1] / "eval" / "claims.jsonl"
CASES = Path(__file__).parents[1] / "cases"
SHARE, TARGET_MB = 0.01, 24
ROUNDS = 3
OTHER = (
    "The council met on Tuesday to discuss the new library and the repair of the bridge over the river. ",
    "Prices for coffee rose again, and growers in the highlands hope for a better harvest next year. ",
    "The team won the final by two goals; the coach praised the young goalkeeper and the fans sang all night. ",
    "市政府周二召开会议，讨论新图书馆的选址和跨江大桥的维修。",
    "咖啡价格再次上涨，高原种植户期待明年有更好的收成。",
    "A recipe for lentils: soak them overnight, boil for an hour, add salt and a spoon of oil. ",
)


def relevant() -> list[str]:
    """Texts that speak of spines."""
    return [json.loads(line)["text"] for line in EVAL.read_text(encoding="utf-8").splitlines()]


def crawl() -> list[str]:
    """Documents of about 3 kB, one in a hundred of which speaks of spines."""
    chance, texts, documents, size = random.Random(7), relevant(), [], 0
    while size < TARGET_MB * 1_000_000:
        text = chance.choice(texts) if chance.random() < SHARE else ""
        filler = "".join(chance.choices(OTHER, k=30))
        documents.append(f"{filler}{text}{filler[:200]}")
        size += len(documents[-1].encode())
    return documents


def best(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def each(work: Callable[[str], object], texts: Iterable[str]) -> Callable[[], None]:
    """Work on every text."""
    kept = tuple(texts)

    def run() -> None:
        for text in kept:
            work(text)

    return run


def spacy_rows(texts: list[str], terms: list[str]) -> Iterable[tuple[str, float]]:
    """The same terms with spaCy and medspaCy, where they are installed."""
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        print("spaCy is not installed: left out")
        return
    blank = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("terms", [blank.make_doc(term) for term in terms])
    yield "spaCy blank + PhraseMatcher, the same terms", len(texts) / best(each(lambda text: matcher(blank.make_doc(text)), texts))
    try:
        import medspacy
    except ImportError:
        print("medspaCy is not installed: left out")
        return
    from loguru import logger
    from medspacy.ner import TargetRule

    logger.remove()

    pipeline = medspacy.load(medspacy_enable={"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context", "medspacy_pyrush"})
    pipeline.get_pipe("medspacy_target_matcher").add([TargetRule(term, "TERM") for term in terms[:2000]])
    few = texts[:20]
    yield "medspaCy (ConText), 2,000 of the terms", len(few) / best(each(pipeline, few))


def main() -> None:
    """Measure and print."""
    checker = built_in()
    texts, documents = relevant(), crawl()
    prefilter = Prefilter(checker)
    megabytes = sum(len(document.encode()) for document in documents) / 1e6
    encoded = [document.encode() for document in documents]
    print(f"{platform.machine()}, Python {platform.python_version()}, one core, best of {ROUNDS}")
    print(f"crawl: {len(documents)} documents, {megabytes:.1f} MB, 1 % speak of spines; relevant: {len(texts)} texts")

    def mix() -> None:
        for data in encoded:
            if prefilter.may_speak_of_spines(data):
                checker.check(data.decode())

    seconds = best(mix)
    print(f"crawl mix                                   {megabytes / seconds:10.1f} MB/s  {len(documents) / seconds:10.0f} documents/s")
    seconds = best(lambda: [prefilter.may_speak_of_spines(data) for data in encoded])
    print(f"bare scan of the mix (limit)                {megabytes / seconds:10.1f} MB/s")
    rate = len(texts) / best(each(checker.check, texts))
    print(f"relevant texts, whole report                {rate:10.0f} texts/s")
    normal = [checker.scanner.normal(text).text for text in texts]
    limit = len(texts) / best(each(lambda text: find(text, checker.scanner.vocabulary), normal))
    print(f"bare match of all terms (limit)             {limit:10.0f} texts/s")
    terms = sorted({meaning.text for meaning in checker.scanner.vocabulary.latin})
    for name, speed in spacy_rows(texts, terms):
        print(f"{name:44}{speed:10.0f} texts/s")
    unit = "press the disc back, no never cure for good, 根治不复发。"
    for times in (1_000, 4_000, 16_000):
        started = time.perf_counter()
        checker.check(unit * times)
        print(f"one text of {len(unit) * times / 1e6:5.2f} M characters           {time.perf_counter() - started:10.2f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
