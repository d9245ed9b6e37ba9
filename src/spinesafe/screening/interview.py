"""An interview that asks next what matters most, and ends as soon as no answer can change the decision."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

import msgspec

from spinesafe.backends.evaluate import Decision, Evaluator, Walk
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Finding
from spinesafe.screening.applicability import Applicability
from spinesafe.screening.explain import open_findings
from spinesafe.screening.presume import presume_not_examined
from spinesafe.screening.words import Words

Asker = Literal["patient", "clinician"]
MOST_AT_ONCE = 12
"""How many things one "any of these?" lists."""


class Item(msgspec.Struct, frozen=True):
    """One thing to tick: a yes-or-no finding, or one member of a set or a choice."""

    finding: Finding
    member: str = ""


class Questions(msgspec.Struct, frozen=True):
    """One screen: a list to tick ("any of these?") with its items, or a single question without items."""

    group: str
    findings: tuple[Finding, ...]
    items: tuple[Item, ...] = ()

    def ticked(self, places: Collection[int], unknown: Collection[int], members: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
        """The answers, where these places of the list are ticked and these are not known; all others are no, none or absent."""
        answers: dict[str, Value] = {}
        for finding in self.findings:
            mine = [(place, item.member) for place, item in enumerate(self.items) if item.finding.id == finding.id]
            chosen = [member for place, member in mine if place in places]
            if not chosen and any(place in unknown for place, _ in mine):
                answers[finding.id] = Answer.DONT_KNOW
            elif finding.kind == "boolean":
                answers[finding.id] = bool(chosen)
            elif finding.kind == "choice":
                answers[finding.id] = chosen[-1] if chosen else "none"
            else:
                doubted = {member for place, member in mine if place in unknown}
                answers[finding.id] = Members(frozenset(chosen), frozenset(members[finding.id]) - set(chosen) - doubted)
        return answers


class Interview:
    """One person's interview. `facts` grows; `back` takes the last screen away again."""

    def __init__(self, evaluator: Evaluator, facts: Facts | None = None) -> None:
        self.evaluator = evaluator
        self.rulebase = evaluator.rulebase
        self._words = Words(self.rulebase)
        self._applicability = Applicability(evaluator)
        self._given: Facts = dict(facts or {})
        self._screens: list[dict[str, Value]] = []

    @property
    def facts(self) -> Facts:
        """What is known so far, "not examined" as it was answered."""
        known = dict(self._given)
        for place, screen in enumerate(self._screens, start=1):
            for finding, value in screen.items():
                known[finding] = Fact(finding, value, Provenance(source="answer", where=f"screen {place}"))
        return known

    @property
    def screens(self) -> int:
        """How many screens have been answered."""
        return len(self._screens)

    def decision(self) -> Decision:
        """The decision on what is known so far."""
        return self.evaluator.decide(self._read())

    def answer(self, answers: Mapping[str, Value]) -> None:
        """Takes the answers of one screen."""
        self._screens.append(dict(answers))

    def back(self) -> None:
        """Takes the last screen's answers away, where there is one."""
        if self._screens:
            self._screens.pop()

    def next(self) -> Questions | None:
        """The screen to show now; None when the decision is settled or nothing is left to ask."""
        facts = self._read()
        decision = self.evaluator.decide(facts)
        if decision.settled:
            return None
        asked = self.facts
        open_still = {
            finding: waiting
            for finding, waiting in self.evaluator.waiting(facts, decision).items()
            if finding not in asked or _partly_known(facts, finding)
        }
        if not open_still:
            return None
        pressing = self._pressing(decision, facts)

        def weight(finding: str) -> tuple[bool, tuple[int, ...]]:
            waiting = open_still[finding]
            return finding in pressing, self._weight(finding, facts, decision.floor | waiting.more, waiting.parts)

        order = sorted(open_still, key=weight, reverse=True)
        first = self.rulebase.findings[order[0]]
        if not self.rulebase.groups[first.group].any_of or not list(items_of(first, self.rulebase)):
            return Questions(first.group, (first,))
        return self._any_of(first, order, facts)

    def _pressing(self, decision: Decision, facts: Facts) -> set[str]:
        """What would make an urgency certain that so far only counts on the safe side: a frightened person is not asked the rest first."""
        layout = self.rulebase.layout
        certain = layout.urgency(decision.floor)
        doubtful = (one.rule for one in self.evaluator.fired(decision) if not one.certain and layout.urgency(one.outcome) > certain)
        return {finding for rule in doubtful for finding in open_findings(rule.when, facts)}

    def _any_of(self, first: Finding, order: list[str], facts: Facts) -> Questions:
        """The list to tick that starts with a finding and goes on with others of its group."""
        fitting, findings, items = self._fitting(first.id, facts), list[Finding](), list[Item]()
        for finding in (self.rulebase.findings[f] for f in order):
            same = (finding.group, finding.answered_by == "clinician", self._fitting(finding.id, facts)) == (
                first.group,
                first.answered_by == "clinician",
                fitting,
            )
            more = list(items_of(finding, self.rulebase)) if same else []
            if more and (not items or len(items) + len(more) <= MOST_AT_ONCE):
                findings.append(finding)
                items += more
        return Questions(first.group, tuple(findings), tuple(items))

    def _weight(self, finding: str, facts: Facts, reached: Outcome, waiting: int) -> tuple[int, ...]:
        """What fits the person first; then what could be gravest, alone before together with others; then what most rules wait for."""
        layout = self.rulebase.layout
        worst = layout.worst_level(reached, layout.techniques, layout.regions)
        flag = {"sufficient": 2, "weak": 0, "no": 1}[self.rulebase.findings[finding].red_flag]
        return self._fitting(finding, facts), layout.urgency(reached).rank, flag, worst.rank, waiting

    def _fitting(self, finding: str, facts: Facts) -> int:
        """2 where a question fits what is known, 1 where that is not known, 0 where it does not: such are asked last."""
        when = self.rulebase.findings[finding].asked_when
        value = Walk(facts).value(self.rulebase.expressions[when]) if when else True
        return {True: 2, None: 1, False: 0}[value]

    def _read(self) -> Facts:
        return presume_not_examined(self._applicability.resolve(self.facts)[0], self._words)[0]


def items_of(finding: Finding, rulebase: RuleBase) -> Iterator[Item]:
    """What a finding puts into a list to tick; nothing where it has to be asked by itself."""
    members = rulebase.members[finding.id]
    if finding.kind == "boolean":
        yield Item(finding)
    elif (finding.kind == "set" and not finding.members_from) or (finding.kind == "choice" and "none" in members):
        yield from (Item(finding, member) for member in members if member != "none")


def not_examined(questions: Questions) -> dict[str, Value]:
    """The answers of a screen that nobody has examined."""
    return {finding.id: Answer.NOT_EXAMINED for finding in questions.findings}


def _partly_known(facts: Facts, finding: str) -> bool:
    fact = facts.get(finding)
    return fact is not None and isinstance(fact.value, Members) and not fact.provenance.where.startswith("screen")
