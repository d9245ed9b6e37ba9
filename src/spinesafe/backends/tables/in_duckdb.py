"""Runs the query in DuckDB, on Arrow tables in memory. Needs the extra `population`."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from spinesafe.backends.tables.columns import KEY, columns_of
from spinesafe.backends.tables.query import Part, decision_sql
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.parameters import Held

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "people"


def people_table(rulebase: RuleBase, people: Iterable[tuple[str, Mapping[str, Held]]]) -> "pa.Table":
    """People as an Arrow table: who it is, and a row as `row_of` makes it."""
    import pyarrow as pa

    types = {"BOOLEAN": pa.bool_(), "DOUBLE": pa.float64(), "STRING": pa.string()}
    fields = [(KEY, pa.string()), *((column.name, types[column.type]) for column in columns_of(rulebase))]
    return pa.Table.from_pylist([{KEY: person, **row} for person, row in people], schema=pa.schema(fields))


def decide(rulebase: RuleBase, people: "pa.Table", *, parts: Collection[Part] = ("decision", "rules"), threads: int = 0) -> "pa.Table":
    """The answers of `decision_sql` for a table of `people_table`, in no order. `threads` of 0 is as many as there are cores."""
    import duckdb

    with duckdb.connect(config={"threads": threads} if threads else {}) as connection:
        connection.register(TABLE, people)
        return connection.sql(decision_sql(rulebase, TABLE, parts=parts)).to_arrow_table()
