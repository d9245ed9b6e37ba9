"""Values, numbers and sentences of the knowledge in both languages."""

import re

from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase


class Words:
    """The sentences of one rule base."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase

    def sentence(self, sentence: str, **filling: Text | str) -> Text:
        """A sentence with its braces filled."""
        text = self.rulebase.sentences[sentence]
        if not filling:
            return text
        return Text(
            en=text.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in filling.items()}),
            zh=text.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in filling.items()}),
        )

    def value(self, finding: str, value: Value) -> Text:
        """A value of a finding as a person would say it."""
        match value:
            case bool():
                return self.sentence("value_yes" if value else "value_no")
            case Answer.NONE:
                return self.rulebase.findings[finding].none_label or self.sentence("value_does_not_apply")
            case Answer():
                return self.sentence(f"value_{value.value}")
            case str():
                return self.member(finding, value)
            case Members(present, absent):
                return self._members(finding, present, absent)
            case _:
                unit = re.sub(r"[^a-z]", "", self.rulebase.findings[finding].unit.lower())
                return self.sentence(f"unit_{unit}" if unit else "unit_count", number=f"{value:g}")

    def member(self, finding: str, member: str) -> Text:
        """A value of a choice, or a member of a set; conditions by their name."""
        described = self.rulebase.findings[finding]
        if described.members_from:
            condition = self.rulebase.conditions[member]
            return condition.display_name or condition.name
        return next(m.label for m in described.members if m.id == member)

    def _members(self, finding: str, present: frozenset[str], absent: frozenset[str]) -> Text:
        shown = [m for m in self.rulebase.members[finding] if m in (present or absent)]
        if present:
            return self._list(finding, shown)
        if len(absent) == len(self.rulebase.members[finding]):
            return self.sentence("value_none_of_them")
        return self.sentence("value_not_held", members=self._list(finding, shown))

    def _list(self, finding: str, members: list[str]) -> Text:
        labels = [self.member(finding, m) for m in members]
        return Text(en=", ".join(label.en for label in labels), zh="、".join(label.zh for label in labels))
