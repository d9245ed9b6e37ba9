"""The expressions of sayings, over the concepts of a clause, a sentence or a text, as functions that run fast."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import assert_never

from spinesafe.model.text import Text
from spinesafe.rulebase.expression import And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or, atoms_of
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import Names
from spinesafe.rulebase.saying_format import Saying

CONDITION = "condition"
"""The word of expressions for a condition that is named."""
SECTION = "section_"
"""Before the id of a section of notes: the word of expressions for standing in it."""
_SCOPES = ("sentence", "text")

Concepts = frozenset[str]
Holding = Callable[[Concepts, Concepts, Concepts], bool]
"""Whether an expression holds, for the concepts of a clause, of its sentence and of the whole text."""


class ConceptNames(Names):
    """What the names in sayings stand for: concepts, and the places to look for them."""

    def __init__(self, concepts: Iterable[str]) -> None:
        known = (*concepts, CONDITION)
        kinds: dict[str, str] = dict.fromkeys(known, "boolean") | dict.fromkeys(_SCOPES, "set")
        super().__init__({name: _word(name, kind) for name, kind in kinds.items()}, {}, ())
        self.members = dict.fromkeys(_SCOPES, known)


def compiled(node: Expression) -> Holding:  # noqa: C901 - one branch for each kind of node
    """An expression as a function."""
    match node:
        case Constant(value):
            return lambda _clause, _sentence, _text: value
        case Holds(concept):
            return lambda clause, _sentence, _text: concept in clause
        case Has("sentence", concept):
            return lambda _clause, sentence, _text: concept in sentence
        case Has(_, concept):
            return lambda _clause, _sentence, text: concept in text
        case Not(part):
            inner = compiled(part)
            return lambda clause, sentence, text: not inner(clause, sentence, text)
        case And(parts):
            every = tuple(compiled(part) for part in parts)
            return lambda clause, sentence, text: all(part(clause, sentence, text) for part in every)
        case Or(parts):
            some = tuple(compiled(part) for part in parts)
            return lambda clause, sentence, text: any(part(clause, sentence, text) for part in some)
        case AtLeast(number, parts):
            counted = tuple(compiled(part) for part in parts)
            return lambda clause, sentence, text: sum(part(clause, sentence, text) for part in counted) >= number
        case Named(_, part, _):
            return compiled(part)
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

    __slots__ = ("anchors", "holds", "saying")

    def __init__(self, saying: Saying, node: Expression) -> None:
        self.saying = saying
        self.holds = compiled(node)
        self.anchors = (saying.anchor,) if saying.anchor else tuple(dict.fromkeys(asked_for(node)))


def compile_sayings(sayings: Iterable[Saying], concepts: Iterable[str]) -> Mapping[str, tuple[Compiled, ...]]:
    """The sayings by each concept that one of them may hang on. Raises `ExpressionError`."""
    names = ConceptNames(concepts)
    found: dict[str, list[Compiled]] = {}
    for saying in sayings:
        one = Compiled(saying, names.read(saying.when))
        for anchor in one.anchors:
            found.setdefault(anchor, []).append(one)
    return {anchor: tuple(ready) for anchor, ready in found.items()}


def concepts_in(node: Expression) -> tuple[str, ...]:
    """Every concept that an expression names."""
    return tuple(dict.fromkeys(atom.member if isinstance(atom, Has) else atom.finding for atom in atoms_of(node)))


def _word(name: str, kind: str) -> Finding:
    nothing = Text(name, name)
    return Finding(
        id=name,
        reference="",
        kind="set" if kind == "set" else "boolean",
        label=nothing,
        question=nothing,
        answered_by="system",
        evidence_for="",
        group=CONDITION,
        red_flag="no",
        polarity="neutral",
    )
