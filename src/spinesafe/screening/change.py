"""What would change the result: single facts that, were they another, would lower it."""

from collections.abc import Callable, Iterable, Iterator

from spinesafe.backends.evaluate import Evaluator, Fired
from spinesafe.model.assessment import Change
from spinesafe.model.fact import Fact, Facts, Members, Provenance, Value
from spinesafe.rulebase.names import DIAGNOSES
from spinesafe.screening.judgement import Judgement
from spinesafe.screening.verdict import Verdict, verdict
from spinesafe.screening.words import Words

MOST_CHANGES = 6

Step = tuple[str, Value]


def would_change(
    evaluator: Evaluator, words: Words, facts: Facts, judged: Judgement, fired: Iterable[Fired], judge: Callable[[Facts], Judgement]
) -> tuple[Change, ...]:
    """Single facts that, were they another, would lower the urgency or what is planned; the greatest change first.

    `facts` are those that were given. A diagnosis is left out: nobody is advised to be without one.
    """
    found: list[Change] = []
    for finding, value in _promising(evaluator, judged, fired):
        changed = Fact(finding, value, Provenance(source="presumed", where="changed"))
        then = judge({**facts, finding: changed}).result
        if judged.result.graver_than(then):
            found.append(
                Change(
                    finding=finding,
                    label=words.rulebase.findings[finding].label,
                    value=words.value(finding, value),
                    urgency=then.urgency,
                    hands_on=then.leading,
                    direction="lower",
                )
            )
        if len(found) == MOST_CHANGES:
            break
    return tuple(sorted(found, key=lambda c: (c.urgency.rank, c.hands_on.rank)))


def _promising(evaluator: Evaluator, judged: Judgement, fired: Iterable[Fired]) -> list[Step]:
    """The best other value of each finding that a rule read, by a quick look at all of them together, best first.

    The look leaves out what hangs together with a fact (a question that no longer applies, a presumption), so each has to be judged again.
    """
    facts = judged.facts
    read = dict.fromkeys(f for one in fired for f in evaluator.findings_of(one.rule) if f in facts and f != DIAGNOSES)
    steps = [(finding, value) for finding in read for value in other_values(evaluator, finding, facts[finding].value)]
    best: dict[str, tuple[Verdict, Step]] = {}
    ifs = evaluator.what_if(facts, steps, after_treatment=judged.after_treatment, closed_world=judged.closed_world) if steps else []
    for step, decision in zip(steps, ifs, strict=True):
        then = verdict(evaluator.rulebase, decision, facts, presumed=judged.capped, closed_world=judged.closed_world)
        if judged.result.graver_than(then) and (step[0] not in best or best[step[0]][0].graver_than(then)):
            best[step[0]] = then, step
    return [step for then, step in sorted(best.values(), key=lambda found: (found[0].urgency.rank, found[0].leading.rank))]


def other_values(evaluator: Evaluator, finding: str, now: Value) -> Iterator[Value]:
    """The values of a finding that the rules tell apart from its present one."""
    described, members = evaluator.rulebase.findings[finding], evaluator.rulebase.members[finding]
    match described.kind, now:
        case "boolean", bool():
            yield not now
        case "choice", str():
            yield from (m for m in members if m != now)
        case "set", Members(present, _):
            yield from (Members.exactly(present - {m}, members) for m in sorted(present))
        case "number", float():
            for limit in evaluator.limits.get(finding, ()):
                for value in (limit - 1, limit, limit + 1):
                    if value >= (described.minimum or 0) and _sides(value, limit) != _sides(now, limit):
                        yield value


def _sides(number: float, limit: float) -> tuple[bool, bool]:
    """Where a number lies to a limit: below it, above it, or neither."""
    return number < limit, number > limit
