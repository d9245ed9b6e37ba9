"""The library that looks findings up reads a record as the intake of the program does."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from spinesafe.backends.exports.canonical import FINDINGS, url
from spinesafe.backends.exports.fhir.lookup import Lookup
from spinesafe.backends.exports.fhir.recorded import Code
from spinesafe.backends.exports.fhir.terminology import SYSTEMS
from spinesafe.backends.exports.logic import logic_of
from spinesafe.intake.fhir import read_fhir
from spinesafe.rulebase import load
from spinesafe.rulebase.parameters import parameters_of
from tests.conformance.node_process import ROOT, SCRIPTS, run_records, translated

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
TODAY = date(2026, 11, 24)
OF_SYSTEM = {system: name for name, system in SYSTEMS.items()} | {FINDINGS: "own"}


@cache
def lookup() -> Lookup:
    return Lookup(load(), logic_of(load()))


def names() -> list[str]:
    return [parameter.name for parameter in lookup().logic.parameters if lookup().is_looked_up(parameter)]


@cache
def library() -> Any:
    return translated(lookup().cql(), FHIRHelpers=SCRIPTS / "FHIRHelpers.cql")


def codings(value: Any) -> Iterator[tuple[str, str]]:
    """Every coding of a record."""
    match value:
        case {"system": str() as system, "code": str() as code}:
            yield system, code
        case dict():
            yield from (coding for part in value.values() for coding in codings(part))
        case list():
            yield from (coding for part in value for coding in codings(part))


def expanded(records: list[Any]) -> dict[str, list[dict[str, str]]]:
    """Each value set with those of its codes that occur in the records: what a terminology server does with all codes."""
    seen = sorted({coding for coding in codings(records) if coding[0] in OF_SYSTEM})
    return {
        url("ValueSet", one.name): [{"system": s, "code": c} for s, c in seen if one.contents.holds(Code(OF_SYSTEM[s], c))]
        for one in lookup().value_sets.values()
    }


def looked_up(records: list[Any], wanted: list[str]) -> list[dict[str, Any]]:
    found = run_records(library(), wanted, expanded(records), TODAY, records)
    return [dict(zip(wanted, values, strict=True)) for values in found]


def test_the_translator_accepts_the_library() -> None:
    assert library()["library"]["identifier"]["id"] == "SpinesafeFHIR"


def known(name: str, value: Any) -> Any:
    """A value; that a number does not apply is true, or says nothing."""
    return value is True if name.endswith(": none") else value


def differing(records: Mapping[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """Where the library and the intake of the program read a record differently."""
    found = []
    for (name, record), values in zip(records.items(), looked_up(list(records.values()), names()), strict=True):
        (reading,) = read_fhir(json.dumps(record).encode(), load(), TODAY)
        wanted = parameters_of(reading.facts, load())
        found += [(name, n, wanted[n], value) for n, value in values.items() if known(n, wanted[n]) != known(n, value)]
    return found


def examples() -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES}


def test_the_example_patients_are_read_as_intake_reads_them() -> None:
    assert differing(examples()) == []


def changed(record: Any, kind: str, **fields: Any) -> Any:
    """A record with some fields of each resource of a kind set; those set to nothing are taken away."""
    copied = json.loads(json.dumps(record))
    for entry in copied["entry"]:
        if entry["resource"]["resourceType"] == kind:
            entry["resource"] = {key: value for key, value in (entry["resource"] | fields).items() if value is not None}
    return copied


def coded(system: str, code: str) -> Any:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def answered(record: Any, **answers: Any) -> Any:
    """A record in whose interview more was answered; `__none` and `__not_known` stand beside a question."""
    copied = json.loads(json.dumps(record))
    for entry in copied["entry"]:
        if entry["resource"]["resourceType"] == "QuestionnaireResponse":
            named = {link.replace("__not_known", "--not-known").replace("__none", "--none"): answer for link, answer in answers.items()}
            kept = [item for item in entry["resource"]["item"] if item["linkId"] not in named]
            unanswered = {"linkId": "foot_drop"}
            entry["resource"]["item"] = [unanswered, *kept, *({"linkId": link, "answer": [answer]} for link, answer in named.items())]
    return copied


def of_ours(code: str) -> Any:
    return {"valueCoding": {"system": FINDINGS, "code": code}}


YES, NO, UNKNOWN, DIAMETER = {"valueBoolean": True}, {"valueBoolean": False}, of_ours("dont_know"), {"valueDecimal": 4.5}
BESIDE: dict[str, dict[str, Any]] = {
    "a number that does not apply": {"aaa_diameter_cm__none": YES},
    "a number that applies": {"aaa_diameter_cm__none": NO},
    "a number that applies and does not": {"aaa_diameter_cm": DIAMETER, "aaa_diameter_cm__none": YES},
    "a number that is not known": {"aaa_diameter_cm__not_known": UNKNOWN},
    "a number, and not known": {"aaa_diameter_cm": DIAMETER, "aaa_diameter_cm__not_known": UNKNOWN},
    "not known": {"saddle_numbness__not_known": UNKNOWN, "foot_drop__not_known": UNKNOWN},
    "no, and not known": {"saddle_numbness": NO, "saddle_numbness__not_known": UNKNOWN},
    "yes, and not known": {"saddle_numbness": YES, "saddle_numbness__not_known": UNKNOWN},
}
CHANGES: dict[str, Callable[[Any], Any]] = {
    "no interview": lambda record: changed(record, "QuestionnaireResponse", item=[]),
    "an interview by mistake": lambda record: changed(record, "QuestionnaireResponse", status="entered-in-error"),
    "an interview three weeks ago": lambda record: changed(record, "QuestionnaireResponse", authored="2026-11-03"),
    "an interview long ago": lambda record: changed(record, "QuestionnaireResponse", authored="2026-05-03"),
    "refuted": lambda record: changed(record, "Condition", verificationStatus=coded("condition-ver-status", "refuted")),
    "not yet sure": lambda record: changed(record, "Condition", verificationStatus=coded("condition-ver-status", "differential")),
    "over": lambda record: changed(record, "Condition", clinicalStatus=coded("condition-clinical", "resolved")),
    "of unknown course": lambda record: changed(record, "Condition", clinicalStatus=None, verificationStatus=None),
    "seen three weeks ago": lambda record: changed(record, "Observation", effectiveDateTime="2026-11-03"),
    "not planned": lambda record: changed(record, "ServiceRequest", status="revoked"),
}


def test_changed_records_are_read_as_intake_reads_them() -> None:
    few = {name: record for name, record in examples().items() if name in {"cauda_equina", "suspected_metastasis", "myelopathy"}}
    records = {f"{name}, {change}": make(record) for name, record in few.items() for change, make in CHANGES.items()}
    assert differing(records) == []


def test_what_is_answered_beside_a_question_is_read_as_intake_reads_it() -> None:
    record = examples()["cauda_equina"]
    assert differing({change: answered(record, **given) for change, given in BESIDE.items()}) == []
