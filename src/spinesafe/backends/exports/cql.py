"""A library as CQL text that clinicians and engines can both read."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never

from spinesafe.backends.exports.canonical import FHIR_VERSION, LIBRARY
from spinesafe.backends.exports.logic import Definition, Logic
from spinesafe.backends.exports.terms import (
    Both,
    Choice,
    Counted,
    Either,
    Equals,
    Known,
    Open,
    Opposite,
    Ref,
    Same,
    Several,
    Stands,
    Sure,
    Term,
    Truth,
    Word,
)
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.parameters import Parameter, label_of

WIDTH = 140
_UNITS = (Truth, Known, Ref, Several, Counted)
_GROUPS = (Both, Either, Choice)
_STEP = "  "

AT_LEAST = """\
// True when so many of the parts are true, false when so many cannot be true any more, else not known.
define function "at least"(number Integer, parts List<Boolean>):
  case
    when Count(parts part where part is true return all true) >= number then true
    when Count(parts part where part is not false return all true) < number then false
    else null
  end
"""


def head(rulebase: RuleBase, library: str) -> list[str]:
    """What stands above a library."""
    return [
        f"// spinesafe {rulebase.version}, knowledge {rulebase.digest}. Written from the knowledge: change that, not this.",
        "// A decision support for spines, not a diagnosis, and not clinically validated.",
        "// What is not known is null, and never no. Truth is three-valued throughout.",
        '// What ends in ", read" is what is delivered: there the undecided counts as its definition says, to the graver side.',
        f"library {library} version '{rulebase.version}'",
        "",
        f"using FHIR version '{FHIR_VERSION}'",
        "",
    ]


def cql_library(logic: Logic, rulebase: RuleBase) -> str:
    """The whole library, with every finding as a parameter."""
    parameters = [line for parameter in logic.parameters for line in (*_said(parameter, rulebase), _parameter(parameter))]
    return "\n".join([*head(rulebase, LIBRARY), *parameters, "", "context Patient", "", AT_LEAST, *chapters(logic.definitions)])


def _parameter(parameter: Parameter) -> str:
    return f'parameter "{parameter.name}" {parameter.type} default null'


def _said(parameter: Parameter, rulebase: RuleBase) -> Iterator[str]:
    """What a parameter is: of which finding it says what, in which unit, in which words."""
    if parameter.label is None:
        yield "// true in a follow-up during or after a treatment | 治疗中或治疗后随访时为真"
        return
    finding = rulebase.findings[parameter.finding]
    if parameter.name == finding.id:
        unit = f" [{finding.unit}]" if finding.unit and parameter.type == "Decimal" else ""
        yield _comment(f"{finding.label.en.strip()} | {finding.label.zh.strip()}{unit}")
    else:
        yield _comment(
            f"{finding.label.en.strip()}: {parameter.label.en.strip()} | {finding.label.zh.strip()}：{parameter.label.zh.strip()}"
        )
    if parameter.type == "String":
        for member in rulebase.members[finding.id]:
            label = label_of(rulebase, finding, member)
            yield _comment(f"  '{member}': {label.en.strip()} | {label.zh.strip()}")


def _comment(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"// {indent}{' '.join(line.split())}"


def chapters(definitions: Iterable[Definition]) -> Iterator[str]:
    """Definitions with their comments, below headings."""
    for chapter, held in groupby(definitions, lambda d: d.chapter):
        yield f"// ---- {chapter}\n"
        for definition in held:
            yield "\n".join([*map(_comment, definition.comment), _definition(definition)]) + "\n"


def _definition(definition: Definition) -> str:
    return f'define "{definition.name}":\n{_STEP}{written(definition.term, _STEP)}'


def written(term: Term, indent: str = "") -> str:
    """A term, broken over lines where it is long."""
    short = _in_line(term)
    if len(indent) + len(short) <= WIDTH:
        return short
    inner = indent + _STEP
    match term:
        case Both(parts):
            return f"\n{indent}and ".join(_part(part, inner) for part in parts)
        case Either(parts):
            return f"\n{indent}or ".join(_part(part, inner) for part in parts)
        case Several(number, parts):
            listed = ",\n".join(f"{inner}{written(part, inner)}" for part in parts)
            return f'"at least"({number}, {{\n{listed}\n{indent}}})'
        case Opposite(part) if not isinstance(part, _UNITS):
            return f"not (\n{inner}{written(part, inner)}\n{indent})"
        case Counted(part, instead):
            return f"Coalesce(\n{inner}{written(part, inner)},\n{inner}{_in_line(Truth(instead))}\n{indent})"
        case Choice(cases, otherwise):
            lines = [f"{inner}when {written(when, inner)} then {written(then, inner)}" for when, then in cases]
            return "\n".join(["case", *lines, f"{inner}else {written(otherwise, inner)}", f"{indent}end"])
        case _:
            return short


def _part(term: Term, indent: str) -> str:
    """A term under an operator: in brackets where it is more than one word of the language."""
    if not isinstance(term, _GROUPS):
        return written(term, indent)
    short = f"({_in_line(term)})"
    return short if len(indent) + len(short) <= WIDTH else f"(\n{indent}{written(term, indent)}\n{indent[: -len(_STEP)]})"


def _in_line(term: Term) -> str:  # noqa: C901, PLR0912 - one case for each kind of term
    match term:
        case Truth(value):
            return str(value).lower()
        case Word(value):
            return f"'{value}'"
        case Known(name) | Ref(name):
            return f'"{name}"'
        case Equals(name, value):
            return f"\"{name}\" = '{value}'"
        case Stands(name, sign, limit):
            return f'"{name}" {"=" if sign == "==" else sign} {float(limit)}'
        case Same(left, right):
            return f'"{left}" = "{right}"'
        case Both(parts):
            return " and ".join(map(_grouped, parts))
        case Either(parts):
            return " or ".join(map(_grouped, parts))
        case Several(number, parts):
            return f'"at least"({number}, {{{", ".join(map(_in_line, parts))}}})'
        case Opposite(part):
            return f"not {_bracketed(part)}"
        case Sure(part):
            return f"{_bracketed(part)} is true"
        case Open(part):
            return f"{_bracketed(part)} is not false"
        case Counted(part, instead):
            return f"Coalesce({_in_line(part)}, {str(instead).lower()})"
        case Choice(cases, otherwise):
            lines = " ".join(f"when {_in_line(when)} then {_in_line(then)}" for when, then in cases)
            return f"case {lines} else {_in_line(otherwise)} end"
    assert_never(term)


def _grouped(term: Term) -> str:
    """A term under `and` or `or`, which bind less than all but each other."""
    return f"({_in_line(term)})" if isinstance(term, _GROUPS) else _in_line(term)


def _bracketed(term: Term) -> str:
    """A term under `not` or `is`, which bind more than all others."""
    return _in_line(term) if isinstance(term, _UNITS) else f"({_in_line(term)})"
