"""The theorem of a local overlay: it may add and tighten, never loosen what the built-in knowledge says."""

from collections.abc import Iterator

from spinesafe.backends.proofs.decision import Decided, Join, Lattice
from spinesafe.backends.proofs.logic import Bit, both, opposite
from spinesafe.backends.proofs.proof import Claim, Expected, Proof, Wrong
from spinesafe.backends.proofs.reading import Reading, as_a_form, as_a_letter, as_stated
from spinesafe.backends.proofs.world import WAYS, Way, World
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase import RuleBase


def the_overlay_never_loosens(proof: Proof) -> None:
    """Nobody is judged less gravely with the overlay than without it, in what is certain, what is reported and what is open."""
    world = proof.world
    if world.built_in is None:
        return
    for finding, gone in _members_gone(world.built_in, world.rulebase):
        label = world.built_in.findings[finding].label
        proof.list(finding, id=finding, finding=label, found=proof.say("proof_found_gone", gone=gone))
    if proof.rows:
        return
    lattice = Lattice(world.built_in)
    for way in WAYS:
        before, after = Decided(lattice, _read(world.built_in, world, way), world.follow_up), world.decided("one", way)
        for join in ("floor", "read", "ceiling"):
            proof.never(Claim(f"{way}: {join}", [], list(_lower(before, after, join, letter=way == "letter"))))


def _read(built_in: RuleBase, world: World, way: Way) -> Reading:
    match way:
        case "stated":
            return as_stated(world.one)
        case "form":
            return as_a_form(built_in, world.one)
        case "letter":
            return as_a_letter(built_in, world.one)


def _members_gone(built_in: RuleBase, overlaid: RuleBase) -> Iterator[tuple[str, str]]:
    """What can no longer be answered: then nobody could be told what the built-in rules would say."""
    for finding in built_in.findings.values():
        now = overlaid.findings[finding.id]
        if now.kind != finding.kind:
            yield finding.id, f"its kind {finding.kind}"
        yield from ((finding.id, member) for member in built_in.members[finding.id] if member not in overlaid.members[finding.id])
        if (now.minimum, now.maximum, now.whole) != (finding.minimum, finding.maximum, finding.whole):
            yield finding.id, "answers of its range"


def _lower(before: Decided, after: Decided, join: Join, *, letter: bool) -> Iterator[Wrong]:
    for urgency in reversed(list(Urgency)[1:]):
        was, now = before.urgent(urgency, join), after.urgent(urgency, join)
        expected: Expected = {"urgency": str(urgency)} if join == "read" else {"worst_case": str(urgency)} if join == "ceiling" else {}
        yield _wrong(before, before.lattice.urgency_bit(urgency), was, now, expected, letter=letter)
    for cell in before.lattice.cells:
        for level in reversed(list(HandsOn)[1:]):
            was, now = before.level(join, cell, level), after.level(join, cell, level)
            expected = {"grid": {cell[0]: {cell[1]: str(level)}}} if join == "read" else {}
            yield _wrong(before, before.lattice.cell_bit(cell, level), was, now, expected, letter=letter)


def _wrong(before: Decided, bit: int, was: Bit, now: Bit, expected: Expected, *, letter: bool) -> Wrong:
    return Wrong(both(was, opposite(now)), expected=expected, bit=bit, letter=letter, raised_in=before)
