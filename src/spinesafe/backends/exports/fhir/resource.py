"""What all published resources share: canonical address, version, status, and texts in two languages."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from spinesafe.backends.exports.canonical import PUBLISHER, STATUS, last_reviewed, url
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase

Resource: TypeAlias = dict[str, Any]

_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


def published(kind: str, name: str, title: Text, description: Text, rulebase: RuleBase) -> Resource:
    """The head of a resource. Nothing is published as fit for use before clinicians have signed it."""
    return {
        "resourceType": kind,
        "id": name,
        "language": "en",
        "url": url(kind, name),
        "version": rulebase.version,
        "name": "Spinesafe" + "".join(word.capitalize() for word in name.split("-")),
        **said("title", title),
        "status": STATUS,
        "experimental": True,
        "date": last_reviewed(rulebase),
        "publisher": PUBLISHER,
        **said("description", description),
    }


def said(field: str, text: Text) -> Resource:
    """A text in English, with its Chinese beside it as FHIR translates."""
    language = {"url": "lang", "valueCode": "zh"}
    content = {"url": "content", "valueString": plain(text.zh)}
    return {field: plain(text.en), f"_{field}": {"extension": [{"url": _TRANSLATION, "extension": [language, content]}]}}


def plain(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def coding(system: str, code: str, display: str = "") -> Resource:
    """A code of a system."""
    return {"system": system, "code": code, **({"display": plain(display)} if display else {})}


def concept(*codings: Resource, text: str = "") -> Resource:
    """Codes for one thing."""
    return {"coding": list(codings), **({"text": plain(text)} if text else {})}


def kept(pairs: Iterable[tuple[str, Any]]) -> Resource:
    """The pairs that hold something: FHIR knows no empty lists."""
    return {key: value for key, value in pairs if value}
