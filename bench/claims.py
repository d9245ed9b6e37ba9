"""How fast texts are checked for claims: a crawl of which few documents speak of spines, texts that all do, and others beside."""

import json
import random
from functools import partial
from pathlib import Path

from bench.others import others
from bench.rates import Rate, Rates, rate
from spinesafe.claims import Checker
from spinesafe.claims.prefilter import Prefilter
from spinesafe.language.match import find

EVAL = Path(__file__).parents[1] / "eval" / "claims.jsonl"
SHARE, MEGABYTES, FILLER = 0.01, 12, 30
OF_OTHERS = 20
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
    """Documents of some kilobytes, one in a hundred of which speaks of spines."""
    chance, texts, documents, size = random.Random(7), relevant(), list[str](), 0
    while size < MEGABYTES * 1_000_000:
        text = chance.choice(texts) if chance.random() < SHARE else ""
        filler = "".join(chance.choices(OTHER, k=FILLER))
        documents.append(f"{filler}{text}{filler[:200]}")
        size += len(documents[-1].encode())
    return documents


def part(checker: Checker) -> Rates:
    """The table."""
    texts, documents = relevant(), crawl()
    prefilter = Prefilter(checker)
    encoded = {document: document.encode() for document in documents}
    kept = sum(prefilter.may_speak_of_spines(data) for data in encoded.values()) / len(encoded)

    def mixed(document: str) -> None:
        if prefilter.may_speak_of_spines(encoded[document]):
            checker.check(document)

    vocabulary = checker.scanner.vocabulary
    normal = [checker.scanner.normal(text).text for text in texts]
    rows: list[Rate] = [
        rate("crawl: filter, then whole reports", mixed, documents, aim="300 MB/s"),
        rate("crawl: the filter alone (the limit)", lambda document: prefilter.may_speak_of_spines(encoded[document]), documents),
        rate("texts that speak of spines: whole reports", checker.check, texts * 3, aim="1,500 texts/s"),
        rate("the same: bare scan for all terms (the limit)", partial(find, vocabulary=vocabulary), normal * 3),
    ]
    rows += others([text for text in texts if text.isascii()][:OF_OTHERS], [words for words, _ in vocabulary.latin])
    size, length = (sum(map(len, data)) / len(data) for data in (encoded.values(), [text.encode() for text in texts]))
    says = (
        f"A made crawl: {len(documents):,} documents of {size / 1000:.1f} kB about other things in two languages, one in a hundred with a "
        f"text of the labelled set in it. The filter kept {kept:.1%} of them; of real pages, with more everyday words in them, it will "
        "keep more. It loses no text of the labelled set in which the checker finds a claim, words in disguise apart. The "
        f"{len(texts)} texts of the labelled set are {length:.0f} bytes long on average."
    )
    return Rates("Checking claims", says, tuple(rows))
