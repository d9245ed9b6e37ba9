"""The files of each kind of export, by their path."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal, TypeAlias, get_args

from spinesafe.backends.exports.canonical import FHIR_LIBRARY, LIBRARY
from spinesafe.backends.exports.cql import cql_library
from spinesafe.backends.exports.fhir.guide import manifest, resources
from spinesafe.backends.exports.fhir.library import ELM_FILE, elm_text
from spinesafe.backends.exports.fhir.lookup import Lookup
from spinesafe.backends.exports.logic import logic_of
from spinesafe.backends.exports.tables.render import html, markdown
from spinesafe.backends.exports.tables.tables import preface, tables_of
from spinesafe.backends.exports.tables.words import Words
from spinesafe.model.text import LANGUAGES
from spinesafe.rulebase import RuleBase

Kind: TypeAlias = Literal["cql", "elm", "fhir", "markdown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Files: TypeAlias = dict[PurePosixPath, str]


def export(kind: Kind, rulebase: RuleBase) -> Files:
    """The files of a kind of export."""
    return {PurePosixPath(name): text for name, text in _WRITERS[kind](rulebase)}


def _cql(rulebase: RuleBase) -> Iterator[tuple[str, str]]:
    logic = logic_of(rulebase)
    yield f"{LIBRARY}.cql", cql_library(logic, rulebase)
    yield f"{FHIR_LIBRARY}.cql", Lookup(rulebase, logic).cql()


def _elm(rulebase: RuleBase) -> Iterator[tuple[str, str]]:
    yield ELM_FILE, elm_text(logic_of(rulebase), rulebase.version)


def _fhir(rulebase: RuleBase) -> Iterator[tuple[str, str]]:
    logic = logic_of(rulebase)
    lookup = Lookup(rulebase, logic)
    for resource in resources(rulebase, logic, lookup):
        yield f"{resource['resourceType']}-{resource['id']}.json", _json(resource)
    yield ELM_FILE, elm_text(logic, rulebase.version)
    yield f"{FHIR_LIBRARY}.cql", lookup.cql()
    yield "package.json", _json(manifest(rulebase))


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _markdown(rulebase: RuleBase) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        words = Words(rulebase, language)
        title, above, tables = words.sentence("table_title"), preface(rulebase, words), tuple(tables_of(words))
        yield f"decision-tables.{language}.md", markdown(title, above, tables)
        yield f"decision-tables.{language}.html", html(title, above, tables, language)


_WRITERS: Mapping[Kind, Callable[[RuleBase], Iterator[tuple[str, str]]]] = {
    "cql": _cql,
    "elm": _elm,
    "fhir": _fhir,
    "markdown": _markdown,
}
