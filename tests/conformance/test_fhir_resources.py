"""Every FHIR resource that is exported is valid, by three validators that others wrote. None alone catches everything."""

import json
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from spinesafe.backends.exports.fhir.guide import resources
from spinesafe.backends.exports.fhir.lookup import Lookup
from spinesafe.backends.exports.logic import logic_of
from spinesafe.intake.fhir import OWN_SYSTEM
from spinesafe.rulebase import load
from tests.conformance.node_process import node


@cache
def exported() -> tuple[dict[str, Any], ...]:
    logic = logic_of(load())
    return resources(load(), logic, Lookup(load(), logic))


def judged(*given: dict[str, Any]) -> list[dict[str, Any]]:
    done = node("validate.mjs", given="".join(f"{json.dumps(resource)}\n" for resource in given))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("kind", sorted({resource["resourceType"] for resource in exported()}))
def test_a_resource_is_valid_by_fhir_resources(kind: str) -> None:
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    for resource in exported():
        if resource["resourceType"] == kind:
            model.model_validate(resource)


def test_every_resource_is_valid_by_the_validators_on_npm() -> None:
    found = judged(*exported())
    assert len(found) == len(exported())
    assert {one["resource"]: one["found"] for one in found if one["found"]} == {}


def test_the_validators_find_what_is_wrong() -> None:
    broken = {"resourceType": "ValueSet", "id": "x", "status": "fit for use", "kompose": {}}
    (one,) = judged(broken)
    assert any(said.startswith("fhir: ") for said in one["found"])
    assert any(said.startswith("medplum: ") for said in one["found"])


def test_intake_and_exports_name_the_same_code_system() -> None:
    (system,) = (resource for resource in exported() if resource["resourceType"] == "CodeSystem")
    assert system["url"] == OWN_SYSTEM
