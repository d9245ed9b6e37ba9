"""The table that goes in: one row a person, one column a finding, one for each member of a set. Null is: not known.

"I don't know" and "not examined" are not known either, hence null. A number that does not apply ("never operated") is not a null: it
has a column of its own, and every comparison with such a number is false. A choice may also be answered in the words `dont_know` and
`not_examined`, as answers are written elsewhere.
"""

from typing import Literal

import msgspec

from spinesafe.backends.tables.line import TableError, checked_name
from spinesafe.model.fact import Facts
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.parameters import AFTER_TREATMENT, Held, Parameter, parameters, parameters_of

KEY = "person"
"""The column that says who it is."""
_TYPES: dict[str, Literal["BOOLEAN", "DOUBLE", "STRING"]] = {"Boolean": "BOOLEAN", "Decimal": "DOUBLE", "String": "STRING"}


class Column(msgspec.Struct, frozen=True):
    """A column of the table, with the parameter of the rule base that it holds. The type is one that DuckDB and Spark both know."""

    name: str
    type: Literal["BOOLEAN", "DOUBLE", "STRING"]
    parameter: Parameter


def column_name(parameter: str) -> str:
    """The column of a parameter: `pain_region: neck` lies in `pain_region__neck`."""
    return checked_name(parameter.replace(": ", "__"), of="a column")


def columns_of(rulebase: RuleBase) -> tuple[Column, ...]:
    """All columns but that of who it is. Raises `TableError`."""
    seen = {KEY: Column(KEY, "STRING", Parameter(KEY, "String", "", None))}
    for parameter in parameters(rulebase):
        column = Column(column_name(parameter.name), _TYPES[parameter.type], parameter)
        if column.name in seen:
            both = f"{seen[column.name].parameter.name!r} and {parameter.name!r}"
            raise TableError(f"{both} would share the column {column.name}, so one would be read as the other. Rename one of them.")
        seen[column.name] = column
    _, *columns = seen.values()
    return tuple(columns)


def table_sql(rulebase: RuleBase, table: str = "people") -> str:
    """The statement that makes the empty table."""
    lines = [f"  {column.name} {column.type}, -- {_said(column.parameter)}" for column in columns_of(rulebase)]
    return "\n".join([f"create table {checked_name(table, of='a table')} (", *lines, f"  {KEY} STRING not null\n);\n"])


def _said(parameter: Parameter) -> str:
    if parameter.label is None:
        return "true in a follow-up during or after a treatment | 治疗中或治疗后随访时为真"
    return " ".join(f"{parameter.label.en} | {parameter.label.zh}".split())


def row_of(facts: Facts, rulebase: RuleBase, *, after_treatment: bool = False) -> dict[str, Held]:
    """A person as a row, without the column of who it is."""
    held = parameters_of(facts, rulebase, after_treatment=after_treatment)
    return {column_name(name): value for name, value in held.items()}


FOLLOW_UP = column_name(AFTER_TREATMENT)
"""The column that is true in a follow-up. Null is false: a first visit."""
