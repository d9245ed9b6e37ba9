"""Whom a reference means: by address, by type and id, by identifier, or inside the resource itself."""

from collections.abc import Iterable
from urllib.parse import unquote

import msgspec

from spinesafe.intake.fhir.resources import TYPES, AnyResource, BareHead, Identifier, Reference

_ADDRESS = 2


class Entry(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A resource that was decoded, with its place and the address that its bundle gave it."""

    resource: AnyResource
    where: str
    full_url: str = ""
    container: "Entry | None" = None
    faults: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The type of the resource."""
        return self.resource.resource_type

    @property
    def base(self) -> str:
        """The server that it came from, as far as its address says."""
        tail = f"/{self.kind}/{self.resource.id}"
        return self.full_url.removesuffix(tail) if self.full_url.startswith("http") and self.full_url.endswith(tail) else ""


class Directory:
    """The resources that references can be followed to."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._every: list[Entry] = []
        self._by_url: dict[str, Entry] = {}
        self._by_id: dict[tuple[str, str], list[Entry]] = {}
        self._by_identifier: dict[tuple[str, str, str], Entry] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Make a resource known."""
        self._every.append(entry)
        if entry.full_url:
            self._by_url.setdefault(entry.full_url, entry)
        if entry.resource.id:
            self._by_id.setdefault((entry.kind, entry.resource.id), []).append(entry)
        for identifier in identifiers_of(entry.resource):
            self._by_identifier.setdefault((entry.kind, identifier.system, identifier.value), entry)

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """All resources of a type."""
        return tuple(entry for entry in self._every if entry.kind == kind)

    def follow(self, reference: Reference | None, source: Entry, expected: str = "") -> Entry | None:
        """The resource that a reference in `source` means, if it is here. `expected` is the type, where the reference does not say it."""
        if reference is None:
            return None
        text = reference.reference.strip()
        if text.startswith("#"):
            return _contained(source, text[1:])
        if found := self._followed(text, source):
            return found
        kind = reference.type or text.partition("/")[0].partition("?")[0] or expected
        if reference.identifier is not None:
            return self._by_identifier.get((kind, reference.identifier.system, reference.identifier.value))
        return None

    def _followed(self, text: str, source: Entry) -> Entry | None:
        if not text:
            return None
        text = text.partition("/_history/")[0]
        if text in self._by_url:
            return self._by_url[text]
        kind, _, query = text.partition("?")
        if query.startswith("identifier="):
            system, bar, value = unquote(query.removeprefix("identifier=").partition("&")[0]).partition("|")
            return self._by_identifier.get((kind, system, value) if bar else (kind, "", system))
        if text.startswith("urn:"):
            same = [e for (_, name), entries in self._by_id.items() if name == text.rpartition(":")[2] for e in entries]
            return _only([e for e in same if not e.full_url])
        parts = text.rsplit("/", _ADDRESS)
        if len(parts) < _ADDRESS:
            return None
        base = parts[0] if len(parts) > _ADDRESS else source.base
        if base and (found := self._by_url.get(f"{base}/{parts[-2]}/{parts[-1]}")):
            return found
        named = self._by_id.get((parts[-2], parts[-1]), [])
        # The same id on another server is another resource.
        return _only([e for e in named if not base or not e.base or e.base == base])


def identifiers_of(resource: AnyResource) -> tuple[Identifier, ...]:
    """The business identifiers of a resource."""
    held = resource.identifier
    return (held,) if isinstance(held, Identifier) else tuple(i for i in held if i.value)


def _only(entries: list[Entry]) -> Entry | None:
    return entries[0] if entries else None


def _contained(source: Entry, name: str) -> Entry | None:
    container = source.container or source
    for raw in container.resource.contained:
        try:
            head = msgspec.json.decode(raw, type=BareHead)
            if head.id.removeprefix("#") != name or head.resource_type not in TYPES:
                continue
            resource = msgspec.json.decode(raw, type=TYPES[head.resource_type])
        except msgspec.DecodeError:
            continue
        return Entry(resource=resource, where=f"{container.where}#{name}", container=container)
    return None
