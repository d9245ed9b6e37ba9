"""What is decided and reported about one person, before it is explained."""

import msgspec

from spinesafe.backends.evaluate import Decision
from spinesafe.model.assessment import Presumption
from spinesafe.model.fact import Facts
from spinesafe.model.reading import Item
from spinesafe.screening.verdict import Verdict


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided and reported about one person.

    `known` are the facts with what cannot apply answered so, and with what nobody examined presumed; `facts` also with what a letter does
    not mention. `capped` says that a presumption leaves no cell free. `reported` and `result` are what is told; `decision` and `open_world`
    are the same on what is `known`.
    """

    known: Facts
    facts: Facts
    presumed: tuple[Presumption, ...]
    capped: bool
    doubted: tuple[Item, ...]
    decision: Decision
    reported: Decision
    result: Verdict
    open_world: Verdict
    closed_world: bool
    after_treatment: bool
