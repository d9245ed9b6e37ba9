"""The naive way: walk the tree of every rule's condition, and of every part of what it raises to, for every person."""

from collections.abc import Callable

from spinesafe.backends.evaluate import Walk
from spinesafe.model.fact import Facts
from spinesafe.model.outcome import Outcome
from spinesafe.rulebase import RuleBase

Joins = tuple[Outcome, Outcome, Outcome]
"""Floor, ceiling, and the floor with readings."""


def tree_walker(rulebase: RuleBase) -> Callable[[Facts], Joins]:
    """A function that decides by walking trees: the same three joins as the evaluator's."""
    rules = [(rule.when, [(effect.when, effect.outcome) for effect in rule.effects]) for rule in rulebase.rules if not rule.after_treatment]

    def decide(facts: Facts) -> Joins:
        plain, reading = Walk(facts), Walk(facts, readings=True)
        floor = ceiling = read = 0
        for when, effects in rules:
            held, counted = plain.value(when), reading.value(when)
            if held is False and counted is not True:
                continue
            for part, outcome in effects:
                here, here_counted = plain.value(part), reading.value(part)
                if held is not False and here is not False:
                    ceiling |= outcome
                    if held and here:
                        floor |= outcome
                if counted and here_counted:
                    read |= outcome
        return floor, ceiling, read

    return decide
