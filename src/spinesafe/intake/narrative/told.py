"""What one place in a text tells: a value of a finding, with the words, their place and how they are meant."""

from collections.abc import Iterable, Mapping

import msgspec

from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.entry import Scalar
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.language_format import ContextWord

Values = Mapping[str, Scalar | tuple[str, ...]]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a text tells. `value` is None where it is listed and not read as a fact (hypothetical, somebody else's ...)."""

    finding: str
    value: Value | None
    context: ContextWord
    start: int
    end: int
    quote: str
    saying: str = ""
    term: str = ""
    who: str = ""
    sentence: int = 0
    clause: int = 0

    @property
    def from_the_past(self) -> bool:
        """What is over, or was so once: it yields to what is so today."""
        return self.context == "historical"


class Teller:
    """Values as the knowledge writes them, as values of their findings."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase

    def value(self, finding: str, written: Scalar | tuple[str, ...]) -> Value:
        """A value as a saying writes it."""
        entry = self.rulebase.findings[finding]
        match entry.kind:
            case "set":
                if written == "none":
                    return Members.exactly((), self.rulebase.members[finding])
                return Members(frozenset(written if isinstance(written, tuple) else (str(written),)))
            case "number":
                return Answer.NONE if written == "none" else float(str(written))
            case _:
                return written if isinstance(written, bool) else str(written)

    def opposite(self, finding: str, written: Scalar | tuple[str, ...]) -> Value | None:
        """What the denial of a value tells; None where it tells nothing."""
        entry = self.rulebase.findings[finding]
        match entry.kind:
            case "boolean":
                return False if written is True else None
            case "choice":
                return "none" if _can_be_none(entry) and written != "none" and entry.polarity == "danger" else None
            case "set":
                if written == "none" or entry.polarity != "danger":
                    return None
                return Members(absent=frozenset(written if isinstance(written, tuple) else (str(written),)))
            case _:
                return None

    def values(self, written: Values) -> Iterable[tuple[str, Value]]:
        """Every value that a saying sets."""
        return [(finding, self.value(finding, value)) for finding, value in written.items()]

    def denied(self, written: Values) -> Iterable[tuple[str, Value]]:
        """Every value that follows from the denial of what a saying sets."""
        found = ((finding, self.opposite(finding, value)) for finding, value in written.items())
        return [(finding, value) for finding, value in found if value is not None]

    def doubted(self, written: Values) -> Iterable[tuple[str, Value]]:
        """Not sure of a danger is "I don't know"; not sure of anything else says nothing."""
        findings = self.rulebase.findings
        return [
            (finding, Answer.DONT_KNOW)
            for finding, value in written.items()
            if findings[finding].polarity in {"danger", "mixed"} and value not in (False, "none")
        ]


def _can_be_none(finding: Finding) -> bool:
    return any(member.id == "none" for member in finding.members)
