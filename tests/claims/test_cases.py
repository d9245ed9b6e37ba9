"""Texts are read as their cases say; those that are not yet are listed, and the list may only shrink."""

import re
from pathlib import Path

import pytest

from spinesafe.claims import Checker, built_in
from spinesafe.claims.cases import Case, Whole, come_out_by_now, comes_out, missing, read_cases
from spinesafe.language.characters import HAN

HAN_SIGN = re.compile(f"[{HAN}]")
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
    assert set(checker.knowledge.claims) == {case.claim for case in CASES}
    assert {case.id for case in CASES} | {whole.id for whole in TEXTS} >= GAPS


@pytest.mark.parametrize("name", sorted({case.claim for case in CASES}))
def test_a_claim_has_twelve_cases_of_every_kind_half_of_them_chinese(name: str) -> None:
    cases = [case for case in CASES if case.claim == name]
    kinds = [case.how for case in cases]
    assert len(cases) >= 12
    assert sum(bool(HAN_SIGN.search(case.text)) for case in cases) >= 6
    assert kinds.count("looks_alike") >= 2
    if "form" not in kinds:
        assert kinds.count("asserted") >= 4
        assert sum(kinds.count(kind) for kind in ("denied", "reported", "questioned")) >= 4
        assert kinds.count("conditional") + kinds.count("mixed") >= 2


def test_every_claim_says_why_and_what_may_be_said_instead(checker: Checker) -> None:
    for claim in checker.knowledge.claims.values():
        assert claim.wordings, claim.id
        assert claim.sources, claim.id
        assert claim.because.en, claim.id
        assert claim.because.zh, claim.id
        if claim.truth not in {"true", "true_with_nuance"}:
            assert claim.instead is not None, claim.id
            assert claim.hooks, claim.id


def test_few_cases_are_read_wrongly() -> None:
    assert len(GAPS) <= len(CASES) // 10
