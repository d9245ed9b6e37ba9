import msgspec
import pytest

from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.expression import TRUE, Atom, Compare, Expression, Has, Holds, Is, all_of, any_of, negated
from spinesafe.rulebase.polarity import faults, polarity_of

NUMB, AGREED = Holds("saddle_numbness"), Holds("doctor_agreed")


@pytest.mark.parametrize(
    ("atom", "polarity"),
    [
        (NUMB, "danger"),
        (AGREED, "protective"),
        (Compare("days_ill", "<=", 14), "neutral"),
        (Is("leg_pain", "none"), "neutral"),
        (Has("where_it_hurts", "neck"), "danger"),
        (Has("diagnosis_condition", "slipped_disc"), "danger"),
    ],
)
def test_the_polarity_of_a_value_is_its_own_or_that_of_its_finding(atom: Atom, polarity: str, builder: Builder) -> None:
    assert polarity_of(atom, builder.names.findings, builder.conditions) == polarity


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        (all_of(NUMB, negated(AGREED)), []),
        (any_of(NUMB, Compare("days_ill", "<=", 14)), []),
        (negated(Compare("days_ill", "<=", 14)), []),
        (negated(negated(any_of(NUMB, TRUE))), []),
        (negated(all_of(AGREED, negated(NUMB))), []),
        (negated(NUMB), [("danger_lowers", "saddle_numbness")]),
        (negated(any_of(NUMB, AGREED)), [("danger_lowers", "saddle_numbness")]),
        (negated(Has("where_it_hurts", "neck")), [("danger_lowers", "neck in where_it_hurts")]),
        (all_of(AGREED, negated(AGREED)), [("protective_raises", "doctor_agreed")]),
        (any_of(AGREED, all_of(AGREED, NUMB)), [("protective_raises", "doctor_agreed")]),
    ],
)
def test_a_danger_may_only_raise_and_a_protection_only_lower(tree: Expression, told: list[tuple[str, str]], builder: Builder) -> None:
    found = list(faults(tree, builder.names.findings, builder.conditions))
    assert [code for code, _, _ in found] == [code for code, _ in told]
    for (_, sentence, mend), (_, shown) in zip(found, told, strict=True):
        assert shown in sentence
        assert mend


def test_every_kind_of_atom_is_shown_in_words(builder: Builder) -> None:
    days = msgspec.structs.replace(builder.names.findings["days_ill"], polarity="danger")
    findings = {**builder.names.findings, "days_ill": days}
    shown: dict[Atom, str] = {
        Is("leg_pain", "both"): "leg_pain == both",
        Compare("days_ill", "<=", 14): "days_ill <= 14",
        NUMB: "saddle_numbness",
    }
    for atom, words in shown.items():
        ((_, sentence, _),) = faults(negated(atom), findings, builder.conditions)
        assert f"danger {words} stands" in sentence
