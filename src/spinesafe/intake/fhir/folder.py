"""A folder of a bulk export: NDJSON files by type of resource, brought together by person without holding them all in memory."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from pathlib import Path

import msgspec

from spinesafe.intake.fhir.directory import Entry
from spinesafe.intake.fhir.document import MOST_BYTES, Document, Found, read_document, read_line
from spinesafe.intake.fhir.resources import SHARED, TYPES, Identifier, Reference
from spinesafe.intake.fhir.source import Person, decode, people_in, say_unread
from spinesafe.intake.problems import InputFault, IntakeError

_LINES = frozenset({".ndjson", ".jsonl"})
_DOCUMENTS = frozenset({".json"})
_NUMBERS_A_LINE = 4


class _Lines:
    """Where the lines about one person stand: file, byte, length and number of each; and what else there was."""

    def __init__(self) -> None:
        self.places: MutableSequence[int] = array("Q")
        self.unread: Counter[str] = Counter()

    def add(self, place: Iterable[int]) -> None:
        """One more line, or the lines of another account."""
        self.places.extend(place)


def people_of(folder: Path) -> Iterator[Person]:
    """The people of a folder, one after another. Raises `IntakeError`, with file and line, before or between them."""
    files = sorted(path for path in folder.iterdir() if path.suffix in _LINES) if folder.is_dir() else []
    documents = sorted(path for path in folder.iterdir() if path.suffix in _DOCUMENTS) if folder.is_dir() else []
    if not files and not documents:
        raise IntakeError([InputFault(code="fhir_no_files", where=folder.name)])
    yield from _Export(files).people() if files else ()
    for path in documents:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.stat().st_size, path.name)
        try:
            yield from people_in(read_document(path.read_bytes()))
        except IntakeError as error:
            raise IntakeError(_in_file(fault, path.name) for fault in error.faults) from error


class _Export:
    def __init__(self, files: list[Path]) -> None:
        self._files = files
        self._people: dict[str, _Lines] = {}
        self._nobodys = _Lines()
        self._identified: dict[tuple[str, str], str] = {}
        self._shared: list[Entry] = []
        self._conditional: dict[str, _Lines] = {}
        self._scan()

    def people(self) -> Iterator[Person]:
        for query, lines in self._conditional.items():
            system, _, value = query.partition("|")
            self._join(self._identified.get((system, value), f"Patient?identifier={query}"), lines)
        if len(self._people) == 1:
            self._join(next(iter(self._people)), self._nobodys)
            self._nobodys = _Lines()
        for lines in self._people.values():
            yield from self._read(lines)
        if self._nobodys.places:
            yield from self._read(self._nobodys)

    def _join(self, key: str, lines: _Lines) -> None:
        held = self._people.setdefault(key, _Lines())
        held.add(lines.places)
        held.unread.update(lines.unread)

    def _read(self, lines: _Lines) -> Iterator[Person]:
        found = tuple(one for line, where in self._lines_at(lines.places) for one in read_line(line, where))
        if not found:
            return
        for person in people_in(Document(found=found), self._shared):
            for kind, count in sorted(lines.unread.items()):
                for _ in range(count):
                    say_unread(person, kind, kind)
            yield person

    def _lines_at(self, places: Sequence[int]) -> Iterator[tuple[bytes, str]]:
        opened = {number: self._files[number].open("rb") for number in set(places[::_NUMBERS_A_LINE])}
        try:
            for at in range(0, len(places), _NUMBERS_A_LINE):
                file, start, length, number = places[at : at + _NUMBERS_A_LINE]
                opened[file].seek(start)
                yield opened[file].read(length), f"{self._files[file].name}:{number}"
        finally:
            for handle in opened.values():
                handle.close()

    def _scan(self) -> None:
        for number, path in enumerate(self._files):
            start = 0
            with path.open("rb") as file:
                for line_number, line in enumerate(file, 1):
                    if line.strip():
                        self._place(line, (number, start, len(line), line_number), f"{path.name}:{line_number}")
                    start += len(line)

    def _place(self, line: bytes, place: tuple[int, int, int, int], where: str) -> None:
        if len(line) > MOST_BYTES:
            raise _too_large(len(line), where)
        found = next(iter(read_line(line, where)))
        kind = found.head.resource_type
        if kind in SHARED:
            self._share(found, kind)
            return
        lines = self._whose(found)
        if kind in TYPES:
            lines.add(place)
        else:
            lines.unread[kind] += 1

    def _share(self, found: Found, kind: str) -> None:
        resource = decode(found.raw, TYPES[kind])[0] if kind in TYPES else None
        if resource is not None:
            self._shared.append(Entry(resource=resource, where=found.where))

    def _whose(self, found: Found) -> _Lines:
        if found.head.resource_type == "Patient":
            key = f"Patient/{found.head.id}"
            for identifier in msgspec.json.decode(found.raw, type=_Identified).identifier:
                self._identified.setdefault((identifier.system, identifier.value), key)
            return self._people.setdefault(key, _Lines())
        reference: Reference = found.head.subject or found.head.patient or Reference()
        text = reference.reference.partition("/_history/")[0]
        query = text.partition("Patient?identifier=")[2]
        if not text and reference.identifier:
            query = f"{reference.identifier.system}|{reference.identifier.value}"
        if query:
            return self._conditional.setdefault(query, _Lines())
        # An export comes from one server, however it writes its addresses.
        kind, _, name = text.rpartition("/")
        if not text or (kind and kind.rpartition("/")[2] != "Patient"):
            return self._nobodys
        return self._people.setdefault(f"Patient/{name}" if kind else text, _Lines())


class _Identified(msgspec.Struct, frozen=True):
    identifier: tuple[Identifier, ...] = ()


def _in_file(fault: InputFault, name: str) -> InputFault:
    return msgspec.structs.replace(fault, where=f"{name}: {fault.where}".rstrip(": "))


def _too_large(size: int, where: str) -> IntakeError:
    details = {"size": str(size // (1024 * 1024)), "most": str(MOST_BYTES // (1024 * 1024))}
    return IntakeError([InputFault(code="fhir_too_large", where=where, details=details)])
