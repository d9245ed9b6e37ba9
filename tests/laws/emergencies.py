"""Laws about what is an emergency, what is none, and what may not be done beside one."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.screening import Screener
from tests.laws.counterexample import BrokenLawError
from tests.laws.people import HEALTHY, NOTHING, ORDINARY, Person
from tests.laws.reported import assessed, no_cell, report
from tests.laws.said import Step

SUFFICIENT_BESIDE_RED_FLAGS: tuple[Step, ...] = (
    ("lowest_mrc_grade", 3.0),
    ("one_calf_swollen_or_known_dvt", True),
    ("dvt_status", "suspected"),
    ("cspine_rule_result", "imaging_needed"),
    *(
        ("brainstem_symptoms", Members(frozenset([sign])))
        for sign in ("double_vision", "slurred_speech", "trouble_swallowing", "drop_attack", "face_numb")
    ),
    *(
        (DIAGNOSES, Members(frozenset([disease])))
        for disease in (
            "cauda_equina_syndrome",
            "metastatic_spinal_cord_compression",
            "spinal_epidural_abscess",
            "spinal_epidural_haematoma",
            "cervical_artery_dissection",
            "central_cord_syndrome",
        )
    ),
)
"""What C.1-C.8 make an emergency by itself, beside the findings that are declared so (`red_flag: sufficient`)."""


RED_FLAGS = frozenset(
    {
        "saddle_numbness",
        "bladder_hesitancy_or_weak_flow",
        "bladder_reduced_sensation",
        "urinary_retention",
        "urinary_incontinence_new",
        "bowel_reduced_sensation",
        "bowel_incontinence_new",
        "perianal_sensation_reduced",
        "anal_tone_reduced",
        "foot_drop",
        "sensory_level",
        "paralysis_after_injury",
        "stiff_neck_fever_headache",
        "stroke_signs",
        "sudden_tearing_back_or_belly_pain",
        "chest_pain_or_breathless",
        "acutely_unwell_signs",
        "post_new_neuro",
        "during_treatment_alarm",
    }
)
"""The findings that must be declared so."""


SOFT_TISSUE = "soft_tissue_massage"


LOW_BACK_PAIN = Members(frozenset(["lumbar"]), frozenset(["neck", "thoracic", "sacrum_tailbone"]))


WEAK: Mapping[str, Value] = {
    "night_pain_no_sleep": True,
    "pain_constant_no_relief": True,
    "weight_loss_unexplained": True,
    "night_sweats": True,
    "pain_region": Members(frozenset(["thoracic"]), frozenset(["neck", "lumbar", "sacrum_tailbone"])),
    "pain_trajectory": "worsening",
    "no_improvement_6_weeks": True,
}
"""The weak flags (WK-1), each with its value."""


ORGANS: Mapping[str, tuple[str, ...]] = {
    "bladder": ("bladder_hesitancy_or_weak_flow", "bladder_reduced_sensation", "urinary_retention", "urinary_incontinence_new"),
    "bowel": ("bowel_reduced_sensation", "bowel_incontinence_new"),
}


OTHER = {"bladder": "bowel", "bowel": "bladder"}


def each_emergency_flag_fires_alone(screener: Screener) -> None:
    """Each flag that is an emergency by itself, and nothing else known, is reported as one, with hands off everywhere."""
    law, findings = each_emergency_flag_fires_alone.__name__, screener.rulebase.findings
    declared = {f.id for f in findings.values() if f.red_flag == "sufficient"}
    if missing := RED_FLAGS - declared:
        raise BrokenLawError(law, f"not declared as sufficient: {', '.join(sorted(missing))}")
    for finding, value in (*_flags(screener.rulebase, declared), *SUFFICIENT_BESIDE_RED_FLAGS):
        alone = Person(NOTHING, {finding: value})
        for closed_world in (False, True):
            shown = report(screener, alone, closed_world=closed_world, after_treatment=findings[finding].group == "after_treatment")
            barred = all(level is HandsOn.STOP for row in shown.grid.values() for level in row.values())
            if shown.urgency.tier is not Tier.EMERGENCY or not barred:
                raise BrokenLawError(law, f"{finding} alone is {shown.urgency}", (alone, {"urgency": "same_day", "hands_on": "stop"}))


def _flags(rulebase: RuleBase, findings: Iterable[str]) -> Iterator[Step]:
    for finding in sorted(findings):
        if rulebase.findings[finding].kind == "boolean":
            yield finding, True
        else:
            yield from ((finding, Members(frozenset([member]))) for member in rulebase.members[finding])


def no_weak_flag_alone_is_an_emergency(screener: Screener) -> None:
    """Age over 50, night pain, pain on straining and one weak flag, all together, never raise the urgency, and the safety net is shown.

    From 60 on, weight loss and lasting pain have rules of their own (CAN-6, CAN-7b): never an emergency even then.
    """
    law = no_weak_flag_alone_is_an_emergency.__name__
    for finding, bases, age in product(WEAK, (NOTHING, HEALTHY, ORDINARY), (51.0, 59.0, 60.0, 95.0)):
        weak: dict[str, Value | None] = {"age_years": age, "night_pain_no_sleep": True, "pain_on_straining": True, finding: WEAK[finding]}
        who = Person(bases, {"pain_region": LOW_BACK_PAIN, **weak})
        shown = assessed(screener, who)
        most = Urgency.ROUTINE if age < 60 else Urgency.WITHIN_14_DAYS
        if shown.urgency > most:
            raise BrokenLawError(
                law, f"{finding} at {age:g} years, with nothing but weak signs, is {shown.urgency}", (who, {"urgency": most.value})
            )
        if not any(advice.place == "safety_net" for advice in shown.advice):
            raise BrokenLawError(law, f"{finding} at {age:g} years comes without the safety net", (who, {}))


def urgent_is_never_cleared(screener: Screener, who: Person) -> None:
    """Within 7 days or sooner never stands beside a go-ahead, anywhere; nor does a 14-day rule that says stop or diagnose first."""
    layout = screener.rulebase.layout
    for how in ({}, {"closed_world": True}, {"after_treatment": True}):
        shown = report(screener, who, **how)
        fired = screener.evaluator.fired(shown.judged.reported, after_treatment=how.get("after_treatment", False))
        held = shown.urgency >= Urgency.WITHIN_7_DAYS or any(
            layout.urgency(one.outcome) >= Urgency.WITHIN_14_DAYS
            and layout.worst_level(one.outcome, [SOFT_TISSUE], layout.regions) >= HandsOn.DIAGNOSE_FIRST
            for one in fired
        )
        if held:
            no_cell(shown, urgent_is_never_cleared, who, f"{shown.urgency} stands beside a go-ahead")


def old_explained_sphincter_trouble_exempts_one_organ_at_a_time(screener: Screener) -> None:
    """Old, unchanged, explained trouble of bladder or bowel is no emergency: stated, one organ at a time, and never for saddle feeling."""
    law = old_explained_sphincter_trouble_exempts_one_organ_at_a_time.__name__
    old: dict[str, Value | None] = {"sphincter_onset_days": 400.0, "sphincter_worsening": False}
    for organ, troubles in ORGANS.items():
        for trouble in troubles:
            exempt = Person(ORDINARY, {**old, trouble: True, "sphincter_longstanding_explained": organ})
            shown = report(screener, exempt)
            if shown.urgency > Urgency.ROUTINE:
                raise BrokenLawError(law, f"old, unchanged, explained {trouble} is {shown.urgency}", (exempt, {"urgency": "routine"}))
            for why, graver, least in _no_longer_exempt(exempt, organ):
                urgency = report(screener, graver).urgency
                if urgency < least:
                    raise BrokenLawError(law, f"{trouble} is {urgency}, though {why}", (graver, {"urgency": least.value}))


def _no_longer_exempt(exempt: Person, organ: str) -> Iterator[tuple[str, Person, Urgency]]:
    """What ends the exemption of an organ, and how urgent it is at least."""
    week, now = Urgency.WITHIN_7_DAYS, Urgency.EMERGENCY_NOW
    yield "it has grown worse", exempt.but(sphincter_worsening=True), now
    yield "nobody can say whether it has grown worse", exempt.but(sphincter_worsening=Answer.DONT_KNOW), week
    yield "the other organ is what was explained", exempt.but(sphincter_longstanding_explained=OTHER[organ]), week
    yield "nobody has explained it", exempt.but(sphincter_longstanding_explained="none"), week
    yield "nobody can say whether it was explained", exempt.but(sphincter_longstanding_explained=Answer.DONT_KNOW), week
    yield "the other organ joins in", exempt.but(**{ORGANS[OTHER[organ]][0]: True}), week
    yield "the saddle area is numb", exempt.but(saddle_numbness=True), week
    yield "the saddle area is numb, nobody knows since when", exempt.but(saddle_numbness=True, sphincter_onset_days=Answer.DONT_KNOW), now
