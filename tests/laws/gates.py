"""Laws about what must be there before hands are laid on anybody, and what must be said."""

from spinesafe.model.fact import Members, Value
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.screening import Screener
from tests.laws.counterexample import BrokenLawError
from tests.laws.emergencies import SOFT_TISSUE
from tests.laws.people import Person
from tests.laws.reported import assessed, no_cell, report
from tests.laws.said import AGREED, LICENSED, REGULATED, UNLICENSED, answered, is_patient, needs_its_team, present_in

LOW_BACK = ("lumbar", "sacrum", "legs")


def no_diagnosis_no_clearance(screener: Screener, who: Person) -> None:
    """Without a diagnosis by a regulated clinician, unchanged since, no complaint or disease is cleared, not even by a letter's silence."""
    facts, law = who.facts, no_diagnosis_no_clearance
    stated = answered(facts, "diagnosis_status") == "confirmed" and answered(facts, "diagnosed_by") in REGULATED
    changed = answered(facts, "changed_since_diagnosis")
    for closed_world in (False, True):
        established = stated and (changed is False or (closed_world and "changed_since_diagnosis" not in facts))
        if is_patient(facts) and not established:
            no_cell(report(screener, who, closed_world=closed_world), law, who, "no diagnosis is established")


def no_guidance_no_clearance(screener: Screener, who: Person) -> None:
    """Without the doctor's word on massage no complaint or disease is cleared.

    Silence in a letter gives at most care, and nothing at all where only the person's own team can tell.
    """
    facts, law = who.facts, no_guidance_no_clearance
    if is_patient(facts) and answered(facts, "doctor_guidance") not in AGREED:
        no_cell(report(screener, who), law, who, "no guidance was given")
        letter = report(screener, who, closed_world=True)
        if "doctor_guidance" in facts or needs_its_team(facts):
            no_cell(letter, law, who, "a letter tells of no guidance")
        no_cell(letter, law, who, "silence about guidance clears freely", HandsOn.PROCEED)


def unlicensed_place_never_clears(screener: Screener, who: Person) -> None:
    """A place or a therapist not known to be licensed never clears a complaint or a disease; a letter's silence gives at most care.

    A thrust or treading in hands that are known to have no licence is barred, whoever asks for it.
    """
    facts, law = who.facts, unlicensed_place_never_clears
    place, regulated = answered(facts, "facility_type"), answered(facts, "provider_regulated")
    named = place in UNLICENSED or regulated == "no"
    letter = report(screener, who, closed_world=True)
    if is_patient(facts) and not (place in LICENSED and regulated == "yes"):
        no_cell(report(screener, who), law, who, "the place is not known to be licensed")
        no_cell(letter, law, who, "a letter tells of no licence", HandsOn.ADAPT if named else HandsOn.PROCEED)
    for technique in {"thrust_manipulation", "walking_on_back"} & letter.verdict.planned.keys():
        if named and letter.verdict.planned[technique] is not HandsOn.STOP:
            found = f"{technique} in unlicensed hands is {letter.verdict.planned[technique]}"
            raise BrokenLawError(law.__name__, found, (who, {"planned": {technique: "stop"}}))


def no_consent_no_clearance(screener: Screener, who: Person) -> None:
    """Nobody is cleared who has not agreed. A letter in which somebody asks for treatment counts as agreeing, but never clears freely."""
    law = no_consent_no_clearance
    if answered(who.facts, "consent_given") is not True:
        no_cell(report(screener, who), law, who, "no consent was given")
        silent = "consent_given" not in who.facts
        letter = report(screener, who, closed_world=True)
        no_cell(letter, law, who, "a letter tells of no consent", HandsOn.PROCEED if silent else HandsOn.ADAPT)


def no_baseline_no_unconditional_go_ahead(screener: Screener, who: Person) -> None:
    """A complaint or a disease is cleared without conditions only when strength, feeling and reflexes have been written down."""
    if is_patient(who.facts) and answered(who.facts, "neuro_baseline_recorded") is not True:
        for closed_world in (False, True):
            shown = report(screener, who, closed_world=closed_world)
            no_cell(shown, no_baseline_no_unconditional_go_ahead, who, "no baseline was recorded", HandsOn.PROCEED)


def acute_disc_herniation_waits(screener: Screener, who: Person) -> None:
    """In the acute stage of a lumbar disc herniation nothing is done to the low back, the sacrum and the legs."""
    facts = who.facts
    stage, episode, pain = (answered(facts, name) for name in ("ldh_stage_by_clinician", "current_episode_days", "pain_now_nrs"))
    by_signs = (
        (isinstance(episode, float) and episode <= 14)
        or (isinstance(pain, float) and pain >= 7)
        or answered(facts, "pain_constant_no_relief") is True
        or answered(facts, "pain_trajectory") == "worsening"
    )
    acute = stage == "acute" or (stage not in {"subacute", "chronic"} and by_signs)
    if acute and "lumbar_disc_herniation" in present_in(facts, DIAGNOSES):
        for closed_world in (False, True):
            shown = report(screener, who, closed_world=closed_world)
            no_cell(shown, acute_disc_herniation_waits, who, "the herniation is acute", regions=LOW_BACK)


def no_missing_scan_bars_soft_tissue_after_a_diagnosis(screener: Screener, who: Person) -> None:
    """Once a clinician has diagnosed, no scan at all allows the same work on soft tissue as every scan does.

    One exception of section E: a curve of the mid back to the left, which has to be looked into first.
    """
    settled: dict[str, Value | None] = {
        "diagnosis_status": "confirmed",
        "diagnosed_by": "licensed_doctor",
        "changed_since_diagnosis": False,
        "left_thoracic_curve": False,
    }
    every = screener.rulebase.members["imaging_done"]
    without, scanned = (who.but(**settled, imaging_done=Members.exactly(done, every)) for done in ((), every))
    bare, seen = report(screener, without), report(screener, scanned)
    for technique in (t.id for t in screener.rulebase.techniques.values() if t.column == "soft_tissue"):
        if bare.grid[technique] != seen.grid[technique]:
            expected = {"grid": {technique: {region: level.value for region, level in seen.grid[technique].items()}}}
            law = no_missing_scan_bars_soft_tissue_after_a_diagnosis.__name__
            raise BrokenLawError(law, f"{technique} depends on a scan", (without, expected), (scanned, expected))


def unknown_plan_is_judged_as_soft_tissue_where_it_hurts(screener: Screener, who: Person) -> None:
    """While nobody has said what is planned and where, soft tissue work is judged: where it hurts, else on the whole spine."""
    law = unknown_plan_is_judged_as_soft_tissue_where_it_hurts.__name__
    unplanned = who.but(planned_technique=None, planned_region=None)
    facts, shown = unplanned.facts, report(screener, unplanned)
    hurting = {"sacrum" if region == "sacrum_tailbone" else region for region in present_in(facts, "pain_region")}
    hurting |= {limb for limb, pain in (("arms", "arm_pain"), ("legs", "leg_pain")) if answered(facts, pain) in {"one", "both"}}
    expected = hurting or {"neck", "thoracic", "lumbar", "sacrum"}
    judged, gentlest = shown.verdict, max(shown.grid[SOFT_TISSUE][region] for region in expected)
    if set(judged.regions) != expected:
        raise BrokenLawError(law, f"judged is {', '.join(judged.regions)} in place of {', '.join(sorted(expected))}", (unplanned, {}))
    if judged.planned or not gentlest <= judged.leading <= max(gentlest, HandsOn.ADAPT):
        found = f"soft tissue work is {gentlest}, told is {judged.leading}"
        raise BrokenLawError(law, found, (unplanned, {"hands_on": gentlest.value}))


def every_go_ahead_carries_stop_signs_and_safety_net(screener: Screener, who: Person) -> None:
    """Every go-ahead comes with the signs to stop at and with the safety net, in both languages."""
    for closed_world in (False, True):
        if report(screener, who, closed_world=closed_world).verdict.leading > HandsOn.ADAPT:
            continue
        shown = assessed(screener, who, closed_world=closed_world)
        said = {advice.place for advice in shown.advice if advice.text.en.strip() and advice.text.zh.strip()}
        if missing := {"stop_signs", "safety_net"} - said:
            law = every_go_ahead_carries_stop_signs_and_safety_net.__name__
            raise BrokenLawError(law, f"{shown.leading} comes without {' and '.join(sorted(missing))}", (who, {}))
