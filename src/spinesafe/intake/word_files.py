"""The text of a docx file, all of it that a reader sees: also what stands in text boxes, form fields, margins and notes.

`Document.paragraphs` leaves out form fields, text boxes and inserted words of tracked changes, so the elements are walked. Elements are
those of ECMA-376 part 1, WordprocessingML.
"""

import io
from collections.abc import Iterator
from typing import Any

_MARGINS_BEFORE, _BEHIND = ("header",), ("footnotes", "endnotes", "comments", "footer")
_SAYS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_SHOWN = {"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"}
_IN_A_TEXT_BOX = "txbxContent"


def lines(data: bytes) -> Iterator[str]:
    """The lines of a file: margins, paragraphs and rows of tables in order, notes, lower margins. Raises what a broken file makes it."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document(io.BytesIO(data))
    parts: dict[str, list[Any]] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in (*_MARGINS_BEFORE, *_BEHIND) and not relation.is_external:
            parts.setdefault(kind, []).append(parse_xml(relation.target_part.blob))
    before = [root for kind in _MARGINS_BEFORE for root in parts.get(kind, ())]
    behind = [root for kind in _BEHIND for root in parts.get(kind, ())]
    for root in (*before, document.element.body, *behind):
        yield from (line for line in _blocks(root) if line.strip())


def _blocks(element: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml, which carries no types
    """A line for each paragraph and each row of a table below an element."""
    for child in element:
        match _name(child):
            case "p":
                yield "".join(_words(child))
                for box in _boxes(child):
                    yield from _blocks(box)
            case "tr":
                cells = [" ".join(line for line in _blocks(cell) if line.strip()) for cell in _cells(child)]
                yield " | ".join(cells)
            case name if name not in _NOT_SHOWN:
                yield from _blocks(child)


def _cells(row: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    for child in row:
        if _name(child) == "tc":
            yield child
        elif _name(child) not in _NOT_SHOWN:
            yield from _cells(child)


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SAYS:
            yield _SAYS[name]
        elif name not in _NOT_SHOWN and name != _IN_A_TEXT_BOX:
            yield from _words(child)


def _boxes(element: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    for child in element:
        name = _name(child)
        if name == _IN_A_TEXT_BOX:
            yield child
        elif name not in _NOT_SHOWN:
            yield from _boxes(child)


def _name(element: Any) -> str:  # noqa: ANN401 - as above
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
