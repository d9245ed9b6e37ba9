"""A law that does not hold, with the people who show it, as a case file that can be run."""

from collections.abc import Mapping

import yaml

from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase import load
from tests.laws.people import Person, base_facts

Expected = Mapping[str, object]
"""What a case expects, by the words of a case file."""


class BrokenLawError(AssertionError):
    """A law does not hold. Its text is a case file in the shape of `cases/`."""

    def __init__(self, law: str, found: str, *people: tuple[Person, Expected]) -> None:
        self.law, self.people, self.file = law, people, case_file(law, found, people)
        super().__init__(f"{law} does not hold: {found}\n\n{self.file}")


def case_file(law: str, found: str, people: tuple[tuple[Person, Expected], ...]) -> str:
    """People as cases, each with what the law asks to come out."""
    cases = [
        {
            "id": law if len(people) == 1 else f"{law}_{number}",
            "note": {"en": f"Counter-example: {found}", "zh": f"反例：{found}"},
            "covers": [law],
            **written(person),
            "expect": dict(expected),
        }
        for number, (person, expected) in enumerate(people, start=1)
    ]
    return yaml.safe_dump({"cases": cases}, sort_keys=False, allow_unicode=True, width=140)


def written(person: Person) -> dict[str, object]:
    """The bases and the answers of a person. A case cannot take a fact of its bases away, so then all answers are written out."""
    if all(value is not None or finding not in base_facts(person.bases) for finding, value in person.changes.items()):
        answers = {finding: value for finding, value in person.changes.items() if value is not None}
        return {"with": list(person.bases), "answers": {finding: _written(finding, value) for finding, value in answers.items()}}
    return {"with": [], "answers": {finding: _written(finding, fact.value) for finding, fact in person.facts.items()}}


def _written(finding: str, value: Value) -> object:
    match value:
        case Answer():
            return value.value
        case Members(present, absent):
            if present | absent == set(load().members[finding]):
                return sorted(present)
            return {"present": sorted(present), "absent": sorted(absent)}
        case _:
            return value
