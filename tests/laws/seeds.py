"""Ways to go wrong: one entry of the knowledge changed, as an author might by mistake, or one part of the machine."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import msgspec

from spinesafe.backends.evaluate import Decision, Evaluator
from spinesafe.model.fact import Answer, Facts
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.expression import AtLeast, Expression, parts_of
from spinesafe.rulebase.program import compile_program
from spinesafe.rulebase.read import BUILT_IN, Sourced, read_folder
from spinesafe.screening import Screener
from spinesafe.screening.judgement import Judgement
from tests.laws import knowledge

Entries: TypeAlias = tuple[Sourced, ...]


@cache
def entries() -> Entries:
    """The built-in knowledge, entry by entry."""
    return read_folder(BUILT_IN)


@cache
def few(*rules: str) -> Entries:
    """The built-in knowledge with these rules alone: none of conditions, none of the matrix."""
    bare = {"rules": (), "matrix_rows": ()}
    kept = (s for s in entries() if s.kind != "matrix" and (s.kind != "rules" or s.entry.id in rules))
    return tuple(msgspec.structs.replace(s, entry=msgspec.structs.replace(s.entry, **bare)) if s.kind == "conditions" else s for s in kept)


# ------------------------------------------------------------------------------------------------- ways to go wrong


def otherwise(kind: str, name: str, of: Entries | None = None, **fields: Any) -> Callable[[], Screener]:
    """Knowledge in which one entry is otherwise. It is the built-in one, or `of` these entries."""

    def change(sourced: Sourced) -> Sourced:
        return msgspec.structs.replace(sourced, entry=msgspec.structs.replace(sourced.entry, **fields))

    return lambda: screener_of(_changed(kind, name, change, of))


def reading(kind: str, name: str, old: str, new: str, *, of: Entries | None = None) -> Callable[[], Screener]:
    """Knowledge in which one condition reads otherwise in one place."""

    def change(sourced: Sourced) -> Sourced:
        field = "is_" if kind == "definitions" else "when"
        text = getattr(sourced.entry, field)
        assert old in text, f"{name} does not read {old}"
        return msgspec.structs.replace(sourced, entry=msgspec.structs.replace(sourced.entry, **{field: text.replace(old, new)}))

    return lambda: screener_of(_changed(kind, name, change, of))


def without(kind: str, *names: str) -> Callable[[], Screener]:
    """Knowledge that lacks some entries."""
    assert all(any(s.kind == kind and s.entry.id == name for s in entries()) for name in names)
    return lambda: screener_of(tuple(s for s in entries() if not (s.kind == kind and s.entry.id in names)))


def doubled(name: str, *, of: Entries | None = None) -> Callable[[], Screener]:
    """Knowledge in which a rule stands twice under two names."""
    (rule,) = (s for s in of or entries() if s.kind == "rules" and s.entry.id == name)
    twin = msgspec.structs.replace(rule, entry=msgspec.structs.replace(rule.entry, id=f"{name}_again"))
    return lambda: screener_of((*(of or entries()), twin))


def raising(name: str, **fields: Any) -> Callable[[], Screener]:
    """Knowledge in which one rule raises to something else."""
    (rule,) = (s.entry for s in entries() if s.kind == "rules" and s.entry.id == name)
    return otherwise("rules", name, then=msgspec.structs.replace(rule.then, **fields))


def lower_bar() -> Screener:
    """What must be seen within 7 days bars nothing by itself."""
    return screener_of(tuple(s for s in entries() if not (s.kind == "urgency_bars" and s.entry.urgency is Urgency.WITHIN_7_DAYS)))


def _changed(kind: str, name: str, change: Callable[[Sourced], Sourced], of: Entries | None) -> Entries:
    among = of or entries()
    found = [s for s in among if s.kind == kind and s.entry.id == name]
    assert len(found) == 1, f"there is no {name} among {kind}"
    return tuple(change(s) if s is found[0] else s for s in among)


def screener_of(faulty: Entries) -> Screener:
    """Who screens by these entries."""
    return Screener(Builder(faulty).rulebase("fault"))


# ------------------------------------------------------------------------------------------------- faults of the machine


class Hasty(Evaluator):
    """Takes a reading of what is not known for certain."""

    def decide(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision, its floor too high."""
        decision = super().decide(facts, after_treatment=after_treatment)
        return msgspec.structs.replace(decision, floor=decision.read)


class Sure(Evaluator):
    """Takes what is open for what is certain not to be: nothing is left to ask."""

    def decide(self, facts: Facts, *, after_treatment: bool = False) -> Decision:
        """The decision, its ceiling too low."""
        decision = super().decide(facts, after_treatment=after_treatment)
        return msgspec.structs.replace(decision, ceiling=decision.read)


class Deaf(Evaluator):
    """Hears "I don't know" as "no"."""

    def _inputs(self, facts: Facts, *, closed: bool = False) -> list[int]:
        return super()._inputs(
            {name: msgspec.structs.replace(fact, value=False) if fact.value is Answer.DONT_KNOW else fact for name, fact in facts.items()},
            closed=closed,
        )

    def what_if(self, facts: Facts, changes: Any, **how: bool) -> list[Decision]:
        """The decision for each change, heard the same way."""
        return super().what_if(facts, [(name, False if value is Answer.DONT_KNOW else value) for name, value in changes], **how)


class Trusting(Screener):
    """Reads the silence of a form as that of a letter."""

    def judge(self, facts: Facts, **how: bool) -> Judgement:
        """The judgement, with dangers nobody asked for read as absent."""
        return super().judge(facts, **{**how, "closed_world": True})


def by(evaluator: type[Evaluator]) -> Callable[[], Screener]:
    """A screener that decides by a faulty evaluator."""

    def seed() -> Screener:
        screener = Screener(load())
        screener.evaluator = evaluator(load())
        return screener

    return seed


def miscounting() -> Screener:
    """Built from a program in which every "at least" counts one less."""
    rulebase: RuleBase = load()
    return Screener(msgspec.structs.replace(rulebase, program=compile_program(_less(e) for e in knowledge.outputs(rulebase))))


def _less(node: Expression) -> Expression:
    if isinstance(node, AtLeast):
        return AtLeast(node.number - 1, tuple(map(_less, node.parts)))
    if not parts_of(node):
        return node
    changed: Mapping[str, Any] = {"part": _less(node.part)} if hasattr(node, "part") else {"parts": tuple(map(_less, parts_of(node)))}
    return msgspec.structs.replace(node, **changed)
