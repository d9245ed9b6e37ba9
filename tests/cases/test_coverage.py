"""Every rule, row of the matrix and row of a condition has a case in which it fires, and one that comes near and does not."""

from pathlib import Path

from spinesafe.rulebase import load
from spinesafe.screening.cases import coverage, read_cases, unknown_rules

CASES = tuple(read_cases(Path(__file__).parents[2] / "cases"))
COVERED = coverage(load(), (case for _, case in CASES))


def test_every_rule_fires_in_a_case() -> None:
    assert COVERED.never_fire == ()


def test_every_rule_has_a_case_in_which_it_does_not_fire() -> None:
    assert COVERED.never_silent == ()


def test_only_what_holds_for_everybody_is_excused() -> None:
    assert set(COVERED.rules) - set(COVERED.can_be_silent) == {"matrix/non_specific_pain"}


def test_every_condition_has_a_case() -> None:
    """A case that states it and nothing else: beside another condition its own rows could go unseen."""
    alone = {tuple(stated) for _, case in CASES if isinstance(stated := case.answers.get("diagnosis_condition"), list)}
    assert [condition for condition in load().conditions if (condition,) not in alone] == []


def test_cases_name_rules_that_exist() -> None:
    assert [(path.name, case.id, unknown) for path, case in CASES if (unknown := unknown_rules(load(), case))] == []


def test_no_two_cases_are_called_the_same() -> None:
    names = [case.id for _, case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []
