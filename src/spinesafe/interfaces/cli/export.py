"""`spinesafe export`: the rule base in the languages of others, as files."""

from pathlib import Path, PurePosixPath
from typing import Literal

from rich.console import Console
from rich.text import Text as Line

from spinesafe.backends.exports import Kind, export
from spinesafe.backends.tables import decision_sql, table_sql
from spinesafe.rulebase import RuleBase, load


def write_export(kind: Kind | Literal["sql"], folder: Path) -> int:
    """Writes the files of a kind of export and names them; 2 where the folder cannot be written to."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        for name, text in (_sql(load()) if kind == "sql" else export(kind, load())).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            console.print(str(path))
    except OSError as error:
        told = Line(f"{folder} cannot be written to: {error.strerror}", style="bold red")
        Console(stderr=True, highlight=False, soft_wrap=True).print(told)
        return 2
    return 0


def _sql(rulebase: RuleBase) -> dict[PurePosixPath, str]:
    """The statement that makes the table, and the query over it."""
    return {
        PurePosixPath("people.sql"): table_sql(rulebase),
        PurePosixPath("decision.sql"): decision_sql(rulebase, parts=("decision", "rules", "grid")),
    }
