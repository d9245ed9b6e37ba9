from itertools import product

import pytest

from spinesafe.backends.evaluate import truth_of
from spinesafe.backends.evaluate.truth import truth_of_value
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase.expression import Atom, Compare, Has, Holds, Is
from tests.backends.evaluate.expressions import ATOMS, VALUES, known

NECK = Members(frozenset({"neck"}))


@pytest.mark.parametrize(
    ("atom", "value", "truth"),
    [
        (Holds("numb"), True, True),
        (Holds("numb"), False, False),
        (Is("leg_pain", "both"), "both", True),
        (Is("leg_pain", "both"), "one", False),
        (Has("where", "neck"), NECK, True),
        (Has("where", "back"), NECK, None),
        (Has("where", "back"), Members(absent=frozenset({"back"})), False),
        # A set that is answered otherwise than as a set has no members.
        (Has("where", "back"), False, False),
        (Has("where", "back"), Answer.NONE, False),
    ],
)
def test_an_atom_is_true_false_or_not_known(atom: Atom, value: Value, *, truth: bool | None) -> None:
    assert truth_of_value(atom, value) is truth


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
    ],
)
def test_a_number_stands_so_to_its_limit(sign: str, *, below: bool, at: bool, above: bool) -> None:
    comparison = Compare("days", sign, 14.0)  # type: ignore[arg-type]
    assert [truth_of_value(comparison, days) for days in (13.5, 14.0, 14.5)] == [below, at, above]


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "=="])
def test_every_comparison_with_a_number_that_does_not_apply_is_false(sign: str) -> None:
    assert truth_of_value(Compare("days", sign, 14.0), Answer.NONE) is False  # type: ignore[arg-type]


@pytest.mark.parametrize("atom", ATOMS, ids=repr)
def test_neither_silence_nor_i_do_not_know_nor_not_examined_is_no(atom: Atom) -> None:
    assert truth_of(atom, {}) is None
    for answer in (Answer.DONT_KNOW, Answer.NOT_EXAMINED):
        assert truth_of(atom, known(**{atom.finding: answer})) is None


def test_every_whole_answer_decides_every_atom_on_it() -> None:
    for atom, (finding, values) in product(ATOMS, VALUES.items()):
        if atom.finding == finding:
            assert None not in {truth_of(atom, known(**{finding: value})) for value in values}
