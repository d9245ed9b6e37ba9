"""Expressions over the concepts of a text, in the language of the rules, and entries about narratives that lead nowhere."""

from collections.abc import Iterable, Iterator

from spinesafe.model.text import Text
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import DIAGNOSES, ExpressionError, Names
from spinesafe.rulebase.problems import nearest
from spinesafe.rulebase.records import value_faults
from spinesafe.rulebase.saying_format import Change, Concept, Precedence, Saying, SharedName

CONDITION = "condition"
"""The word of expressions for a condition that is named."""
SECTION = "section_"
"""Before the id of a section of notes: the word of expressions for standing in it."""
_SCOPES = ("sentence", "text")

Fault = tuple[str, str, str]
"""The code of a problem, what was found, how to mend it."""


class ConceptNames(Names):
    """What the names in sayings stand for: concepts, and the places to look for them."""

    known = "concept"

    def __init__(self, concepts: Iterable[str], sections: Iterable[str]) -> None:
        words = (*concepts, *(f"{SECTION}{section}" for section in sections), CONDITION)
        super().__init__({word: _word(word) for word in (*words, *_SCOPES)}, {}, ())
        self.members = dict.fromkeys(_SCOPES, words)


def faults(entry: object, concepts: ConceptNames, names: Names) -> Iterator[Fault]:
    """Each thing in an entry about narratives that leads nowhere."""
    match entry:
        case Concept():
            yield from _no_concepts(entry.id, entry.hides, concepts)
        case Saying():
            yield from _of_saying(entry, concepts, names)
        case Precedence():
            yield from _of_precedence(entry, names)
        case Change():
            dated = (entry.dated_by,) if entry.dated_by else ()
            yield from _no_findings(entry.id, (entry.id, *dated), names)
        case SharedName():
            yield from _no_findings(entry.id, (entry.ask,) if entry.ask else (), names)
            for condition in entry.means:
                if condition not in names.members[DIAGNOSES]:
                    mend = nearest(condition, names.members[DIAGNOSES]) or "see conditions/"
                    yield "unknown_name", f"{entry.id}: {condition} is no condition", mend


def _of_saying(saying: Saying, concepts: ConceptNames, names: Names) -> Iterator[Fault]:
    try:
        concepts.read(saying.when)
    except ExpressionError as error:
        yield error.code, f"{saying.id}: {error.found}", error.mend
    yield from _no_concepts(saying.id, (saying.anchor,) if saying.anchor else (), concepts)
    yield from _no_findings(saying.id, saying.number, names)
    for values in (saying.sets, saying.denied or {}, saying.past):
        for finding, value in values.items():
            several = (value,) if isinstance(value, str) and value != "none" and _is(names, finding, "set") else value
            if not (_is(names, finding, "number") or (value == "none" and _is(names, finding, "set"))):
                yield from value_faults(saying.id, finding, several, names.findings, names.members)


def _of_precedence(precedence: Precedence, names: Names) -> Iterator[Fault]:
    yield from _no_findings(precedence.id, (precedence.id,), names)
    if precedence.id in names.findings and not precedence.highest and set(precedence.order) != set(names.members[precedence.id]):
        known = ", ".join(names.members[precedence.id])
        yield "members_differ", f"{precedence.id}: the order does not name each value once", f"order all of {known}"


def _no_concepts(where: str, words: Iterable[str], concepts: ConceptNames) -> Iterator[Fault]:
    for word in words:
        if word not in concepts.findings:
            yield "unknown_name", f"{where}: {word} is no concept", nearest(word, concepts.findings) or "add it below `concepts:`"


def _no_findings(where: str, words: Iterable[str], names: Names) -> Iterator[Fault]:
    for word in words:
        if word not in names.findings:
            yield "unknown_name", f"{where}: {word} is no finding", nearest(word, names.findings) or "see findings/"


def _is(names: Names, finding: str, kind: str) -> bool:
    return finding in names.findings and names.findings[finding].kind == kind


def _word(name: str) -> Finding:
    nothing = Text(name, name)
    return Finding(
        id=name,
        reference="",
        kind="set" if name in _SCOPES else "boolean",
        label=nothing,
        question=nothing,
        answered_by="system",
        evidence_for="",
        group=CONDITION,
        red_flag="no",
        polarity="neutral",
    )
