"""Value sets for records: a code lies in one exactly where the intake of the program reads it so."""

import re
from functools import cache

import pytest
import simple_icd_10_cm
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.backends.exports.fhir.recorded import Code, Contents, Entry, Reading, entries_of, patterns, sites_of, value_set
from spinesafe.backends.exports.fhir.terminology import SYSTEMS
from spinesafe.intake.fhir.codes import CodeIndex
from spinesafe.intake.fhir.resources import Coding, Concept
from spinesafe.model.text import Text
from spinesafe.rulebase import load

EVERY = 200
"""One ICD-10-CM code of so many is looked at, and every code that the knowledge names."""


@cache
def reading() -> Reading:
    return Reading(entries_of(load()))


def codes() -> list[Code]:
    known = simple_icd_10_cm.get_all_codes()
    named = [code for entry in entries_of(load()) for code in entry.codes if not code.is_range]
    return [*(Code("icd10cm", code) for code in known[::EVERY] if simple_icd_10_cm.is_category_or_subcategory(code)), *named]


def test_a_code_is_in_a_value_set_where_intake_reads_it_so() -> None:
    index, differing = CodeIndex(load()), []
    held = {(f, v, sure): reading().contents(f, v, sure=sure) for f, v in reading().said for sure in (True, False)}
    for code in dict.fromkeys(codes()):
        read = set()
        for said in index.said("condition", Concept(coding=(Coding(system=SYSTEMS[code.system], code=code.code),))):
            values = said.value if isinstance(said.value, tuple) else () if said.value is None else (str(said.value).lower(),)
            read |= {(said.finding, value, not said.alternatives) for value in values}
        differing += [(code, key) for key, contents in held.items() if contents.holds(code) != (key in read)]
    assert differing == []


def test_a_heading_stands_for_all_below_it_but_what_says_something_else() -> None:
    scoliosis = reading().contents("diagnosis_condition", "scoliosis")
    assert scoliosis.holds(Code("icd10cm", "M41.9"))
    assert not scoliosis.holds(Code("icd10cm", "M41.40"))
    assert not scoliosis.holds(Code("snomed", "M41.9"))


def test_a_code_that_several_share_is_sure_of_none_and_entries_that_say_nothing_silence_their_heading() -> None:
    shared = Code("snomed", "1")
    one, other = (Entry((shared,), (), {"f": frozenset({value})}, of_records=False) for value in ("a", "b"))
    assert Reading([one, other]).contents("f", "a") == Contents((), ())
    assert Reading([one, other]).contents("f", "a", sure=False) == Contents((shared,), ())
    record = Entry((shared,), (), {"f": frozenset({"b"})}, of_records=True)
    assert Reading([one, other, record]).contents("f", "b") == Contents((shared,), ())
    assert Reading([one, Entry((shared,), (), {}, of_records=True)]).contents("f", "a") == Contents((), ())


def test_one_of_several_values_is_the_union() -> None:
    low, high = Code("icd10cm", "M4"), Code("icd10cm", "M41")
    entries = [Entry((code,), (), {"f": frozenset({value})}, of_records=False) for code, value in ((low, "a"), (high, "b"))]
    several = Reading(entries)
    assert several.contents("f", "a") == Contents((low,), (high,))
    assert several.contents_of_any("f", ["a", "b"]) == Contents((low, high), ())


def test_a_value_set_lists_codes_headings_ranges_and_what_is_left_out() -> None:
    contents = Contents((Code("icd10cm", "C00-C96"), Code("icd10cm", "M41"), Code("snomed", "1")), (Code("icd10cm", "M41.4"),))
    compose = value_set("x", Text(en="x", zh="某"), contents, load())["compose"]
    filters = [one["filter"][0] for one in compose["include"] if "filter" in one]
    assert {one["op"] for one in filters} == {"regex", "is-a"}
    assert compose["include"][-1] == {"system": SYSTEMS["snomed"], "concept": [{"code": "1"}]}
    assert compose["exclude"][0]["filter"][0]["value"] == "M41.4"


def test_each_region_has_codes_of_its_own() -> None:
    assert all(sites_of(load(), region).included for region in load().members["planned_region"])


SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
headings = st.text(SIGNS, min_size=1, max_size=4)


@given(st.data(), headings)
def test_patterns_hold_all_from_the_first_to_the_last_and_no_other(data: st.DataObject, one: str) -> None:
    same_length = st.text(SIGNS, min_size=len(one), max_size=len(one))
    low, high = sorted([one, data.draw(same_length)])
    probe = data.draw(st.one_of(st.sampled_from((low, high)), same_length)) + data.draw(st.text(SIGNS))
    found = any(re.fullmatch(pattern, probe) for pattern in patterns(low, high))
    assert found == (low <= probe[: len(low)] <= high)


FEW = [
    ("C00", "C96", ["C0[0-9A-Z].*", "C[1-8].*", "C9[0-6].*"]),
    ("A15", "A15", ["A15.*"]),
    ("AZA", "B0A", ["AZ[A-Z].*", "B0[0-9A].*"]),
]


@pytest.mark.parametrize(("low", "high", "expected"), FEW)
def test_patterns_are_few(low: str, high: str, expected: list[str]) -> None:
    assert list(patterns(low, high)) == expected
