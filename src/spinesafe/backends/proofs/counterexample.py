"""Somebody for whom a theorem does not hold: as a sentence, and as a case file that fails until the knowledge is mended."""

import yaml

from spinesafe.backends.proofs.decision import Decided
from spinesafe.backends.proofs.proof import Refutation
from spinesafe.backends.proofs.report import CounterExample
from spinesafe.backends.proofs.telling import as_answers, described, joined, person_found, sentence
from spinesafe.backends.proofs.world import Way, World, is_so
from spinesafe.model.scales import Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase.names import findings_of


def counter_example(world: World, theorem: str, refuted: Refutation) -> CounterExample:
    """The counter-example of a theorem."""
    told = _sentence(world, theorem, refuted)
    cases = _cases(world, theorem, refuted, told)
    fails = bool(refuted.wrong.expected)
    return CounterExample(sentence=told, rules=_rules(refuted), part=refuted.claim.part, case_file=cases, fails=fails)


def _sentence(world: World, theorem: str, refuted: Refutation) -> Text:
    rulebase, model = world.rulebase, refuted.model
    spoken_of = {f for premise in rulebase.theorems[theorem].premises.values() for f in findings_of(rulebase.expressions[premise])}
    people = [
        sentence(
            rulebase,
            "proof_person" if len(refuted.claim.people) == 1 else f"proof_{who}_person",
            facts=described(rulebase, person_found(model, world.person(who)), spoken_of),
            told=_told(refuted, world.decided(who, _way(refuted))),
        )
        for who in refuted.claim.people
    ]
    return joined([*people, rulebase.theorems[theorem].broken], " ", "")


def _way(refuted: Refutation) -> Way:
    """The way of reading that a claim is about, by the first word of its part."""
    first = refuted.claim.part.partition(":")[0]
    return "letter" if refuted.wrong.letter or first == "letter" else "form"


def _told(refuted: Refutation, decided: Decided) -> Text:
    """What somebody is told: how urgent, and the cell that is at stake."""
    lattice, model = decided.lattice, refuted.model
    rulebase = lattice.rulebase
    reached = [urgency for urgency in list(Urgency)[1:] if is_so(model, decided.urgent(urgency))]
    told = [rulebase.sentences[f"urgency_{reached[-1] if reached else Urgency.ROUTINE}"]]
    cell = lattice.named(refuted.wrong.bit)[1] if refuted.wrong.bit is not None and "grid" in refuted.wrong.expected else None
    if cell is not None:
        levels = [level for level in lattice.levels if is_so(model, decided.shown(cell, level))]
        technique, region = rulebase.techniques[cell[0]].label, rulebase.regions[cell[1]].label
        level = rulebase.sentences[f"level_{levels[-1] if levels else 'proceed'}"]
        told.append(sentence(rulebase, "proof_cell", technique=technique, region=region, level=level))
    return joined(told, " ", "")


def _rules(refuted: Refutation) -> tuple[str, ...]:
    """The rules at stake: those named, and those that raise what is missed."""
    wrong, model = refuted.wrong, refuted.model
    if wrong.raised_in is None or wrong.bit is None:
        return wrong.rules
    lattice, raised_in = wrong.raised_in.lattice, wrong.raised_in
    raising = (lattice.effects[i][0].id for i in lattice.raising(wrong.bit) if is_so(model, raised_in.output(wrong.join, i)))
    return tuple(dict.fromkeys((*wrong.rules, *raising)))


def _cases(world: World, theorem: str, refuted: Refutation, told: Text) -> str:
    """The people as cases; the one who is wronged carries what the law asks to come out."""
    cases = []
    for who in refuted.claim.people:
        found = person_found(refuted.model, world.person(who))
        case: dict[str, object] = {
            "id": f"{theorem}_{who}" if len(refuted.claim.people) > 1 else theorem,
            "note": {"en": told.en, "zh": told.zh},
            "covers": [theorem, *_rules(refuted)],
            "answers": as_answers(world.rulebase, found),
        }
        if is_so(refuted.model, world.follow_up):
            case["after"] = True
        if _way(refuted) == "letter":
            case["letter"] = True
        cases.append(case | {"expect": refuted.wrong.expected if who == refuted.wrong.who else {}})
    return yaml.safe_dump({"cases": cases}, sort_keys=False, allow_unicode=True, width=140)
