"""The laws of the house, each a function with its clinical name.

Each takes a `Screener` of any rule base, most also a person, and raises `BrokenLawError` where it does not hold. A law says what a
clinician would say: where it can, it reads what the person answered and not the definitions of the knowledge, which may be the very thing
that is wrong.
"""

from collections.abc import Callable

from spinesafe.screening import Screener
from tests.laws.emergencies import (
    each_emergency_flag_fires_alone,
    no_weak_flag_alone_is_an_emergency,
    old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
    urgent_is_never_cleared,
)
from tests.laws.gates import (
    acute_disc_herniation_waits,
    every_go_ahead_carries_stop_signs_and_safety_net,
    no_baseline_no_unconditional_go_ahead,
    no_consent_no_clearance,
    no_diagnosis_no_clearance,
    no_guidance_no_clearance,
    no_missing_scan_bars_soft_tissue_after_a_diagnosis,
    unknown_plan_is_judged_as_soft_tissue_where_it_hurts,
    unlicensed_place_never_clears,
)
from tests.laws.ignorance import (
    learning_more_never_unsettles,
    not_knowing_is_never_better_than_knowing,
    settled_means_settled,
    unknown_never_clears,
)
from tests.laws.knowledge import (
    all_back_ends_agree,
    every_condition_has_a_row,
    every_disposition_is_reachable,
    every_reason_has_a_source,
    every_rule_adds_something,
    every_rule_can_fire,
    every_rule_has_a_source,
)
from tests.laws.people import Person
from tests.laws.steps import adding_a_danger_never_lowers_the_outcome, removing_a_protective_fact_never_lowers_the_outcome

OF_A_PERSON: tuple[Callable[[Screener, Person], None], ...] = (
    adding_a_danger_never_lowers_the_outcome,
    removing_a_protective_fact_never_lowers_the_outcome,
    learning_more_never_unsettles,
    unknown_never_clears,
    not_knowing_is_never_better_than_knowing,
    settled_means_settled,
    urgent_is_never_cleared,
    no_diagnosis_no_clearance,
    no_guidance_no_clearance,
    unlicensed_place_never_clears,
    no_consent_no_clearance,
    no_baseline_no_unconditional_go_ahead,
    acute_disc_herniation_waits,
    no_missing_scan_bars_soft_tissue_after_a_diagnosis,
    unknown_plan_is_judged_as_soft_tissue_where_it_hurts,
    every_go_ahead_carries_stop_signs_and_safety_net,
    every_reason_has_a_source,
    all_back_ends_agree,
)
"""Laws that hold of any person."""

OF_THE_KNOWLEDGE: tuple[Callable[[Screener], None], ...] = (
    each_emergency_flag_fires_alone,
    no_weak_flag_alone_is_an_emergency,
    old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
    every_disposition_is_reachable,
    every_rule_can_fire,
    every_rule_adds_something,
    every_rule_has_a_source,
    every_condition_has_a_row,
)
"""Laws that hold of a rule base as a whole."""
