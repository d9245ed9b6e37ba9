"""What a person has said, read off the answers and not by the definitions of the knowledge, which may be the very thing that is wrong."""

from typing import TypeAlias

from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.rulebase.names import DIAGNOSES
from tests.laws.people import Person, telling, unknown_findings

Step: TypeAlias = tuple[str, Value]
"""A finding, and what it becomes."""


REGULATED = {"licensed_doctor", "other_regulated_clinician"}


AGREED = {"advised_ok", "advised_with_limits"}


LICENSED = {"hospital_rehab_dept", "licensed_clinic", "licensed_tcm_clinic"}


UNLICENSED = {"non_medical_parlour", "home_unlicensed", "self_or_family"}


def is_unknown(facts: Facts, finding: str) -> bool:
    return finding not in facts or facts[finding].value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}


def answered(facts: Facts, finding: str) -> Value | None:
    """A value that was stated; None where nothing is known."""
    return None if is_unknown(facts, finding) else facts[finding].value


def present_in(facts: Facts, finding: str) -> frozenset[str]:
    value = answered(facts, finding)
    return value.present if isinstance(value, Members) else frozenset()


def is_patient(facts: Facts) -> bool:
    """Whether a person is not stated to want relaxation alone, or has a complaint or a disease all the same."""
    complains = any(answered(facts, f) in {"one", "both"} for f in ("leg_pain", "arm_pain", "leg_numbness", "leg_weakness", "arm_weakness"))
    sick = present_in(facts, "pain_region") or present_in(facts, DIAGNOSES) or answered(facts, "foot_drop") is True
    return bool(answered(facts, "relaxation_only") is not True or complains or sick)


def needs_its_team(facts: Facts) -> bool:
    """Whether only the person's own team can say what hands may do (B.17): silence is then no agreement."""
    weeks = answered(facts, "spine_surgery_weeks_ago")
    return bool(
        answered(facts, "known_spinal_tumour") in {"benign", "malignant_or_metastasis", "type_unknown"}
        or answered(facts, "instability_known") in {"upper_neck", "other_level"}
        or answered(facts, "fracture_status") in {"suspected", "confirmed_not_healed"}
        or (isinstance(weeks, float) and weeks <= 12)
        or {"degenerative_cervical_myelopathy", "opll"} & present_in(facts, DIAGNOSES)
        or answered(facts, "pulsing_belly_or_known_aaa") is True
        or answered(facts, "dvt_status") == "treated_under_3_months"
        or (
            present_in(facts, "congenital_condition") - {"spina_bifida_occulta"}
            and answered(facts, "congenital_repaired_discharged") is not True
        )
    )


def possible_answers(who: Person, facts: Facts, most: int = 60) -> list[Step]:
    """Some of the values that what is not known of a person may have."""
    steps = [(finding, value) for finding in unknown_findings(facts) if is_unknown(facts, finding) for value in telling(finding)]
    return who.chance.sample(steps, min(most, len(steps)))
