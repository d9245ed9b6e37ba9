"""A library as ELM, the form of CQL that engines run, straight from the rule base and not by a translator.

Kept to the plainest nodes: parameters, references, three-valued logic, comparisons, and one function that counts.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias, assert_never

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
from spinesafe.rulebase.parameters import Parameter

Node: TypeAlias = dict[str, Any]

_TYPES = "urn:hl7-org:elm-types:r1"
_SIGNS = {"<": "Less", "<=": "LessOrEqual", ">": "Greater", ">=": "GreaterOrEqual", "==": "Equal"}
_AT_LEAST = "at least"


def elm_library(logic: Logic, version: str) -> Node:
    """The whole library as a JSON document."""
    usings = [
        {"localIdentifier": "System", "uri": _TYPES},
        {"localIdentifier": "FHIR", "uri": "http://hl7.org/fhir", "version": FHIR_VERSION},
    ]
    return {
        "library": {
            "identifier": {"id": LIBRARY, "version": version},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {"def": usings},
            "parameters": {"def": [_parameter(parameter) for parameter in logic.parameters]},
            "contexts": {"def": [{"name": "Patient"}]},
            "statements": {"def": [_at_least(), *(_definition(d) for d in logic.definitions)]},
        }
    }


def _parameter(parameter: Parameter) -> Node:
    """A parameter. One that is left out is null: without a default some engines would count it as true."""
    missing = {"type": "As", "asType": _type(parameter.type), "operand": {"type": "Null"}}
    return {"name": parameter.name, "accessLevel": "Public", "default": missing, "parameterTypeSpecifier": _named_type(parameter.type)}


def _definition(definition: Definition) -> Node:
    return {"name": definition.name, "context": "Patient", "accessLevel": "Public", "expression": node_of(definition.term)}


def node_of(term: Term) -> Node:  # noqa: C901, PLR0912 - one case for each kind of term
    """One term."""
    match term:
        case Truth(value):
            return _literal("Boolean", str(value).lower())
        case Word(value):
            return _literal("String", value)
        case Known(name):
            return {"type": "ParameterRef", "name": name}
        case Ref(name):
            return {"type": "ExpressionRef", "name": name}
        case Equals(name, value):
            return _operation("Equal", node_of(Known(name)), _literal("String", value))
        case Stands(name, sign, limit):
            return _operation(_SIGNS[sign], node_of(Known(name)), _literal("Decimal", str(float(limit))))
        case Same(left, right):
            return _operation("Equal", node_of(Ref(left)), node_of(Ref(right)))
        case Both(parts):
            return _halved("And", [node_of(part) for part in parts])
        case Either(parts):
            return _halved("Or", [node_of(part) for part in parts])
        case Several(number, parts):
            listed = {"type": "List", "element": [node_of(part) for part in parts]}
            return {"type": "FunctionRef", "name": _AT_LEAST, "operand": [_literal("Integer", str(number)), listed]}
        case Opposite(part):
            return _operation("Not", node_of(part))
        case Sure(part):
            return _operation("IsTrue", node_of(part))
        case Open(part):
            return _operation("Not", _operation("IsFalse", node_of(part)))
        case Counted(part, instead):
            return _operation("Coalesce", node_of(part), node_of(Truth(instead)), several=True)
        case Choice(cases, otherwise):
            return _case([(node_of(when), node_of(then)) for when, then in cases], node_of(otherwise))
    assert_never(term)


def _halved(operator: str, nodes: Sequence[Node]) -> Node:
    """Many parts under an operator that takes two, as a tree that is no deeper than it must be."""
    if len(nodes) == 1:
        return nodes[0]
    middle = len(nodes) // 2
    return _operation(operator, _halved(operator, nodes[:middle]), _halved(operator, nodes[middle:]))


def _operation(kind: str, *operands: Node, several: bool = False) -> Node:
    return {"type": kind, "operand": list(operands) if several or len(operands) > 1 else operands[0]}


def _literal(kind: str, value: str) -> Node:
    return {"type": "Literal", "valueType": _type(kind), "value": value}


def _case(items: Sequence[tuple[Node, Node]], otherwise: Node) -> Node:
    return {"type": "Case", "caseItem": [{"when": when, "then": then} for when, then in items], "else": otherwise}


def _type(name: str) -> str:
    return f"{{{_TYPES}}}{name}"


def _named_type(name: str) -> Node:
    return {"type": "NamedTypeSpecifier", "name": _type(name)}


def _at_least() -> Node:
    """The function that counts: true when so many parts are true, false when so many cannot be any more."""
    number = {"type": "OperandRef", "name": "number"}
    part = {"type": "AliasRef", "name": "part"}
    true, open_ = (_counted(where) for where in (_operation("IsTrue", part), _operation("Not", _operation("IsFalse", part))))
    cases = [
        (_operation("GreaterOrEqual", true, number), node_of(Truth(value=True))),
        (_operation("Less", open_, number), node_of(Truth(value=False))),
    ]
    return {
        "type": "FunctionDef",
        "name": _AT_LEAST,
        "context": "Patient",
        "accessLevel": "Public",
        "expression": _case(cases, {"type": "As", "asType": _type("Boolean"), "operand": {"type": "Null"}}),
        "operand": [
            {"name": "number", "operandTypeSpecifier": _named_type("Integer")},
            {"name": "parts", "operandTypeSpecifier": {"type": "ListTypeSpecifier", "elementType": _named_type("Boolean")}},
        ],
    }


def _counted(where: Node) -> Node:
    source = [{"alias": "part", "expression": {"type": "OperandRef", "name": "parts"}}]
    # Each part that is counted stands as `true` and for itself: Count passes over nulls, and a query may drop what it has had before.
    every = {"distinct": False, "expression": node_of(Truth(value=True))}
    query = {"type": "Query", "source": source, "let": [], "relationship": [], "where": where, "return": every}
    return {"type": "Count", "source": query}
