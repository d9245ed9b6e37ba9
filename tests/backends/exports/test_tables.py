"""Decision tables: every rule is a line that can be signed, in words that leave nothing out."""

import re
from functools import cache

import msgspec
import pytest

from spinesafe.backends.exports import export
from spinesafe.backends.exports.tables.render import html, markdown
from spinesafe.backends.exports.tables.tables import Table, tables_of
from spinesafe.backends.exports.tables.words import Words
from spinesafe.model.text import LANGUAGES, Language
from spinesafe.rulebase import load
from spinesafe.rulebase.expression import TRUE, And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or
from spinesafe.rulebase.names import findings_of

NUMB, DROP = Holds("saddle_numbness"), Holds("foot_drop")


@cache
def tables(language: Language) -> tuple[Table, ...]:
    return tuple(tables_of(Words(load(), language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_definition_is_one_line_with_room_to_sign(language: Language) -> None:
    rows = [row for table in tables(language) for row in table.rows]
    rules = [row[0][0] for row in rows if len(row) == 6]
    assert sorted(rules) == sorted(rule.id for rule in load().rules)
    assert sorted(row[0][1] for row in rows if len(row) == 4) == sorted(load().definitions)
    assert {row[-1] for row in rows} == {()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_names_each_finding_that_the_rule_reads(language: Language) -> None:
    words, rules = Words(load(), language), {rule.id: rule for rule in load().rules}
    definitions = {name: words.expression(node) for name, node in load().expressions.items() if name in load().definitions}
    for table in tables(language):
        for row in (row for row in table.rows if len(row) == 6):
            rule = rules[row[0][0]]
            when = " ".join(row[1])
            if not any(meaning in when for meaning in definitions.values()):
                missing = [f for f in findings_of(rule.when) if words.said(load().findings[f].label) not in when]
                assert missing == [], rule.id


@pytest.mark.parametrize(
    ("node", "english"),
    [
        (TRUE, "everybody"),
        (Constant(value=False), "nobody"),
        (NUMB, "numbness around the genitals, back passage or inner thighs"),
        (Is("leg_pain", "both"), "pain down the leg: both legs"),
        (Has("diagnosis_condition", "spinal_metastasis"), "diagnosis: Spinal metastasis"),
        (Compare("age_years", ">=", 60.0), "age ≥ 60 years"),
        (Compare("ng65_count", "<=", 3.0), "{label} ≤ 3"),
        (Not(Is("leg_pain", "both")), "not (pain down the leg: both legs)"),
        (And((Is("leg_pain", "one"), Or((Is("leg_pain", "both"), Is("arm_pain", "one"))))), "{one} and ({both} or {arm})"),
        (AtLeast(2, (Is("leg_pain", "one"), Is("leg_pain", "both"), Is("arm_pain", "one"))), "at least 2 of: {one}; {both}; {arm}"),
        (Named("unwritten", And((Is("leg_pain", "one"), Is("leg_pain", "both")))), "{one} and {both}"),
        (
            Or((Named("unwritten", And((Is("leg_pain", "one"), Is("leg_pain", "both")))), Is("arm_pain", "one"))),
            "({one} and {both}) or {arm}",
        ),
    ],
)
def test_an_expression_in_words(node: Expression, english: str) -> None:
    words = Words(load(), "en")
    parts = {"one": "pain down the leg: one leg", "both": "pain down the leg: both legs", "arm": words.expression(Is("arm_pain", "one"))}
    assert words.expression(node) == english.format(label=words.said(load().findings["ng65_count"].label), **parts)


def test_what_a_rule_joins_stands_on_lines_of_its_own() -> None:
    both = And((NUMB, Or((DROP, Is("leg_pain", "both")))))
    en, zh = Words(load(), "en"), Words(load(), "zh")
    assert en.lines(both) == (en.expression(NUMB), f"and ({en.expression(both.parts[1])})")
    assert zh.lines(Named("unwritten", both)) == (zh.expression(NUMB), f"且（{zh.expression(both.parts[1])}）")
    assert en.lines(Or((NUMB, DROP))) == (en.expression(NUMB), f"or {en.expression(DROP)}")
    assert en.lines(NUMB) == (en.expression(NUMB),)
    assert en.lines(load().expressions["d_ces_core"]) == (en.expression(load().expressions["d_ces_core"]),)


def test_a_count_is_explained_as_a_count_and_not_as_any_of_them() -> None:
    counts = {name for name, definition in load().definitions.items() if definition.counts}
    rows = [row for row in tables("en")[-1].rows if row[0][1] in counts]
    assert len(rows) == len(counts) > 0
    assert all(means.startswith("the number of these that hold: ") and "; " in means for _, (means,), *_ in rows)


def test_rules_stand_before_the_matrix_and_the_conditions_and_each_topic_has_its_name() -> None:
    kinds = ["Rules", "What hands may do", "Conditions", "What the words"]
    assert sorted(tables("en"), key=lambda table: [table.title.startswith(kind) for kind in kinds].index(True)) == list(tables("en"))
    assert [t.title for t in tables("zh") if t.title.startswith("规则：")] != []
    assert not any(re.search("[a-z]", t.title) for t in tables("zh") if t.title.startswith("规则："))


def test_a_topic_of_a_local_overlay_is_called_as_its_file() -> None:
    rule = load().rules[-1]
    local = msgspec.structs.replace(rule, origin="rule", place=msgspec.structs.replace(rule.place, file="rules/our_ward.yaml"))
    alone = msgspec.structs.replace(load(), rules=(local,))
    assert next(iter(tables_of(Words(alone, "en")))).title == "Rules: our ward"


def test_a_definition_is_called_by_its_meaning() -> None:
    node = load().expressions["d_ces_core"]
    assert Words(load(), "zh").expression(node) == f"“{load().definitions['d_ces_core'].meaning.zh}”"


def test_pages_escape_what_would_be_markup() -> None:
    table = Table("T", ("a", "b"), ((("x | y", "z"), ("1 < 2",)),))
    assert "| x &#124; y<br>z | 1 &lt; 2 |" in markdown("T", "p", [table])
    assert "<td>x | y<br>z</td><td>1 &lt; 2</td>" in html("T", "p", [table], "zh")
    assert '<html lang="zh-CN">' in html("T", "p", [table], "zh")


def test_each_page_stands_in_each_language_and_form() -> None:
    files = export("markdown", load())
    assert {str(name) for name in files} == {f"decision-tables.{language}.{form}" for language in ("en", "zh") for form in ("md", "html")}
    for name, text in files.items():
        lines = re.findall(r"^<tr>" if name.suffix == ".html" else r"^\| (?!---)", text, re.MULTILINE)
        heads = len(tables("en")) if name.suffix == ".md" else 0
        assert len(lines) - heads == len(load().rules) + len(load().definitions)
