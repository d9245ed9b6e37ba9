"""The one place for the addresses, names and versions under which the knowledge is published."""

from spinesafe.rulebase import RuleBase

BASE = "https://spinesafe.org/fhir"
FINDINGS = f"{BASE}/CodeSystem/finding"
"""The code system of the ids of findings, of their values and of conditions. Records and forms name it; it never changes."""
FHIR_VERSION = "4.0.1"
LIBRARY = "Spinesafe"
"""The library whose findings are parameters."""
FHIR_LIBRARY = "SpinesafeFHIR"
"""The library that looks findings up in a record."""
PACKAGE = "org.spinesafe.knowledge"
STATUS = "draft"
"""Nothing is published as `active` before clinicians have signed it."""
PUBLISHER = "The spinesafe contributors"


def url(kind: str, name: str) -> str:
    """The canonical address of a resource."""
    return f"{BASE}/{kind}/{name}"


def versioned(kind: str, name: str, version: str) -> str:
    """The canonical address of a resource in one version."""
    return f"{url(kind, name)}|{version}"


def last_reviewed(rulebase: RuleBase) -> str:
    """The day of the newest review in the knowledge: the date of all that is published from it."""
    return max(rule.reviewed for rule in rulebase.rules).isoformat()
