"""Says, after the cases have run, which rules they cover."""

from pathlib import Path

import pytest

from spinesafe.rulebase import load
from spinesafe.rulebase.expression import TRUE
from spinesafe.screening.cases import read_cases, rules_without_case


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rules = load().rules
    cases = [case for _, case in read_cases(Path(__file__).parents[2] / "cases")]
    never_fire, always_fire = rules_without_case((rule.id for rule in rules), cases)
    for_everybody = {rule.id for rule in rules if rule.when == TRUE}
    terminalreporter.section(f"rules covered by {len(cases)} cases")
    for said, can, missing in (
        ("fires", len(rules), never_fire),
        ("does not fire", len(rules) - len(for_everybody), [rule for rule in always_fire if rule not in for_everybody]),
    ):
        covered = can - len(missing)
        terminalreporter.line(f"{covered} of {can} rules have a case in which the rule {said}: {100 * covered // can}%")
        for rule in missing:
            terminalreporter.line(f"  none for {rule}")
