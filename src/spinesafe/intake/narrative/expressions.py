"""The expressions of sayings, over the concepts of a clause, a sentence or a text, as functions that run fast."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import assert_never

from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or, atoms_of
from spinesafe.rulebase.saying_format import Saying
from spinesafe.rulebase.saying_names import ConceptNames

Concepts = AbstractSet[str]
Holding = Callable[[Concepts, Concepts, Concepts], bool]
"""Whether an expression holds, for the concepts of a clause, of its sentence and of the whole text."""


def compiled(nodes: Sequence[Expression]) -> list[Holding]:
    """Expressions as functions."""
    lines = [f"def f{number}(clause, sentence, text): return {_code(node)}" for number, node in enumerate(nodes)]
    made: dict[str, Holding] = {}
    exec("\n".join(lines), made)  # noqa: S102 - written here, from trees whose every name is known
    return [made[f"f{number}"] for number in range(len(nodes))]


def _code(node: Expression) -> str:
    match node:
        case Constant(value):
            return str(value)
        case Holds(concept):
            return f"({concept!r} in clause)"
        case Has(scope, concept):
            return f"({concept!r} in {'sentence' if scope == 'sentence' else 'text'})"
        case Not(part):
            return f"(not {_code(part)})"
        case And(parts):
            return f"({' and '.join(map(_code, parts))})"
        case Or(parts):
            return f"({' or '.join(map(_code, parts))})"
        case AtLeast(number, parts):
            return f"({' + '.join(map(_code, parts))} >= {number})"
        case Named(_, part, _):
            return _code(part)
        case Is() | Compare():
            raise TypeError(f"{node} says nothing of a text")
    assert_never(node)


def asked_for(node: Expression, *, wanted: bool = True) -> Iterator[str]:
    """The concepts of the clause that an expression asks for, not those that it forbids."""
    match node:
        case Holds(concept):
            if wanted:
                yield concept
        case Not(part):
            yield from asked_for(part, wanted=not wanted)
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from asked_for(part, wanted=wanted)
        case _:
            return


class Compiled:
    """A saying, ready to be tried."""

    __slots__ = ("anchors", "holds", "in_sentence", "saying")

    def __init__(self, saying: Saying, node: Expression, holds: Holding) -> None:
        self.saying = saying
        self.holds = holds
        self.in_sentence = saying.within == "sentence"
        self.anchors = (saying.anchor,) if saying.anchor else tuple(dict.fromkeys(asked_for(node)))


def compile_sayings(rulebase: RuleBase) -> Mapping[str, tuple[Compiled, ...]]:
    """The sayings by each concept that one of them may hang on."""
    names = ConceptNames(rulebase.narrative.concepts, rulebase.language.sections)
    found: dict[str, list[Compiled]] = {}
    every = tuple(rulebase.narrative.sayings.values())
    nodes = [names.read(saying.when) for saying in every]
    for saying, node, holds in zip(every, nodes, compiled(nodes), strict=True):
        one = Compiled(saying, node, holds)
        for anchor in one.anchors:
            found.setdefault(anchor, []).append(one)
    return {anchor: tuple(ready) for anchor, ready in found.items()}


def concepts_in(node: Expression) -> tuple[str, ...]:
    """Every concept that an expression names."""
    return tuple(dict.fromkeys(atom.member if isinstance(atom, Has) else atom.finding for atom in atoms_of(node)))
