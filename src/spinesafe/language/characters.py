"""How single characters are read: width, case, traditional forms, accents, invisible characters, look-alikes."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from spinesafe.rulebase.language_format import Lookalike

SEVERAL = "\ue000"
"""Stands, while a text is read, for a character that is read as none or as several."""
UNREADABLE = "\ufffd"
_FEW_KINDS = 30
_MARKED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


class Characters(dict[int, str]):
    """A table for `str.translate`, filled as characters are met: each to the one character that it is read as, or to `SEVERAL`."""

    def __init__(self, lookalikes: Iterable[Lookalike]) -> None:
        super().__init__()
        self._same: set[str] = set()
        """Characters that are read as they are."""
        self._alike: dict[str, str] = {}
        self._alike_beside_latin: dict[int, str] = {}
        for entry in lookalikes:
            pairs = zip(entry.written, entry.read_as, strict=True)
            if entry.beside_latin:
                self._alike_beside_latin.update((ord(written), read) for written, read in pairs)
            else:
                self._alike.update(pairs)
        self._mixed = re.compile("[" + re.escape("".join(map(chr, self._alike_beside_latin))) + "]") if self._alike_beside_latin else None

    def __missing__(self, code: int) -> str:
        whole = self.whole(chr(code))
        self[code] = whole if len(whole) == 1 else SEVERAL
        return self[code]

    def plain(self, text: str) -> str:
        """A text with each character as it is read. Few kinds of characters of a text are read otherwise: quicker kind by kind."""
        others = {*text} - self._same
        if len(others) <= _FEW_KINDS:
            read = {other: self[ord(other)] for other in others}
            self._same.update(other for other, as_one in read.items() if other == as_one)
            changed = [(other, as_one) for other, as_one in read.items() if other != as_one]
            if all(as_one != SEVERAL and self[ord(as_one)] == as_one for _, as_one in changed):
                for other, as_one in changed:
                    text = text.replace(other, as_one)
                return text
        return text.translate(self)

    def whole(self, character: str) -> str:
        """All that a character is read as: one character, several, or none."""
        if character in self._alike:
            return self._alike[character]
        match unicodedata.category(character):
            case "Cs" | "Co" | "Cn":
                return UNREADABLE
            case "Cf" | "Mn" | "Me":
                return ""
            case "Cc":
                return character if character in "\t\n\r" else " "
        plain = "".join(self._alike.get(part, part) for part in unicodedata.normalize("NFKC", character))
        return "".join(_simplified(_without_marks(part)) for part in plain.lower())

    def among_latin(self, text: str) -> str:
        """A text whose words of Latin letters hold no letters of other scripts that look the same."""
        if self._mixed is None or text.isascii() or not self._mixed.search(text):
            return text
        return re.sub(r"[^\W\d_]+", self._unmixed, text)

    def _unmixed(self, word: re.Match[str]) -> str:
        return word[0].translate(self._alike_beside_latin) if re.search("[a-z]", word[0]) else word[0]


def _without_marks(character: str) -> str:
    if character.isascii() or not unicodedata.name(character, "").startswith(_MARKED_SCRIPTS):
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn")


def _simplified(character: str) -> str:
    return _to_simplified()(character) if is_han(character) else character


def is_han(character: str) -> bool:
    """It is a Chinese character."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U000323af" or "\uf900" <= character <= "\ufaff"


HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, as they stand inside the brackets of a regular expression."""


@cache
def _to_simplified() -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError as error:  # pragma: no cover - the extra is installed wherever this is tested
        raise MissingExtraError from error
    return OpenCC("t2s").convert


class MissingExtraError(ImportError):
    """Reading text needs libraries that are not installed."""

    def __init__(self) -> None:
        super().__init__("reading text needs the extra `text`: pip install 'spinesafe[text]'")
