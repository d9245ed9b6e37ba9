"""What is reported of a person, and how a law says that it must not be."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TypeAlias

import msgspec

from spinesafe.backends.evaluate import Decision
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Facts
from spinesafe.model.outcome import Grid, Outcome
from spinesafe.model.reading import Reading
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.screening import Screener
from spinesafe.screening.cases import AS_OF
from spinesafe.screening.judgement import Judgement
from spinesafe.screening.presume import presume_not_examined
from spinesafe.screening.verdict import Verdict
from tests.laws.counterexample import BrokenLawError, Expected
from tests.laws.people import Person

Cell: TypeAlias = tuple[str, str, HandsOn]


class Report(msgspec.Struct, frozen=True):
    """What is reported of a person."""

    judged: Judgement
    grid: Grid

    @property
    def urgency(self) -> Urgency:
        """How fast to be seen."""
        return self.judged.result.urgency

    @property
    def verdict(self) -> Verdict:
        """What is reported, with the regions in question."""
        return self.judged.result


def report(screener: Screener, who: Person, *, closed_world: bool = False, after_treatment: bool = False) -> Report:
    """What is reported of a person, not yet explained."""
    judged = screener.judge(who.facts, closed_world=closed_world, after_treatment=after_treatment)
    return Report(judged, screener.rulebase.layout.grid(judged.result.grid))


def assessed(screener: Screener, who: Person, *, closed_world: bool = False, after_treatment: bool = False) -> Assessment:
    """The whole assessment of a person, with reasons and advice."""
    return screener.screen(Reading(facts=who.facts), AS_OF, closed_world=closed_world, after_treatment=after_treatment)


def known_of(screener: Screener, who: Person) -> Facts:
    """The facts as the screener takes them: what cannot apply answered so, what nobody examined presumed."""
    return presume_not_examined(screener.applicability.resolve(who.facts)[0], screener.words)[0]


def cells(shown: Report, most: HandsOn = HandsOn.ADAPT, regions: Iterable[str] | None = None) -> Iterator[Cell]:
    """The cells that show no more than a level."""
    for technique, row in shown.grid.items():
        yield from ((technique, region, row[region]) for region in regions or row if row[region] <= most)


def no_cell(
    shown: Report, law: Callable[..., None], who: Person, found: str, most: HandsOn = HandsOn.ADAPT, regions: Iterable[str] | None = None
) -> None:
    """Raises where a cell shows no more than a level, though by a law none may."""
    for technique, region, level in cells(shown, most, regions):
        expected = {"grid": {technique: {region: HandsOn.from_rank(most.rank + 1).value}}}
        raise BrokenLawError(law.__name__, f"{found}, and {technique} at {region} shows {level}", (who, expected))


def fallen(screener: Screener, before: Outcome, after: Outcome) -> str:
    """What an outcome has that another has not, in words; nothing where there is nothing."""
    layout = screener.rulebase.layout
    lost = []
    if layout.urgency(before) > layout.urgency(after):
        lost.append(f"{layout.urgency(before)} against {layout.urgency(after)}")
    if before & ~after:
        levels = ((t, r, layout.level(before, t, r), layout.level(after, t, r)) for t, r in product(layout.techniques, layout.regions))
        lost += [f"{t} at {r} {was} against {now}" for t, r, was, now in levels if was > now][:3]
    return ", ".join(lost)


def urgencies(screener: Screener, decision: Decision) -> Expected:
    """The urgency of a decision and the worst that is open, as a case expects them."""
    layout = screener.rulebase.layout
    return {"urgency": layout.urgency(decision.read).value, "worst_case": layout.urgency(decision.ceiling).value}
