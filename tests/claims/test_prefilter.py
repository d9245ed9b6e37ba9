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


def test_what_the_motif_finds_is_kept(prefilter: Prefilter) -> None:
    checker = built_in()
    subject = checker.scanner.bits["spine_care"]
    for line in EVAL.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        hits, _ = checker.scanner.hits(checker.scanner.normal(text).text)
        if any(number == subject for _, _, number in hits) and text.isascii() and not DISGUISED.search(text):
            assert prefilter.may_speak_of_spines(text.encode()), text
