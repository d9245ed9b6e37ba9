"""Expressions and facts as Hypothesis draws them, over five findings of every kind: small enough to look at every way to complete them."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase.expression import And, AtLeast, Atom, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or

VALUES: dict[str, tuple[Value, ...]] = {
    "numb": (False, True),
    "weak": (False, True),
    "leg_pain": ("none", "one", "both"),
    "days": (Answer.NONE, 13.0, 14.0, 15.0),
    "where": tuple(Members(frozenset(p), frozenset({"neck", "back"}) - frozenset(p)) for p in ((), ("neck",), ("back",), ("neck", "back"))),
}
UNKNOWN: tuple[Value, ...] = (Answer.DONT_KNOW, Answer.NOT_EXAMINED)
ATOMS: tuple[Atom, ...] = (
    Holds("numb"),
    Holds("weak"),
    *(Is("leg_pain", member) for member in ("none", "one", "both")),
    *(Compare("days", sign, 14.0) for sign in ("<", "<=", ">", ">=", "==")),
    *(Has("where", member) for member in ("neck", "back")),
)
READINGS = (None, True, False)

atoms = st.sampled_from(ATOMS)


def _larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        parts.map(Not),
        several.map(And),
        several.map(Or),
        several.flatmap(lambda many: st.integers(1, len(many)).map(lambda number: AtLeast(number, many))),
        st.tuples(parts, st.sampled_from(READINGS)).map(lambda both: Named(f"d{hash(both) % 1000}", *both)),
    )


expressions: st.SearchStrategy[Expression] = st.recursive(st.one_of(atoms, st.booleans().map(Constant)), _larger, max_leaves=8)


def fact(finding: str, value: Value) -> Fact:
    """A fact as an answer gives it."""
    return Fact(finding, value, Provenance(source="answer", where=finding))


def known(**values: Value) -> Facts:
    """Facts by their values."""
    return {finding: fact(finding, value) for finding, value in values.items()}


def _states(finding: str) -> st.SearchStrategy[Value | None]:
    some_of_a_set = (Members(frozenset({"neck"})), Members(frozenset(), frozenset({"neck"})), Members()) if finding == "where" else ()
    return st.sampled_from((None, *VALUES[finding], *some_of_a_set, *UNKNOWN))


facts: st.SearchStrategy[Facts] = st.fixed_dictionaries({finding: _states(finding) for finding in VALUES}).map(
    lambda values: {finding: fact(finding, value) for finding, value in values.items() if value is not None}
)


def completions(given: Facts) -> Iterator[Facts]:
    """Every way to fill what is not known."""
    choices = [[fact(finding, value) for value in values if _fits(given.get(finding), value)] for finding, values in VALUES.items()]
    for chosen in product(*choices):
        yield {one.finding: one for one in chosen}


def _fits(before: Fact | None, value: Value) -> bool:
    if before is None or before.value in UNKNOWN:
        return True
    if isinstance(before.value, Members) and isinstance(value, Members):
        return before.value.present <= value.present and before.value.absent <= value.absent
    return before.value == value
