"""Text as people write it to text as it is matched, and every position back again.

Lower case, half width, simplified characters, no accents, no invisible characters; stretched words (`paaain`), words spelt with gaps
(`p a i n`) and letters replaced by look-alikes (`p4in`) as the words that they are. Offsets are Unicode code points of the text as given.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import product

from spinesafe.language.characters import SEVERAL, Characters

_STRETCHED = re.compile(r"([a-z])\1\1")
_STRETCHED_WORD = re.compile(r"(?<![a-z])[a-z]*([a-z])\1\1[a-z]*")
_RUN = re.compile(r"([a-z])\1\1+")
_REPLACED = re.compile(r"[013457@$!][a-z]")
_REPLACED_WORD = re.compile(r"(?<![a-z0-9@$])[a-z@$][a-z]*[013457@$!][a-z][a-z013457@$!]*(?![a-z0-9])")
_REPLACEMENTS = str.maketrans("013457@$!", "oieastasi")
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ .*_-][a-z]){2,}(?![^\W_])")
_SPACED_BY = tuple(re.compile(rf"{re.escape(sign)}[a-z]{re.escape(sign)}[a-z]{re.escape(sign)}[a-z]") for sign in " .-*_")
_NO_LETTER = re.compile("[^a-z]+")
_MOST_RUNS = 3


class Normalised:
    """A text as it is matched. `starts` and `ends` give the original position of each character; None where they are the same."""

    __slots__ = ("ends", "original", "starts", "text")

    def __init__(self, original: str, text: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None) -> None:
        self.original = original
        self.text = text
        self.starts = starts
        self.ends = ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that a part of the matched text comes from."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> "Normalised":
        """The text with parts replaced; each new character comes from all of what it replaces."""
        starts = range(len(self.text)) if self.starts is None else self.starts
        ends = range(1, len(self.text) + 1) if self.ends is None else self.ends
        text: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        done = 0
        for start, end, instead in edits:
            text += self.text[done:start], instead
            new_starts += starts[done:start]
            new_ends += ends[done:start]
            new_starts += [starts[start]] * len(instead)
            new_ends += [ends[end - 1]] * len(instead)
            done = end
        text.append(self.text[done:])
        new_starts += starts[done:]
        new_ends += ends[done:]
        return Normalised(self.original, "".join(text), new_starts, new_ends)


def normalise(text: str, characters: Characters, words: AbstractSet[str] = frozenset()) -> Normalised:
    """The text as it is matched. `words` are those that a stretched, spaced or disguised word may turn out to be."""
    if text.isascii():
        found = Normalised(text, text.lower())
    else:
        plain = characters.plain(text)
        found = _spelt_out(text, characters) if SEVERAL in plain else Normalised(text, plain)
        found.text = characters.among_latin(found.text)
    edits = [*_mended(found.text, words)] if words else ()
    return found.edited(edits) if edits else found


def _spelt_out(text: str, characters: Characters) -> Normalised:
    read: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        whole = characters.whole(character)
        if not whole and ends and unicodedata.combining(character):
            ends[-1] = at + 1  # an accent belongs to the letter that it stands on
        read.append(whole)
        starts += [at] * len(whole)
        ends += [at + 1] * len(whole)
    return Normalised(text, "".join(read), starts, ends)


def _mended(text: str, words: AbstractSet[str]) -> Iterator[tuple[int, int, str]]:
    """Each word that is another one in disguise, in order, none inside another."""
    found: list[tuple[int, int, str]] = []
    if _STRETCHED.search(text):
        found += _replaced(text, _STRETCHED_WORD, words, _unstretched)
    if _REPLACED.search(text):
        found += _replaced(text, _REPLACED_WORD, words, lambda word: [word.translate(_REPLACEMENTS)])
    if any(spaced.search(text) for spaced in _SPACED_BY):
        found += _replaced(text, _SPACED, words, lambda word: [_NO_LETTER.sub("", word)])
    done = 0
    for start, end, instead in sorted(found):
        if start >= done:
            yield start, end, instead
            done = end


def _replaced(
    text: str, where: re.Pattern[str], words: AbstractSet[str], candidates: Callable[[str], list[str]]
) -> Iterator[tuple[int, int, str]]:
    for match in where.finditer(text):
        word = match[0]
        instead = word if word in words else next((w for w in candidates(word) if w in words), word)
        if instead != word:
            yield match.start(), match.end(), instead


def _unstretched(word: str) -> list[str]:
    """What a word with letters drawn out may be: each run once or twice. Without a known word, each once."""
    runs = [*_RUN.finditer(word)]
    if len(runs) > _MOST_RUNS:
        return [_RUN.sub(r"\1", word)]
    return [_with_runs(word, iter(lengths)) for lengths in product((1, 2), repeat=len(runs))]


def _with_runs(word: str, lengths: Iterator[int]) -> str:
    return _RUN.sub(lambda run: run[1] * next(lengths), word)
