"""From the three joins of a decision to what is reported: the urgency, the grid and the overall level."""

from collections.abc import Iterable

import msgspec

from spinesafe.backends.evaluate import Decision
from spinesafe.model.fact import Facts, Members
from spinesafe.model.outcome import Layout, Outcome
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.overall import BARRED_FOR_ALL, GENTLEST, WHOLE_SPINE


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported of a decision.

    `incomplete` says that some cell could still become graver, beyond `adapt`, by an answer that is missing.
    """

    urgency: Urgency
    grid: Outcome
    regions: tuple[str, ...]
    hands_on: HandsOn
    planned: dict[str, HandsOn]
    incomplete: bool
    worst_urgency: Urgency
    worst_hands_on: HandsOn

    @property
    def leading(self) -> HandsOn:
        """The graver of the overall level and the levels of what is planned."""
        return max([self.hands_on, *self.planned.values()])

    def graver_than(self, other: "Verdict") -> bool:
        """Whether urgency or leading level is higher here, and neither lower."""
        mine, theirs = (self.urgency.rank, self.leading.rank), (other.urgency.rank, other.leading.rank)
        return mine != theirs and all(m >= t for m, t in zip(mine, theirs, strict=True))


def verdict(rulebase: RuleBase, decision: Decision, facts: Facts, *, presumed: bool, closed_world: bool = False) -> Verdict:
    """What is reported.

    A cell shows its ceiling where that is `proceed` or `adapt`, else the higher of `wait` and its floor with readings. A presumption
    raises every cell to at least `adapt`. In a closed world (a narrative) the floor with readings is reported as it stands.
    """
    layout = rulebase.layout
    grid, incomplete = decision.read, False
    if not closed_world:
        open_cells = layout.where_at_least(decision.ceiling, HandsOn.WAIT)
        wait = layout.everywhere(HandsOn.WAIT) & open_cells
        incomplete = bool(decision.ceiling & open_cells & ~decision.read)
        grid = (decision.ceiling & ~open_cells) | (decision.read & open_cells) | wait
    if presumed:
        grid |= layout.everywhere(HandsOn.ADAPT)
    regions = regions_in_question(rulebase, decision, facts)
    planned = _present(facts, "planned_technique") or ()
    return Verdict(
        urgency=layout.urgency(decision.read),
        grid=grid,
        regions=regions,
        hands_on=overall(layout, grid, regions),
        planned={t: layout.worst_level(grid, [t], regions) for t in layout.techniques if t in planned},
        incomplete=incomplete,
        worst_urgency=layout.urgency(decision.ceiling),
        worst_hands_on=max(overall(layout, decision.ceiling, regions), overall(layout, grid, regions)),
    )


def regions_in_question(rulebase: RuleBase, decision: Decision, facts: Facts) -> tuple[str, ...]:
    """The planned regions; where none is planned, those that hurt; where neither is known, the whole spine."""
    planned = _present(facts, "planned_region")
    if planned:
        return tuple(r for r in rulebase.regions if r in planned)
    hurting = tuple(r for r, output in rulebase.watched.hurts.items() if decision.run.reads(output))
    return hurting or rulebase.scopes[WHOLE_SPINE].regions


def overall(layout: Layout, grid: Outcome, regions: Iterable[str]) -> HandsOn:
    """The overall level (D.6): the gentlest work in these regions, and at least `adapt` where another technique is barred there."""
    regions = tuple(regions)
    gentle = layout.worst_level(grid, [GENTLEST], regions)
    others = layout.worst_level(grid, [t for t in layout.techniques if t != BARRED_FOR_ALL], regions)
    return max(gentle, HandsOn.ADAPT) if others > HandsOn.ADAPT else gentle


def _present(facts: Facts, finding: str) -> frozenset[str] | None:
    fact = facts.get(finding)
    return fact.value.present if fact is not None and isinstance(fact.value, Members) else None
