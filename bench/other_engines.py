"""The whole rule base in engines that others wrote, beside ours, for the same people in one run: CQL one by one, SQL all at once.

    make node_modules/.package-lock.json && .venv/bin/python -m bench.other_engines

Answers are compared before times are. The CQL engine runs on one core, and only its deciding counts: neither its start nor its reading.
DuckDB runs on one thread, over a table that it holds; planning the query counts, and so does handing the answers back.
"""

import json
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import pyarrow as pa

from bench.page import Part, Row, table
from bench.timing import Measured
from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.logic import logic_of
from spinesafe.backends.tables import decision_sql, row_of
from spinesafe.backends.tables.in_duckdb import people_table
from spinesafe.model.fact import Facts
from spinesafe.rulebase.parameters import parameters_of
from spinesafe.screening import Screener, built_in
from tests.conformance.cells import Cells, Expected, differing, exported_names
from tests.conformance.node_process import ROOT, run_elm
from tests.conformance.people import Maker
from tests.conformance.people_in_tables import InTables

PEOPLE = 50
TIMES = 2_000
"""How often each of them stands in the table."""
ROUNDS = 3
PACKAGE = Path("node_modules") / "cql-execution" / "package.json"


def other_engines(screener: Screener) -> Part:
    """Seconds a person in each engine."""
    evaluator, rules = screener.evaluator, len(screener.rulebase.rules)
    people = list(Maker(screener.rulebase).people(PEOPLE))
    ours = _measured(lambda: _decided(screener, people), ROUNDS * 5)
    in_cql = _measured(_in_cql(screener, people), ROUNDS)
    with duckdb.connect(config={"threads": 1}) as connection:
        in_sql = {parts: _measured(run, ROUNDS) for parts, run in _in_sql(connection, InTables(evaluator), people)}
    engine = json.loads((ROOT / PACKAGE).read_text(encoding="utf-8"))["version"]
    fast = in_sql["urgency, levels, settled"]
    says = (
        f"{PEOPLE} generated people, from somebody of whom nothing is known to somebody of whom everything is, against all {rules} rules; "
        "each time is that of one person, and fast and slow are the fastest and the slowest of few rounds. "
        f"cql-execution {engine} computes every rule, plain and as delivered, the urgency and the whole "
        f"grid, one person after the other; ours decides the same. DuckDB {version('duckdb')} decides for a table of {PEOPLE * TIMES:,} "
        f"rows, each of these people {TIMES:,} times, on one thread, planning included. A second is enough for "
        f"{rules / ours.median:,.0f} rules of ours ({1 / ours.median:,.0f} people), for {rules / in_cql.median:,.0f} in cql-execution "
        f"({1 / in_cql.median:,.0f} people) and for {rules / fast.median:,.0f} in SQL ({1 / fast.median:,.0f} people). All answers are the "
        f"same. Processes that wanted a core at the end: {os.getloadavg()[0]:.1f}."
    )
    rows = (
        Row("decision", ours),
        Row("cql-execution", in_cql),
        *(Row(f"SQL in DuckDB: {parts}", measured) for parts, measured in in_sql.items()),
    )
    return Part("The whole rule base, in engines that others wrote", says, rows)


def _measured(run: Callable[[], float], rounds: int) -> Measured:
    """Seconds a person in each round, after one that does not count. Of so few, the fastest and the slowest are told."""
    run()
    times = [run() for _ in range(rounds)]
    return Measured(rounds, statistics.median(times), min(times), max(times), tuple(times))


def _decided(screener: Screener, people: Sequence[Facts]) -> float:
    start = process_time()
    for facts in people:
        screener.evaluator.decide(facts)
    return (process_time() - start) / len(people)


def _in_cql(screener: Screener, people: Sequence[Facts]) -> Callable[[], float]:
    rulebase, expected = screener.rulebase, Expected(screener.evaluator)
    elm, names = elm_library(logic_of(rulebase), rulebase.version), exported_names(rulebase)
    given = [parameters_of(facts, rulebase) for facts in people]
    wanted = [expected.cells(facts, after_treatment=False) for facts in people]

    def run() -> float:
        ran = run_elm(elm, names, given, cores=1)
        _compare(wanted, ran.values)
        return ran.seconds / len(people)

    return run


def _in_sql(connection: duckdb.DuckDBPyConnection, tables: InTables, people: Sequence[Facts]) -> Iterator[tuple[str, Callable[[], float]]]:
    rulebase = tables.rulebase
    _compare([tables.wanted(facts, after=False) for facts in people], list(tables.found(people, [False] * len(people))))
    few = people_table(rulebase, ((str(n), row_of(facts, rulebase)) for n, facts in enumerate(people)))
    connection.register("many", pa.concat_tables([few] * TIMES))
    connection.execute("create table people as select * from many")
    queries = {
        "urgency, levels, settled": decision_sql(rulebase, parts=("decision",)),
        "the same and the rules by name": decision_sql(rulebase, parts=("decision", "rules")),
    }
    for parts, query in queries.items():

        def run(query: str = query) -> float:
            start = process_time()
            rows: int = connection.sql(query).to_arrow_table().num_rows
            return (process_time() - start) / rows

        yield parts, run


def _compare(wanted: Sequence[Cells], found: Sequence[Cells]) -> None:
    if wrong := differing(wanted, found)[1]:
        raise SystemExit(f"{wrong} cells differ, so nothing was timed")


if __name__ == "__main__":
    began = perf_counter()
    part = other_engines(built_in())
    print("\n".join([f"## {part.title}", "", part.says, "", *table(part.rows)]))
    print(f"\n{perf_counter() - began:.0f} s in all")
