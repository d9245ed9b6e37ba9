"""The table that goes in: every parameter has a column, and unknown is null."""

import duckdb
import msgspec
import pytest

from spinesafe.backends.tables import TableError, columns_of, row_of, table_sql
from spinesafe.backends.tables.columns import KEY
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.parameters import parameters


def facts(**values: Value) -> Facts:
    return {finding: Fact(finding, value, Provenance(source="answer")) for finding, value in values.items()}


def with_finding(name: str, like: str) -> RuleBase:
    rulebase = load()
    more = msgspec.structs.replace(rulebase.findings[like], id=name)
    members = {**rulebase.members, name: rulebase.members[like]}
    return msgspec.structs.replace(rulebase, findings={**rulebase.findings, name: more}, members=members)


def test_every_parameter_has_a_column_of_its_own() -> None:
    columns = columns_of(load())
    assert [column.parameter for column in columns] == list(parameters(load()))
    assert len({column.name for column in columns}) == len(columns)


def test_a_row_names_every_column_and_is_null_where_nothing_is_known() -> None:
    row = row_of({}, load())
    assert list(row) == [column.name for column in columns_of(load())]
    assert {name for name, value in row.items() if value is not None} == {"after_treatment"}


def test_a_row_holds_values_members_and_what_does_not_apply() -> None:
    known = facts(
        saddle_numbness=True,
        leg_pain="both",
        age_years=40.0,
        sphincter_onset_days=Answer.NONE,
        foot_drop=Answer.NOT_EXAMINED,
        pain_region=Members(frozenset({"neck"}), frozenset({"lumbar"})),
    )
    row = row_of(known, load(), after_treatment=True)
    assert {name: value for name, value in row.items() if value is not None} == {
        "saddle_numbness": True,
        "leg_pain": "both",
        "age_years": 40.0,
        "sphincter_onset_days__none": True,
        "pain_region__neck": True,
        "pain_region__lumbar": False,
        "after_treatment": True,
    }


def test_the_statement_makes_the_table() -> None:
    with duckdb.connect() as connection:
        connection.execute(table_sql(load()))
        made = connection.execute("describe people").fetchall()
    types = {"BOOLEAN": "BOOLEAN", "DOUBLE": "DOUBLE", "STRING": "VARCHAR"}
    assert {name: kind for name, kind, *_ in made} == {KEY: "VARCHAR", **{c.name: types[c.type] for c in columns_of(load())}}


@pytest.mark.parametrize(
    ("name", "like", "told"),
    [
        ("order", "saddle_numbness", "'order' cannot be the name of a column"),
        ("person", "saddle_numbness", "'person' and 'person' would share the column person"),
        ("pain_region__neck", "saddle_numbness", "would share the column pain_region__neck"),
    ],
)
def test_a_finding_whose_name_does_not_fit_is_an_error(name: str, like: str, told: str) -> None:
    with pytest.raises(TableError, match=told):
        columns_of(with_finding(name, like))
