"""What came of the proofs, as data: for the terminal, for JSON and for the pages."""

from typing import Literal, TypeAlias

import msgspec

from spinesafe.model.text import Text

Verdict: TypeAlias = Literal["proved", "refuted", "undecided", "proved_of_nobody", "not_accepted"]
"""`undecided` is the solver's unknown or a timeout; `not_accepted` a list that holds more than was signed. Only `proved` is a pass."""


class CounterExample(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody for whom a theorem does not hold: in a sentence, as cases that can be run, and with the rules that are at stake."""

    sentence: Text
    rules: tuple[str, ...]
    part: str
    case_file: str
    fails: bool
    """Whether a case of the file says what must come out, so that it fails as long as the theorem does."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One theorem: what it says, what it assumes, who shows that it speaks of somebody, and how it ended."""

    theorem: str
    statement: Text
    verdict: Verdict
    seconds: float
    questions: int
    parts: tuple[str, ...] = ()
    assumptions: tuple[Text, ...] = ()
    witness: Text | None = None
    counter_example: CounterExample | None = None
    listed: tuple[dict[str, Text], ...] = ()
    not_accepted: tuple[dict[str, Text], ...] = ()
    counted: dict[str, int] = {}
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the theorem is proved."""
        return self.verdict == "proved"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of an overlay: what it is, where it stands, and whether it takes the place of a built-in one."""

    kind: str
    id: str
    place: str
    replaces: bool


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All theorems of one rule base. It `holds` where every one of them is proved."""

    version: str
    digest: str
    holds: bool
    seconds: float
    overlay: tuple[Change, ...] = ()
    results: tuple[Result, ...]
