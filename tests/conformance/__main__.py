"""Runs every back end on thousands of people and on all cases, prints the table of agreement and writes it into the documents."""

import re
import sys
from pathlib import Path

from spinesafe.screening import built_in
from spinesafe.screening.cases import facts_of, read_cases
from tests.conformance.agreement import Agreement, Row
from tests.conformance.people import Maker

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "exports.md"
PEOPLE = 10_000
TABLE = re.compile(r"(?<=<!-- agreement -->\n).*?(?=<!-- end of agreement -->)", re.DOTALL)


def main(number: int = PEOPLE) -> int:
    """1 where any back end differs in any cell."""
    screener = built_in()
    people = list(Maker(screener.rulebase).people(number))
    cases = [facts_of(case, screener, ROOT / "cases") for _, case in read_cases(ROOT / "cases")]
    made = list(Agreement(screener.evaluator, people).rows())
    told = list(Agreement(screener.evaluator, cases).rows())
    text = table(made, told, number, len(cases))
    sys.stdout.write(text)
    version = f"Version {screener.rulebase.version}, knowledge {screener.rulebase.digest}: {len(screener.rulebase.rules)} rules.\n"
    PAGE.write_text(TABLE.sub(f"{version}\n{text}", PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return int(any(row.differing for row in (*made, *told)))


def table(made: list[Row], told: list[Row], people: int, cases: int) -> str:
    """The rows as a Markdown table."""
    lines = [
        f"| against the evaluator | cells of {people:,} generated people | differing | cells of {cases:,} cases | differing |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(f"| {m.name} | {m.cells:,} | {m.differing:,} | {t.cells:,} | {t.differing:,} |" for m, t in zip(made, told, strict=True)),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
