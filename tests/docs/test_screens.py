"""The page on the interview's length is that of this interview."""

import pytest

from docs.screens import PAGE, row, vectors
from spinesafe.screening import built_in

QUICK = ("T5", "T20", "T35", "T46")
"""Three short interviews and a long one; the others would take too long here."""


def test_every_vector_stands_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [case.id for case in vectors() if f"\n| {case.covers[0]} | {case.note.en} |" not in page] == []


@pytest.mark.parametrize("vector", QUICK)
def test_the_counts_are_current(vector: str) -> None:
    case = next(case for case in vectors() if case.covers[0] == vector)
    assert f"\n| {' | '.join(row(built_in(), case).cells)} |\n" in PAGE.read_text(encoding="utf-8"), "run `make docs`"
