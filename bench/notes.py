"""Notes and messages to read: put together from those that the narrative cases hold."""

import random
from pathlib import Path

import yaml

from spinesafe.rulebase.plain_yaml import Loader

CASES = Path(__file__).parents[1] / "cases" / "narrative"
BYTES = 1500


def messages(language: str) -> list[str]:
    """The texts of the cases in a language."""
    texts = [
        case["text"]
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader)["cases"]  # noqa: S506 - a safe loader
    ]
    return [text for text in texts if text.isascii() == (language == "en")]


def notes(language: str, count: int) -> list[str]:
    """Notes of about 1.5 kB, each put together from messages drawn by chance."""
    texts = messages(language)
    chance = random.Random(5)
    found = []
    for _ in range(count):
        note = ""
        while len(note.encode()) < BYTES:
            note += chance.choice(texts) + "\n"
        found.append(note)
    return found
