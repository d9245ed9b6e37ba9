"""No danger in a lowering place: the part of the laws that can be read off the expressions.

In a rule everything raises. A danger may therefore stand only where its truth makes the rule truer, a protective value only where
its truth makes it less so. Neutral and mixed values may stand anywhere; a mixed one names the rules that it raises and exempts.
"""

from collections.abc import Iterator, Mapping

from spinesafe.rulebase.expression import Atom, Compare, Expression, Has, Holds, Is, Not, parts_of
from spinesafe.rulebase.format import Condition, Finding, Polarity


def faults(expression: Expression, findings: Mapping[str, Finding], conditions: Mapping[str, Condition]) -> Iterator[tuple[str, str, str]]:
    """Each misplaced value, as (code, what was found, how to mend it)."""
    for atom, raises in dict.fromkeys(_placed(expression, raises=True)):
        kind = polarity_of(atom, findings, conditions)
        if kind == "danger" and not raises:
            yield (
                "danger_lowers",
                f"the danger {_shown(atom)} stands where it lowers the outcome",
                "write the exception with a protective fact, or declare the finding mixed and say why",
            )
        elif kind == "protective" and raises:
            yield (
                "protective_raises",
                f"the protective {_shown(atom)} stands where its absence lowers the outcome",
                "drop it: the join with the graver rule does what it was for",
            )


def polarity_of(atom: Atom, findings: Mapping[str, Finding], conditions: Mapping[str, Condition]) -> Polarity:
    """What an atom was declared as: its value, or its finding where that has no named values."""
    match atom:
        case Holds(finding) | Compare(finding, _, _):
            return findings[finding].polarity
        case _ if findings[atom.finding].members_from:
            return conditions[atom.member].polarity
        case _:
            return next(m.polarity for m in findings[atom.finding].members if m.id == atom.member)


def _placed(node: Expression, *, raises: bool) -> Iterator[tuple[Atom, bool]]:
    if isinstance(node, Holds | Is | Has | Compare):
        yield node, raises
    for part in parts_of(node):
        yield from _placed(part, raises=raises != isinstance(node, Not))


def _shown(atom: Atom) -> str:
    match atom:
        case Is(finding, member):
            return f"{finding} == {member}"
        case Has(finding, member):
            return f"{member} in {finding}"
        case Compare(finding, sign, limit):
            return f"{finding} {sign} {limit:g}"
        case _:
            return atom.finding
