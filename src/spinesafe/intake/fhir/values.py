"""Values of FHIR to values of findings. What is no value of its finding is refused with a reason, never bent into one."""

from datetime import date
from typing import TypeAlias

import msgspec

from spinesafe.intake.fhir.amounts import Limits, Refusal, checked, counts_time_since, of_quantity, time_since
from spinesafe.intake.fhir.codes import CodeIndex
from spinesafe.intake.fhir.moments import moment
from spinesafe.intake.fhir.resources import Coding, Concept, Valued
from spinesafe.intake.fhir.tokens import tokens_of
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase.format import Finding

Read: TypeAlias = Value | Refusal

_YES = frozenset({"snomed|373066001", "snomed|52101004", "snomed|10828004", "loinc|LA33-6", "v2-0136|Y"})
_NO = frozenset({"snomed|373067005", "snomed|2667000", "snomed|260385009", "loinc|LA32-8", "v2-0136|N"})
_UNKNOWN = frozenset(
    {
        "snomed|261665006",
        "loinc|LA12688-0",
        "loinc|LA4489-6",
        "v3-NullFlavor|UNK",
        "v3-NullFlavor|ASKU",
        "data-absent-reason|asked-unknown",
        "data-absent-reason|asked-declined",
        "data-absent-reason|unknown",
    }
)
_NOT_DONE = frozenset({"data-absent-reason|not-performed"})
_SHOWS = frozenset({"POS", "DET", "A", "AA"})
_SHOWS_NOT = frozenset({"NEG", "ND", "N"})
_OTHER_TYPES = ("range", "ratio", "sampled_data", "time", "period", "uri", "attachment", "reference")
_BY_CLINICIANS = frozenset({"clinician", "patient_or_clinician"})


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a value is an answer to: a finding, or one member of it."""

    finding: Finding
    members: tuple[str, ...]
    member: str | None = None


class Values:
    """Reads values against one rule base, as of one day."""

    def __init__(self, index: CodeIndex, limits: Limits, as_of: date) -> None:
        self._index, self._limits, self._as_of = index, limits, as_of

    def observed(self, asked: Asked, valued: Valued, absent: Concept | None, interpretation: tuple[Concept, ...]) -> Read:
        """The value of an observation: its value, else why there is none, else what the interpretation says."""
        read = Refusal("fhir_text_is_not_read") if valued.value_string is not None else self.value(asked, valued)
        if not isinstance(read, Refusal):
            return read
        if absent is not None and read.why == "fhir_no_value":
            return self.absence(asked, absent)
        shows = {coding.code for concept in interpretation for coding in concept.coding}
        if shows & (_SHOWS | _SHOWS_NOT) and (asked.finding.kind == "boolean" or asked.member):
            return self._truth(asked, yes=bool(shows & _SHOWS))
        return read

    def value(self, asked: Asked, valued: Valued) -> Read:
        """A value of any type."""
        if valued.value_boolean is not None:
            return self._truth(asked, yes=valued.value_boolean)
        if valued.value_integer is not None or valued.value_decimal is not None:
            return self._number(asked, valued.value_integer if valued.value_integer is not None else valued.value_decimal or 0.0)
        if valued.value_quantity is not None:
            if asked.finding.kind != "number":
                return _no_value(asked, f"{valued.value_quantity.value}")
            return of_quantity(asked.finding, valued.value_quantity)
        if valued.value_codeable_concept is not None:
            return self.concept(asked, valued.value_codeable_concept)
        if valued.value_coding is not None:
            return self.concept(asked, Concept(coding=(valued.value_coding,)))
        if valued.value_string is not None:
            return self.concept(asked, Concept(coding=(Coding(code=valued.value_string),)))
        if (text := valued.value_date or valued.value_date_time) is not None:
            return self._date(asked, text)
        if any(bytes(getattr(valued, f"value_{name}")) for name in _OTHER_TYPES):
            return Refusal("fhir_value_type_not_read")
        return Refusal("fhir_no_value")

    def concept(self, asked: Asked, concept: Concept) -> Read:
        """A coded value: one of ours, the id of a member, a standard yes or no, or a code of a member."""
        for coding in concept.coding:
            if (read := self._coded(asked, coding)) is not None:
                return read
        for said in self._index.said("answer", concept):
            if said.finding == asked.finding.id and said.value is not None:
                return Members(frozenset(said.value)) if isinstance(said.value, tuple) else said.value
        if asked.finding.kind == "boolean" or asked.member:
            for said in self._index.said("question", concept):
                if said.finding == asked.finding.id and (asked.member is None or said.value == (asked.member,)):
                    return self._truth(asked, yes=True)
        return _no_value(asked, ", ".join(c.code for c in concept.coding) or concept.text)

    def absence(self, asked: Asked, reason: Concept) -> Read:
        """What a reason for a missing value says."""
        for coding in reason.coding:
            read = self._coded(asked, coding)
            if isinstance(read, Answer):
                return read
        return Refusal("fhir_no_value")

    def _coded(self, asked: Asked, coding: Coding) -> Read | None:
        system = coding.system.rstrip("/").rpartition("/")[2]
        names = {f"{token.system}|{token.code}" for token in tokens_of(coding)} | {f"{system}|{coding.code}"}
        own = all(token.system in {"", "own"} for token in tokens_of(coding))
        if names & _NOT_DONE or (own and coding.code == Answer.NOT_EXAMINED.value):
            return Answer.NOT_EXAMINED if asked.finding.answered_by in _BY_CLINICIANS else _no_value(asked, coding.code)
        if names & _UNKNOWN or (own and coding.code in {Answer.DONT_KNOW.value, "unknown"} and coding.code not in asked.members):
            return Answer.DONT_KNOW
        if not asked.member and own and (coding.code in asked.members or coding.code == "none"):
            return _by_id(asked, coding.code)
        if names & _YES or (own and coding.code in {"yes", "true"}):
            return self._truth(asked, yes=True)
        if names & _NO or (own and coding.code in {"no", "false"}):
            return self._truth(asked, yes=False)
        return None

    def _truth(self, asked: Asked, *, yes: bool) -> Read:
        finding, member = asked.finding, asked.member
        if member is not None:
            if finding.kind == "set":
                return Members(frozenset({member}), frozenset()) if yes else Members(frozenset(), frozenset({member}))
            return member if yes else Refusal("fhir_only_what_it_is_not", {"answer": member})
        if finding.kind == "boolean":
            return yes
        word = "yes" if yes else "no"
        if finding.kind == "choice" and word in asked.members:
            return word
        return _no_value(asked, word) if yes or finding.kind == "number" else _by_id(asked, "none")

    def _number(self, asked: Asked, number: float) -> Read:
        if asked.finding.kind != "number" or asked.member:
            return _no_value(asked, f"{number:g}")
        return checked(asked.finding, number)

    def _date(self, asked: Asked, text: str) -> Read:
        began = moment(text)
        if began is None or not counts_time_since(asked.finding):
            return _no_value(asked, text)
        return time_since(asked.finding, began, self._as_of, self._limits)


def is_a_date(valued: Valued) -> bool:
    """Whether a value was sent as a date."""
    return valued.value_date is not None or valued.value_date_time is not None


def _by_id(asked: Asked, code: str) -> Read:
    finding = asked.finding
    match finding.kind:
        case "set":
            return Members.exactly((), asked.members) if code == "none" else Members(frozenset({code}), frozenset())
        case "choice" if code in asked.members:
            return code
        case "number" if code == "none" and finding.none_label is not None:
            return Answer.NONE
    return _no_value(asked, code)


def _no_value(asked: Asked, value: str) -> Refusal:
    return Refusal("fhir_not_a_value", {"answer": value[:80], "expected": ", ".join(asked.members) or asked.finding.kind})
