"""Each law notices a fault: a law that cannot fail proves nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from spinesafe.rulebase import KnowledgeError, polarity
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import facts_of, read_cases
from tests.laws.counterexample import BrokenLawError
from tests.laws.faults import FAULTS, Fault
from tests.laws.laws import OF_A_PERSON, OF_THE_KNOWLEDGE
from tests.laws.people import CASES, Person

SEARCH = settings(
    max_examples=400, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader does not look where dangers and protections stand."""
    monkeypatch.setattr(polarity, "faults", lambda *_: iter(()))


def broken(fault: Fault, screener: Screener) -> BrokenLawError:
    """How the law fails, at its smallest."""
    if fault.among is None:
        with pytest.raises(BrokenLawError) as found:
            fault.law(screener)
    else:

        @SEARCH
        @given(who=fault.among)
        def law(who: Person) -> None:
            fault.law(screener, who)

        with pytest.raises(BrokenLawError) as found:
            law()
    return found.value


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_the_law_notices(fault: Fault, tmp_path: Path) -> None:
    found = broken(fault, fault.seed())
    assert found.law == fault.law.__name__
    # What it prints is a case file that holds the same people.
    (tmp_path / "counter_example.yaml").write_text(found.file, encoding="utf-8")
    printed = [case for _, case in read_cases(tmp_path)]
    assert [{f: fact.value for f, fact in facts_of(case, built_in(), CASES).items()} for case in printed] == [
        {f: fact.value for f, fact in who.facts.items()} for who, _ in found.people
    ]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.refused], ids=lambda fault: fault.what)
def test_the_loader_refuses_it(fault: Fault) -> None:
    with pytest.raises(KnowledgeError) as found:
        fault.seed()
    assert {problem.code for problem in found.value.problems} == {fault.refused}


def test_each_law_has_a_fault_that_it_notices() -> None:
    assert {fault.law for fault in FAULTS} == {*OF_A_PERSON, *OF_THE_KNOWLEDGE}
