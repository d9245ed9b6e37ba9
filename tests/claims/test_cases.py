"""Texts are read as their cases say; those that are not yet are listed, and the list may only shrink."""

from pathlib import Path

import pytest

from spinesafe.claims import Checker, built_in
from spinesafe.claims.cases import Case, Whole, come_out_by_now, comes_out, missing, read_cases

FOLDER = Path(__file__).parents[2] / "cases" / "claims"
CASES, TEXTS = read_cases(FOLDER)
GAPS = frozenset((Path(__file__).parent / "known_gaps.txt").read_text(encoding="utf-8").split())
"""Ids of cases that are read wrongly so far."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return built_in()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_text_is_read_as_its_case_says(case: Case, checker: Checker) -> None:
    if case.id in GAPS:
        assert not comes_out(case, checker), "take it out of known_gaps.txt"
    else:
        assert comes_out(case, checker), case.text


@pytest.mark.parametrize("whole", TEXTS, ids=lambda whole: whole.id)
def test_a_whole_text_gives_all_that_it_must(whole: Whole, checker: Checker) -> None:
    if whole.id in GAPS:
        assert missing(whole, checker) != [], "take it out of known_gaps.txt"
    else:
        assert missing(whole, checker) == []


@pytest.mark.parametrize("whole", [whole for whole in TEXTS if whole.not_yet], ids=lambda whole: whole.id)
def test_what_does_not_come_out_yet_is_known(whole: Whole, checker: Checker) -> None:
    assert come_out_by_now(whole, checker) == [], "move it to holds"


def test_every_claim_has_its_cases(checker: Checker) -> None:
    told = {case.claim for case in CASES}
    assert set(checker.knowledge.claims) == told
    for name in told:
        kinds = [case.how for case in CASES if case.claim == name]
        assert kinds.count("looks_alike") >= 2, name
        assert len(kinds) >= (6 if "form" in kinds else 11), name
    assert {case.id for case in CASES} | {whole.id for whole in TEXTS} >= GAPS


def test_few_cases_are_read_wrongly() -> None:
    assert len(GAPS) <= len(CASES) // 10
