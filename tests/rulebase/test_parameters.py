"""People as parameters: every one named, null where nothing is known."""

import pytest

from spinesafe.model.fact import Answer, Fact, Members, Provenance, Value
from spinesafe.rulebase import load
from spinesafe.rulebase.parameters import Held, of_none, parameters, parameters_of


def held(finding: str, value: Value) -> dict[str, Held]:
    """What is not null of somebody of whom one thing is known."""
    facts = {finding: Fact(finding, value, Provenance(source="answer"))}
    return {name: value for name, value in parameters_of(facts, load()).items() if value is not None and name != "after_treatment"}


def test_every_parameter_is_named_once_whatever_is_known() -> None:
    names = [parameter.name for parameter in parameters(load())]
    assert len(set(names)) == len(names)
    assert list(parameters_of({}, load())) == names
    assert set(parameters_of({}, load()).values()) == {None, False}


@pytest.mark.parametrize("after", [True, False])
def test_a_follow_up_is_a_parameter_of_its_own(*, after: bool) -> None:
    assert parameters_of({}, load(), after_treatment=after)["after_treatment"] is after


@pytest.mark.parametrize("answer", [Answer.DONT_KNOW, Answer.NOT_EXAMINED])
@pytest.mark.parametrize("finding", ["saddle_numbness", "leg_pain", "sphincter_onset_days", "pain_region"])
def test_an_answer_that_is_no_value_is_null(finding: str, answer: Answer) -> None:
    assert held(finding, answer) == {}


def test_yes_no_and_a_choice_are_themselves() -> None:
    assert held("saddle_numbness", False) == {"saddle_numbness": False}
    assert held("leg_pain", "both") == {"leg_pain": "both"}


def test_a_number_and_a_number_that_does_not_apply() -> None:
    assert held("sphincter_onset_days", 3) == {"sphincter_onset_days": 3.0, "sphincter_onset_days: none": False}
    assert held("sphincter_onset_days", Answer.NONE) == {"sphincter_onset_days: none": True}
    assert held("age_years", 40.0) == {"age_years": 40.0}


def test_of_a_set_each_member_is_known_by_itself() -> None:
    assert held("pain_region", Members(frozenset({"neck"}), frozenset({"lumbar"}))) == {
        "pain_region: neck": True,
        "pain_region: lumbar": False,
    }
    assert held("pain_region", Answer.NONE) == {}


def test_a_number_has_a_second_parameter_where_it_may_not_apply() -> None:
    names = {parameter.name for parameter in parameters(load())}
    numbers = [finding for finding in load().findings.values() if finding.kind == "number"]
    assert {of_none(f.id) in names for f in numbers if f.none_label is not None} == {True}
    assert {of_none(f.id) in names for f in numbers if f.none_label is None} == {False}
