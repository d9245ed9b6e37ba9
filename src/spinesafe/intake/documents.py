"""Files of people to their text: plain, html, docx and pdf. A file that is none of these is refused and named, never guessed at."""

import io
import logging
import re
from collections.abc import Callable
from pathlib import PurePath

import msgspec

from spinesafe.intake.problems import InputFault, IntakeError

SUFFIXES = {".txt", ".md", ".docx", ".pdf", ".html", ".htm"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FEW_CONTROLS = 0.01
_CONTROLS = bytes(sorted({*range(32)} - {9, 10, 12, 13}))
_LOOKED_AT = 4096
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,20})", re.IGNORECASE)
_SHOWS_NOTHING = ["script", "style", "noscript", "template", "nav"]
_INLINE = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "ruby",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
]  # fmt: skip
_FREQUENT: dict[str, Callable[[bytes], bool]] = {
    "gb18030": lambda code: (0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1) or code[0] in {0xA1, 0xA3},  # noqa: PLR2004 - of GB 2312
    "big5": lambda code: 0xA1 <= code[0] <= 0xC6,  # noqa: PLR2004 - of Big5
}
"""Where the frequent characters and signs of an encoding of Chinese stand."""
_MOSTLY = 0.75


class Document(msgspec.Struct, frozen=True):
    """The text of a file, and the pages of it (from 1) that are pictures and hold no text."""

    text: str
    pictures: tuple[int, ...] = ()

    def pages(self) -> str:
        """The pages that could not be read, as people write them."""
        return ", ".join(map(str, self.pictures))


def document_of(data: bytes, name: str) -> Document:
    """The text of a file by its name and its first bytes. Raises `IntakeError`."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        return _taken("pdf", _pdf, data, name)
    if data.startswith(b"PK\x03\x04") or suffix == ".docx":
        return _taken("docx", _docx, data, name)
    if suffix in {".html", ".htm"} or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith((b"<!doctype html", b"<html")):
        text = _decoded_html(data, name)
        return _taken("html", lambda _: _html(text), data, name)
    return Document(decoded(data, name))


def decoded(data: bytes, where: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 that says so. Another encoding is named and refused. Raises `IntakeError`."""
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _fault("text_wrong_encoding", where, encoding="UTF-16 (broken)") from error
    start = data[:_LOOKED_AT]
    if b"\x00" in start and (encoding := _utf_16_without_mark(start)):
        raise _fault("text_wrong_encoding", where, encoding=encoding)
    if b"\x00" in data or len(start) - len(start.translate(None, _CONTROLS)) > _FEW_CONTROLS * len(start):
        raise _fault("text_binary", where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault("text_wrong_encoding", where, encoding=_encoding_of(data)) from error


def _utf_16_without_mark(start: bytes) -> str:
    """The name of the UTF-16 of which every second byte is zero, as it is in English; empty where it is none."""
    pairs = max(1, len(start) // 2)
    for name, zeros, letters in (("UTF-16 LE", start[1::2], start[::2]), ("UTF-16 BE", start[::2], start[1::2])):
        if zeros.count(0) > _MOSTLY * pairs and not letters.count(0):
            return name
    return ""


def _encoding_of(data: bytes) -> str:
    """The name of the encoding that a text which is not UTF-8 most likely has: that in which its characters are frequent ones."""
    shares = {encoding: _share_of_frequent(data, encoding) for encoding in _FREQUENT}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= _MOSTLY:
        return best.upper()
    try:
        data.decode("windows-1252")
    except UnicodeDecodeError:
        return "an unknown encoding"
    return "WINDOWS-1252"


def _share_of_frequent(data: bytes, encoding: str) -> float:
    try:
        codes = [sign.encode(encoding) for sign in data.decode(encoding) if sign > "\x7f"]
    except UnicodeDecodeError:
        return 0.0
    frequent = _FREQUENT[encoding]
    return sum(len(code) == 2 and frequent(code) for code in codes) / max(1, len(codes))  # noqa: PLR2004 - bytes of a character


def _decoded_html(data: bytes, where: str) -> str:
    """A page in the encoding that it declares, else as any text. Raises `IntakeError`."""
    declared = _DECLARED.search(data[:_LOOKED_AT])
    if declared is not None and not data.startswith(_UTF16):
        name = declared[1].decode("ascii").lower()
        encoding = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "windows-1252"}.get(name, name)
        if not encoding.startswith(("utf-8", "utf8", "utf-16", "utf16")):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                pass  # it says so and is not: looked at as any other text
    return decoded(data, where)


def _taken(kind: str, take: Callable[[bytes], Document], data: bytes, where: str) -> Document:
    try:
        document = take(data)
    except ImportError as error:
        raise _fault("text_reader_not_installed", where, kind=kind) from error
    except Exception as error:  # the libraries raise what they like on a broken file
        raise _fault("text_unreadable", where, detail=f"{kind}: {type(error).__name__}") from error
    if not document.text.strip():
        raise _fault("text_unreadable", where, detail=f"{kind}: no text in it")
    return document


def _pdf(data: bytes) -> Document:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is broken is told once, by us
    texts: list[str] = []
    pictures: list[int] = []
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1):
        texts.append(page.extract_text())
        if not texts[-1].strip() and page.images.keys():
            pictures.append(number)
    return Document("\n".join(texts), tuple(pictures))


def _docx(data: bytes) -> Document:
    from spinesafe.intake.word_files import lines

    return Document("\n".join(lines(data)))


def _html(text: str) -> Document:
    """The text that a reader sees, a line for each block: a word that markup divides stays one word."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    tree.strip_tags(_SHOWS_NOTHING, recursive=True)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    body = tree.body
    return Document(body.text(separator="\n", strip=True) if body is not None else "")


def _fault(code: str, where: str, **details: str) -> IntakeError:
    return IntakeError([InputFault(code=code, where=where, details=details)])
