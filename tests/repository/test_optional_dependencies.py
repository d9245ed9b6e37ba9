"""The base imports, and screens, with nothing installed but its own few dependencies."""

import json
import re
import subprocess
import sys
from importlib import metadata

OF_AN_EXTRA = (
    "spinesafe.backends.proofs",
    "spinesafe.claims",
    "spinesafe.intake.narrative",
    "spinesafe.intake.terms",
    "spinesafe.interfaces.cli.claims",
    "spinesafe.interfaces.cli.read",
    "spinesafe.interfaces.cli.terms",
    "spinesafe.language",
)
"""Rooms that are empty without an extra. Nothing else may import them before it needs them."""

# Each forbidden module is one that is installed here and that a base installation does not have.
PROBE = """
import importlib, json, pkgutil, sys
forbidden, of_an_extra = json.loads(sys.stdin.read())

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in forbidden:
            raise ModuleNotFoundError(f"no module named {name!r} in a base installation", name=name)

sys.meta_path.insert(0, Absent())
import spinesafe
for module in pkgutil.walk_packages(spinesafe.__path__, "spinesafe."):
    if not module.name.startswith(tuple(of_an_extra)):
        importlib.import_module(module.name)
sys.argv = ["spinesafe", "knowledge", "search", "saddle"]
importlib.import_module("spinesafe.interfaces.cli").main()
"""


def needed_by(distribution: str, found: dict[str, None]) -> dict[str, None]:
    """A distribution and all that it needs without extras."""
    name = re.sub(r"[-_.]+", "-", distribution).lower()
    if name not in found:
        found[name] = None
        for requirement in metadata.requires(name) or ():
            if "extra ==" not in requirement:
                try:
                    needed_by(re.split(r"[^\w.-]", requirement, maxsplit=1)[0], found)
                except metadata.PackageNotFoundError:  # for another system or Python
                    continue
    return found


def test_the_base_needs_no_extra() -> None:
    base = set(needed_by("spinesafe", {}))
    of_module = metadata.packages_distributions()
    forbidden = [
        module
        for module, distributions in of_module.items()
        if module != "spinesafe" and not any(re.sub(r"[-_.]+", "-", d).lower() in base for d in distributions)
    ]
    assert {"pytest", "simple_icd_10_cm"} <= set(forbidden)
    done = subprocess.run(
        [sys.executable, "-c", PROBE], input=json.dumps((forbidden, OF_AN_EXTRA)), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "saddle_numbness" in done.stdout
