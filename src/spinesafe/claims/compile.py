"""Expressions over motifs to Python functions on bit masks: a motif is a bit, a scope is an integer."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from spinesafe.rulebase.claim_names import SCOPES
from spinesafe.rulebase.expression import And, AtLeast, Constant, Expression, Has, Holds, Is, Named, Not, Or

Predicate: TypeAlias = Callable[..., bool]
"""Takes the masks: of the clause, of each scope in order, and what is known of the claim."""


def compile_expressions(expressions: Mapping[str, Expression], bits: Mapping[str, int]) -> dict[str, Predicate]:
    """A function for each expression, by its text."""
    arguments = ", ".join(("here", *SCOPES, "of_type", "speaker", "unsound"))
    lines = [f"def f{number}({arguments}): return {_code(tree, bits)}" for number, tree in enumerate(expressions.values())]
    made: dict[str, Predicate] = {}
    exec("\n".join(lines), made)  # noqa: S102 - written here, from trees whose every name is known
    return {text: made[f"f{number}"] for number, text in enumerate(expressions)}


def _code(node: Expression, bits: Mapping[str, int]) -> str:
    match node:
        case Constant() | Holds() | Has() | Is():
            return _atom(node, bits)
        case Not(part) | Named(_, part, _):
            return f"(not {_code(part, bits)})" if isinstance(node, Not) else _code(part, bits)
        case And(parts):
            return _joined(" and ", parts, bits)
        case Or(parts):
            return _joined(" or ", parts, bits)
        case AtLeast(number, parts):
            return f"({_joined(' + ', parts, bits)} >= {number})"
    raise TypeError(f"no text can be asked for {node}")


def _atom(node: Constant | Holds | Has | Is, bits: Mapping[str, int]) -> str:
    match node:
        case Constant(value):
            return str(value)
        case Holds("unsound"):
            return "unsound"
        case Holds(motif):
            return f"(here & {1 << bits[motif]} != 0)"
        case Has(scope, motif):
            return f"({scope} & {1 << bits[motif]} != 0)"
        case Is(choice, member):
            return f"({'of_type' if choice == 'type' else 'speaker'} == {member!r})"


def _joined(word: str, parts: tuple[Expression, ...], bits: Mapping[str, int]) -> str:
    """Parts with a word between them. Bare motifs of the same scope are asked for in one step."""
    if word == " + ":
        return "(" + word.join(_code(part, bits) for part in parts) + ")"
    together: dict[str, int] = {}
    rest: list[str] = []
    for part in parts:
        match part:
            case Holds(motif) if motif != "unsound":
                together["here"] = together.get("here", 0) | 1 << bits[motif]
            case Has(scope, motif):
                together[scope] = together.get(scope, 0) | 1 << bits[motif]
            case _:
                rest.append(_code(part, bits))
    found = [f"({scope} & {mask} == {mask})" if word == " and " else f"({scope} & {mask} != 0)" for scope, mask in together.items()]
    return "(" + word.join([*found, *rest]) + ")"


def compile_first(expressions: Iterable[Expression], bits: Mapping[str, int]) -> Callable[..., int]:
    """One function for expressions in order: the number of the first that holds, -1 where none does."""
    arguments = ", ".join(("here", *SCOPES, "of_type", "speaker", "unsound"))
    lines = [f"def first({arguments}):"]
    lines += [f"    if {_code(tree, bits)}: return {number}" for number, tree in enumerate(expressions)]
    made: dict[str, Callable[..., int]] = {}
    exec("\n".join([*lines, "    return -1"]), made)  # noqa: S102 - written here, from trees whose every name is known
    return made["first"]


def asked_for(node: Expression) -> frozenset[str]:
    """The motifs of the clause that make an expression true: those whose words are quoted."""
    match node:
        case Holds(motif) if motif != "unsound":
            return frozenset((motif,))
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return frozenset().union(*(asked_for(part) for part in parts))
        case Named(_, part, _):
            return asked_for(part)
        case _:
            return frozenset()


def triggers(node: Expression) -> frozenset[str]:
    """Motifs of which one must stand in the clause for an expression to hold; empty where nothing must."""
    match node:
        case Holds(motif) if motif != "unsound":
            return frozenset((motif,))
        case And(parts):
            found = [part for part in map(triggers, parts) if part]
            return min(found, key=len) if found else frozenset()
        case Or(parts):
            each = [triggers(part) for part in parts]
            return frozenset().union(*each) if all(each) else frozenset()
        case AtLeast(_, parts):
            each = [triggers(part) for part in parts]
            return frozenset().union(*each) if all(each) else frozenset()
        case Named(_, part, _):
            return triggers(part)
        case _:
            return frozenset()
