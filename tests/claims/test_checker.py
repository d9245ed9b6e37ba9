"""Spans, alerts, law, bad input, and time that grows no faster than the text."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spinesafe import check_claims
from spinesafe.model.claim_report import alert_of

ADVERT = "Our therapist presses the slipped disc back between the vertebrae. Order today."


def test_a_claim_is_quoted_from_the_text_as_given() -> None:
    text = "Ｏｕｒ therapist presses the slipped\u200b disc back between the vertebrae. Order today."
    claim = check_claims(text).claims[0]
    assert text[claim.start : claim.end] == claim.quote
    assert claim.type == "mechanical_reduction"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["disc", "back", "cure", "根治", "腰", "。", "?", "never", "presses", "\u200b"])).map(" ".join)
)
def test_any_text_is_read_or_said_to_be_unread(text: str) -> None:
    report = check_claims(text)
    assert (report.alert is None) == (report.unread is not None)
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.quote != ""
    if report.alert is not None:
        assert report.alert == alert_of(report.claims)


@pytest.mark.parametrize("text", ["", "   ", "!!! ---", "Ελληνικά κείμενα για την υγεία", "😀😀"])
def test_what_cannot_be_read_is_never_called_free_of_claims(text: str) -> None:
    report = check_claims(text)
    assert report.alert is None
    assert report.unread is not None


def test_the_law_is_cited_for_adverts_only_and_by_jurisdiction() -> None:
    asked: dict[str, Any] = {"speaker": "advert", "jurisdictions": frozenset({"uk"})}
    laws = [hook.jurisdiction for claim in check_claims(ADVERT, **asked).claims for hook in claim.legal]
    assert laws
    assert set(laws) == {"uk"}
    assert not any(claim.legal for claim in check_claims(ADVERT, speaker="private_post").claims)


def test_forms_raise_no_alert() -> None:
    report = check_claims("First session free. Number one in back care. Order today.", speaker="advert")
    assert {found.claim for found in report.form} >= {"C-FREE", "C-ABSOLUTE"}
    assert report.alert == "none"


@pytest.mark.parametrize(
    "disguised",
    [
        "Our plaster cures sciatica f0r g00d. Order today.",
        "本店膏药根 治腰突，永 不 复 发。",
        "Our plaster cures sсiatica for good. Order today.",
    ],
)
def test_a_disguise_hides_nothing(disguised: str) -> None:
    assert check_claims(disguised).alert == "caution"
