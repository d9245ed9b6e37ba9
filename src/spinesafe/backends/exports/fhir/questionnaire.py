"""The form of all questions. The link id of an item is the id of its finding, so that the answers are read as facts.

A form shows every question that may apply; the interview of the program asks fewer, and the gravest first.
"""

from collections.abc import Iterator

from spinesafe.backends.exports.canonical import FINDINGS, LIBRARY, versioned
from spinesafe.backends.exports.fhir.resource import Resource, coding, kept, plain, published, said
from spinesafe.backends.exports.fhir.terminology import ANSWERS, SYSTEMS
from spinesafe.backends.exports.outputs import asks_name
from spinesafe.model.fact import Answer
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding, Group
from spinesafe.rulebase.parameters import NONE_ITEM, NOT_KNOWN_ITEM, label_of

_STRUCTURE = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"
_CLINICIANS = frozenset({"clinician", "patient_or_clinician"})


def questionnaire(rulebase: RuleBase) -> Resource:
    """The form."""
    title, says = (rulebase.sentences[f"export_form_{part}"] for part in ("title", "description"))
    form = published("Questionnaire", "interview", title, says, rulebase)
    library = {"url": f"{_STRUCTURE}/cqf-library", "valueCanonical": versioned("Library", LIBRARY, rulebase.version)}
    return {**form, "extension": [library], "subjectType": ["Patient"], "item": list(_Form(rulebase).groups())}


class _Form:
    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase

    def groups(self) -> Iterator[Resource]:
        for group in self.rulebase.groups.values():
            items = [item for finding in self.rulebase.findings.values() if finding.group == group.id for item in self._question(finding)]
            yield {"linkId": group.id, "type": "group", **said("text", group.title), "item": [*_introduction(group), *items]}

    def _question(self, finding: Finding) -> Iterator[Resource]:
        item = {
            **kept([("extension", list(self._extensions(finding)))]),
            "linkId": finding.id,
            "code": [coding(FINDINGS, finding.id, finding.label.en), *_elsewhere(finding)],
            **said("text", finding.question),
            "type": _type(finding),
            "required": False,
        }
        if finding.kind == "set":
            item["repeats"] = True
        if finding.kind in {"choice", "set"}:
            item["answerOption"] = list(self._options(finding))
        if finding.help is not None:
            item["item"] = [_note(f"{finding.id}--help", finding.help)]
        yield item
        if finding.none_label is not None:
            yield {
                **kept([("extension", list(self._held_back(finding)))]),
                "linkId": f"{finding.id}{NONE_ITEM}",
                **said("text", finding.none_label),
                "type": "boolean",
                "required": False,
            }
        if finding.kind in {"boolean", "number"}:
            yield {
                **kept([("extension", list(self._held_back(finding)))]),
                "linkId": f"{finding.id}{NOT_KNOWN_ITEM}",
                **said("text", self.rulebase.sentences["export_form_not_known"]),
                "type": "choice",
                "required": False,
                "answerOption": [self._not_value(answer) for answer in self._not_values(finding)],
            }

    def _held_back(self, finding: Finding) -> Iterator[Resource]:
        """Shown unless it is known not to apply; a form that cannot compute this shows it always."""
        if finding.asked_when:
            expression = {"language": "text/cql", "expression": f'"{asks_name(finding.id)}"'}
            yield {"url": f"{_SDC}/sdc-questionnaire-enableWhenExpression", "valueExpression": expression}

    def _extensions(self, finding: Finding) -> Iterator[Resource]:
        yield from self._held_back(finding)
        number = "valueInteger" if finding.whole else "valueDecimal"
        for bound, limit in (("minValue", finding.minimum), ("maxValue", finding.maximum)):
            if limit is not None:
                yield {"url": f"{_STRUCTURE}/{bound}", number: int(limit) if finding.whole else limit}
        if finding.unit and not finding.unit.startswith("{"):
            unit = coding("http://unitsofmeasure.org", finding.unit, finding.unit)
            yield {"url": f"{_STRUCTURE}/questionnaire-unit", "valueCoding": unit}

    def _options(self, finding: Finding) -> Iterator[Resource]:
        members = self.rulebase.members[finding.id]
        for member in members:
            yield {"valueCoding": _option(member, label_of(self.rulebase, finding, member))}
        for answer in self._not_values(finding):
            exclusive = {"url": f"{_STRUCTURE}/questionnaire-optionExclusive", "valueBoolean": True}
            yield {**({"extension": [exclusive]} if finding.kind == "set" else {}), **self._not_value(answer)}

    def _not_value(self, answer: Answer) -> Resource:
        return {"valueCoding": _option(answer.value, self.rulebase.sentences[ANSWERS[answer]])}

    def _not_values(self, finding: Finding) -> Iterator[Answer]:
        if finding.kind == "set":
            yield Answer.NONE
        yield Answer.DONT_KNOW
        if finding.answered_by in _CLINICIANS:
            yield Answer.NOT_EXAMINED


def _introduction(group: Group) -> list[Resource]:
    return [] if group.introduction is None else [_note(f"{group.id}--introduction", group.introduction)]


def _note(link: str, text: Text) -> Resource:
    control = {"coding": [{"system": _CONTROL, "code": "help"}]}
    extension = [{"url": f"{_STRUCTURE}/questionnaire-itemControl", "valueCodeableConcept": control}]
    return {"extension": extension, "linkId": link, **said("text", text), "type": "display"}


def _option(code: str, label: Text) -> Resource:
    shown = said("display", label)
    return {"system": FINDINGS, "code": code, "display": plain(label.en), "_display": shown["_display"]}


def _elsewhere(finding: Finding) -> Iterator[Resource]:
    for code in finding.codes.loinc if finding.codes else ():
        yield coding(SYSTEMS["loinc"], code)


def _type(finding: Finding) -> str:
    match finding.kind:
        case "boolean":
            return "boolean"
        case "number":
            return "integer" if finding.whole else "decimal"
        case _:
            return "choice"
