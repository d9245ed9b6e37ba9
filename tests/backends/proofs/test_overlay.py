"""A local overlay may add and tighten; what loosens is named, with somebody for whom it does."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from spinesafe.backends.proofs import Result, World, changes_of, prove_one
from spinesafe.rulebase import RuleBase, build, load
from spinesafe.rulebase.read import BUILT_IN
from spinesafe.screening import Screener, built_in
from spinesafe.screening.cases import differences, read_cases, run
from tests.backends.proofs import overlays

THEOREM = "the_overlay_never_loosens"


@pytest.fixture
def lay(tmp_path: Path) -> Callable[[str], Path]:
    """Writes an overlay."""

    def write(text: str) -> Path:
        folder = tmp_path / "our_hospital"
        folder.mkdir()
        (folder / "ours.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


def proved(folder: Path) -> Result:
    return prove_one(World(build(BUILT_IN, folder), built_in=load(), shrinking_seconds=2.0), THEOREM)


def test_what_tightens_is_accepted(lay: Callable[[str], Path]) -> None:
    assert proved(lay(overlays.TIGHTENS)).verdict == "proved"


def test_what_loosens_is_refused_with_rule_and_somebody(lay: Callable[[str], Path], tmp_path: Path) -> None:
    folder = lay(overlays.CONSENT_OF_CHILDREN_ONLY)
    found = proved(folder)
    assert found.verdict == "refuted"
    example = found.counter_example
    assert example is not None
    assert example.rules == ("gate_consent",)
    assert "The overlay judges somebody less gravely" in example.sentence.en
    assert "附加知识使某人的结论变轻" in example.sentence.zh
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "case.yaml").write_text(example.case_file, encoding="utf-8")
    ((_, case),) = read_cases(tmp_path / "found")
    assert differences(case, run(case, built_in(), tmp_path)) == ()
    assert differences(case, run(case, Screener(build(BUILT_IN, folder)), tmp_path))


def test_where_it_hurts_is_no_matter_of_an_overlay(lay: Callable[[str], Path]) -> None:
    found = proved(lay(overlays.LOW_BACK_NEVER_HURTS))
    assert found.verdict == "refuted"
    assert found.counter_example is not None
    assert found.counter_example.rules == ("lumbar",)


def test_a_region_more_is_not_accepted(lay: Callable[[str], Path]) -> None:
    found = proved(lay(overlays.ANOTHER_REGION))
    assert found.verdict == "not_accepted"
    assert {row["id"].en for row in found.not_accepted} == {"jaw"}


def with_more(finding: str, members: tuple[str, ...] = (), **fields: object) -> RuleBase:
    """A knowledge in which a finding could be answered otherwise than in the built-in one."""
    rulebase = load()
    other = msgspec.structs.replace(rulebase.findings[finding], **fields)
    known = {**rulebase.members, finding: (*rulebase.members[finding], *members)}
    return msgspec.structs.replace(rulebase, findings={**rulebase.findings, finding: other}, members=known)


@pytest.mark.parametrize(
    "had", [with_more("saddle_numbness", kind="set"), with_more("leg_pain", ("tail",)), with_more("cobb_degrees", maximum=500.0)]
)
def test_an_answer_that_is_gone_is_not_accepted(had: RuleBase) -> None:
    found = prove_one(World(load(), built_in=had), THEOREM)
    assert found.verdict == "not_accepted"
    assert len(found.not_accepted) == 1


def test_without_an_overlay_it_speaks_of_nothing() -> None:
    assert prove_one(World(load()), THEOREM).verdict == "proved_of_nobody"


def test_the_entries_of_an_overlay_are_told(lay: Callable[[str], Path]) -> None:
    folder = lay(overlays.CONSENT_OF_CHILDREN_ONLY + overlays.LOW_BACK_NEVER_HURTS)
    (folder / "more.yaml").write_text(overlays.TIGHTENS, encoding="utf-8")
    assert {(change.kind, change.id, change.replaces) for change in changes_of(folder)} == {
        ("rules", "gate_consent", True),
        ("regions", "lumbar", True),
        ("rules", "no_thrust_on_our_children", False),
    }
    assert all(change.place.startswith("our_hospital/") for change in changes_of(folder))
