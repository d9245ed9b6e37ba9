"""The checked, immutable rule base: everything that the other rooms read."""

from datetime import date

import msgspec

from spinesafe.model.outcome import Layout
from spinesafe.model.text import Text
from spinesafe.rulebase.claim_format import Claim, ClaimType, Guess, Hook, Motif, StanceRule
from spinesafe.rulebase.effects import Effect
from spinesafe.rulebase.entry import EvidenceStatus
from spinesafe.rulebase.expression import Expression
from spinesafe.rulebase.format import (
    Advice,
    Condition,
    Definition,
    Fault,
    Finding,
    Group,
    Law,
    MatrixRow,
    Owner,
    Region,
    Rule,
    Scope,
    Service,
    Source,
    Technique,
    Then,
)
from spinesafe.rulebase.language_format import LanguageKnowledge
from spinesafe.rulebase.problems import Place
from spinesafe.rulebase.program import Program
from spinesafe.rulebase.record_format import Record
from spinesafe.rulebase.saying_format import NarrativeKnowledge
from spinesafe.rulebase.theorem_format import Theorem


class CheckedRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule of any origin in one shape: a rule as written, a matrix row, or a row of a condition."""

    id: str
    origin: str
    """`rule`, `matrix` or `condition`."""
    reference: str
    when: Expression
    effects: tuple[Effect, ...]
    then: Then
    because: Text
    reason: str = ""
    sources: tuple[str, ...] = ()
    evidence_status: EvidenceStatus
    reviewed: date
    differs: str = ""
    after_treatment: bool = False
    condition: str = ""
    place: Place


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """Expressions beside the rules that screening asks about, by their place among the outputs."""

    hurts: dict[str, int]
    applies: dict[str, int]
    """Whether a question fits what is known of a person (`asked_when`)."""
    advice: dict[str, int]
    owners: tuple[int, ...]
    definitions: dict[str, int]


class TextKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What texts claim, how people put it and with what attitude. `readings` holds the trees of its expressions, by their text."""

    motifs: dict[str, Motif]
    types: dict[str, ClaimType]
    claims: dict[str, Claim]
    hooks: dict[str, Hook]
    stances: dict[str, StanceRule]
    guesses: tuple[Guess, ...]
    readings: dict[str, Expression]


class RuleBase(msgspec.Struct, frozen=True, kw_only=True):
    """All knowledge, resolved and checked. `digest` names its exact text.

    The outputs of `program` are the effects of all rules in order, then what is `watched`.
    """

    version: str
    digest: str
    findings: dict[str, Finding]
    members: dict[str, tuple[str, ...]]
    groups: dict[str, Group]
    definitions: dict[str, Definition]
    expressions: dict[str, Expression]
    """Trees of definitions and of `asked_when`, `when_unmentioned` and the like, by their text or name."""
    rules: tuple[CheckedRule, ...]
    conditions: dict[str, Condition]
    matrix: dict[str, MatrixRow]
    written_rules: dict[str, Rule]
    regions: dict[str, Region]
    scopes: dict[str, Scope]
    techniques: dict[str, Technique]
    services: dict[str, Service]
    owners: tuple[Owner, ...]
    advice: dict[str, Advice]
    sentences: dict[str, Text]
    faults: dict[str, Fault]
    narrative: NarrativeKnowledge
    records: dict[str, Record]
    sources: dict[str, Source]
    laws: dict[str, Law]
    theorems: dict[str, Theorem]
    texts: TextKnowledge
    language: LanguageKnowledge
    layout: Layout
    program: Program
    watched: Watched
