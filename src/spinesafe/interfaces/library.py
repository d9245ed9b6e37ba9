"""The library: the functions that `import spinesafe` offers."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from spinesafe.intake import read_answers
from spinesafe.intake.fhir import read_fhir
from spinesafe.model.assessment import Assessment
from spinesafe.model.claim_report import ClaimReport, Jurisdiction, Speaker
from spinesafe.screening import built_in

if TYPE_CHECKING:
    from spinesafe.intake.narrative import NarrativeReader
    from spinesafe.intake.terms import Answer, TermIndex


def screen(answers: Mapping[str, object], *, as_of: date | None = None, person: str = "", after_treatment: bool = False) -> Assessment:
    """The assessment of one person's answers, keyed by finding.

    Args:
        answers: finding ids to true or false, a choice, a list of members (complete), a number in the finding's unit, "none", "dont_know"
            or "not_examined". What is left out is unknown, never "no".
        as_of: the day to decide for; today if left out.
        person: an id that is carried into the result.
        after_treatment: adds the stop criteria of the follow-up.

    Raises:
        IntakeError: an answer that is not understood; every fault is in `faults`.
    """
    day = as_of or date.today()  # noqa: DTZ011 - the person's own day
    screener = built_in()
    reading = read_answers(answers, screener.rulebase, person=person, as_of=day)
    return screener.screen(reading, day, after_treatment=after_treatment)


def screen_record(record: bytes, *, as_of: date | None = None) -> list[Assessment]:
    """The assessments of a FHIR R4 document (a Bundle, a resource, or NDJSON), one a patient.

    What a record does not say is unknown, never "no".

    Raises:
        IntakeError: a document that cannot be read.
    """
    day = as_of or date.today()  # noqa: DTZ011 - the person's own day
    screener = built_in()
    return [screener.screen(reading, day) for reading in read_fhir(record, screener.rulebase, day)]


def screen_text(text: str, *, as_of: date | None = None, person: str = "", closed_world: bool = False) -> Assessment:
    """The assessment of the person whom a message, note or letter is about.

    Args:
        text: English or Chinese.
        as_of: the day of the text; today if left out.
        person: an id that is carried into the result.
        closed_world: read what the text does not mention by the defaults of the knowledge, each of which is listed in the result.

    Raises:
        IntakeError: nothing could be read from the text.
    """
    day = as_of or date.today()  # noqa: DTZ011 - the person's own day
    screener = built_in()
    return screener.screen(_narrator().read(text, day).reading(person), day, closed_world=closed_world)


def find_term(words: str) -> "Answer":
    """The condition that a name means, others that it may mean, and the finding whose question tells them apart."""
    return _terms().find(words)


@cache
def _narrator() -> "NarrativeReader":
    from spinesafe.intake.narrative import NarrativeReader

    return NarrativeReader(built_in().rulebase)


@cache
def _terms() -> "TermIndex":
    from spinesafe.intake.terms import TermIndex

    return TermIndex(built_in().rulebase)


def check_claims(
    text: str, *, name: str = "", speaker: Speaker | None = None, jurisdictions: frozenset[Jurisdiction] | None = None
) -> ClaimReport:
    """What a text claims about spine care: each claim quoted, judged and explained, and the alert of the whole.

    Args:
        text: English or Chinese.
        name: an id that is carried into the report.
        speaker: who speaks, where that is known; else it is guessed. The law on adverts is cited for adverts and pages of providers only.
        jurisdictions: whose law to cite; all if left out.
    """
    from spinesafe.claims import built_in as checker

    return checker().check(text, name=name, speaker=speaker, jurisdictions=jurisdictions)
