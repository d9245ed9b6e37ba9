"""A line of columns becomes steps, each resting on the one before."""

import pytest

from spinesafe.backends.tables.line import Line, TableError, checked_name, text


def line(**columns: str) -> Line:
    made = Line(["person", "a", "b"])
    for name, sql in columns.items():
        made.add(name, sql)
    return made


def words(sql: str) -> str:
    return " ".join(sql.split())


def test_what_rests_on_the_table_alone_is_one_step() -> None:
    assert words(line(both="a & b").select("people", ["person", "both"])) == "select person, a & b as both from people"


def test_what_is_read_twice_is_computed_once_and_handed_on_as_long_as_it_is_read() -> None:
    made = line(_x="a & b", y="_x | a", z="_x | y")
    assert words(made.select("people", ["z", "person"])) == (
        "with step_1 as ( select person, a, a & b as _x from people ), "
        "step_2 as ( select person, _x, _x | a as y from step_1 ) "
        "select _x | y as z, person from step_2"
    )


def test_what_is_read_once_is_written_where_it_is_read() -> None:
    assert words(line(_x="a & b", _y="_x | a", z="_y & b").select("people", ["z"])) == "select ((a & b) | a) & b as z from people"


def test_what_nobody_reads_is_left_out_and_a_text_is_no_name() -> None:
    assert words(line(_x="a & b", z="case when a then '_x it''s' end").select("people", ["z"])) == (
        "select case when a then '_x it''s' end as z from people"
    )


def test_two_columns_of_one_name_are_refused() -> None:
    for taken in ("a", "x"):
        with pytest.raises(TableError, match=f"two columns would be called {taken}"):
            line(x="a").add(taken, "b")


@pytest.mark.parametrize("name", ["order", "Pain", "pain region", "2nd", "_x", "", "people; drop table people", 'x"'])
def test_a_name_that_engines_read_in_their_own_way_is_refused(name: str) -> None:
    with pytest.raises(TableError, match="cannot be the name of a table"):
        checked_name(name, of="a table")


def test_a_quotation_mark_in_a_text_ends_nothing() -> None:
    assert text("it's") == "'it''s'"
