"""What can be wrong with knowledge files, said so that an author can mend it."""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

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


WHY: Mapping[str, str] = MappingProxyType(
    {
        # found while reading
        "not_yaml": "nothing in this file can be read",
        "no_list": "what stands there would be lost",
        "unknown_kind": "the entries below it would be lost",
        "written_twice": "only the last would count, and nobody would see it",
        "wrong_shape": "an entry that is not understood as written could decide wrongly",
        # found while building
        "twice": "one of the two would silently take the place of the other",
        "not_an_expression": "a rule that cannot be read can never fire",
        "not_in_the_language": "what not every back end can express would mean different things in different places",
        "unknown_name": "a rule that asks for something nobody is asked can never fire",
        "unknown_value": "a rule that waits for an answer nobody can give can never fire",
        "type_mismatch": "a comparison that makes no sense could be read in several ways",
        "not_a_comparison": "a comparison that makes no sense could be read in several ways",
        "count_must_rise": "one danger more must never lower a decision",
        "count_out_of_reach": "the rule would fire for everybody or for nobody",
        "circular": "the definition would never come to an end",
        "reading_too_wide": "more would be taken as true than the one thing that is not known",
        "no_place": "nobody could tell where hands must stay away",
        "danger_lowers": "a person with one danger more would be judged safer",
        "protective_raises": "a person who loses a protection would be judged safer",
        "not_a_pattern": "words that cannot be read are never found in a text",
        "same_cue": "nobody could tell which of the two decides how a text is meant",
        "no_example": "nobody could see, and no test could show, what the cue does",
        "members_differ": "of two things that a text tells nobody could say which counts",
        # found while checking
        "no_source": "nobody could tell where it comes from, nor review it",
        "unknown_source": "the reader would be sent to a document that is not listed",
        "review_overdue": "what was true when it was reviewed may no longer be",
        "unknown_group": "no form would ask this question",
        "unused_group": "a form would show an empty page",
        "unknown_advice": "the person would be told nothing",
        "unused_advice": "nobody would ever be told it",
        "unknown_service": "the person would be sent nowhere",
        "unknown_row": "what hands may do would be decided by a row that is not there",
        "no_row": "an empty cell must not read as permission",
        "row_does_not_read": "a row that never looks at this condition says nothing about it",
        "unknown_finding": "the waiting would never end, or end at once",
        "no_members": "nobody could answer it",
        "members_undeclared": "members without a polarity escape the check that no danger lowers",
        "wrong_silence": "silence would be read as something that the finding cannot be",
        "no_reason_for_mixed": "a finding that both raises and exempts escapes the check that no danger lowers",
        "not_written": "people would read the word FILL",
        "empty_text": "readers of one language would be told nothing",
        "wrong_language": "readers of one language could not read it",
        "braces_differ": "one of the languages would lose a name or a number",
        "shared_term": "a text that uses this term is read as both diseases",
        "unknown_code": "a code that does not exist never meets a record, and its red flags stay asleep",
        "incomplete_code": "records hold the codes below it, and an export of this one would be refused",
        "codes_not_checked": "a mistyped code never meets a record, and its red flags stay asleep",
    }
)
"""Every code that a problem can carry, and why it matters."""

WARNINGS = frozenset({"review_overdue", "unused_group", "unused_advice", "shared_term", "codes_not_checked"})
"""Codes of what an author should know, though the knowledge can be used."""


def problem(code: str, place: Place, found: str, mend: str) -> Problem:
    """A problem, with what its code says about it."""
    return Problem(code=code, place=place, found=found, why=WHY[code], mend=mend, warning=code in WARNINGS)


class KnowledgeError(Exception):
    """Knowledge that cannot be used. Holds every problem that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """A phrase that names the known words nearest to one that is not known, or the empty string."""
    close = closest(word, known)
    return f"did you mean {' or '.join(close)}?" if close else ""


def closest(word: str, known: Iterable[str]) -> list[str]:
    """The known words nearest to one that is not known, three at most."""
    return difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
