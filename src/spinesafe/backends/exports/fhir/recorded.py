"""What codes in records say, as value sets: a heading of a classification stands for all below it that say nothing else.

Of the entries that a code falls under, those at the longest heading count; where several share it, the entries about records say which is
meant. A code that several diseases share says for sure only that it is one of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from spinesafe.backends.exports.canonical import FINDINGS
from spinesafe.backends.exports.fhir.resource import Resource, published
from spinesafe.backends.exports.fhir.terminology import SYSTEMS
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Codes
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.record_format import Families

BY_HEADING = frozenset({"icd10cm", "icd11", "atc"})
"""Systems whose codes stand below headings."""
TRUE = "true"
OWN = "own"
"""Our own codes."""
_SYSTEMS = {**SYSTEMS, OWN: FINDINGS}
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Code(msgspec.Struct, frozen=True, order=True):
    """A code as the knowledge writes it."""

    system: str
    code: str

    @property
    def plain(self) -> str:
        """The code without what is only punctuation."""
        return _plain(self.code) if self.system in BY_HEADING else self.code

    @property
    def is_range(self) -> bool:
        """Whether it names a first and a last heading."""
        return self.system in BY_HEADING and "-" in self.code

    def is_above(self, other: "Code") -> bool:
        """Whether another code stands below this heading, or is it."""
        if self.system != other.system:
            return False
        if self.is_range:
            low, _, high = self.plain.partition("-")
            return low <= other.plain[: len(low)] <= high and len(other.plain) >= len(low)
        return other.plain.startswith(self.plain) if self.system in BY_HEADING else other.plain == self.plain

    @property
    def length(self) -> int:
        """How much of a code it settles."""
        return len(self.plain.partition("-")[0]) if self.is_range else len(self.plain)


@cache
def _plain(code: str) -> str:
    return code.upper().replace(".", "")


class Entry(msgspec.Struct, frozen=True):
    """An entry of the knowledge that reads codes; `says` is empty where they say too little to read."""

    codes: tuple[Code, ...]
    excepted: tuple[Code, ...]
    says: Mapping[str, frozenset[str]]
    of_records: bool

    def reach(self, code: Code) -> int:
        """The length of its longest heading over a code; 0 where it does not read it."""
        if any(no.is_above(code) for no in self.excepted):
            return 0
        return max((own.length for own in self.codes if own.is_above(code)), default=0)


def entries_of(rulebase: RuleBase, *, past: bool = False) -> list[Entry]:
    """The entries that read conditions on record: those that are there now, or with `past` those that are over."""
    return list(_of_records(rulebase, past=past)) if past else [*_of_entries(rulebase), *_of_records(rulebase, past=False)]


def _of_entries(rulebase: RuleBase) -> Iterator[Entry]:
    for finding in rulebase.findings.values():
        if finding.codes is not None and finding.kind == "boolean":
            yield Entry(_codes(finding.codes), (), {finding.id: frozenset({TRUE})}, of_records=False)
        for member in finding.members:
            if member.codes is not None:
                yield Entry(_codes(member.codes), (), {finding.id: frozenset({member.id})}, of_records=False)
    for condition in rulebase.conditions.values():
        yield Entry(_codes(condition.codes), (), {DIAGNOSES: frozenset({condition.id})}, of_records=False)


def _of_records(rulebase: RuleBase, *, past: bool) -> Iterator[Entry]:
    for record in rulebase.records.values():
        if record.about == "condition" and record.at is None and not record.dates:
            says = {finding: _values(value) for finding, value in (record.sets_when_past if past else record.sets).items()}
            yield Entry(_codes(record.codes), _codes(record.except_codes), says, of_records=True)


def _values(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, tuple) else frozenset({str(value).lower()})


def _codes(held: Codes | Families) -> tuple[Code, ...]:
    return tuple(Code(system, code) for system in held.__struct_fields__ for code in getattr(held, system))


def questions_of(rulebase: RuleBase) -> "Reading":
    """The codes by which findings, and members of them, are asked about. Where an entry about records claims a code, no other has it."""
    claimed = [(_codes(record.codes), record.of) for record in rulebase.records.values() if record.about == "question"]
    taken = {code for codes, _ in claimed for code in codes}
    found = [Entry(codes, (), dict.fromkeys(of, frozenset({""})), of_records=True) for codes, of in claimed]
    for finding in rulebase.findings.values():
        codes = tuple(code for code in _codes(finding.codes or Codes()) if code not in taken)
        found.append(Entry((Code(OWN, finding.id), *codes), (), {finding.id: frozenset({""})}, of_records=False))
        coded = ((member.id, _codes(member.codes)) for member in finding.members if member.codes is not None)
        found += [Entry(codes, (), {finding.id: frozenset({member})}, of_records=False) for member, codes in coded]
    for condition in rulebase.conditions.values():
        codes = (Code(OWN, condition.id), *_codes(condition.codes))
        found.append(Entry(codes, (), {DIAGNOSES: frozenset({condition.id})}, of_records=False))
    return Reading(found)


def sites_of(rulebase: RuleBase, region: str) -> "Contents":
    """The codes of a place of the body."""
    sites = [r for r in rulebase.records.values() if r.about == "body_site" and (region,) in r.sets.values()]
    return Contents(tuple(sorted(code for site in sites for code in _codes(site.codes))), ())


class Contents(msgspec.Struct, frozen=True):
    """The codes of a value set."""

    included: tuple[Code, ...]
    excluded: tuple[Code, ...]

    def holds(self, code: Code) -> bool:
        """Whether a code lies in it."""
        return any(one.is_above(code) for one in self.included) and not any(one.is_above(code) for one in self.excluded)


Told = tuple[str, str, bool]
"""A finding, a value, and whether it is told for sure."""


class Reading:
    """What codes say to some entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self.said = frozenset((f, value) for entry in self._entries for f, values in entry.says.items() for value in values)
        """Every value of a finding that some code gives it."""
        self._at: dict[Code, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for code in entry.codes:
                self._at.setdefault(Code(code.system, code.plain), []).append(number)
        self._ranges = [code for code in self._at if code.is_range]
        self._named = {code for entry in self._entries for code in (*entry.codes, *entry.excepted)}
        self._telling: dict[Told, list[Code]] = {}
        for code in sorted(self._named):
            for told in self._told(code):
                self._telling.setdefault(told, []).append(code)
        self._contents: dict[Told, Contents] = {}

    def contents(self, finding: str, value: str, *, sure: bool = True) -> Contents:
        """The codes by which a finding has a value, or, not `sure`, by which it may have this or another."""
        told = (finding, value, sure)
        if told not in self._contents:
            included = self._telling.get(told, [])
            below = (code for code in self._named.difference(included) if any(one.is_above(code) for one in included))
            self._contents[told] = Contents(tuple(included), tuple(sorted(below)))
        return self._contents[told]

    def contents_of_any(self, finding: str, values: Iterable[str], *, sure: bool = False) -> Contents:
        """The codes by which a finding has one of some values; also, unless it must be `sure`, those that say so only perhaps."""
        kinds = (True,) if sure else (True, False)
        parts = [self.contents(finding, value, sure=kind) for value in values for kind in kinds]
        included = {code for part in parts for code in part.included}
        below = {code for part in parts for code in part.excluded} - included
        return Contents(tuple(sorted(included)), tuple(sorted(below)))

    def _told(self, code: Code) -> Iterator[Told]:
        """All that a code says."""
        probe = Code(code.system, code.plain.partition("-")[0]) if code.is_range else code
        reached = [(reach, entry) for entry in self._over(probe) if (reach := entry.reach(probe))]
        silent = max((reach for reach, entry in reached if not entry.says), default=0)
        for finding in {finding for _, entry in reached for finding in entry.says}:
            telling = [(reach, entry) for reach, entry in reached if finding in entry.says]
            best = max(reach for reach, _ in telling)
            if best > silent:
                chosen = _chosen(telling, best)
                yield from ((finding, value, len(chosen) == 1) for value in {v for entry in chosen for v in entry.says[finding]})

    def _over(self, code: Code) -> list[Entry]:
        """The entries with a heading over a code."""
        plain = code.plain
        shortest = 1 if code.system in BY_HEADING else len(plain)
        above = [Code(code.system, plain[:length]) for length in range(shortest, len(plain) + 1)]
        found = {number for heading in (*above, *self._ranges) for number in self._at.get(heading, ()) if heading.is_above(code)}
        return [self._entries[number] for number in sorted(found)]


def _chosen(telling: Sequence[tuple[int, Entry]], best: int) -> list[Entry]:
    """The entries that count: at the longest heading, and where several stand there, the nearest about records."""
    chosen = [entry for reach, entry in telling if reach == best]
    recorded = [(reach, entry) for reach, entry in telling if entry.of_records]
    if len(chosen) > 1 and recorded:
        nearest = max(reach for reach, _ in recorded)
        return [entry for reach, entry in recorded if reach == nearest]
    return chosen


def value_set(name: str, title: Text, held: Contents, rulebase: RuleBase) -> Resource:
    """A value set of codes of records."""
    description = rulebase.sentences["export_recorded_description"]
    compose: Resource = {"include": list(_composed(held.included))}
    if held.excluded:
        compose["exclude"] = list(_composed(held.excluded))
    return published("ValueSet", name, title, description, rulebase) | {"compose": compose}


def _composed(codes: Iterable[Code]) -> Iterator[Resource]:
    listed: dict[str, list[str]] = {}
    for code in codes:
        if code.is_range:
            for pattern in patterns(*code.plain.split("-")):
                yield {"system": _SYSTEMS[code.system], "filter": [{"property": "code", "op": "regex", "value": pattern}]}
        elif code.system in BY_HEADING:
            yield {"system": _SYSTEMS[code.system], "filter": [{"property": "concept", "op": "is-a", "value": code.code}]}
        else:
            listed.setdefault(code.system, []).append(code.code)
    for system, held in listed.items():
        yield {"system": _SYSTEMS[system], "concept": [{"code": code} for code in held]}


def patterns(low: str, high: str) -> Iterator[str]:
    """Expressions for all codes from one heading to another, both with all that stands below them."""
    shared = next((place for place, (a, b) in enumerate(zip(low, high, strict=True)) if a != b), len(low))
    start = low[:shared]
    if shared == len(low):
        yield f"{start}.*"
        return
    for place in range(len(low) - 1, shared, -1):
        if above := _SIGNS[_SIGNS.index(low[place]) + (place < len(low) - 1) :]:
            yield _pattern(low[:place], above)
    if between := _SIGNS[_SIGNS.index(low[shared]) + (shared < len(low) - 1) : _SIGNS.index(high[shared]) + (shared == len(low) - 1)]:
        yield _pattern(start, between)
    for place in range(shared + 1, len(high)):
        if beneath := _SIGNS[: _SIGNS.index(high[place]) + (place == len(high) - 1)]:
            yield _pattern(high[:place], beneath)


def _pattern(start: str, signs: str) -> str:
    kinds = ("".join(sign for sign in signs if sign.isdigit() == digits) for digits in (True, False))
    spans = (kind if len(kind) == 1 else f"{kind[0]}-{kind[-1]}" for kind in kinds if kind)
    return f"{start}[{''.join(spans)}].*"
