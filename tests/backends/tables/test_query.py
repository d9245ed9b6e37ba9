"""The query on a few rules: what is read from the columns, and what is told. The whole rule base is compared in `tests/conformance`."""

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import duckdb
import msgspec
import pytest

from spinesafe.backends.tables import TableError, columns_of, decision_sql
from spinesafe.backends.tables.in_duckdb import decide, people_table
from spinesafe.backends.tables.query import PARTS
from spinesafe.rulebase import CheckedRule, RuleBase, load
from spinesafe.rulebase.effects import Effect
from spinesafe.rulebase.expression import FALSE, TRUE, Compare, Expression, Has, Holds, Is, Named, Not
from spinesafe.rulebase.parameters import Held
from spinesafe.rulebase.program import compile_program
from spinesafe.rulebase.rulebase import Watched

RULES: dict[str, Expression] = {
    "numb": Holds("saddle_numbness"),
    "old": Compare("age_years", ">=", 60.0),
    "young": Compare("age_years", "<", 18.0),
    "recent": Compare("sphincter_onset_days", "<=", 14.0),
    "not_recent": Not(Compare("sphincter_onset_days", "<=", 14.0)),
    "one_drop": Compare("ng65_count", "==", 1.0),
    "both_legs": Is("leg_pain", "both"),
    "neck": Has("pain_region", "neck"),
    "taken_for_so": Named("taken", Holds("foot_drop"), when_not_known=True),
    "not_taken_for_so": Named("not_taken", Holds("foot_drop"), when_not_known=False),
    "unless_taken_for_so": Not(Named("taken", Holds("foot_drop"), when_not_known=True)),
    "always": TRUE,
    "never": FALSE,
}


def rulebase_of(rules: Mapping[str, Expression]) -> RuleBase:
    """The rule base of some rules that each raise to an emergency, and of nothing else."""
    whole = load()
    like = next(rule for rule in whole.rules if rule.then.urgency == "emergency_now")
    raises = (Effect.of(TRUE, whole.layout.outcome(like.then.urgency)),)

    def rule(name: str, when: Expression, *, later: bool = False) -> CheckedRule:
        return msgspec.structs.replace(like, id=name, when=when, effects=raises, after_treatment=later)

    made = (*(rule(name, when) for name, when in rules.items()), rule("later", Holds("foot_drop"), later=True))
    nothing = Watched(hurts={}, applies={}, advice={}, owners=(), definitions={})
    return msgspec.structs.replace(whole, rules=made, program=compile_program(rule.when for rule in made), watched=nothing)


@cache
def few() -> RuleBase:
    return rulebase_of(RULES)


def told(**columns: Held) -> Mapping[str, Any]:
    """What the query says of one person."""
    return told_of(tuple(columns.items()))


@cache
def told_of(columns: tuple[tuple[str, Held], ...]) -> Mapping[str, Any]:
    (row,) = decide(few(), people_table(few(), [("somebody", dict(columns))]), threads=1).to_pylist()
    assert row["person"] == "somebody"
    held: Mapping[str, Any] = row
    return held


def fired(**columns: Held) -> set[str]:
    return set(told(**columns)["fired"].split()) - {"always", "taken_for_so"}


def undecided(**columns: Held) -> set[str]:
    return set(told(**columns)["undecided"].split())


ALL_OPEN = {"numb", "old", "young", "recent", "not_recent", "one_drop", "both_legs", "neck", "not_taken_for_so", "unless_taken_for_so"}


def test_of_somebody_of_whom_nothing_is_known_everything_is_open_and_readings_count() -> None:
    row = told()
    assert set(row["undecided"].split()) == ALL_OPEN
    assert row["fired"] == "taken_for_so always"
    assert row["certain"] == "always"
    assert row["unreadable"] == ""


@pytest.mark.parametrize(
    ("columns", "holds", "decided"),
    [
        ({"saddle_numbness": True}, {"numb"}, {"numb"}),
        ({"saddle_numbness": False}, set(), {"numb"}),
        ({"age_years": 60.0}, {"old"}, {"old", "young"}),
        ({"age_years": 17.5}, {"young"}, {"old", "young"}),
        ({"age_years": 30.0}, set(), {"old", "young"}),
        ({"sphincter_onset_days": 14.0}, {"recent"}, {"recent", "not_recent"}),
        ({"sphincter_onset_days": 15.0}, {"not_recent"}, {"recent", "not_recent"}),
        ({"sphincter_onset_days__none": True}, {"not_recent"}, {"recent", "not_recent"}),
        ({"sphincter_onset_days__none": False}, set(), set()),
        ({"ng65_count": 1.0}, {"one_drop"}, {"one_drop"}),
        ({"ng65_count": 2.0}, set(), {"one_drop"}),
        ({"leg_pain": "both"}, {"both_legs"}, {"both_legs"}),
        ({"leg_pain": "one"}, set(), {"both_legs"}),
        ({"pain_region__neck": True}, {"neck"}, {"neck"}),
        ({"pain_region__lumbar": True}, set(), set()),
        ({"foot_drop": True}, {"not_taken_for_so"}, {"not_taken_for_so", "unless_taken_for_so"}),
        ({"foot_drop": False}, {"unless_taken_for_so"}, {"not_taken_for_so", "unless_taken_for_so"}),
        ({"foot_drop": True, "after_treatment": True}, {"not_taken_for_so", "later"}, {"not_taken_for_so", "unless_taken_for_so"}),
        ({"leg_pain": "dont_know"}, set(), set()),
        ({"leg_pain": "not_examined"}, set(), set()),
    ],
    ids=lambda given: " ".join(f"{k}={v}" for k, v in given.items()) if isinstance(given, dict) else " ".join(sorted(given)),
)
def test_a_column_decides_what_reads_it_and_nothing_else(columns: dict[str, Held], holds: set[str], decided: set[str]) -> None:
    assert fired(**columns) == holds
    assert undecided(**columns) == ALL_OPEN - decided
    assert told(**columns)["unreadable"] == ""


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"leg_pain": "banana"}, "leg_pain"),
        ({"age_years": 300.0}, "age_years"),
        ({"age_years": -1.0}, "age_years"),
        ({"age_years": math.nan}, "age_years"),
        ({"age_years": math.inf}, "age_years"),
        ({"sphincter_onset_days": 3.5}, "sphincter_onset_days"),
        ({"sphincter_onset_days": 3.0, "sphincter_onset_days__none": True}, "sphincter_onset_days"),
        ({"leg_pain": "", "ng65_count": 99.0}, "leg_pain ng65_count"),
    ],
    ids=str,
)
def test_what_cannot_be_is_not_known_and_never_no_and_is_named(columns: dict[str, Held], named: str) -> None:
    row = told(**columns)
    assert set(row["unreadable"].split()) == set(named.split())
    assert set(row["undecided"].split()) == ALL_OPEN
    assert row["fired"] == "taken_for_so always"


def test_one_atom_in_two_readings_is_looked_at_once() -> None:
    numb = Holds("saddle_numbness")
    twice = rulebase_of({"plain": Not(numb), "read": Not(Named("taken", numb, when_not_known=True))})
    (row,) = decide(twice, people_table(twice, [("somebody", {"saddle_numbness": False})])).to_pylist()
    assert row["fired"] == "plain read"
    assert decision_sql(twice).count("saddle_numbness is null") == 1


def test_each_part_has_its_columns() -> None:
    with duckdb.connect() as connection:
        connection.register("people", people_table(few(), []))
        names = {part: connection.sql(decision_sql(few(), parts=[part])).columns for part in PARTS}
    assert {tuple(columns[:: len(columns) - 1]) for columns in names.values()} == {("person", "unreadable")}
    assert names["rules"][1:-1] == ["fired", "certain", "undecided"]
    assert len(names["grid"]) == 2 + 3 * len(few().layout.techniques) * len(few().layout.regions)
    assert names["outputs"][1:-1] == [f"o{place}" for place in range(len(RULES) + 1)]
    assert names["decision"][1] == "urgency"


def test_a_column_that_is_missing_is_the_engine_s_own_error_and_no_null() -> None:
    table = people_table(few(), [("somebody", {})]).drop_columns(["foot_drop"])
    with pytest.raises(duckdb.BinderException, match="foot_drop"):
        decide(few(), table)


def test_no_more_than_the_small_dialect_is_used() -> None:
    sql = re.sub(r"'(?:[^']|'')*'|--.*", "", decision_sql(load(), parts=PARTS))
    assert set(re.findall(r"(\w+)\(", sql)) == {"cast", "coalesce", "concat_ws", "floor"}
    assert set(re.findall(r"[^\w\s.,()]+", sql)) == {"&", "|", "*", "-", "=", "<>", "<", "<=", ">", ">="}
    assert '"' not in sql


def test_the_whole_query_is_the_same_each_time_and_says_of_what_it_was_written() -> None:
    assert decision_sql(load()) == decision_sql(load())
    assert load().digest in decision_sql(load()).splitlines()[0]


@pytest.mark.parametrize("table", ["people; drop table people", "select", ""])
def test_a_table_whose_name_is_none_is_refused(table: str) -> None:
    with pytest.raises(TableError, match="cannot be the name of a table"):
        decision_sql(few(), table)


def test_a_comparison_that_no_engine_can_write_is_an_error() -> None:
    with pytest.raises(TableError, match="age_years >= inf compares with no number"):
        decision_sql(rulebase_of({"endless": Compare("age_years", ">=", math.inf)}))


def test_a_finding_that_is_called_as_an_answer_is_an_error() -> None:
    whole = load()
    more = msgspec.structs.replace(whole.findings["saddle_numbness"], id="urgency")
    broken = msgspec.structs.replace(whole, findings={**whole.findings, "urgency": more}, members={**whole.members, "urgency": ()})
    assert "urgency" in {column.name for column in columns_of(broken)}
    with pytest.raises(TableError, match="two columns would be called urgency"):
        decision_sql(broken)


def test_a_rule_base_without_choices_and_numbers_has_nothing_that_is_unreadable() -> None:
    whole = load()
    kept = {f.id: f for f in whole.findings.values() if f.kind in {"boolean", "set"}}
    alone = msgspec.structs.replace(rulebase_of({"numb": Holds("saddle_numbness")}), findings=kept)
    (row,) = decide(alone, people_table(alone, [("somebody", {"saddle_numbness": True})])).to_pylist()
    assert (row["fired"], row["unreadable"]) == ("numb", "")
