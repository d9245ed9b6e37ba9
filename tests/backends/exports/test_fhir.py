"""FHIR resources: what they hold, and that the answers to our form are read as the facts that they are."""

import json
from datetime import date
from functools import cache
from typing import Any

import msgspec
import pytest

from spinesafe.backends.exports import KINDS, Kind, export
from spinesafe.backends.exports.canonical import BASE, FINDINGS
from spinesafe.backends.exports.fhir.plan import Referral, referrals_of
from spinesafe.intake.fhir import read_fhir
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import load
from spinesafe.rulebase.format import Finding, Then
from spinesafe.rulebase.parameters import NONE_ITEM, NOT_KNOWN_ITEM

TODAY = date(2026, 11, 24)


@cache
def exported() -> dict[str, Any]:
    files = {str(name): text for name, text in export("fhir", load()).items()}
    return {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}


def resource(name: str) -> Any:
    return exported()[f"{name}.json"]


def items(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    below = {item["linkId"]: item for item in of.get("item", ())}
    return below | {link: item for held in tuple(below.values()) for link, item in items(held).items()}


def test_every_rule_is_one_action_with_its_citations() -> None:
    actions = {action["title"]: action for action in resource("PlanDefinition-rules")["action"]}
    assert list(actions) == [rule.id for rule in load().rules]
    for rule in load().rules:
        assert [cited["label"] for cited in actions[rule.id]["documentation"]] == list(rule.sources)
        assert actions[rule.id]["condition"][0]["expression"]["expression"] == f'"rule {rule.id}, read"'
        assert len(actions[rule.id]["condition"]) == 1 + rule.after_treatment


def test_what_a_rule_asks_for_is_published() -> None:
    named = [
        a.get("definitionCanonical") for action in resource("PlanDefinition-rules")["action"] for a in (action, *action.get("action", ()))
    ]
    published = {one["url"] for one in exported().values() if one.get("resourceType") == "ActivityDefinition"}
    assert set(filter(None, named)) == published


def test_somebody_who_must_be_seen_today_is_sent_somewhere() -> None:
    for rule in load().rules:
        assert referrals_of(rule) or rule.then.urgency < Urgency.SAME_DAY
    assert Referral("spinal_surgery", Urgency.SAME_DAY).name == "refer-spinal-surgery-same-day"
    nobody = msgspec.structs.replace(load().rules[0], then=Then(urgency=Urgency.SAME_DAY))
    assert referrals_of(nobody) == (Referral("emergency_department", Urgency.SAME_DAY),)


def test_every_code_stands_once_and_every_code_in_use_stands_there() -> None:
    codes = [concept["code"] for concept in resource("CodeSystem-finding")["concept"]]
    assert len(set(codes)) == len(codes) == resource("CodeSystem-finding")["count"]
    used = {
        option["valueCoding"]["code"]
        for item in items(resource("Questionnaire-interview")).values()
        for option in item.get("answerOption", ())
    }
    used |= {element["code"] for group in resource("ConceptMap-codes")["group"] for element in group["element"]}
    used |= {concept["code"] for concept in resource("ValueSet-conditions")["compose"]["include"][0]["concept"]}
    assert used <= set(codes)


def test_everything_is_listed_under_one_address_and_version() -> None:
    held = {name: one for name, one in exported().items() if "resourceType" in one}
    listed = {
        one["reference"]["reference"].replace("/", "-") + ".json"
        for one in resource("ImplementationGuide-knowledge")["definition"]["resource"]
    }
    assert set(held) == listed | {"ImplementationGuide-knowledge.json"}
    assert {one["version"] for one in held.values()} == {load().version}
    assert all(one["url"] == f"{BASE}/{one['resourceType']}/{one['id']}" for one in held.values())
    assert {one["status"] for one in held.values()} == {"draft"}


def test_the_library_and_its_elm_are_those_of_the_other_exports() -> None:
    (elm,) = export("elm", load()).values()
    assert json.dumps(exported()["Spinesafe.elm.json"]) == json.dumps(json.loads(elm))
    attached = resource("Library-Spinesafe")["content"][1]
    assert attached["url"] in exported()
    assert attached["size"] == len(elm.encode())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_writes_files(kind: Kind) -> None:
    files = export(kind, load())
    assert files
    assert all(len(name.parts) == 1 and text.endswith(("\n", "}")) for name, text in files.items())


def test_the_form_asks_everything_in_both_languages() -> None:
    asked = items(resource("Questionnaire-interview"))
    assert set(load().findings) <= set(asked)
    for name, finding in load().findings.items():
        assert asked[name]["text"] == " ".join(finding.question.en.split())
        assert asked[name]["_text"]["extension"][0]["extension"][1]["valueString"] == " ".join(finding.question.zh.split())
        held_back = [one for one in asked[name].get("extension", ()) if one["url"].endswith("enableWhenExpression")]
        assert bool(held_back) == bool(finding.asked_when)
        beside = [asked[link] for link in (name + NONE_ITEM, name + NOT_KNOWN_ITEM) if link in asked]
        assert len(beside) == (finding.kind in {"boolean", "number"}) + (finding.none_label is not None)
        assert all(one.get("extension", []) == held_back for one in beside)


def answers(finding: Finding) -> list[tuple[list[dict[str, Any]], Value]]:
    """Ways to answer an item, each with what it must be read as."""
    members = load().members[finding.id]

    def coded(code: str) -> dict[str, Any]:
        return {"valueCoding": {"system": FINDINGS, "code": code}}

    match finding.kind:
        case "boolean":
            return [([{"valueBoolean": value}], value) for value in (True, False)]
        case "number" if finding.whole:
            return [([{"valueInteger": int(finding.minimum or 0)}], float(finding.minimum or 0))]
        case "number":
            return [([{"valueDecimal": finding.minimum or 0}], float(finding.minimum or 0))]
        case "choice":
            return [*(([coded(member)], member) for member in members), ([coded("dont_know")], Answer.DONT_KNOW)]
        case "set":
            two = [coded(member) for member in members[:2]]
            return [(two, Members.exactly(members[:2], members)), ([coded("none")], Members.exactly((), members))]


def test_what_is_answered_on_the_form_is_read_as_it_was_meant() -> None:
    """Every item by itself, in its group, as a form sends it."""
    for group in resource("Questionnaire-interview")["item"]:
        for item in group["item"]:
            finding = load().findings.get(item["linkId"])
            for given, value in answers(finding) if finding else ():
                filled = [{"linkId": group["linkId"], "item": [{"linkId": item["linkId"], "answer": given}]}]
                response = {
                    "resourceType": "QuestionnaireResponse",
                    "status": "completed",
                    "subject": {"reference": "Patient/1"},
                    "authored": TODAY.isoformat(),
                    "item": filled,
                }
                (reading,) = read_fhir(json.dumps(response).encode(), load(), TODAY)
                assert reading.facts[item["linkId"]].value == value, item["linkId"]
