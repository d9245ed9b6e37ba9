"""All theorems, those first that take longest, so that two processes end together."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from spinesafe.backends.proofs import emergencies, exactness, exemptions, gates, knowing, overlay, rules, ways_out
from spinesafe.backends.proofs.proof import Proof

THEOREMS: Mapping[str, Callable[[Proof], None]] = MappingProxyType(
    {
        theorem.__name__: theorem
        for theorem in (
            exactness.undecided_is_really_open,
            knowing.adding_a_danger_never_lowers_the_outcome,
            ways_out.every_answer_that_ends_an_emergency_is_listed,
            knowing.not_knowing_is_never_better_than_knowing,
            exemptions.each_exemption_works_and_can_be_lost,
            rules.every_rule_adds_something,
            knowing.removing_a_protective_fact_never_lowers_the_outcome,
            rules.every_disposition_is_reachable,
            knowing.learning_more_never_unsettles,
            knowing.unknown_never_clears,
            rules.a_diagnosis_wakes_what_it_implies,
            gates.no_missing_scan_bars_soft_tissue_after_a_diagnosis,
            knowing.settled_means_settled,
            emergencies.each_emergency_flag_fires_alone,
            rules.the_compiled_rules_say_what_is_written,
            rules.every_condition_has_a_row,
            gates.old_explained_sphincter_trouble_exempts_one_organ_at_a_time,
            gates.acute_disc_herniation_waits,
            emergencies.urgent_is_never_cleared,
            gates.no_diagnosis_no_clearance,
            gates.no_guidance_no_clearance,
            gates.unlicensed_place_never_clears,
            gates.no_consent_no_clearance,
            gates.no_baseline_no_unconditional_go_ahead,
            emergencies.no_weak_flag_alone_is_an_emergency,
            rules.every_rule_can_fire,
            rules.every_reason_has_a_source,
        )
    }
)
"""What is proved of every rule base."""

OVERLAY_THEOREM = overlay.the_overlay_never_loosens
"""What is proved beside it of a local overlay."""
