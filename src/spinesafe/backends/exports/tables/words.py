"""Expressions in plain words, in either language."""

import re
from collections.abc import Iterable
from typing import assert_never

from spinesafe.model.text import Language, Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or
from spinesafe.rulebase.parameters import label_of

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "="}


class Words:
    """What the knowledge says, in one language."""

    def __init__(self, rulebase: RuleBase, language: Language) -> None:
        self.rulebase, self.language = rulebase, language

    def sentence(self, sentence: str, **filling: str) -> str:
        """A sentence of the knowledge with its braces filled."""
        text = self.said(self.rulebase.sentences[sentence])
        return text.format(**filling) if filling else text

    def said(self, text: Text) -> str:
        """A text in the language, in one line."""
        return " ".join(text.in_language(self.language).split())

    def listed(self, parts: Iterable[str]) -> str:
        """Several things, one after the other."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def expression(self, node: Expression) -> str:  # noqa: C901 - one case for each kind of node
        """An expression. A definition is called by its meaning; the table of definitions says what that is."""
        match node:
            case Constant(value):
                return self.sentence("words_everybody" if value else "words_nobody")
            case Holds(finding):
                return self.said(self.rulebase.findings[finding].label)
            case Is(finding, member) | Has(finding, member):
                label = self.rulebase.findings[finding].label
                named = label_of(self.rulebase, self.rulebase.findings[finding], member)
                return self.sentence("words_value", label=self.said(label), value=self.said(named))
            case Compare(finding, sign, limit):
                return f"{self.said(self.rulebase.findings[finding].label)} {_SIGNS[sign]} {self.number(finding, limit)}"
            case Not(part):
                return self.sentence("words_not", part=self.expression(part))
            case And(parts):
                return self._joined("words_both", parts)
            case Or(parts):
                return self._joined("words_either", parts)
            case AtLeast(number, parts):
                return self.sentence("words_several", number=str(number), parts=self._all(parts))
            case Named(name, part, _):
                if name not in self.rulebase.definitions:
                    return self.expression(part)
                return self.sentence("words_defined", meaning=self.said(self.rulebase.definitions[name].meaning))
        assert_never(node)

    def lines(self, node: Expression) -> tuple[str, ...]:
        """An expression over several lines: one for each part that it joins."""
        bare = self._bare(node)
        if not isinstance(bare, And | Or):
            return (self.expression(node),)
        word = self.sentence("words_both" if isinstance(bare, And) else "words_either")
        between = "" if self.language == "zh" else " "
        first, *others = (self._inside(part) for part in bare.parts)
        return (first, *(f"{word}{between}{other}" for other in others))

    def counted(self, parts: Iterable[Expression]) -> str:
        """A count of several things: it is the rule that says how many of them it takes."""
        return self.sentence("words_counted", parts=self._all(parts))

    def _all(self, parts: Iterable[Expression]) -> str:
        return ("；" if self.language == "zh" else "; ").join(self.expression(part) for part in parts)

    def number(self, finding: str, number: float) -> str:
        """A number with its unit."""
        unit = re.sub(r"[^a-z]", "", self.rulebase.findings[finding].unit.lower())
        return self.sentence(f"unit_{unit or 'count'}", number=f"{number:g}")

    def _joined(self, word: str, parts: Iterable[Expression]) -> str:
        between = f"，{self.sentence(word)}" if self.language == "zh" else f" {self.sentence(word)} "
        return between.join(self._inside(part) for part in parts)

    def _inside(self, part: Expression) -> str:
        """A part under `and` or `or`: in brackets where it is joined itself."""
        bare = self._bare(part)
        written = self.expression(bare)
        return self.sentence("words_brackets", part=written) if isinstance(bare, And | Or | AtLeast) else written

    def _bare(self, node: Expression) -> Expression:
        """A part that has a name, but none that the table of definitions explains, is written out."""
        return node.part if isinstance(node, Named) and node.name not in self.rulebase.definitions else node
