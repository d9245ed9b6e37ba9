"""Which language a text is in, and which parts of it nobody here can read."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from spinesafe.language.characters import HAN
from spinesafe.language.reading import Tongue

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]+")
_FOREIGN = re.compile(rf"[^\W\d_a-z{HAN}][^\W\d_a-z{HAN}]+(?:[\s,.;:!?-]+[^\W\d_a-z{HAN}]+)*")
_JAPANESE = re.compile("[\u3040-\u30ff]")
_MOST_WORDS = 100
_FEW_WORDS = 5
_KNOWN = 0.2
_SURELY = 0.3
_KNOWN_OF_FEW = 0.3
_SOME_ENGLISH = 3
_HAN_FOR_A_WORD = 2
_FAR_EAST_SHARE = 0.1


def tongue_of(text: str, tongues: Mapping[str, AbstractSet[str]], known: AbstractSet[str]) -> Tongue:
    """The language of a normalised text. `known` are words of the vocabulary, which speak for English."""
    han = 0 if text.isascii() else len(_HAN.findall(text))
    if han and len(_JAPANESE.findall(text)) > han * _FAR_EAST_SHARE:
        han = 0
    words = _LATIN.findall(text[: _MOST_WORDS * 10])[:_MOST_WORDS]
    foreign = 0 if text.isascii() else sum(len(match[0].split()) for match in _FOREIGN.finditer(text))
    english = _english(words, tongues, known) if len(words) + han > foreign else 0
    if han <= foreign and not english:
        return "neither"
    if not han:
        return "en"
    return "mixed" if english >= _SOME_ENGLISH and english * 20 > han / _HAN_FOR_A_WORD else "zh"


def _english(words: list[str], tongues: Mapping[str, AbstractSet[str]], known: AbstractSet[str]) -> int:
    """How many words are frequent in English; none where they are more frequent in another language, or hardly any is known."""
    frequent = tongues["english"]
    english = sum(word in frequent for word in words)
    if english > _SURELY * len(words):
        return english
    understood = sum(word in known or word in frequent for word in words)
    enough = _KNOWN if len(words) > _FEW_WORDS else _KNOWN_OF_FEW
    others = max((sum(word in other for word in words) for name, other in tongues.items() if name != "english"), default=0)
    if len(words) <= _FEW_WORDS and not others:
        return len(words)  # too little to tell, and nothing speaks against it
    return max(english, 1) if understood >= max(enough * len(words), others) else 0


def unread(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a normalised text in scripts that are not read."""
    if not text.isascii():
        for match in _FOREIGN.finditer(text):
            yield match.span()
