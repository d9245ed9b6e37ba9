"""Everybody, twice, with every way of reading what they said: what theorems speak about."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Literal, TypeAlias, assert_never, get_args

import z3

from spinesafe.backends.proofs.decision import AnyDecision, Decided, Lattice
from spinesafe.backends.proofs.encode import Trees
from spinesafe.backends.proofs.logic import Bit, Rails
from spinesafe.backends.proofs.people import Person, everybody
from spinesafe.backends.proofs.reading import Reading, as_a_form, as_a_letter, as_stated
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding

Way: TypeAlias = Literal["stated", "form", "letter"]
"""How answers are read: as stated, with nothing but the rules; as a form or a record; as a letter that cannot be asked."""
WAYS: tuple[Way, ...] = get_args(Way)
MILLISECONDS = 60_000
"""How long a single question to the solver may take."""
SHRINKING_SECONDS = 5.0
"""How long a counter-example is made smaller."""
Who: TypeAlias = Literal["one", "other"]
"""The two people of a theorem, mostly the same before and after something."""


class World:
    """The terms that theorems about one rule base share.

    `built_in` is the rule base that an overlay was laid on. The solver has so many `milliseconds` for a question, and
    a counter-example is made smaller for so many `shrinking_seconds`.
    """

    def __init__(
        self,
        rulebase: RuleBase,
        *,
        built_in: RuleBase | None = None,
        milliseconds: int = MILLISECONDS,
        shrinking_seconds: float = SHRINKING_SECONDS,
        dont_know_is_silence: bool = False,
    ) -> None:
        self.rulebase, self.built_in, self.milliseconds = rulebase, built_in, milliseconds
        self.shrinking_seconds = shrinking_seconds
        self.dont_know_is_silence = dont_know_is_silence
        self.lattice = Lattice(rulebase)
        self.follow_up = z3.Bool("follow_up")
        self.proved: dict[str, bool] = {}
        """What was found of each claim, so that others can rest on it."""

    @cached_property
    def one(self) -> Person:
        """Somebody."""
        return everybody(self.rulebase)

    @cached_property
    def other(self) -> Person:
        """Somebody else, or the same person later."""
        return everybody(self.rulebase, "'")

    def person(self, who: Who) -> Person:
        """One of the two."""
        return self.one if who == "one" else self.other

    @cache  # noqa: B019 - a world lives as long as its proofs
    def reading(self, who: Who, way: Way) -> Reading:
        """What is decided on."""
        person = self.person(who)
        match way:
            case "stated":
                return as_stated(person)
            case "form":
                return as_a_form(self.rulebase, person, dont_know_is_silence=self.dont_know_is_silence)
            case "letter":
                return as_a_letter(self.rulebase, person)
            case _:
                assert_never(way)  # pragma: no cover - mypy proves that no kind is missing

    @cache  # noqa: B019
    def decided(self, who: Who, way: Way) -> Decided:
        """What comes out."""
        return Decided(self.lattice, self.reading(who, way), self.follow_up)

    def any_decision(self, who: Who, way: Way) -> AnyDecision:
        """The same, with nothing known but what was proved of its joins."""
        return AnyDecision(self.lattice, f"{who} {way}", self.reading(who, way))

    @cache  # noqa: B019
    def trees(self, who: Who, way: Way) -> Trees:
        """The reader of expressions over what is decided on."""
        return Trees(self.reading(who, way).states)

    def premise(self, theorem: str, name: str, who: Who = "one", way: Way = "stated") -> Rails:
        """Whether a premise of a theorem is known to hold, and known not to."""
        return self.trees(who, way).value(self.rulebase.expressions[self.rulebase.theorems[theorem].premises[name]])

    @property
    def findings(self) -> Iterator[Finding]:
        """Everything that can be known."""
        return iter(self.rulebase.findings.values())


def is_so(model: z3.ModelRef, bit: Bit) -> bool:
    """Whether something holds of somebody the solver found."""
    return bool(z3.is_true(model.eval(bit, model_completion=True)))
