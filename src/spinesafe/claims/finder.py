"""The first reader: where a text may claim something. It favours finding too much; the judge looks at the attitude."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Protocol

import msgspec

from spinesafe.claims.compile import Predicate, asked_for, compile_expressions, triggers
from spinesafe.claims.passage import Clause, Passage, Sentence
from spinesafe.claims.scanner import Hit
from spinesafe.rulebase.claim_format import Wording
from spinesafe.rulebase.rulebase import TextKnowledge


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Words that may be a claim. `own` are the places of the motifs that it is made of."""

    sentence: int
    start: int
    end: int
    own: tuple[Hit, ...]
    core: Hit
    """The first of them that makes it this claim: what stands before it may turn it round."""
    claim: str
    type: str | None
    wording: Wording
    also: tuple[str, ...] = ()


class Finder(Protocol):
    """A reader that finds candidates. A trained reader can stand beside the one of patterns."""

    def candidates(self, passage: Passage) -> Iterable[Candidate]:
        """Every place of a text that may claim something, those of form among them, in reading order."""


class PatternFinder:
    """Finds the wordings of the knowledge."""

    def __init__(self, knowledge: TextKnowledge, bits: Mapping[str, int]) -> None:
        self.rank = {name: number for number, name in enumerate(knowledge.types)}
        self.subjects = sum(1 << bits[name] for name, motif in knowledge.motifs.items() if motif.subject)
        trees = {w.when: knowledge.readings[w.when] for claim in knowledge.claims.values() for w in claim.wordings}
        predicates = compile_expressions(trees, bits)
        self._by_bit: dict[int, list[tuple[str, str | None, Wording, Predicate, int]]] = {}
        for claim in knowledge.claims.values():
            for wording in claim.wordings:
                tree = trees[wording.when]
                asked = sum(1 << bits[name] for name in asked_for(tree))
                line = (claim.id, wording.type or claim.type, wording, predicates[wording.when], asked)
                for name in triggers(tree):
                    self._by_bit.setdefault(bits[name], []).append(line)
        self._triggers = sum(1 << bit for bit in self._by_bit)

    def candidates(self, passage: Passage) -> list[Candidate]:
        """Every wording that a clause, or two side by side, holds; of those on the same words the one whose type stands first."""
        found: list[Candidate] = []
        for at, sentence in enumerate(passage.sentences):
            if sentence.mask & self._triggers:
                found.extend(self._of_sentence(passage, at, sentence))
        return found

    def _of_sentence(self, passage: Passage, at: int, sentence: Sentence) -> list[Candidate]:
        around = (
            0,
            0,
            sentence.mask,
            passage.sentences[at - 1].mask if at else 0,
            passage.sentences[at + 1].mask if at + 1 < len(passage.sentences) else 0,
            passage.around(at),
            0,
            0,
            passage.mask,
        )
        found: list[Candidate] = []
        alone: list[set[int]] = []
        clauses = passage.clauses(sentence)
        for clause in clauses:
            fired = self._fired(clause.mask, around, pair=False)
            alone.append({id(line[2]) for line in fired})
            found.extend(self._candidate(at, (clause,), line) for line in fired)
        for number, (left, right) in enumerate(pairwise(clauses)):
            if left.mask and right.mask:
                known = alone[number] | alone[number + 1]
                found.extend(
                    self._candidate(at, (left, right), line)
                    for line in self._fired(left.mask | right.mask, around, pair=True)
                    if id(line[2]) not in known and line[4] & left.mask and line[4] & right.mask
                )
        return self._settled(found)

    def _fired(self, mask: int, around: tuple[int, ...], *, pair: bool) -> list[tuple[str, str | None, Wording, Predicate, int]]:
        fired = []
        left = mask & self._triggers
        seen: set[int] = set()
        while left:
            bit = (left & -left).bit_length() - 1
            left &= left - 1
            for line in self._by_bit[bit]:
                if id(line[2]) not in seen and not (pair and line[2].within == "clause") and line[3](mask, *around, "", "", 0):
                    seen.add(id(line[2]))
                    fired.append(line)
        return fired

    def _candidate(self, at: int, clauses: tuple[Clause, ...], line: tuple[str, str | None, Wording, Predicate, int]) -> Candidate:
        claim, type_, wording, _, asked = line
        own = tuple(hit for clause in clauses for hit in clause.hits if asked >> hit[2] & 1)
        core = self._telling(own)[0]
        return Candidate(
            sentence=at, start=clauses[0].start, end=clauses[-1].end, own=own, core=core, claim=claim, type=type_, wording=wording
        )

    def _settled(self, found: list[Candidate]) -> list[Candidate]:
        """No two on the same words: the narrower first, then the type that stands first. The others are named beside it."""
        forms = [candidate for candidate in found if candidate.type is None]
        ordered = sorted(
            (candidate for candidate in found if candidate.type is not None),
            key=lambda c: (
                self.rank.get(str(c.type), 99),
                c.wording.verdict is None,
                c.wording.stance is None,
                c.end - c.start,
                -len(c.own),
            ),
        )
        kept: list[Candidate] = []
        for candidate in ordered:
            words = self._telling(candidate.own)
            rival = next(
                (k for k in kept if _meet(words, self._telling(k.own)) or (k.type == candidate.type and _inside(k, candidate))), None
            )
            if rival is None:
                kept.append(candidate)
            elif rival.claim != candidate.claim:
                kept[kept.index(rival)] = msgspec.structs.replace(rival, also=tuple(dict.fromkeys((*rival.also, candidate.claim))))
        return sorted([*_apart(kept), *forms], key=lambda c: (c.start, c.end))

    def _telling(self, own: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The words that make it this claim, without those that only name the subject."""
        return tuple(hit for hit in own if not self.subjects >> hit[2] & 1) or own


def _meet(some: tuple[Hit, ...], others: tuple[Hit, ...]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)


def _inside(kept: Candidate, candidate: Candidate) -> bool:
    return kept.start < candidate.end and candidate.start < kept.end


def _apart(kept: list[Candidate]) -> list[Candidate]:
    """Claims that share a clause divide it between them, where the words of the second begin."""
    ordered = sorted(kept, key=lambda candidate: (candidate.core[0], candidate.start))
    for number in range(1, len(ordered)):
        first, second = ordered[number - 1], ordered[number]
        border = second.core[0]
        if first.end > second.start and first.start < border < second.end:
            ordered[number - 1] = msgspec.structs.replace(first, end=min(first.end, border))
            ordered[number] = msgspec.structs.replace(second, start=max(second.start, border))
    return [candidate for candidate in ordered if candidate.start < candidate.end]
