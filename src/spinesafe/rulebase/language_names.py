"""The entries about reading text, gathered and checked: patterns that can be read, examples that show their cue, no word twice."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spinesafe.rulebase.language_format import Boundary, Cue, LanguageKnowledge, Quantity, Slot
from spinesafe.rulebase.problems import Place, Problem, nearest, problem
from spinesafe.rulebase.read import Sourced
from spinesafe.rulebase.term import Form, TermError, forms

MARKED = re.compile(r"\*([^*]+)\*")
"""What an example holds between asterisks: the mention that its cue reaches."""
SLOT = re.compile(r"<(\w+)>")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def gathered(by_kind: Mapping[str, dict[str, Any]]) -> LanguageKnowledge:
    """The entries about reading text, by kind."""
    return LanguageKnowledge(**{kind: by_kind[kind] for kind in LanguageKnowledge.__struct_fields__})


def faults(entries: Iterable[Sourced]) -> Iterator[Problem]:
    """Each entry about reading text that would not read what its author meant."""
    slots = {"n", "digits", "year", "yy", "mm", "dd"} | {sourced.entry.id for sourced in entries if isinstance(sourced.entry, Slot)}
    first: dict[tuple[object, ...], Place] = {}
    for sourced in entries:
        match sourced.entry:
            case Cue() as cue:
                yield from _faults_of_cue(sourced, cue, first)
            case Boundary() as boundary:
                for word in boundary.words:
                    _, fault = _read(sourced, word)
                    yield from fault
            case Quantity() as quantity:
                for name in dict.fromkeys(name for form in quantity.forms for name in SLOT.findall(form)):
                    if name not in slots:
                        found = f"{quantity.id}: <{name}> is no slot"
                        yield problem("unknown_name", sourced.place, found, nearest(name, slots) or "add it below `slots:`")


def _faults_of_cue(sourced: Sourced, cue: Cue, first: dict[tuple[object, ...], Place]) -> Iterator[Problem]:
    written: list[Form] = []
    elsewhere: dict[Place, list[str]] = {}
    for word in cue.words:
        read, fault = _read(sourced, word)
        yield from fault
        for form in read:
            place = first.setdefault((cue.language, str(form).casefold(), cue.answer, cue.question), sourced.place)
            if place != sourced.place:
                elsewhere.setdefault(place, []).append(repr(str(form)))
        written.extend(read)
        if any(form.gaps for form in read):
            mend = "write what stands before and behind the gap as two cues, or as one with the words between"
            yield problem("not_a_pattern", sourced.place, f"{cue.id}: {word!r} has a gap, and a cue stands in one piece", mend)
    for place, words in elsewhere.items():
        found = f"{cue.id}: {', '.join(words)} stands already at {place}"
        yield problem("same_cue", sourced.place, found, "keep it in one of the two")
    text = cue.example.replace("*", "").casefold()
    if not MARKED.search(cue.example):
        yield problem("no_example", sourced.place, f"{cue.id}: the example marks no mention", "put asterisks around what the cue reaches")
    elif bool(_CHINESE.search(text)) != (cue.language == "zh"):
        yield problem("no_example", sourced.place, f"{cue.id}: the example is not in its language ({cue.language})", "write one that is")
    elif written and not any(all(part.text.casefold() in text for part in form.parts) for form in written):
        yield problem("no_example", sourced.place, f"{cue.id}: the example holds none of its words", "write one as people write")


def _read(sourced: Sourced, pattern: str) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    try:
        return forms(pattern), ()
    except TermError as error:
        mend = "close each bracket, and keep at least one word outside `[ ]`"
        return (), (problem("not_a_pattern", sourced.place, f"{sourced.entry.id}: {error}", mend),)
