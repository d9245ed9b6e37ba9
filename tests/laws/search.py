"""People for whom an expression is true, found by trying: what shows that a rule can fire at all."""

from collections.abc import Iterator
from itertools import combinations, islice

from spinesafe.backends.evaluate import Walk, truth_of
from spinesafe.model.fact import Members, Value
from spinesafe.rulebase.expression import And, AtLeast, Atom, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or
from tests.laws.people import NOTHING, Person, fact, telling

MOST_TRIES = 2000

Goal = tuple[Expression, bool]
Domains = dict[str, tuple[Value, ...]]
"""The values that a finding may still have, simplest first; of a set the one value that says who must be in it and who must not."""


def witnesses(expression: Expression, most: int = 1) -> Iterator[Person]:
    """People of whom just so much is known that an expression counts as true, by the order in which it reads."""
    tried = islice(_solve([(expression, True)], {}), MOST_TRIES)
    people = (Person(NOTHING, {finding: values[0] for finding, values in domains.items()}) for domains in tried)
    yield from islice((p for p in people if Walk(p.facts, readings=True).value(expression)), most)


def _solve(goals: list[Goal], domains: Domains) -> Iterator[Domains]:
    if not goals:
        yield domains
        return
    (node, wanted), *rest = goals
    if isinstance(node, Holds | Is | Has | Compare):
        narrowed = _narrowed(node, domains, wanted=wanted)
        if narrowed is not None:
            yield from _solve(rest, narrowed)
        return
    for way in _ways(node, wanted=wanted):
        yield from _solve([*way, *rest], domains)


def _ways(node: Expression, *, wanted: bool) -> Iterator[list[Goal]]:
    """The ways to give a node a value: what its parts must be. A definition that counts so while undecided may also be left so."""
    match node:
        case Constant(value):
            if value == wanted:
                yield []
        case Not(part):
            yield [(part, not wanted)]
        case Named(_, part, when_not_known):
            yield [(part, wanted)]
            if when_not_known is wanted:
                yield []
        case And(parts) | Or(parts):
            if isinstance(node, And) == wanted:
                yield [(part, wanted) for part in parts]
            else:
                yield from ([(part, wanted)] for part in parts)
        case AtLeast(number, parts):
            needed = number if wanted else len(parts) - number + 1
            yield from ([(part, wanted) for part in some] for some in combinations(parts, needed))


def _narrowed(atom: Atom, domains: Domains, *, wanted: bool) -> Domains | None:
    """The domains in which an atom has a value; None where nothing is left."""
    if isinstance(atom, Has):
        (known,) = domains.get(atom.finding, (Members(),))
        assert isinstance(known, Members)
        if atom.member in (known.absent if wanted else known.present):
            return None
        one = frozenset([atom.member])
        return {
            **domains,
            atom.finding: (Members(known.present | one, known.absent) if wanted else Members(known.present, known.absent | one),),
        }
    left = tuple(v for v in domains.get(atom.finding) or telling(atom.finding) if _truth(atom, v) is wanted)
    return {**domains, atom.finding: left} if left else None


def _truth(atom: Atom, value: Value) -> bool | None:
    return truth_of(atom, {atom.finding: fact(atom.finding, value)})
