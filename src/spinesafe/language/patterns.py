"""The patterns of quantities, compiled and laid out by the word that each starts with."""

import re
from collections.abc import Callable, Iterator
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
_BEGINS_NUMBER = frozenset("0123456789" + HAN_NUMERALS)
_BUILT_IN = {"digits": r"\d{1,3}", "year": r"(?:19|20)\d\d", "yy": r"\d\d", "mm": r"\d{1,2}", "dd": r"\d{1,2}"}


class Part(NamedTuple):
    """Words, or what may stand in a slot, and the characters with which that can begin."""

    words: str
    slot: re.Pattern[str] | None
    begins: frozenset[str]


class Pattern(NamedTuple):
    """One way to write a quantity: its place among all, its entry, its slots in order, its parts, and whether a word may follow at once."""

    order: int
    entry: Entry
    slots: tuple[str, ...]
    parts: tuple[Part, ...]
    goes_on: bool


Found = tuple[int, Pattern, tuple[str, ...]]
"""Where a pattern ends, the pattern, and what stands in its slots."""


class Branch:
    """Patterns that begin alike: what they share is looked for once."""

    __slots__ = ("_parts", "after", "ends")

    def __init__(self) -> None:
        self._parts: dict[Part, Branch] = {}
        self.after: dict[str, list[tuple[Part, Branch]]] = {}
        """What may follow, by the character with which it begins."""
        self.ends: list[Pattern] = []

    def add(self, pattern: Pattern) -> None:
        """Hang a pattern on, part by part."""
        at = self
        for part in pattern.parts:
            if part not in at._parts:
                at._parts[part] = Branch()
                for begin in part.begins:
                    at.after.setdefault(begin, []).append((part, at._parts[part]))
            at = at._parts[part]
        at.ends.append(pattern)

    def behind(self, words: str) -> "Branch | None":
        """What follows some words, where all patterns of this branch begin with them; else None."""
        at = self
        for word in words.split():
            only = next(iter(at._parts.items())) if len(at._parts) == 1 and not at.ends else None
            if only is None or only[0].slot is not None or only[0].words != word:
                return None
            at = only[1]
        return at

    def match(self, text: str, at: int, found: list[Found], slots: tuple[str, ...] = ()) -> None:
        """Add every pattern that stands at a place."""
        if self.ends:
            word = _WORD.match(text, at) is not None
            found += [(at, pattern, slots) for pattern in self.ends if pattern.goes_on or not word]
        while text[at : at + 1] in _BLANKS:
            at += 1
        for part, branch in self.after.get(text[at : at + 1], ()):
            if part.slot is None:
                if text.startswith(part.words, at):
                    branch.match(text, at + len(part.words), found, slots)
            elif (match := part.slot.match(text, at)) is not None:
                branch.match(text, match.end(), found, (*slots, match[0]))


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
        self.after_number: dict[str, Branch] = {}
        self.by_word: dict[str, Branch] = {}
        self.starts: dict[str, list[tuple[Branch, bool]]] = {}
        """The patterns that a found word can start, and whether they are to be tried behind it."""
        self._count = 0
        for entry in knowledge.quantities.values():
            for written in entry.forms:
                for form in forms(written):
                    self._add(entry, str(form))

    def look_for(self, looked_for: Callable[[str], str]) -> None:
        """Lay out the patterns by the words as a text is searched for them."""
        for word, branch in self.by_word.items():
            behind = branch.behind(word)
            self.starts.setdefault(looked_for(word), []).append((behind or branch, behind is not None))

    def _add(self, entry: Entry, form: str) -> None:
        slots = tuple(slot for slot, _, _ in _TOKEN.findall(form) if slot)
        number_first = form.startswith("<n>")
        rest = (
            form.removeprefix("<n>").lstrip(" -")
            if number_first and not form.startswith("<n>-/")
            else form.removeprefix("<n>" * number_first)
        )
        self._count += 1
        pattern = Pattern(self._count, entry, slots, tuple(self._parts(rest)), form.endswith((".", "/")))
        places = self.after_number if number_first else self.by_word
        for first in dict.fromkeys(self._firsts(rest)):
            places.setdefault(first[:1] if number_first else first, Branch()).add(pattern)

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

    def _parts(self, form: str) -> Iterator[Part]:
        for slot, blank, literal in _TOKEN.findall(form):
            if slot:
                if slot not in self._expressions:
                    self._expressions[slot] = re.compile(self._slot(slot))
                words = self.slots.get(slot, {})
                begins = frozenset(word[0] for word in words) | (frozenset() if slot in self.slots and slot != "n" else _BEGINS_NUMBER)
                yield Part("", self._expressions[slot], begins)
            elif not blank:
                words_of_literal = self._plain(literal)
                yield Part(words_of_literal, None, frozenset(words_of_literal[0]))

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
