"""The patterns of quantities, compiled and laid out by the word that each starts with."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spinesafe.language.characters import Characters
from spinesafe.language.normalise import normalise
from spinesafe.rulebase.language_format import LanguageKnowledge
from spinesafe.rulebase.language_format import Quantity as Entry
from spinesafe.rulebase.term import forms

_BLANKS = frozenset(" \t")
_WORD = re.compile("[a-z0-9]")
_TOKEN = re.compile(r"<(\w+)>|(\s+)|([^<\s]+)")
_DIGITS = r"\d{1,5}(?:\.\d+)?"
DIGITS = "0"
RANGE = r"\s*[-–~至到]\s*|\s+(?:to|or)\s+"
HAN_NUMERALS = "一二两三四五六七八九十百"
_HAN_NUMBER = f"[{HAN_NUMERALS}]+"
_BUILT_IN = {"year": r"(?:19|20)\d\d", "two": r"\d{1,2}"}


class Pattern(NamedTuple):
    """One way to write a quantity: its entry, its slots in order, and its parts, words or what may stand in a slot."""

    entry: Entry
    slots: tuple[str, ...]
    parts: tuple[str | re.Pattern[str], ...]
    goes_on: bool

    def match(self, text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
        """Where the pattern ends, if it stands at a place, and what stands in its slots."""
        found: list[str] = []
        for part in self.parts:
            while text[at : at + 1] in _BLANKS:
                at += 1
            if isinstance(part, str):
                if not text.startswith(part, at):
                    return None
                at += len(part)
            else:
                match = part.match(text, at)
                if match is None:
                    return None
                found.append(match[0])
                at = match.end()
        if not self.goes_on and _WORD.match(text, at):
            return None
        return at, tuple(found)


class Patterns:
    """All patterns of quantities.

    `after_number` holds those that start with a number, by the first character behind it; `by_word` those that start with a word, and
    under `DIGITS` those that start with the digits of a date.
    """

    def __init__(self, knowledge: LanguageKnowledge, characters: Characters) -> None:
        self._characters = characters
        self.slots: dict[str, dict[str, str | float]] = {
            slot.id: {self._plain(word): value.value for value in slot.values for word in value.words} for slot in knowledge.slots.values()
        }
        self.number = re.compile(self._slot("n"))
        self._expressions = {"n": self.number}
        self.number_words = frozenset((*self.slots.get("n", ()), *HAN_NUMERALS))
        self.after_number: dict[str, list[Pattern]] = {}
        self.by_word: dict[str, list[Pattern]] = {}
        for entry in knowledge.quantities.values():
            for written in entry.forms:
                for form in forms(written):
                    self._add(entry, str(form))

    def _add(self, entry: Entry, form: str) -> None:
        slots = tuple(slot for slot, _, _ in _TOKEN.findall(form) if slot)
        number_first = form.startswith("<n>")
        rest = form.removeprefix("<n>").lstrip() if number_first else form
        pattern = Pattern(entry, slots, tuple(self._parts(rest)), form.endswith((".", "/")))
        places = self.after_number if number_first else self.by_word
        for first in dict.fromkeys(self._firsts(rest)):
            places.setdefault(first[:1] if number_first else first, []).append(pattern)

    def _firsts(self, form: str) -> Iterator[str]:
        """What a form can start with: a word, or each word of its first slot."""
        token = _TOKEN.match(form)
        if token is None:
            yield ""
        elif token[1] in _BUILT_IN:
            yield DIGITS
        elif token[1]:
            yield from self.slots.get(token[1], ())
        else:
            yield self._plain(form.partition("<")[0]).strip()

    def _parts(self, form: str) -> Iterator[str | re.Pattern[str]]:
        for slot, blank, literal in _TOKEN.findall(form):
            if slot:
                yield self._expressions.setdefault(slot, re.compile(self._slot(slot)))
            elif not blank:
                yield self._plain(literal)

    def _slot(self, name: str) -> str:
        """The expression for what can stand in a slot."""
        if name in _BUILT_IN:
            return _BUILT_IN[name]
        words = sorted(self.slots.get(name, ()), key=len, reverse=True)
        long, short = (
            [re.escape(word) + ("(?![a-z])" if word.isascii() else "") for word in words if (len(word) > 1) is several]
            for several in (True, False)
        )
        if name != "n":
            return "|".join([*long, *short])
        one = "|".join([_DIGITS, *long, _HAN_NUMBER, *short])
        return f"(?:{one})(?:(?:{RANGE})(?:{one}))?"

    def _plain(self, text: str) -> str:
        return normalise(text, self._characters).text
