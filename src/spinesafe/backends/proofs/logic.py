"""Joining terms of the solver: and, or, not, if.

`z3.And` and its kin look at the sort of every argument again and again; with circuits of a thousand gates that is most of the time of a
proof. Here the arguments are known to be Boolean, and are handed straight to the solver.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import z3

Bit: TypeAlias = z3.BoolRef
Rails: TypeAlias = tuple[Bit, Bit]
"""Known to be true, known to be false."""

NEVER, ALWAYS = z3.BoolVal(val=False), z3.BoolVal(val=True)


def every(bits: Iterable[Bit]) -> Bit:
    """All of these."""
    return _joined(z3.Z3_mk_and, list(bits), ALWAYS)


def some(bits: Iterable[Bit]) -> Bit:
    """One of these at least."""
    return _joined(z3.Z3_mk_or, list(bits), NEVER)


def both(*bits: Bit) -> Bit:
    """All of these."""
    return every(bits)


def either(*bits: Bit) -> Bit:
    """One of these at least."""
    return some(bits)


def opposite(bit: Bit) -> Bit:
    """Not this."""
    return z3.BoolRef(z3.Z3_mk_not(bit.ctx_ref(), bit.as_ast()), bit.ctx)


def if_then(when: Bit, then: Bit) -> Bit:
    """The second, where the first."""
    return z3.BoolRef(z3.Z3_mk_implies(when.ctx_ref(), when.as_ast(), then.as_ast()), when.ctx)


def alike(one: Bit, other: Bit) -> Bit:
    """Both, or neither."""
    return z3.BoolRef(z3.Z3_mk_eq(one.ctx_ref(), one.as_ast(), other.as_ast()), one.ctx)


def _joined(join: Callable[..., z3.Ast], bits: list[Bit], of_none: Bit) -> Bit:
    if len(bits) <= 1:
        return bits[0] if bits else of_none
    return z3.BoolRef(join(of_none.ctx_ref(), len(bits), (z3.Ast * len(bits))(*(bit.as_ast() for bit in bits))), of_none.ctx)
