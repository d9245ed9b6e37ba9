"""E.2: where a person should go, rule by rule."""

import pytest
from hypothesis import given

from spinesafe.model.fact import Members, Value
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.screening import built_in
from spinesafe.screening.route import EMERGENCY, FAMILY_DOCTOR, MOST, REHABILITATION
from tests.laws.people import CLEARED, HEALTHY, NOTHING, ORDINARY, Person, people, person
from tests.laws.reported import assessed

RULEBASE = built_in().rulebase
SADDLE: dict[str, Value | None] = {"saddle_numbness": True, "sphincter_onset_days": 2.0}


def sent(who: Person) -> tuple[str, ...]:
    return assessed(built_in(), who).services


def diagnosed(*conditions: str) -> Members:
    return Members.exactly(conditions, RULEBASE.members["diagnosis_condition"])


def named(value: object) -> str:
    """The same name in every process: the members of a set have no order of their own."""
    return "-".join(value) if isinstance(value, dict | tuple) else str(value)


# ------------------------------------------------------------------------------------------------- 1: the highest tier


def test_services_are_those_of_the_highest_tier_and_lower_tiers_add_none() -> None:
    routine = person(ORDINARY, deformity=Members(frozenset({"scoliosis"})), diagnosis_condition=diagnosed("scoliosis"))
    assert "deformity" in sent(routine)
    assert sent(routine.but(weakness_progressive=True)) == ("spinal_surgery", FAMILY_DOCTOR)


def test_a_lower_tier_adds_the_service_that_follows_the_person_already() -> None:
    followed = person(ORDINARY, diagnosis_condition=diagnosed("scoliosis"), under_specialist_review=True)
    assert sent(followed.but(weakness_progressive=True)) == ("spinal_surgery", "deformity")
    assert sent(followed.but(**SADDLE)) == (EMERGENCY, "spinal_surgery", "deformity")


# ------------------------------------------------------------------------------------------------- 2: emergencies


@pytest.mark.parametrize(
    ("cause", "owner"),
    [
        ({}, "spinal_surgery"),
        ({"cancer_history": "past"}, "spinal_tumour"),
        ({"known_spinal_tumour": "benign"}, "spinal_tumour"),
        ({"known_spinal_tumour": "treated_clear"}, "spinal_surgery"),
        ({"congenital_condition": Members(frozenset({"tethered_cord_syndrome"}))}, "congenital_neurosurgery"),
        ({"csf_shunt": True}, "congenital_neurosurgery"),
        ({"recent_trauma": "minor", "trauma_days_ago": 2.0, "leg_numbness": "both"}, "spinal_trauma"),
        ({"age_years": 75.0, "bone_strength": "osteoporosis"}, "spinal_surgery"),
    ],
    ids=named,
)
def test_an_emergency_goes_to_the_emergency_department_and_to_who_owns_the_cause(cause: dict[str, Value | None], owner: str) -> None:
    assert sent(person(HEALTHY, **SADDLE, **cause))[:2] == (EMERGENCY, owner)


@pytest.mark.parametrize(
    "alone",
    [
        {"stroke_signs": True},
        {"chest_pain_or_breathless": True},
        {"acutely_unwell_signs": Members(frozenset({"grey_or_clammy"}))},
        {"new_neck_pain_or_headache_unlike_any": True, "droopy_eyelid_or_uneven_pupils": True},
    ],
    ids=named,
)
def test_stroke_heart_and_torn_artery_need_the_emergency_department_alone(alone: dict[str, Value | None]) -> None:
    assert sent(person(HEALTHY, **alone)) == (EMERGENCY,)


# ------------------------------------------------------------------------------------------------- 3: urgent


def test_what_is_urgent_goes_to_its_owner_and_to_the_family_doctor_while_no_clinic_knows_the_person() -> None:
    growing = person(ORDINARY, weakness_progressive=True)
    assert sent(growing) == ("spinal_surgery", FAMILY_DOCTOR)
    assert sent(growing.but(under_specialist_review=True)) == ("spinal_surgery",)


def test_an_urgent_work_up_without_a_diagnosis_is_the_family_doctors() -> None:
    assert sent(person(ORDINARY, night_pain_no_sleep=True, night_sweats=True, pain_constant_no_relief=True)) == (FAMILY_DOCTOR,)


# ------------------------------------------------------------------------------------------------- 4: routine, not cleared


@pytest.mark.parametrize(
    ("missing", "services"),
    [
        ({"diagnosis_status": "none"}, (FAMILY_DOCTOR,)),
        ({"diagnosis_status": "none", "leg_pain": "one"}, (FAMILY_DOCTOR, "degenerative_spine_clinic")),
        ({"doctor_guidance": "not_discussed"}, (FAMILY_DOCTOR,)),
        ({"facility_type": "non_medical_parlour"}, (REHABILITATION,)),
        (
            {"diagnosis_condition": diagnosed("lumbar_disc_herniation"), "current_episode_days": 5.0},
            ("degenerative_spine_clinic", FAMILY_DOCTOR),
        ),
    ],
    ids=named,
)
def test_what_is_not_cleared_goes_to_who_owns_what_is_missing(missing: dict[str, Value | None], services: tuple[str, ...]) -> None:
    shown = assessed(built_in(), person(ORDINARY, **missing))
    assert shown.urgency is Urgency.ROUTINE
    assert shown.hands_on > HandsOn.ADAPT
    assert set(shown.services) == set(services)


def test_where_nobody_owns_what_is_missing_the_persons_clinic_and_the_family_doctor_do() -> None:
    refuses = person(ORDINARY, consent_given=False)
    assert sent(refuses) == (FAMILY_DOCTOR,)
    assert sent(refuses.but(diagnosis_condition=diagnosed("scoliosis"))) == ("deformity", FAMILY_DOCTOR)


# ------------------------------------------------------------------------------------------------- 5: routine, cleared


@pytest.mark.parametrize(
    ("condition", "services"),
    [
        ((), (REHABILITATION, FAMILY_DOCTOR)),
        (("scoliosis",), (REHABILITATION, "deformity")),
        (("axial_spondyloarthritis",), (REHABILITATION, "rheumatology")),
        (("lumbar_spinal_stenosis",), (REHABILITATION, "degenerative_spine_clinic")),
    ],
)
def test_who_is_cleared_goes_to_rehabilitation_and_to_the_clinic_of_the_condition(
    condition: tuple[str, ...], services: tuple[str, ...]
) -> None:
    shown = assessed(built_in(), person(ORDINARY, diagnosis_condition=diagnosed(*condition)))
    assert shown.hands_on <= HandsOn.ADAPT
    assert shown.services == services


# ------------------------------------------------------------------------------------------------- 6: limits


@given(who=people())
def test_rehabilitation_never_stands_beside_stop_and_services_are_few_and_of_the_list(who: Person) -> None:
    shown = assessed(built_in(), who)
    assert 1 <= len(shown.services) <= MOST == 3
    assert set(shown.services) <= RULEBASE.services.keys()
    assert len(set(shown.services)) == len(shown.services)
    assert shown.hands_on is not HandsOn.STOP or REHABILITATION not in shown.services
    assert (shown.services[0] == EMERGENCY) is (shown.tier is Tier.EMERGENCY)
    assert tuple(shown_service.id for shown_service in shown.departments) == shown.services


def test_a_stop_takes_rehabilitation_away() -> None:
    parlour = person(ORDINARY, facility_type="non_medical_parlour")
    assert sent(parlour) == (REHABILITATION,)
    thrust = parlour.but(planned_technique=Members.exactly(["thrust_manipulation"], RULEBASE.members["planned_technique"]))
    assert REHABILITATION in sent(thrust)
    assert REHABILITATION not in sent(thrust.but(doctor_guidance="advised_against"))


def test_of_many_services_the_first_three_are_named() -> None:
    many = person(CLEARED, diagnosis_condition=diagnosed("scoliosis", "axial_spondyloarthritis", "lumbar_spinal_stenosis"))
    assert len(sent(many)) == MOST
    assert sent(many)[0] == REHABILITATION


@pytest.mark.parametrize("service", tuple(RULEBASE.services))
def test_every_service_is_somebodys(service: str) -> None:
    somebody = {
        "vascular": person(HEALTHY, dvt_status="suspected"),
        "spinal_trauma": person(HEALTHY, fracture_status="suspected"),
        "spinal_tumour": person(HEALTHY, known_spinal_tumour="benign"),
        "congenital_neurosurgery": person(HEALTHY, csf_shunt=True, raised_pressure_signs=Members(frozenset({"seizure"}))),
        "deformity": person(CLEARED, diagnosis_condition=diagnosed("scoliosis")),
        "rheumatology": person(CLEARED, diagnosis_condition=diagnosed("axial_spondyloarthritis")),
        "degenerative_spine_clinic": person(CLEARED, diagnosis_condition=diagnosed("lumbar_spinal_stenosis")),
        "spinal_surgery": person(HEALTHY, weakness_progressive=True),
        "rehabilitation": person(ORDINARY),
        "primary_care": person(NOTHING),
        "emergency_department": person(HEALTHY, stroke_signs=True),
    }
    assert service in sent(somebody[service])


# ------------------------------------------------------------------------------------------------- 7: children


def departments(who: Person) -> dict[str, str]:
    return {service.id: service.department.en for service in assessed(built_in(), who).departments}


def test_a_child_has_the_same_services_with_the_departments_for_children() -> None:
    adult, child = person(ORDINARY, diagnosis_status="none"), person(ORDINARY, diagnosis_status="none", age_years=15.0)
    assert FAMILY_DOCTOR in sent(adult)
    assert FAMILY_DOCTOR in sent(child)
    assert departments(adult)[FAMILY_DOCTOR] == RULEBASE.services[FAMILY_DOCTOR].department.en
    assert departments(child)[FAMILY_DOCTOR] == RULEBASE.services[FAMILY_DOCTOR].child_department.en
    assert departments(child.but(age_years=16.0))[FAMILY_DOCTOR] == RULEBASE.services[FAMILY_DOCTOR].department.en


@pytest.mark.parametrize("age", [15.0, 40.0])
def test_the_department_is_that_of_the_condition_where_it_has_one(age: float) -> None:
    row = RULEBASE.conditions["scoliosis"]
    who = person(ORDINARY, age_years=age, symptom_duration_days=20.0, diagnosis_condition=diagnosed("neck_pain", "scoliosis"))
    owner = row.child if age < 16 else row.adult
    assert departments(who)[owner.service] == owner.department.en


def test_an_unknown_age_is_no_childs() -> None:
    assert (
        departments(person(ORDINARY, age_years=None, diagnosis_status="none"))[FAMILY_DOCTOR]
        == RULEBASE.services[FAMILY_DOCTOR].department.en
    )


def test_the_first_owner_whose_cause_holds_takes_the_place() -> None:
    both = person(HEALTHY, **SADDLE, cancer_history="past", csf_shunt=True)
    assert sent(both) == (EMERGENCY, "spinal_tumour")
