"""Files, folders and streams: one input a person, and no input that can break the reader."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.intake.inputs import Input, Inputs
from spinesafe.rulebase import load
from tests.intake.test_documents import pdf_file

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = date(2026, 11, 24)


def read(data: bytes, *, lines: bool = False) -> list[Input]:
    return list(Inputs(load(), AS_OF).of_data(data, "here", lines=lines))


def codes(inputs: list[Input]) -> list[str]:
    return [fault.code for one in inputs for fault in one.faults]


@pytest.mark.parametrize(
    "data",
    [
        b"saddle_numbness: true",
        b'{"saddle_numbness": true}',
        b'{"id": "one", "answers": {"saddle_numbness": true}}',
        b"id: one\nanswers: {saddle_numbness: true}",
        b"\xef\xbb\xbfsaddle_numbness: true",
    ],
)
def test_answers_are_read_in_every_shape(data: bytes) -> None:
    (one,) = read(data)
    assert one.reading is not None
    assert one.reading.facts["saddle_numbness"].value is True


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_input"),
        (b"  \n", "empty_input"),
        (b"\xff\xfe\x00", "not_utf8"),
        ("年龄".encode("gb18030"), "not_utf8"),
        (b"[1, 2]", "not_one_kind"),
        (b"just some words", "not_one_kind"),
        (b'{"saddle_numbness": tr', "not_readable"),
        (b'{"resourceType": "Patient", "id"', None),
    ],
)
def test_what_cannot_be_read_has_a_name(data: bytes, code: str | None) -> None:
    inputs = read(data)
    assert all(one.reading is None for one in inputs)
    assert codes(inputs)
    assert code is None or codes(inputs) == [code]


def test_a_bad_line_is_numbered_and_the_rest_goes_on() -> None:
    good = json.dumps({"id": "a", "answers": {"saddle_numbness": True}})
    lines = [good, "{broken", json.dumps({"answers": {}}), json.dumps({"id": "t", "text": "hello"}), good.replace('"a"', '"b"')]
    inputs = read("\n".join(lines).encode(), lines=True)
    assert [one.where for one in inputs] == [f"here:{n}" for n in (1, 2, 3, 4, 5)]
    assert [one.person for one in inputs if one.reading is not None and one.kind == "answers"] == ["a", "b"]
    assert inputs[1].faults
    assert [fault.code for fault in inputs[2].faults] == ["line_shape"]


def test_a_line_may_hold_a_record() -> None:
    bundle = json.loads((EXAMPLES / "cauda_equina.json").read_text(encoding="utf-8"))
    (one,) = read(json.dumps({"id": "case 7", "bundle": bundle}).encode(), lines=True)
    assert one.person == "case 7"
    assert one.reading is not None
    assert one.reading.person == "case 7"
    assert one.reading.facts["saddle_numbness"].value is True


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("saddle_numbness: true", encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    (tmp_path / "note.unknown").write_text("left alone", encoding="utf-8")
    inputs = list(Inputs(load(), AS_OF).of_path(tmp_path))
    assert [Path(one.where).name for one in inputs] == ["a.yaml", "b.json"]
    assert inputs[0].reading is not None
    assert inputs[1].reading is None


def test_an_empty_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    assert codes(list(Inputs(load(), AS_OF).of_path(tmp_path))) == ["empty_input"]
    assert codes(list(Inputs(load(), AS_OF).of_path(tmp_path / "none.json"))) == ["no_such_file"]


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for one in read(data) + read(data, lines=True):
        assert (one.reading is None) == bool(one.faults)


def test_deep_nesting_is_refused() -> None:
    deep = b'{"id": "a", "bundle": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}"
    assert all(one.reading is None for one in read(deep, lines=True))


def test_the_text_of_a_line_is_text() -> None:
    inputs = read("\n".join(json.dumps({"id": "a", "text": text}) for text in (None, 5, ["pain"], "")).encode(), lines=True)
    assert codes(inputs) == ["line_shape", "line_shape", "line_shape", "empty_input"]


def test_a_sign_that_ends_a_line_elsewhere_may_stand_in_a_text() -> None:
    line = json.dumps({"id": "a", "text": "back pain for 3 weeks\u2028no fever\x85"}, ensure_ascii=False)
    (one,) = read(line.encode(), lines=True)
    assert one.reading is not None
    assert one.reading.facts["fever_or_chills"].value is False


def test_pages_that_could_not_be_read_are_told_beside_what_was(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(pdf_file(["Back pain for 3 weeks.", None, None]))
    (one,) = Inputs(load(), AS_OF).of_path(tmp_path / "letter.pdf")
    assert one.reading is not None
    assert [(item.why, item.details) for item in one.reading.warnings] == [("text_pages_unread", {"pages": "2, 3"})]
