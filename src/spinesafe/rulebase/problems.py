"""What can be wrong with knowledge files, said so that an author can mend it."""

import difflib
from collections.abc import Iterable

import msgspec


class Place(msgspec.Struct, frozen=True):
    """A line of a knowledge file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: a stable code, where it stands, what was found, why it matters, how to mend it."""

    code: str
    place: Place
    found: str
    why: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning" if self.warning else "error"
        return f"{self.place}: {kind} [{self.code}] {self.found}\n    why it matters: {self.why}\n    to mend it: {self.mend}"


class KnowledgeError(Exception):
    """Knowledge that cannot be used. Holds every problem that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """A phrase that names the known words nearest to one that is not known, or the empty string."""
    close = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else ""
