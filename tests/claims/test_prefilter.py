"""Documents of a crawl that name no spine are left out; none that does is."""

import json
import re
from pathlib import Path

import pytest

from spinesafe.claims import built_in
from spinesafe.claims.prefilter import Prefilter

EVAL = Path(__file__).parents[2] / "eval" / "claims.jsonl"


@pytest.fixture(scope="module")
def prefilter() -> Prefilter:
    return Prefilter(built_in())


@pytest.mark.parametrize("text", ["The council met on Tuesday.", "咖啡价格上涨。", ""])
def test_other_documents_are_left_out(text: str, prefilter: Prefilter) -> None:
    assert not prefilter.may_speak_of_spines(text.encode())


@pytest.mark.parametrize("text", ["My BACK hurts.", "腰突能根治吗", "Herniated discs shrink."])
def test_a_document_about_a_spine_is_kept(text: str, prefilter: Prefilter) -> None:
    assert prefilter.may_speak_of_spines(text.encode())


DISGUISED = re.compile(r"[a-z][0-9!@][a-z]")
"""Letters replaced by others are read by the checker, and not by the filter."""


def test_what_holds_a_claim_is_kept(prefilter: Prefilter) -> None:
    checker = built_in()
    for line in EVAL.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        report = checker.check(text)
        if (report.claims or report.form) and not DISGUISED.search(text):
            assert prefilter.may_speak_of_spines(text.encode()), text


@pytest.mark.parametrize("text", ["頸椎病根治", "脊椎側彎", "two old injuries of the back", "a bad-back day"])
def test_words_are_found_as_people_write_them(text: str, prefilter: Prefilter) -> None:
    assert prefilter.may_speak_of_spines(text.encode())


@pytest.mark.parametrize("text", ["the background of the discussion", "a neckerchief"])
def test_a_longer_word_is_another_word(text: str, prefilter: Prefilter) -> None:
    assert not prefilter.may_speak_of_spines(text.encode())
