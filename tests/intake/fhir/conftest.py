import pytest

from spinesafe.rulebase import RuleBase, load


@pytest.fixture(scope="session")
def rulebase() -> RuleBase:
    return load()
