"""Codings as records send them to codes of the systems that are known here. A display text is never a code."""

import re
from functools import lru_cache

import msgspec

from spinesafe.intake.fhir.resources import Coding

OWN_SYSTEM = "https://spinesafe.org/fhir/CodeSystem/finding"
"""Our own code system: the ids of findings, of their values and of conditions."""

_SYSTEMS = {
    "spinesafe.org/fhir/CodeSystem/finding": "own",
    "hl7.org/fhir/sid/icd-10-cm": "icd10cm",
    "urn:oid:2.16.840.1.113883.6.90": "icd10cm",
    "hl7.org/fhir/sid/icd-10": "icd10",
    "urn:oid:2.16.840.1.113883.6.3": "icd10",
    "id.who.int/icd/release/11/mms": "icd11",
    "id.who.int/icd11/mms": "icd11",
    "hl7.org/fhir/sid/icd-11": "icd11",
    "snomed.info/sct": "snomed",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "loinc.org": "loinc",
    "urn:oid:2.16.840.1.113883.6.1": "loinc",
    "www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "urn:oid:2.16.840.1.113883.6.88": "rxnorm",
    "www.whocc.no/atc": "atc",
    "urn:oid:2.16.840.1.113883.6.73": "atc",
    "www.orpha.net": "orpha",
}
_NAMES = {
    "own": "",
    "icd10cm": "ICD-10-CM ",
    "icd10": "ICD-10 ",
    "icd11": "ICD-11 ",
    "icd9": "ICD-9 ",
    "snomed": "SNOMED CT ",
    "loinc": "LOINC ",
    "rxnorm": "RxNorm ",
    "atc": "ATC ",
    "orpha": "ORPHA ",
}
_ICD9 = re.compile(r"icd-?9|urn:oid:2\.16\.840\.1\.113883\.6\.(?:2|42|103|104)$", re.IGNORECASE)
_UPPER = frozenset({"icd10cm", "icd10", "icd11", "icd9", "atc"})
_ICD10_AGREES_TO = 4
"""ICD-10 and ICD-10-CM mean the same by the codes that the knowledge lists, up to so many characters."""


class Token(msgspec.Struct, frozen=True):
    """A code of a system, written one way: `system` is a short name, or empty where the system is not known."""

    system: str
    code: str
    full: str
    shown: str


def tokens_of(coding: Coding) -> tuple[Token, ...]:
    """The codes of a coding: one, or several where ICD-11 joins them. None where the coding holds no code."""
    return _tokens(coding.system.strip(), coding.code.strip())


@lru_cache(maxsize=1 << 16)
def _tokens(uri: str, code: str) -> tuple[Token, ...]:
    if not code:
        return ()
    system = _system(uri)
    full = f"{uri}|{code}"
    if system == "icd11":
        stems = (stem.partition("&")[0] for stem in code.split("/"))
        return tuple(Token(system, _plain(stem, system), full, f"ICD-11 {code}") for stem in stems)
    shown = _NAMES[system] + code if system else full
    plain = _plain(code, system)
    if system == "icd10" and len(plain) <= _ICD10_AGREES_TO:
        system = "icd10cm"
    return (Token(system, plain, full, shown),)


def plain_code(code: str, system: str) -> str:
    """A code of the knowledge, written the same way."""
    return _plain(code, system)


def _plain(code: str, system: str) -> str:
    if system not in _UPPER:
        return code.removeprefix("ORPHA:") if system == "orpha" else code
    return code.upper().replace(".", "").rstrip("-*+†! ").strip()


def _system(uri: str) -> str:
    plain = uri.strip().rstrip("/")
    plain = plain.removeprefix("https://").removeprefix("http://")
    if plain.startswith("snomed.info/sct/"):
        plain = "snomed.info/sct"
    return _SYSTEMS.get(plain, "icd9" if _ICD9.search(plain) else "")
