"""An interview that asks next what matters most, and ends as soon as no answer can change the decision."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from spinesafe.backends.evaluate import Decision, Evaluator, Walk
from spinesafe.model.fact import Answer, Fact, Facts, Provenance, Value
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase.format import Finding
from spinesafe.screening.applicability import Applicability
from spinesafe.screening.explain import open_findings
from spinesafe.screening.presume import presume_not_examined
from spinesafe.screening.words import Words

Asker = Literal["patient", "clinician"]
MOST_AT_ONCE = 8
"""How many yes-or-no questions one "any of these?" holds."""


class Questions(msgspec.Struct, frozen=True):
    """One screen: a single question, or several yes-or-no questions of one group ("any of these?")."""

    group: str
    findings: tuple[Finding, ...]

    @property
    def any_of(self) -> bool:
        """Whether the answers are ticked in one list."""
        return len(self.findings) > 1 or self.findings[0].kind == "boolean"


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
        raised: dict[str, Outcome] = {}
        waiting: dict[str, int] = {}
        for rule, more in self.evaluator.undecided(decision):
            for finding in open_findings(rule.when, facts):
                if finding not in facts:
                    raised[finding] = raised.get(finding, 0) | more
                    waiting[finding] = waiting.get(finding, 0) + 1
        if not raised:
            return None
        layout = self.rulebase.layout

        def weight(finding: str) -> tuple[int, int, int, int]:
            reached = decision.floor | raised[finding]
            worst = layout.worst_level(reached, layout.techniques, layout.regions)
            return self._fitting(finding, facts), layout.urgency(reached).rank, worst.rank, waiting[finding]

        order = sorted(raised, key=weight, reverse=True)
        first = self.rulebase.findings[order[0]]
        if first.kind != "boolean" or not self.rulebase.groups[first.group].any_of:
            return Questions(first.group, (first,))
        fitting = self._fitting(first.id, facts)
        together = [
            found
            for finding in order
            if (found := self.rulebase.findings[finding]).group == first.group
            and found.kind == "boolean"
            and (found.answered_by == "clinician") == (first.answered_by == "clinician")
            and self._fitting(finding, facts) == fitting
        ]
        return Questions(first.group, tuple(together[:MOST_AT_ONCE]))

    def _fitting(self, finding: str, facts: Facts) -> int:
        """2 where a question fits what is known, 1 where that is not known, 0 where it does not: such are asked last."""
        when = self.rulebase.findings[finding].asked_when
        value = Walk(facts).value(self.rulebase.expressions[when]) if when else True
        return {True: 2, None: 1, False: 0}[value]

    def _read(self) -> Facts:
        return presume_not_examined(self._applicability.resolve(self.facts)[0], self._words)[0]


def not_examined(questions: Questions) -> dict[str, Value]:
    """The answers of a screen that nobody has examined."""
    return {finding.id: Answer.NOT_EXAMINED for finding in questions.findings}
