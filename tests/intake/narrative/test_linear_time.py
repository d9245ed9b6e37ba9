"""However a text repeats itself, its length costs time and no more: facts and claims alike."""

import time
from datetime import date

import pytest

from spinesafe.claims import built_in as checker
from spinesafe.intake.narrative import NarrativeReader
from spinesafe.rulebase import load

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
]


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
def test_facts_of_a_text_that_repeats_itself(unit: str) -> None:
    assert_in_proportion(lambda text: READER.read(text, AS_OF), unit)


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
def test_claims_of_a_text_that_repeats_itself(unit: str) -> None:
    assert_in_proportion(checker().check, unit)


def assert_in_proportion(read: object, unit: str) -> None:
    """Eight times the length takes nowhere near sixty-four times the time."""
    assert callable(read)
    times = []
    for length in (5_000, 40_000):
        text = unit * (length // len(unit))
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    assert times[1] < 24 * times[0] + 0.5
