"""People made by chance, the same for the same seed: from somebody of whom nothing is known to somebody of whom everything is.

Numbers stand near the limits that the rules compare with, since that is where engines differ, and within the bounds of what is taken in.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.model.fact import Answer, Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Compare
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import findings_of

BASES = Path(__file__).parents[2] / "cases" / "base"
BACKGROUNDS = ((), ("everything_answered_no",), ("everything_answered_no", "gates_pass", "low_back_pain"))
SHARE_WHOLE = 0.15
"""How many are known completely."""
SHARE_UNKNOWN = 0.1
"""How often an answer is that nobody knows."""
CLINICIANS = frozenset({"clinician", "patient_or_clinician"})


class Maker:
    """Makes people for one rule base."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self._topics = sorted({findings for rule in rulebase.rules if (findings := findings_of(rule.when))})
        self._backgrounds = [self._background(bases) for bases in BACKGROUNDS]
        self._limits: dict[str, set[float]] = {}
        for literal in rulebase.program.inputs:
            if isinstance(literal.atom, Compare):
                self._limits.setdefault(literal.atom.finding, set()).add(literal.atom.limit)

    def people(self, number: int, seed: int = 0) -> Iterator[Facts]:
        """So many people."""
        return (self._person(Random(f"{seed} {place}")) for place in range(number))

    def _background(self, bases: Sequence[str]) -> Facts:
        answers: dict[str, object] = {}
        for base in bases:
            data: Any = parse_answers((BASES / f"{base}.yaml").read_text(encoding="utf-8"), base)
            answers |= data["answers"]
        return read_answers(answers, self.rulebase).facts if answers else {}

    def _person(self, chance: Random) -> Facts:
        facts = dict(chance.choice(self._backgrounds))
        asked = [finding for _ in range(chance.randint(1, 4)) for finding in chance.choice(self._topics)]
        asked += chance.sample(sorted(self.rulebase.findings), chance.choice((0, 3, 12, 60)))
        if chance.random() < SHARE_WHOLE:
            asked = list(self.rulebase.findings)
        for finding in dict.fromkeys(asked):
            facts[finding] = Fact(finding, self._value(self.rulebase.findings[finding], chance), Provenance(source="answer"))
        return facts

    def _value(self, finding: Finding, chance: Random) -> Value:
        if chance.random() < SHARE_UNKNOWN:
            return Answer.NOT_EXAMINED if finding.answered_by in CLINICIANS and chance.random() < 0.5 else Answer.DONT_KNOW
        members = self.rulebase.members[finding.id]
        match finding.kind:
            case "boolean":
                return chance.random() < 0.5
            case "choice":
                return chance.choice(members)
            case "number":
                return self._number(finding, chance)
            case "set":
                named = chance.sample(members, chance.randint(0, min(4, len(members))))
                if chance.random() < 0.5:
                    return Members.exactly(named[:2], members)
                cut = chance.randint(0, len(named))
                return Members(frozenset(named[:cut]), frozenset(named[cut:]))

    def _number(self, finding: Finding, chance: Random) -> Value:
        if finding.none_label is not None and chance.random() < 0.2:
            return Answer.NONE
        step = 1.0 if finding.whole else 0.5
        near = {limit + away for limit in self._limits.get(finding.id, {0.0}) for away in (-step, 0.0, step)}
        low, high = (bound if bound is not None else away for bound, away in ((finding.minimum, min(near)), (finding.maximum, max(near))))
        return chance.choice([number for number in sorted(near) if low <= number <= high])
