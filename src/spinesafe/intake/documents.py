"""Files of people to their text: plain, html, docx and pdf. A file that is none of these is refused and named, never guessed at."""

import io
from collections.abc import Callable
from pathlib import PurePath

from spinesafe.intake.problems import InputFault, IntakeError

SUFFIXES = {".txt", ".md", ".docx", ".pdf", ".html", ".htm"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FEW_CONTROLS = 0.01
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_MOST_PAGES = 200
_INLINE = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "wbr",
]
_OTHER_ENCODINGS = ("gb18030", "big5", "windows-1252")


def text_of(data: bytes, name: str) -> str:
    """The text of a file by its name and its first bytes. Raises `IntakeError`."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        return _taken("pdf", _pdf, data, name)
    if data.startswith(b"PK\x03\x04") or suffix == ".docx":
        return _taken("docx", _docx, data, name)
    text = decoded(data, name)
    if suffix in {".html", ".htm"} or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return _taken("html", lambda _: _html(text), data, name)
    return text


def decoded(data: bytes, where: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 that says so. Another encoding is named and refused. Raises `IntakeError`."""
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _fault("text_wrong_encoding", where, encoding="UTF-16 (broken)") from error
    if b"\x00" in data[:4096] or sum(byte in _CONTROLS for byte in data[:4096]) > _FEW_CONTROLS * min(len(data), 4096):
        raise _fault("text_binary", where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault("text_wrong_encoding", where, encoding=_encoding_of(data)) from error


def _encoding_of(data: bytes) -> str:
    """The name of the encoding that a text which is not UTF-8 most likely has."""
    for encoding in _OTHER_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "windows-1252" or sum("\u4e00" <= sign <= "\u9fff" for sign in text) * 4 >= sum(ord(sign) > 127 for sign in text):  # noqa: PLR2004
            return encoding.upper()
    return "an unknown encoding"


def _taken(kind: str, take: Callable[[bytes], str], data: bytes, where: str) -> str:
    try:
        text = take(data)
    except ImportError as error:
        raise _fault("text_reader_not_installed", where, kind=kind) from error
    except Exception as error:  # the libraries raise what they like on a broken file
        raise _fault("text_unreadable", where, detail=f"{kind}: {type(error).__name__}") from error
    if not text.strip():
        raise _fault("text_unreadable", where, detail=f"{kind}: no text in it")
    return text


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages[:_MOST_PAGES])


def _docx(data: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def _html(text: str) -> str:
    """The text that a reader sees, a line for each block: a word that markup divides stays one word."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "noscript", "template", "nav", "header", "footer"], recursive=True)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    body = tree.body
    return body.text(separator="\n", strip=True) if body is not None else ""


def _fault(code: str, where: str, **details: str) -> IntakeError:
    return IntakeError([InputFault(code=code, where=where, details=details)])
