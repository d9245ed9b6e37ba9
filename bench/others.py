"""Others over the same texts as ours, in a process and an environment of their own."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.rates import Rate

SCRIPT = Path(__file__).with_name("spacy_side.py")
WORDS = 2_000
"""Terms that medspaCy and negspaCy look for: far fewer than ours, which is in their favour (they take minutes to load all)."""


def others(texts: Sequence[str], phrases: Sequence[str]) -> list[Rate]:
    """Rates of medspaCy, negspaCy and spaCy's matcher; none where they cannot be installed."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    words = sorted(random.Random(3).sample(sorted(set(phrases)), min(WORDS, len(set(phrases)))))
    given = json.dumps({"texts": texts, "words": words, "phrases": sorted(set(phrases))})
    command = [uv, "run", "--quiet", "--no-project", "--script", str(SCRIPT)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    if done.returncode != 0:
        print(f"The others were left out: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return []
    size = sum(len(text.encode()) for text in texts)
    return [Rate(what=one["what"], texts=len(texts), size=size, rounds=tuple(one["rounds"])) for one in json.loads(done.stdout)]
