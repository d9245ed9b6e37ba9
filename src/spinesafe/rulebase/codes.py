"""Codes of the knowledge against the published code set, where the library for it is installed (extra `authoring`)."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from spinesafe.rulebase.format import Codes
from spinesafe.rulebase.problems import Problem, problem
from spinesafe.rulebase.read import Sourced


class CodeSet(Protocol):
    """What is asked of a code set. The module `simple_icd_10_cm` is one."""

    def is_valid_item(self, code: str) -> bool:
        """Whether the code exists."""

    def is_leaf(self, code: str) -> bool:
        """Whether the code is complete: a parent may not be recorded for a person."""

    def get_children(self, code: str) -> list[str]:
        """The codes right below one that is not complete."""


def icd10cm() -> CodeSet | None:
    """The ICD-10-CM code set, or nothing where the library is not installed."""
    try:
        import simple_icd_10_cm
    except ModuleNotFoundError:
        return None
    codes: CodeSet = simple_icd_10_cm
    return codes


def unknown_codes(entries: Iterable[Sourced], codes: CodeSet | None) -> Iterator[Problem]:
    """Each ICD-10-CM code that does not exist or is not complete."""
    for sourced in entries:
        for code in dict.fromkeys(code for held in _codes_in(sourced.entry) for code in held.icd10cm):
            if codes is None:
                yield problem(
                    code="codes_not_checked",
                    place=sourced.place,
                    found="the ICD-10-CM codes, from this one on, were not looked up",
                    mend="install the code set: pip install 'spinesafe[authoring]'",
                )
                return
            if not codes.is_valid_item(code):
                yield problem(
                    code="unknown_code",
                    place=sourced.place,
                    found=f"{sourced.entry.id}: {code} is no code of ICD-10-CM",
                    mend="look it up by its title; letters and digits are easily swapped",
                )
            elif not codes.is_leaf(code):
                yield problem(
                    code="incomplete_code",
                    place=sourced.place,
                    found=f"{sourced.entry.id}: {code} is a heading of ICD-10-CM, not a code that records may hold",
                    mend="write the codes that are meant: " + ", ".join(codes.get_children(code)),
                )


def _codes_in(value: object) -> Iterator[Codes]:
    if isinstance(value, Codes):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _codes_in(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from _codes_in(item)
