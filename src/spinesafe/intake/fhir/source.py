"""Resources by person. Two people are never merged, and nothing that belongs to nobody is given to somebody."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from spinesafe.intake.fhir.account import Account
from spinesafe.intake.fhir.directory import Directory, Entry, identifiers_of
from spinesafe.intake.fhir.document import Document, Found
from spinesafe.intake.fhir.resources import SHARED, TYPES, AnyResource, Reference, Resource
from spinesafe.intake.problems import InputFault, IntakeError

_FIELD = re.compile(r"`\$\.(\w+)")
_NEEDED = frozenset({"resourceType", "subject", "patient"})
"""Fields without which nobody could say what a resource is, or whose."""
_NOBODY = Entry(resource=Resource(resource_type=""), where="")


class Person(msgspec.Struct, kw_only=True, eq=False):
    """What is on record of one person."""

    name: str
    directory: Directory
    entries: list[Entry] = []
    account: Account = msgspec.field(default_factory=Account)


def people_in(document: Document, shared: Iterable[Entry] = ()) -> list[Person]:
    """The people of a document, each with their own resources, in the order in which they first appear.

    `shared` are resources of nobody (practitioners, medicines) that references may also be followed to. Raises `IntakeError` where nothing
    is about a person.
    """
    return _Sorting(document, shared).people()


class _Sorting:
    def __init__(self, document: Document, shared: Iterable[Entry]) -> None:
        self._document = document
        self._unread: list[Found] = []
        self._malformed: list[tuple[Found, str]] = []
        self._repeated: list[tuple[str, str]] = []
        self._others: list[tuple[str, str]] = []
        self._persons: dict[str, Person] = {}
        self._entries = list(self._decoded())
        self._directory = Directory((*self._entries, *shared))

    def people(self) -> list[Person]:
        unsettled = [entry for entry in self._entries if entry.kind not in SHARED and not self._placed(entry)]
        malformed = [(found, why, self._key_of(found)) for found, why in self._malformed]
        unread = [(found, self._key_of(found)) for found in self._unread]
        if not self._persons:
            if not unsettled and not self._malformed:
                kinds = sorted({f.head.resource_type for f in self._document.found})
                raise IntakeError([InputFault(code="fhir_nobody", details={"types": ", ".join(kinds)})])
            self._person("")
        for entry in unsettled:
            self._settle(entry)
        for found, why, key in malformed:
            for person in self._whose(key):
                person.account.warn("fhir_malformed", found.where, detail=why)
        for found, key in unread:
            for person in self._whose(key):
                say_unread(person, found.head.resource_type, found.where)
        self._say_what_was_left_out()
        return self._named()

    def _decoded(self) -> Iterator[Entry]:
        seen: dict[tuple[str, str, str], bytes] = {}
        for found in self._document.found:
            kind = found.head.resource_type
            if kind not in TYPES:
                self._unread.append(found)
                continue
            address = (kind, found.head.id, found.full_url)
            if found.head.id and address in seen:
                same = seen[address] == found.raw
                self._repeated.append((found.where, "fhir_twice_the_same" if same else "fhir_same_id"))
                if same:
                    continue
            seen[address] = found.raw
            resource, faults = decode(found.raw, TYPES[kind])
            if resource is None:
                self._malformed.append((found, faults[-1]))
            else:
                yield Entry(resource=resource, where=found.where, full_url=found.full_url, faults=faults)

    def _placed(self, entry: Entry) -> bool:
        """Whether it is said whose this is, be it somebody here, somebody else, or no person at all."""
        if entry.kind == "Patient":
            self._person(_address(entry)).entries.append(entry)
            return True
        key = self._key(entry.resource.subject or entry.resource.patient, entry)
        if key:
            self._person(key).entries.append(entry)
        return key is not None

    def _key(self, reference: Reference | None, source: Entry) -> str | None:
        if reference is None or not (reference.reference or reference.identifier):
            return None
        found = self._directory.follow(reference, source, "Patient")
        if found is not None and found.kind == "Patient":
            if found.container is None:
                return _address(found)
            known = self._same_person(found)
            if known is None and found.where not in self._persons:
                self._person(found.where).entries.append(found)
            return _address(known or found)
        kind = _kind(reference)
        if kind not in {"", "Patient"}:
            self._others.append((source.where, kind))
            return ""
        return _text(reference)

    def _key_of(self, found: Found) -> str | None:
        """Whose a resource is that was not decoded; its person is made known."""
        source = msgspec.structs.replace(_NOBODY, where=found.where, full_url=found.full_url)
        key = self._key(found.head.subject or found.head.patient, source)
        if key:
            self._person(key)
        return key

    def _same_person(self, contained: Entry) -> Entry | None:
        """The person of the document who bears an identifier of a contained one."""
        held = {(i.system, i.value) for i in identifiers_of(contained.resource)}
        people = (e for e in self._entries if e.kind == "Patient")
        return next((e for e in people if held & {(i.system, i.value) for i in identifiers_of(e.resource)}), None)

    def _person(self, key: str) -> Person:
        return self._persons.setdefault(key, Person(name=key, directory=self._directory))

    def _settle(self, entry: Entry) -> None:
        persons = list(self._persons.values())
        if len(persons) == 1:
            persons[0].entries.append(entry)
            return
        for person in persons:
            person.account.ignore("fhir_whose_is_it", entry.where, people=str(len(persons)))

    def _say_what_was_left_out(self) -> None:
        for person in self._persons.values():
            for entry in person.entries:
                for fault in entry.faults:
                    person.account.warn("fhir_field_malformed", entry.where, detail=fault)
            for where in self._document.replaced:
                person.account.ignore("fhir_older_version", where)
            for where, why in self._repeated:
                person.account.warn(why, where)
            for where, kind in self._others:
                person.account.ignore("fhir_not_about_a_person", where, subject=kind)

    def _whose(self, key: str | None) -> list[Person]:
        return [self._persons[key]] if key else list(self._persons.values())

    def _named(self) -> list[Person]:
        """Each under the shortest name that no other bears."""
        persons = list(self._persons.values())
        short = {person.name: "/".join(person.name.rsplit("/", 2)[-2:]) for person in persons if person.name.startswith("http")}
        for person in persons:
            name = short.get(person.name, person.name)
            if [p.name for p in persons].count(name) + list(short.values()).count(name) == 1:
                person.name = name
        return persons


def say_unread(person: Person, kind: str, where: str) -> None:
    """Say that a resource of a type that is not read was there."""
    if kind == "FamilyMemberHistory":
        person.account.ignore("fhir_family_history", where)
    else:
        person.account.ignore("fhir_type_not_read", where, type=kind)


def decode(raw: bytes, kind: type[AnyResource]) -> tuple[AnyResource | None, tuple[str, ...]]:
    """A resource as its type, and what in it could not be read; nothing where it cannot be read at all.

    A null means nothing, as if it were not there. A field of the wrong shape is left out, so that it does not take a danger with it.
    """
    try:
        return msgspec.json.decode(raw, type=kind), ()
    except RecursionError as error:
        return None, (str(error),)
    except msgspec.ValidationError:
        data = _without_nulls(msgspec.json.decode(raw, type=dict[str, object]))
    faults: list[str] = []
    while True:
        try:
            return msgspec.convert(data, kind), tuple(faults)
        except msgspec.ValidationError as error:
            faults.append(str(error))
            field = _FIELD.search(str(error))
            if field is None or field[1] in _NEEDED or not isinstance(data, dict) or field[1] not in data:
                return None, tuple(faults)
            del data[field[1]]


def _without_nulls(value: object) -> object:
    match value:
        case dict():
            return {key: _without_nulls(part) for key, part in value.items() if part is not None}
        case list():
            return [_without_nulls(part) for part in value if part is not None]
    return value


def _kind(reference: Reference) -> str:
    """The type that a reference says it points to, if it does."""
    if reference.type:
        return reference.type
    text = reference.reference.partition("/_history/")[0]
    if text.startswith(("urn:", "#")):
        return ""
    conditional, question, _ = text.partition("?")
    return conditional if question else text.rpartition("/")[0].rpartition("/")[2]


def _text(reference: Reference) -> str:
    if reference.identifier is not None and not reference.reference:
        return f"{reference.identifier.system}|{reference.identifier.value}"
    return reference.reference.partition("/_history/")[0]


def _address(entry: Entry) -> str:
    """A name for a person that no other person of the document has."""
    if entry.base:
        return entry.full_url
    if entry.container is not None:
        return entry.where
    return f"Patient/{entry.resource.id}" if entry.resource.id else entry.full_url or entry.where
