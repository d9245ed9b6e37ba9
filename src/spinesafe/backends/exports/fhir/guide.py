"""The index of all that is published: an ImplementationGuide, and the manifest of a FHIR package."""

from collections.abc import Iterator, Sequence

from spinesafe.backends.exports.canonical import BASE, FHIR_VERSION, PACKAGE
from spinesafe.backends.exports.fhir.library import elm_text, library, lookup_library
from spinesafe.backends.exports.fhir.lookup import Lookup
from spinesafe.backends.exports.fhir.plan import activity_definitions, plan_definition
from spinesafe.backends.exports.fhir.questionnaire import questionnaire
from spinesafe.backends.exports.fhir.resource import Resource, published
from spinesafe.backends.exports.fhir.terminology import code_system, concept_map, own_value_sets
from spinesafe.backends.exports.logic import Logic
from spinesafe.rulebase import RuleBase


def resources(rulebase: RuleBase, logic: Logic, lookup: Lookup) -> tuple[Resource, ...]:
    """Everything that is published, the index last."""
    held = tuple(_held(rulebase, logic, lookup))
    return (*held, _guide(held, rulebase))


def _held(rulebase: RuleBase, logic: Logic, lookup: Lookup) -> Iterator[Resource]:
    yield library(rulebase, logic, elm_text(logic, rulebase.version))
    yield lookup_library(rulebase, lookup)
    yield from lookup.resources()
    yield plan_definition(rulebase)
    yield from activity_definitions(rulebase)
    yield questionnaire(rulebase)
    yield code_system(rulebase)
    yield from own_value_sets(rulebase)
    yield concept_map(rulebase)


def _guide(held: Sequence[Resource], rulebase: RuleBase) -> Resource:
    title, says = (rulebase.sentences[f"export_guide_{part}"] for part in ("title", "description"))
    listed = [
        {"reference": {"reference": f"{one['resourceType']}/{one['id']}"}, "name": one["title"], "exampleBoolean": False} for one in held
    ]
    return published("ImplementationGuide", "knowledge", title, says, rulebase) | {
        "packageId": PACKAGE,
        "license": "Apache-2.0",
        "fhirVersion": [FHIR_VERSION],
        "definition": {"resource": listed},
    }


def manifest(rulebase: RuleBase) -> Resource:
    """What package managers of FHIR read."""
    return {
        "name": PACKAGE,
        "version": rulebase.version,
        "canonical": BASE,
        "description": rulebase.sentences["export_guide_description"].en,
        "license": "Apache-2.0",
        "fhirVersions": [FHIR_VERSION],
        "dependencies": {"hl7.fhir.r4.core": FHIR_VERSION},
    }
