"""The laws of the house, one function a law, with its clinical name.

Each takes a `Screener` of any rule base, most also a person, and raises `Broken` where it does not hold. A law says what a clinician would
say, in its own words: where it can, it reads the person's answers and not the definitions of the knowledge, which may be the very thing that
is wrong. `OF_A_PERSON` and `OF_THE_KNOWLEDGE` list them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from spinesafe.backends.evaluate import Decision, Walk
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.outcome import Outcome
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.expression import Expression, Has, Holds, all_of
from spinesafe.rulebase.format import Finding, Member
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.polarity import polarity_of
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ, READ_POSSIBLE
from spinesafe.screening import Screener
from spinesafe.screening.cases import AS_OF
from spinesafe.screening.presume import presume_not_examined
from spinesafe.screening.verdict import verdict
from tests.laws.counterexample import Broken, Expected
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, changed, person, telling, unknown_findings
from tests.laws.search import witnesses

Step: TypeAlias = tuple[str, Value]
"""A finding, and what it becomes."""
Cell: TypeAlias = tuple[str, str, HandsOn]

REGULATED = {"licensed_doctor", "other_regulated_clinician"}
AGREED = {"advised_ok", "advised_with_limits"}
LICENSED = {"hospital_rehab_dept", "licensed_clinic", "licensed_tcm_clinic"}
UNLICENSED = {"non_medical_parlour", "home_unlicensed", "self_or_family"}
LOW_BACK = ("lumbar", "sacrum", "legs")
SOFT_TISSUE = "soft_tissue_massage"


# ------------------------------------------------------------------------------------------------- dangers and protections


def adding_a_danger_never_lowers_the_outcome(screener: Screener, who: Person) -> None:
    """A danger that turns from no to yes, or to a graver value, lowers neither what is certain nor what is open nor what is reported."""
    _steps_only_raise(screener, who, _steps(screener.rulebase, who.facts, "danger"), adding_a_danger_never_lowers_the_outcome)


def removing_a_protective_fact_never_lowers_the_outcome(screener: Screener, who: Person) -> None:
    """A protection that turns from yes to no lowers neither what is certain nor what is open nor what is reported."""
    _steps_only_raise(screener, who, _steps(screener.rulebase, who.facts, "protective"), removing_a_protective_fact_never_lowers_the_outcome)


def _steps_only_raise(screener: Screener, who: Person, steps: Iterable[Step], law: Callable[..., None]) -> None:
    evaluator, steps = screener.evaluator, tuple(steps)
    before = evaluator.decide(who.facts)
    for (finding, value), after in zip(steps, evaluator.what_if(who.facts, steps), strict=True):
        for join in ("floor", "read", "ceiling"):
            if lost := _lost(screener, getattr(before, join), getattr(after, join)):
                raise Broken(
                    law.__name__,
                    f"with {finding} otherwise, {join} falls: {lost}",
                    (who, _urgencies(screener, before)),
                    (who.but(**{finding: value}), _urgencies(screener, before)),
                )


def _steps(rulebase: RuleBase, facts: Facts, polarity: str) -> Iterator[Step]:
    """Each step of one fact to a graver value: a danger appears, or a protection goes."""
    for name, fact in facts.items():
        described, value = rulebase.findings.get(name), fact.value
        match described, value:
            case Finding(kind="boolean"), bool():
                if value is (polarity == "protective") and polarity_of(Holds(name), rulebase.findings, rulebase.conditions) == polarity:
                    yield name, not value
            case Finding(kind="choice"), str():
                yield from ((name, graver.id) for graver in _graver(described, value, polarity))
            case Finding(kind="set"), Members(present, absent):
                for member in rulebase.members[name]:
                    if polarity_of(Has(name, member), rulebase.findings, rulebase.conditions) != polarity:
                        continue
                    one = frozenset([member])
                    if polarity == "danger" and member in absent:
                        yield name, Members(present | one, absent - one)
                    if polarity == "protective" and member in present:
                        yield name, Members(present - one, absent | one)


def _graver(described: Finding, value: str, polarity: str) -> Iterator[Member]:
    """The values of a choice that are declared graver. A step away from a protective value counts as losing a protection."""
    now = next(m for m in described.members if m.id == value)
    if now.gravity is None or (now.polarity == "protective") is not (polarity == "protective"):
        return
    yield from (m for m in described.members if m.gravity is not None and m.gravity > now.gravity)


# ------------------------------------------------------------------------------------------------- what is not known


def learning_more_never_unsettles(screener: Screener, who: Person) -> None:
    """From unknown to any value, what is certain only rises, and what is open only falls."""
    steps = _answers(who, who.facts)
    before = screener.evaluator.decide(who.facts)
    for (finding, value), after in zip(steps, screener.evaluator.what_if(who.facts, steps), strict=True):
        for join, low, high in (("floor", before.floor, after.floor), ("ceiling", after.ceiling, before.ceiling)):
            if lost := _lost(screener, low, high):
                raise Broken(
                    learning_more_never_unsettles.__name__,
                    f"learning {finding} moves the {join} the wrong way: {lost}",
                    (who, _urgencies(screener, before)),
                    (who.but(**{finding: value}), _urgencies(screener, before)),
                )


def unknown_never_clears(screener: Screener, who: Person) -> None:
    """No cell shows a go-ahead that some way to fill the unknown would take back. A letter's silence about a gate clears nothing freely."""
    shown = _screened(screener, who)
    known = _known(screener, who)
    ends = [screener.evaluator.decide(who.completed(known))]
    ends += screener.evaluator.what_if(known, _answers(who, known))
    layout = screener.rulebase.layout
    for technique, region, level in _cells(shown):
        if any(layout.level(end.floor, technique, region) > HandsOn.ADAPT for end in ends):
            raise Broken(
                unknown_never_clears.__name__,
                f"{technique} at {region} shows {level}, though an answer that is missing may bar it",
                (who, {"grid": {technique: {region: "wait"}}}),
            )
    letter = _screened(screener, who, closed_world=True)
    silent = {"diagnosis_status", "diagnosed_by", "doctor_guidance", "facility_type", "provider_regulated", "consent_given"} - who.facts.keys()
    freely = list(_cells(letter, HandsOn.PROCEED))
    if silent and freely and _is_patient(who.facts):
        technique, region, _ = freely[0]
        raise Broken(
            unknown_never_clears.__name__,
            f"a letter that says nothing about {', '.join(sorted(silent))} shows {technique} at {region} as free",
            (who, {"grid": {technique: {region: "wait"}}}),
        )


def not_knowing_is_never_better_than_knowing(screener: Screener, who: Person) -> None:
    """Not to know leaves open at least what any answer would; what is reported lies between; and an unstated protection protects nobody."""
    law = not_knowing_is_never_better_than_knowing.__name__
    layout, facts = screener.rulebase.layout, who.facts
    now = screener.evaluator.decide(facts)
    for name, read in (("", now.read), (" in a letter", screener.evaluator.decide_closed_world(facts).read)):
        if lost := _lost(screener, now.floor, read) or _lost(screener, read, now.ceiling):
            raise Broken(law, f"what is reported{name} lies outside of what is certain and what is open: {lost}", (who, {}))
    asked = [finding for finding in who.changes if finding in facts]
    unsure = [(finding, Answer.DONT_KNOW) for finding in asked]
    for (finding, _), then in zip(unsure, screener.evaluator.what_if(facts, unsure), strict=True):
        if lost := _lost(screener, now.ceiling, then.ceiling) or _lost(screener, then.floor, now.floor):
            expected = {"worst_case": layout.urgency(now.ceiling).value}
            raise Broken(law, f'"I don\'t know" to {finding} is better than its answer: {lost}', (who.but(**{finding: Answer.DONT_KNOW}), expected))
    refused = [(finding, value) for finding, value in _not_protected(screener.rulebase) if _unknown(facts, finding)]
    for (finding, value), then in zip(refused, screener.evaluator.what_if(facts, refused), strict=True):
        if lost := _lost(screener, then.read, now.read):
            raise Broken(
                law,
                f"the protection {finding} counts more while it is not known than when it is not there: {lost}",
                (who, {"urgency": layout.urgency(then.read).value}),
                (who.but(**{finding: value}), {}),
            )


def settled_means_settled(screener: Screener, who: Person) -> None:
    """Where a decision is called settled, no way to fill what is missing changes it, be it ever so strange."""
    law = settled_means_settled.__name__
    decided = screener.evaluator.decide(who.facts)
    if decided.settled:
        end = screener.evaluator.decide(who.completed(who.facts, not_examined=True))
        if lost := _lost(screener, decided.ceiling, end.floor) or _lost(screener, end.ceiling, decided.ceiling):
            raise Broken(law, f"the decision was settled, and still an answer changes it: {lost}", (who, {"settled": False}))
    shown = _screened(screener, who)
    if shown.settled:
        for filled in _ways_to_fill(screener, who):
            end_shown = screener.screen(Reading(facts=filled), AS_OF)
            if (end_shown.urgency, end_shown.grid) != (shown.urgency, shown.grid):
                raise Broken(law, f"{shown.urgency} was settled, and an answer changes it to {end_shown.urgency}", (who, {"settled": False}))


def _ways_to_fill(screener: Screener, who: Person) -> Iterator[Facts]:
    """Some ways to answer what is still to be asked, all of it and one question alone. What cannot apply is not asked, what was not examined stays so."""
    known = _known(screener, who)
    filled = who.completed(known)
    yield changed(who.facts, {finding: fact.value for finding, fact in filled.items() if known.get(finding) != fact})
    yield from (changed(who.facts, {finding: value}) for finding, value in _answers(who, known, most=3))


# ------------------------------------------------------------------------------------------------- emergencies


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


def each_emergency_flag_fires_alone(screener: Screener) -> None:
    """Each flag that is an emergency by itself, and nothing else known, is reported as one, with hands off everywhere."""
    law, findings = each_emergency_flag_fires_alone.__name__, screener.rulebase.findings
    declared = {f.id for f in findings.values() if f.red_flag == "sufficient"}
    if missing := RED_FLAGS - declared:
        raise Broken(law, f"not declared as sufficient: {', '.join(sorted(missing))}")
    for finding, value in (*_flags(screener.rulebase, declared), *SUFFICIENT_BESIDE_RED_FLAGS):
        alone = person(**{finding: value})
        for closed_world in (False, True):
            shown = _screened(screener, alone, closed_world=closed_world, after_treatment=findings[finding].group == "after_treatment")
            barred = all(level is HandsOn.STOP for row in shown.grid.values() for level in row.values())
            if shown.tier is not Tier.EMERGENCY or not barred:
                raise Broken(law, f"{finding} alone is {shown.urgency}", (alone, {"urgency": "same_day", "hands_on": "stop"}))


def _flags(rulebase: RuleBase, findings: Iterable[str]) -> Iterator[Step]:
    for finding in sorted(findings):
        if rulebase.findings[finding].kind == "boolean":
            yield finding, True
        else:
            yield from ((finding, Members(frozenset([member]))) for member in rulebase.members[finding])


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


def no_weak_flag_alone_is_an_emergency(screener: Screener) -> None:
    """Age over 50, night pain, pain on straining and one weak flag, all together, never raise the urgency, and the safety net is shown.

    From 60 on, weight loss and lasting pain have rules of their own (CAN-6, CAN-7b): never an emergency even then.
    """
    law = no_weak_flag_alone_is_an_emergency.__name__
    for finding, bases, age in product(WEAK, (NOTHING, HEALTHY, ORDINARY), (51.0, 59.0, 60.0, 95.0)):
        weak: dict[str, Value | None] = {"age_years": age, "night_pain_no_sleep": True, "pain_on_straining": True, finding: WEAK[finding]}
        who = Person(bases, {"pain_region": Members(frozenset(["lumbar"]), frozenset(["neck", "thoracic", "sacrum_tailbone"]))} | weak)
        shown = _screened(screener, who)
        most = Urgency.ROUTINE if age < 60 else Urgency.WITHIN_14_DAYS
        if shown.urgency > most:
            raise Broken(law, f"{finding} at {age:g} years, with nothing but weak signs, is {shown.urgency}", (who, {"urgency": most.value}))
        if not any(advice.place == "safety_net" for advice in shown.advice):
            raise Broken(law, f"{finding} at {age:g} years comes without the safety net", (who, {}))


def urgent_is_never_cleared(screener: Screener, who: Person) -> None:
    """Within 7 days or sooner never stands beside a go-ahead, anywhere; nor does a 14-day rule that says stop or diagnose first."""
    for how in ({}, {"closed_world": True}, {"after_treatment": True}):
        shown = _screened(screener, who, **how)
        held = shown.urgency >= Urgency.WITHIN_7_DAYS or any(
            reason.urgency >= Urgency.WITHIN_14_DAYS and reason.hands_on >= HandsOn.DIAGNOSE_FIRST for reason in shown.reasons
        )
        _no_cell(shown, urgent_is_never_cleared, who, f"{shown.urgency} stands beside a go-ahead", only_if=held)


# ------------------------------------------------------------------------------------------------- gates


def no_diagnosis_no_clearance(screener: Screener, who: Person) -> None:
    """A complaint or a disease without a diagnosis by a regulated clinician, unchanged since, is never cleared, not even by a letter's silence."""
    facts = who.facts
    stated = _value(facts, "diagnosis_status") == "confirmed" and _value(facts, "diagnosed_by") in REGULATED
    changed_since = _value(facts, "changed_since_diagnosis")
    for closed_world in (False, True):
        established = stated and (changed_since is False or (closed_world and "changed_since_diagnosis" not in facts))
        shown = _screened(screener, who, closed_world=closed_world)
        _no_cell(shown, no_diagnosis_no_clearance, who, "no diagnosis is established", only_if=_is_patient(facts) and not established)


def no_guidance_no_clearance(screener: Screener, who: Person) -> None:
    """Without the doctor's word on massage no complaint or disease is cleared. Silence in a letter gives at most care, and nothing where only
    the person's own team can tell.
    """
    facts, law = who.facts, no_guidance_no_clearance
    agreed = _value(facts, "doctor_guidance") in AGREED
    _no_cell(_screened(screener, who), law, who, "no guidance was given", only_if=_is_patient(facts) and not agreed)
    silent = "doctor_guidance" not in facts
    letter = _screened(screener, who, closed_world=True)
    _no_cell(letter, law, who, "a letter tells of no guidance", only_if=_is_patient(facts) and not agreed and (not silent or _needs_its_team(facts)))
    _no_cell(letter, law, who, "silence about guidance clears freely", HandsOn.PROCEED, only_if=_is_patient(facts) and silent)


def unlicensed_place_never_clears(screener: Screener, who: Person) -> None:
    """A place or a therapist without a licence, or not known to have one, never clears a complaint or a disease; nor is a thrust or treading
    there anything but barred. Silence in a letter gives at most care.
    """
    facts, law = who.facts, unlicensed_place_never_clears
    place, regulated = _value(facts, "facility_type"), _value(facts, "provider_regulated")
    licensed = place in LICENSED and regulated == "yes"
    _no_cell(_screened(screener, who), law, who, "the place is not known to be licensed", only_if=_is_patient(facts) and not licensed)
    letter = _screened(screener, who, closed_world=True)
    named = place in UNLICENSED or regulated == "no"
    _no_cell(letter, law, who, "the place is unlicensed", only_if=_is_patient(facts) and named)
    silent = not {"facility_type", "provider_regulated"} <= facts.keys()
    _no_cell(letter, law, who, "silence about the place clears freely", HandsOn.PROCEED, only_if=_is_patient(facts) and silent)
    for technique in {"thrust_manipulation", "walking_on_back"} & letter.planned.keys():
        if named and letter.planned[technique] is not HandsOn.STOP:
            raise Broken(law.__name__, f"{technique} in unlicensed hands is {letter.planned[technique]}", (who, {"planned": {technique: "stop"}}))


def no_consent_no_clearance(screener: Screener, who: Person) -> None:
    """Nobody is cleared who has not agreed. A letter in which somebody asks for treatment counts as agreeing, but never clears freely."""
    agreed, law = _value(who.facts, "consent_given") is True, no_consent_no_clearance
    _no_cell(_screened(screener, who), law, who, "no consent was given", only_if=not agreed)
    letter, silent = _screened(screener, who, closed_world=True), "consent_given" not in who.facts
    _no_cell(letter, law, who, "a letter tells of no consent", only_if=not agreed and not silent)
    _no_cell(letter, law, who, "silence about consent clears freely", HandsOn.PROCEED, only_if=silent)


def no_baseline_no_unconditional_go_ahead(screener: Screener, who: Person) -> None:
    """A complaint or a disease is cleared without conditions only when strength, feeling and reflexes have been written down."""
    recorded = _value(who.facts, "neuro_baseline_recorded") is True
    for closed_world in (False, True):
        shown = _screened(screener, who, closed_world=closed_world)
        unheld = _is_patient(who.facts) and not recorded
        _no_cell(shown, no_baseline_no_unconditional_go_ahead, who, "no baseline was recorded", HandsOn.PROCEED, only_if=unheld)


def acute_disc_herniation_waits(screener: Screener, who: Person) -> None:
    """In the acute stage of a lumbar disc herniation nothing is done to the low back, the sacrum and the legs."""
    facts = who.facts
    stage, episode, pain = (_value(facts, name) for name in ("ldh_stage_by_clinician", "current_episode_days", "pain_now_nrs"))
    by_signs = (
        (isinstance(episode, float) and episode <= 14)
        or (isinstance(pain, float) and pain >= 7)
        or _value(facts, "pain_constant_no_relief") is True
        or _value(facts, "pain_trajectory") == "worsening"
    )
    acute = "lumbar_disc_herniation" in _present(facts, DIAGNOSES) and (stage == "acute" or (stage not in {"subacute", "chronic"} and by_signs))
    for closed_world in (False, True):
        shown = _screened(screener, who, closed_world=closed_world)
        _no_cell(shown, acute_disc_herniation_waits, who, "an acute disc herniation is treated", only_if=acute, regions=LOW_BACK)


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
    bare, seen = _screened(screener, without), _screened(screener, scanned)
    for technique in (t.id for t in screener.rulebase.techniques.values() if t.column == "soft_tissue"):
        if bare.grid[technique] != seen.grid[technique]:
            expected = {"grid": {technique: {region: level.value for region, level in seen.grid[technique].items()}}}
            raise Broken(
                no_missing_scan_bars_soft_tissue_after_a_diagnosis.__name__,
                f"{technique} depends on a scan",
                (without, expected),
                (scanned, expected),
            )


def unknown_plan_is_judged_as_soft_tissue_where_it_hurts(screener: Screener, who: Person) -> None:
    """While nobody has said what is planned and where, soft tissue work is judged: where it hurts, else on the whole spine."""
    unplanned = who.but(planned_technique=None, planned_region=None)
    facts, shown = unplanned.facts, _screened(screener, unplanned)
    where = {"sacrum_tailbone": "sacrum"}
    hurting = {where.get(region, region) for region in _present(facts, "pain_region")}
    hurting |= {limb for limb, pain in (("arms", "arm_pain"), ("legs", "leg_pain")) if _value(facts, pain) in {"one", "both"}}
    expected = hurting or {"neck", "thoracic", "lumbar", "sacrum"}
    gentlest = max(shown.grid[SOFT_TISSUE][region] for region in expected)
    law = unknown_plan_is_judged_as_soft_tissue_where_it_hurts.__name__
    if set(shown.regions) != expected:
        raise Broken(law, f"judged at {', '.join(shown.regions)}, while it hurts at {', '.join(sorted(hurting)) or 'no place'}", (unplanned, {}))
    if shown.planned or not gentlest <= shown.leading <= max(gentlest, HandsOn.ADAPT):
        raise Broken(law, f"soft tissue work is {gentlest}, judged is {shown.leading}", (unplanned, {"hands_on": gentlest.value}))


def every_go_ahead_carries_stop_signs_and_safety_net(screener: Screener, who: Person) -> None:
    """Every go-ahead comes with the signs to stop at and with the safety net, in both languages."""
    for closed_world in (False, True):
        shown = _screened(screener, who, closed_world=closed_world)
        if shown.leading > HandsOn.ADAPT:
            continue
        said = {advice.place for advice in shown.advice if advice.text.en.strip() and advice.text.zh.strip()}
        if missing := {"stop_signs", "safety_net"} - said:
            law = every_go_ahead_carries_stop_signs_and_safety_net.__name__
            raise Broken(law, f"{shown.leading} comes without {' and '.join(sorted(missing))}", (who, {}))


ORGANS: Mapping[str, tuple[str, ...]] = {
    "bladder": ("bladder_hesitancy_or_weak_flow", "bladder_reduced_sensation", "urinary_retention", "urinary_incontinence_new"),
    "bowel": ("bowel_reduced_sensation", "bowel_incontinence_new"),
}
OTHER = {"bladder": "bowel", "bowel": "bladder"}


def old_explained_sphincter_trouble_exempts_one_organ_at_a_time(screener: Screener) -> None:
    """Old, unchanged, explained trouble of bladder or bowel is no emergency: stated, one organ at a time, and never for saddle feeling."""
    law = old_explained_sphincter_trouble_exempts_one_organ_at_a_time.__name__
    old: dict[str, Value | None] = {"sphincter_onset_days": 400.0, "sphincter_worsening": False}
    for organ, troubles in ORGANS.items():
        for trouble in troubles:
            exempt = Person(ORDINARY, {**old, trouble: True, "sphincter_longstanding_explained": organ})
            shown = _screened(screener, exempt)
            if shown.urgency > Urgency.ROUTINE:
                raise Broken(law, f"old, unchanged, explained {trouble} is {shown.urgency}", (exempt, {"urgency": "routine"}))
            for why, graver, least in _no_longer_exempt(exempt, organ):
                urgency = _screened(screener, graver).urgency
                if urgency < least:
                    raise Broken(law, f"{trouble} is {urgency}, though {why}", (graver, {"urgency": least.value}))


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


# ------------------------------------------------------------------------------------------------- the whole body of knowledge


DISPOSITIONS: Mapping[Urgency, frozenset[HandsOn]] = {
    Urgency.ROUTINE: frozenset(HandsOn),
    Urgency.WITHIN_14_DAYS: frozenset(HandsOn) - {HandsOn.PROCEED},
    Urgency.WITHIN_7_DAYS: frozenset({HandsOn.WAIT, HandsOn.DIAGNOSE_FIRST, HandsOn.STOP}),
    Urgency.SAME_DAY: frozenset({HandsOn.STOP}),
    Urgency.EMERGENCY_NOW: frozenset({HandsOn.STOP}),
}
"""Every pair of urgency and overall level that somebody must be able to get."""


def every_disposition_is_reachable(screener: Screener) -> None:
    """Somebody gets each urgency with each level that may stand beside it: nothing is promised that nobody can get."""
    reached: dict[Urgency, set[HandsOn]] = {urgency: set() for urgency in Urgency}
    for bases, witness in product((NOTHING, CLEARED, ORDINARY), (Person(NOTHING, {}), *_everyone(screener.rulebase))):
        facts = Person(bases, witness.changes).facts
        found = verdict(screener.rulebase, screener.evaluator.decide(facts), facts, presumed=False)
        reached[found.urgency].add(found.hands_on)
    for urgency, levels in DISPOSITIONS.items():
        if missing := levels - reached[urgency]:
            raise Broken(every_disposition_is_reachable.__name__, f"nobody gets {urgency} with {' or '.join(sorted(missing))}")


def every_rule_can_fire(screener: Screener) -> None:
    """For each rule there is somebody for whom it counts as true."""
    for rule in screener.rulebase.rules:
        if not any(_fired(screener, who).get(rule.id) for who in _witnesses(rule)):
            raise Broken(every_rule_can_fire.__name__, f"nobody was found for whom {rule.id} holds")


def every_rule_adds_something(screener: Screener) -> None:
    """For each rule there is somebody to whom it says what no other rule says: an outcome, a service, advice, or a reason of its own."""
    for rule in screener.rulebase.rules:
        if not any(_adds(rule, _fired(screener, who)) for who in _witnesses(rule, most=3)):
            raise Broken(every_rule_adds_something.__name__, f"{rule.id} says nothing that other rules do not say beside it")


def every_reason_has_a_source(screener: Screener, who: Person) -> None:
    """Each reason that is given stands on a document that is listed, with how sure it is, in both languages."""
    for closed_world in (False, True):
        for reason in _screened(screener, who, closed_world=closed_world, after_treatment=True).reasons:
            law = every_reason_has_a_source.__name__
            if not reason.sources or not set(reason.sources) <= screener.rulebase.sources.keys():
                raise Broken(law, f"{reason.rule} names no document that is listed", (who, {"fires": [reason.rule]}))
            if not (reason.evidence_status and reason.text.en.strip() and reason.text.zh.strip()):
                raise Broken(law, f"{reason.rule} does not say why, or how sure that is", (who, {"fires": [reason.rule]}))


def every_rule_has_a_source(screener: Screener) -> None:
    """The same of all rules, whether or not somebody was found for them."""
    for rule in screener.rulebase.rules:
        if not rule.sources or not set(rule.sources) <= screener.rulebase.sources.keys():
            raise Broken(every_rule_has_a_source.__name__, f"{rule.id} names no document that is listed")


def every_condition_has_a_row(screener: Screener) -> None:
    """Each disease names rows of the matrix, and one of them speaks as soon as the disease is diagnosed: no empty cell reads as permission."""
    rulebase, law = screener.rulebase, every_condition_has_a_row.__name__
    for condition in rulebase.conditions.values():
        diagnosed = Person(CLEARED, {DIAGNOSES: Members.exactly([condition.id], rulebase.members[DIAGNOSES])})
        rows = {f"matrix/{row}" for row in condition.matrix_rows}
        if not rows & _fired(screener, diagnosed).keys():
            raise Broken(law, f"no row of the matrix speaks of {condition.id}", (diagnosed, {"fires": sorted(rows)}))


def all_back_ends_agree(screener: Screener, who: Person) -> None:
    """The compiled line says of every output what a plain walk over its expression says, with readings and without."""
    facts, law = who.facts, all_back_ends_agree.__name__
    run = screener.evaluator.decide(facts).run
    bare, read = Walk(facts), Walk(facts, readings=True)
    for output, expression in enumerate(outputs(screener.rulebase)):
        value, reading = bare.value(expression), read.value(expression)
        expected = (KNOWN * (value is True)) | (POSSIBLE * (value is not False))
        expected |= (READ * (reading is True)) | (READ_POSSIBLE * (reading is not False))
        if run.outputs[output] != expected:
            raise Broken(law, f"output {output} is {run.outputs[output]:04b} by the line and {expected:04b} by the walk", (who, {}))


# ------------------------------------------------------------------------------------------------- how the laws look at a person


def _known(screener: Screener, who: Person) -> Facts:
    """The facts as the screener takes them: what cannot apply answered so, what nobody examined presumed."""
    return presume_not_examined(screener.applicability.resolve(who.facts)[0], screener.words)[0]


def _screened(screener: Screener, who: Person, *, closed_world: bool = False, after_treatment: bool = False) -> Assessment:
    return screener.screen(Reading(facts=who.facts), AS_OF, closed_world=closed_world, after_treatment=after_treatment)


def _answers(who: Person, facts: Facts, most: int = 60) -> list[Step]:
    """Some of the values that what is not known of a person may have."""
    steps = [(finding, value) for finding in unknown_findings(facts) if _unknown(facts, finding) for value in telling(finding)]
    return who.chance.sample(steps, min(most, len(steps)))


def _unknown(facts: Facts, finding: str) -> bool:
    return finding not in facts or facts[finding].value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED}


def _value(facts: Facts, finding: str) -> Value | None:
    """A value that was stated; None where nothing is known."""
    return None if _unknown(facts, finding) else facts[finding].value


def _present(facts: Facts, finding: str) -> frozenset[str]:
    value = _value(facts, finding)
    return value.present if isinstance(value, Members) else frozenset()


def _is_patient(facts: Facts) -> bool:
    """Whether a person is not stated to want relaxation alone, or has a complaint or a disease all the same."""
    complains = any(_value(facts, f) in {"one", "both"} for f in ("leg_pain", "arm_pain", "leg_numbness", "leg_weakness", "arm_weakness"))
    sick = _present(facts, "pain_region") or _present(facts, DIAGNOSES) or _value(facts, "foot_drop") is True
    return bool(_value(facts, "relaxation_only") is not True or complains or sick)


def _needs_its_team(facts: Facts) -> bool:
    """Whether only the person's own team can say what hands may do (B.17): silence is then no agreement."""
    weeks = _value(facts, "spine_surgery_weeks_ago")
    return bool(
        _value(facts, "known_spinal_tumour") in {"benign", "malignant_or_metastasis", "type_unknown"}
        or _value(facts, "instability_known") in {"upper_neck", "other_level"}
        or _value(facts, "fracture_status") in {"suspected", "confirmed_not_healed"}
        or (isinstance(weeks, float) and weeks <= 12)
        or {"degenerative_cervical_myelopathy", "opll"} & _present(facts, DIAGNOSES)
        or _value(facts, "pulsing_belly_or_known_aaa") is True
        or _value(facts, "dvt_status") == "treated_under_3_months"
        or (
            _present(facts, "congenital_condition") - {"spina_bifida_occulta"} and _value(facts, "congenital_repaired_discharged") is not True
        )
    )


def _cells(shown: Assessment, most: HandsOn = HandsOn.ADAPT, regions: Iterable[str] | None = None) -> Iterator[Cell]:
    """The cells that show no more than a level."""
    for technique, row in shown.grid.items():
        yield from ((technique, region, row[region]) for region in regions or row if row[region] <= most)


def _no_cell(
    shown: Assessment,
    law: Callable[..., None],
    who: Person,
    found: str,
    most: HandsOn = HandsOn.ADAPT,
    *,
    only_if: bool,
    regions: Iterable[str] | None = None,
) -> None:
    """Raises where a cell shows no more than a level, though it must not."""
    for technique, region, level in _cells(shown, most, regions) if only_if else ():
        least = HandsOn.from_rank(most.rank + 1)
        raise Broken(law.__name__, f"{found}, and {technique} at {region} shows {level}", (who, {"grid": {technique: {region: least.value}}}))


def _lost(screener: Screener, before: Outcome, after: Outcome) -> str:
    """What an outcome has that another has not, in words; nothing where there is nothing."""
    layout = screener.rulebase.layout
    lost = []
    if layout.urgency(before) > layout.urgency(after):
        lost.append(f"{layout.urgency(before)} against {layout.urgency(after)}")
    if before & ~after:
        cells = ((t, r, layout.level(before, t, r), layout.level(after, t, r)) for t, r in product(layout.techniques, layout.regions))
        lost += [f"{t} at {r} {was} against {now}" for t, r, was, now in cells if was > now][:3]
    return ", ".join(lost)


def _urgencies(screener: Screener, decision: Decision) -> Expected:
    layout = screener.rulebase.layout
    return {"urgency": layout.urgency(decision.read).value, "worst_case": layout.urgency(decision.ceiling).value}


def _not_protected(rulebase: RuleBase) -> Iterator[Step]:
    """Each protection, and the value of somebody who does not have it."""
    for finding in rulebase.findings.values():
        match finding:
            case Finding(kind="boolean", polarity="protective"):
                yield finding.id, False
            case Finding(kind="set", polarity="protective"):
                yield finding.id, Members.exactly((), rulebase.members[finding.id])
            case Finding(kind="choice", members=members) if any(m.polarity == "protective" for m in members):
                yield from ((finding.id, m.id) for m in members if m.polarity == "neutral")
            case _:
                continue


def outputs(rulebase: RuleBase) -> list[Expression]:
    """The expressions of the program's outputs, in their order."""
    watched, expressions = rulebase.watched, rulebase.expressions
    named = {
        **{output: rulebase.regions[region].hurts_when for region, output in watched.hurts.items()},
        **{output: rulebase.advice[advice].when for advice, output in watched.advice.items()},
        **{output: owner.when for output, owner in zip(watched.owners, rulebase.owners, strict=True)},
        **{output: rulebase.findings[finding].asked_when for finding, output in watched.applies.items()},
        **{output: definition for definition, output in watched.definitions.items()},
    }
    effects = [all_of(rule.when, effect.when) for rule in rulebase.rules for effect in rule.effects]
    return effects + [expressions[named[output]] for output in sorted(named)]


def _witnesses(rule: CheckedRule, most: int = 1) -> Iterator[Person]:
    """People for whom a rule counts as true, in one of its parts."""
    for effect in rule.effects:
        yield from witnesses(all_of(rule.when, effect.when), most)


def _everyone(rulebase: RuleBase) -> Iterator[Person]:
    """For each rule somebody for whom it holds."""
    for rule in rulebase.rules:
        yield from _witnesses(rule)


def _fired(screener: Screener, who: Person) -> dict[str, tuple[CheckedRule, Outcome]]:
    """The rules that count as true, with what they raise to."""
    decision = screener.evaluator.decide(who.facts, after_treatment=True)
    return {fired.rule.id: (fired.rule, fired.outcome) for fired in screener.evaluator.fired(decision, after_treatment=True)}


def _adds(rule: CheckedRule, fired: Mapping[str, tuple[CheckedRule, Outcome]]) -> bool:
    """Whether a rule says something beside the others that fired with it."""
    if rule.id not in fired:
        return False
    others, joined = [other for name, (other, _) in fired.items() if name != rule.id], 0
    for name, (_, outcome) in fired.items():
        joined |= outcome if name != rule.id else 0
    advised = {advice for other in others for advice in other.then.advice}
    return bool(
        fired[rule.id][1] & ~joined
        or set(rule.then.advice) - advised
        or rule.then.owner not in {other.then.owner for other in others}
        or rule.because not in {other.because for other in others}
    )


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
