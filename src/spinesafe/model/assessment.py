"""The one result shape: for the library, JSON, HTTP, pages and the terminal alike. Every sentence in English and in Chinese."""

from datetime import date
from typing import Literal

import msgspec

from spinesafe.model.fact import Provenance
from spinesafe.model.outcome import Grid
from spinesafe.model.scales import HandsOn, Tier, Urgency
from spinesafe.model.text import Text


class FactRead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fact that a reason rests on, as it was known."""

    finding: str
    label: Text
    value: Text
    provenance: Provenance


class ReadingUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A named definition that was not decided, and what it was counted as in this result."""

    definition: str
    meaning: Text
    counted_as: bool
    waits_for: tuple[str, ...]


class Presumption(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that nobody examined or mentioned, what it was read as, and the condition that follows for hands-on care."""

    finding: str
    label: Text
    value: Text
    because: Literal["not_examined", "not_mentioned"]
    condition: Text | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that fired: what it raises to, why, on which facts, and on whose word.

    `hands_on` is what it raises the gentlest work and what is planned to, in the regions in question; `bars` names other techniques that it
    stops there. `certain` is false where the rule fires by a reading of what is not known.
    """

    rule: str
    reference: str
    origin: Literal["rule", "matrix", "condition", "program"]
    key: str = ""
    urgency: Urgency
    hands_on: HandsOn
    bars: tuple[str, ...] = ()
    text: Text
    facts: tuple[FactRead, ...] = ()
    certain: bool = True
    sources: tuple[str, ...] = ()
    evidence_status: str
    until: Text | None = None
    until_date: date | None = None


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """A question that could still raise the result, and how far."""

    finding: str
    question: Text
    answered_by: str
    asked: Literal["not_yet", "dont_know"]
    urgency: Urgency
    hands_on: HandsOn


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What the result would be if one fact were another."""

    finding: str
    label: Text
    value: Text
    urgency: Urgency
    hands_on: HandsOn
    direction: Literal["lower", "higher"]


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of advice, and the part of the result that it belongs to."""

    id: str
    place: Literal["what_to_do", "safety_net", "stop_signs", "limits"]
    text: Text


class ServiceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A service with the department to display."""

    id: str
    name: Text
    department: Text


class ConditionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A condition of the person, in words."""

    id: str
    name: Text
    explanation: Text
    provenance: Provenance


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that intake read, left out or doubted, with the reason in words."""

    where: str
    finding: str = ""
    value: str = ""
    quote: str = ""
    why: Text | None = None


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, what was ignored and why, and what was doubted."""

    read: tuple[Account, ...] = ()
    ignored: tuple[Account, ...] = ()
    warnings: tuple[Account, ...] = ()


class KnowledgeUsed(msgspec.Struct, frozen=True, kw_only=True):
    """Which text of the knowledge decided, and for which day."""

    version: str
    digest: str
    as_of: date


class WorstCase(msgspec.Struct, frozen=True, kw_only=True):
    """The worst that the missing answers leave open."""

    urgency: Urgency
    hands_on: HandsOn


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The decision in two sentences: how fast to be seen, and what hands may do."""

    urgency: Text
    hands_on: Text


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The decision for one person on one day.

    `hands_on` is the overall level: soft tissue work in the planned regions, where none is planned where it hurts, where neither is
    known on the whole spine. `planned` has each planned technique; `leading` is the graver of the two. `worst_case` is what the missing
    answers leave open; with `settled` there is nothing open. `services` and `conditions` are ids, best first; their words stand in
    `departments` and `about`.
    """

    id: str = ""
    headline: Headline
    urgency: Urgency
    tier: Tier
    hands_on: HandsOn
    planned: dict[str, HandsOn]
    leading: HandsOn
    grid: Grid
    regions: tuple[str, ...]
    settled: bool
    worst_case: WorstCase
    readings: tuple[ReadingUsed, ...]
    presumed: tuple[Presumption, ...]
    services: tuple[str, ...]
    departments: tuple[ServiceShown, ...]
    conditions: tuple[str, ...]
    about: tuple[ConditionShown, ...]
    reasons: tuple[Reason, ...]
    unanswered: tuple[Unanswered, ...]
    would_change: tuple[Change, ...]
    review_on: date | None
    advice: tuple[Advice, ...]
    intake: Intake
    knowledge: KnowledgeUsed
