"""The same logic as a library that looks findings up in a FHIR R4 record, by value set, and asks only for what it does not find.

Every finding has the name that it has in the other library, so that all rules read the same. What is answered beside the record, in the
parameter that ends in `, answered`, counts before the record.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from spinesafe.backends.exports.canonical import FHIR_LIBRARY, FHIR_VERSION, FINDINGS, url
from spinesafe.backends.exports.cql import AT_LEAST, chapters, head
from spinesafe.backends.exports.fhir.lookup_functions import FUNCTIONS
from spinesafe.backends.exports.fhir.recorded import TRUE, Contents, Reading, entries_of, questions_of, sites_of, value_set
from spinesafe.backends.exports.fhir.resource import Resource
from spinesafe.backends.exports.logic import Logic
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Has, Is
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.rulebase.parameters import Parameter, label_of, of_none, parameters
from spinesafe.rulebase.polarity import polarity_of

_ALWAYS = 1_000_000
"""Days for which something is relied on that never grows old."""
_RAISES = {"danger": 3, "mixed": 2, "neutral": 1, "protective": 0}
_AGE, _STATUS = "age_years", "diagnosis_status"
_PLANS = {"planned_technique": "code", "planned_region": "bodySite"}
_READ_ELSEWHERE = frozenset({"medication", "procedure", "qualification"})
_TIMES = frozenset({"d", "wk"})


class Recorded(msgspec.Struct, frozen=True):
    """A value set that the library names."""

    title: str
    name: str
    label: Text
    contents: Contents


def is_looked_up(finding: Finding, rulebase: RuleBase) -> bool:
    """Whether the library reads everything about a finding that the intake of the program reads.

    It follows no references, counts no days and reads no medicines and no procedures. A finding that rests on these would be told half.
    """
    elsewhere = (record for record in rulebase.records.values() if record.about in _READ_ELSEWHERE)
    half = {name for record in elsewhere for name in (*record.sets, record.dates)}
    return finding.id not in half and not (finding.kind == "number" and finding.unit in _TIMES)


class Lookup:
    """The library that looks up, and its value sets."""

    def __init__(self, rulebase: RuleBase, logic: Logic) -> None:
        self.rulebase, self.logic = rulebase, logic
        self._now, self._past = Reading(entries_of(rulebase)), Reading(entries_of(rulebase, past=True))
        self._asked = questions_of(rulebase)
        self.value_sets: dict[str, Recorded] = {}
        ages = [record for record in rulebase.records.values() if record.about == "statement"]
        self._ages = {finding: record for record in ages for finding in record.of}
        self._age_of_others = next((record for record in ages if not record.of), None)
        self._definitions = [text for p in parameters(rulebase) if self.is_looked_up(p) for text in self._definition(p)]

    def is_looked_up(self, parameter: Parameter) -> bool:
        """Whether a parameter of the other library is a definition in this one."""
        return bool(parameter.finding) and is_looked_up(self.rulebase.findings[parameter.finding], self.rulebase)

    def cql(self) -> str:
        """The library."""
        valued = [f"valueset \"{one.title}\": '{url('ValueSet', one.name)}'" for one in self.value_sets.values()]
        asked = [f'parameter "{self.asked_name(p)}" {p.type} default null' for p in self.logic.parameters]
        lines = [*head(self.rulebase, FHIR_LIBRARY), f"include FHIRHelpers version '{FHIR_VERSION}'", "", *valued, "", *asked, ""]
        whole = [*lines, "context Patient", "", AT_LEAST, FUNCTIONS, *self._definitions, *chapters(self.logic.definitions)]
        return "\n".join(whole)

    def resources(self) -> Iterator[Resource]:
        """The value sets."""
        for one in self.value_sets.values():
            yield value_set(one.name, one.label, one.contents, self.rulebase)

    def asked_name(self, parameter: Parameter) -> str:
        """The parameter for what is answered beside the record."""
        return f"{parameter.name}, answered" if self.is_looked_up(parameter) else parameter.name

    def _definition(self, parameter: Parameter) -> Iterator[str]:
        finding = self.rulebase.findings[parameter.finding]
        found = self._number(finding, parameter) if finding.kind == "number" else self._words(finding, parameter)
        yield f'define "{parameter.name}":\n  Coalesce("{self.asked_name(parameter)}", {found})\n'

    def _number(self, finding: Finding, parameter: Parameter) -> str:
        days = self._days(finding, danger=False)
        if parameter.name == of_none(finding.id):
            said = f"flatten {{\"words answered\"('{finding.id}'), \"none answered\"('{finding.id}')}}"
            none = f"\"told\"({said}, {{'none'}}, {{}}, {days}, {days})"
            return f"if {none} = 'none' and \"{finding.id}\" is null then true else null"
        if finding.id == _AGE:
            told = f"\"told number\"(\"numbers answered\"('{_AGE}', 'a'), {days})"
            return f"ToDecimal(years between Patient.birthDate.value and Today()), {told}"
        observed = f"\"numbers observed\"({self._observations(finding, '')}, '{finding.unit}')"
        return f"\"told number\"(flatten {{\"numbers answered\"('{finding.id}', '{finding.unit}'), {observed}}}, {days})"

    def _words(self, finding: Finding, parameter: Parameter) -> str:
        dangers, others = self._order(finding, parameter.member)
        statements = ",\n      ".join(self._statements(finding, parameter))
        listed = f"{_list(dangers)}, {_list(others)}, {self._days(finding, danger=True)}, {self._days(finding, danger=False)}"
        told = f'"told"(flatten {{\n      {statements}\n    }}, {listed})'
        return told if finding.kind == "choice" else f'"truth of"({told})'

    def _statements(self, finding: Finding, parameter: Parameter) -> Iterator[str]:
        if finding.kind == "set":
            member = parameter.member
            yield f"\"member answered\"('{finding.id}', '{member}')"
            yield f"\"member observed\"({self._observations(finding, '')}, '{member}')"
            if (finding.id, member) in self._asked.said:
                yield f'"sign observed"({self._observations(finding, member)})'
            yield from self._conditions(finding, member, "yes")
            yield from self._plans(finding, member)
            return
        yield f"\"words answered\"('{finding.id}')"
        yield f'"words observed"({self._observations(finding, "")})'
        for value in (TRUE,) if finding.kind == "boolean" else self.rulebase.members[finding.id]:
            yield from self._conditions(finding, value, value)
        if finding.id == _STATUS:
            yield from self._certainty()

    def _conditions(self, finding: Finding, value: str, word: str) -> Iterator[str]:
        if (finding.id, value) in self._now.said:
            held = self._now.contents(finding.id, value)
            yield f'"said today"("there now"([Condition: "{self._recorded("record", finding, value, held)}"]), \'{word}\')'
            maybe = self._now.contents(finding.id, value, sure=False)
            if maybe.included:
                every = self._now.contents_of_any(finding.id, self.rulebase.members[finding.id], sure=True)
                surely = self._recorded("record", finding, "any", every)
                doubted = f'("there now"([Condition: "{self._recorded("maybe", finding, value, maybe)}"]))'
                yield f'"said today"({doubted} C where not (C.code in "{surely}"), \'{word}\')'
        if (finding.id, value) in self._past.said:
            held = self._past.contents(finding.id, value)
            yield f'"said today"("over"([Condition: "{self._recorded("past", finding, value, held)}"]), \'{word}\')'

    def _certainty(self) -> Iterator[str]:
        """Whether somebody is sure of a diagnosis that says what is wrong with the spine."""
        beside = {name for record in self.rulebase.records.values() if record.about == "diagnosis" for name in record.of}
        held = self._now.contents_of_any(DIAGNOSES, set(self.rulebase.conditions) - beside)
        complaint = self._recorded("record", self.rulebase.findings[DIAGNOSES], "complaint", held)
        for word, codes in (("confirmed", ("confirmed",)), ("suspected", ("unconfirmed", "provisional", "differential"))):
            sure = f"exists (C.verificationStatus.coding V where V.code.value in {_list(codes)})"
            yield f'"said today"(("there now"([Condition: "{complaint}"])) C where {sure}, \'{word}\')'

    def _plans(self, finding: Finding, member: str) -> Iterator[str]:
        if finding.id not in _PLANS:
            return
        named = f"K.system.value = '{FINDINGS}' and K.code.value = '{member}'"
        if finding.id == "planned_technique":
            places = f"exists (S.code.coding K where {named}) or exists ((S.orderDetail.coding) K where {named})"
        else:
            site = self._recorded("site", finding, member, sites_of(self.rulebase, member))
            places = f'exists (S.bodySite B where B in "{site}" or exists (B.coding K where {named}))'
        active = "S.status.value in {'active', 'draft', 'on-hold', 'unknown'} and S.doNotPerform.value is not true"
        yield f"([ServiceRequest] S where {active} and ({places}) return all Tuple {{moment: Today(), value: 'yes'}})"

    def _observations(self, finding: Finding, member: str) -> str:
        held = self._asked.contents(finding.id, member)
        return f'[Observation: "{self._recorded("asked", finding, member, held)}"]'

    def _recorded(self, kind: str, finding: Finding, value: str, held: Contents) -> str:
        """The value set of this name, which is made known."""
        of_finding = "condition" if finding.id == DIAGNOSES else finding.id
        words = [kind, of_finding, *([] if value in {"", TRUE} else [value])]
        title = ": ".join(words)
        label = finding.label if value in {"", TRUE, "any", "complaint"} else label_of(self.rulebase, finding, value)
        self.value_sets.setdefault(title, Recorded(title, "-".join(words).replace("_", "-"), label, held))
        return title

    def _order(self, finding: Finding, member: str) -> tuple[Sequence[str], Sequence[str]]:
        """The words of a finding, gravest first: those that raise, and the others."""
        match finding.kind:
            case "set":
                polarity = polarity_of(Has(finding.id, member), self.rulebase.findings, self.rulebase.conditions)
                return (("yes",), ("no",)) if _RAISES[polarity] > 1 else ((), ("yes", "no") if polarity == "neutral" else ("no", "yes"))
            case "boolean":
                if finding.polarity == "protective":
                    return ("false",), (TRUE,)
                return ((TRUE,), ("false",)) if _RAISES[finding.polarity] > 1 else ((), (TRUE, "false"))
            case _:
                weights = {m.id: (self._raises(finding, m.id), m.gravity or 0) for m in finding.members}
                ordered = sorted(weights, key=lambda m: weights[m], reverse=True)
                return [m for m in ordered if weights[m][0] > 1], [m for m in ordered if weights[m][0] <= 1]

    def _raises(self, finding: Finding, member: str) -> int:
        return _RAISES[polarity_of(Is(finding.id, member), self.rulebase.findings, self.rulebase.conditions)]

    def _days(self, finding: Finding, *, danger: bool) -> int:
        record = self._ages.get(finding.id, self._age_of_others)
        days = None if record is None else record.dangers_for_days if danger else record.others_for_days
        return _ALWAYS if days is None else days


def _list(words: Iterable[str]) -> str:
    return "{" + ", ".join(f"'{word}'" for word in words) + "}"
