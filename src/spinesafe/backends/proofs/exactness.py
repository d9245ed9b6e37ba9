"""How far "undecided" falls short of the truth: where Kleene logic calls a rule open that no answer can change any more.

Only findings whose values both raise and lower a rule, or shut each other out, can make that difference: of all others the worst that is
open can really come. So the completions of those are enough, and the solver names them one by one until none is missing.
"""

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TypeAlias, assert_never

import z3

from spinesafe.backends.proofs.encode import Trees
from spinesafe.backends.proofs.logic import ALWAYS, Bit, Rails, either, every, opposite
from spinesafe.backends.proofs.people import Choice, Known, Number, Several, State, YesNo, anything, bits_of, whole
from spinesafe.backends.proofs.proof import Proof
from spinesafe.backends.proofs.solve import Solver
from spinesafe.backends.proofs.world import is_so
from spinesafe.rulebase.expression import Atom, Compare, Expression, Has, Holds, Is, Not, atoms_of, parts_of
from spinesafe.rulebase.names import findings_of

Placed: TypeAlias = dict[str, set[tuple[Atom, bool]]]
"""The atoms of an expression by finding, each with whether its truth makes the expression truer."""
Value: TypeAlias = bool | str | z3.ArithRef | dict[str, bool] | None


def undecided_is_really_open(proof: Proof) -> None:
    """Lists the rules that are called undecided for somebody though every completion agrees, with the findings that make the difference."""
    whens: dict[Expression, list[str]] = {}
    for rule in proof.world.rulebase.rules:
        whens.setdefault(rule.when, []).append(rule.id)
    exact = 0
    for expression, rules in whens.items():
        torn = torn_findings(expression)
        gap = _Gap(proof, expression, torn) if torn else None
        if gap is None or not gap.certain:
            exact += 1
        else:
            certain = proof.say("proof_holds" if gap.certain == "true" else "proof_does_not_hold")
            proof.note(id=", ".join(rules), certain=certain, though_not_known=", ".join(gap.waits_for))
    proof.counted = {"exact": exact, "all": len(whens)}


def torn_findings(expression: Expression) -> tuple[str, ...]:
    """The findings whose values cannot all be at their worst for an expression at once."""
    placed: Placed = {}
    _place(expression, placed, raises=True)
    return tuple(finding for finding, atoms in placed.items() if _is_torn(atoms))


def _place(node: Expression, placed: Placed, *, raises: bool) -> None:
    if isinstance(node, Holds | Is | Has | Compare):
        placed.setdefault(node.finding, set()).add((node, raises))
    for part in parts_of(node):
        _place(part, placed, raises=raises != isinstance(node, Not))


def _is_torn(atoms: set[tuple[Atom, bool]]) -> bool:
    """Members of a set are answered one by one; numbers are pulled up or down; a choice has one value only."""
    sides: dict[str, set[bool]] = {}
    for atom, raises in atoms:
        match atom:
            case Has(_, member):
                sides.setdefault(member, set()).add(raises)
            case Compare(_, sign, _):
                sides.setdefault("", set()).add(raises == (sign in {">", ">="}))
                sides[""] |= {True, False} if sign == "==" or not raises else set()
            case _:
                sides.setdefault("", set()).add(raises)
    several = any(isinstance(atom, Is) for atom, _ in atoms) and len(atoms) > 1
    return several or any(len(side) > 1 for side in sides.values())


class _Gap:
    """The search for somebody of whom an expression is undecided, though every way to fill the torn findings gives it the same value."""

    def __init__(self, proof: Proof, expression: Expression, torn: tuple[str, ...]) -> None:
        self._expression, self._torn = expression, torn
        self._read = findings_of(expression)
        self._members: dict[str, list[str]] = {}
        for atom in atoms_of(expression):
            if isinstance(atom, Has):
                self._members.setdefault(atom.finding, []).append(atom.member)
        self._one, self._other = proof.world.one.states, proof.world.other.states
        self.certain, self.waits_for = "", tuple[str, ...]()
        undecided = [opposite(rail) for rail in Trees(self._one).value(expression)]
        self._completions = proof.solver(
            "other", given=[self._whole(self._other[finding].known, finding) for finding in torn], findings=self._read
        )
        for truth in (True, False):
            solver = proof.solver("one", given=undecided, findings=self._read)
            model = self._all_agree(solver, truth=truth)
            proof.asked += solver.asked
            if model is not None:
                self.certain = "true" if truth else "false"
                self.waits_for = tuple(f for f in torn if not is_so(model, self._whole(self._one[f].known, f)))
                break
        proof.asked += self._completions.asked

    def _all_agree(self, solver: Solver, *, truth: bool) -> z3.ModelRef | None:
        """Somebody for whom every completion agrees on a truth. Each completion that does not is held against all who come after."""
        rail = 0 if truth else 1
        reached = Trees(self._other).value(self._expression)[rail]
        while model := solver.model():
            against = self._completions.model(*self._known(model), opposite(reached))
            if against is None:
                return solver.smallest([], [self._one[finding].unanswered for finding in self._read], seconds=0.5)
            filled = {f: _filled(self._one[f], _value(self._other[f].known, against, self._members.get(f, ()))) for f in self._torn}
            solver.add(Trees({**self._one, **filled}).value(self._expression)[rail])
        return None

    def _known(self, model: z3.ModelRef) -> Iterator[Bit]:
        """That the other knows exactly what somebody knows, but for the torn findings, of which at least that."""
        for finding in self._read:
            before, after = self._one[finding].known, self._other[finding].known
            settled = isinstance(before, Number) and is_so(model, before.known)
            for bit, same in zip(self._bits(finding, before), self._bits(finding, after), strict=True):
                if is_so(model, bit):
                    yield same
                elif settled or finding not in self._torn:
                    yield opposite(same)
            if isinstance(before, Number) and isinstance(after, Number) and is_so(model, before.known):
                yield after.value == model.eval(before.value, model_completion=True)

    def _whole(self, known: Known, finding: str) -> Bit:
        """Whether everything is known that the expression reads."""
        return every(either(*known.members[m]) for m in self._members[finding]) if isinstance(known, Several) else whole(known)

    def _bits(self, finding: str, known: Known) -> tuple[Bit, ...]:
        """The terms of a finding that the expression reads."""
        if isinstance(known, Several):
            return tuple(rail for member in self._members[finding] for rail in known.members[member])
        return bits_of(known)


def _value(known: Known, model: z3.ModelRef, read: Container[str]) -> Value:
    """The value of a finding that is wholly known."""
    match known:
        case YesNo(yes, _):
            return is_so(model, yes)
        case Choice(values):
            return next(name for name, bit in values.items() if is_so(model, bit))
        case Several(members):
            return {name: is_so(model, yes) for name, (yes, _) in members.items() if name in read}
        case Number(_, none, value):
            return None if is_so(model, none) else model.eval(value, model_completion=True)
        case _:
            assert_never(known)  # pragma: no cover - mypy proves that no kind is missing


def _filled(state: State, value: Value) -> State:
    """A state with a value in the place of what is not known of it."""
    known = state.known
    unknown = opposite(anything(known))
    match known:
        case YesNo(yes, no):
            known = YesNo(either(yes, unknown), no) if value else YesNo(yes, either(no, unknown))
        case Choice(values):
            known = Choice({name: either(bit, unknown) if name == value else bit for name, bit in values.items()})
        case Several(members) if isinstance(value, dict):
            known = Several({**members, **{name: _told(members[name], is_member=there) for name, there in value.items()}})
        case Number(_, none, term) if value is None:
            known = Number(ALWAYS, either(none, unknown), term)
        case Number(_, none, term):
            known = Number(ALWAYS, none, z3.If(unknown, value, term))
        case _:
            raise TypeError(value)  # pragma: no cover - a set has a value for each member
    return replace(state, known=known)


def _told(rails: Rails, *, is_member: bool) -> Rails:
    """The rails of a member of which it is said, where nothing was known, whether it is there."""
    yes, no = rails
    return (opposite(no), no) if is_member else (yes, opposite(yes))
