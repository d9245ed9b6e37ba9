"""How long each theorem takes, and all of them on two processes.

python -m bench.proofs
"""

import os
from collections.abc import Iterable
from importlib.metadata import version
from time import perf_counter, process_time

from bench.page import Part, Row, table
from bench.timing import summed_up
from spinesafe.backends.proofs import Result, World, prove, prove_one, theorems_of
from spinesafe.rulebase import RuleBase, load

ROUNDS = 2
"""A round takes a minute and more; a proof has nothing to warm up."""
AIM = "60 s"


def proofs(rulebase: RuleBase) -> Part:
    """Seconds for each theorem, its terms included where it is the first to need them."""
    names = theorems_of(overlay=False)
    times: dict[str, list[float]] = {name: [] for name in names}
    together: list[float] = []
    for _ in range(ROUNDS):
        world = World(rulebase)
        for name in names:
            began = process_time()
            _proved([prove_one(world, name)])
            times[name].append(process_time() - began)
        started = perf_counter()
        _proved(prove(rulebase))
        together.append(perf_counter() - started)
    says = (
        f"All {len(names)} theorems over {len(rulebase.findings)} questions and {len(rulebase.rules)} rules and rows, with z3 "
        f"{version('z3-solver')}: each in one process, one after the other, then all of them in two processes on the wall clock. What "
        "others need as well, the terms above all, counts for the theorem that comes first. Every theorem was proved. Processes that "
        f"wanted a core at the end: {os.getloadavg()[0]:.1f}."
    )
    rows = [Row("all, two processes, wall clock", summed_up(together, together), AIM)]
    rows += [Row(f"`{name}`", summed_up(found, found)) for name, found in sorted(times.items(), key=lambda one: -min(one[1]))]
    return Part("Proofs", says, tuple(rows))


def _proved(results: Iterable[Result]) -> None:
    if failed := [result.theorem for result in results if not result.holds]:
        raise SystemExit(f"{', '.join(failed)}: not proved, so nothing was timed")


if __name__ == "__main__":
    part = proofs(load())
    print("\n".join([f"## {part.title}", "", part.says, "", *table(part.rows)]))
