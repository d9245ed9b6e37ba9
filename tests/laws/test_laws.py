"""Each law holds of the built-in knowledge: on drawn people, on people near its own edge, and on the people of the case files."""

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import Case, read_cases
from tests.laws.focus import FOCUS
from tests.laws.laws import OF_A_PERSON, OF_THE_KNOWLEDGE
from tests.laws.people import CASES, Person, of_case, people

LawOfAPerson = Callable[[Screener, Person], None]
PEOPLE_OF_CASES = tuple(case for _, case in read_cases(CASES) if not case.after)
EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else len(OF_A_PERSON)
"""A law is tried on one case of so many, each law on others."""


def name(law: Callable[..., None]) -> str:
    return law.__name__


@pytest.mark.parametrize("law", OF_A_PERSON, ids=name)
@given(who=people())
def test_law_holds_for_anybody(law: LawOfAPerson, who: Person) -> None:
    law(built_in(), who)


@pytest.mark.parametrize("law", FOCUS, ids=name)
@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_law_holds_near_its_edge(law: LawOfAPerson, data: st.DataObject) -> None:
    law(built_in(), data.draw(FOCUS[law]))


@pytest.mark.parametrize(
    ("law", "cases"), [(law, PEOPLE_OF_CASES[i::EVERY]) for i, law in enumerate(OF_A_PERSON)], ids=map(name, OF_A_PERSON)
)
def test_law_holds_for_the_people_of_the_cases(law: LawOfAPerson, cases: tuple[Case, ...]) -> None:
    for case in cases:
        law(built_in(), of_case(case))


@pytest.mark.parametrize("law", OF_THE_KNOWLEDGE, ids=name)
def test_law_holds_for_the_knowledge(law: Callable[[Screener], None]) -> None:
    law(built_in())


def test_each_law_that_the_knowledge_names_is_held_here() -> None:
    held = {law.__name__ for law in (*OF_A_PERSON, *OF_THE_KNOWLEDGE)}
    named = {law.held_by for law in built_in().rulebase.laws.values()}
    assert named
    assert named <= held


def test_each_rule_fires_for_the_people_of_some_case() -> None:
    evaluator, fired = built_in().evaluator, set[str]()
    for _, case in read_cases(CASES):
        decision = evaluator.decide(of_case(case).facts, after_treatment=case.after)
        fired |= {one.rule.id for one in evaluator.fired(decision, after_treatment=case.after)}
    assert {rule.id for rule in evaluator.rulebase.rules} - fired == set()
