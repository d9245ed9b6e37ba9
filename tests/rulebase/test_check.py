from datetime import date

import pytest

from spinesafe.rulebase import check as module
from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.check import check
from spinesafe.rulebase.counts import count
from spinesafe.rulebase.read import BUILT_IN, Sourced, read_folder


def test_sound_knowledge_has_no_problems(entries: tuple[Sourced, ...]) -> None:
    assert check(entries, date(2026, 11, 25)) == []


def test_reviews_are_judged_by_the_day_of_the_check(entries: tuple[Sourced, ...]) -> None:
    assert {p.code for p in check(entries, date(2027, 11, 22))} == set()
    late = check(entries, date(2027, 11, 23))
    assert {p.code for p in late} == {"review_overdue"}
    assert all(p.warning for p in late)


def test_the_day_is_today_if_none_is_given(entries: tuple[Sourced, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(date):
        @classmethod
        def today(cls) -> "Later":
            return cls(2030, 1, 1)

    monkeypatch.setattr(module, "date", Later)
    assert {p.code for p in check(entries)} == {"review_overdue"}


def test_errors_come_before_warnings(entries: tuple[Sourced, ...]) -> None:
    without_sources = tuple(s for s in entries if s.kind != "sources")
    warnings = [p.warning for p in check(without_sources, date(2030, 1, 1))]
    assert warnings == sorted(warnings)
    assert set(warnings) == {True, False}


def test_a_row_that_cannot_be_read_is_left_to_the_builder(entries: tuple[Sourced, ...]) -> None:
    without_the_finding = tuple(s for s in entries if getattr(s.entry, "id", "") != "diagnosis_condition")
    assert not any(p.code == "row_does_not_read" for p in check(without_the_finding, date(2026, 11, 25)))


def test_the_sound_knowledge_is_counted(entries: tuple[Sourced, ...]) -> None:
    counts = count(entries)
    assert counts.findings == 6
    assert counts.findings_by_red_flag == {"sufficient": 1, "weak": 1, "no": 4}
    assert counts.findings_by_polarity == {"danger": 3, "protective": 1, "neutral": 2}
    assert (counts.definitions, counts.rules, counts.matrix_rows, counts.sources) == (2, 1, 1, 1)
    assert counts.rules_by_evidence_status == {"design_decision": 1}
    assert (counts.conditions, counts.rules_of_conditions) == (1, 1)
    assert (counts.findings_asked_with_a_condition, counts.advice_with_a_condition) == (0, 1)


def test_the_built_in_knowledge_is_sound() -> None:
    entries = read_folder(BUILT_IN)
    Builder(entries).rulebase("")
    told = [p for p in check(entries) if not p.warning]
    assert not told, "\n".join(str(p) for p in told)
