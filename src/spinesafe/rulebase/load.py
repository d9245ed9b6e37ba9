"""The built-in rule base, from a cache keyed by the digest of its text."""

import contextlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from spinesafe.rulebase.build import build, digest_of
from spinesafe.rulebase.read import BUILT_IN
from spinesafe.rulebase.rulebase import RuleBase


@cache
def load(folder: Path = BUILT_IN) -> RuleBase:
    """The rule base of a folder, compiled once for each text. Raises `KnowledgeError`."""
    digest = digest_of(folder)
    kept = _cache_folder() / f"rulebase-{digest}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=RuleBase)
    except (OSError, msgspec.DecodeError):
        rulebase = build(folder)
        _keep(kept, msgspec.msgpack.encode(rulebase))
        return rulebase


def _cache_folder() -> Path:
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "spinesafe"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "spinesafe"


def _keep(path: Path, data: bytes) -> None:
    """Write whole or not at all; a place that cannot be written to costs only time."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as apart:
            whole = Path(apart) / path.name
            whole.write_bytes(data)
            whole.replace(path)
