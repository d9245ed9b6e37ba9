"""The people that the laws are tried on: everything can be true of them, and they can be written down."""

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from spinesafe.intake.answers import read_answers
from spinesafe.model.fact import Answer, Members
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import load
from spinesafe.screening import built_in
from tests.laws.counterexample import written
from tests.laws.people import NOTHING, Person, people, telling, unknown_findings, values_of

FINDINGS = tuple(load().findings)


@given(data=st.data(), finding=st.sampled_from(FINDINGS))
def test_every_value_can_be_answered(data: st.DataObject, finding: str) -> None:
    value = data.draw(values_of(finding).filter(lambda value: value is not None))
    answers = written(Person(NOTHING, {finding: value}))["answers"]
    assert {name: fact.value for name, fact in read_answers(answers, load()).facts.items()} == {finding: value}


@pytest.mark.parametrize("finding", FINDINGS)
def test_the_rules_tell_the_values_of_a_finding_apart(finding: str) -> None:
    """The telling values have every number on each side of each limit, and every member."""
    values, kind = telling(finding), load().findings[finding].kind
    if kind == "number":
        for limit in built_in().evaluator.limits.get(finding, ()):
            sides = {(value > limit) - (value < limit) for value in values if isinstance(value, float)}
            described = load().findings[finding]
            possible = {
                -1: described.minimum is None or limit > described.minimum,
                0: True,
                1: described.maximum is None or limit < described.maximum,
            }
            assert sides == {side for side, can_be in possible.items() if can_be}
    elif kind == "set":
        assert {member for value in values if isinstance(value, Members) for member in value.present} == set(load().members[finding])
    else:
        assert values == (load().members[finding] or (False, True))


@given(people())
def test_a_completion_leaves_nothing_unknown_and_changes_nothing_known(who: Person) -> None:
    filled = who.completed(who.facts, not_examined=True)
    assert unknown_findings(filled) == ()
    assert filled == who.completed(who.facts, not_examined=True)
    for finding, fact in who.facts.items():
        match fact.value, filled[finding].value:
            case Answer.DONT_KNOW | Answer.NOT_EXAMINED, _:
                continue
            case Members(present, absent), Members(more, less):
                assert present <= more
                assert absent <= less
            case before, after:
                assert before == after


@pytest.mark.parametrize("urgency", Urgency)
def test_people_of_every_urgency_are_drawn(urgency: Urgency) -> None:
    evaluator = built_in().evaluator
    layout = evaluator.rulebase.layout
    without_shrinking = settings(max_examples=2000, phases=[Phase.generate])
    find(people(), lambda who: layout.urgency(evaluator.decide(who.facts).floor) is urgency, settings=without_shrinking)
