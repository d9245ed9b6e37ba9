"""What codes mean to the rule base: the codes of findings, of their values and of conditions, and the record entries beside them."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from spinesafe.intake.fhir.resources import Coding, Concept
from spinesafe.intake.fhir.tokens import Token, plain_code, tokens_of
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.entry import Scalar
from spinesafe.rulebase.format import Codes
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.record_format import Families, Record

Held: TypeAlias = Scalar | tuple[str, ...] | None

_BY_HEADING = frozenset({"icd10cm", "icd11", "atc"})
_RANGE = "-"
_MOST_KEPT = 1 << 16
"""Codes whose meaning is remembered: a population repeats few, a hostile file none."""


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry of the knowledge takes a code for: values of findings, or the name of a question (a value of `None`)."""

    sets: dict[str, Held] = {}
    record: Record | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a code says of one finding. `alternatives`: one of the members is meant, and the code does not tell which."""

    finding: str
    value: Held
    record: Record | None = None
    alternatives: bool = False


class Shelf:
    """Senses by code. A heading holds for every code below it, never a code for its heading."""

    def __init__(self) -> None:
        self._senses: dict[tuple[str, str], list[Sense]] = {}
        self._ranges: list[tuple[str, str, str, Sense]] = []
        self._tokens: dict[str, list[Sense]] = {}
        self._above: set[tuple[str, str]] = set()

    def put(self, codes: Codes | Families, sense: Sense) -> None:
        """Let the codes mean this."""
        for system in codes.__struct_fields__:
            for code in getattr(codes, system):
                low, dash, high = code.partition(_RANGE)
                if dash and system in _BY_HEADING:
                    self._ranges.append((system, plain_code(low, system), plain_code(high, system), sense))
                    continue
                plain = plain_code(code, system)
                self._senses.setdefault((system, plain), []).append(sense)
                if system in _BY_HEADING:
                    self._above.update((system, plain[:length]) for length in range(1, len(plain)))
        for token in sense.record.tokens if sense.record else ():
            self._tokens.setdefault(token, []).append(sense)

    def find(self, token: Token) -> list[tuple[int, Sense]]:
        """The senses of a code, each with how many characters of it were needed."""
        found = [(len(token.code), sense) for sense in self._tokens.get(token.full, ())]
        shortest = 1 if token.system in _BY_HEADING else len(token.code)
        for length in range(len(token.code), shortest - 1, -1):
            found.extend((length, sense) for sense in self._senses.get((token.system, token.code[:length]), ()))
        for system, low, high, sense in self._ranges:
            if system == token.system and low <= token.code[: len(low)] <= high[: len(low)] and len(token.code) >= len(low):
                found.append((len(low), sense))
        return [(sharp, sense) for sharp, sense in found if not _excepted(sense.record, token)]

    def is_heading(self, token: Token) -> bool:
        """Whether codes below this one are known, and it is none itself."""
        return (token.system, token.code) in self._above


def _excepted(record: Record | None, token: Token) -> bool:
    if record is None or token.system not in Families.__struct_fields__:
        return False
    return any(token.code.startswith(plain_code(code, token.system)) for code in getattr(record.except_codes, token.system))


class CodeIndex:
    """The codes of a rule base, one shelf for each kind of thing that a record speaks of."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self._said: dict[tuple[str, str, str, str | None], tuple[Said, ...]] = {}
        shelves = ("condition", "medication", "procedure", "question", "answer", "body_site", "qualification")
        self._shelves = {about: Shelf() for about in shelves}
        for record in rulebase.records.values():
            if record.about in self._shelves and not (record.dates and record.of):
                sets = dict.fromkeys(record.of) if record.about == "question" else record.sets
                self._shelves[record.about].put(record.codes, Sense(sets=dict(sets), record=record))
        self._put_entries()

    def _put_entries(self) -> None:
        condition, question, answer = (self._shelves[about] for about in ("condition", "question", "answer"))
        for finding in self.rulebase.findings.values():
            if finding.codes:
                question.put(finding.codes, Sense(sets={finding.id: None}))
                if finding.kind == "boolean":
                    condition.put(finding.codes, Sense(sets={finding.id: True}))
            for member in finding.members:
                if member.codes:
                    value: Held = (member.id,) if finding.kind == "set" else member.id
                    for shelf in (condition, question, answer):
                        shelf.put(member.codes, Sense(sets={finding.id: value}))
        for disease in self.rulebase.conditions.values():
            for shelf in (condition, question, answer):
                shelf.put(disease.codes, Sense(sets={DIAGNOSES: (disease.id,)}))

    def said(self, about: str, concept: Concept | None, region: str | None = None) -> tuple[Said, ...]:
        """What the codes of a concept say, taken together: codings of one concept mean the same thing."""
        each = [self._of_coding(about, coding, region) for coding in concept.coding] if concept else []
        told = {(s.finding, m) for said in each for s in said if not s.alternatives and isinstance(s.value, tuple) for m in s.value}
        found: list[Said] = []
        for one in (_narrowed(s, told) for said in each for s in said):
            if one not in found:
                found.append(one)
        return tuple(found)

    def _of_coding(self, about: str, coding: Coding, region: str | None) -> tuple[Said, ...]:
        key = about, coding.system, coding.code, region
        if key not in self._said:
            if len(self._said) >= _MOST_KEPT:
                self._said.clear()
            each = ((*self._own(about, token), *self._of_token(about, token, region)) for token in tokens_of(coding))
            self._said[key] = tuple(said for told in each for said in told)
        return self._said[key]

    def _of_token(self, about: str, token: Token, region: str | None) -> Iterator[Said]:
        hits = [(n, s) for n, s in self._shelves[about].find(token) if s.record is None or s.record.at in {None, region}]
        if about == "question" and any(s.record for _, s in hits):
            hits = [(n, s) for n, s in hits if s.record]
        silent = max((n for n, s in hits if s.record and not s.sets and not s.record.dates), default=-1)
        for finding in dict.fromkeys(f for _, s in hits for f in s.sets):
            best = max(n for n, s in hits if finding in s.sets)
            if best > silent:
                senses = [s for n, s in hits if n == best and finding in s.sets]
                headings = [(n, s) for n, s in hits if s.record and finding in s.sets]
                if len(senses) > 1 and headings:
                    # Several entries share the code: the nearest record entry above it says which is meant.
                    nearest = max(n for n, _ in headings)
                    senses = [s for n, s in headings if n == nearest]
                yield from _said(finding, senses)
        for _, sense in hits:
            if sense.record and sense.record.dates:
                yield Said(finding=sense.record.dates, value=None, record=sense.record)

    def _own(self, about: str, token: Token) -> Iterator[Said]:
        if token.system != "own":
            return
        finding = self.rulebase.findings.get(token.code)
        if about == "question" and finding:
            yield Said(finding=token.code, value=None)
        elif about == "condition" and finding and finding.kind == "boolean" and finding.polarity != "protective":
            yield Said(finding=token.code, value=True)
        elif about in {"condition", "question"} and token.code in self.rulebase.conditions:
            yield Said(finding=DIAGNOSES, value=(token.code,))
        elif about == "procedure" and finding and finding.kind == "number" and finding.unit in {"d", "wk"}:
            yield Said(finding=token.code, value=None)
        elif about == "body_site" and token.code in self.rulebase.members["planned_region"]:
            yield Said(finding="planned_region", value=(token.code,))
        elif about == "qualification" and token.code in self.rulebase.members["diagnosed_by"]:
            yield Said(finding="diagnosed_by", value=token.code)

    def region(self, sites: Iterable[Concept]) -> str | None:
        """The one region that body sites name, if they name one."""
        named = {m for site in sites for s in self.said("body_site", site) if isinstance(s.value, tuple) for m in s.value}
        return named.pop() if len(named) == 1 else None

    def why_unread(self, about: str, concept: Concept | None) -> Iterator[tuple[str, str]]:
        """Why nothing was read from a concept: for each coding a reason and what it was, or one reason where there is no code."""
        tokens = [token for coding in (concept.coding if concept else ()) for token in tokens_of(coding)]
        if not tokens:
            yield "fhir_only_text" if concept and (concept.text or concept.coding) else "fhir_no_code", ""
        for token in tokens:
            yield self._why(about, token), token.shown.removeprefix("|")

    def _why(self, about: str, token: Token) -> str:
        if token.system == "icd9":
            return "fhir_icd9"
        if token.full.startswith("|"):
            return "fhir_code_without_system"
        if self._shelves[about].is_heading(token):
            return "fhir_code_is_a_heading"
        silent = any(s.record and not s.sets for _, s in self._shelves[about].find(token))
        return "fhir_code_says_too_little" if silent else "fhir_code_unknown"


def shown(concept: Concept | None) -> str:
    """The codes of a concept, for a quotation."""
    return ", ".join(dict.fromkeys(token.shown for coding in (concept.coding if concept else ()) for token in tokens_of(coding)))


def _said(finding: str, senses: list[Sense]) -> Iterator[Said]:
    placed = [s for s in senses if s.record and s.record.at]
    entered = [s for s in senses if s.record]
    chosen = placed or entered or senses
    values = [s.sets[finding] for s in chosen]
    if all(isinstance(value, tuple) for value in values):
        members = tuple(dict.fromkeys(m for value in values if isinstance(value, tuple) for m in value))
        yield Said(finding=finding, value=members, record=chosen[0].record, alternatives=len(chosen) > 1)
        return
    for sense in chosen:
        yield Said(finding=finding, value=sense.sets[finding], record=sense.record)


def _narrowed(said: Said, told: set[tuple[str, str]]) -> Said:
    """Of alternatives, those that another coding of the same concept names; all where none does."""
    if not said.alternatives or not isinstance(said.value, tuple):
        return said
    named = tuple(m for m in said.value if (said.finding, m) in told)
    return msgspec.structs.replace(said, value=named, alternatives=False) if named else said
