"""From terms to people and back: facts as terms, somebody the solver found as facts, as a sentence and as answers of a case."""

import re
from collections.abc import Collection, Iterator
from typing import assert_never

import z3

from spinesafe.backends.proofs.logic import NEVER, Bit
from spinesafe.backends.proofs.people import Choice, Known, Number, Person, Several, State, YesNo, number
from spinesafe.backends.proofs.world import is_so
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.text import LANGUAGES, Text
from spinesafe.rulebase import RuleBase

MOST_TOLD = 12
"""How many answers a sentence names."""


def as_known(person: Person, facts: Facts) -> Iterator[Bit]:
    """That a person is somebody of whom just these facts are known."""
    for name, state in person.states.items():
        value = facts[name].value if name in facts else None
        yield state.unanswered == z3.BoolVal(val=value is None)
        yield state.dont_know == z3.BoolVal(val=value is Answer.DONT_KNOW)
        yield state.not_examined == z3.BoolVal(val=value is Answer.NOT_EXAMINED)
        yield from _holding(state.known, None if value in {Answer.DONT_KNOW, Answer.NOT_EXAMINED} else value)


def _holding(known: Known, value: Value | None) -> Iterator[Bit]:
    match known:
        case YesNo(yes, no):
            yield from (yes == z3.BoolVal(val=value is True), no == z3.BoolVal(val=value is False))
        case Choice(values):
            yield from (bit == z3.BoolVal(val=name == value) for name, bit in values.items())
        case Several(members):
            there = value if isinstance(value, Members) else Members()
            for name, (yes, no) in members.items():
                yield from (yes == z3.BoolVal(val=name in there.present), no == z3.BoolVal(val=name in there.absent))
        case Number(stated, none, term):
            yield from (stated == z3.BoolVal(val=value is not None), none == z3.BoolVal(val=value is Answer.NONE))
            yield from [term == number(value)] if isinstance(value, float) else []
        case _:
            assert_never(known)  # pragma: no cover - mypy proves that no kind is missing


def person_found(model: z3.ModelRef, person: Person) -> dict[str, Value]:
    """What is known of somebody the solver found, by finding."""
    found = ((name, _found(model, state)) for name, state in person.states.items())
    return {name: value for name, value in found if value is not None}


def _found(model: z3.ModelRef, state: State) -> Value | None:
    if is_so(model, state.dont_know):
        return Answer.DONT_KNOW
    if state.not_examined is not NEVER and is_so(model, state.not_examined):
        return Answer.NOT_EXAMINED
    if is_so(model, state.unanswered):
        return None
    match state.known:
        case YesNo(yes, _):
            return is_so(model, yes)
        case Choice(values):
            return next(name for name, bit in values.items() if is_so(model, bit))
        case Several(members):
            present = frozenset(name for name, (yes, _) in members.items() if is_so(model, yes))
            return Members(present, frozenset(name for name, (_, no) in members.items() if is_so(model, no)))
        case Number(_, none, value):
            return Answer.NONE if is_so(model, none) else number_found(model, value)
        case _:
            assert_never(state.known)  # pragma: no cover - mypy proves that no kind is missing


def number_found(model: z3.ModelRef, value: z3.ArithRef) -> float:
    """A number of somebody the solver found."""
    exact = model.eval(value, model_completion=True)
    return float(exact.as_long() if z3.is_int_value(exact) else exact.as_fraction())


def as_answers(rulebase: RuleBase, found: dict[str, Value]) -> dict[str, object]:
    """What is known of somebody, as the answers of a case."""
    return {name: _answer(value, rulebase.members[name]) for name, value in found.items()}


def _answer(value: Value, every: tuple[str, ...]) -> object:
    match value:
        case Answer():
            return value.value
        case Members(present, absent) if present | absent == set(every):
            return [name for name in every if name in present]
        case Members(present, absent):
            return {"present": sorted(present), "absent": sorted(absent)}
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


# ------------------------------------------------------------------------------------------------- in words


def sentence(rulebase: RuleBase, name: str, **filling: Text | str) -> Text:
    """A sentence of the knowledge, its braces filled."""
    text = rulebase.sentences[name]
    by_language = {
        language: {key: value.in_language(language) if isinstance(value, Text) else value for key, value in filling.items()}
        for language in LANGUAGES
    }
    return Text(en=text.en.format(**by_language["en"]), zh=text.zh.format(**by_language["zh"]))


def described(rulebase: RuleBase, found: dict[str, Value], first: Collection[str] = ()) -> Text:
    """What is known of somebody, as a clinician would say it: what it is about first, then what is there, then what is not."""
    if not found:
        return sentence(rulebase, "proof_nothing_known")
    ordered = sorted(found.items(), key=lambda fact: (fact[0] not in first, _is_nothing(fact[1])))
    told = [_told(rulebase, name, value) for name, value in ordered]
    more = [sentence(rulebase, "proof_more_answers", number=str(len(told) - MOST_TOLD))] if len(told) > MOST_TOLD else []
    return joined([*told[:MOST_TOLD], *more], "; ", "；")


def _is_nothing(value: Value) -> bool:
    return value in {False, "none", "no", Answer.NONE} or (isinstance(value, Members) and not value.present)


def joined(texts: list[Text], en: str, zh: str) -> Text:
    """Texts one after the other, with what stands between them in each language."""
    return Text(en=en.join(text.en for text in texts), zh=zh.join(text.zh for text in texts))


def _told(rulebase: RuleBase, name: str, value: Value) -> Text:
    return sentence(rulebase, "proof_fact", label=rulebase.findings[name].label, value=value_told(rulebase, name, value))


def value_told(rulebase: RuleBase, name: str, value: Value) -> Text:
    """A value of a finding."""
    match value:
        case bool():
            return sentence(rulebase, "value_yes" if value else "value_no")
        case Answer.NONE:
            return rulebase.findings[name].none_label or sentence(rulebase, "value_does_not_apply")
        case Answer():
            return sentence(rulebase, f"value_{value.value}")
        case str():
            return member_told(rulebase, name, value)
        case Members(present, absent):
            parts = [_list(rulebase, name, present)] if present else []
            none = len(absent) == len(rulebase.members[name])
            parts += [sentence(rulebase, "value_none_of_them")] if none else []
            parts += [sentence(rulebase, "value_not_held", members=_list(rulebase, name, absent))] if absent and not none else []
            return joined(parts, ", ", "，") if parts else sentence(rulebase, "proof_nothing_known")
        case _:
            unit = re.sub(r"[^a-z]", "", rulebase.findings[name].unit.lower())
            return sentence(rulebase, f"unit_{unit}" if unit else "unit_count", number=f"{value:g}")


def _list(rulebase: RuleBase, name: str, members: frozenset[str]) -> Text:
    shown = [member_told(rulebase, name, member) for member in rulebase.members[name] if member in members]
    more = [sentence(rulebase, "proof_more_answers", number=str(len(shown) - MOST_TOLD))] if len(shown) > MOST_TOLD else []
    return joined([*shown[:MOST_TOLD], *more], ", ", "、")


def member_told(rulebase: RuleBase, name: str, member: str) -> Text:
    """A value of a choice, or a member of a set."""
    described_finding = rulebase.findings[name]
    if described_finding.members_from:
        condition = rulebase.conditions[member]
        return condition.display_name or condition.name
    return next(m.label for m in described_finding.members if m.id == member)
