"""Measures reading text and checking claims, prints the page and writes it to docs/benchmarks-text.md: `python -m bench.text`."""

import os
from pathlib import Path

from bench import claims, language, lengths, narrative
from bench.page import machine
from bench.rates import Rates
from spinesafe.claims import built_in
from spinesafe.intake.narrative import NarrativeReader

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-text.md"


def main() -> None:
    """Measure everything."""
    before = os.getloadavg()[0]
    checker = built_in()
    reader = NarrativeReader(checker.rulebase)
    parts = [language.part(reader), narrative.part(reader), claims.part(checker), lengths.part(reader, checker)]
    text = page(parts, (before, os.getloadavg()[0]))
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def page(parts: list[Rates], load: tuple[float, float]) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# Speed of reading text",
        "",
        "Written by `make bench` (`.venv/bin/python -m bench.text`). The figures are those of one machine on one day: run it on yours.",
        "",
        *machine(load, (), "texts: the cases of `cases/narrative`, and `eval/claims.jsonl`"),
        "",
        "Each round reads all the texts; the figure is that of the median round, and *noise* is how far the rounds lie apart. Times are",
        "those of the processor. Where other processes want the cores, as the loads above tell, the figures of all lines fall together.",
        "",
    ]
    for part in parts:
        lines += [f"## {part.title}", "", part.says, "", *part.table(), ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
