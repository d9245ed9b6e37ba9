"""What people write, as a pattern: alternatives, parts that may be missing, open endings and gaps.

>>> [str(form) for form in forms("(numb|tingling) [left] leg")]
['numb left leg', 'numb leg', 'tingling left leg', 'tingling leg']
>>> forms("press* .. disc")
(Form(parts=(Part(text='press', open_end=True), Part(text='disc', open_end=False)), gaps=(3,)),)
"""

import re
from typing import NamedTuple

_MOST = 2000
_TOKEN = re.compile(r"\\.|\.\.\.|\.\.|[()\[\]|*]|[^\\()\[\]|*.]+|\.")
_GAPS = {"...": "\x02", "..": "\x01", "*": "\x00"}
_WORDS_IN_GAP = {"\x02": 7, "\x01": 3, "\x00": 0}
_CLOSED_BY = {"(": ")", "[": "]"}
_MARK = re.compile("[\x00\x01\x02]")


class TermError(ValueError):
    """A pattern that cannot be read."""


class Part(NamedTuple):
    """Words that stand together. With an open end the last word may go on."""

    text: str
    open_end: bool


class Form(NamedTuple):
    """One way to write a term: parts, and between each two of them the words that may stand in the gap."""

    parts: tuple[Part, ...]
    gaps: tuple[int, ...]

    def __str__(self) -> str:
        return " .. ".join(f"{part.text}*" if part.open_end else part.text for part in self.parts)


def forms(pattern: str) -> tuple[Form, ...]:
    """Every way to write a pattern. Raises `TermError`."""
    reader = _Reader(pattern)
    texts = reader.alternatives()
    if reader.left():
        raise TermError(f"{pattern!r} closes a bracket that was never opened")
    found = dict.fromkeys(_form(text) for text in texts)
    if not all(form.parts for form in found):
        raise TermError(f"{pattern!r} can be empty")
    return tuple(found)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.tokens = _TOKEN.findall(pattern)
        self.at = 0

    def left(self) -> bool:
        return self.at < len(self.tokens)

    def alternatives(self) -> list[str]:
        """The texts of `a|b|c`, up to a closing bracket."""
        found = self._sequence()
        while self.left() and self.tokens[self.at] == "|":
            self.at += 1
            found = found + self._sequence()
        if len(found) > _MOST:
            raise TermError(f"{self.pattern!r} stands for more than {_MOST} texts")
        return found

    def _sequence(self) -> list[str]:
        found = [""]
        while self.left() and (token := self.tokens[self.at]) not in {"|", ")", "]"}:
            self.at += 1
            if token in _CLOSED_BY:
                options = self.alternatives()
                if not self.left() or self.tokens[self.at] != _CLOSED_BY[token]:
                    raise TermError(f"{self.pattern!r} opens a bracket that is never closed")
                self.at += 1
                if _CLOSED_BY[token] == "]":
                    options.append("")
            else:
                options = [_GAPS.get(token, token.removeprefix("\\"))]
            found = [before + after for before in found for after in options]
            if len(found) > _MOST:
                raise TermError(f"{self.pattern!r} stands for more than {_MOST} texts")
        return found


def _form(text: str) -> Form:
    if _MARK.search(text) is None:
        words = " ".join(text.split())
        return Form((Part(words, open_end=False),), ()) if words else Form((), ())
    parts: list[Part] = []
    gaps: list[int] = []
    start = 0
    for mark in _MARK.finditer(text):
        words = " ".join(text[start : mark.start()].split())
        open_end = mark[0] == "\x00"
        start = mark.end()
        if words:
            parts.append(Part(words, open_end))
            gaps.append(_WORDS_IN_GAP[mark[0]])
        elif gaps:  # `numb* .. leg`: the open end first, then the gap
            gaps[-1] = max(gaps[-1], _WORDS_IN_GAP[mark[0]])
    if words := " ".join(text[start:].split()):
        parts.append(Part(words, open_end=False))
    return Form(tuple(parts), tuple(gaps[: len(parts) - 1]))
