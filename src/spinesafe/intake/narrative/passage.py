"""A read text as its parts: which concepts and names stand in each clause, each sentence, and in the whole."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from spinesafe.intake.narrative.lexicon import NAME, NOT_MEANT, Lexicon
from spinesafe.language.reading import Mention, ReadText
from spinesafe.rulebase.saying_names import CONDITION, SECTION

if TYPE_CHECKING:
    from spinesafe.intake.narrative.expressions import Concepts
    from spinesafe.intake.narrative.names import Name

_JOINED = re.compile(r"(?:\band|\bor|[和及与、/&])\s*$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:and\b|or\b|[和及与、/&])", re.IGNORECASE)
_A_NAME = 5
"""Words in the longest name that is no sentence."""
NOTE = "note_words"
"""The concept that tells a clinician's note or letter."""
_AGE_AND_SEX = re.compile(r"\d\s?/?[MF]\b|\d\s?yo\b|^[男女]|year[- ]old (?:gentleman|lady)", re.IGNORECASE)
_AFFIRMED = frozenset({"present", "historical", "planned", "possible", "asked"})


_FINE = frozenset({"normal", "zhengchang"})
"""Cues by which something is fine. What that means, the sayings know: a fine bladder has no trouble, a fine massage is none."""


_FELT = frozenset({"felt_like", "i_think", "haoxiang"})
"""Cues by which people tell what they feel: of a name that is a guess, of a symptom it is how symptoms are told."""
_PLANNABLE = frozenset(
    {
        "operation", "any_operation", "implant", "needle", "mri", "ct", "xray", "bone_scan", "anticoagulant", "antiplatelet",
        "steroid_long", "healed", "fracture_healed", "followed", "allows", "forbids", "clot_treated", "treated",
    }
)  # fmt: skip
"""Concepts that can be planned and not be there yet; a complaint cannot."""


def _undenied(mention: Mention, later: frozenset[int], lexicon: Lexicon) -> Mention:
    """A mention as the sayings need it.

    Care that was called fine is not denied. What treatment is planned for is there today, and so is what "feels like" something. What
    was asked and answered is answered. History that runs on in the same line as its heading ends with its first sentence.
    """
    if mention.context == "denied" and mention.cue_id in _FINE and (mention.term in lexicon.care or mention.term.startswith(NAME)):
        return msgspec.structs.replace(mention, context="present")
    if mention.context == "possible" and mention.cue_id in _FELT and mention.term not in lexicon.care and not mention.term.startswith(NAME):
        return msgspec.structs.replace(mention, context="present")
    if mention.context == "planned" and mention.term not in _PLANNABLE:
        return msgspec.structs.replace(mention, context="present")
    if mention.context == "asked" and "denied" in mention.marks:
        return msgspec.structs.replace(mention, context="denied")
    if mention.context == "asked" and "present" in mention.marks:
        return msgspec.structs.replace(mention, context="present")
    if mention.context == "historical" and mention.cue_id == mention.section and mention.sentence in later:
        return msgspec.structs.replace(mention, context="present")
    return mention


def _later(read: ReadText) -> frozenset[int]:
    """Sentences behind the first of a section that stand in its line."""
    found: set[int] = set()
    first = 0
    for number, span in enumerate(read.sentences):
        before = read.sentences[number - 1] if number else None
        if before is None or before.section != span.section or "\n" in read.text[before.end : span.start]:
            first = number
        elif span.section and number - first > 1:
            found.add(number)
    return frozenset(found)


def _inherited(read: ReadText) -> dict[int, Mention]:
    """Mentions whose own cue begins inside their words ("no new" before "new pain"): what was said of the words inside goes for all."""
    found: dict[int, Mention] = {}
    for mention in read.mentions:
        outer = mention.within
        if outer is None or not mention.cue or mention.context == "present":
            continue
        whole = read.mentions[outer]
        if whole.context == "present" and not whole.cue and mention.cue not in whole.form and mention.end == whole.end:
            found[outer] = msgspec.structs.replace(whole, context=mention.context, cue=mention.cue, cue_id=mention.cue_id, who=mention.who)
    return found


class Part:
    """A clause or a sentence: its mentions by concept, and the concepts that it holds, all of them and those it does not deny."""

    __slots__ = ("affirmed", "concepts", "mentions")

    def __init__(self) -> None:
        self.mentions: dict[str, list[Mention]] = {}
        self.concepts: set[str] = set()
        self.affirmed: set[str] = set()

    def put(self, concept: str, mention: Mention) -> None:
        """Add a mention, and what holds by it."""
        found = self.mentions.get(concept)
        if found is None:
            self.mentions[concept] = [mention]
            self.concepts.add(concept)
        else:
            found.append(mention)
        if mention.context in _AFFIRMED:
            self.affirmed.add(concept)

    def stand_in(self, section: str) -> None:
        """A mention of it stands in a section."""
        self.concepts.add(section)
        self.affirmed.add(section)


class Passage:
    """The meant mentions of a read text, by clause and sentence."""

    def __init__(self, read: ReadText, lexicon: Lexicon) -> None:  # noqa: C901 - one pass over what was found, kind by kind
        self.read, self.lexicon = read, lexicon
        self.clauses: dict[int, Part] = {}
        self.sentences: dict[int, Part] = {}
        self.of_clause: dict[int, int] = {}
        self.names: list[tuple[Mention, list[Name]]] = []
        self._whole = {(mention.start, mention.end) for mention in read.mentions if mention.term in lexicon.whole}
        self._hides: dict[tuple[int, int], set[str]] = {}
        for mention in read.mentions:
            if mention.term in lexicon.hidden:
                self._hides.setdefault((mention.start, mention.end), set()).update(lexicon.hidden[mention.term])
        inherited, later = _inherited(read), _later(read)
        for number, found in enumerate(read.mentions):
            mention = inherited.get(number, found)
            if mention.context != "present":
                mention = _undenied(mention, later, lexicon)
            if not self._meant(mention):
                continue
            concept = mention.term
            if concept.startswith(NAME):
                if not self._longest_name(mention):
                    continue
                concept = CONDITION
                if self._same_place(mention):
                    continue
            elif concept.startswith(NOT_MEANT):
                continue
            self._put(concept, mention)
        self._join_lists()
        affirmed: set[str] = set().union(*(part.affirmed for part in self.sentences.values()))
        if self._looks_like_a_note():
            affirmed.add(NOTE)
        self.affirmed: Concepts = affirmed

    def parts(self) -> Iterator[tuple[int, Part, Part]]:
        """Each clause with its sentence."""
        for number, clause in self.clauses.items():
            yield number, clause, self.sentences[self.of_clause[number]]

    def _join_lists(self) -> None:
        """A list of parts of the body with what is felt there is one clause: "my bottom and inner thighs are numb"."""
        numbers = sorted(self.clauses)
        bare = {number: not self.clauses[number].mentions.keys() - self.lexicon.body for number in numbers}
        for first, second in itertools.pairwise(numbers):
            if second != first + 1 or self.of_clause[first] != self.of_clause[second] or bare[first] == bare[second]:
                continue
            spans = self.read.clauses[first], self.read.clauses[second]
            if _JOINED.search(self.read.text[spans[0].start : spans[1].start]) or _JOINS.match(self.read.text, spans[1].start):
                source, target = (first, second) if bare[first] else (second, first)
                for concept, found in self.clauses[source].mentions.items():
                    for mention in found:
                        self.clauses[target].put(concept, mention)

    def _looks_like_a_note(self) -> bool:
        """Headings, or an age with a letter for the sex: so writes a clinician."""
        return any(span.section for span in self.read.sentences) or any(
            quantity.kind == "age" and _AGE_AND_SEX.search(quantity.quote) for quantity in self.read.quantities
        )

    def _put(self, concept: str, mention: Mention) -> None:
        clause = self.clauses.get(mention.clause)
        if clause is None:
            clause = self.clauses[mention.clause] = Part()
            self.of_clause[mention.clause] = mention.sentence
        sentence = self.sentences.get(mention.sentence)
        if sentence is None:
            sentence = self.sentences[mention.sentence] = Part()
        clause.put(concept, mention)
        sentence.put(concept, mention)
        if mention.section:
            clause.stand_in(SECTION + mention.section)
            sentence.stand_in(SECTION + mention.section)

    def _around(self, mention: Mention) -> Iterable[Mention]:
        """The longer mentions that cover one, from the inside out."""
        at = mention.within
        while at is not None:
            outer = self.read.mentions[at]
            yield outer
            at = outer.within

    def _meant(self, mention: Mention) -> bool:
        if mention.within is None:
            return True
        own = (mention.start, mention.end)
        for outer in self._around(mention):
            place = (outer.start, outer.end)
            if place != own and (place in self._whole or mention.term in self._hides.get(place, ())):
                return False
        return True

    def _same_place(self, mention: Mention) -> bool:
        """Note a name, and whether another stood at the same words already."""
        names = self.lexicon.named(mention.term)
        last = self.names[-1] if self.names else None
        if last is not None and (last[0].start, last[0].end) == (mention.start, mention.end):
            last[1].extend(name for name in names if name not in last[1])
            return True
        self.names.append((mention, list(names)))
        return False

    def _longest_name(self, mention: Mention) -> bool:
        """Not part of a longer name, unless the longer is a list of several ("fracture of cervical, lumbar ...") or a whole sentence."""
        for outer in self._around(mention):
            if not outer.term.startswith(NAME) or (outer.start, outer.end) == (mention.start, mention.end):
                continue
            follows = self.read.text[mention.end : outer.end].lstrip()
            goes_on = outer.start == mention.start and follows.startswith((",", "and ", "、", "和", "及"))
            if not goes_on and len(outer.form.split()) <= _A_NAME:
                return False
        return True
