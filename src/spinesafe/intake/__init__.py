"""The outside world to facts with provenance: answers, FHIR records, and (when it is there) people's own words."""

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.intake.problems import InputFault, IntakeError

__all__ = ["InputFault", "IntakeError", "parse_answers", "read_answers"]
