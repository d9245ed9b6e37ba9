"""The comparison itself: what it takes for equal, and what stands on the page."""

from tests.conformance.__main__ import TABLE, table
from tests.conformance.agreement import Row
from tests.conformance.cells import differing


def test_cells_that_differ_are_counted_and_nothing_passes_for_something_else() -> None:
    assert differing([[True, None, "wait"]], [[True, None, "wait"]]) == (3, 0)
    assert differing([[True, None, "wait"]], [[1, False, "stop"]]) == (3, 3)
    assert differing([[None]], [["undefined"]]) == (1, 1)


def test_the_table_replaces_what_stood_between_its_marks() -> None:
    text = table([Row("one", 1000, 0)], [Row("one", 20, 2)], 5, 1)
    assert "| one | 1,000 | 0 | 20 | 2 |" in text
    page = "before\n<!-- agreement -->\nold\n<!-- end of agreement -->\nafter\n"
    assert TABLE.sub("new\n", page) == "before\n<!-- agreement -->\nnew\n<!-- end of agreement -->\nafter\n"
