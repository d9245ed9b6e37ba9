"""The straight line of `&` and `|` says what a plain walk over the tree says: strong Kleene, with and without readings."""

from hypothesis import given
from hypothesis import strategies as st

from spinesafe.rulebase.expression import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Atom,
    Compare,
    Constant,
    Expression,
    Has,
    Holds,
    Is,
    Named,
    Not,
    Or,
)
from spinesafe.rulebase.program import CERTAIN, KNOWN, OPEN, POSSIBLE, READ, READ_POSSIBLE, Input, Program, compile_program

ATOMS: tuple[Atom, ...] = (Holds("a"), Is("b", "one"), Is("b", "two"), Has("c", "d"), Compare("e", "<=", 14))
READINGS = (None, False, True)

Known = dict[Atom, bool | None]


def several(parts: st.SearchStrategy[Expression], least: int = 1) -> st.SearchStrategy[tuple[Expression, ...]]:
    return st.lists(parts, min_size=least, max_size=4).map(tuple)


def counts(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return several(parts).flatmap(lambda of: st.integers(0, len(of) + 1).map(lambda number: AtLeast(number, of)))


expressions: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from(ATOMS)
    | st.builds(Named, st.just("n"), st.sampled_from(ATOMS), st.sampled_from(READINGS))
    | st.sampled_from((TRUE, FALSE)),
    lambda parts: st.one_of(
        parts.map(Not),
        several(parts).map(And),
        several(parts).map(Or),
        counts(parts),
        st.builds(Named, st.just("n"), parts, st.sampled_from(READINGS)),
    ),
    max_leaves=20,
)
knowledge = st.fixed_dictionaries({atom: st.sampled_from((True, False, None)) for atom in ATOMS})


def walked(node: Expression, known: Known, *, reading: bool) -> bool | None:
    """The truth of an expression by its definition. With `reading`, a named part that stays open counts as its `when_not_known`."""
    match node:
        case Constant(value):
            return value
        case Not(part):
            truth = walked(part, known, reading=reading)
            return None if truth is None else not truth
        case And(parts):
            return enough(len(parts), [walked(part, known, reading=reading) for part in parts])
        case Or(parts):
            return enough(1, [walked(part, known, reading=reading) for part in parts])
        case AtLeast(number, parts):
            return enough(number, [walked(part, known, reading=reading) for part in parts])
        case Named(_, part, when_not_known):
            truth = walked(part, known, reading=reading)
            return when_not_known if truth is None and reading else truth
        case _:
            return known[node]


def enough(number: int, truths: list[bool | None]) -> bool | None:
    if truths.count(True) >= number:
        return True
    return None if truths.count(True) + truths.count(None) >= number else False


def run(program: Program, known: Known) -> list[int]:
    """The four bits of each output, line by line."""
    values = [0, CERTAIN, *(entered(literal, known[literal.atom]) for literal in program.inputs)]
    for step in program.steps:
        first, *others = (values[argument] for argument in step.arguments)
        match step.operation:
            case "and":
                for other in others:
                    first &= other
            case "or":
                for other in others:
                    first |= other
            case "assume_true":
                first = first | READ if first & READ_POSSIBLE else first
            case "assume_false":
                first = first if first & READ else first & ~READ_POSSIBLE
        values.append(first)
    return [values[output] for output in program.outputs]


def entered(literal: Input, truth: bool | None) -> int:  # noqa: FBT001 - a truth is its own name
    if truth is not None:
        return CERTAIN if truth == literal.positive else 0
    if literal.when_not_known is None:
        return OPEN
    return POSSIBLE | READ | READ_POSSIBLE if literal.when_not_known == literal.positive else POSSIBLE


def bits(plain: bool | None, read: bool | None) -> int:  # noqa: FBT001
    lanes = {True: 0b11, None: 0b10, False: 0b00}
    return lanes[plain] * KNOWN | lanes[read] * READ


@given(st.lists(expressions, min_size=1, max_size=3), knowledge)
def test_the_program_says_what_a_walk_over_the_tree_says(trees: list[Expression], known: Known) -> None:
    said = run(compile_program(trees), known)
    assert said == [bits(walked(tree, known, reading=False), walked(tree, known, reading=True)) for tree in trees]


@given(expressions, knowledge, st.data())
def test_learning_more_settles_and_never_unsettles(tree: Expression, known: Known, data: st.DataObject) -> None:
    more = {atom: truth if truth is not None else data.draw(st.sampled_from((True, False, None))) for atom, truth in known.items()}
    program = compile_program([tree])
    (before,), (after,) = run(program, known), run(program, more)
    assert after & KNOWN >= before & KNOWN
    assert after & POSSIBLE <= before & POSSIBLE


@given(expressions, knowledge)
def test_a_reading_stays_between_the_certain_and_the_possible(tree: Expression, known: Known) -> None:
    (said,) = run(compile_program([tree]), known)
    known_true, possible, read, read_possible = (bool(said & lane) for lane in (KNOWN, POSSIBLE, READ, READ_POSSIBLE))
    assert known_true <= read <= read_possible <= possible


def test_equal_parts_are_computed_once() -> None:
    both = And((ATOMS[0], ATOMS[3]))
    program = compile_program([Or((both, ATOMS[4])), Or((ATOMS[4], both)), Not(Not(both))])
    assert len(program.steps) == 2
    assert program.outputs[0] == program.outputs[1]
    assert program.first_step == 2 + len(program.inputs)


def test_an_atom_and_its_opposite_are_two_inputs_and_each_stands_once() -> None:
    program = compile_program([ATOMS[0], Not(ATOMS[0]), And((ATOMS[0], Not(ATOMS[0])))])
    assert [literal.positive for literal in program.inputs] == [True, False]
