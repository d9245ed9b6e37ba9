"""The built-in rule base, from a cache keyed by the digest of its text."""

from functools import cache
from pathlib import Path

import msgspec

from spinesafe.rulebase.build import build, digest_of
from spinesafe.rulebase.cache import cache_folder, keep
from spinesafe.rulebase.read import BUILT_IN
from spinesafe.rulebase.rulebase import RuleBase


@cache
def load(folder: Path = BUILT_IN) -> RuleBase:
    """The rule base of a folder, compiled once for each text. Raises `KnowledgeError`."""
    digest = digest_of(folder)
    kept = cache_folder() / f"rulebase-{digest}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=RuleBase)
    except (OSError, msgspec.DecodeError):
        rulebase = build(folder)
        keep(kept, msgspec.msgpack.encode(rulebase))
        return rulebase
