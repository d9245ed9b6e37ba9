"""Rules a second: our evaluator, and the CQL engine that others wrote, on the same people in one run.

    make node_modules/.package-lock.json && .venv/bin/python -m bench.cql

Answers are compared before times are. The engine runs on one core, and only its deciding counts: neither its start nor its reading.
"""

import os
import statistics
from time import perf_counter

import msgspec

from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.logic import logic_of
from spinesafe.rulebase.parameters import parameters_of
from spinesafe.screening import built_in
from tests.conformance.cells import Expected, differing, exported_names
from tests.conformance.node_process import run_elm
from tests.conformance.people import Maker

PEOPLE = 200
ROUNDS = 5


class Timed(msgspec.Struct):
    """Seconds of each round over all people."""

    name: str
    seconds: list[float]

    def line(self, decisions: int) -> str:
        """A row of the table: rules a second at the median, and how far the rounds lie apart."""
        median = statistics.median(self.seconds)
        noise = (max(self.seconds) - min(self.seconds)) / median
        return f"| {self.name} | {decisions / median:,.0f} | {median / PEOPLE * 1e3:.3f} ms | {noise:.0%} |"


def main() -> None:
    """Measure and print."""
    evaluator = built_in().evaluator
    rulebase, people = evaluator.rulebase, list(Maker(evaluator.rulebase).people(PEOPLE))
    elm, names = elm_library(logic_of(rulebase), rulebase.version), exported_names(rulebase)
    given = [parameters_of(facts, rulebase) for facts in people]
    expected = Expected(evaluator)
    wanted = [expected.cells(facts, after_treatment=False) for facts in people]
    ours, theirs = Timed("spinesafe", []), Timed("cql-execution", [])
    for _ in range(ROUNDS):
        start = perf_counter()
        for facts in people:
            evaluator.decide(facts)
        ours.seconds.append(perf_counter() - start)
        ran = run_elm(elm, names, given, cores=1)
        theirs.seconds.append(ran.seconds)
        if wrong := differing(wanted, ran.values)[1]:
            raise SystemExit(f"{wrong} cells differ, so nothing was timed")
    decisions = PEOPLE * len(rulebase.rules)
    print(f"{PEOPLE} generated people, {len(rulebase.rules)} rules with the whole grid, {ROUNDS} rounds, {os.cpu_count()} cores;")
    print(f"processes that wanted a core at the end: {os.getloadavg()[0]:.1f}\n")
    print("| | rules a second | a person | noise |\n| --- | ---: | ---: | ---: |")
    print("\n".join(timed.line(decisions) for timed in (ours, theirs)))
    print(f"\n{statistics.median(theirs.seconds) / statistics.median(ours.seconds):,.0f} times")


if __name__ == "__main__":
    main()
