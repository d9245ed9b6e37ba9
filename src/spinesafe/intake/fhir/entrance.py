"""The way in: bytes or a folder to readings, one a person."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spinesafe.intake.fhir.context import known_of
from spinesafe.intake.fhir.document import read_document
from spinesafe.intake.fhir.folder import people_of
from spinesafe.intake.fhir.read import read_person
from spinesafe.intake.fhir.source import people_in
from spinesafe.model.reading import Reading
from spinesafe.rulebase import RuleBase


def read_fhir(data: bytes, rulebase: RuleBase, as_of: date) -> list[Reading]:
    """A reading for each person in a document or in NDJSON text, as of a day. Raises `IntakeError`."""
    known = known_of(rulebase)
    return [read_person(person, known, as_of) for person in people_in(read_document(data))]


def read_fhir_folder(folder: Path, rulebase: RuleBase, as_of: date) -> Iterator[Reading]:
    """A reading for each person in the folder of a bulk export, one after another. Raises `IntakeError`, with file and line."""
    known = known_of(rulebase)
    return (read_person(person, known, as_of) for person in people_of(folder))
