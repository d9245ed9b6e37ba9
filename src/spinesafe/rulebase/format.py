"""The shape of the knowledge files: one class a kind of entry, exactly as an author writes it.

Expressions stay text here; `resolve` gives them their meaning. The JSON schema for editors is generated from
these classes (`spinesafe knowledge schema`).
"""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase.claim_format import Claim, ClaimType, Guess, Hook, Motif, StanceRule
from spinesafe.rulebase.entry import Entry, Id, Reviewed, Scalar
from spinesafe.rulebase.language_format import Abbreviation, Boundary, Cue, Lookalike, Quantity, Section, Slot, Tongue
from spinesafe.rulebase.record_format import Record
from spinesafe.rulebase.saying_format import Change, Concept, Limit, Precedence, Saying, SharedName
from spinesafe.rulebase.theorem_format import Theorem

Polarity = Literal["danger", "protective", "neutral", "mixed"]


class Source(Entry, frozen=True, kw_only=True):
    """A document that the knowledge rests on, and how it was seen."""

    id: str
    title: str
    body: str
    year: str
    identifier: str
    seen: Literal["primary", "secondary", "not_read"]
    seen_note: str = ""
    reviewed: date
    review_by: date


class Codes(Entry, frozen=True, kw_only=True):
    """Codes of an entry, always as text: 2E03 is no number. Several in one list are alternatives."""

    icd10cm: tuple[str, ...] = ()
    icd11: tuple[str, ...] = ()
    snomed: tuple[str, ...] = ()
    loinc: tuple[str, ...] = ()
    orpha: tuple[str, ...] = ()
    rxnorm: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()


class Member(Entry, frozen=True, kw_only=True):
    """One value of a choice, or one member of a set.

    `gravity` orders the values of a choice: a step to a higher number is a step to a graver answer. Values
    without one are compared with none. `codes` set this value when a record holds them. A value that `outlives_diagnosis` (treated,
    healed), once stated, stands against what a diagnosis implies.
    """

    id: Id
    label: Text
    polarity: Polarity = "neutral"
    gravity: int | None = None
    outlives_diagnosis: bool = False
    codes: Codes | None = None


class Unmentioned(Entry, frozen=True, kw_only=True):
    """What a narrative that is silent about a finding is read as, under a condition."""

    when: str = "true"
    value: Scalar


class Finding(Entry, frozen=True, kw_only=True):
    """Something that can be known about a person: a question with its words, codes and weight.

    `when_unmentioned` is the closed-world reading of silence in a narrative, and what "not examined" is
    presumed as; absent means: stays unknown. `presumed` marks a gate whose presumption is named as a condition.
    `asked_when` holds a question back until an expression is not false. `stated_by` are the protective or
    opposite facts. `unit` is a UCUM code.
    """

    id: Id
    reference: str
    kind: Literal["boolean", "number", "choice", "set"]
    label: Text
    question: Text
    help: Text | None = None
    answered_by: Literal["patient", "patient_or_clinician", "clinician", "system"]
    evidence_for: str
    group: Id
    red_flag: Literal["sufficient", "weak", "no"]
    polarity: Polarity
    polarity_reason: str = ""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    none_label: Text | None = None
    members: tuple[Member, ...] = ()
    members_from: Literal["conditions", ""] = ""
    codes: Codes | None = None
    when_unmentioned: Scalar | tuple[Unmentioned, ...] | None = None
    presumption: Text | None = None
    asked_when: str = ""
    personal: bool = False
    note: str = ""


class Group(Entry, frozen=True, kw_only=True):
    """Findings that a form asks together."""

    id: Id
    title: Text
    introduction: Text | None = None
    any_of: bool = False


class Definition(Entry, frozen=True, kw_only=True):
    """A named expression, or a named count. `when_not_known` says what it counts as in a delivered result."""

    id: Id
    reference: str
    is_: str = msgspec.field(name="is", default="")
    counts: tuple[str, ...] = ()
    when_not_known: bool | None = None
    meaning: Text
    differs: str = ""
    note: str = ""


MatrixLetter = Literal["O", "P", "N", "T", "R", "A"]


class Touch(Entry, frozen=True, kw_only=True):
    """What hands may do at some regions with some techniques.

    `at` names regions or scopes (`everywhere`, `all_spine`, `neck` ...), or a place finding
    (`place: tumour_region`), whose unknown value is the whole spine; `neighbours` adds the regions next to each.
    `techniques` names techniques or groups of them; empty means every technique.
    `level` is a word of the scale, or `relative`: wait until a regulated clinician has given a written reason for
    the technique, then adapt. `when` is a further condition for this part alone.
    """

    at: tuple[Id, ...] = ()
    place: Id | None = None
    neighbours: bool = False
    techniques: tuple[Id, ...] = ()
    level: Literal["proceed", "adapt", "wait", "diagnose_first", "stop", "relative"]
    when: str = ""


class Then(Entry, frozen=True, kw_only=True):
    """The part of an outcome that a rule raises to. All of it joins with what other rules raise.

    `owner` is the service that owns the cause, or several, the first one first; `until` says in words when a waiting ends, and
    `until_days` counts the last day from the day zero of a finding (`current_episode_days: 14`).
    """

    urgency: Urgency = Urgency.ROUTINE
    hands_on: tuple[Touch, ...] = ()
    owner: Id | tuple[Id, ...] | None = None
    until: Text | None = None
    until_days: dict[Id, float] = {}
    advice: tuple[Id, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The services that own the cause, the first one first."""
        return self.owner if isinstance(self.owner, tuple) else (self.owner,) if self.owner else ()


class Rule(Reviewed, frozen=True, kw_only=True):
    """When something holds, then a part of an outcome, because of a reason in words.

    `reference` is the id in the clinical reference. `differs` says where the rule leaves the letter of the
    reference, always to the graver side. `reason` is a short key that programs can read (PLACE, GUIDANCE ...).
    `emergency_flags` names the findings that make it fire alone. `after_treatment` keeps it for the follow-up screen.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_/]*$")]
    reference: str
    when: str
    then: Then
    because: Text
    reason: str = ""
    differs: str = ""
    after_treatment: bool = False


class MatrixRow(Reviewed, frozen=True, kw_only=True):
    """One row of the hands-on matrix: a state, a place, and a letter for each column of techniques.

    O allowed, P with precautions, N no benefit shown, T wait, R relative, A not at all.
    """

    id: Id
    reference: str = "D.2"
    when: str
    at: tuple[Id, ...] = ()
    place: Id | None = None
    neighbours: bool = False
    soft_tissue: MatrixLetter
    mobilisation: MatrixLetter
    thrust: MatrixLetter
    traction: MatrixLetter
    also: tuple[Touch, ...] = ()
    because: Text
    owner: Id | None = None
    until: Text | None = None
    until_days: dict[Id, float] = {}
    differs: str = ""


class Names(Entry, frozen=True, kw_only=True):
    """A term in each language, as lists: what people write."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class Department(Entry, frozen=True, kw_only=True):
    """The service that a condition belongs to, and the department to display."""

    service: Id
    department: Text


class ConditionRule(Entry, frozen=True, kw_only=True):
    """A rule of one condition; its `when` is read together with "this condition is among the diagnoses"."""

    id: Id
    when: str = "true"
    then: Then
    because: Text
    differs: str = ""


class Condition(Reviewed, frozen=True, kw_only=True):
    """A disease or state: its names, codes and service, what it implies, and the rules that follow from its row.

    `mistranslations` are matched on input and never shown; so are `not_displayed` names (dated, offensive).
    `implies` sets findings, before any rule, unless they were answered otherwise.
    `matrix_rows` names the rows that say what hands may do. `lifelong` diseases do not end, though a record may call one resolved.
    """

    id: Id
    name: Text
    display_name: Text | None = None
    synonyms: Names = Names()
    mistranslations: Names = Names()
    not_displayed: Names = Names()
    explanation: Text
    group: Id
    codes: Codes = Codes()
    adult: Department
    child: Department
    setting: Literal["outpatient", "emergency_department", "either"]
    implies: dict[Id, Scalar | tuple[str, ...]] = {}
    rules: tuple[ConditionRule, ...]
    matrix_rows: tuple[Id, ...]
    advice: tuple[Id, ...] = ()
    polarity: Polarity = "danger"
    lifelong: bool = False
    note: str = ""


class Region(Entry, frozen=True, kw_only=True):
    """A part of the body that hands can be laid on. `hurts_when` says when it counts as painful."""

    id: Id
    label: Text
    neighbours: tuple[Id, ...] = ()
    hurts_when: str = "false"


class Scope(Entry, frozen=True, kw_only=True):
    """A word for several regions."""

    id: Id
    label: Text
    regions: tuple[Id, ...]


class Technique(Entry, frozen=True, kw_only=True):
    """A way of treating by hand, the column of the matrix that it stands in, and what meets a relative bar."""

    id: Id
    label: Text
    explanation: Text
    column: Literal["soft_tissue", "mobilisation", "thrust", "traction"]
    relative_met_when: str


class UrgencyBars(Entry, frozen=True, kw_only=True):
    """What an urgency alone does to every cell, whatever is planned: an open urgent question is not gone round."""

    urgency: Urgency
    level: HandsOn


class Service(Entry, frozen=True, kw_only=True):
    """A service of the closed list, with the departments it covers."""

    id: Id
    name: Text
    department: Text
    child_department: Text


class Owner(Entry, frozen=True, kw_only=True):
    """Who owns the cause instead of a rule's own service, while an expression holds. The first that holds counts."""

    instead_of: tuple[Id, ...]
    when: str
    owner: Id


class Advice(Entry, frozen=True, kw_only=True):
    """A sentence for the person, named by rules, or shown whenever `when` holds."""

    id: Id
    text: Text
    when: str = ""
    place: Literal["what_to_do", "safety_net", "stop_signs", "limits"] = "what_to_do"


class Sentence(Entry, frozen=True, kw_only=True):
    """A sentence of the product itself. `{names}` in braces are filled in by the program."""

    id: Id
    text: Text


class Fault(Entry, frozen=True, kw_only=True):
    """What can be wrong with an input, in words: what was found, why it matters, how to mend it. `{names}` are filled in."""

    id: Id
    found: Text
    why: Text
    mend: Text


class Law(Entry, frozen=True, kw_only=True):
    """A statement of the reference that is held as a law by tests and proofs, not by a rule."""

    id: Id
    reference: str
    statement: Text
    held_by: str


class File(Entry, frozen=True, kw_only=True):
    """One knowledge file: lists of entries by kind. `defaults` fill what its reviewed entries leave out."""

    defaults: dict[str, Any] = {}
    sources: tuple[Source, ...] = ()
    groups: tuple[Group, ...] = ()
    findings: tuple[Finding, ...] = ()
    definitions: tuple[Definition, ...] = ()
    rules: tuple[Rule, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    conditions: tuple[Condition, ...] = ()
    regions: tuple[Region, ...] = ()
    scopes: tuple[Scope, ...] = ()
    techniques: tuple[Technique, ...] = ()
    urgency_bars: tuple[UrgencyBars, ...] = ()
    services: tuple[Service, ...] = ()
    owners: tuple[Owner, ...] = ()
    advice: tuple[Advice, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    faults: tuple[Fault, ...] = ()
    concepts: tuple[Concept, ...] = ()
    sayings: tuple[Saying, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    limits: tuple[Limit, ...] = ()
    changes: tuple[Change, ...] = ()
    shared_names: tuple[SharedName, ...] = ()
    records: tuple[Record, ...] = ()
    laws: tuple[Law, ...] = ()
    theorems: tuple[Theorem, ...] = ()
    motifs: tuple[Motif, ...] = ()
    claim_types: tuple[ClaimType, ...] = ()
    claims: tuple[Claim, ...] = ()
    hooks: tuple[Hook, ...] = ()
    stances: tuple[StanceRule, ...] = ()
    guesses: tuple[Guess, ...] = ()
    cues: tuple[Cue, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    sections: tuple[Section, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    slots: tuple[Slot, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    tongues: tuple[Tongue, ...] = ()
