"""Where the person should go: the services of the closed list, chosen last, from the rules at the highest tier (E.2)."""

from collections.abc import Iterable, Iterator

from spinesafe.backends.evaluate import Decision, Fired
from spinesafe.model.assessment import ServiceShown
from spinesafe.model.fact import Facts, Members
from spinesafe.model.scales import HandsOn, Tier
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.overall import GENTLEST
from spinesafe.screening.verdict import Verdict

EMERGENCY = "emergency_department"
FAMILY_DOCTOR = "primary_care"
REHABILITATION = "rehabilitation"
DIAGNOSES = "diagnosis_condition"
MOST = 3


def services(rulebase: RuleBase, decision: Decision, verdict: Verdict, fired: Iterable[Fired], facts: Facts) -> tuple[str, ...]:
    """At most three services, the owner of the cause first; in an emergency the emergency department before it."""
    by_gravity = sorted(fired, key=lambda f: _gravity(rulebase, verdict, f), reverse=True)
    tier = verdict.urgency.tier
    at_tier = [f for f in by_gravity if rulebase.layout.urgency(f.outcome).tier == tier]
    followed = _is_true(facts, "under_specialist_review")
    chosen: list[str]
    match tier:
        case Tier.EMERGENCY:
            chosen = [EMERGENCY, *_owners(rulebase, decision, at_tier)]
        case Tier.URGENT:
            chosen = [*_owners(rulebase, decision, at_tier)]
            if not followed:
                chosen.append(FAMILY_DOCTOR)
        case Tier.ROUTINE if verdict.hands_on > HandsOn.ADAPT:
            missing = [f for f in at_tier if _level_here(rulebase, verdict, f) == verdict.leading]
            chosen = [*_owners(rulebase, decision, missing)] or [
                *_clinics(rulebase, facts, child=is_child(rulebase, decision)),
                FAMILY_DOCTOR,
            ]
        case _:
            chosen = [REHABILITATION, *_clinics(rulebase, facts, child=is_child(rulebase, decision)), *_owners(rulebase, decision, at_tier)]
            specific = [s for s in chosen if s != FAMILY_DOCTOR]
            chosen = specific if len(set(specific)) > 1 else [*chosen, FAMILY_DOCTOR]
    if followed and tier is not Tier.ROUTINE:
        chosen.extend(_clinics(rulebase, facts, child=is_child(rulebase, decision)))
    if verdict.hands_on is HandsOn.STOP:
        chosen = [s for s in chosen if s != REHABILITATION]
    return tuple(dict.fromkeys(chosen))[:MOST]


def departments(rulebase: RuleBase, decision: Decision, chosen: Iterable[str], facts: Facts) -> tuple[ServiceShown, ...]:
    """The services with the department to display: that of the person's condition where it names one, the children's for a child."""
    child, shown = is_child(rulebase, decision), []
    for service_id in chosen:
        service = rulebase.services[service_id]
        department = service.child_department if child else service.department
        for condition in _diagnosed(facts):
            row = rulebase.conditions[condition]
            owner = row.child if child else row.adult
            if owner.service == service_id:
                department = owner.department
                break
        shown.append(ServiceShown(id=service_id, name=service.name, department=department))
    return tuple(shown)


def _gravity(rulebase: RuleBase, verdict: Verdict, fired: Fired) -> tuple[int, int, bool]:
    return (rulebase.layout.urgency(fired.outcome).rank, _level_here(rulebase, verdict, fired).rank, fired.certain)


def _level_here(rulebase: RuleBase, verdict: Verdict, fired: Fired) -> HandsOn:
    return rulebase.layout.worst_level(fired.outcome, [GENTLEST, *verdict.planned], verdict.regions)


def _owners(rulebase: RuleBase, decision: Decision, fired: Iterable[Fired]) -> Iterator[str]:
    """The services that own the causes, another one in place of a rule's own where the knowledge says so."""
    holding = [o for place, o in zip(rulebase.watched.owners, rulebase.owners, strict=True) if decision.run.reads(place)]
    for one in fired:
        for owner in one.rule.then.owners:
            yield next((instead.owner for instead in holding if owner in instead.instead_of), owner)


def is_child(rulebase: RuleBase, decision: Decision) -> bool:
    """Whether the children's column of the routing table counts."""
    return decision.run.holds(rulebase.watched.definitions["d_child"]) is True


def _clinics(rulebase: RuleBase, facts: Facts, *, child: bool) -> Iterator[str]:
    for condition in _diagnosed(facts):
        row = rulebase.conditions[condition]
        yield (row.child if child else row.adult).service


def _diagnosed(facts: Facts) -> list[str]:
    fact = facts.get(DIAGNOSES)
    return sorted(fact.value.present) if fact is not None and isinstance(fact.value, Members) else []


def _is_true(facts: Facts, finding: str) -> bool:
    fact = facts.get(finding)
    return fact is not None and fact.value is True
