"""FHIR R4 records to facts: a bundle, a single resource, NDJSON lines, or the folder of a bulk export."""

from spinesafe.intake.fhir.document import looks_like_fhir
from spinesafe.intake.fhir.entrance import read_fhir, read_fhir_folder
from spinesafe.intake.fhir.tokens import OWN_SYSTEM

__all__ = ["OWN_SYSTEM", "looks_like_fhir", "read_fhir", "read_fhir_folder"]
