"""The expression tree: one small class an operator, over atoms that are true, false or unknown before any rule runs.

Logic is strong Kleene. The tree is what explanations walk; `program` compiles it for speed.
"""

from typing import Literal, TypeAlias

import msgspec


class Node(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A node of an expression. Equal nodes are the same node to every back end."""


class Constant(Node, frozen=True):
    """Always true, or always false."""

    value: bool


class Holds(Node, frozen=True):
    """A yes-or-no finding is yes."""

    finding: str


class Is(Node, frozen=True):
    """A choice has this value."""

    finding: str
    member: str


class Has(Node, frozen=True):
    """A set has this member."""

    finding: str
    member: str


class Compare(Node, frozen=True):
    """A number stands so to a limit. Of a number that was answered "none" every comparison is false."""

    finding: str
    sign: Literal["<", "<=", ">", ">=", "=="]
    limit: float


class Not(Node, frozen=True):
    """True where its part is false."""

    part: "Expression"


class And(Node, frozen=True):
    """True where all parts are."""

    parts: tuple["Expression", ...]


class Or(Node, frozen=True):
    """True where some part is."""

    parts: tuple["Expression", ...]


class AtLeast(Node, frozen=True):
    """True where so many parts are."""

    number: int
    parts: tuple["Expression", ...]


class Named(Node, frozen=True):
    """A definition by its name. `when_not_known` is what it counts as, in a delivered result, while undecided."""

    name: str
    part: "Expression"
    when_not_known: bool | None = None


Atom: TypeAlias = Holds | Is | Has | Compare
Expression: TypeAlias = Constant | Holds | Is | Has | Compare | Not | And | Or | AtLeast | Named

TRUE: Expression = Constant(value=True)
FALSE: Expression = Constant(value=False)


def all_of(*parts: Expression) -> Expression:
    """All parts, flattened; `TRUE` of none."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, And) else (part,)) if p != TRUE]
    if FALSE in flat:
        return FALSE
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else TRUE


def any_of(*parts: Expression) -> Expression:
    """Some part, flattened; `FALSE` of none."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, Or) else (part,)) if p != FALSE]
    if TRUE in flat:
        return TRUE
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else FALSE


def negated(part: Expression) -> Expression:
    """The opposite."""
    if isinstance(part, Constant):
        return Constant(not part.value)
    return part.part if isinstance(part, Not) else Not(part)


def parts_of(node: Expression) -> tuple[Expression, ...]:
    """The nodes right below a node."""
    match node:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return parts
        case Not(part) | Named(_, part, _):
            return (part,)
        case _:
            return ()


def atoms_of(node: Expression) -> tuple[Atom, ...]:
    """The atoms of an expression, each once, in reading order."""
    found: dict[Atom, None] = {}

    def walk(at: Expression) -> None:
        if isinstance(at, Holds | Is | Has | Compare):
            found[at] = None
        for part in parts_of(at):
            walk(part)

    walk(node)
    return tuple(found)
