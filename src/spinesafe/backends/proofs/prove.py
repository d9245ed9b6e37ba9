"""All theorems, or some, of a rule base: each in its own time, on two processes."""

import signal
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import msgspec

from spinesafe.backends.proofs.counterexample import counter_example
from spinesafe.backends.proofs.people import CLINICIANS
from spinesafe.backends.proofs.proof import Proof, Refutation, Vacuous
from spinesafe.backends.proofs.report import Change, Result, Verdict
from spinesafe.backends.proofs.solve import Undecided
from spinesafe.backends.proofs.telling import described, joined, person_found, sentence
from spinesafe.backends.proofs.theorems import OVERLAY_THEOREM, THEOREMS
from spinesafe.backends.proofs.world import MILLISECONDS, World
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.read import BUILT_IN, read_folder

PROCESSES = 2


def theorems_of(*, overlay: bool) -> tuple[str, ...]:
    """The names of all theorems, those first that take longest."""
    return (OVERLAY_THEOREM.__name__, *THEOREMS) if overlay else tuple(THEOREMS)


def prove(
    rulebase: RuleBase,
    names: Iterable[str] | None = None,
    *,
    built_in: RuleBase | None = None,
    processes: int = PROCESSES,
    milliseconds: int = MILLISECONDS,
) -> Iterator[Result]:
    """The results, each as soon as it is there. `built_in` is the rule base that an overlay was laid on.

    A question that takes the solver longer than so many `milliseconds` ends its theorem, which is then not proved.
    """
    wanted = tuple(names if names is not None else theorems_of(overlay=built_in is not None))
    if processes == 1 or len(wanted) == 1:
        world = World(rulebase, built_in=built_in, milliseconds=milliseconds)
        yield from (prove_one(world, name) for name in wanted)
        return
    packed = msgspec.msgpack.encode(rulebase), msgspec.msgpack.encode(built_in), milliseconds
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin, initargs=packed) as pool:
        running = {pool.submit(_prove_in_process, name): name for name in wanted}
        try:
            for done in as_completed(running):
                yield _result(rulebase, running[done], done)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(rulebase: RuleBase, name: str, done: Future[Result]) -> Result:
    """What a process found. One that ended before it found anything has proved nothing."""
    try:
        return done.result()
    except BrokenExecutor as ended:
        return Result(
            theorem=name, statement=rulebase.theorems[name].statement, verdict="undecided", seconds=0.0, questions=0, reason=str(ended)
        )


def _begin(rulebase: bytes, built_in: bytes, milliseconds: int) -> None:  # pragma: no cover - runs in a process of its own
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    decode = msgspec.msgpack.decode
    _Process.world = World(decode(rulebase, type=RuleBase), built_in=decode(built_in, type=RuleBase | None), milliseconds=milliseconds)


class _Process:
    """What one process keeps."""

    world: World


def _prove_in_process(name: str) -> Result:  # pragma: no cover - runs in a process of its own
    return prove_one(_Process.world, name)


def prove_one(world: World, name: str) -> Result:
    """One theorem. Whatever is not proved is said so, with the reason."""
    began = time.perf_counter()
    proof = Proof(world, name)
    theorem = OVERLAY_THEOREM if name == OVERLAY_THEOREM.__name__ else THEOREMS[name]
    verdict: Verdict = "proved"
    reason, example = "", None
    try:
        theorem(proof)
    except Refutation as refuted:
        verdict, example = "refuted", counter_example(world, name, refuted)
    except Undecided as silent:
        verdict, reason = "undecided", str(silent)
    except Vacuous as empty:
        verdict, reason = "proved_of_nobody", str(empty)
    not_accepted = tuple(row.cells for row in proof.rows if not row.accepted)
    if verdict == "proved" and not_accepted:
        verdict = "not_accepted"
    return Result(
        theorem=name,
        statement=world.rulebase.theorems[name].statement,
        verdict=verdict,
        seconds=round(time.perf_counter() - began, 2),
        questions=proof.asked,
        parts=tuple(proof.parts),
        assumptions=tuple(_assumptions(world, proof)),
        witness=_witness(world, proof),
        counter_example=example,
        listed=tuple(row.cells for row in proof.rows),
        not_accepted=not_accepted,
        counted=proof.counted,
        reason=reason,
    )


def _assumptions(world: World, proof: Proof) -> Iterator[Text]:
    """What a theorem takes for granted: what holds of all people who can be, and what it adds."""
    if not proof.asked:
        return
    rulebase = world.rulebase
    numbers = sum(finding.kind == "number" for finding in rulebase.findings.values())
    examined = sum(finding.answered_by in CLINICIANS for finding in rulebase.findings.values())
    yield sentence(rulebase, "proof_assumes_ranges", number=str(numbers))
    yield sentence(rulebase, "proof_assumes_one_value")
    yield sentence(rulebase, "proof_assumes_examined", number=str(examined))
    yield from (sentence(rulebase, name, **filling) for name, filling in proof.assumed.items())


def _witness(world: World, proof: Proof) -> Text | None:
    if proof.witness is None:
        return None
    model, people = proof.witness
    return joined([described(world.rulebase, person_found(model, world.person(who))) for who in people], " → ", " → ")


def changes_of(overlay: Path, built_in: Path = BUILT_IN) -> tuple[Change, ...]:
    """The entries of an overlay. Raises `KnowledgeError`."""
    there = {(sourced.kind, getattr(sourced.entry, "id", "")) for sourced in read_folder(built_in)}
    entries = ((sourced.kind, getattr(sourced.entry, "id", ""), sourced.place) for sourced in read_folder(overlay))
    return tuple(
        Change(kind=kind, id=name, place=f"{overlay.name}/{place}", replaces=(kind, name) in there) for kind, name, place in entries
    )
