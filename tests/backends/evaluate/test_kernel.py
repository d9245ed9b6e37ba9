import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.evaluate import Walk, truth_of
from spinesafe.backends.evaluate.kernel import WIDTH, closed_lanes, compile_kernel, lanes
from spinesafe.model.fact import Facts
from spinesafe.rulebase.expression import Compare, Expression, Holds, Named, Not
from spinesafe.rulebase.program import CERTAIN, KNOWN, POSSIBLE, READ, READ_POSSIBLE, Input, Program, compile_program
from tests.backends.evaluate.expressions import expressions, facts

SOME = st.lists(expressions, min_size=1, max_size=4)


def inputs_of(program: Program, given_facts: Facts) -> list[int]:
    return [lanes(truth_of(literal.atom, given_facts), literal) for literal in program.inputs]


def closed_inputs_of(program: Program, given_facts: Facts) -> list[int]:
    return [closed_lanes(truth_of(literal.atom, given_facts), literal) for literal in program.inputs]


def bits_of(expression: Expression, given_facts: Facts) -> int:
    """The four bits as a plain walk has them."""
    value, reading = Walk(given_facts).value(expression), Walk(given_facts, readings=True).value(expression)
    bits = (KNOWN * (value is True)) | (POSSIBLE * (value is not False))
    return bits | (READ * (reading is True)) | (READ_POSSIBLE * (reading is not False))


@given(some=SOME, given_facts=facts)
def test_the_line_says_what_the_walk_says(some: list[Expression], given_facts: Facts) -> None:
    program = compile_program(some)
    outputs = compile_kernel(program).run(inputs_of(program, given_facts))
    assert outputs == [bits_of(expression, given_facts) for expression in some]


@given(some=SOME, people=st.lists(facts, min_size=1, max_size=9))
def test_many_people_in_one_integer_do_not_touch_each_other(some: list[Expression], people: list[Facts]) -> None:
    program = compile_program(some)
    kernel = compile_kernel(program)
    each = [inputs_of(program, one) for one in people]
    packed = [sum(bits[i] << WIDTH * place for place, bits in enumerate(each)) for i in range(len(program.inputs))]
    together = kernel.run(packed, len(people))
    for place, bits in enumerate(each):
        assert [output >> WIDTH * place & CERTAIN for output in together] == kernel.run(bits)


@given(some=SOME, people=st.lists(facts, min_size=1, max_size=3))
def test_a_closed_world_reads_what_the_closed_walk_reads_and_leaves_the_rest(some: list[Expression], people: list[Facts]) -> None:
    program = compile_program(some)
    kernel = compile_kernel(program)
    for given_facts in people:
        outputs = kernel.run_closed(inputs_of(program, given_facts), closed_inputs_of(program, given_facts))
        for output, expression in zip(outputs, some, strict=True):
            assert bool(output & READ) is Walk(given_facts, closed=True).value(expression)
            assert output & (KNOWN | POSSIBLE) == bits_of(expression, given_facts) & (KNOWN | POSSIBLE)


@given(some=SOME, given_facts=facts, chance=st.randoms(use_true_random=False))
def test_inputs_may_come_in_any_order_that_is_told(some: list[Expression], given_facts: Facts, chance: object) -> None:
    program = compile_program(some)
    order = list(range(len(program.inputs)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    inputs = inputs_of(program, given_facts)
    told = compile_kernel(program, order).run([inputs[i] for i in order])
    assert told == compile_kernel(program).run(inputs)


RECENT = Compare("days", "<=", 14.0)


@pytest.mark.parametrize(
    ("truth", "literal", "bits", "closed"),
    [
        (True, Input(RECENT, positive=True, when_not_known=None), 0b1111, 0b1111),
        (False, Input(RECENT, positive=True, when_not_known=None), 0b0000, 0b0000),
        (True, Input(RECENT, positive=False, when_not_known=True), 0b0000, 0b0000),
        (False, Input(RECENT, positive=False, when_not_known=True), 0b1111, 0b1111),
        (None, Input(RECENT, positive=True, when_not_known=None), 0b1010, 0b0010),
        (None, Input(RECENT, positive=False, when_not_known=None), 0b1010, 0b1110),
        (None, Input(RECENT, positive=True, when_not_known=True), 0b1110, 0b1110),
        (None, Input(RECENT, positive=False, when_not_known=True), 0b0010, 0b0010),
        (None, Input(RECENT, positive=True, when_not_known=False), 0b0010, 0b0010),
        (None, Input(RECENT, positive=False, when_not_known=False), 0b1110, 0b1110),
    ],
)
def test_four_bits_say_what_is_known_of_an_input(truth: object, literal: Input, bits: int, closed: int) -> None:
    assert lanes(truth, literal) == bits  # type: ignore[arg-type]
    assert closed_lanes(truth, literal) == closed  # type: ignore[arg-type]


def test_a_definition_reads_before_its_comparisons_are_closed() -> None:
    """Silence never establishes an exemption: "not recent" is false while the days are not known, though "recent" is read as false."""
    old = Named("old", Not(Named("soon", Holds("recent"), None)), when_not_known=False)
    program = compile_program([old, Holds("recent")])
    kernel = compile_kernel(program)
    exempt, recent = kernel.run_closed(inputs_of(program, {}), closed_inputs_of(program, {}))
    assert not exempt & READ
    assert not recent & READ
