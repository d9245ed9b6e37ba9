"""What `spinesafe claims` is given, as texts: files of several kinds, JSON Lines, the standard input."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import msgspec

from spinesafe.claims import Checker
from spinesafe.intake.documents import decoded, document_of
from spinesafe.intake.problems import IntakeError
from spinesafe.model.claim_report import ClaimReport


class Line(msgspec.Struct):
    """A line of JSON Lines."""

    text: str
    id: str = ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A text, or why there is none. `path` and `first_line` say where it stands."""

    name: str
    path: str
    text: str = ""
    missed: str = ""
    """Pages of it that are pictures."""
    fault: str = ""
    details: dict[str, str] = {}

    def unread(self, checker: Checker) -> ClaimReport:
        """The report of what could not be read."""
        return checker.unread(self.fault, name=self.name, **self.details)


def given(paths: list[str]) -> Iterator[Given]:
    """Every text of some paths; `-` is the standard input."""
    for path in paths:
        if path == "-":
            yield from _of_data(sys.stdin.buffer.read(), "stdin")
            continue
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            yield Given(name=path, path=path, fault="text_unreadable", details={"detail": str(error.strerror or error)})
            continue
        yield from _of_data(data, path)


def _of_data(data: bytes, path: str) -> Iterator[Given]:
    try:
        if PurePath(path).suffix.lower() in {".jsonl", ".ndjson"} or data.lstrip()[:1] == b"{":
            yield from _lines(decoded(data, path), path)
        else:
            document = document_of(data, path)
            yield Given(name=path, path=path, text=document.text, missed=document.pages())
    except IntakeError as error:
        fault = error.faults[0]
        yield Given(name=path, path=path, fault=fault.code, details=fault.details)


def _lines(text: str, path: str) -> Iterator[Given]:
    decoder = msgspec.json.Decoder(Line)
    for number, line in enumerate(text.split("\n"), start=1):  # other signs that end a line may stand in a text
        if line.strip():
            name = f"{path}:{number}"
            try:
                read = decoder.decode(line)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                yield Given(name=name, path=path, fault="text_unreadable", details={"detail": f"line {number}: {error}"})
            else:
                yield Given(name=read.id or name, path=path, text=read.text)
