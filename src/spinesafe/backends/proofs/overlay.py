"""The theorem of a local overlay: it may add and tighten, never loosen what the built-in knowledge says."""

from collections.abc import Iterator
from typing import assert_never

import z3

from spinesafe.backends.proofs.decision import JOINS, Decided, Join, Lattice
from spinesafe.backends.proofs.logic import both, opposite
from spinesafe.backends.proofs.proof import Claim, Proof, Vacuous, Wrong
from spinesafe.backends.proofs.reading import Reading, as_a_form, as_a_letter, as_stated
from spinesafe.backends.proofs.world import WAYS, Way, World
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import RuleBase


def the_overlay_never_loosens(proof: Proof) -> None:
    """Nobody is judged less gravely with the overlay than without it: in what is shown, what is certain, what is read, what is open."""
    world = proof.world
    if world.built_in is None:
        raise Vacuous("no overlay")
    for region in world.rulebase.regions:
        if region not in world.built_in.regions:
            proof.list(region, id=region, found=proof.say("proof_found_region"))
    for finding, gone in _members_gone(world.built_in, world.rulebase):
        label = world.built_in.findings[finding].label
        proof.list(finding, id=finding, finding=label, found=proof.say("proof_found_gone", gone=gone))
    if proof.rows:
        return
    lattice = Lattice(world.built_in)
    # A letter first: silence is read there, so that few words show what is wrong.
    for way in reversed(WAYS):
        before, after = Decided(lattice, _read(world.built_in, world, way), world.follow_up), world.decided("one", way)
        if way != "stated":
            proof.never(Claim(f"{way}: shown", [], list(_shown_lower(before, after, letter=way == "letter"))))
        for join in JOINS:
            proof.never(Claim(f"{way}: {join}", [], list(_lower(before, after, join, letter=way == "letter"))))
        proof.never(Claim(f"{way}: where it hurts", [], list(_hurts_elsewhere(before, after, letter=way == "letter"))))


def _read(built_in: RuleBase, world: World, way: Way) -> Reading:
    match way:
        case "stated":
            return as_stated(world.one)
        case "form":
            return as_a_form(built_in, world.one)
        case "letter":
            return as_a_letter(built_in, world.one)
        case _:
            assert_never(way)  # pragma: no cover - mypy proves that no kind is missing


def _members_gone(built_in: RuleBase, overlaid: RuleBase) -> Iterator[tuple[str, str]]:
    """What can no longer be answered: then nobody could be told what the built-in rules would say."""
    for finding in built_in.findings.values():
        now = overlaid.findings[finding.id]
        if now.kind != finding.kind:
            yield finding.id, f"its kind {finding.kind}"
        yield from ((finding.id, member) for member in built_in.members[finding.id] if member not in overlaid.members[finding.id])
        if (now.minimum, now.maximum, now.whole) != (finding.minimum, finding.maximum, finding.whole):
            yield finding.id, "answers of its range"


def _shown_lower(before: Decided, after: Decided, *, letter: bool) -> Iterator[Wrong]:
    """That what is shown is graver without the overlay: each by the level that is shown then, the highest first."""
    for urgency in reversed(list(Urgency)[1:]):
        falls, bit = both(before.urgent(urgency), opposite(after.urgent(urgency))), before.lattice.urgency_bit(urgency)
        yield Wrong(falls, expected={"urgency": str(urgency)}, bit=bit, letter=letter, raised_in=before)
    for cell in before.lattice.cells:
        for level in reversed(list(HandsOn)[1:]):
            falls, bit = both(before.shown(cell, level), opposite(after.shown(cell, level))), before.lattice.cell_bit(cell, level)
            yield Wrong(falls, expected={"grid": {cell[0]: {cell[1]: str(level)}}}, bit=bit, letter=letter, raised_in=before)


def _lower(before: Decided, after: Decided, join: Join, *, letter: bool) -> Iterator[Wrong]:
    """That a join is graver without the overlay. Bits go by their names: an overlay may add techniques."""
    for urgency in list(Urgency)[1:]:
        falls = both(before.urgent(urgency, join), opposite(after.urgent(urgency, join)))
        yield Wrong(falls, bit=before.lattice.urgency_bit(urgency), letter=letter, raised_in=before, join=join)
    for cell in before.lattice.cells:
        for level in before.lattice.levels:
            falls = both(before.level(join, cell, level), opposite(after.level(join, cell, level)))
            yield Wrong(falls, bit=before.lattice.cell_bit(cell, level), letter=letter, raised_in=before, join=join)


def _hurts_elsewhere(before: Decided, after: Decided, *, letter: bool) -> Iterator[Wrong]:
    """That a region counts as hurting with or without the overlay alone: the overall level is read off the regions that hurt."""
    for region in before.lattice.layout.regions:
        yield Wrong(z3.Xor(before.hurts(region), after.hurts(region)), rules=(region,), letter=letter)
