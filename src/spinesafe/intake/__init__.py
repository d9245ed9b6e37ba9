"""The outside world to facts with provenance: answers, FHIR records, and (when it is there) people's own words."""

from spinesafe.intake.answers import parse_answers, read_answers
from spinesafe.intake.fhir import looks_like_fhir, read_fhir, read_fhir_folder
from spinesafe.intake.problems import InputFault, IntakeError

__all__ = ["InputFault", "IntakeError", "looks_like_fhir", "parse_answers", "read_answers", "read_fhir", "read_fhir_folder"]
