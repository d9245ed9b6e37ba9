"""Sentences, sections and clauses."""

import pytest

from spinesafe.language.read import Terms, read
from spinesafe.language.reading import ReadText
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase.load import load
from tests.language.suite import AS_OF

TERMS = Terms(
    [Term("pain", "pain"), Term("numb", "numb*"), Term("pain", "痛"), Term("numb", "麻"), Term("stroke", "stroke")], load().language
)


def of(text: str) -> ReadText:
    return read(text, TERMS, AS_OF)


def sentences(text: str) -> list[str]:
    found = of(text)
    return [text[span.start : span.end] for span in found.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain since Monday. Numb feet! Why?", ["Pain since Monday.", "Numb feet!", "Why?"]),
        ("Seen by Dr. Smith, e.g. for pain. No. 5 today.", ["Seen by Dr. Smith, e.g. for pain.", "No. 5 today."]),
        ("Pain 3.5 of 10. Worse.", ["Pain 3.5 of 10.", "Worse."]),
        ("Pain etc. Numb feet.", ["Pain etc.", "Numb feet."]),
        ("pain etc. and more", ["pain etc. and more"]),
        ("1. pain\n2. numb feet", ["1. pain", "2. numb feet"]),
        ("- pain in the back\n- numb feet", ["- pain in the back", "- numb feet"]),
        (
            "The pain has been there for several weeks now and it is\nworse at night.",
            ["The pain has been there for several weeks now and it is\nworse at night."],
        ),
        ("pain\nnumb feet", ["pain", "numb feet"]),
        ("Pain?numb", ["Pain?", "numb"]),
        ("pain, ?stroke", ["pain, ?stroke"]),
        ("腰痛三天。无麻木！为什么？", ["腰痛三天。", "无麻木！", "为什么？"]),
        ("腰痛三天.下肢麻木", ["腰痛三天.", "下肢麻木"]),
        ("腰痛……麻木", ["腰痛……", "麻木"]),
        ("J. Smith has pain", ["J. Smith has pain"]),
    ],
)
def test_a_text_divides_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMH: stroke. O/E: numb.", {"stroke": "past_history", "numb": "examination"}),
        ("Past medical history:\nstroke\n\nExamination\nnumb", {"stroke": "past_history", "numb": "examination"}),
        ("Past medical history\n- stroke", {"stroke": "past_history"}),
        ("PMH stroke FH pain", {"stroke": "past_history", "pain": "family_history"}),
        ("【既往史】麻 【查体】痛", {"numb": "past_history", "pain": "examination"}),
        ("既往史：麻。查体：痛。", {"numb": "past_history", "pain": "examination"}),
        ("PMH: stroke\nToday pain.", {"stroke": "past_history", "pain": ""}),
        ("PMH: stroke. He has pain.", {"stroke": "past_history", "pain": ""}),
        ("The plan is to treat the pain.", {"pain": ""}),
        ("A note on pain.", {"pain": ""}),
    ],
)
def test_a_heading_opens_a_section(text: str, expected: dict[str, str]) -> None:
    assert {mention.term: mention.section for mention in of(text).mentions} == expected


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("pain and numbness", True),
        ("pain, numbness", True),
        ("pain; numbness", False),
        ("pain but numb feet", False),
        ("pain, and she has numb feet", False),
        ("腰痛、麻木", True),
        ("腰痛，麻木", True),
        ("腰痛三天，下肢一直麻木", False),
    ],
)
def test_a_sentence_divides_into_clauses(text: str, together: bool) -> None:  # noqa: FBT001 - a row of the table
    found = of(text)
    clauses = {mention.clause for mention in found.mentions}
    assert (len(clauses) == 1) is together
    assert all(found.clauses[m.clause].start <= m.start and m.end <= found.clauses[m.clause].end for m in found.mentions)
