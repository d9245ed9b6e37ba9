"""Small FHIR records, written as a hospital would send them, and what is read from them."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from spinesafe.intake.fhir import OWN_SYSTEM, read_fhir
from spinesafe.model.fact import Members, Value
from spinesafe.model.reading import Item, Reading
from spinesafe.rulebase import load

Json = dict[str, Any]

TODAY = date(2026, 11, 24)
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
UCUM = "http://unitsofmeasure.org"


def coded(system: str, *codes: str, **more: Any) -> Json:
    return {"coding": [{"system": system, "code": code} for code in codes], **more}


def own(code: str) -> Json:
    return coded(OWN_SYSTEM, code)


def patient(name: str = "p", **more: Any) -> Json:
    return {"resourceType": "Patient", "id": name, "birthDate": "1980-05-17", **more}


def resource(kind: str, name: str, who: str = "p", **more: Any) -> Json:
    return {"resourceType": kind, "id": name, "subject": {"reference": f"Patient/{who}"}, **more}


def condition(code: Json, name: str = "c", *, clinical: str = "active", verified: str = "confirmed", **more: Any) -> Json:
    status: Json = {} if not clinical else {"clinicalStatus": {"coding": [{"code": clinical}]}}
    sure: Json = {} if not verified else {"verificationStatus": {"coding": [{"code": verified}]}}
    return resource("Condition", name, code=code, **status, **sure, **more)


def icd(*codes: str, name: str = "c", **more: Any) -> Json:
    return condition(coded(ICD10CM, *codes), name, **more)


def observation(code: Json, name: str = "o", *, at: str = "2026-11-24", **value: Any) -> Json:
    when: Json = {"effectiveDateTime": at} if at else {}
    return resource("Observation", name, status="final", code=code, **when, **value)


def observed(finding: str, name: str = "o", *, at: str = "2026-11-24", **value: Any) -> Json:
    return observation(own(finding), name, at=at, **value)


def interview(name: str = "q", *, authored: str = "2026-11-24", status: str = "completed", **answers: Any) -> Json:
    """Each answer is a list of FHIR answers, or one value."""
    return asked(answers, name, authored=authored, status=status)


def asked(answers: Mapping[str, Any], name: str = "q", *, authored: str = "2026-11-24", status: str = "completed") -> Json:
    """The same, of answers by finding."""
    items = [{"linkId": link, "answer": _answers(answer)} for link, answer in answers.items()]
    when: Json = {"authored": authored} if authored else {}
    return resource("QuestionnaireResponse", name, status=status, item=items, **when)


def _answers(answer: object) -> list[Json]:
    match answer:
        case list():
            return [part for one in answer for part in _answers(one)]
        case dict():
            return [answer]
        case bool():
            return [{"valueBoolean": answer}]
        case int():
            return [{"valueInteger": answer}]
        case float():
            return [{"valueDecimal": answer}]
    return [{"valueCoding": {"system": OWN_SYSTEM, "code": answer}}]


def bundle(*resources: Json) -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}).encode()


def ndjson(*resources: Json) -> bytes:
    return b"\n".join(json.dumps(r).encode() for r in resources)


def readings(data: bytes, as_of: date = TODAY) -> list[Reading]:
    return read_fhir(data, load(), as_of)


def read(*resources: Json, as_of: date = TODAY) -> Reading:
    """The reading of one person."""
    (reading,) = readings(bundle(patient(), *resources), as_of)
    return reading


def value(reading: Reading, finding: str) -> Value | None:
    fact = reading.facts.get(finding)
    return fact.value if fact else None


def present(reading: Reading, finding: str = "diagnosis_condition") -> set[str]:
    held = value(reading, finding)
    return set(held.present) if isinstance(held, Members) else set()


def absent(reading: Reading, finding: str = "diagnosis_condition") -> set[str]:
    held = value(reading, finding)
    return set(held.absent) if isinstance(held, Members) else set()


def whys(items: tuple[Item, ...]) -> list[str]:
    return [item.why for item in items]


def findings(reading: Reading) -> dict[str, Value]:
    return {name: fact.value for name, fact in reading.facts.items() if name != "age_years"}
