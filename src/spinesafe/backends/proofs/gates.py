"""Theorems about the gates: what must be established before hands may be laid on anybody with a complaint or a disease."""

from collections.abc import Iterable, Iterator

from spinesafe.backends.proofs.decision import Cell
from spinesafe.backends.proofs.logic import ALWAYS, Bit, Rails, both, either, every, opposite
from spinesafe.backends.proofs.people import rails, same_state
from spinesafe.backends.proofs.proof import Claim, Expected, Proof, Wrong, less_urgent, shown_below
from spinesafe.backends.proofs.world import Way, Who, World
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase.expression import Has

READ: tuple[Way, ...] = ("letter", "form")
"""A letter first: silence is read there, so that few words show what is wrong."""
LOW_BACK = ("lumbar", "sacrum", "legs")


def no_diagnosis_no_clearance(proof: Proof) -> None:
    """Without a diagnosis by a regulated clinician, unchanged since, nothing is shown below "diagnose first"."""
    for way in READ:
        unchanged = proof.world.premise(proof.theorem, "unchanged", way=way)[0]
        _gate(proof, way, opposite(both(_stated(proof, "diagnosed"), unchanged)), HandsOn.DIAGNOSE_FIRST)


def no_guidance_no_clearance(proof: Proof) -> None:
    """Without the doctor's word on massage nothing is cleared; silence in a letter gives care at most, or nothing where it must not."""
    agreed = _stated(proof, "agreed")
    silent = proof.world.one.states["doctor_guidance"].unanswered
    _gate(proof, "letter", both(opposite(agreed), opposite(silent)), HandsOn.WAIT, "not agreed")
    _gate(proof, "letter", both(silent, _stated(proof, "needs_its_team")), HandsOn.WAIT, "silent, and only the team can tell")
    _gate(proof, "letter", opposite(agreed), HandsOn.ADAPT, "silent")
    _gate(proof, "form", opposite(agreed), HandsOn.WAIT)


def unlicensed_place_never_clears(proof: Proof) -> None:
    """A place or therapist not known to be licensed never clears; a named unlicensed one not even in a letter, and never a thrust there."""
    licensed, unlicensed = _stated(proof, "licensed"), _stated(proof, "unlicensed")
    _gate(proof, "letter", unlicensed, HandsOn.WAIT, "named")
    _gate(proof, "letter", opposite(licensed), HandsOn.ADAPT, "silent")
    _gate(proof, "form", opposite(licensed), HandsOn.WAIT)
    world = proof.world
    for way in READ:
        wrong = []
        for technique in ("thrust_manipulation", "walking_on_back"):
            planned = both(unlicensed, _stated(proof, f"planned_{technique}"))
            cells = [cell for cell in world.lattice.cells if cell[0] == technique]
            wrong += list(_below(world, way, HandsOn.STOP, cells, planned))
        proof.never(Claim(f"{way}: thrust or treading planned", [unlicensed], wrong, such_as=_stated(proof, "planned_thrust_manipulation")))


def no_consent_no_clearance(proof: Proof) -> None:
    """Nobody is cleared who has not agreed; a letter that says nothing of it never clears freely."""
    world, agreed = proof.world, _stated(proof, "agreed")
    silent = world.one.states["consent_given"].unanswered
    proof.never(Claim("letter: not agreed", [opposite(either(agreed, silent))], list(shown_below(world, "letter", "one", HandsOn.WAIT))))
    proof.never(Claim("letter: silent", [opposite(agreed)], list(shown_below(world, "letter", "one", HandsOn.ADAPT))))
    proof.never(Claim("form", [opposite(agreed)], list(shown_below(world, "form", "one", HandsOn.WAIT))))


def no_baseline_no_unconditional_go_ahead(proof: Proof) -> None:
    """A complaint or a disease is cleared without conditions only when strength, feeling and reflexes have been written down."""
    for way in READ:
        _gate(proof, way, opposite(_stated(proof, "recorded")), HandsOn.ADAPT)


def acute_disc_herniation_waits(proof: Proof) -> None:
    """In the acute stage of a lumbar disc herniation, or while it may be that, nothing is done to the low back, sacrum and legs."""
    world = proof.world
    cells = [cell for cell in world.lattice.cells if cell[1] in LOW_BACK]
    thrust = [cell for cell in cells if cell[0] == "thrust_manipulation"]
    for way in READ:
        acute, not_acute = world.premise(proof.theorem, "acute", way=way)
        given = [acute] if way == "letter" else [opposite(not_acute), _stated(proof, "herniation")]
        proof.never(Claim(way, given, list(_below(world, way, HandsOn.WAIT, cells)), such_as=acute))
        proof.never(Claim(f"{way}: thrust", [acute], list(_below(world, way, HandsOn.STOP, thrust))))


def no_missing_scan_bars_soft_tissue_after_a_diagnosis(proof: Proof) -> None:
    """Once a clinician has diagnosed, no scan at all allows the same work on soft tissue as every scan does."""
    world = proof.world
    given = [world.premise(proof.theorem, name)[0] for name in world.rulebase.theorems[proof.theorem].premises]
    given += [same_state(world.one.states[f], world.other.states[f]) for f in world.one.states if f != "imaging_done"]
    given += [no for _, no in _scans(world, "one")] + [yes for yes, _ in _scans(world, "other")]
    without, scanned = world.decided("one", "form"), world.decided("other", "form")
    soft = [cell for cell in world.lattice.cells if world.rulebase.techniques[cell[0]].column == "soft_tissue"]
    for join in ("read", "ceiling"):
        wrong = []
        for cell in soft:
            for level in list(HandsOn)[1:]:
                barred = both(without.level(join, cell, level), opposite(scanned.level(join, cell, level)))
                expected: Expected = {"grid": {cell[0]: {cell[1]: str(HandsOn.from_rank(level.rank - 1))}}}
                wrong.append(Wrong(barred, "one", expected, world.lattice.cell_bit(cell, level)))
        proof.never(Claim(f"form: {join}", given, wrong, ("one", "other")))


def _scans(world: World, who: Who) -> Iterator[Rails]:
    known = world.person(who).states["imaging_done"].known
    yield from (rails(known, Has("imaging_done", scan)) for scan in world.rulebase.members["imaging_done"])


def old_explained_sphincter_trouble_exempts_one_organ_at_a_time(proof: Proof) -> None:
    """Old, unchanged, explained trouble of bladder or bowel is no emergency; it covers no other organ, no worsening, no saddle feeling."""
    world = proof.world
    worse, old_injury = _stated(proof, "worse"), _stated(proof, "old_injury")
    for organ in ("bladder", "bowel"):
        trouble, explained = _stated(proof, f"{organ}_trouble"), _stated(proof, f"{organ}_explained")
        for way in READ:
            uncovered = every([trouble, opposite(explained), opposite(old_injury)])
            proof.never(Claim(f"{way}: {organ} not explained", [uncovered], [less_urgent(world, way, "one", Urgency.WITHIN_7_DAYS)]))
            growing = every([trouble, worse])
            proof.never(Claim(f"{way}: {organ} worse", [growing], [less_urgent(world, way, "one", Urgency.EMERGENCY_NOW)]))
        calm = [opposite(world.decided("one", "form").urgent(Urgency.WITHIN_14_DAYS)), trouble, explained, opposite(old_injury)]
        proof.need(proof.solver("one"), f"form: {organ} exempt", calm)
    saddle = every([_stated(proof, "saddle"), opposite(old_injury)])
    for way in READ:
        proof.never(Claim(f"{way}: saddle", [saddle], [less_urgent(world, way, "one", Urgency.WITHIN_7_DAYS)]))


def _stated(proof: Proof, premise: str) -> Bit:
    """That a premise was stated: read off what was said, never presumed."""
    return proof.world.premise(proof.theorem, premise)[0]


def _gate(proof: Proof, way: Way, closed: Bit, least: HandsOn, part: str = "") -> None:
    """That a closed gate lets nobody through but who is stated to have no complaint and no disease, and to want only to relax."""
    world = proof.world
    relaxing = both(_stated(proof, "relaxation"), world.premise(proof.theorem, "complaint", way=way)[1])
    patient = opposite(relaxing)
    complaint = world.premise(proof.theorem, "complaint")[0]
    proof.never(Claim(f"{way}: {part}" if part else way, [closed, patient], list(shown_below(world, way, "one", least)), such_as=complaint))


def _below(world: World, way: Way, least: HandsOn, cells: Iterable[Cell], when: Bit = ALWAYS) -> Iterator[Wrong]:
    wanted = set(cells)
    wrongs = zip(world.lattice.cells, shown_below(world, way, "one", least, when), strict=True)
    yield from (wrong for cell, wrong in wrongs if cell in wanted)
