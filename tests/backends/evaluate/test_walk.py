import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.evaluate import Walk
from spinesafe.model.fact import Answer, Facts
from spinesafe.rulebase.expression import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Constant,
    Expression,
    Holds,
    Is,
    Named,
    Not,
    Or,
    atoms_of,
    parts_of,
)
from tests.backends.evaluate.expressions import VALUES, completions, expressions, fact, facts, known

NUMB, WEAK, RECENT, BOTH = Holds("numb"), Holds("weak"), Compare("days", "<=", 14.0), Is("leg_pain", "both")
T, F, U = TRUE, FALSE, Holds("not_asked")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (Not(T), False),
        (Not(F), True),
        (Not(U), None),
        (And((T, T)), True),
        (And((T, F)), False),
        (And((U, F)), False),
        (And((U, T)), None),
        (Or((F, F)), False),
        (Or((T, F)), True),
        (Or((U, T)), True),
        (Or((U, F)), None),
        (AtLeast(2, (T, U, T)), True),
        (AtLeast(2, (T, U, F)), None),
        (AtLeast(2, (F, U, F)), False),
        (Named("d", U, None), None),
        (Named("d", T, when_not_known=False), True),
    ],
)
def test_logic_is_strong_kleene(expression: Expression, *, value: bool | None) -> None:
    assert Walk({}).value(expression) is value


@given(expression=expressions, given_facts=facts)
def test_what_is_decided_stays_so_however_the_rest_turns_out(expression: Expression, given_facts: Facts) -> None:
    value = Walk(given_facts).value(expression)
    if value is not None:
        assert {Walk(filled).value(expression) for filled in completions(given_facts)} == {value}


@given(expression=expressions, given_facts=facts)
def test_what_is_wholly_known_is_decided(expression: Expression, given_facts: Facts) -> None:
    whole = next(completions(given_facts))
    assert Walk(whole).value(expression) is Walk(whole, readings=True).value(expression) is Walk(whole, closed=True).value(expression)
    assert Walk(whole).value(expression) is not None


@pytest.mark.parametrize("reading", [True, False])
def test_a_definition_counts_as_its_reading_says_only_while_undecided_and_only_with_readings(*, reading: bool) -> None:
    recent = Named("recent", RECENT, reading)
    assert Walk({}).value(recent) is None
    assert Walk({}, readings=True).value(recent) is reading
    assert Walk(known(days=Answer.DONT_KNOW), readings=True).value(recent) is reading
    assert Walk(known(days=13.0), readings=True).value(recent) is True
    assert Walk(known(days=15.0), readings=True).value(recent) is False


@given(expression=expressions, given_facts=facts)
def test_a_reading_decides_nothing_that_is_decided_without_it(expression: Expression, given_facts: Facts) -> None:
    value = Walk(given_facts).value(expression)
    if value is not None:
        assert Walk(given_facts, readings=True).value(expression) is value
        assert Walk(given_facts, closed=True).value(expression) is value


def test_in_a_closed_world_a_comparison_that_is_not_known_is_false_but_establishes_no_exemption() -> None:
    old = Named("old", Not(RECENT), when_not_known=False)
    closed = Walk({}, closed=True)
    assert closed.value(RECENT) is False
    assert closed.value(Not(RECENT)) is True
    assert closed.value(old) is False
    assert closed.value(Named("recent", RECENT, when_not_known=True)) is True
    assert closed.value(Named("plain", RECENT, None)) is False


@given(expression=expressions, given_facts=facts)
def test_a_closed_world_leaves_nothing_open(expression: Expression, given_facts: Facts) -> None:
    assert Walk(given_facts, closed=True).value(expression) is not None


@given(expression=expressions, given_facts=facts, readings=st.booleans())
def test_the_atoms_that_support_a_value_are_known_and_enough_for_it(expression: Expression, given_facts: Facts, *, readings: bool) -> None:
    walk = Walk(given_facts, readings=readings)
    value = walk.value(expression)
    if value is None:
        return
    support = list(walk.support(expression, wanted=value))
    assert all(Walk(given_facts).value(atom) is not None for atom in support)
    if not readings:
        enough = {atom.finding for atom in support}
        assert Walk({f: one for f, one in given_facts.items() if f in enough}).value(expression) is value


def test_support_names_what_made_it_so_and_leaves_out_what_did_not() -> None:
    walk = Walk(known(numb=True, weak=False, days=3.0, leg_pain="one"))
    assert list(walk.support(And((NUMB, Or((WEAK, RECENT)))))) == [NUMB, RECENT]
    assert list(walk.support(Or((And((NUMB, WEAK)), RECENT)))) == [RECENT]
    assert list(walk.support(Not(WEAK))) == [WEAK]
    assert list(walk.support(WEAK)) == []
    assert list(walk.support(And((NUMB, WEAK)), wanted=False)) == [WEAK]
    assert list(walk.support(AtLeast(2, (NUMB, BOTH, Named("recent", RECENT, None))))) == [NUMB, RECENT]
    assert list(walk.support(Constant(value=True))) == []


@given(expression=expressions, given_facts=facts)
def test_an_undecided_expression_waits_for_what_would_decide_it(expression: Expression, given_facts: Facts) -> None:
    waits = Walk(given_facts).open_atoms(expression)
    assert bool(waits) is (Walk(given_facts).value(expression) is None)
    assert all(Walk(given_facts).value(atom) is None for atom in waits)
    assert [atom for atom in atoms_of(expression) if atom in waits] == list(dict.fromkeys(waits))
    asked = {atom.finding for atom in waits}
    for filled in completions(given_facts):
        answered = {**given_facts, **{finding: filled[finding] for finding in asked}}
        assert Walk(answered).value(expression) is not None


@given(expression=expressions, given_facts=facts)
def test_the_readings_used_are_outermost_undecided_and_only_those_of_the_expression(expression: Expression, given_facts: Facts) -> None:
    for named in Walk(given_facts, readings=True).readings_used(expression):
        assert named.when_not_known is not None
        assert Walk(given_facts, readings=True).value(named.part) is None
        assert named in _within(expression)


def test_a_reading_inside_a_definition_that_it_decides_is_the_one_that_is_used() -> None:
    recent = Named("recent", RECENT, when_not_known=True)
    live = Named("live", And((NUMB, recent)), when_not_known=False)
    assert list(Walk(known(numb=True)).readings_used(And((live, WEAK)))) == [recent]
    # It is decided without the reading, or the outer one takes over.
    assert list(Walk(known(numb=True, days=3.0)).readings_used(live)) == []
    assert list(Walk({}).readings_used(Or((Not(live), TRUE)))) == [live]
    assert list(Walk({}).readings_used(AtLeast(1, (NUMB, recent)))) == [recent]


def _within(node: Expression) -> set[Expression]:
    return {node}.union(*(_within(part) for part in parts_of(node)))


def test_every_value_that_is_drawn_is_of_its_finding() -> None:
    assert all(fact(finding, value).finding == finding for finding, values in VALUES.items() for value in values)
