"""Every theorem is proved of the built-in knowledge, and speaks of somebody."""

import pytest

from docs.proved import COLUMNS, PAGE, section
from spinesafe.backends.proofs import prove_one, theorems_of
from spinesafe.model.text import LANGUAGES
from spinesafe.rulebase import load
from tests.backends.proofs.worlds import built_in_world

READ_NOT_SOLVED = {"every_reason_has_a_source"}


@pytest.mark.parametrize("theorem", theorems_of(overlay=False))
def test_theorem_is_proved(theorem: str) -> None:
    found = prove_one(built_in_world(), theorem)
    assert found.verdict == "proved", (found.reason, found.not_accepted, found.counter_example)
    # Nothing is proved of nobody: each claim has somebody whom it speaks of, and what is taken for granted is printed.
    assert (found.questions > 0 and len(found.assumptions) > 0) is (theorem not in READ_NOT_SOLVED)
    assert (found.witness is not None) is bool(found.parts)
    assert found.witness is None or all(found.witness.in_language(language) for language in LANGUAGES)
    # What was accepted as known still is so: an entry that is not needed any more would hide what comes later.
    if theorem in COLUMNS:
        assert section(load(), found) in PAGE.read_text(encoding="utf-8"), "run `python -m docs.proved`"
    accepted = set(load().theorems[theorem].accepted)
    assert accepted <= {row["id"].en for row in found.listed if "kept_because" in row}


def test_every_theorem_stands_in_the_knowledge_and_is_proved() -> None:
    assert set(theorems_of(overlay=True)) == set(load().theorems)
