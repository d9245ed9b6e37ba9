"""The whole rule base as one SQL query."""

from collections.abc import Collection
from typing import Literal, TypeAlias, get_args

from spinesafe.backends.tables.atoms import UNREADABLE, Inputs
from spinesafe.backends.tables.columns import KEY, columns_of
from spinesafe.backends.tables.decision import Deciding
from spinesafe.backends.tables.line import Line, checked_name
from spinesafe.backends.tables.program import Joins, add_steps
from spinesafe.rulebase import RuleBase

Part: TypeAlias = Literal["decision", "rules", "grid", "outputs"]
PARTS: tuple[Part, ...] = get_args(Part)


def decision_sql(rulebase: RuleBase, table: str = "people", *, parts: Collection[Part] = ("decision", "rules")) -> str:
    """The query that decides for everybody in a table of `columns_of`. Raises `TableError`.

    It gives one row a person: who it is, the columns of each part that is asked for, and the columns that were unreadable.
    """
    checked_name(table, of="a table")
    columns = columns_of(rulebase)
    line = Line([KEY, *(column.name for column in columns)])
    inputs = Inputs(rulebase, columns, line).add()
    joins = Joins(rulebase, line)
    deciding = Deciding(rulebase, line, joins, joins.add(add_steps(rulebase.program, inputs, line)))
    told = {"decision": deciding.decision, "rules": deciding.rules, "grid": deciding.grid, "outputs": deciding.outputs}
    wanted = [name for part in PARTS if part in parts for name in told[part]()]
    head = (
        f"-- spinesafe {rulebase.version}, knowledge {rulebase.digest}. Written from the knowledge: change that, not this.\n"
        "-- A decision support for spines, not a diagnosis, and not clinically validated. Null is not known, and never no.\n"
    )
    return f"{head}{line.select(table, [KEY, *wanted, UNREADABLE])}\n"
