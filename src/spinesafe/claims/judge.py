"""The second reader: the attitude of the text to what was found, and how the thing said is rated."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from spinesafe.claims.compile import compile_first
from spinesafe.claims.finder import Candidate
from spinesafe.claims.passage import Passage
from spinesafe.claims.scanner import Hit
from spinesafe.model.claim_report import Speaker, Stance, Verdict
from spinesafe.rulebase.claim_format import StanceRule
from spinesafe.rulebase.claim_names import SCOPES
from spinesafe.rulebase.rulebase import TextKnowledge

UNSOUND: frozenset[str] = frozenset({"false", "unsafe", "overstated"})


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What the judge says of a candidate, and the rule that says so."""

    type: str
    stance: Stance
    verdict: Verdict
    rule: str
    mirrored: bool = False
    unsure: bool = False


class Judge(Protocol):
    """A reader of attitudes. A trained one can stand beside the one of rules."""

    def judgement(self, candidate: Candidate, passage: Passage, speaker: Speaker) -> Judgement:
        """The attitude of the text, and how what is said is rated."""


class RuleJudge:
    """Judges by the stance rules of the knowledge: the first that holds decides."""

    def __init__(self, knowledge: TextKnowledge, bits: Mapping[str, int]) -> None:
        self.knowledge = knowledge
        self._rules = tuple(knowledge.stances.values())
        self._first = compile_first((knowledge.readings[rule.when] for rule in self._rules), bits)
        self._quoted = 1 << bits["quoted"] if "quoted" in bits else None
        self._guesses = knowledge.guesses
        self._guess = compile_first((knowledge.readings[guess.when] for guess in knowledge.guesses), bits)

    def speaker(self, passage: Passage) -> Speaker:
        """Who seems to speak."""
        guess = self._guess(passage.mask, *(0,) * (len(SCOPES) - 1), passage.mask, "", "", 0)
        return self._guesses[guess].speaker if guess >= 0 else "private_post"

    def judgement(self, candidate: Candidate, passage: Passage, speaker: Speaker) -> Judgement:
        """The attitude of the text, and how what is said is rated."""
        type_ = self.knowledge.types[str(candidate.type)]
        verdict = candidate.wording.verdict or self._verdict_of_claim(candidate) or type_.verdict
        rule = self._rule(candidate, passage, speaker, unsound=verdict in UNSOUND)
        stance: Stance = candidate.wording.stance or (rule.stance if rule else "asserted")
        name = candidate.wording.note or (rule.id if rule else "as_it_stands")
        if rule and rule.mirrors and type_.mirror and candidate.wording.stance is None:
            mirror = self.knowledge.types[type_.mirror]
            return Judgement(type=mirror.id, stance="asserted", verdict=mirror.verdict, rule=name, mirrored=True)
        if stance == "conditional" and type_.holds_conditions:
            stance = "asserted"
        return Judgement(type=type_.id, stance=stance, verdict=verdict, rule=name, unsure=bool(rule and rule.unsure))

    def _verdict_of_claim(self, candidate: Candidate) -> Verdict | None:
        claim = self.knowledge.claims[candidate.claim]
        return claim.verdict if claim.type == candidate.type else None

    def _rule(self, candidate: Candidate, passage: Passage, speaker: Speaker, *, unsound: bool) -> StanceRule | None:
        at = candidate.sentence
        sentence = passage.sentences[at]
        first = candidate.core[0]
        last = max(hit[1] for hit in candidate.own)
        here = lead = trail = whole = 0
        own = set(candidate.own)
        for start, end, number in sentence.hits:
            if (start, end, number) in own or _covered(start, end, candidate.own):
                continue
            bit = 1 << number
            whole |= bit
            if candidate.start <= start < candidate.end:
                here |= bit
            if start < first:
                lead |= bit
            elif start >= last:
                trail |= bit
        if self._quoted is not None and passage.is_quoted(first, last):
            here |= self._quoted
        masks = (
            here,
            lead,
            trail,
            whole,
            passage.mask_of(at - 1),
            passage.mask_of(at + 1),
            passage.mask_of(at - 1) | whole | passage.mask_of(at + 1),
            passage.earlier[at],
            passage.later[at],
            passage.mask,
        )
        number = self._first(*masks, candidate.type, speaker, unsound)
        return self._rules[number] if number >= 0 else None


def _covered(start: int, end: int, own: tuple[Hit, ...]) -> bool:
    """A place lies within the words of the claim itself."""
    for left, right, _ in own:
        if left <= start:
            if end <= right:
                return True
        else:
            return False
    return False
