"""However a text repeats itself, its length costs work in proportion and no more: facts and claims alike."""

from datetime import date

import pytest

from spinesafe.claims import built_in as checker
from spinesafe.intake.narrative import NarrativeReader
from spinesafe.rulebase import load
from tests.steps import grows_in_proportion

AS_OF = date(2026, 11, 24)
READER = NarrativeReader(load())
REPEATED = [
    "a",
    "痛",
    "无腰痛，",
    "no pain, ",
    '"pain ',
    "my mum 45, ,,, ",
    "FH: ",
    "1. ",
    "slipped disc. ",
    "根治，",
    "press the disc back. ",
    "“根治",
    "根治",
    "disc back ",
    "no never not ",
]


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
def test_facts_of_a_text_that_repeats_itself(unit: str) -> None:
    assert grows_in_proportion(lambda text: READER.read(text, AS_OF), unit)


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
def test_claims_of_a_text_that_repeats_itself(unit: str) -> None:
    assert grows_in_proportion(checker().check, unit)


def test_work_that_grows_faster_is_noticed() -> None:
    def every_pair(text: str) -> list[int]:
        return [text.find("b", start, end) for start in range(len(text)) for end in range(len(text))]

    assert not grows_in_proportion(every_pair, "a", length=200)
