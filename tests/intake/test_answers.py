"""Answers to facts: every shape of a right answer, and every mistake named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.intake import IntakeError, parse_answers, read_answers
from spinesafe.model.fact import Answer, Members
from spinesafe.rulebase import RuleBase, load


@pytest.fixture(scope="module")
def rulebase() -> RuleBase:
    return load()


def fault_codes(answers: object, rulebase: RuleBase) -> list[str]:
    with pytest.raises(IntakeError) as caught:
        read_answers(answers, rulebase)
    for fault in caught.value.faults:
        # Every fault can be said in both languages, with nothing left unfilled.
        assert all(text.en and text.zh and not re.search(r"\{[a-z_]+\}", text.en + text.zh) for text in fault.describe(rulebase))
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({"saddle_numbness": True}, True),
        ({"saddle_numbness": "no"}, False),
        ({"saddle_numbness": "dont_know"}, Answer.DONT_KNOW),
        ({"anal_tone_reduced": "not_examined"}, Answer.NOT_EXAMINED),
        ({"age_years": 44}, 44.0),
        ({"sphincter_onset_days": "none"}, Answer.NONE),
        ({"leg_pain": "both"}, "both"),
        ({"provider_regulated": True}, "yes"),
    ],
)
def test_an_answer_becomes_its_value(answers: dict[str, object], value: object, rulebase: RuleBase) -> None:
    ((finding, fact),) = read_answers(answers, rulebase).facts.items()
    assert (finding, fact.value) == (next(iter(answers)), value)
    assert fact.provenance.where == f"answers.{finding}"


def test_a_list_is_complete_and_parts_are_not(rulebase: RuleBase) -> None:
    whole = read_answers({"pain_region": ["lumbar"]}, rulebase).facts["pain_region"].value
    part = read_answers({"pain_region": {"present": ["lumbar"]}}, rulebase).facts["pain_region"].value
    assert whole == Members(frozenset({"lumbar"}), frozenset({"neck", "thoracic", "sacrum_tailbone"}))
    assert part == Members(frozenset({"lumbar"}), frozenset())
    nothing = read_answers({"pain_region": "none"}, rulebase).facts["pain_region"].value
    assert isinstance(nothing, Members)
    assert not nothing.present


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "no_answers"),
        ([1], "no_answers"),
        ({"sadle_numbness": True}, "unknown_finding"),
        ({"saddle_numbness": 3}, "wrong_type"),
        ({"saddle_numbness": None}, "wrong_type"),
        ({"saddle_numbness": "not_examined"}, "wrong_type"),
        ({"age_years": 200}, "out_of_range"),
        ({"age_years": -1}, "out_of_range"),
        ({"age_years": float("nan")}, "wrong_type"),
        ({"age_years": float("inf")}, "wrong_type"),
        ({"age_years": "forty"}, "wrong_type"),
        ({"age_years": "none"}, "wrong_type"),
        ({"current_episode_days": 2.5}, "wrong_type"),
        ({"leg_pain": "bothe"}, "unknown_value"),
        ({"leg_pain": ["both"]}, "unknown_value"),
        ({"pain_region": ["nek"]}, "unknown_value"),
        ({"pain_region": {"present": ["neck"], "absent": ["neck"]}}, "present_and_absent"),
        ({"pain_region": {"present": "neck"}}, "wrong_type"),
        ({"pain_region": {"maybe": ["neck"]}}, "wrong_type"),
        ({"pain_region": 3}, "wrong_type"),
    ],
)
def test_a_mistake_is_named(answers: object, code: str, rulebase: RuleBase) -> None:
    assert fault_codes(answers, rulebase) == [code]


def test_every_mistake_is_named_at_once(rulebase: RuleBase) -> None:
    assert fault_codes({"sadle_numbness": True, "age_years": 200, "leg_pain": "left"}, rulebase) == [
        "unknown_finding",
        "out_of_range",
        "unknown_value",
    ]


def test_the_nearest_name_is_offered(rulebase: RuleBase) -> None:
    with pytest.raises(IntakeError) as caught:
        read_answers({"sadle_numbness": True}, rulebase)
    assert "saddle_numbness" in caught.value.faults[0].describe(rulebase)[0].en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"age_years": 1, "age_years": 2}', "said_twice"),
        ("age_years: 1\nage_years: 2", "said_twice"),
        ('{"age_years": NaN}', "not_readable"),
        ('{"age_years": -Infinity}', "not_readable"),
        ("a: [1", "not_readable"),
        ('{"answers": {' + '"a": 1, ' * 200_000, "not_readable"),
    ],
)
def test_text_that_cannot_be_read_is_named(text: str, code: str) -> None:
    with pytest.raises(IntakeError) as caught:
        parse_answers(text)
    assert caught.value.faults[0].code == code


def test_empty_text_is_nothing() -> None:
    assert parse_answers("  # only a comment\n") is None


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["none", "dont_know", "both", "neck"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["present", "absent", "x"]), inner, max_size=2),
    max_leaves=4,
)


@given(data=st.data())
def test_no_answer_gives_a_traceback_or_a_value_of_the_wrong_kind(data: st.DataObject, rulebase: RuleBase) -> None:
    finding = data.draw(st.sampled_from(sorted(rulebase.findings)))
    answer = data.draw(JUNK)
    try:
        value = read_answers({finding: answer}, rulebase).facts[finding].value
    except IntakeError:
        return
    kinds = {"boolean": bool, "number": float, "choice": str, "set": Members}
    assert isinstance(value, Answer | kinds[rulebase.findings[finding].kind])
