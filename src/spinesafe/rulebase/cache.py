"""What takes time to compile is kept in the cache of the user, under a name that changes with its text."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """The folder of this user for what can be made again."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "spinesafe"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "spinesafe"


def keep(path: Path, data: bytes) -> None:
    """Write whole or not at all; a place that cannot be written to costs only time."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as apart:
            whole = Path(apart) / path.name
            whole.write_bytes(data)
            whole.replace(path)
