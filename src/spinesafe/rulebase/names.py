"""Expressions as people write them to trees whose every name is known and fits its use.

Parsed with Python's own `ast` in `eval` mode and a whitelist. A finding that a condition implies is expanded here, once, so that no
back end can forget it: `known_axial_spa` means "was answered yes, or ankylosing spondylitis is among the diagnoses".
"""

import ast
from collections.abc import Iterable, Mapping

from spinesafe.rulebase.expression import (
    FALSE,
    TRUE,
    AtLeast,
    Compare,
    Expression,
    Has,
    Holds,
    Is,
    Named,
    all_of,
    any_of,
    atoms_of,
    negated,
)
from spinesafe.rulebase.format import Condition, Definition, Finding
from spinesafe.rulebase.problems import nearest

DIAGNOSES = "diagnosis_condition"
_SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}


class ExpressionError(Exception):
    """An expression that cannot be read. `mend` says how to put it right."""

    def __init__(self, code: str, found: str, mend: str) -> None:
        super().__init__(found)
        self.code, self.found, self.mend = code, found, mend


class Names:
    """What the names in expressions stand for, and the reader of expressions over them."""

    known = "finding and no definition"
    """What a name that is not known is none of."""

    def __init__(self, findings: Mapping[str, Finding], definitions: Mapping[str, Definition], conditions: Iterable[Condition]) -> None:
        self.findings = findings
        self.definitions = definitions
        self.members = {
            f.id: tuple(c.id for c in conditions) if f.members_from else tuple(m.id for m in f.members) for f in findings.values()
        }
        self.implied_by: dict[tuple[str, str], list[str]] = {}
        for condition in conditions:
            for finding, values in condition.implies.items():
                for value in values if isinstance(values, tuple) else (values,):
                    self.implied_by.setdefault((finding, str(value).lower()), []).append(condition.id)
        self._read: dict[str, Expression] = {}
        self._counts: dict[str, tuple[Expression, ...]] = {}
        self._open: list[str] = []

    def read(self, text: str) -> Expression:
        """The tree of an expression. Raises `ExpressionError`."""
        if text not in self._read:
            try:
                tree = ast.parse(text.strip(), mode="eval").body
            except (SyntaxError, ValueError, RecursionError) as error:
                raise ExpressionError(
                    "not_an_expression", f"{text!r} cannot be read", "check brackets, and the words and, or, not, in"
                ) from error
            self._read[text] = self._tree(tree)
        return self._read[text]

    def definition(self, name: str) -> Expression:
        """The tree of a definition, carrying its name and its reading."""
        definition = self.definitions[name]
        if name in self._open:
            raise ExpressionError("circular", f"{name} is defined by itself", "break the circle " + " -> ".join([*self._open, name]))
        self._open.append(name)
        try:
            part = any_of(*self.counted(name)) if definition.counts else self.read(definition.is_)
        finally:
            self._open.pop()
        if definition.when_not_known and not isinstance(part, Holds | Is | Has | Compare):
            raise ExpressionError(
                "reading_too_wide",
                f"{name} counts as true while not known, but is more than one comparison",
                "give the one comparison a definition of its own and put when_not_known there",
            )
        return Named(name, part, definition.when_not_known)

    def counted(self, name: str) -> tuple[Expression, ...]:
        """What a counting definition counts, with the counts inside it spliced in."""
        if name not in self._counts:
            parts: list[Expression] = []
            for text in self.definitions[name].counts:
                inner = self.definitions.get(text)
                parts.extend(self.counted(text) if inner and inner.counts else (self.read(text),))
            self._counts[name] = tuple(parts)
        return self._counts[name]

    def has(self, finding: str, member: str) -> Expression:
        """The set holds the member, as answered or as a diagnosed condition implies."""
        return any_of(Has(finding, member), *self._diagnosed((finding, member)))

    def is_(self, finding: str, member: str, among: Iterable[str] = ()) -> Expression:
        """The choice has the value, as answered or as a diagnosed condition implies.

        Only a stated value that outlives the diagnosis (treated, healed) stands against the implied one, unless it is `among` those that
        would do as well.
        """
        if member == "none":
            implied = [c for m in self.members[finding] if m != "none" for c in self._diagnosed((finding, m))]
            return all_of(Is(finding, "none"), *(negated(c) for c in implied))
        implied = list(self._diagnosed((finding, member)))
        if not implied:
            return Is(finding, member)
        stands = any_of(
            *(Is(finding, m.id) for m in self.findings[finding].members if m.outlives_diagnosis and m.id not in {member, *among})
        )
        return any_of(
            Is(finding, member), all_of(any_of(*implied), negated(Named(f"{finding}_stated_otherwise", stands, when_not_known=False)))
        )

    def _diagnosed(self, value: tuple[str, str]) -> tuple[Expression, ...]:
        return tuple(Has(DIAGNOSES, condition) for condition in self.implied_by.get(value, ()))

    def _tree(self, at: ast.expr) -> Expression:
        match at:
            case ast.BoolOp(op=ast.And(), values=values):
                return all_of(*(self._tree(v) for v in values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return any_of(*(self._tree(v) for v in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return negated(self._tree(operand))
            case ast.Name(id=name):
                return self._name(name)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._comparison(left, operator, right)
            case ast.Call(func=ast.Name(id="at_least"), args=[ast.Constant(value=int(number)), *parts], keywords=[]):
                return _at_least(number, tuple(self._tree(p) for p in parts))
        raise ExpressionError(
            "not_in_the_language",
            f"{ast.unparse(at)!r} is not in the language",
            "use and, or, not, comparisons, in, at_least(k, ...), count(set) >= k and named definitions",
        )

    def _name(self, name: str) -> Expression:
        if name in {"true", "false"}:
            return TRUE if name == "true" else FALSE
        if name in self.definitions:
            return self.definition(name)
        finding = self._finding(name)
        if finding.kind != "boolean":
            raise ExpressionError("type_mismatch", f"{name} is a {finding.kind}, not yes or no", "compare it with a value")
        return any_of(Holds(name), *self._diagnosed((name, "true")))

    def _finding(self, name: str) -> Finding:
        if name not in self.findings:
            raise ExpressionError(
                "unknown_name",
                f"{name} is no {self.known}",
                nearest(name, [*self.findings, *self.definitions]) or "add it to findings/ or definitions/",
            )
        return self.findings[name]

    def _member(self, finding: str, member: str) -> str:
        if not self.members[finding]:
            raise ExpressionError("type_mismatch", f"{finding} is a {self.findings[finding].kind}: it has no named values", "see its kind")
        if member not in self.members[finding]:
            raise ExpressionError(
                "unknown_value",
                f"{member} is no value of {finding}",
                nearest(member, self.members[finding]) or "use one of " + ", ".join(self.members[finding]),
            )
        return member

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Expression:
        match left, operator, right:
            case ast.Call(func=ast.Name(id="count"), args=[ast.Name(id=name)], keywords=[]), _, _:
                self._expect(name, "set")
                return self._count(tuple(self.has(name, m) for m in self.members[name]), operator, right)
            case ast.Name(id=name), _, _ if name in self.definitions and self.definitions[name].counts:
                return self._count(self.counted(name), operator, right)
            case ast.Name(id=member), ast.In() | ast.NotIn(), ast.Name(id=name):
                self._expect(name, "set")
                found = self.has(name, self._member(name, member))
                return found if isinstance(operator, ast.In) else negated(found)
            case ast.Name(id=name), ast.In() | ast.NotIn(), ast.Set(elts=elements):
                members = [self._member(self._finding(name).id, ast.unparse(e)) for e in elements]
                found = any_of(*(self._one(name, m, members) for m in members))
                return found if isinstance(operator, ast.In) else negated(found)
            case ast.Name(id=name), ast.Eq() | ast.NotEq(), ast.Name(id=value):
                found = self._equal(self._finding(name), value)
                return found if isinstance(operator, ast.Eq) else negated(found)
            case ast.Name(id=name), _, _ if type(operator) in _SIGNS and (limit := _number(right)) is not None:
                self._expect(name, "number")
                return Compare(name, _SIGNS[type(operator)], limit)  # type: ignore[arg-type]
        raise ExpressionError(
            "not_a_comparison",
            f"{ast.unparse(left)} cannot be compared so",
            "write number >= limit, choice == value, choice in {a, b}, member in set, count(set) >= k",
        )

    def _equal(self, finding: Finding, value: str) -> Expression:
        if finding.kind == "boolean" and value in {"true", "false"}:
            holds = self._name(finding.id)
            return holds if value == "true" else negated(holds)
        if finding.kind == "set" and value == "none":
            return negated(any_of(*(self.has(finding.id, m) for m in self.members[finding.id])))
        return self._one(finding.id, self._member(finding.id, value))

    def _one(self, finding: str, member: str, among: Iterable[str] = ()) -> Expression:
        return self.is_(finding, member, among) if self.findings[finding].kind == "choice" else self.has(finding, member)

    def _count(self, parts: tuple[Expression, ...], operator: ast.cmpop, right: ast.expr) -> Expression:
        number = _number(right)
        if isinstance(operator, ast.GtE) and number is not None and number == int(number):
            return _at_least(int(number), parts)
        if isinstance(operator, ast.Eq) and number == 0:
            return negated(any_of(*parts))
        raise ExpressionError("count_must_rise", "a count can only be asked for >= k or == 0", "write >= k: one danger more must not lower")

    def _expect(self, name: str, kind: str) -> None:
        finding = self._finding(name)
        if finding.kind != kind:
            raise ExpressionError("type_mismatch", f"{name} is a {finding.kind}, not a {kind}", "see its kind in findings/")


def _number(at: ast.expr) -> float | None:
    match at:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -float(value)
    return None


def _at_least(number: int, parts: tuple[Expression, ...]) -> Expression:
    if not 1 <= number <= len(parts):
        raise ExpressionError(
            "count_out_of_reach", f"at least {number} of {len(parts)} holds for everybody or nobody", f"ask for 1 to {len(parts)}"
        )
    return any_of(*parts) if number == 1 else all_of(*parts) if number == len(parts) else AtLeast(number, parts)


def findings_of(expression: Expression) -> tuple[str, ...]:
    """The findings that an expression reads, each once, in reading order."""
    return tuple(dict.fromkeys(atom.finding for atom in atoms_of(expression)))
