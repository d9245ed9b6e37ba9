"""What every entry of a knowledge file is made of."""

from datetime import date
from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
EvidenceStatus = Literal["verified", "weak", "unverified", "design_decision"]
Scalar = bool | int | float | str


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What every kind of entry shares: a misspelt key is an error, never ignored."""


class Reviewed(Entry, frozen=True, kw_only=True):
    """An entry that states a clinical fact: who says so, how sure, and until when it may be relied on."""

    sources: tuple[str, ...] = ()
    evidence_status: EvidenceStatus
    reviewed: date
    review_by: date
