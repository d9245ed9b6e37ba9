"""The rules as a PlanDefinition, one action a rule with its citations, and what they ask for as ActivityDefinitions."""

from collections.abc import Iterator, Mapping

import msgspec

from spinesafe.backends.exports.canonical import LIBRARY, url, versioned
from spinesafe.backends.exports.fhir.resource import Resource, concept, kept, plain, published, said
from spinesafe.backends.exports.logic import raised, read_name, rule_name
from spinesafe.model.scales import Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.blocks import Places
from spinesafe.rulebase.format import Source
from spinesafe.rulebase.parameters import AFTER_TREATMENT

_PRIORITY: Mapping[Urgency, str] = {
    Urgency.ROUTINE: "routine",
    Urgency.WITHIN_14_DAYS: "urgent",
    Urgency.WITHIN_7_DAYS: "urgent",
    Urgency.SAME_DAY: "asap",
    Urgency.EMERGENCY_NOW: "stat",
}
_FIRST = "emergency_department"
"""Where somebody goes whose rule names no service, and who must be seen today."""


class Referral(msgspec.Struct, frozen=True):
    """A service, and how soon it must see somebody."""

    service: str
    urgency: Urgency

    @property
    def name(self) -> str:
        """The id of the resource."""
        return f"refer-{self.service}-{self.urgency}".replace("_", "-")


def plan_definition(rulebase: RuleBase) -> Resource:
    """All rules. Each is an action of its own, and none silences another: what is done is the gravest of what they ask for."""
    title, says = (rulebase.sentences[f"export_plan_{part}"] for part in ("title", "description"))
    kind = concept({"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "eca-rule"})
    return published("PlanDefinition", "rules", title, says, rulebase) | {
        "type": kind,
        "library": [versioned("Library", LIBRARY, rulebase.version)],
        "action": [_action(rule, rulebase) for rule in rulebase.rules],
    }


def referrals_of(rule: CheckedRule) -> tuple[Referral, ...]:
    """Where a rule sends people, and how fast; nothing where it only limits what hands may do."""
    owner = rule.then.owner
    services = (owner,) if isinstance(owner, str) else owner or ()
    if not services and rule.then.urgency >= Urgency.SAME_DAY:
        services = (_FIRST,)
    return tuple(Referral(service, rule.then.urgency) for service in services)


def _action(rule: CheckedRule, rulebase: RuleBase) -> Resource:
    referrals = referrals_of(rule)
    whole = kept(
        [
            ("prefix", rule.reference),
            ("title", rule.id),
            ("textEquivalent", raises(rule, Places(rulebase))),
            ("priority", _PRIORITY[rule.then.urgency]),
            ("documentation", [_citation(rulebase.sources[source]) for source in rule.sources]),
            ("condition", [_condition(text) for text in _conditions(rule)]),
        ]
    )
    if len(referrals) == 1:
        whole["definitionCanonical"] = url("ActivityDefinition", referrals[0].name)
    elif referrals:
        whole["groupingBehavior"] = "logical-group"
        whole["action"] = [{"definitionCanonical": url("ActivityDefinition", referral.name)} for referral in referrals]
    return {**said("description", rule.because), **whole}


def _conditions(rule: CheckedRule) -> Iterator[str]:
    yield f'"{read_name(rule_name(rule))}"'
    if rule.after_treatment:
        yield f'"{AFTER_TREATMENT}" is true'


def _condition(expression: str) -> Resource:
    return {"kind": "applicability", "expression": {"language": "text/cql", "expression": expression}}


def raises(rule: CheckedRule, places: Places) -> str:
    """What a rule raises to, by the ids of the knowledge."""
    return "; ".join(raised(rule, places, lambda _: " (under a further condition)")) or "nothing; its reason is given"


def _citation(source: Source) -> Resource:
    cited = f"{source.title}. {source.body}, {source.year}. {source.identifier}"
    return {"type": "citation", "label": source.id, "display": plain(source.title), "citation": plain(cited)}


def activity_definitions(rulebase: RuleBase) -> Iterator[Resource]:
    """A request for each service and urgency that some rule asks for."""
    every = {referral for rule in rulebase.rules for referral in referrals_of(rule)}
    for referral in sorted(every, key=lambda r: (r.service, r.urgency.rank)):
        service = rulebase.services[referral.service]
        soon = rulebase.sentences[f"urgency_{referral.urgency}"]
        title = Text(en=f"{service.name.en}: {referral.urgency.replace('_', ' ')}", zh=f"{service.name.zh}：{plain(soon.zh)}")
        yield published("ActivityDefinition", referral.name, title, soon, rulebase) | {
            "kind": "ServiceRequest",
            "intent": "proposal",
            "priority": _PRIORITY[referral.urgency],
            "code": {"text": plain(service.department.en)},
        }
