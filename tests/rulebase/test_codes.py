import sys

import pytest

from spinesafe.rulebase.codes import icd10cm, unknown_codes
from spinesafe.rulebase.read import Sourced


def test_without_the_code_set_one_warning_says_so(entries: tuple[Sourced, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simple_icd_10_cm", None)
    (told,) = unknown_codes(entries, icd10cm())
    assert told.code == "codes_not_checked"
    assert told.warning
    assert "spinesafe[authoring]" in told.mend


def test_with_the_code_set_every_code_is_looked_up(entries: tuple[Sourced, ...]) -> None:
    codes = icd10cm()
    assert codes is not None
    assert list(unknown_codes(entries, codes)) == []
    assert codes.is_valid_item("M51.26")
    assert not codes.is_leaf("M51.2")
