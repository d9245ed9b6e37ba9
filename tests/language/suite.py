"""The context suite: sentences as people write them, with what each mention must be taken to mean."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import yaml

from spinesafe.language.context import ORDER
from spinesafe.language.read import Terms, read
from spinesafe.language.reading import Mention
from spinesafe.language.vocabulary import Term
from spinesafe.model.text import Language
from spinesafe.rulebase.language_format import ContextWord
from spinesafe.rulebase.load import load
from spinesafe.rulebase.plain_yaml import Loader

FOLDER = Path(__file__).parents[2] / "cases" / "language"
AS_OF = date(2026, 11, 24)
BESIDE = {"text", "who", "told_by", "quoted"}


class Row(msgspec.Struct, frozen=True):
    """One sentence, with the quotes that must be found in it by context."""

    file: str
    language: Language
    family: str
    text: str
    expected: dict[str, ContextWord]
    who: str | None = None
    told_by: str | None = None
    quoted: bool | None = None

    def __str__(self) -> str:
        return f"{self.family}: {self.text}"


@cache
def rows() -> tuple[Row, ...]:
    """Every sentence of the suite."""
    return tuple(row for path in sorted(FOLDER.glob("*.yaml")) for row in _of_file(path))


def _of_file(path: Path) -> Iterator[Row]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader
    for family in data["families"]:
        for sentence in family["sentences"]:
            unknown = set(sentence) - BESIDE - set(ORDER)
            if unknown:
                raise ValueError(f"{path.name}: {unknown} in {sentence['text']!r}")
            expected = {str(quote): context for context in ORDER for quote in sentence.get(context, ())}
            more = {key: sentence[key] for key in BESIDE & set(sentence)}
            yield Row(path.stem, data["language"], family["family"], expected=expected, **more)


@cache
def terms(language: Language) -> Terms:
    """All quotes of the suite in one language, as terms."""
    quotes = dict.fromkeys(quote.partition("#")[0] for row in rows() if row.language == language for quote in row.expected)
    return Terms([Term(quote, _literal(quote)) for quote in quotes], load().language)


def _literal(quote: str) -> str:
    return "".join(f"\\{sign}" if sign in "()[]|*." else sign for sign in quote)


def meant(row: Row) -> dict[str, Mention | None]:
    """What each quote of a sentence is taken to mean; `#2` is the second place where the quote stands."""
    read_text = read(row.text, terms(row.language), AS_OF)
    found: dict[str, Mention | None] = {}
    for quote in row.expected:
        words, _, number = quote.partition("#")
        places = [m for m in read_text.mentions if m.quote.casefold() == words.casefold() and m.term.casefold() == words.casefold()]
        wanted = int(number or 1) - 1
        found[quote] = places[wanted] if wanted < len(places) else None
    return found
