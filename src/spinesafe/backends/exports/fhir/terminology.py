"""Our own codes, and what they are called elsewhere: a CodeSystem, ValueSets, a ConceptMap."""

from collections.abc import Iterator, Mapping

from spinesafe.backends.exports.canonical import FINDINGS, url
from spinesafe.backends.exports.fhir.resource import Resource, plain, published
from spinesafe.model.fact import Answer
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Codes
from spinesafe.rulebase.parameters import label_of

SYSTEMS: Mapping[str, str] = {
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd11": "http://id.who.int/icd/release/11/mms",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "orpha": "http://www.orpha.net",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
}
ANSWERS: Mapping[Answer, str] = {
    Answer.DONT_KNOW: "value_dont_know",
    Answer.NOT_EXAMINED: "value_not_examined",
    Answer.NONE: "value_none_of_them",
}
"""The sentences for answers that are no values."""


class Called:
    """What each of our codes means: findings, their values, conditions. A value that several findings share is one code."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.findings = {finding.id: finding.label for finding in rulebase.findings.values()}
        self.conditions = {c.id: c.display_name or c.name for c in rulebase.conditions.values()}
        self.values: dict[str, dict[str, Text]] = {}
        for finding in rulebase.findings.values():
            for member in () if finding.members_from else rulebase.members[finding.id]:
                self.values.setdefault(member, {})[finding.id] = label_of(rulebase, finding, member)
        for answer, sentence in ANSWERS.items():
            self.values.setdefault(answer.value, {})[""] = rulebase.sentences[sentence]

    def concepts(self) -> Iterator[Resource]:
        """Each code once."""
        for code, label in self.findings.items():
            yield _concept(code, "finding", label)
        for code, label in self.conditions.items():
            yield _concept(code, "condition", label)
        for code, labels in self.values.items():
            if code not in self.findings and code not in self.conditions:
                yield _concept(code, "value", _one(code, labels), _each(labels))


def _concept(code: str, kind: str, label: Text, definition: str = "") -> Resource:
    return {
        "code": code,
        "display": plain(label.en),
        **({"definition": definition} if definition else {}),
        "designation": [{"language": "zh", "value": plain(label.zh)}],
        "property": [{"code": "kind", "valueCode": kind}],
    }


def _one(code: str, labels: Mapping[str, Text]) -> Text:
    """The words for a value: those of its finding, or where findings call it differently, its own."""
    words = {label.en: label for label in labels.values()}
    if len(words) == 1:
        return next(iter(words.values()))
    return Text(en=code.replace("_", " "), zh="；".join(dict.fromkeys(plain(label.zh) for label in labels.values())))


def _each(labels: Mapping[str, Text]) -> str:
    return "; ".join(f"{finding}: {plain(label.en)}" for finding, label in labels.items() if finding)


def code_system(rulebase: RuleBase) -> Resource:
    """All codes of our own."""
    concepts = list(Called(rulebase).concepts())
    described = published(
        "CodeSystem", "finding", rulebase.sentences["export_codes_title"], rulebase.sentences["export_codes_description"], rulebase
    )
    kinds = {"code": "kind", "description": "finding, value or condition", "type": "code"}
    return described | {
        "caseSensitive": True,
        "valueSet": url("ValueSet", "everything"),
        "content": "complete",
        "count": len(concepts),
        "property": [kinds],
        "concept": concepts,
    }


def own_value_sets(rulebase: RuleBase) -> Iterator[Resource]:
    """Everything that has a code of ours, and the conditions among it."""
    described = rulebase.sentences["export_codes_description"]
    everything = published("ValueSet", "everything", rulebase.sentences["export_codes_title"], described, rulebase)
    yield everything | {"compose": {"include": [{"system": FINDINGS}]}}
    title, says = (rulebase.sentences[f"export_conditions_{part}"] for part in ("title", "description"))
    conditions = [{"code": condition} for condition in rulebase.conditions]
    yield published("ValueSet", "conditions", title, says, rulebase) | {
        "compose": {"include": [{"system": FINDINGS, "concept": conditions}]}
    }


def concept_map(rulebase: RuleBase) -> Resource:
    """Our codes beside those of others. Codes of one entry are alternatives: none is said to mean exactly the same."""
    groups: dict[str, dict[str, list[str]]] = {}
    for code, codes in _coded(rulebase):
        for system in codes.__struct_fields__:
            for target in getattr(codes, system):
                groups.setdefault(system, {}).setdefault(code, []).append(target)
    title, says = (rulebase.sentences[f"export_map_{part}"] for part in ("title", "description"))
    return published("ConceptMap", "codes", title, says, rulebase) | {
        "sourceCanonical": url("ValueSet", "everything"),
        "group": [{"source": FINDINGS, "target": SYSTEMS[system], "element": list(_elements(held))} for system, held in groups.items()],
    }


def _elements(held: Mapping[str, list[str]]) -> Iterator[Resource]:
    for code, targets in held.items():
        yield {"code": code, "target": [{"code": target, "equivalence": "relatedto"} for target in dict.fromkeys(targets)]}


def _coded(rulebase: RuleBase) -> Iterator[tuple[str, Codes]]:
    """Findings, values that belong to one finding alone, and conditions, each with its codes."""
    shared = {code for code, labels in Called(rulebase).values.items() if len(labels) > 1}
    for finding in rulebase.findings.values():
        if finding.codes is not None:
            yield finding.id, finding.codes
        for member in finding.members:
            if member.codes is not None and member.id not in shared:
                yield member.id, member.codes
    for condition in rulebase.conditions.values():
        yield condition.id, condition.codes
