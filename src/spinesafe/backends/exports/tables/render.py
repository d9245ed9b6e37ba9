"""Tables as Markdown, and as one HTML page that prints well."""

from collections.abc import Iterable
from html import escape

from spinesafe.backends.exports.tables.tables import Cell, Table
from spinesafe.model.text import Language

_STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 2rem }
th, td { border: 1px solid #767676; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: break-word }
th { background: #eef3f3; min-width: 7rem }
th:nth-child(3) { min-width: 11rem }
th:last-child { min-width: 10rem }
@page { size: A4 landscape; margin: 1cm }
@media print { body { font-size: 10px; margin: 0 } tr { break-inside: avoid } thead { display: table-header-group } }
"""


def markdown(title: str, preface: str, tables: Iterable[Table]) -> str:
    """A Markdown page."""
    parts = [f"# {title}\n\n{preface}\n"]
    for table in tables:
        rule = _line("---" for _ in table.heads)
        rows = (_line("<br>".join(escape(line, quote=False).replace("|", "&#124;") for line in cell) for cell in row) for row in table.rows)
        parts.append(f"## {table.title}\n\n" + "\n".join([_line(table.heads), rule, *rows]) + "\n")
    return "\n".join(parts)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def html(title: str, preface: str, tables: Iterable[Table], language: Language) -> str:
    """An HTML page that stands alone."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{"zh-CN" if language == "zh" else "en"}">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>\n{_STYLE}</style></head>',
            f"<body><main><h1>{escape(title)}</h1><p>{escape(preface)}</p>",
            *map(_table, tables),
            "</main></body></html>\n",
        ]
    )


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f"<h2>{escape(table.title)}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _cell(cell: Cell) -> str:
    # A long id may be broken where its words meet.
    return f"<td>{'<br>'.join(escape(line).replace('_', '_<wbr>').replace('/', '/<wbr>') for line in cell)}</td>"
