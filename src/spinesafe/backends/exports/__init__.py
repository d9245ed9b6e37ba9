"""A `RuleBase` in the languages of others: CQL and ELM, FHIR, and tables that a clinician can sign."""
