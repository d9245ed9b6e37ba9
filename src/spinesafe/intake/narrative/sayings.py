"""What a passage says by the sayings of the knowledge."""

from collections.abc import Iterator

from spinesafe.intake.narrative.amounts import number_beside
from spinesafe.intake.narrative.expressions import Compiled, compile_sayings
from spinesafe.intake.narrative.passage import Part, Passage
from spinesafe.intake.narrative.told import Teller, Told
from spinesafe.language.reading import Mention
from spinesafe.model.fact import Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.language_format import ContextWord
from spinesafe.rulebase.saying_format import Saying

_PLANNED: frozenset[ContextWord] = frozenset({"planned", "asked", "hypothetical", "possible", "present", "somebody_else"})
_FACTS: frozenset[ContextWord] = frozenset({"present", "denied", "possible", "historical"})
_BEST_FIRST: tuple[ContextWord, ...] = (
    "present", "planned", "possible", "historical", "denied", "asked", "hypothetical", "somebody_else",
)  # fmt: skip


class Sayings:
    """The sayings of a rule base, ready to be tried on passages."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.teller = Teller(rulebase)
        self._known: dict[tuple[str, ContextWord], list[tuple[str, Value | None]]] = {}
        """What each saying tells, by context."""
        self._by_anchor = compile_sayings(rulebase)

    def told(self, passage: Passage) -> Iterator[Told]:
        """Everything that the sayings find in a passage, in its order."""
        done: set[tuple[str, int]] = set()
        by_anchor, whole = self._by_anchor, passage.affirmed
        for number, clause, sentence in passage.parts():
            concepts, affirmed = clause.concepts, sentence.affirmed
            for concept in clause.mentions:
                for one in by_anchor.get(concept, ()):
                    if one.in_sentence:
                        yield from self._in_sentence(one, concept, clause, sentence, passage)
                    elif one.holds(concepts, affirmed, whole) and (one.saying.id, number) not in done:
                        done.add((one.saying.id, number))
                        yield from self._of(one, clause, passage)

    def _in_sentence(self, one: Compiled, concept: str, clause: Part, sentence: Part, passage: Passage) -> Iterator[Told]:
        """A saying over the sentence: what it asks for beside its anchor must not be denied there."""
        if one.holds(sentence.affirmed | {concept}, sentence.affirmed, passage.affirmed):
            for mention in clause.mentions[concept]:
                yield from self._by(one.saying, mention, passage)

    def _of(self, one: Compiled, clause: Part, passage: Passage) -> Iterator[Told]:
        if one.saying.anchor:
            for mention in clause.mentions[one.saying.anchor]:
                yield from self._by(one.saying, mention, passage)
            return
        anchors = [mention for concept in one.anchors for mention in clause.mentions.get(concept, ())]
        yield from self._by(one.saying, min(anchors, key=lambda mention: _BEST_FIRST.index(mention.context)), passage)

    def _by(self, saying: Saying, mention: Mention, passage: Passage) -> Iterator[Told]:
        """What a saying tells of one mention, as the mention is meant."""
        for finding, value in self._values(saying, mention.context):
            yield _told(finding, value, mention, saying)
        if saying.number and mention.context in {"present", "historical", "possible"}:
            for finding, kind in saying.number.items():
                if mention.context == "historical" and self.rulebase.findings[finding].polarity != "neutral":
                    continue
                beside = number_beside(mention, passage.read, kind, self.rulebase.findings[finding], self.rulebase.narrative.limits)
                if beside is not None:
                    value, quantity = beside
                    yield _told(finding, value, mention, saying, quantity.start, quantity.end)
                elif self.rulebase.findings[finding].polarity == "mixed":
                    yield _told(finding, None, mention, saying)

    def _values(self, saying: Saying, context: ContextWord) -> list[tuple[str, Value | None]]:
        known = self._known.get((saying.id, context))
        if known is None:
            known = self._known[saying.id, context] = self._worked_out(saying, context)
        return known

    def _worked_out(self, saying: Saying, context: ContextWord) -> list[tuple[str, Value | None]]:
        if saying.plans and context in _PLANNED:
            return [*self.teller.values(saying.sets)]
        match context:
            case "present":
                return [*self.teller.values(saying.sets)]
            case "denied":
                written = saying.denied
                return [*(self.teller.denied(saying.sets) if written is None else self.teller.values(written))]
            case "possible":
                return [*self.teller.doubted(saying.sets)]
            case "historical":
                return [*self.teller.values(saying.past)] or [(finding, None) for finding in saying.sets]
            case _:
                return [(finding, None) for finding in saying.sets]


def _told(finding: str, value: Value | None, mention: Mention, saying: Saying, start: int | None = None, end: int | None = None) -> Told:
    return Told(
        finding=finding,
        value=value,
        context=mention.context,
        start=min(mention.start, start) if start is not None else mention.start,
        end=max(mention.end, end) if end is not None else mention.end,
        quote=mention.quote,
        saying=saying.id,
        term=mention.term,
        who=mention.who,
        sentence=mention.sentence,
        clause=mention.clause,
    )
