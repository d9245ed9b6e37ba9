"""CQL text: as people read it, and with brackets where CQL needs them."""

import pytest

from spinesafe.backends.exports.cql import WIDTH, cql_library, written
from spinesafe.backends.exports.logic import logic_of
from spinesafe.backends.exports.terms import (
    Both,
    Choice,
    Counted,
    Either,
    Equals,
    Known,
    Open,
    Opposite,
    Ref,
    Same,
    Several,
    Stands,
    Sure,
    Term,
    Truth,
    Word,
)
from spinesafe.rulebase import load

A, B = Known("a"), Known("b")
LONG = tuple(Known(f"a rather long name, number {number}") for number in range(8))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Truth(value=True), "true"),
        (Word("stop"), "'stop'"),
        (A, '"a"'),
        (Ref("d"), '"d"'),
        (Equals("leg_pain", "both"), "\"leg_pain\" = 'both'"),
        (Stands("age", ">=", 60), '"age" >= 60.0'),
        (Stands("age", "==", 60), '"age" = 60.0'),
        (Same("x", "y"), '"x" = "y"'),
        (Both((A, Opposite(B))), '"a" and not "b"'),
        (Both((A, Either((B, A)))), '"a" and ("b" or "a")'),
        (Either((Both((A, B)), A)), '("a" and "b") or "a"'),
        (Opposite(Equals("a", "x")), "not (\"a\" = 'x')"),
        (Opposite(Both((A, B))), 'not ("a" and "b")'),
        (Sure(A), '"a" is true'),
        (Open(Either((A, B))), '("a" or "b") is not false'),
        (Several(2, (A, B)), '"at least"(2, {"a", "b"})'),
        (Counted(A, instead=False), 'Coalesce("a", false)'),
        (Choice(((Sure(A), Word("x")),), Word("y")), "case when \"a\" is true then 'x' else 'y' end"),
    ],
)
def test_a_term_in_one_line(term: Term, text: str) -> None:
    assert written(term) == text


@pytest.mark.parametrize(
    "term",
    [
        Both(LONG),
        Either(LONG),
        Both((A, Either(LONG))),
        Opposite(Both(LONG)),
        Several(2, LONG),
        Counted(Either(LONG), instead=True),
        Choice(tuple((Sure(part), Word("x")) for part in LONG), Word("y")),
    ],
    ids=lambda term: type(term).__name__,
)
def test_a_long_term_is_broken_and_says_the_same(term: Term) -> None:
    text = written(term, "  ")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "".join(text.split()).replace("(", "").replace(")", "") == "".join(_short(term).split()).replace("(", "").replace(")", "")


def _short(term: Term) -> str:
    from spinesafe.backends.exports.cql import _in_line

    return _in_line(term)


def test_one_word_that_is_too_long_stays_whole() -> None:
    assert written(Known("x" * 200)) == f'"{"x" * 200}"'
    assert written(Opposite(Known("x" * 200))) == f'not "{"x" * 200}"'


def test_every_rule_is_said_with_its_reason_and_its_sources() -> None:
    text = cql_library(logic_of(load()), load())
    for rule in load().rules:
        comment, _, _ = text.partition(f'define "rule {rule.id}":')
        said = comment.rpartition("\n\n")[2]
        assert " ".join(rule.because.en.split()) in said
        assert " ".join(rule.because.zh.split()) in said
        assert all(source in said for source in rule.sources)


def test_every_rule_says_beside_itself_what_it_raises_to() -> None:
    text = cql_library(logic_of(load()), load())
    said = {rule.id: text.partition(f'define "rule {rule.id}":')[0].rpartition("\n\n")[2] for rule in load().rules}
    assert all("aises " in comment for comment in said.values())
    assert "// Raises to urgency same_day; stop: everything at everywhere\n" in said["ces_bilateral_leg_symptoms"]
    assert "// In a follow-up, raises to urgency emergency_now; " in said["alarm_during_treatment"]
    assert "// Raises nothing: its reason is given.\n" in said["abdominal_aortic_aneurysm/default"]
    assert ', where "tumour_region_neck"\n' in said["can_incidental_haemangioma"]


@pytest.mark.parametrize(
    "lines",
    [
        "// pain down the leg | 腿痛\n//   'none': no leg | {none}\n",
        "//   'both': both legs | {both}\nparameter \"leg_pain\" String default null\n",
        '// width of the aneurysm | 动脉瘤直径 [cm]\nparameter "aaa_diameter_cm" Decimal default null\n',
        '// width of the aneurysm: no aneurysm | 动脉瘤直径：没有动脉瘤\nparameter "aaa_diameter_cm: none" Boolean default null\n',
        'parameter "operated_region: neck" Boolean default null\n',
    ],
    ids=["choice", "value", "number", "number that does not apply", "member"],
)
def test_a_parameter_says_of_what_it_speaks_in_which_unit_and_which_words(lines: str) -> None:
    words = {member.id: member.label.zh for member in load().findings["leg_pain"].members}
    assert lines.format(**words) in cql_library(logic_of(load()), load())
