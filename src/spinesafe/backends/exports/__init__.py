"""A `RuleBase` in the languages of others: CQL and ELM, FHIR, and tables that a clinician can sign."""

from spinesafe.backends.exports.export import KINDS, Kind, export

__all__ = ["KINDS", "Kind", "export"]
