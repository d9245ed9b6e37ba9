import pytest

from spinesafe.intake.fhir import OWN_SYSTEM
from spinesafe.model.fact import Answer
from spinesafe.rulebase import RuleBase
from tests.intake.fhir.records import SNOMED, Json, absent, asked, interview, present, read, resource, value, whys

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def coding(code: str, system: str = OWN_SYSTEM) -> Json:
    return {"valueCoding": {"system": system, "code": code}}


@pytest.mark.parametrize(
    ("finding", "answer", "expected"),
    [
        ("foot_drop", True, True),
        ("foot_drop", "yes", True),
        ("foot_drop", {"valueString": "no"}, False),
        ("foot_drop", coding("373066001", SNOMED), True),
        ("foot_drop", coding("6077001", SNOMED), True),
        ("foot_drop", "dont_know", Answer.DONT_KNOW),
        ("foot_drop", {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}, Answer.DONT_KNOW),
        ("leg_pain", "both", "both"),
        ("leg_pain", {"valueString": "both"}, "both"),
        ("leg_pain", {"valueCoding": {"code": "one"}}, "one"),
        ("pain_now_nrs", 4, 4),
        ("pain_now_nrs", 4.5, 4.5),
        ("pain_now_nrs", {"valueQuantity": {"value": 4}}, 4),
        ("sphincter_onset_days", {"valueDate": "2026-11-20"}, 4),
        ("sphincter_onset_days", {"valueDateTime": "2026-11-20T08:00:00+08:00"}, 4),
        ("sphincter_onset_days", "none", Answer.NONE),
        ("lowest_mrc_grade", "not_examined", Answer.NOT_EXAMINED),
        ("cspine_rule_result", "not_applicable", "not_applicable"),
        ("facility_type", "unknown", Answer.DONT_KNOW),
    ],
)
def test_answers_of_every_kind(finding: str, answer: object, expected: object) -> None:
    reading = read(asked({finding: answer}))
    assert value(reading, finding) == expected
    assert not reading.warnings


@pytest.mark.parametrize(
    ("finding", "answer"),
    [
        ("foot_drop", "perhaps"),
        ("foot_drop", "not_examined"),
        ("leg_pain", {"valueString": "both legs hurt"}),
        ("leg_pain", {"valueCoding": {"system": OWN_SYSTEM, "display": "both"}}),
        ("pain_now_nrs", {"valueString": "4"}),
        ("diagnosis_condition", "slipped_disc"),
    ],
)
def test_an_answer_that_is_no_value_is_named_and_never_guessed(finding: str, answer: object) -> None:
    reading = read(asked({finding: answer}))
    assert finding not in reading.facts
    assert [(i.why, i.finding) for i in reading.warnings] == [("fhir_not_a_value", finding)]


@pytest.mark.parametrize(
    ("answers", "finding", "expected"),
    [
        ({"sphincter_onset_days--none": True}, "sphincter_onset_days", Answer.NONE),
        ({"sphincter_onset_days--none": "none"}, "sphincter_onset_days", Answer.NONE),
        ({"sphincter_onset_days": 3, "sphincter_onset_days--none": False}, "sphincter_onset_days", 3),
        ({"sphincter_onset_days--not-known": "dont_know"}, "sphincter_onset_days", Answer.DONT_KNOW),
        ({"foot_drop--not-known": "dont_know"}, "foot_drop", Answer.DONT_KNOW),
        ({"lowest_mrc_grade--not-known": "not_examined"}, "lowest_mrc_grade", Answer.NOT_EXAMINED),
        ({"foot_drop": True, "foot_drop--not-known": "dont_know"}, "foot_drop", True),
        ({"foot_drop": False, "foot_drop--not-known": "dont_know"}, "foot_drop", Answer.DONT_KNOW),
        ({"sphincter_onset_days": 3, "sphincter_onset_days--none": True}, "sphincter_onset_days", 3),
        ({"sphincter_onset_days--none": True, "sphincter_onset_days--not-known": "dont_know"}, "sphincter_onset_days", Answer.DONT_KNOW),
    ],
)
def test_what_the_form_asks_beside_a_question(answers: Json, finding: str, expected: object) -> None:
    """Where two items disagree the danger stands, and what is not known stands before what does not apply."""
    assert value(read(asked(answers)), finding) == expected


def test_that_a_number_applies_says_nothing_of_its_size() -> None:
    reading = read(asked({"sphincter_onset_days--none": False}))
    assert "sphincter_onset_days" not in reading.facts
    assert not reading.warnings


@pytest.mark.parametrize(
    ("link", "answer", "why"),
    [
        ("foot_drop--not-known", True, "fhir_not_a_value"),
        ("foot_drop--not-known", "none", "fhir_not_a_value"),
        ("foot_drop--not-known", "not_examined", "fhir_not_a_value"),
        ("sphincter_onset_days--not-known", "none", "fhir_not_a_value"),
        ("sphincter_onset_days--none", "dont_know", "fhir_not_a_value"),
        ("sphincter_onset_days--none", 3, "fhir_not_a_value"),
        ("sphincter_onset_days--none", {"valueTime": "10:00:00"}, "fhir_value_type_not_read"),
    ],
)
def test_what_is_no_answer_beside_a_question_is_named_and_never_bent_into_one(link: str, answer: object, why: str) -> None:
    reading = read(asked({link: answer}))
    assert link.partition("--")[0] not in reading.facts
    assert whys(reading.warnings) == [why]


@pytest.mark.parametrize("link", ["foot_drop--none", "age_years--none", "favourite_colour--not-known", "--none"])
def test_an_item_beside_no_question_is_not_known(link: str) -> None:
    reading = read(asked({link: True}))
    assert not reading.facts or set(reading.facts) == {"age_years"}
    assert "fhir_question_unknown" in whys(reading.ignored)


def test_an_answer_of_a_type_that_is_not_read_is_named() -> None:
    answers: list[Json] = [
        {"valueTime": "10:00:00"},
        {"valueUri": "urn:x"},
        {"valueReference": {"reference": "Patient/x"}},
        {"valueAttachment": {}},
    ]
    for answer in answers:
        assert whys(read(interview(foot_drop=answer)).warnings) == ["fhir_value_type_not_read"]


def test_a_list_is_complete(rulebase: RuleBase) -> None:
    reading = read(interview(pain_region=["lumbar", "neck"], dangerous_mechanism="none"))
    assert present(reading, "pain_region") == {"lumbar", "neck"}
    assert absent(reading, "pain_region") == set(rulebase.members["pain_region"]) - {"lumbar", "neck"}
    assert absent(reading, "dangerous_mechanism") == set(rulebase.members["dangerous_mechanism"])


def test_a_list_may_name_diseases_by_standard_codes() -> None:
    reading = read(interview(diagnosis_condition=[coding("192970008", SNOMED), "osteoporosis"]))
    assert present(reading) == {"cauda_equina_syndrome", "osteoporosis"}
    assert "lumbar_disc_herniation" in absent(reading)


def test_a_list_that_is_not_understood_whole_says_nothing_of_the_rest() -> None:
    reading = read(interview(pain_region=["lumbar", "everywhere"]))
    assert (present(reading, "pain_region"), absent(reading, "pain_region")) == ({"lumbar"}, set())
    assert whys(reading.warnings) == ["fhir_not_a_value"]


def test_none_and_some_at_once_is_some() -> None:
    reading = read(interview(pain_region=["none", "lumbar"]))
    assert present(reading, "pain_region") == {"lumbar"}
    assert whys(reading.warnings) == ["fhir_none_and_some"]


def test_a_list_that_nobody_knows_is_not_known() -> None:
    assert value(read(interview(pain_region="dont_know")), "pain_region") == Answer.DONT_KNOW


def test_of_several_answers_to_one_question_the_gravest_counts() -> None:
    reading = read(interview(leg_pain=["one", "both", "none"]))
    assert value(reading, "leg_pain") == "both"
    assert "fhir_several_answers" in whys(reading.warnings)


def test_groups_and_questions_under_answers_are_read() -> None:
    below = {"linkId": "leg_pain", "answer": [coding("both")]}
    asked = {"linkId": "foot_drop", "answer": [{"valueBoolean": True, "item": [below]}]}
    reading = read(resource("QuestionnaireResponse", "q", status="completed", item=[{"linkId": "group", "item": [asked]}]))
    assert value(reading, "foot_drop") is True
    assert value(reading, "leg_pain") == "both"


def test_questions_that_lie_too_deep_are_said_and_not_a_crash() -> None:
    items: Json = {"linkId": "foot_drop", "answer": [{"valueBoolean": True}]}
    for _ in range(60):
        items = {"linkId": "group", "item": [items, {"linkId": "empty"}]}
    reading = read(resource("QuestionnaireResponse", "q", status="completed", item=[items]))
    assert "foot_drop" not in reading.facts
    assert whys(reading.warnings) == ["fhir_malformed"]


def test_questions_at_the_last_depth_are_read() -> None:
    items: Json = {"linkId": "foot_drop", "answer": [{"valueBoolean": True}]}
    for _ in range(50):
        items = {"linkId": "group", "item": [items]}
    assert value(read(resource("QuestionnaireResponse", "q", status="completed", item=[items])), "foot_drop") is True


def test_a_question_without_an_answer_is_not_answered() -> None:
    empty = [{"linkId": "foot_drop"}, {"linkId": "pain_region", "answer": []}]
    reading = read(resource("QuestionnaireResponse", "q", status="completed", item=empty))
    assert "foot_drop" not in reading.facts
    assert "pain_region" not in reading.facts


def test_questions_that_are_not_known_are_counted() -> None:
    reading = read(interview(favourite_colour={"valueString": "red"}))
    assert [(i.why, i.quote) for i in reading.ignored] == [("fhir_question_unknown", "favourite_colour")]


@pytest.mark.parametrize("status", ["in-progress", "stopped"])
def test_an_interview_broken_off_is_read_and_said(status: str) -> None:
    reading = read(interview(foot_drop=True, status=status))
    assert value(reading, "foot_drop") is True
    assert whys(reading.warnings) == ["fhir_interview_broken_off"]


def test_an_interview_entered_by_mistake_is_ignored() -> None:
    reading = read(interview(foot_drop=True, status="entered-in-error"))
    assert "foot_drop" not in reading.facts
    assert whys(reading.ignored) == ["fhir_entered_in_error"]


def test_of_two_interviews_the_later_counts_question_by_question() -> None:
    first = interview("a", authored="2026-11-20", foot_drop=True, leg_pain="one")
    second = interview("b", authored="2026-11-22", foot_drop=False)
    reading = read(first, second)
    assert value(reading, "foot_drop") is False
    assert value(reading, "leg_pain") == "one"


def test_a_time_that_is_no_date_is_said() -> None:
    assert whys(read(interview(authored="this morning", foot_drop=True)).warnings) == ["fhir_date_unreadable"]


def test_words_of_a_display_never_count() -> None:
    answer = {"valueCoding": {"system": SNOMED, "code": "0", "display": "Cauda equina syndrome"}}
    assert "diagnosis_condition" not in read(interview(diagnosis_condition=answer)).facts
