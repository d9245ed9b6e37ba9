"""All that is looked for in a narrative: the words of concepts and the names of conditions."""

from collections.abc import Iterator

from spinesafe.intake.narrative.expressions import concepts_in
from spinesafe.intake.narrative.names import Name, NameKind, all_names, pattern_of
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.saying_format import Concept
from spinesafe.rulebase.saying_names import CONDITION, ConceptNames

NAME = "condition:"
NOT_MEANT = "not_meant"
ALSO, LISTED = "named_", "listed_"
"""Concepts whose id begins so hold more words for the condition that the rest names; `listed_` words name it only beside others."""
_TOO_SHORT = 2
"""A name of so few letters is an abbreviation that means other things as well."""


CARE = frozenset(
    {
        "diagnosis_status", "diagnosed_by", "doctor_guidance", "facility_type", "provider_regulated", "planned_technique", "planned_region",
        "under_specialist_review", "imaging_done",
    }
)  # fmt: skip
"""Findings about care, not about the body: a fine massage is no massage denied."""


def _of_care(rulebase: RuleBase) -> Iterator[str]:
    """The concepts that only speak of care, and those whose denial says nothing."""
    names = ConceptNames(rulebase.narrative.concepts, rulebase.language.sections)
    of_care: dict[str, None] = {CONDITION: None}
    of_body: set[str] = set()
    anchors: dict[str, bool] = {}
    for saying in rulebase.narrative.sayings.values():
        concepts = concepts_in(names.read(saying.when))
        if {*saying.sets, *saying.number} <= CARE and saying.sets:
            of_care.update(dict.fromkeys(concepts))
        else:
            of_body.update((saying.anchor,) if saying.anchor else concepts)
        if saying.anchor:
            anchors[saying.anchor] = anchors.get(saying.anchor, True) and saying.denied == {}
    yield from (concept for concept in of_care if concept not in of_body)
    yield from (concept for concept, says_nothing in anchors.items() if says_nothing)


class Lexicon:
    """The terms of a rule base, and what each of them stands for."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.names: dict[str, list[Name]] = {}
        for name in all_names(rulebase):
            if len(name.text) > _TOO_SHORT or not name.text.isascii():
                self._add(pattern_of(name.text), name)
        for concept in rulebase.narrative.concepts.values():
            self._add_more(concept, rulebase)
        self.patterns = tuple(self.names)
        self.whole = frozenset(concept.id for concept in rulebase.narrative.concepts.values() if concept.whole)
        self.hidden = {concept.id: frozenset(concept.hides) for concept in rulebase.narrative.concepts.values() if concept.hides}
        self.body = frozenset(concept.id for concept in rulebase.narrative.concepts.values() if concept.body)
        self.care = frozenset(_of_care(rulebase))
        self.concepts = tuple(concept for concept in rulebase.narrative.concepts.values() if not concept.id.startswith((ALSO, LISTED)))

    def _add(self, pattern: str, name: Name) -> None:
        self.names.setdefault(pattern.casefold(), []).append(name)

    def _add_more(self, concept: Concept, rulebase: RuleBase) -> None:
        """The words of a concept that names a condition."""
        kind: NameKind = "listed" if concept.id.startswith(LISTED) else "synonym"
        condition = concept.id.removeprefix(LISTED).removeprefix(ALSO)
        if condition == concept.id or condition not in rulebase.conditions:
            return
        for pattern in concept.en:
            self._add(pattern, Name(pattern, condition, "en", kind))
        for pattern in concept.zh:
            self._add(pattern, Name(pattern, condition, "zh", kind))

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
