import pytest
from hypothesis import given

from spinesafe.model.assessment import Presumption
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.scales import HandsOn
from spinesafe.rulebase.expression import Holds
from spinesafe.rulebase.polarity import polarity_of
from spinesafe.screening import built_in
from spinesafe.screening.presume import presume_not_examined, presume_unmentioned
from tests.laws.focus import LETTER, letters
from tests.laws.people import HEALTHY, NOTHING, ORDINARY, Person, people, person, strangers
from tests.laws.reported import assessed

WORDS, RULEBASE = built_in().words, built_in().rulebase
SILENT = Person(NOTHING, dict(LETTER))
"""A letter that states what the gates ask for, and no more."""


def read(who: Person) -> tuple[Facts, dict[str, Presumption]]:
    facts, made = presume_unmentioned(who.facts, WORDS)
    return facts, {presumption.finding: presumption for presumption in made}


def value(who: Person, finding: str) -> Value | None:
    found = read(who)[0].get(finding)
    return found.value if found else None


# ------------------------------------------------------------------------------------------------- the five principles of B.17


def test_dangers_that_nobody_mentions_are_absent() -> None:
    for finding in RULEBASE.findings.values():
        if (
            finding.kind == "boolean"
            and finding.group != "after_treatment"
            and polarity_of(Holds(finding.id), RULEBASE.findings, {}) == "danger"
        ):
            assert value(person(), finding.id) in ({False} if finding.id != "changed_since_diagnosis" else {True}), finding.id


def test_protective_facts_that_nobody_mentions_are_not_established() -> None:
    for finding in RULEBASE.findings.values():
        if finding.polarity == "protective" and finding.id != "consent_given":
            said = value(person(), finding.id)
            assert said is False or said == "none" or said == Members.exactly((), RULEBASE.members[finding.id]), finding.id


@pytest.mark.parametrize("finding", ["age_years", "sphincter_onset_days", "deficit_onset_days", "trauma_days_ago", "symptom_duration_days"])
def test_numbers_that_nobody_mentions_stay_unknown(finding: str) -> None:
    assert value(SILENT, finding) is None


def test_a_diagnosis_must_be_stated() -> None:
    assert value(person(), "diagnosis_status") == "none"
    assert value(person(), "diagnosed_by") == "nobody"
    assert value(person(diagnosis_status="confirmed"), "changed_since_diagnosis") is False
    assert value(person(), "changed_since_diagnosis") is True


def test_guidance_and_place_are_presumed_beside_a_diagnosis_with_a_condition_in_words() -> None:
    silent = SILENT.but(doctor_guidance=None, facility_type=None, provider_regulated=None)
    facts, made = read(silent)
    assert [facts[f].value for f in ("doctor_guidance", "facility_type", "provider_regulated")] == [
        "advised_with_limits",
        "licensed_clinic",
        "yes",
    ]
    for finding in ("doctor_guidance", "facility_type", "provider_regulated"):
        assert facts[finding].provenance.source == "presumed"
        assert made[finding].because == "not_mentioned"
        condition = made[finding].condition
        assert condition is not None
        assert condition.en
        assert condition.zh
    shown = assessed(built_in(), silent, closed_world=True)
    assert shown.hands_on is HandsOn.ADAPT
    assert HandsOn.PROCEED not in {level for row in shown.grid.values() for level in row.values()}


@pytest.mark.parametrize(
    "undiagnosed", [{"diagnosis_status": None}, {"diagnosis_status": "suspected"}, {"diagnosed_by": "self_or_internet"}]
)
def test_without_a_diagnosis_neither_guidance_nor_place_is_presumed(undiagnosed: dict[str, Value | None]) -> None:
    silent = SILENT.but(doctor_guidance=None, facility_type=None, provider_regulated=None, **undiagnosed)
    assert value(silent, "doctor_guidance") == "not_discussed"
    assert value(silent, "facility_type") is None
    assert value(silent, "provider_regulated") is None


@pytest.mark.parametrize(
    "risk",
    [
        {"known_spinal_tumour": "benign"},
        {"instability_known": "upper_neck"},
        {"fracture_status": "suspected"},
        {"spine_surgery_weeks_ago": 12.0},
        {"pulsing_belly_or_known_aaa": True},
        {"dvt_status": "treated_under_3_months"},
        {"congenital_condition": Members(frozenset({"tethered_cord_syndrome"}))},
        {"leg_weakness": "one"},
    ],
    ids="-".join,
)
def test_guidance_is_not_presumed_where_only_the_own_team_can_give_it(risk: dict[str, Value]) -> None:
    silent = SILENT.but(doctor_guidance=None)
    assert value(silent, "doctor_guidance") == "advised_with_limits"
    assert value(silent.but(**risk), "doctor_guidance") == "not_discussed"


@pytest.mark.parametrize(
    "settled",
    [
        {"spine_surgery_weeks_ago": 13.0},
        {"leg_weakness": "one", "deficit_onset_days": 400.0},
        {"congenital_condition": Members(frozenset({"spina_bifida_occulta"}))},
        {"congenital_condition": Members(frozenset({"meningocele"})), "congenital_repaired_discharged": True},
    ],
    ids="-".join,
)
def test_what_is_settled_leaves_the_presumption(settled: dict[str, Value]) -> None:
    assert value(SILENT.but(doctor_guidance=None, **settled), "doctor_guidance") == "advised_with_limits"


def test_a_letter_that_states_everything_is_cleared_freely_and_without_presumption_of_a_gate() -> None:
    shown = assessed(built_in(), SILENT, closed_world=True)
    assert shown.hands_on is HandsOn.PROCEED
    assert [p.finding for p in shown.presumed if p.condition is not None] == []
    assert not shown.settled
    assert shown.worst_case.hands_on is HandsOn.STOP


# ------------------------------------------------------------------------------------------------- what is stated stands


@given(who=people(backgrounds=(NOTHING, ORDINARY)))
def test_silence_never_overrides_an_answer(who: Person) -> None:
    facts, made = read(who)
    assert not made.keys() & who.facts.keys()
    for finding, before in who.facts.items():
        after = facts[finding].value
        if isinstance(before.value, Members) and isinstance(after, Members):
            assert after.present == before.value.present
            assert after.absent >= before.value.absent
            assert facts[finding].provenance == before.provenance
        else:
            assert facts[finding] == before


def test_a_set_of_which_some_is_told_is_closed_as_to_the_rest() -> None:
    told = person(brainstem_symptoms=Members(frozenset({"double_vision"})))
    closed = value(told, "brainstem_symptoms")
    assert closed == Members.exactly(["double_vision"], RULEBASE.members["brainstem_symptoms"])
    # Where it hurts has no default: what is told of it is told, and the rest stays open.
    told = person(pain_region=Members(frozenset({"neck"})))
    assert value(told, "pain_region") == Members(frozenset({"neck"}))


def test_i_do_not_know_in_a_letter_stays_unknown() -> None:
    assert value(person(saddle_numbness=Answer.DONT_KNOW), "saddle_numbness") is Answer.DONT_KNOW


def test_a_default_that_rests_on_others_is_read_after_them() -> None:
    """Whether something changed rests on the diagnosis, which is itself read from silence."""
    assert value(person(weakness_progressive=False), "neuro_change_speed") == "none"
    assert value(person(weakness_progressive=True), "neuro_change_speed") is None
    assert value(person(), "neuro_change_speed") == "none"


@pytest.mark.parametrize(
    ("finding", "number"), [("post_void_residual_ml", 0.0), ("lowest_mrc_grade", 5.0), ("spondylolisthesis_grade", 0.0)]
)
def test_a_number_of_an_examination_has_a_default(finding: str, number: float) -> None:
    said = value(SILENT, finding)
    assert said == number
    assert isinstance(said, float)


# ------------------------------------------------------------------------------------------------- not examined


def test_what_nobody_examined_is_presumed_as_in_a_letter_with_the_examination_as_the_condition() -> None:
    who = person(ORDINARY, anal_tone_reduced=Answer.NOT_EXAMINED, umn_signs=Answer.NOT_EXAMINED)
    facts, made = presume_not_examined(who.facts, WORDS)
    assert facts["anal_tone_reduced"].value is False
    assert facts["umn_signs"].value == Members.exactly((), RULEBASE.members["umn_signs"])
    assert {p.finding: p.because for p in made} == {"anal_tone_reduced": "not_examined", "umn_signs": "not_examined"}
    label = RULEBASE.findings["anal_tone_reduced"].label
    assert WORDS.sentence("condition_examined_first", label=label) in [p.condition for p in made]
    shown = assessed(built_in(), who)
    assert shown.hands_on is HandsOn.ADAPT
    assert HandsOn.PROCEED not in {level for row in shown.grid.values() for level in row.values()}


def test_what_has_no_default_stays_unexamined() -> None:
    who = person(HEALTHY, cobb_degrees=Answer.NOT_EXAMINED)
    facts, made = presume_not_examined(who.facts, WORDS)
    assert facts["cobb_degrees"].value is Answer.NOT_EXAMINED
    assert made == ()


def test_where_everything_was_examined_nothing_is_presumed() -> None:
    facts = person(ORDINARY).facts
    assert presume_not_examined(facts, WORDS) == (facts, ())


@given(who=strangers())
def test_a_presumption_says_what_was_read_and_the_facts_hold_it(who: Person) -> None:
    facts, made = read(who)
    for finding, presumption in made.items():
        assert presumption.value == WORDS.value(finding, facts[finding].value)
        assert presumption.label == RULEBASE.findings[finding].label
        assert facts[finding].provenance.where == "not_mentioned"


@given(who=letters())
def test_silence_about_a_gate_that_is_presumed_caps_every_cell(who: Person) -> None:
    judged = built_in().judge(who.facts, closed_world=True)
    assert judged.capped is any(p.condition is not None for p in judged.presumed)
    if judged.capped:
        assert HandsOn.PROCEED not in {
            level for row in built_in().rulebase.layout.grid(judged.result.grid).values() for level in row.values()
        }
