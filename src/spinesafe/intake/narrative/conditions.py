"""Conditions that a text names: which one is meant, whether the person has it, and what the text calls it by mistake."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import msgspec

from spinesafe.intake.narrative.names import Name
from spinesafe.intake.narrative.passage import Passage
from spinesafe.language.reading import Mention
from spinesafe.model.reading import Item
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.language_format import ContextWord

NOT_SPINAL = "not_spinal"


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A condition where a text names it, and how it is meant there. `corrected` tells that the words say something else."""

    condition: str
    name: Name
    mention: Mention
    corrected: bool = False

    @property
    def context(self) -> ContextWord:
        """How the text speaks of it."""
        return self.mention.context


class ConditionReader:
    """Names to conditions, with the words around them."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase

    def named(self, passage: Passage) -> list[Named]:
        """Every condition that a passage names, in its order."""
        found: list[Named] = []
        of_sentence: dict[int, list[tuple[Mention, list[Name]]]] = {}
        for mention, names in passage.names:
            of_sentence.setdefault(mention.sentence, []).append((mention, names))
        for mention, names in passage.names:
            if len(names) == 1 and names[0].kind not in {"mistranslation", "listed"}:
                found.append(Named(condition=names[0].condition, name=names[0], mention=mention))
                continue
            others = [more for other, more in of_sentence[mention.sentence] if other is not mention]
            name = self._meant(names, others, found, mention)
            if name is not None:
                wrong = name.kind == "mistranslation"
                found.append(Named(condition=name.condition, name=name, mention=mention, corrected=wrong))
        return found

    def _meant(self, names: Sequence[Name], others: Sequence[Sequence[Name]], found: Sequence[Named], mention: Mention) -> Name | None:
        """Of the names that the words may be: the proper one, unless the company they keep tells of a mistranslation."""
        company = {name.condition for other in others for name in other if name.kind not in {"mistranslation", "listed"}}
        groups = {self.rulebase.conditions[condition].group for condition in company}
        proper = [name for name in names if name.kind not in {"mistranslation", "listed"}]
        proper += [n for n in names if n.kind == "listed" and self.rulebase.conditions[n.condition].group in groups]
        wrong = [name for name in names if name.kind == "mistranslation"]
        if not wrong:
            return proper[0] if proper else None
        mistaken = wrong[0]
        group = self.rulebase.conditions[mistaken.condition].group
        if not proper:
            return mistaken
        own = self.rulebase.conditions[proper[0].condition]
        if own.group == NOT_SPINAL:
            return mistaken if group in groups else proper[0]
        here = takewhile(lambda n: n.mention.sentence == mention.sentence, reversed(found))
        again = any(n.condition == own.id and n.mention.form == mention.form for n in here)
        return mistaken if again else proper[0]

    def corrections(self, named: Sequence[Named]) -> Iterator[Item]:
        """Each name that was read as another, so that it can be seen."""
        for one in named:
            if one.corrected:
                condition = self.rulebase.conditions[one.condition]
                shown = condition.display_name or condition.name
                yield Item(
                    where=f"{one.mention.start}-{one.mention.end}",
                    finding="diagnosis_condition",
                    value=one.condition,
                    quote=one.mention.quote,
                    why="narrative_mistranslated",
                    details={"words": one.mention.quote, "meant_en": shown.en, "meant_zh": shown.zh},
                )
