"""What comes out of an exported library: for the urgency and for each cell what is certain, what is open, and what is reported."""

from collections.abc import Iterator, Mapping

import msgspec

from spinesafe.backends.exports.logic import Definition, Translator, read_name, rule_name
from spinesafe.backends.exports.terms import Choice, Known, Open, Opposite, Ref, Same, Sure, Term, Truth, Word, both, either
from spinesafe.model.scales import HandsOn, Scale, Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.blocks import LEVELS, Block, Places, blocks_of
from spinesafe.rulebase.effects import Effect
from spinesafe.rulebase.expression import TRUE
from spinesafe.rulebase.parameters import AFTER_TREATMENT

URGENCY = "urgency"
SETTLED = "settled"


def cell_name(technique: str, region: str) -> str:
    """The name of a cell, before the comma that says which of its three values is meant."""
    return f"{technique} at {region}"


def floor_of(name: str) -> str:
    """The value that is certain."""
    return f"{name}, floor"


def ceiling_of(name: str) -> str:
    """The worst value that is still open."""
    return f"{name}, ceiling"


def reported_of(name: str) -> str:
    """The value that is told."""
    return f"{name}, reported"


def asks_name(finding: str) -> str:
    """The definition that says whether a question is still to be asked of this person."""
    return f"asks {finding}"


class _Raised(msgspec.Struct, frozen=True):
    """One effect of one rule, as a term, plain and as delivered."""

    plain: Term
    read: Term
    effect: Effect


def outputs_of(rulebase: RuleBase, translator: Translator) -> Iterator[Definition]:
    """All that comes out, each after what it is made of."""
    raised = [_raised(rule, effect, translator) for rule in rulebase.rules for effect in rule.effects if effect.outcome]
    yield from _urgency(rulebase, raised)
    yield from _cells(rulebase, raised)
    yield from _settled(rulebase)
    for finding in rulebase.findings.values():
        if finding.asked_when:
            asked = translator.term(rulebase.expressions[finding.asked_when], read=False)
            yield Definition(asks_name(finding.id), Open(asked), chapter="Questions that are held back until they can apply")


def _raised(rule: CheckedRule, effect: Effect, translator: Translator) -> _Raised:
    name = rule_name(rule)
    followed = Sure(Known(AFTER_TREATMENT)) if rule.after_treatment else Truth(value=True)
    plain, read = (Truth(value=True) if effect.when == TRUE else translator.term(effect.when, read=read) for read in (False, True))
    return _Raised(both(followed, Ref(name), plain), both(followed, Ref(read_name(name)), read), effect)


def _urgency(rulebase: RuleBase, raised: list[_Raised]) -> Iterator[Definition]:
    chapter = "Urgency"
    levels = tuple(reversed(Urgency))[:-1]
    for read in (False, True):
        above: Term | None = None
        for level in levels:
            here = [r.read if read else r.plain for r in raised if rulebase.layout.urgency(r.effect.outcome) is level]
            name = _named(f"{URGENCY}: at least {level}", read=read)
            yield Definition(name, either([above, *here] if above else here), chapter=chapter)
            above = Ref(name)
    reached: dict[Scale, str] = {level: f"{URGENCY}: at least {level}" for level in levels}
    yield from _three(URGENCY, reached, Urgency.ROUTINE, chapter)
    yield Definition(reported_of(URGENCY), _highest(reached, Urgency.ROUTINE, read=True), ("Told with the ceiling beside it.",), chapter)


def _three(name: str, reached: Mapping[Scale, str], lowest: Scale, chapter: str) -> Iterator[Definition]:
    """What is certain, and what is open."""
    yield Definition(floor_of(name), _highest(reached, lowest), chapter=chapter)
    yield Definition(ceiling_of(name), _highest(reached, lowest, still_open=True), chapter=chapter)


def _highest(reached: Mapping[Scale, str], lowest: Scale, *, read: bool = False, still_open: bool = False) -> Term:
    asked = Open if still_open else Sure
    cases = tuple((asked(Ref(_named(name, read=read))), Word(level)) for level, name in reached.items())
    return Choice(cases, Word(lowest))


def _named(name: str, *, read: bool) -> str:
    return read_name(name) if read else name


def _cells(rulebase: RuleBase, raised: list[_Raised]) -> Iterator[Definition]:
    layout, places = rulebase.layout, Places(rulebase)
    of_block: dict[Block, list[_Raised]] = {}
    for one in raised:
        for block in blocks_of(layout, one.effect.outcome):
            of_block.setdefault(block, []).append(one)
    blocks = sorted(of_block, reverse=True)
    for block in blocks:
        for read in (False, True):
            term = either(one.read if read else one.plain for one in of_block[block])
            yield Definition(_named(places.name(block), read=read), term, chapter="What hands may do: what the rules raise to")
    for technique in layout.techniques:
        for region in layout.regions:
            yield from _cell(cell_name(technique, region), {b: places.name(b) for b in blocks if b.holds(technique, region)})


def _cell(cell: str, blocks: Mapping[Block, str]) -> Iterator[Definition]:
    chapter = "What hands may do: each technique at each region"
    reached: dict[Scale, str] = {level: f"{cell}: at least {level}" for level in LEVELS}
    for read in (False, True):
        above: list[Term] = []
        for level, name in reached.items():
            here = (Ref(_named(block, read=read)) for b, block in blocks.items() if b.level is level)
            yield Definition(_named(name, read=read), either([*above, *here]), chapter=chapter)
            above = [Ref(_named(name, read=read))]
    yield from _three(cell, reached, HandsOn.PROCEED, chapter)
    yield Definition(reported_of(cell), _reported(reached), chapter=chapter)


def _reported(reached: Mapping[Scale, str]) -> Term:
    """The ceiling where that is below waiting, else what is delivered, and at least waiting: questions are open."""
    waits, adapts = Ref(reached[HandsOn.WAIT]), Ref(reached[HandsOn.ADAPT])
    gentle = Choice(((Open(adapts), Word(HandsOn.ADAPT)),), Word(HandsOn.PROCEED))
    graver = ((Sure(Ref(read_name(reached[level]))), Word(level)) for level in (HandsOn.STOP, HandsOn.DIAGNOSE_FIRST))
    return Choice(((Opposite(Open(waits)), gentle), *graver), Word(HandsOn.WAIT))


def _settled(rulebase: RuleBase) -> Iterator[Definition]:
    names = [URGENCY, *(cell_name(t, r) for t in rulebase.layout.techniques for r in rulebase.layout.regions)]
    term = both(*(Same(floor_of(name), ceiling_of(name)) for name in names))
    yield Definition(SETTLED, term, ("No missing answer can change the decision.",), "Settled")
