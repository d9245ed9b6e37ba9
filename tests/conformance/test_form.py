"""The form that is exported, filled in for people made by chance, is read as the same facts."""

import json
from datetime import date
from functools import cache
from typing import Any

from spinesafe.backends.exports.fhir.questionnaire import questionnaire
from spinesafe.intake.fhir import read_fhir
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.rulebase import load
from spinesafe.rulebase.parameters import NONE_ITEM, NOT_KNOWN_ITEM
from tests.conformance.people import Maker

PEOPLE = 200
TODAY = date(2026, 11, 24)


@cache
def form() -> Any:
    return questionnaire(load())


def listed(value: Value, finding: str) -> Value:
    """A form's list is complete: what is not ticked is absent."""
    return Members.exactly(value.present, load().members[finding]) if isinstance(value, Members) else value


def filled(item: Any, facts: Facts) -> Any:
    """An item of the form with the answers of a person; nothing where there is none."""
    link: str = item["linkId"]
    if item["type"] == "group":
        return {"linkId": link, "item": [one for below in item["item"] if (one := filled(below, facts))]}
    finding = link.removesuffix(NONE_ITEM).removesuffix(NOT_KNOWN_ITEM)
    given = _answers(item, link.removeprefix(finding), facts[finding].value) if finding in facts else []
    return {"linkId": link, "answer": given} if given else None


def _answers(item: Any, ending: str, value: Value) -> list[Any]:
    options = {option["valueCoding"]["code"]: {"valueCoding": option["valueCoding"]} for option in item.get("answerOption", ())}
    match value:
        case Answer.NONE if item["type"] in {"integer", "decimal"} or ending:
            return [{"valueBoolean": True}] if ending == NONE_ITEM else []
        case Members(present, _):
            return [options[code] for code in sorted(present) or [Answer.NONE.value]]
        case Answer():
            return [options[value.value]] if value.value in options else []
        case _ if ending:
            return []
        case bool():
            return [{"valueBoolean": value}]
        case str():
            return [options[value]]
        case _ if item["type"] == "integer":
            return [{"valueInteger": int(value)}]
        case _:
            return [{"valueDecimal": value}]


def test_a_response_to_the_form_is_read_as_what_was_answered() -> None:
    asked = set[type[Any]]()
    for facts in Maker(load()).people(PEOPLE, seed=3):
        response = {
            "resourceType": "QuestionnaireResponse",
            "status": "completed",
            "subject": {"reference": "Patient/1"},
            "authored": TODAY.isoformat(),
            "item": [group for one in form()["item"] if (group := filled(one, facts))["item"]],
        }
        (reading,) = read_fhir(json.dumps(response).encode(), load(), TODAY)
        assert {name: fact.value for name, fact in reading.facts.items()} == {name: listed(f.value, name) for name, f in facts.items()}
        assert not reading.warnings
        asked |= {type(fact.value) for fact in facts.values()}
    assert asked == {bool, float, str, Members, Answer}
