"""`spinesafe export`: the rule base in the languages of others, as files."""

from pathlib import Path, PurePosixPath
from typing import Literal

from rich.console import Console
from rich.text import Text as Line

from spinesafe.backends.exports import Kind, export
from spinesafe.backends.tables import decision_sql, table_sql
from spinesafe.rulebase import RuleBase, load

NO_DMN = (
    "There is no DMN: no public engine was found that reads DMN 1.3 and keeps what is not known apart from no, and rules that have "
    "never been run elsewhere are not exported as if they had been. For an engine, export cql or elm; for tables to sign, markdown."
)


def write_export(kind: Kind | Literal["sql", "dmn"], folder: Path) -> int:
    """Writes the files of a kind of export and names them; 2 where there is no such kind, or the folder cannot be written to."""
    if kind == "dmn":
        return _refuse(NO_DMN)
    console = Console(highlight=False, soft_wrap=True)
    try:
        for name, text in (_sql(load()) if kind == "sql" else export(kind, load())).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            console.print(str(path))
    except OSError as error:
        return _refuse(f"{folder} cannot be written to: {error.strerror}")
    return 0


def _refuse(why: str) -> int:
    Console(stderr=True, highlight=False, soft_wrap=True).print(Line(why, style="bold red"))
    return 2


def _sql(rulebase: RuleBase) -> dict[PurePosixPath, str]:
    """The statement that makes the table, and the query over it."""
    return {
        PurePosixPath("people.sql"): table_sql(rulebase),
        PurePosixPath("decision.sql"): decision_sql(rulebase, parts=("decision", "rules", "grid")),
    }
