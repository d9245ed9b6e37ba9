"""Bytes to resources: one document, a bundle, or NDJSON lines. What cannot be read is refused by name, never guessed."""

import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from spinesafe.intake.fhir.resources import BareHead, Bundle, Entry, Head, Raw
from spinesafe.intake.problems import InputFault, IntakeError

T = TypeVar("T")

MOST_BYTES = 64 * 1024 * 1024
"""The largest single document that is read at once. NDJSON files may be of any size."""
_DEEPEST = 20
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_NOT_FINITE = re.compile(rb"\b(?:NaN|Infinity)\b")
_HEAD = re.compile(rb'"resourceType"\s*:')

_heads = msgspec.json.Decoder(Head)
_bare_heads = msgspec.json.Decoder(BareHead)
_bundles = msgspec.json.Decoder(Bundle)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A resource as it stood: its bytes, its place, and the address that its bundle gave it."""

    raw: bytes
    head: Head
    where: str
    full_url: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The resources of a document, and the places of older versions that newer ones replace."""

    found: tuple[Found, ...]
    replaced: tuple[str, ...] = ()


def looks_like_fhir(data: bytes) -> bool:
    """Whether these bytes seem to be a FHIR resource, a bundle or NDJSON of resources."""
    start = data[: 64 * 1024].removeprefix(_BOM).lstrip()
    return start.startswith(b"{") and bool(_HEAD.search(start))


def read_document(data: bytes) -> Document:
    """The resources of one document or of NDJSON text. Raises `IntakeError`."""
    text = _checked(data, "")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and _is_object(lines[0][1]):
        return Document(found=tuple(found for number, line in lines for found in read_line(line, f"line {number}")))
    if len(data) > MOST_BYTES:
        raise _fault("fhir_too_large", "", size=str(len(data) // (1024 * 1024)), most=str(MOST_BYTES // (1024 * 1024)))
    head = _head(text, "")
    if head.resource_type != "Bundle":
        return Document(found=(Found(raw=text, head=head, where=_place(head, "")),))
    document = _unpacked(text, "", 0)
    if not document.found and not document.replaced:
        raise _fault("fhir_no_entries", "Bundle")
    return document


def read_line(line: bytes, where: str) -> Iterator[Found]:
    """The resource of one NDJSON line, or those of a bundle that stands in it. Raises `IntakeError`."""
    text = _checked(line, where)
    head = _head(text, where)
    if head.resource_type == "Bundle":
        yield from _unpacked(text, where, 0).found
    else:
        yield Found(raw=text, head=head, where=_place(head, where))


def _unpacked(text: bytes, where: str, depth: int) -> Document:
    if depth > _DEEPEST:
        raise _fault("fhir_not_json", where, detail="bundles in bundles without end", line="1")
    bundle = _decoded(text, _bundles, where)
    found: list[Found] = []
    replaced: list[str] = []
    kept: set[str] = set()
    for number, entry in enumerate(bundle.entry):
        place = f"{where}entry[{number}]"
        deleted = entry.request is not None and entry.request.method == "DELETE"
        if not bytes(entry.resource):
            if deleted and bundle.type == "history":
                kept.add(entry.full_url)
            continue
        head = _head(bytes(entry.resource), place)
        if head.resource_type == "Bundle":
            inner = _unpacked(bytes(entry.resource), f"{place}.", depth + 1)
            found.extend(inner.found)
            replaced.extend(inner.replaced)
            continue
        # A history lists the newest version first.
        address = entry.full_url or f"{head.resource_type}/{head.id}"
        if bundle.type == "history" and address in kept:
            replaced.append(_place(head, place))
            continue
        kept.add(address)
        found.append(_from_entry(entry, entry.resource, head, place))
    return Document(found=tuple(found), replaced=tuple(replaced))


def _from_entry(entry: Entry, resource: Raw, head: Head, place: str) -> Found:
    return Found(raw=bytes(resource), head=head, where=_place(head, place), full_url=entry.full_url)


def _place(head: Head, where: str) -> str:
    return f"{head.resource_type}/{head.id}" if head.id else where or head.resource_type


def _is_object(line: bytes) -> bool:
    try:
        _heads.decode(line.strip().removeprefix(_BOM))
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _checked(data: bytes, where: str) -> bytes:
    if data.startswith(_OTHER_ENCODINGS):
        raise _fault("fhir_not_utf8", where, detail="UTF-16")
    text = data.removeprefix(_BOM).strip()
    if not text:
        raise _fault("fhir_empty", where)
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _fault("fhir_not_utf8", where, detail=f"byte {error.start}") from error
    return text


def _head(text: bytes, where: str) -> Head:
    try:
        head = _heads.decode(text)
    except msgspec.ValidationError:
        # A subject that cannot be read spoils this resource, not the document.
        bare = _decoded(text, _bare_heads, where)
        head = Head(resource_type=bare.resource_type, id=bare.id)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json(text, where, str(error)) from error
    if not head.resource_type:
        raise _fault("fhir_not_fhir", where, detail="resourceType")
    return head


def _decoded(text: bytes, decoder: msgspec.json.Decoder[T], where: str) -> T:
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        raise _fault("fhir_not_fhir", where, detail=str(error)) from error


def _not_json(text: bytes, where: str, detail: str) -> IntakeError:
    if _NOT_FINITE.search(_STRING.sub(b"", text)):
        return _fault("fhir_not_finite", where)
    if "truncated" in detail:
        return _fault("fhir_truncated", where)
    at = re.search(r"byte (\d+)", detail)
    line = text[: int(at[1])].count(b"\n") + 1 if at else 1
    return _fault("fhir_not_json", where, detail=detail, line=str(line))


def _fault(code: str, where: str, **details: str) -> IntakeError:
    return IntakeError([InputFault(code=code, where=where, details=details)])
