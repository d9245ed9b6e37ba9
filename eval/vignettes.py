"""Read the vignettes as `spinesafe screen --closed-world` does, score them, and print the table with intervals.

Usage: python eval/vignettes.py [VIGNETTES.jsonl] [--write docs/reading-text.md]
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from score_vignettes import judge, summarise  # noqa: E402

from spinesafe.intake.narrative import NarrativeReader  # noqa: E402
from spinesafe.intake.problems import IntakeError  # noqa: E402
from spinesafe.screening import built_in  # noqa: E402

AS_OF = date(2026, 11, 24)
MARK = "<!-- table of make eval -->"
Row = dict[str, Any]


def predictions(rows: Iterable[Row], *, closed_world: bool) -> dict[str, Row]:
    """What the program says of each row."""
    screener = built_in()
    reader = NarrativeReader(screener.rulebase)
    said: dict[str, Row] = {}
    for row in rows:
        try:
            reading = reader.read(row["text"], AS_OF).reading(row["id"])
        except IntakeError:
            continue
        result = screener.screen(reading, AS_OF, closed_world=closed_world)
        said[row["id"]] = {
            "id": row["id"],
            "urgency": str(result.tier),
            "hands_on": str(result.hands_on),
            "services": list(result.services),
            "conditions": list(result.conditions),
        }
    return said


def interval(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


MEASURES: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("under-triage", lambda item: item["under"]),
    ("over-triage", lambda item: item["over"]),
    ("urgency acceptable", lambda item: item["u_ok"]),
    ("hands-on acceptable", lambda item: item["h_ok"]),
    ("unsafe", lambda item: item["unsafe"]),
)


def table(items: list[Row]) -> list[str]:
    """The measures of all rows and of each group, with intervals, as Markdown."""
    lines = [
        "| group | n | " + " | ".join(name for name, _ in MEASURES) + " | services recalled |",
        "|---|---|" + "---|" * (len(MEASURES) + 1),
    ]
    groups = [("all", items)]
    for group in ("lang", "voice", "difficulty"):
        groups += [(f"{group}: {value}", [i for i in items if i[group] == value]) for value in sorted({i[group] for i in items})]
    for name, part in groups:
        cells = []
        for _, holds in MEASURES:
            count = sum(1 for item in part if holds(item))
            low, high = interval(count, len(part))
            cells.append(f"{count} ({100 * count / len(part):.0f} %, {100 * low:.0f} to {100 * high:.0f})")
        lines.append(f"| {name} | {len(part)} | " + " | ".join(cells) + f" | {100 * summarise(part)['service_recall']:.0f} % |")
    return lines


def main() -> int:
    """Print the table, and write it into a page where asked. Exits with 1 where something unsafe was cleared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vignettes", nargs="?", type=Path, default=HERE / "vignettes.jsonl")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.vignettes.read_text(encoding="utf-8").splitlines() if line.strip()]
    unsafe = 0
    lines: list[str] = []
    for title, closed in (("Read with `--closed-world`", True), ("The open reading of the same texts", False)):
        said = predictions(rows, closed_world=closed)
        items = [judge(row, said.get(row["id"])) | {group: row[group] for group in ("lang", "voice", "difficulty")} for row in rows]
        unsafe += sum(item["unsafe"] for item in items)
        lines += [f"**{title}**", "", *table(items), ""]
        for what, key in (("unsafe", "unsafe"), ("under-triaged", "under"), ("over-triaged", "over")):
            print(f"{title}: {what}: {', '.join(item['id'] for item in items if item[key]) or 'none'}")
    print("\n".join(["", *lines]))
    if options.write is not None:
        page = options.write.read_text(encoding="utf-8")
        before, _, after = page.partition(MARK)
        options.write.write_text(before + MARK + "\n\n" + "\n".join(lines) + MARK + after.partition(MARK)[2], encoding="utf-8")
    return 1 if unsafe else 0


if __name__ == "__main__":
    raise SystemExit(main())
