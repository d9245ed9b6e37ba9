"""The theorems stand in words in the documents. What they list is compared where they are proved."""

from docs.proved import COLUMNS, PAGE, THEOREMS, theorems
from spinesafe.rulebase import load


def test_the_theorems_are_current() -> None:
    assert THEOREMS.read_text(encoding="utf-8") == theorems(load()), "run `python -m docs.proved`"


def test_every_list_has_its_place() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [theorem for theorem in COLUMNS if f"\n## {theorem}\n" not in page] == []
