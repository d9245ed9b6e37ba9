"""Theorems about the rules one by one: none is dead, none is idle, and all of the outcome can be had."""

from collections.abc import Iterator

import z3

from spinesafe.backends.proofs.decision import Decided
from spinesafe.backends.proofs.emergencies import nothing_exempts
from spinesafe.backends.proofs.encode import Trees
from spinesafe.backends.proofs.logic import Bit, both, either, every, if_then, opposite, some
from spinesafe.backends.proofs.people import Choice, Known, Several, YesNo, anything, rails, same_state
from spinesafe.backends.proofs.proof import Claim, Expected, Proof, Wrong, lowered
from spinesafe.backends.proofs.telling import joined
from spinesafe.backends.proofs.world import Way, World, is_so
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase import CheckedRule
from spinesafe.rulebase.expression import Expression, Has, all_of
from spinesafe.rulebase.names import DIAGNOSES

WIDTH = 4
"""How many bits of an outcome the urgency and each cell have."""
WAYS: tuple[Way, ...] = ("form", "letter")


def every_rule_can_fire(proof: Proof) -> None:
    """For each rule, and each part of one, there is somebody for whom it counts as true."""
    world = proof.world
    solver, decided = proof.solver("one"), world.decided("one", "form")
    for place, (rule, effect) in enumerate(world.lattice.effects):
        if not solver.can(decided.output("read", place)):
            part = str(1 + rule.effects.index(effect))
            proof.list(rule.id, id=rule.id, part=part, found=proof.say("proof_found_nobody"))
    proof.asked += solver.asked


def every_rule_adds_something(proof: Proof) -> None:
    """For each rule there is somebody whom it raises beyond what all other rules say; those that only add a reason are listed."""
    world = proof.world
    solver, others = proof.solver("one"), Others(world.decided("one", "form"))
    solver.add(*others.silence)
    for rule in world.rulebase.rules:
        if not any(effect.outcome for effect in rule.effects):
            proof.note(id=rule.id, covered_by="", kept_because=proof.say("proof_found_reason_only"))
            continue
        covering: set[str] = set()
        for holds, rivals in others.left_to(rule):
            core = solver.core(
                holds, [others.silent[name] for name in rivals], [others.silent[name] for name in rivals if name in covering]
            )
            if core is None:
                break
            covering |= {name for name in rivals if any(others.silent[name].eq(bit) for bit in core)}
        else:
            proof.list(rule.id, id=rule.id, covered_by=", ".join(sorted(covering)))
    proof.asked += solver.asked


class Others:
    """All rules, each with a term that says it is silent."""

    def __init__(self, decided: Decided) -> None:
        self.decided, self.lattice = decided, decided.lattice
        self.silent = {rule.id: z3.Bool(f"silent: {rule.id}") for rule in self.lattice.rulebase.rules}

    @property
    def silence(self) -> Iterator[Bit]:
        """That none of the parts of a silent rule holds."""
        for place, (rule, _) in enumerate(self.lattice.effects):
            yield if_then(self.silent[rule.id], opposite(self.decided.output("read", place)))

    def left_to(self, rule: CheckedRule) -> Iterator[tuple[Bit, list[str]]]:
        """Each part of a rule, and each level that it raises a cell to, with the other rules that raise to it: the fewest first."""
        parts: dict[tuple[int, tuple[str, ...]], None] = {}
        for place, (other, effect) in enumerate(self.lattice.effects):
            if other is rule:
                for raising in dict.fromkeys(self.lattice.raising(bit) for bit in _top_bits(effect.outcome)):
                    rivals = dict.fromkeys(self.lattice.effects[i][0].id for i in raising)
                    parts[place, tuple(name for name in rivals if name != rule.id)] = None
        for place, names in sorted(parts, key=lambda part: len(part[1])):
            yield self.decided.output("read", place), list(names)


def _top_bits(outcome: int) -> Iterator[int]:
    """The bits of an outcome, of the urgency and each cell the highest: where others raise as far as that, they raise all below it too."""
    for bit in range(outcome.bit_length()):
        last = bit % WIDTH == WIDTH - 1
        if outcome >> bit & 1 and (last or not outcome >> (bit + 1) & 1):
            yield bit


def every_disposition_is_reachable(proof: Proof) -> None:
    """Each urgency, and each level of each technique at each region, is what somebody is shown."""
    world = proof.world
    decided = world.decided("one", "form")
    wanted = _dispositions(world, decided)
    marks = {name: z3.Bool(f"shown: {name}") for name in wanted}
    solver = proof.solver("one", given=[opposite(world.follow_up), *(marks[name] == exactly for name, exactly in wanted.items())])
    missing = dict.fromkeys(wanted)
    while missing and (model := solver.model(some(marks[name] for name in missing))):
        # Whoever was found shows a whole grid.
        missing = {name: None for name in missing if not is_so(model, marks[name])}
    layout = world.lattice.layout
    for urgency in Urgency:
        if str(urgency) in missing:
            told = world.rulebase.sentences[f"urgency_{urgency}"]
            proof.list(str(urgency), id=str(urgency), what=told, where="", found=proof.say("proof_found_nobody"))
    for technique in layout.techniques:
        for level in HandsOn:
            where = [region for region in layout.regions if f"{technique} {region} {level}" in missing]
            if where:
                name, told = f"{technique} {level}", _level_told(world, technique, level)
                proof.list(name, id=name, what=told, where=_regions_told(world, where), found=proof.say("proof_found_nobody"))
    proof.asked += solver.asked


def _level_told(world: World, technique: str, level: HandsOn) -> Text:
    label = world.rulebase.techniques[technique].label
    return joined([label, world.rulebase.sentences[f"level_{level}"]], ": ", "：")


def _regions_told(world: World, regions: list[str]) -> Text:
    if len(regions) == len(world.lattice.layout.regions):
        return world.rulebase.sentences["proof_everywhere"]
    return joined([world.rulebase.regions[region].label for region in regions], ", ", "、")


def _dispositions(world: World, decided: Decided) -> dict[str, Bit]:
    """That just this urgency is reported, and that a cell is shown at just this level."""
    found = {}
    for urgency in Urgency:
        found[str(urgency)] = every(decided.urgent(u) if u <= urgency else opposite(decided.urgent(u)) for u in list(Urgency)[1:])
    for cell in world.lattice.cells:
        for level in HandsOn:
            exactly = (decided.shown(cell, v) if v <= level else opposite(decided.shown(cell, v)) for v in world.lattice.levels)
            found[f"{cell[0]} {cell[1]} {level}"] = every(exactly)
    return found


def every_condition_has_a_row(proof: Proof) -> None:
    """Whoever is known to have a disease, and is not stated to be treated or healed, is under a row of the matrix that its entry names."""
    world = proof.world
    diagnoses = world.one.states[DIAGNOSES].known
    given = list(nothing_exempts(world, [DIAGNOSES]))
    wrong, there = [], dict[str, Bit]()
    for condition in world.rulebase.conditions.values():
        named = {f"matrix/{row}" for row in condition.matrix_rows}
        rows = [rule for rule in world.rulebase.rules if rule.id in named]
        there[condition.id] = rails(diagnoses, Has(DIAGNOSES, condition.id))[0]
        for way in WAYS:
            fires = some(world.decided("one", way).fires(rule) for rule in rows)
            expected: Expected = {"fires": sorted(named)} if named else {}
            broken = both(there[condition.id], opposite(fires))
            wrong.append(Wrong(broken, expected=expected, rules=(condition.id,), letter=way == "letter"))
    solver = proof.solver("one", given=given)
    for name, has in there.items():
        proof.need(solver, name, [has])
    proof.never(Claim("rows", given, wrong))


def a_diagnosis_wakes_what_it_implies(proof: Proof) -> None:
    """Whoever has a disease, and said nothing of what it implies, is under all that would hold had it been said."""
    world = proof.world
    one, other = world.one.states, world.other.states
    pairs = [
        (condition.id, finding, str(value).lower())
        for condition in world.rulebase.conditions.values()
        for finding, values in condition.implies.items()
        for value in (values if isinstance(values, tuple) else (values,))
    ]
    proof.assume("proof_assumes_entailed", number=str(len(pairs)))
    chosen = {pair: z3.Bool(f"implied: {' '.join(pair)}") for pair in pairs}
    given = [some(chosen.values()), z3.AtMost(*chosen.values(), 1)]
    for (condition, finding, value), bit in chosen.items():
        diagnosed = rails(one[DIAGNOSES].known, Has(DIAGNOSES, condition))[0]
        silent, said = one[finding].known, other[finding].known
        given.append(if_then(bit, every([diagnosed, *_only_that(silent, said, value)])))
    for finding in one:
        saying = [bit for (_, implied, _), bit in chosen.items() if implied == finding]
        given.append(either(same_state(one[finding], other[finding]), *saying))
    for way in ("form", "stated"):
        asleep, awake = world.decided("one", way), world.decided("other", way)
        wrong = [lowered(world, "read", awake, asleep, bit, "one") for bit in world.lattice.distinct]
        proof.never(Claim(way, given, wrong, ("one", "other")))


def _only_that(silent: Known, said: Known, value: str) -> Iterator[Bit]:
    """That nothing is said here, and there the one value."""
    match silent, said:
        case YesNo(), YesNo(yes, _):
            yield from (opposite(anything(silent)), yes)
        case Choice(), Choice(values):
            yield from (opposite(anything(silent)), values[value])
        case Several(members), Several(others):
            for name, (yes, no) in members.items():
                yes_there, no_there = others[name]
                yield from (opposite(yes), opposite(no), yes_there) if name == value else (yes == yes_there, no == no_there)
        case _:
            raise TypeError(said)  # pragma: no cover - no disease implies a number


def the_compiled_rules_say_what_is_written(proof: Proof) -> None:
    """The program that every back end runs says of everybody what the rules say as they are written, with readings and without."""
    world = proof.world
    written = dict(_outputs(world))
    for way in ("stated", "letter"):
        states, decided = world.reading("one", way).states, world.decided("one", way)
        bare, read, closed = Trees(states), Trees(states, readings=True), Trees(states, closed=True)
        wrong = []
        for output, expression in written.items():
            value = world.rulebase.program.outputs[output]
            line = decided.line
            pairs = [(line.known[value], bare.value(expression)[0]), (line.possible[value], opposite(bare.value(expression)[1]))]
            pairs += [(line.read[value], read.value(expression)[0]), (line.read_possible[value], opposite(read.value(expression)[1]))]
            pairs += [(line.read_closed[value], closed.value(expression)[0])] if way == "letter" else []
            rule = world.lattice.effects[output][0].id if output < len(world.lattice.effects) else ""
            differs = some(z3.Xor(compiled, tree) for compiled, tree in pairs)
            wrong.append(Wrong(differs, rules=(rule,) if rule else (), letter=way == "letter"))
        proof.never(Claim(way, [], wrong))


def _outputs(world: World) -> Iterator[tuple[int, Expression]]:
    """The expressions of the program's outputs, by their place."""
    rulebase, watched, expressions = world.rulebase, world.rulebase.watched, world.rulebase.expressions
    yield from ((place, all_of(rule.when, effect.when)) for place, (rule, effect) in enumerate(world.lattice.effects))
    yield from ((output, expressions[rulebase.regions[region].hurts_when]) for region, output in watched.hurts.items())
    yield from ((output, expressions[rulebase.advice[advice].when]) for advice, output in watched.advice.items())
    yield from ((output, expressions[owner.when]) for owner, output in zip(rulebase.owners, watched.owners, strict=True))
    yield from ((output, expressions[rulebase.findings[finding].asked_when]) for finding, output in watched.applies.items())
    yield from ((output, expressions[definition]) for definition, output in watched.definitions.items())


def every_reason_has_a_source(proof: Proof) -> None:
    """Each rule names documents that are listed, says how sure they are, and why in both languages. Read, not solved."""
    rulebase = proof.world.rulebase
    for rule in rulebase.rules:
        missing = [source for source in rule.sources if source not in rulebase.sources]
        if missing or not rule.sources or not rule.evidence_status:
            proof.list(rule.id, id=rule.id, found=proof.say("proof_found_no_source", sources=", ".join(missing) or "-"))
        if not (rule.because.en.strip() and rule.because.zh.strip()):
            proof.list(rule.id, id=rule.id, found=proof.say("proof_found_no_reason"))
    proof.read = len(rulebase.rules)
