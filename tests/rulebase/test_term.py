import doctest

import pytest

from spinesafe.rulebase import term
from spinesafe.rulebase.term import Form, Part, TermError, forms


def test_the_examples_of_the_module_run() -> None:
    assert doctest.testmod(term).failed == 0


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("den(y|ies)", ["deny", "denies"]),
        ("[a] disc", ["a disc", "disc"]),
        ("没[有|什么]", ["没有", "没什么", "没"]),
        (r"\(-\)", ["(-)"]),
        ("e.g.", ["e.g."]),
        ("numb*", ["numb*"]),
        ("numb* leg", ["numb* .. leg"]),
        (".. leg", ["leg"]),
        ("leg ..", ["leg"]),
    ],
)
def test_a_pattern_stands_for_its_texts(pattern: str, expected: list[str]) -> None:
    assert [str(form) for form in forms(pattern)] == expected


def test_an_open_end_before_a_gap_keeps_the_gap() -> None:
    assert forms("numb* ... leg") == (Form((Part("numb", open_end=True), Part("leg", open_end=False)), (7,)),)


@pytest.mark.parametrize(
    "pattern", ["(a", "[a", "a)", "a]", "(a]", "[a]", "", "(a|b|c|d|e|f|g)" * 4, "|".join(str(n) for n in range(2002))]
)
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(TermError):
        forms(pattern)
