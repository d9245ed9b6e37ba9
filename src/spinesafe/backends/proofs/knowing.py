"""Theorems about two states of knowledge: a danger more, a protection less, an answer more."""

from collections.abc import Iterator
from typing import assert_never

import z3

from spinesafe.backends.proofs.decision import JOINS, AnyDecision, Decided, Join
from spinesafe.backends.proofs.logic import ALWAYS, Bit, alike, both, either, every, if_then, opposite, some
from spinesafe.backends.proofs.people import Choice, Number, Several, State, YesNo, graver, learnt, member_polarity, same, same_state, whole
from spinesafe.backends.proofs.proof import Claim, Proof, Wrong, lowered, shown_below
from spinesafe.backends.proofs.reading import complete
from spinesafe.backends.proofs.world import WAYS, Way, Who, World
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase.format import Finding

PEOPLE: tuple[Who, ...] = ("one", "other")
BOTH: tuple[Way, ...] = ("form", "stated")
READ: tuple[Way, ...] = ("form", "letter")
LEARNING = "learning_more_never_unsettles"
ORDER = "not_knowing_is_never_better_than_knowing"


# ------------------------------------------------------------------------------------------------- dangers and protections


def adding_a_danger_never_lowers_the_outcome(proof: Proof) -> None:
    """A danger that appears, or a graver answer, lowers nothing."""
    _graver_answers(proof, "danger")


def removing_a_protective_fact_never_lowers_the_outcome(proof: Proof) -> None:
    """A protection that goes lowers nothing."""
    _graver_answers(proof, "protective")


def _graver_answers(proof: Proof, polarity: str) -> None:
    world = proof.world
    mixed = [finding.label.en for finding in world.findings if finding.polarity == "mixed"]
    proof.assume("proof_assumes_mixed_unchanged", findings=", ".join(mixed))
    steps = list(graver(world.rulebase, world.one.states, world.other.states, polarity))
    moved = some(opposite(same(world.one.states[f].known, world.other.states[f].known)) for f in world.one.states)
    proof.assume("proof_assumes_believed")
    for way in BOTH:
        joins: tuple[Join, ...] = JOINS if way == "stated" else ("read", "ceiling")
        given = steps if way == "stated" else [*steps, *_believed(world, "one"), *_believed(world, "other")]
        claims = [_never_falls(world, way, join, given, moved) for join in joins]
        for claim in claims:
            proof.never(claim)
        proof.follows(_shown_never_falls(world, way, given, moved), _named(proof, claims), _shown_follows(world, way, ("read", "ceiling")))


def _named(proof: Proof, claims: list[Claim]) -> list[tuple[str, Claim]]:
    return [(proof.theorem, claim) for claim in claims]


def _never_falls(world: World, way: Way, join: Join, given: list[Bit], moved: Bit) -> Claim:
    before, after = world.decided("one", way), world.decided("other", way)
    wrong = [lowered(world, join, before, after, bit) for bit in world.lattice.distinct]
    return Claim(f"{way}: {join}", given, wrong, PEOPLE, moved)


def _shown_never_falls(world: World, way: Way, given: list[Bit], moved: Bit) -> Claim:
    return Claim(f"{way}: shown", given, list(_shown_wrong(world, world.decided("one", way), world.decided("other", way))), PEOPLE, moved)


def _shown_follows(world: World, way: Way, joins: tuple[Join, ...]) -> Claim:
    """That what is shown does not fall where these joins do not, whatever they are."""
    before, after = world.any_decision("one", way), world.any_decision("other", way)
    given = [*_rising(world, before, after, joins), *before.unary, *after.unary, before.reading.presumed == after.reading.presumed]
    return Claim(f"{way}: shown in general", given, list(_shown_wrong(world, before, after)), PEOPLE)


def _rising(world: World, before: AnyDecision, after: AnyDecision, joins: tuple[Join, ...]) -> Iterator[Bit]:
    for join in joins:
        yield from (if_then(before.bit(join, bit), after.bit(join, bit)) for bit in world.lattice.distinct)


def _shown_wrong(world: World, before: Decided, after: Decided) -> Iterator[Wrong]:
    for cell in world.lattice.cells:
        for level in reversed(list(HandsOn)[1:]):
            falls = both(before.shown(cell, level), opposite(after.shown(cell, level)))
            yield Wrong(falls, "other", {"grid": {cell[0]: {cell[1]: str(level)}}}, world.lattice.cell_bit(cell, level))
    for urgency in reversed(list(Urgency)[1:]):
        yield Wrong(
            both(before.urgent(urgency), opposite(after.urgent(urgency))),
            "other",
            {"urgency": str(urgency)},
            world.lattice.urgency_bit(urgency),
        )


def _believed(world: World, who: Who) -> Iterator[Bit]:
    """That nobody says "does not apply" or "nowhere" where the question applies or may: such an answer is taken back."""
    said, read = world.person(who).states, world.reading(who, "form").states
    yield from (learnt(said[finding].known, read[finding].known) for finding in world.rulebase.watched.applies)


# ------------------------------------------------------------------------------------------------- learning


def learning_more_never_unsettles(proof: Proof) -> None:
    """From unknown to any value, what is certain only rises, and what is open only falls."""
    proof.assume("proof_assumes_fitting_answers")
    for way in BOTH:
        for claim in learning(proof.world, way):
            proof.never(claim)


def learning(world: World, way: Way) -> tuple[Claim, Claim]:
    """What is certain only rises; what is open only falls."""
    given, more = _learning(world, way)
    before, after = world.decided("one", way), world.decided("other", way)
    floor = [_undone(world, i, before.output("floor", i), after.output("floor", i)) for i in world.lattice.places]
    ceiling = [_undone(world, i, after.output("ceiling", i), before.output("ceiling", i)) for i in world.lattice.places]
    return Claim(f"{way}: floor", given, floor, PEOPLE, more), Claim(f"{way}: ceiling", given, ceiling, PEOPLE, more)


def _undone(world: World, effect: int, before: Bit, after: Bit) -> Wrong:
    """That an effect of a rule holds before and not after."""
    rule, _ = world.lattice.effects[effect]
    return Wrong(both(before, opposite(after)), "other", {}, rules=(rule.id,))


def _learning(world: World, way: Way) -> tuple[list[Bit], Bit]:
    """That the other knows what one knows, perhaps more; and that it is more."""
    one, other = world.one.states, world.other.states
    given = [_learnt(one[f], other[f]) for f in one]
    if way == "form":
        given += list(_fitting(world))
    return given, some(opposite(same(one[f].known, other[f].known)) for f in one)


def _learnt(before: State, after: State) -> Bit:
    asked = (if_then(after.dont_know, before.dont_know), alike(before.not_examined, after.not_examined))
    return every([learnt(before.known, after.known), *asked])


def _fitting(world: World) -> Iterator[Bit]:
    """That a question which does not apply is not answered, or answered "no" or "none": what is not asked counts so by itself."""
    applies, program = world.rulebase.watched.applies, world.rulebase.program
    line = world.decided("other", "stated").line
    for finding, output in applies.items():
        before, after = world.one.states[finding], world.other.states[finding]
        nothing = both(whole(after.known), opposite(_answered_otherwise(after)))
        yield some([line.possible[program.outputs[output]], same_state(before, after), nothing])


def _answered_otherwise(state: State) -> Bit:
    match state.known:
        case YesNo(yes, _):
            return yes
        case Choice(values):
            return some(bit for name, bit in values.items() if name != "none")
        case Several(members):
            return some(yes for yes, _ in members.values())
        case Number(known, none, _):
            return both(known, opposite(none))
        case _:
            assert_never(state.known)  # pragma: no cover - mypy proves that no kind is missing


def _completion(world: World, way: Way) -> Iterator[Bit]:
    """That the other has answered everything that can be asked: what was not examined stays so, what does not apply is not asked."""
    if way == "stated":
        yield complete(world.other.states)
        return
    form = world.reading("other", way).states
    for finding, state in world.other.states.items():
        yield either(whole(state.known), state.not_examined, both(state.unanswered, whole(form[finding].known)))


def unknown_never_clears(proof: Proof) -> None:
    """No cell shows a go-ahead that some way to fill the unknown would take back."""
    world, wait = proof.world, HandsOn.WAIT
    proof.assume("proof_assumes_fitting_answers")
    for way in BOTH:
        given, more = _learning(world, way)
        given += list(_completion(world, way))
        before, after = world.decided("one", way), world.decided("other", way)
        cleared = some(opposite(before.shown(cell, wait)) for cell in world.lattice.cells)
        claim = Claim(f"{way}: cleared", given, list(_cleared(world, before, after)), PEOPLE, both(more, cleared))
        one, other = world.any_decision("one", way), world.any_decision("other", way)
        general = Claim(
            f"{way}: cleared in general",
            [*_less_open(world, one, other), *_ordered(world, other), *one.unary],
            list(_cleared(world, one, other)),
            PEOPLE,
        )
        proof.follows(claim, [(LEARNING, learning(world, way)[1]), *((ORDER, c) for c in order(world, "other", way))], general)
    for way in READ:
        proof.never(Claim(f"{way}: presumed", [world.reading("one", way).presumed], list(shown_below(world, way, "one", HandsOn.ADAPT))))


def _cleared(world: World, before: Decided, after: Decided) -> Iterator[Wrong]:
    for cell in world.lattice.cells:
        barred = both(opposite(before.shown(cell, HandsOn.WAIT)), after.level("read", cell, HandsOn.WAIT))
        yield Wrong(barred, "one", {"grid": {cell[0]: {cell[1]: "wait"}}}, world.lattice.cell_bit(cell, HandsOn.WAIT))


def _less_open(world: World, before: AnyDecision, after: AnyDecision) -> Iterator[Bit]:
    yield from (if_then(after.bit("ceiling", bit), before.bit("ceiling", bit)) for bit in world.lattice.distinct)


def _ordered(world: World, decided: AnyDecision) -> Iterator[Bit]:
    for bit in world.lattice.distinct:
        yield if_then(decided.bit("floor", bit), decided.bit("read", bit))
        yield if_then(decided.bit("read", bit), decided.bit("ceiling", bit))


# ------------------------------------------------------------------------------------------------- not knowing


def not_knowing_is_never_better_than_knowing(proof: Proof) -> None:
    """Not to know leaves open at least what any answer would; what is reported lies between; an unstated protection protects nobody."""
    world = proof.world
    for way in WAYS:
        for claim in order(world, "one", way):
            proof.never(claim)
    for way in BOTH:
        proof.never(_unsure(world, way))
    proof.never(_unstated(world))
    one = world.any_decision("one", "stated")
    proof.follows(
        Claim("stated: shown between", [], list(_outside(world, world.decided("one", "stated")))),
        [(ORDER, claim) for claim in order(world, "one", "stated")],
        Claim("stated: shown between, in general", [*_ordered(world, one), *one.unary], list(_outside(world, one))),
    )


def order(world: World, who: Who, way: Way) -> tuple[Claim, Claim]:
    """What is read lies between what is certain and what is open."""
    decided = world.decided(who, way)
    low, high = list[Wrong](), list[Wrong]()
    for i in world.lattice.places:
        rules, letter = (world.lattice.effects[i][0].id,), way == "letter"
        certain, read, possible = (decided.output(join, i) for join in JOINS)
        low.append(Wrong(both(certain, opposite(read)), who, {"fires": list(rules)}, rules=rules, letter=letter))
        high.append(Wrong(both(read, opposite(possible)), who, {"does_not_fire": list(rules)}, rules=rules, letter=letter))
    return Claim(f"{way}: certain is read {who}", [], low, (who,)), Claim(f"{way}: read is open {who}", [], high, (who,))


def _unsure(world: World, way: Way) -> Claim:
    """That "I don't know" leaves open at least what an answer does."""
    one, other = world.one.states, world.other.states
    given = [either(same_state(one[f], other[f]), one[f].dont_know) for f in one]
    unsure, sure = world.decided("one", way), world.decided("other", way)
    wrong = [_undone(world, i, sure.output("ceiling", i), unsure.output("ceiling", i)) for i in world.lattice.places]
    moved = some(both(one[f].dont_know, whole(other[f].known)) for f in one)
    return Claim(f"{way}: I don't know", given, wrong, PEOPLE, moved)


def _unstated(world: World) -> Claim:
    """That a protection counts no more while it is not known than when it is not there."""
    one, other = world.one.states, world.other.states
    given = [either(same_state(one[f.id], other[f.id]), _refused(world, f, one[f.id], other[f.id])) for f in world.findings]
    silent, refused = world.decided("one", "stated"), world.decided("other", "stated")
    wrong = [lowered(world, "read", refused, silent, bit, "one") for bit in world.lattice.distinct]
    moved = some(opposite(same(one[f].known, other[f].known)) for f in one)
    return Claim("stated: unstated protections", given, wrong, PEOPLE, moved)


def _refused(world: World, finding: Finding, silent: State, refused: State) -> Bit:
    """That a protection is not known here, and known not to be there."""
    match silent.known, refused.known:
        case YesNo(yes, no), YesNo(_, denied) if finding.polarity == "protective":
            return every([opposite(yes), opposite(no), denied])
        case Choice(values), Choice(others):
            weak = [others[m.id] for m in finding.members if m.polarity == "neutral"]
            if any(m.polarity == "protective" for m in finding.members):
                return every([opposite(some(values.values())), some(weak)])
        case Several(members), Several(others):
            one_by_one = []
            for name, (yes, no) in members.items():
                now_yes, now_no = others[name]
                stays = both(alike(yes, now_yes), alike(no, now_no))
                protective = member_polarity(world.rulebase, finding, name) == "protective"
                one_by_one.append(either(stays, every([opposite(yes), opposite(no), now_no])) if protective else stays)
            return every(one_by_one)
        case _:
            pass
    return opposite(ALWAYS)


def _outside(world: World, decided: Decided) -> Iterator[Wrong]:
    """What is shown, where nothing was presumed, below what is certain or above what is open."""
    for cell in world.lattice.cells:
        for level in list(HandsOn)[1:]:
            shown, bit = decided.shown(cell, level), world.lattice.cell_bit(cell, level)
            yield Wrong(both(decided.level("floor", cell, level), opposite(shown)), bit=bit)
            yield Wrong(both(shown, opposite(decided.level("ceiling", cell, level))), bit=bit)


# ------------------------------------------------------------------------------------------------- settled


def settled_means_settled(proof: Proof) -> None:
    """Where a part of the decision is settled, no way to fill what is missing changes it."""
    world = proof.world
    proof.assume("proof_assumes_fitting_answers")
    for way in BOTH:
        given, more = _learning(world, way)
        given += list(_completion(world, way))
        before, after = world.decided("one", way), world.decided("other", way)
        claim = Claim(f"{way}: settled", given, list(_unsettled(world, before, after)), PEOPLE, both(more, before.settled))
        one, other = world.any_decision("one", way), world.any_decision("other", way)
        between = [*_less_open(world, one, other), *_rising(world, one, other, ("floor",)), *_ordered(world, other)]
        general = Claim(f"{way}: settled in general", between, list(_unsettled(world, one, other)), PEOPLE)
        proof.follows(claim, [*((LEARNING, c) for c in learning(world, way)), *((ORDER, c) for c in order(world, "other", way))], general)


def _unsettled(world: World, before: Decided, after: Decided) -> Iterator[Wrong]:
    for bit in world.lattice.distinct:
        settled = opposite(before.above("ceiling", before, "floor", bit))
        yield Wrong(both(settled, z3.Xor(before.bit("floor", bit), after.bit("read", bit))), "one", {}, bit)
