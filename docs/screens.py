"""Writes how many screens the interview shows, measured on the people of the test vectors: `python -m docs.screens`.

Each person answers as the case says; what the case leaves out, nobody knows.
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

import msgspec

from docs.generate import REFERENCE, ROOT, page, table
from spinesafe.model.assessment import Assessment
from spinesafe.model.fact import Answer, Facts
from spinesafe.model.scales import Tier
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import Case, facts_of, read_cases, run
from spinesafe.screening.interview import Interview, not_examined

CASES = ROOT / "cases"
PAGE = REFERENCE / "screens.md"
COUNTS = ("screens for a patient", "until it shows", "screens for a clinician", "until it shows")
SAYS = """\
How many screens `spinesafe ask` shows to the people of the test vectors. Each answers as the vector says, and "I don't know" to what it
leaves out. *Until it shows*: after so many screens the result has the urgency that it ends with; the rest make it certain, and settle what
hands may do. A clinician is also asked what needs an examination."""


class Asked(msgspec.Struct, frozen=True):
    """How an interview went: the screens that were shown, and after how many the urgency stood that it ended with."""

    screens: int
    until_it_shows: int


def vectors() -> Iterator[Case]:
    """The test vectors, in the order of their numbers."""
    found = [(number, case) for path, case in read_cases(CASES) if path.stem.startswith("vectors") for number in _numbers(case)]
    yield from (case for _, case in sorted(found, key=lambda one: one[0]))


def _numbers(case: Case) -> list[int]:
    return [int(name[1:]) for name in case.covers[:1] if name.startswith("T") and name[1:].isdecimal()]


def asked(screener: Screener, facts: Facts, *, clinician: bool) -> Asked:
    """Interviews somebody of whom these facts are true."""
    facts = screener.applicability.resolve(facts)[0]
    interview, shown = Interview(screener.evaluator), list[int]()
    while (questions := interview.next()) is not None:
        if not clinician and all(finding.answered_by == "clinician" for finding in questions.findings):
            interview.answer(not_examined(questions))
            continue
        known = {finding.id: facts[finding.id].value for finding in questions.findings if finding.id in facts}
        interview.answer({finding.id: known.get(finding.id, Answer.DONT_KNOW) for finding in questions.findings})
        shown.append(screener.rulebase.layout.urgency(interview.decision().read).rank)
    last = shown[-1]
    return Asked(len(shown), next(place for place in range(len(shown)) if set(shown[place:]) == {last}) + 1)


class Row(msgspec.Struct, frozen=True):
    """One vector: who, what comes out, and the counts."""

    vector: str
    who: str
    result: Assessment
    counts: tuple[int, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Its line of the table."""
        outcome = f"{self.result.urgency}, {self.result.leading}".replace("_", " ")
        return self.vector, self.who, outcome, *map(str, self.counts)


def row(screener: Screener, case: Case) -> Row:
    """Both interviews of a vector."""
    facts = facts_of(case, screener, CASES)
    patient, expert = (asked(screener, facts, clinician=clinician) for clinician in (False, True))
    counts = (patient.screens, patient.until_it_shows, expert.screens, expert.until_it_shows)
    return Row(case.covers[0], case.note.en, run(case, screener, CASES), counts)


def screens(rows: Iterable[Row]) -> str:
    """The whole page."""
    rows = tuple(rows)
    return page(
        "How many screens",
        SAYS,
        [
            table(("ends as", "people", *COUNTS), _summary(rows)),
            "In the middle, and from the fewest to the most.\n\n## Each of them\n",
            table(("vector", "who", "result", *COUNTS), (one.cells for one in rows)),
        ],
    )


def _summary(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for tier in reversed(Tier):
        counts = [one.counts for one in rows if one.result.tier == tier]
        yield tier, str(len(counts)), *(f"{median(column):g} ({min(column)} to {max(column)})" for column in zip(*counts, strict=True))


def main() -> None:
    """Write the page."""
    PAGE.write_text(screens(row(built_in(), case) for case in vectors()), encoding="utf-8")


if __name__ == "__main__":
    main()
