"""Free text to facts: what people write about themselves, what clinicians write about them."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from spinesafe.intake.narrative.conditions import ConditionReader, Named
from spinesafe.intake.narrative.derive import Deriver
from spinesafe.intake.narrative.lexicon import Lexicon
from spinesafe.intake.narrative.passage import Passage
from spinesafe.intake.narrative.resolve import Resolver
from spinesafe.intake.narrative.sayings import Sayings
from spinesafe.intake.narrative.told import Told
from spinesafe.intake.problems import InputFault, IntakeError
from spinesafe.language.read import Terms, read
from spinesafe.language.reading import ReadText
from spinesafe.model.fact import Answer, Facts, Members, Value
from spinesafe.model.reading import Item, Reading
from spinesafe.rulebase import RuleBase

COMPLAINTS = frozenset(
    {
        "pain_region", "leg_pain", "arm_pain", "leg_weakness", "arm_weakness", "leg_numbness", "foot_drop", "saddle_numbness",
        "gait_unsteady", "hand_clumsiness", "urinary_retention", "urinary_incontinence_new", "bladder_hesitancy_or_weak_flow",
        "bowel_incontinence_new",
        "numb_both_hands_or_all_limbs", "recent_trauma", "chest_pain_or_breathless", "child_new_leg_bladder_foot_change",
    }
)  # fmt: skip
"""Findings of which one at least is told of whoever a text is about."""
RELATIONS = frozenset({"mother", "father", "sibling", "grandparent", "relative", "partner", "child", "friend"})
"""People for whom others write."""


class Narrative(msgspec.Struct, frozen=True, kw_only=True):
    """A text as it was read: everything told and where, the conditions named, the facts, and what was left out."""

    read: ReadText
    told: tuple[Told, ...]
    named: tuple[Named, ...]
    facts: Facts
    ignored: tuple[Item, ...]
    warnings: tuple[Item, ...]

    def reading(self, person: str = "") -> Reading:
        """The facts with their account, as every intake gives them. Raises `IntakeError` where nothing was read."""
        if not self.facts:
            code = "text_of_neither_language" if self.read.language == "neither" else "text_without_findings"
            raise IntakeError([InputFault(code=code)])
        taken = tuple(
            Item(where=_where(fact.provenance.span), finding=name, value=shown(fact.value), quote=fact.provenance.quote)
            for name, fact in self.facts.items()
        )
        return Reading(person=person, facts=self.facts, read=taken, ignored=self.ignored, warnings=self.warnings)


class NarrativeReader:
    """The reader of free text for one rule base. Make it once; it is slow to make and quick to use."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.lexicon = Lexicon(rulebase)
        self.terms = Terms(self.lexicon.terms(), rulebase.language)
        self.sayings = Sayings(rulebase)
        self.conditions = ConditionReader(rulebase)
        self.deriver = Deriver(rulebase)
        self.resolver = Resolver(rulebase)

    def read(self, text: str, as_of: date) -> Narrative:
        """Everything that a text tells, on a day."""
        found, named, told = self._told(text, as_of, None)
        whose = _only_one_who_suffers(told)
        if whose:
            found, named, told = self._told(text, as_of, whose)
        facts, conflicts = self.resolver.facts(told, as_of)
        return Narrative(
            read=found,
            told=tuple(told),
            named=tuple(named),
            facts=facts,
            ignored=(*_left_out(told, facts), *_not_understood(found, told, named)),
            warnings=(*self.conditions.corrections(named), *conflicts),
        )

    def _told(self, text: str, as_of: date, patient: str | None) -> tuple[ReadText, list[Named], list[Told]]:
        """What a text tells, where it is about a certain person or about whom it says itself."""
        found = read(text, self.terms, as_of, patient)
        passage = Passage(found, self.lexicon)
        named = [*self.conditions.named(passage)]
        told = [*self.sayings.told(passage)]
        told += self.deriver.told(passage, named, told)
        return found, named, told


def _only_one_who_suffers(told: Sequence[Told]) -> str:
    """The one person beside the writer of whom a complaint is told, where none of the writer is: the text is about that person."""
    complaints = [one for one in told if one.finding in COMPLAINTS]
    if any(one.context != "somebody_else" for one in complaints):
        return ""
    whose = {one.who for one in complaints}
    return next(iter(whose)) if len(whose) == 1 and whose <= RELATIONS else ""


def shown(value: Value) -> str:
    """A value as the account of the reading shows it."""
    match value:
        case Members(present, absent):
            return ", ".join([*sorted(present), *(f"not {member}" for member in sorted(absent))] if present else ["none"])
        case Answer():
            return value.value
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case _:
            return value


def _where(span: tuple[int, int] | None) -> str:
    return f"{span[0]}-{span[1]}" if span else ""


def _left_out(told: Sequence[Told], facts: Facts) -> Iterator[Item]:
    """What is mentioned and is no fact about this person today."""
    seen: set[tuple[str, int]] = set()
    for one in told:
        key = (one.finding, one.start)
        if one.value is None and one.context != "present" and one.finding not in facts and key not in seen:
            seen.add(key)
            yield Item(where=f"{one.start}-{one.end}", finding=one.finding, quote=one.quote, why=f"narrative_{one.context}")


def _not_understood(read: ReadText, told: Sequence[Told], named: Sequence[Named]) -> Iterator[Item]:
    """Sentences from which nothing was taken, and parts in other scripts."""
    understood = {one.sentence for one in told} | {one.mention.sentence for one in named}
    for number, span in enumerate(read.sentences):
        quote = read.text[span.start : span.end].strip()
        if number not in understood and any(sign.isalnum() for sign in quote):
            yield Item(where=f"{span.start}-{span.end}", quote=quote, why="narrative_not_understood")
    for span in read.unread:
        yield Item(where=f"{span.start}-{span.end}", quote=read.text[span.start : span.end][:80], why="narrative_unread_script")
