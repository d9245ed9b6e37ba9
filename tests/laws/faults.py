"""Faults seeded in the knowledge, or in the machine where the knowledge cannot break a law: each with the law that must notice it.

A fault in the knowledge is one entry changed, as an author might by mistake. What the loader refuses on its own is tried behind its back
too, so that the law is seen to hold without it.
"""

from collections.abc import Callable

import msgspec
from hypothesis import strategies as st

from spinesafe.rulebase import load
from spinesafe.rulebase.format import Touch
from spinesafe.screening import Screener
from tests.laws import emergencies, gates, ignorance, knowledge, steps
from tests.laws.focus import FOCUS, SPHINCTERS, People, letters, only, with_disc_herniation
from tests.laws.people import HEALTHY, NOTHING, ORDINARY, people, person
from tests.laws.seeds import Deaf, Hasty, Sure, Trusting, by, doubled, lower_bar, miscounting, otherwise, raising, reading, without


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A screener with a fault in it, the law that must notice, and people among whom it shows. `refused` is the loader's own word on it."""

    what: str
    law: Callable[..., None]
    seed: Callable[[], Screener]
    among: People | None = None
    refused: str = ""


_DANGERS = people(only=("saddle_numbness", "fever_or_chills", "sphincter_onset_days"), backgrounds=(NOTHING, HEALTHY))
_INJURED = people(only=("recent_trauma", "trauma_days_ago", "pain_region", "pain_now_nrs"), backgrounds=(HEALTHY,))
_ANEURYSM = people(only=("pulsing_belly_or_known_aaa", "pain_region", "pain_same_as_usual"), backgrounds=(NOTHING,))
_SINUS = people(only=("under_specialist_review",), backgrounds=(ORDINARY,)).map(
    lambda who: who.but(diagnosis_condition=only("spinal_dermal_sinus"))
)
_ROOT = st.just(
    person(ORDINARY, planned_technique=only("thrust_manipulation", "planned_technique"), planned_region=only("neck", "planned_region"))
)
_CORD = people(only=("hand_clumsiness", "gait_unsteady", "numb_both_hands_or_all_limbs"), backgrounds=(HEALTHY,))
_TUMOUR_LETTER = letters("doctor_guidance").map(lambda who: who.but(known_spinal_tumour="benign"))

FAULTS: tuple[Fault, ...] = (
    Fault(
        what="one danger takes another away",
        law=steps.adding_a_danger_never_lowers_the_outcome,
        seed=reading("rules", "ces_new_sphincter_or_saddle_change", "d_ces_recent", "d_ces_recent and not fever_or_chills"),
        among=_DANGERS,
        refused="danger_lowers",
    ),
    Fault(
        what="the smaller injury counts, the greater does not",
        law=steps.adding_a_danger_never_lowers_the_outcome,
        seed=reading("rules", "major_injury_with_signs_of_fracture", "recent_trauma == major", "recent_trauma == minor"),
        among=_INJURED,
    ),
    Fault(
        what="a danger counts only with a protection",
        law=steps.removing_a_protective_fact_never_lowers_the_outcome,
        seed=reading("rules", "ces_new_sphincter_or_saddle_change", "d_ces_recent", "d_ces_recent and consent_given"),
        among=people(only=("saddle_numbness", "consent_given"), backgrounds=(NOTHING, HEALTHY)),
        refused="protective_raises",
    ),
    Fault(
        what="a reading is taken for certain",
        law=ignorance.learning_more_never_unsettles,
        seed=by(Hasty),
        among=people(only=SPHINCTERS, backgrounds=(NOTHING,)),
    ),
    Fault(
        what="a form's silence is read as a letter's", law=ignorance.unknown_never_clears, seed=lambda: Trusting(load()), among=letters()
    ),
    Fault(
        what="a licence that nobody mentions needs no condition",
        law=ignorance.unknown_never_clears,
        seed=otherwise("findings", "provider_regulated", presumption=None),
        among=letters("provider_regulated"),
    ),
    Fault(
        what='"I don\'t know" is heard as "no"',
        law=ignorance.not_knowing_is_never_better_than_knowing,
        seed=by(Deaf),
        among=people(only=("saddle_numbness", "stroke_signs"), backgrounds=(HEALTHY,)),
    ),
    Fault(
        what="a pain that nobody called usual counts as usual",
        law=ignorance.not_knowing_is_never_better_than_knowing,
        seed=otherwise("definitions", "pain_stated_as_usual", when_not_known=True),
        among=_ANEURYSM,
    ),
    Fault(
        what="a protection that is not known undecides the rule",
        law=ignorance.not_knowing_is_never_better_than_knowing,
        seed=otherwise("definitions", "pain_stated_as_usual", when_not_known=None),
        among=_ANEURYSM,
    ),
    Fault(
        what="what is open is forgotten",
        law=ignorance.settled_means_settled,
        seed=by(Sure),
        among=people(only=SPHINCTERS, backgrounds=(NOTHING, HEALTHY)),
    ),
    Fault(
        what="a saddle change of unknown age waits for its age",
        law=emergencies.each_emergency_flag_fires_alone,
        seed=otherwise("definitions", "sphincter_onset_may_be_recent", when_not_known=None),
    ),
    Fault(what="nobody thinks of stroke", law=emergencies.each_emergency_flag_fires_alone, seed=without("rules", "vas_stroke_signs")),
    Fault(
        what="strength 3 of 5 no longer counts as severe",
        law=emergencies.each_emergency_flag_fires_alone,
        seed=reading("definitions", "d_motor_severe", "lowest_mrc_grade <= 3", "lowest_mrc_grade < 3"),
    ),
    Fault(
        what="two weak signs are enough",
        law=emergencies.no_weak_flag_alone_is_an_emergency,
        seed=reading("rules", "can_three_weak_flags", ">= 3", ">= 2"),
    ),
    Fault(
        what="night pain is never talked about again",
        law=emergencies.no_weak_flag_alone_is_an_emergency,
        seed=otherwise("advice", "cauda_equina_safety_net", when="d_ldh"),
    ),
    Fault(what="seven days bar nothing", law=emergencies.urgent_is_never_cleared, seed=lower_bar, among=_SINUS),
    Fault(
        what="anybody may diagnose",
        law=gates.no_diagnosis_no_clearance,
        seed=reading("definitions", "d_diagnosis_established", "and diagnosed_by in {licensed_doctor, other_regulated_clinician}", ""),
        among=FOCUS[gates.no_diagnosis_no_clearance],
    ),
    Fault(
        what="an old diagnosis outlives new symptoms",
        law=gates.no_diagnosis_no_clearance,
        seed=reading("definitions", "d_diagnosis_established", "and changed_since_diagnosis == false", ""),
        among=people(only=("changed_since_diagnosis",), backgrounds=(ORDINARY,)),
    ),
    Fault(
        what="not to have asked counts as agreement",
        law=gates.no_guidance_no_clearance,
        seed=reading("definitions", "d_guidance_given", "advised_with_limits", "advised_with_limits, not_discussed"),
        among=FOCUS[gates.no_guidance_no_clearance],
    ),
    Fault(
        what="silence counts as agreement beside a tumour",
        law=gates.no_guidance_no_clearance,
        seed=reading("definitions", "d_high_risk_for_guidance", "benign, ", ""),
        among=_TUMOUR_LETTER,
    ),
    Fault(
        what="the place alone decides",
        law=gates.unlicensed_place_never_clears,
        seed=reading("definitions", "d_place_licensed", "and provider_regulated == yes", ""),
        among=FOCUS[gates.unlicensed_place_never_clears],
    ),
    Fault(
        what="treading in a parlour is merely discouraged",
        law=gates.unlicensed_place_never_clears,
        seed=without("rules", "gate_place_unlicensed_treading", "no_treading_on_a_painful_back"),
        among=people(only=("facility_type",), backgrounds=(ORDINARY,)).map(
            lambda who: who.but(planned_technique=only("walking_on_back", "planned_technique"))
        ),
    ),
    Fault(
        what="nobody asks for consent",
        law=gates.no_consent_no_clearance,
        seed=without("rules", "gate_consent"),
        among=FOCUS[gates.no_consent_no_clearance],
    ),
    Fault(
        what="nobody asks for a baseline",
        law=gates.no_baseline_no_unconditional_go_ahead,
        seed=without("rules", "gate_neurological_baseline"),
        among=FOCUS[gates.no_baseline_no_unconditional_go_ahead],
    ),
    Fault(
        what="the acute stage ends after a week",
        law=gates.acute_disc_herniation_waits,
        seed=reading("definitions", "d_ldh_acute", "current_episode_days <= 14", "current_episode_days <= 7"),
        among=with_disc_herniation("current_episode_days"),
    ),
    Fault(
        what="without a scan not even massage",
        law=gates.no_missing_scan_bars_soft_tissue_after_a_diagnosis,
        seed=raising("neck_thrust_without_imaging", hands_on=(Touch(at=("neck",), level="stop"),)),
        among=_ROOT,
    ),
    Fault(
        what="a low back never hurts",
        law=gates.unknown_plan_is_judged_as_soft_tissue_where_it_hurts,
        seed=otherwise("regions", "lumbar", hurts_when="false"),
        among=FOCUS[gates.unknown_plan_is_judged_as_soft_tissue_where_it_hurts],
    ),
    Fault(
        what="nobody hears when to stop",
        law=gates.every_go_ahead_carries_stop_signs_and_safety_net,
        seed=otherwise("advice", "stop_signs_during_treatment", when="d_ldh"),
        among=FOCUS[gates.every_go_ahead_carries_stop_signs_and_safety_net],
    ),
    Fault(
        what="only pain brings the safety net",
        law=gates.every_go_ahead_carries_stop_signs_and_safety_net,
        seed=otherwise("advice", "cauda_equina_safety_net", when="d_spine_pain"),
        among=FOCUS[gates.every_go_ahead_carries_stop_signs_and_safety_net],
    ),
    Fault(
        what="a reason stands on nothing",
        law=knowledge.every_reason_has_a_source,
        seed=otherwise("rules", "gate_diagnosis", sources=()),
        among=FOCUS[gates.no_diagnosis_no_clearance],
    ),
    Fault(
        what="a rule stands on a document that is not listed",
        law=knowledge.every_rule_has_a_source,
        seed=otherwise("rules", "gca_with_loss_of_sight", sources=("HEARSAY-1912",)),
    ),
    Fault(
        what="two limits leave nobody between them",
        law=knowledge.every_rule_can_fire,
        seed=reading("rules", "can_coughing_blood", "age_years >= 40", "age_years >= 40 and age_years < 16"),
    ),
    Fault(what="a rule stands twice", law=knowledge.every_rule_adds_something, seed=doubled("vas_stroke_signs")),
    Fault(
        what="nobody can ever be cleared freely",
        law=knowledge.every_disposition_is_reachable,
        seed=otherwise("matrix", "non_specific_pain", soft_tissue="P"),
    ),
    Fault(
        what="a disease lost its rows",
        law=knowledge.every_condition_has_a_row,
        seed=otherwise("conditions", "spinal_infection", matrix_rows=()),
    ),
    Fault(
        what="a row looks at another disease",
        law=knowledge.every_condition_has_a_row,
        seed=otherwise("matrix", "cervical_artery_dissection", when="neck_pain in diagnosis_condition"),
    ),
    Fault(
        what="what grows worse counts as old",
        law=emergencies.old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
        seed=reading("definitions", "d_bladder_old", "sphincter_worsening == false and ", ""),
    ),
    Fault(
        what="an explained bowel exempts the bladder",
        law=emergencies.old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
        seed=reading("definitions", "d_bladder_old", "{bladder, both}", "{bladder, bowel, both}"),
    ),
    Fault(
        what="nothing old is ever exempt",
        law=emergencies.old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
        seed=otherwise("definitions", "d_bowel_old", is_="false"),
    ),
    Fault(what="the compiled line counts one less", law=knowledge.all_back_ends_agree, seed=miscounting, among=_CORD),
)
