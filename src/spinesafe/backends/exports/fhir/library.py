"""The CQL and ELM of the rule base inside Library resources, with what they ask for and what comes out."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator

from spinesafe.backends.exports.canonical import FHIR_LIBRARY, LIBRARY
from spinesafe.backends.exports.cql import cql_library
from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.fhir.lookup import Lookup
from spinesafe.backends.exports.fhir.resource import Resource, concept, plain, published
from spinesafe.backends.exports.logic import Logic
from spinesafe.backends.exports.outputs import SETTLED, URGENCY, ceiling_of, cell_name, floor_of, reported_of
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.parameters import Parameter

ELM_FILE = f"{LIBRARY}.elm.json"
_TYPES = {"Boolean": "boolean", "Decimal": "decimal", "String": "string"}


def library(rulebase: RuleBase, logic: Logic, elm: str) -> Resource:
    """The library whose findings are parameters. Its ELM is too large for some servers, and so lies beside it in a file."""
    cql = cql_library(logic, rulebase)
    embedded = {"contentType": "text/cql", "data": _base64(cql.encode())}
    asked = [(parameter.name, parameter) for parameter in logic.parameters]
    return _library(LIBRARY, "export_library", asked, [embedded, _beside("application/elm+json", ELM_FILE, elm)], rulebase)


def lookup_library(rulebase: RuleBase, lookup: Lookup) -> Resource:
    """The library that looks findings up in a record. It is larger still, and lies beside this in a file."""
    asked = [(lookup.asked_name(parameter), parameter) for parameter in lookup.logic.parameters]
    return _library(FHIR_LIBRARY, "export_lookup", asked, [_beside("text/cql", f"{FHIR_LIBRARY}.cql", lookup.cql())], rulebase)


def _library(name: str, sentence: str, asked: Iterable[tuple[str, Parameter]], content: list[Resource], rulebase: RuleBase) -> Resource:
    title, says = (rulebase.sentences[f"{sentence}_{part}"] for part in ("title", "description"))
    return published("Library", name, title, says, rulebase) | {
        "name": name,
        "type": concept({"system": "http://terminology.hl7.org/CodeSystem/library-type", "code": "logic-library"}),
        "parameter": [*_asked(asked), *_told(rulebase)],
        "content": content,
    }


def _beside(kind: str, file: str, text: str) -> Resource:
    return {"contentType": kind, "url": file, "size": len(text.encode()), "hash": _hash(text)}


def elm_text(logic: Logic, version: str) -> str:
    """The ELM of the library, as it lies in its file."""
    return json.dumps(elm_library(logic, version), ensure_ascii=False, separators=(",", ":"))


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _hash(text: str) -> str:
    return _base64(hashlib.sha1(text.encode(), usedforsecurity=False).digest())


def _asked(parameters: Iterable[tuple[str, Parameter]]) -> Iterator[Resource]:
    for name, parameter in parameters:
        asked = {"name": name, "use": "in", "min": 0, "max": "1", "type": _TYPES[parameter.type]}
        yield asked | ({"documentation": plain(parameter.label.en)} if parameter.label else {})


def _told(rulebase: RuleBase) -> Iterator[Resource]:
    layout = rulebase.layout
    cells = (cell_name(technique, region) for technique in layout.techniques for region in layout.regions)
    for name in (URGENCY, *cells):
        for value in (floor_of(name), ceiling_of(name), reported_of(name)):
            yield {"name": value, "use": "out", "min": 1, "max": "1", "type": "string"}
    yield {"name": SETTLED, "use": "out", "min": 1, "max": "1", "type": "boolean"}
