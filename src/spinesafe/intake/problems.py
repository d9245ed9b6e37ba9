"""What can be wrong with an input. The words stand in the knowledge (`faults`), so that they can be said in every language."""

from collections.abc import Iterable

import msgspec

from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase


class InputFault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of an input.

    `code` is an entry of the knowledge's `faults`; `where` a place in the input (`answers.age_years`, `line 4`, `Condition/12`); `details`
    fill the braces of its sentences.
    """

    code: str
    where: str = ""
    details: dict[str, str] = {}

    def describe(self, rulebase: RuleBase) -> tuple[Text, Text, Text]:
        """What was found, why it matters, how to mend it."""
        fault = rulebase.faults[self.code]
        found, why, mend = (
            Text(en=text.en.format(**self.details), zh=text.zh.format(**self.details)) for text in (fault.found, fault.why, fault.mend)
        )
        return found, why, mend


class IntakeError(Exception):
    """An input that cannot be read, or not safely. Holds every fault that was found, not only the first."""

    def __init__(self, faults: Iterable[InputFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.where}: {fault.code}" for fault in self.faults))
