import pytest

from spinesafe.rulebase.expression import (
    FALSE,
    TRUE,
    AtLeast,
    Compare,
    Expression,
    Has,
    Holds,
    Is,
    Named,
    Not,
    all_of,
    any_of,
    negated,
)
from spinesafe.rulebase.names import DIAGNOSES, ExpressionError, Names, findings_of

NUMB = Holds("saddle_numbness")
RECENT = Named("may_be_recent", Compare("days_ill", "<=", 14), when_not_known=True)
NECK, BACK = Has("where_it_hurts", "neck"), Has("where_it_hurts", "back")
DISC = Has(DIAGNOSES, "slipped_disc")
BOTH, ONE = Is("leg_pain", "both"), Is("leg_pain", "one")
GONE = Named("leg_pain_stated_otherwise", Is("leg_pain", "gone"), when_not_known=False)
IMPLIED_ONE = any_of(ONE, all_of(DISC, negated(GONE)))
NO_LEG_PAIN = all_of(Is("leg_pain", "none"), negated(DISC))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("true", TRUE),
        ("false", FALSE),
        ("saddle_numbness", NUMB),
        ("saddle_numbness == true", NUMB),
        ("saddle_numbness == false", Not(NUMB)),
        ("saddle_numbness != true", Not(NUMB)),
        ("not saddle_numbness", Not(NUMB)),
        ("  saddle_numbness and may_be_recent  ", all_of(NUMB, RECENT)),
        ("saddle_numbness or may_be_recent", any_of(NUMB, RECENT)),
        ("days_ill > 3", Compare("days_ill", ">", 3)),
        ("days_ill >= 2.5", Compare("days_ill", ">=", 2.5)),
        ("days_ill < 3", Compare("days_ill", "<", 3)),
        ("days_ill == 3", Compare("days_ill", "==", 3)),
        ("days_ill >= -3", Compare("days_ill", ">=", -3)),
        ("leg_pain == both", BOTH),
        ("leg_pain != both", Not(BOTH)),
        ("leg_pain in {both}", BOTH),
        ("leg_pain not in {both}", Not(BOTH)),
        ("leg_pain == one", IMPLIED_ONE),
        ("leg_pain == none", NO_LEG_PAIN),
        ("neck in where_it_hurts", NECK),
        ("neck not in where_it_hurts", Not(NECK)),
        ("where_it_hurts in {neck, back}", any_of(NECK, BACK)),
        ("where_it_hurts == neck", NECK),
        ("where_it_hurts == none", Not(any_of(NECK, BACK))),
        ("where_it_hurts != none", any_of(NECK, BACK)),
        ("count(where_it_hurts) >= 1", any_of(NECK, BACK)),
        ("count(where_it_hurts) >= 2", all_of(NECK, BACK)),
        ("count(where_it_hurts) == 0", Not(any_of(NECK, BACK))),
        ("at_least(2, saddle_numbness, leg_pain == both, may_be_recent)", AtLeast(2, (NUMB, BOTH, RECENT))),
        ("nerve_signs", Named("nerve_signs", any_of(NUMB, BOTH))),
        ("nerve_signs >= 2", all_of(NUMB, BOTH)),
        ("slipped_disc in diagnosis_condition", DISC),
    ],
)
def test_an_expression_reads_as(text: str, tree: Expression, names: Names) -> None:
    assert names.read(text) == tree


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_an_expression"),
        ("a b", "not_an_expression"),
        ("a\0", "not_an_expression"),
        ("saddle_numbness + 1", "not_in_the_language"),
        ("1 <= days_ill <= 3", "not_in_the_language"),
        ("__import__('os')", "not_in_the_language"),
        ("at_least(saddle_numbness, 2)", "not_in_the_language"),
        ("days_ill != 3", "not_a_comparison"),
        ("days_ill >= True", "not_a_comparison"),
        ("days_ill >= -saddle_numbness", "not_a_comparison"),
        ("saddle_numbness is true", "not_a_comparison"),
        ("neck in leg_pain", "type_mismatch"),
        ("days_ill in {3}", "type_mismatch"),
        ("leg_pain", "type_mismatch"),
        ("count(where_it_hurts) <= 1", "count_must_rise"),
        ("count(where_it_hurts) >= 1.5", "count_must_rise"),
        ("count(where_it_hurts) >= days_ill", "count_must_rise"),
        ("at_least(0, saddle_numbness)", "count_out_of_reach"),
        ("at_least(2, saddle_numbness)", "count_out_of_reach"),
    ],
)
def test_what_is_not_meant_is_refused(text: str, code: str, names: Names) -> None:
    with pytest.raises(ExpressionError) as refused:
        names.read(text)
    assert refused.value.code == code
    assert refused.value.found
    assert refused.value.mend


def test_an_implied_danger_stands_beside_the_answer(names: Names) -> None:
    """No answer to a yes-or-no question puts out what a diagnosis implies."""
    implying = Names(names.findings, names.definitions, ())
    implying.implied_by["saddle_numbness", "true"] = ["slipped_disc"]
    implying.implied_by["where_it_hurts", "back"] = ["slipped_disc"]
    assert implying.read("saddle_numbness") == any_of(NUMB, DISC)
    assert implying.read("back in where_it_hurts") == any_of(BACK, DISC)


def test_counts_inside_counts_are_spliced_in(names: Names) -> None:
    wider = names.definitions["nerve_signs"]
    more = {"more_signs": type(wider)(id="more_signs", reference="B", counts=("nerve_signs", "may_be_recent"), meaning=wider.meaning)}
    with_more = Names(names.findings, {**names.definitions, **more}, ())
    assert with_more.read("more_signs >= 2") == AtLeast(2, (NUMB, BOTH, RECENT))


def test_findings_come_once_in_reading_order(names: Names) -> None:
    assert findings_of(names.read("days_ill <= 3 and (leg_pain == both or days_ill >= 1)")) == ("days_ill", "leg_pain")
