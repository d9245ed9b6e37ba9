"""Any name of a disease to the condition that is meant: proper, everyday, short, dated, mistranslated or misspelt."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from spinesafe.intake.narrative import NarrativeReader
from spinesafe.intake.narrative.names import Name, all_names
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Has, atoms_of
from spinesafe.rulebase.format import Finding

MatchKind = Literal["name", "synonym", "mistranslation", "not_displayed", "listed", "similar"]
_SURE, _NAMED, _CLOSE, _NEAR = 100.0, 96.0, 84.0, 6.0
_FEW = 4
_STOP_WORDS = frozenset({"of", "the", "a", "an", "in", "my", "with", "and", "on", "disease", "syndrome"})
_SIGNS = re.compile(r"[^\w\s]|_")
_HAN = re.compile(r"[\u3400-\u9fff]")
DIAGNOSES = "diagnosis_condition"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that a name may mean, the name of ours that it was found by, and how sure that is (100: the same words)."""

    condition: str
    by: str
    kind: MatchKind
    score: float


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a name means: the best match, others that it may mean as well, and the question that tells them apart."""

    words: str
    match: Match | None = None
    others: tuple[Match, ...] = ()
    ask: str = ""
    """The finding whose question tells the meanings apart."""


class TermIndex:
    """All names of a rule base, ready to be asked."""

    def __init__(self, rulebase: RuleBase) -> None:
        from spinesafe.language.characters import Characters

        self.rulebase = rulebase
        self._characters = Characters(rulebase.language.lookalikes.values())
        self.names = all_names(rulebase)
        self._exact: dict[str, list[Name]] = {}
        for name in self.names:
            for key in self._keys(name.text):
                self._exact.setdefault(key, []).append(name)
        self._loose = [(self._loosely(name.text), name) for name in self.names]
        self._shared = {
            key: shared
            for shared in rulebase.narrative.shared_names.values()
            for text in (*shared.en, *shared.zh)
            for key in self._keys(text)
        }
        self._in_conditions: dict[str, set[str]] = {}
        for loose, name in self._loose:
            for word in loose.split():
                self._in_conditions.setdefault(word, set()).add(name.condition)

    def find(self, words: str) -> Answer:
        """What a name means."""
        shared = next((self._shared[key] for key in self._keys(words) if key in self._shared), None)
        if shared is not None:
            first, *rest = (Match(condition=condition, by=words, kind="synonym", score=_SURE) for condition in shared.means)
            return Answer(words=words, match=first, others=tuple(rest), ask=shared.ask or "")
        exact = next((found for key in self._keys(words) if (found := self._exact.get(key))), None)
        matches = [*_best_each(_match(name, _SURE) for name in exact)] if exact else (self._named_in(words) or self._similar(words))
        if not matches:
            return Answer(words=words)
        first = matches[0]
        others = tuple(m for m in matches[1:] if m.score >= first.score - _NEAR)[:5]
        return Answer(words=words, match=first, others=others, ask=self._question(first, others))

    @cached_property
    def _reader(self) -> NarrativeReader:
        return NarrativeReader(self.rulebase)

    def _named_in(self, words: str) -> list[Match]:
        """Conditions that the words name as a note would ("L5/S1 disc protrusion")."""
        named = self._reader.read(words, date.min).named
        return [*_best_each(Match(condition=one.condition, by=one.mention.quote, kind=one.name.kind, score=_NAMED) for one in named)]

    def _similar(self, words: str) -> list[Match]:
        """Names of nearly the same words, in any order, or with a letter wrong."""
        from rapidfuzz import fuzz

        wanted = self._loosely(words)
        if not wanted:
            return []
        chinese = bool(_HAN.search(wanted))
        found = []
        for loose, name in self._loose:
            if not loose or bool(_HAN.search(loose)) is not chinese or (len(loose) < len(wanted) / 3 and not chinese):
                continue
            score = fuzz.ratio(wanted, loose) if chinese else max(fuzz.token_sort_ratio(wanted, loose), fuzz.ratio(wanted, loose))
            if chinese and len(loose) > 2 and (loose in wanted or wanted in loose):  # noqa: PLR2004 - two characters are too few
                score = max(score, 90.0 - abs(len(loose) - len(wanted)))
            if not chinese and set(wanted.split()) >= set(loose.split()) and len(loose.split()) > 1:
                score = max(score, 92.0 - 2 * (len(wanted.split()) - len(loose.split())))
            if not chinese and name.kind != "mistranslation" and set(wanted.split()) < set(loose.split()) and self._tells(wanted):
                score = max(score, _CLOSE + _NEAR - (len(loose.split()) - len(wanted.split())))
            if score >= _CLOSE:
                found.append(
                    Match(
                        condition=name.condition, by=name.text, kind="similar" if name.kind != "mistranslation" else name.kind, score=score
                    )
                )
        return [*_best_each(found)]

    def _tells(self, wanted: str) -> bool:
        """Whether a part of a name belongs to few diseases: "chiari" does, "spinal" does not."""
        return any(len(self._in_conditions.get(word, ())) in range(1, _FEW + 1) for word in wanted.split())

    def _question(self, first: Match, others: Iterable[Match]) -> str:
        """The question that tells meanings apart: that of a kind of the disease, else where it is."""
        kind = next(
            (
                f
                for f in self.rulebase.findings.values()
                if f.kind == "choice" and f.answered_by != "clinician" and self._asked_with(f, first.condition)
            ),
            None,
        )
        if kind is not None:
            return kind.id
        group = self.rulebase.conditions[first.condition].group
        return "pain_region" if any(self.rulebase.conditions[other.condition].group == group for other in others) else ""

    def _asked_with(self, finding: Finding, condition: str) -> bool:
        """The question is asked of nobody but those with this disease."""
        asked = finding.asked_when and atoms_of(self.rulebase.expressions[finding.asked_when])
        return bool(asked) and asked[0] == Has(DIAGNOSES, condition)

    def _keys(self, text: str) -> list[str]:
        """The ways to look a name up: as it is, and without a plural."""
        plain = self._plainly(text)
        words = plain.split()
        if not words or not words[-1].isascii():
            return [plain.replace(" ", "")] if _HAN.search(plain) else [plain]
        singular = " ".join([*words[:-1], _singular(words[-1])])
        return [*dict.fromkeys([plain, singular])]

    def _plainly(self, text: str) -> str:
        from spinesafe.language.normalise import normalise

        folded = normalise(unicodedata.normalize("NFKC", text), self._characters).text
        return " ".join(_SIGNS.sub(" ", folded).casefold().split())

    def _loosely(self, text: str) -> str:
        plain = self._plainly(text)
        if _HAN.search(plain):
            return plain.replace(" ", "")
        return " ".join(sorted(_singular(word) for word in plain.split() if word not in _STOP_WORDS))


def _match(name: Name, score: float) -> Match:
    return Match(condition=name.condition, by=name.text, kind=name.kind, score=score)


def _best_each(matches: Iterable[Match]) -> Iterable[Match]:
    """The best match of each condition, best first; of the same words the proper name before a mistranslation."""
    order = {"name": 0, "synonym": 1, "listed": 2, "not_displayed": 2, "similar": 3, "mistranslation": 4}
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: (-m.score, order[m.kind])):
        best.setdefault(match.condition, match)
    return best.values()


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or word.endswith(("ss", "is", "us")):  # noqa: PLR2004 - shorter words have no plural here
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")
