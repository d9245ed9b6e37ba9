"""The library of an export: everything by its name, and a second set for what is delivered."""

from functools import cache

from spinesafe.backends.exports.logic import Logic, Translator, logic_of, read_name, rule_name
from spinesafe.backends.exports.terms import Both, Counted, Either, Known, Opposite, Ref, Stands, Sure, Truth, both, either
from spinesafe.rulebase import load
from spinesafe.rulebase.expression import Compare, Holds, Named


@cache
def logic() -> Logic:
    return logic_of(load())


def test_no_name_stands_twice() -> None:
    names = [*(d.name for d in logic().definitions), *(p.name for p in logic().parameters)]
    assert len(set(names)) == len(names)


def test_every_rule_and_every_definition_is_there_plain_and_as_delivered() -> None:
    names = {definition.name for definition in logic().definitions}
    rules = {rule_name(rule) for rule in load().rules}
    assert rules | {read_name(rule) for rule in rules} <= names
    used = {d for d in load().definitions if any(d in str(definition.term) for definition in logic().definitions)}
    assert used <= names


def test_a_definition_counts_as_it_says_only_in_what_is_delivered() -> None:
    translator = Translator(load())
    node = Named("recent", Compare("age_years", "<", 60.0), when_not_known=True)
    assert translator.term(node, read=False) == Ref("recent")
    assert translator.term(node, read=True) == Ref("recent, read")
    stands = Stands("age_years", "<", 60.0)
    assert [d.term for d in translator.definitions] == [stands, Counted(stands, instead=True)]


def test_where_no_reading_can_change_it_the_delivered_is_the_plain_one() -> None:
    translator = Translator(load())
    assert translator.term(Named("numb", Holds("saddle_numbness")), read=True) == Ref("numb")
    outer = Named("outer", Named("inner", Holds("saddle_numbness"), when_not_known=False))
    assert translator.term(outer, read=True) == Ref("outer, read")


def test_one_name_for_two_things_is_numbered() -> None:
    translator = Translator(load())
    first, second = (Named("stated", Holds(finding)) for finding in ("saddle_numbness", "foot_drop"))
    assert [translator.term(node, read=False) for node in (first, second, first)] == [Ref("stated"), Ref("stated 2"), Ref("stated")]


def test_a_number_that_does_not_apply_makes_its_comparison_false() -> None:
    term = Translator(load()).term(Compare("sphincter_onset_days", "<=", 14.0), read=False)
    assert term == Both((Opposite(Sure(Known("sphincter_onset_days: none"))), Stands("sphincter_onset_days", "<=", 14.0)))


def test_joining_drops_what_says_nothing() -> None:
    a, b = Known("a"), Known("b")
    assert both(a, Truth(value=True)) == a
    assert both(Truth(value=True)) == Truth(value=True)
    assert both(a, b) == Both((a, b))
    assert either([a, a]) == a
    assert either([]) == Truth(value=False)
    assert either([a, b]) == Either((a, b))
