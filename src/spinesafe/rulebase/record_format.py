"""How entries say what a health record means."""

from typing import Literal

from spinesafe.model.text import Text
from spinesafe.rulebase.entry import Entry, Id, Reviewed, Scalar


class Families(Entry, frozen=True, kw_only=True):
    """Codes to read by, each with all that stands below it: a heading means every code under it, `C00-C96` is a range. Never exported."""

    icd10cm: tuple[str, ...] = ()
    icd11: tuple[str, ...] = ()
    snomed: tuple[str, ...] = ()
    loinc: tuple[str, ...] = ()
    rxnorm: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()


class Record(Reviewed, frozen=True, kw_only=True):
    """How a health record is read where the entry of a finding or a condition does not say it.

    It speaks of one kind of thing in a record (`about`) that holds one of `codes` or of `tokens` (`system|code`) and none of
    `except_codes`, or of the findings and conditions in `of`. Where several entries share a code, a record entry says which is meant, with
    `at` by the region that the record names. An entry with codes that sets and dates nothing marks them as saying too little.

    `sets` is what it says while it is current, from `counts_from_day` to `counts_to_day` after it began; `sets_when_past` once it is over.
    `dates` is the number that counts the time since it began; of several beginnings `takes` says which. For statements, a value is relied
    on `dangers_for_days` or `others_for_days`; without a number, always.
    """

    id: Id
    about: Literal["condition", "diagnosis", "medication", "procedure", "question", "answer", "body_site", "qualification", "statement"]
    meaning: Text
    codes: Families = Families()
    tokens: tuple[str, ...] = ()
    except_codes: Families = Families()
    at: Id | None = None
    of: tuple[Id, ...] = ()
    sets: dict[Id, Scalar | tuple[str, ...]] = {}
    sets_when_past: dict[Id, Scalar | tuple[str, ...]] = {}
    counts_from_day: int = 0
    counts_to_day: int | None = None
    dates: Id | None = None
    takes: Literal["newest", "oldest"] = "newest"
    dangers_for_days: int | None = None
    others_for_days: int | None = None
    note: str = ""
