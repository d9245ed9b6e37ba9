"""All that is looked for in a narrative: the words of concepts and the names of conditions."""

from collections.abc import Iterator

from spinesafe.intake.narrative.names import Name, all_names, pattern_of
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase import RuleBase

NAME = "condition:"
NOT_MEANT = "not_meant"
_TOO_SHORT = 2
"""A name of so few letters is an abbreviation that means other things as well."""


class Lexicon:
    """The terms of a rule base, and what each of them stands for."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.names: dict[str, list[Name]] = {}
        for name in all_names(rulebase):
            if len(name.text) > _TOO_SHORT or not name.text.isascii():
                self.names.setdefault(pattern_of(name.text), []).append(name)
        self.patterns = tuple(self.names)
        self.concepts = rulebase.concepts

    def terms(self) -> Iterator[Term]:
        """Everything to look for, once."""
        for number, pattern in enumerate(self.patterns):
            yield Term(f"{NAME}{number}", pattern)
        for concept in self.concepts.values():
            for pattern in (*concept.en, *concept.zh):
                yield Term(concept.id, pattern)

    def named(self, term: str) -> list[Name]:
        """The names that a term may be, of one condition or of several."""
        return self.names[self.patterns[int(term.removeprefix(NAME))]]
