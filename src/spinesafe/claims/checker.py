"""A text to its report: find, judge, say why."""

from collections.abc import Iterator
from functools import cache

import msgspec

from spinesafe.claims.finder import Candidate, Finder, PatternFinder
from spinesafe.claims.judge import Judgement, RuleJudge
from spinesafe.claims.passage import Passage, read
from spinesafe.claims.scanner import Scanner
from spinesafe.language.segment import full_stops
from spinesafe.language.tongue import tongue_of, unread
from spinesafe.model.claim_report import (
    COMMERCIAL,
    Claim,
    ClaimReport,
    Confidence,
    FormFinding,
    Jurisdiction,
    LegalHook,
    Speaker,
    alert_of,
)
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.claim_format import Claim as Entry

BLOCK = 100_000
"""A longer text is read in blocks of so many characters."""
FOREIGN = 20
"""So many characters in another script are more than a name."""
GAP = 40
"""So many characters may stand between two clauses that are one quote."""


class Checker:
    """Checks texts against one rule base."""

    def __init__(self, rulebase: RuleBase, finder: Finder | None = None) -> None:
        self.rulebase = rulebase
        self.knowledge = rulebase.texts
        self.scanner = Scanner(self.knowledge.motifs, rulebase.language)
        self.stops = full_stops(rulebase.language)
        self.tongues = {tongue.id: frozenset(tongue.words) for tongue in rulebase.language.tongues.values()}
        self.finder = finder or PatternFinder(self.knowledge, self.scanner.bits)
        self.judge = RuleJudge(self.knowledge, self.scanner.bits)
        self._spine = 1 << self.scanner.bits["spine_care"]
        self._ambiguous = 1 << self.scanner.bits["spine_perhaps"]
        self._other = 1 << self.scanner.bits["another_subject"]

    def check(
        self, text: str, *, name: str = "", speaker: Speaker | None = None, jurisdictions: frozenset[Jurisdiction] | None = None
    ) -> ClaimReport:
        """The claims of a text."""
        start = 0
        parts: list[ClaimReport] = []
        for end in _block_ends(text):
            parts.append(self._block(text[start:end], start, parts[0].speaker if parts else speaker, jurisdictions))
            start = end
        read_parts = [part for part in parts if part.unread is None]
        if not read_parts:
            return msgspec.structs.replace(parts[0], id=name, text=text)
        claims = tuple(claim for part in read_parts for claim in part.claims)
        return ClaimReport(
            id=name,
            alert=alert_of(claims),
            speaker=read_parts[0].speaker,
            speaker_given=speaker is not None,
            claims=claims,
            form=tuple(found for part in read_parts for found in part.form),
            warnings=tuple(dict.fromkeys(said for part in parts for said in (*part.warnings, part.unread) if said is not None)),
            text=text,
            knowledge=self.rulebase.digest,
        )

    def _block(self, text: str, offset: int, speaker: Speaker | None, jurisdictions: frozenset[Jurisdiction] | None) -> ClaimReport:
        """The claims of a text of bearable length, with the places that they have in the whole."""
        passage = read(text, self.scanner, self.stops)
        if not any(sign.isalnum() for sign in passage.normal.text):
            return self.unread("text_without_words")
        who = speaker or self.judge.speaker(passage)
        candidates = list(self.finder.candidates(passage)) if self.speaks_of_spines(passage) else []
        judged = [(c, self.judge.judgement(c, passage, who)) for c in candidates if c.type is not None]
        commercial = who in COMMERCIAL
        laws = jurisdictions if commercial else frozenset()
        claims = tuple(self._claim(text, passage, c, j, laws) for c, j in _joined(judged))
        form = tuple(self._form(text, passage, c, laws) for c in candidates if c.type is None) if commercial else ()
        if not claims and not form and tongue_of(passage.normal.text, self.tongues, self.scanner.vocabulary.words) == "neither":
            return self.unread("text_of_neither_language")
        if offset:
            claims = tuple(msgspec.structs.replace(c, start=c.start + offset, end=c.end + offset) for c in claims)
            form = tuple(msgspec.structs.replace(f, start=f.start + offset, end=f.end + offset) for f in form)
        return ClaimReport(alert=alert_of(claims), speaker=who, claims=claims, form=form, warnings=self._warnings(passage))

    def _warnings(self, passage: Passage) -> tuple[Text, ...]:
        """That a longer part stands in a script that nobody here reads."""
        foreign = any(end - start >= FOREIGN for start, end in unread(passage.normal.text))
        return (self.rulebase.sentences["narrative_unread_script"],) if foreign else ()

    def unread(self, fault: str, *, name: str = "", text: str = "", **details: str) -> ClaimReport:
        """The report of a text that could not be read: it has no alert, and is never called free of claims."""
        found = self.rulebase.faults[fault].found
        said = Text(en=found.en.format(**details), zh=found.zh.format(**details))
        return ClaimReport(id=name, alert=None, unread=said, text=text, knowledge=self.rulebase.digest)

    def speaks_of_spines(self, passage: Passage) -> bool:
        """Whether the text is about spines and their care, and not about hard disks, cars or dough with the same words."""
        if not passage.mask & self._other:
            return bool(passage.mask & (self._spine | self._ambiguous))
        weights = {self._spine: 4, self._ambiguous: 2, self._other: -5}
        return sum(weights.get(1 << number, 0) for sentence in passage.sentences for _, _, number in sentence.hits) > 0

    def _claim(
        self, text: str, passage: Passage, candidate: Candidate, judgement: Judgement, jurisdictions: frozenset[Jurisdiction] | None
    ) -> Claim:
        start, end = passage.quoted(candidate.start, candidate.end)
        entry = self._entry(candidate, judgement)
        type_ = self.knowledge.types[judgement.type]
        confidence: Confidence = (
            "low" if judgement.unsure else "medium" if candidate.wording.within != "clause" and "\n" in text else "high"
        )
        return Claim(
            start=start,
            end=end,
            quote=text[start:end],
            type=judgement.type,
            claim=entry.id if entry else "",
            also=tuple(name for name in candidate.also if entry is None or name != entry.id),
            stance=judgement.stance,
            verdict=judgement.verdict,
            title=entry.title if entry else type_.title,
            because=entry.because if entry else type_.says,
            instead=entry.instead if entry else None,
            sources=entry.sources if entry else (),
            legal=self._legal(entry, jurisdictions) if judgement.stance in {"asserted", "conditional"} else (),
            confidence=confidence,
            needs_human=judgement.unsure,
            read_as=f"{candidate.wording.when} · {judgement.rule}",
        )

    def _entry(self, candidate: Candidate, judgement: Judgement) -> Entry | None:
        """The entry that explains it: that of the wording, or of the sound mirror."""
        if judgement.mirrored:
            return next((claim for claim in self.knowledge.claims.values() if claim.type == judgement.type), None)
        return self.knowledge.claims[candidate.claim]

    def _form(self, text: str, passage: Passage, candidate: Candidate, jurisdictions: frozenset[Jurisdiction] | None) -> FormFinding:
        start, end = passage.quoted(candidate.start, candidate.end)
        entry = self.knowledge.claims[candidate.claim]
        return FormFinding(
            start=start,
            end=end,
            quote=text[start:end],
            claim=entry.id,
            title=entry.title,
            because=entry.because,
            legal=self._legal(entry, jurisdictions),
        )

    def _legal(self, entry: Entry | None, jurisdictions: frozenset[Jurisdiction] | None) -> tuple[LegalHook, ...]:
        if entry is None or jurisdictions == frozenset():
            return ()
        hooks = (self.knowledge.hooks[name] for name in entry.hooks)
        return tuple(
            LegalHook(id=h.id, jurisdiction=h.jurisdiction, rule=h.rule, content=h.content, sources=h.sources)
            for h in hooks
            if jurisdictions is None or h.jurisdiction in jurisdictions
        )


def _joined(judged: list[tuple[Candidate, Judgement]]) -> list[tuple[Candidate, Judgement]]:
    """Clauses side by side that claim the same with the same attitude are one quote."""
    joined: list[tuple[Candidate, Judgement]] = []
    for candidate, judgement in judged:
        if joined:
            last, said = joined[-1]
            same = (said.type, said.stance, said.verdict) == (judgement.type, judgement.stance, judgement.verdict)
            if same and last.sentence == candidate.sentence and candidate.start - last.end <= GAP:
                also = tuple(dict.fromkeys((*last.also, *((candidate.claim,) if candidate.claim != last.claim else ()), *candidate.also)))
                joined[-1] = (
                    msgspec.structs.replace(last, end=max(last.end, candidate.end), own=(*last.own, *candidate.own), also=also),
                    said,
                )
                continue
        joined.append((candidate, judgement))
    return joined


def _block_ends(text: str) -> Iterator[int]:
    """Where a long text is cut, so that its length costs time and no more: at the end of a line or sentence, where there is one."""
    start = 0
    while len(text) - start > BLOCK:
        window = text[start + BLOCK // 2 : start + BLOCK]
        cut = next((at for at in (window.rfind(sign) for sign in ("\n", "。", ". ", "，", ", ", " ")) if at >= 0), BLOCK // 2 - 1)
        start += BLOCK // 2 + cut + 1
        yield start
    yield len(text)


@cache
def built_in() -> Checker:
    """The checker of the built-in knowledge."""
    return Checker(load())
