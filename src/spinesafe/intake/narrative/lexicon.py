"""All that is looked for in a narrative: the words of concepts and the names of conditions."""

from collections.abc import Iterator

from spinesafe.intake.narrative.names import Name, all_names, pattern_of
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase import RuleBase

NAME = "condition:"
NOT_MEANT = "not_meant"
ALSO = "named_"
"""Concepts whose id begins so hold more words for the condition that the rest of the id names."""
_TOO_SHORT = 2
"""A name of so few letters is an abbreviation that means other things as well."""


class Lexicon:
    """The terms of a rule base, and what each of them stands for."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.names: dict[str, list[Name]] = {}
        for name in all_names(rulebase):
            if len(name.text) > _TOO_SHORT or not name.text.isascii():
                self.names.setdefault(pattern_of(name.text), []).append(name)
        for concept in rulebase.concepts.values():
            condition = concept.id.removeprefix(ALSO)
            if condition != concept.id and condition in rulebase.conditions:
                for pattern in concept.en:
                    self.names.setdefault(pattern, []).append(Name(pattern, condition, "en", "synonym"))
                for pattern in concept.zh:
                    self.names.setdefault(pattern, []).append(Name(pattern, condition, "zh", "synonym"))
        self.patterns = tuple(self.names)
        self.whole = frozenset(concept.id for concept in rulebase.concepts.values() if concept.whole or concept.id.startswith(NOT_MEANT))
        self.concepts = tuple(concept for concept in rulebase.concepts.values() if not concept.id.startswith(ALSO))

    def terms(self) -> Iterator[Term]:
        """Everything to look for, once."""
        for number, pattern in enumerate(self.patterns):
            yield Term(f"{NAME}{number}", pattern)
        for concept in self.concepts:
            for pattern in (*concept.en, *concept.zh):
                yield Term(concept.id, pattern)

    def named(self, term: str) -> list[Name]:
        """The names that a term may be, of one condition or of several."""
        return self.names[self.patterns[int(term.removeprefix(NAME))]]
