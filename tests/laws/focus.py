"""People near the edge of one law: only what it is about varies, so that a fault shows soon and shrinks small."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from hypothesis import strategies as st

from spinesafe.model.fact import Members, Value
from spinesafe.rulebase import load
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.screening import Screener
from tests.laws import emergencies, gates, ignorance
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, people

People: TypeAlias = st.SearchStrategy[Person]

GATES = (
    "diagnosis_status",
    "diagnosed_by",
    "changed_since_diagnosis",
    "doctor_guidance",
    "facility_type",
    "provider_regulated",
    "consent_given",
    "neuro_baseline_recorded",
    "relaxation_only",
)
SPHINCTERS = ("saddle_numbness", "urinary_retention", "bowel_incontinence_new", "sphincter_onset_days", "sphincter_worsening")
STAGE = (
    "ldh_stage_by_clinician",
    "current_episode_days",
    "pain_now_nrs",
    "pain_constant_no_relief",
    "pain_trajectory",
    "pain_same_as_usual",
)


def only(members: str, finding: str = DIAGNOSES) -> Members:
    """A set that holds one member and no other."""
    return Members.exactly([members], load().members[finding])


LETTER: Mapping[str, Value] = {
    "diagnosis_status": "confirmed",
    "diagnosed_by": "licensed_doctor",
    "changed_since_diagnosis": False,
    "doctor_guidance": "advised_ok",
    "facility_type": "hospital_rehab_dept",
    "provider_regulated": "yes",
    "consent_given": True,
    "neuro_baseline_recorded": True,
    "pain_region": Members(frozenset(["lumbar"]), frozenset(["neck", "thoracic", "sacrum_tailbone"])),
    "pain_trajectory": "stable",
}
"""A letter that states all that the gates ask for, about ordinary low back pain."""


def letters(*silent_about: str) -> People:
    """Letters that leave out some of what the gates ask for."""
    return st.sets(st.sampled_from(silent_about or GATES[:8])).map(
        lambda silent: Person(NOTHING, {finding: value for finding, value in LETTER.items() if finding not in silent})
    )


def with_disc_herniation(*findings: str) -> People:
    """People whose lumbar disc herniation is diagnosed, of whom some findings vary."""
    return people(only=findings, backgrounds=(NOTHING, ORDINARY)).map(
        lambda who: who.but(diagnosis_condition=only("lumbar_disc_herniation"))
    )


AT_THE_GATES: People = st.one_of(people(only=GATES, backgrounds=(ORDINARY, HEALTHY)), letters())

FOCUS: Mapping[Callable[[Screener, Person], None], People] = {
    ignorance.learning_more_never_unsettles: people(only=SPHINCTERS),
    ignorance.unknown_never_clears: AT_THE_GATES,
    ignorance.not_knowing_is_never_better_than_knowing: people(
        only=(*SPHINCTERS, "pulsing_belly_or_known_aaa", "pain_region", "pain_same_as_usual")
    ),
    ignorance.settled_means_settled: people(
        only=("leg_weakness", "foot_drop", "deficit_onset_days", "sensory_level"), backgrounds=(HEALTHY, CLEARED)
    ),
    emergencies.urgent_is_never_cleared: people(
        only=("weakness_progressive", "cobb_degrees", "age_years", DIAGNOSES), backgrounds=(ORDINARY,)
    ),
    gates.no_diagnosis_no_clearance: AT_THE_GATES,
    gates.no_guidance_no_clearance: AT_THE_GATES,
    gates.unlicensed_place_never_clears: st.one_of(
        AT_THE_GATES, people(only=(*GATES[4:6], "planned_technique"), backgrounds=(ORDINARY, HEALTHY))
    ),
    gates.no_consent_no_clearance: AT_THE_GATES,
    gates.no_baseline_no_unconditional_go_ahead: AT_THE_GATES,
    gates.acute_disc_herniation_waits: with_disc_herniation(*STAGE),
    gates.unknown_plan_is_judged_as_soft_tissue_where_it_hurts: people(only=("pain_region", "leg_pain", "arm_pain")),
    gates.every_go_ahead_carries_stop_signs_and_safety_net: AT_THE_GATES,
}
"""For laws that ask for something particular, people who come near it."""
