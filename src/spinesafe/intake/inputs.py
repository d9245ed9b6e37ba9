"""Files, folders and streams to one input a person, whatever they hold: answers, FHIR, or JSON Lines of either."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.intake.documents import SUFFIXES as TEXT_SUFFIXES
from spinesafe.intake.documents import Document, document_of
from spinesafe.intake.fhir import looks_like_fhir, read_fhir, read_fhir_folder
from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.model.reading import Item, Reading
from spinesafe.rulebase import RuleBase

if TYPE_CHECKING:
    from spinesafe.intake.narrative import NarrativeReader

Kind = Literal["answers", "record", "text"]
LINE_KEYS = ("answers", "bundle", "text")
STDIN = "stdin"
"""The name of input that has none: it may be data or free text."""


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One person's input: the reading, or the faults that forbid one. `where` is a path, or a line of one."""

    where: str
    person: str = ""
    kind: Kind = "answers"
    reading: Reading | None = None
    faults: tuple[InputFault, ...] = ()


class Inputs:
    """The reader of inputs for one rule base and one day."""

    def __init__(self, rulebase: RuleBase, as_of: date) -> None:
        self.rulebase, self.as_of = rulebase, as_of

    def of_path(self, path: Path) -> Iterator[Input]:
        """The people of a file, of a bulk folder (grouped by patient), or of a folder of files."""
        where = str(path)
        if not path.exists():
            yield Input(where=where, faults=(InputFault(code="no_such_file", where=where, details={"path": where}),))
        elif path.is_dir():
            yield from self._of_folder(path)
        elif path.suffix.lower() in TEXT_SUFFIXES:
            yield from self._guarded(where, "text", lambda: [self._narrative(document_of(path.read_bytes(), where))])
        else:
            yield from self.of_data(path.read_bytes(), where, lines=path.suffix.lower() == ".jsonl")

    def _of_folder(self, folder: Path) -> Iterator[Input]:
        if any(folder.glob("*.ndjson")):
            yield from self._guarded(str(folder), "record", lambda: read_fhir_folder(folder, self.rulebase, self.as_of))
            return
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in {".json", ".jsonl", ".yaml", ".yml", *TEXT_SUFFIXES})
        if not files:
            yield Input(where=str(folder), faults=(InputFault(code="empty_input", where=str(folder)),))
        for file in files:
            yield from self.of_path(file)

    def of_data(self, data: bytes, where: str, *, lines: bool = False) -> Iterator[Input]:
        """The people of some bytes. Never raises: what cannot be read is an input with faults."""
        if where == STDIN and not _is_data(data, self.rulebase):
            yield from self._guarded(where, "text", lambda: [self._narrative(document_of(data, where))])
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            yield Input(where=where, faults=(InputFault(code="not_utf8", where=where, details={"offset": str(error.start)}),))
            return
        if not text.strip():
            yield Input(where=where, faults=(InputFault(code="empty_input", where=where),))
        elif lines or _is_lines(text):
            yield from self._of_lines(text, where)
        elif looks_like_fhir(data):
            yield from self._guarded(where, "record", lambda: read_fhir(data, self.rulebase, self.as_of))
        else:
            yield from self._guarded(where, "answers", lambda: [self._answers(text, where)])

    def _narrative(self, document: Document, person: str = "") -> Reading:
        """The reading of free text. Raises `IntakeError` where nothing can be read from it."""
        if not document.text.strip():
            raise IntakeError([InputFault(code="empty_input")])
        reading = self._narrator.read(document.text, self.as_of).reading(person)
        if not document.pictures:
            return reading
        missed = Item(where="pages", why="text_pages_unread", details={"pages": document.pages()})
        return msgspec.structs.replace(reading, warnings=(*reading.warnings, missed))

    @cached_property
    def _narrator(self) -> "NarrativeReader":
        try:
            from spinesafe.intake.narrative import NarrativeReader
        except ImportError as error:
            raise IntakeError([InputFault(code="text_not_readable")]) from error
        return NarrativeReader(self.rulebase)

    def _answers(self, text: str, where: str) -> Reading:
        data = parse_answers(text, where)
        if not isinstance(data, dict):
            raise IntakeError([InputFault(code="not_one_kind", where=where)])
        if "answers" in data and set(data) <= {"id", "answers"}:
            return read_answers(data["answers"], self.rulebase, person=str(data.get("id", "")), as_of=self.as_of)
        return read_answers(data, self.rulebase, as_of=self.as_of)

    def _of_lines(self, text: str, where: str) -> Iterator[Input]:
        for number, line in enumerate(text.split("\n"), start=1):  # other signs that end a line may stand in the words of one
            if line.strip():
                yield from self.of_line(line, f"{where}:{number}")

    def of_line(self, line: str, where: str) -> Iterator[Input]:
        """The person of one line of JSON Lines."""
        try:
            data = parse_answers(line, where)
        except IntakeError as error:
            yield Input(where=where, faults=error.faults)
            return
        if (
            not isinstance(data, dict)
            or not isinstance(data.get("id"), str)
            or len([k for k in LINE_KEYS if k in data]) != 1
            or not isinstance(data.get("text", ""), str)
        ):
            yield Input(where=where, faults=(InputFault(code="line_shape", where=where, details={"found": _shape_of(data)}),))
            return
        person = data["id"]
        if "text" in data:
            yield from self._guarded(where, "text", lambda: [self._narrative(Document(data["text"]), person)], person)
        elif "answers" in data:
            read = lambda: [read_answers(data["answers"], self.rulebase, person=person, as_of=self.as_of)]  # noqa: E731
            yield from self._guarded(where, "answers", read, person)
        else:
            record = msgspec.json.encode(data["bundle"])
            yield from self._guarded(where, "record", lambda: read_fhir(record, self.rulebase, self.as_of), person)

    def _guarded(self, where: str, kind: Kind, read: Callable[[], Iterable[Reading]], person: str = "") -> Iterator[Input]:
        try:
            for reading in read():
                named = msgspec.structs.replace(reading, person=person) if person else reading
                yield Input(where=where, person=named.person, kind=kind, reading=named)
        except IntakeError as error:
            yield Input(where=where, person=person, kind=kind, faults=error.faults)
        except RecursionError:
            yield Input(where=where, person=person, kind=kind, faults=(InputFault(code="line_too_deep", where=where),))


def _shape_of(data: object) -> str:
    """What a line holds, in a few words."""
    if not isinstance(data, dict):
        return type(data).__name__
    return ", ".join(f"{key} ({type(value).__name__})" for key, value in data.items()) or "{}"


def _is_lines(text: str) -> bool:
    """Whether a text is JSON Lines of ours: its first line is a whole object with an id and one of our keys."""
    return _has_key(text.lstrip().partition("\n")[0])


def _is_data(data: bytes, rulebase: RuleBase) -> bool:
    """Whether bytes that have no name are data of ours and not free text: JSON, or the name of a finding first."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096].decode("utf-8", "replace")
    if start[:1] in {"{", "["} or not start:
        return True
    lines = [line for line in start.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and lines[0].partition(":")[0].strip() in {*rulebase.findings, "answers", "id", "---"}


def _has_key(line: str) -> bool:
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return False
    return isinstance(data, dict) and "id" in data and any(key in data for key in LINE_KEYS)
