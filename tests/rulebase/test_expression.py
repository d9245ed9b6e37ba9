import msgspec
import pytest

from spinesafe.rulebase.expression import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Expression,
    Has,
    Holds,
    Is,
    Named,
    Not,
    Or,
    all_of,
    any_of,
    atoms_of,
    negated,
    parts_of,
)

A, B, C = Holds("a"), Holds("b"), Holds("c")


@pytest.mark.parametrize(
    ("made", "is_"),
    [
        (all_of(), TRUE),
        (all_of(A), A),
        (all_of(A, TRUE), A),
        (all_of(A, FALSE, B), FALSE),
        (all_of(A, all_of(B, C)), And((A, B, C))),
        (any_of(), FALSE),
        (any_of(A), A),
        (any_of(A, FALSE), A),
        (any_of(A, TRUE, B), TRUE),
        (any_of(A, any_of(B, C)), Or((A, B, C))),
        (negated(TRUE), FALSE),
        (negated(FALSE), TRUE),
        (negated(A), Not(A)),
        (negated(negated(A)), A),
    ],
)
def test_the_simplest_tree_is_made(made: Expression, is_: Expression) -> None:
    assert made == is_


def test_parts_are_the_nodes_right_below() -> None:
    assert parts_of(And((A, B))) == (A, B)
    assert parts_of(Or((A, B))) == (A, B)
    assert parts_of(AtLeast(2, (A, B, C))) == (A, B, C)
    assert parts_of(Not(A)) == (A,)
    assert parts_of(Named("n", A)) == (A,)
    assert parts_of(A) == ()
    assert parts_of(TRUE) == ()


def test_atoms_come_once_in_reading_order() -> None:
    days = Compare("days", "<=", 14)
    disc = Has("diagnosis", "disc")
    both = Is("leg_pain", "both")
    tree = all_of(days, any_of(disc, negated(both)), Named("often", AtLeast(2, (days, both, A))))
    assert atoms_of(tree) == (days, disc, both, A)


def test_a_tree_survives_being_kept() -> None:
    tree = all_of(negated(A), any_of(Is("leg_pain", "both"), Named("recent", Compare("days", "<=", 14), when_not_known=True)))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tree), type=Expression) == tree
