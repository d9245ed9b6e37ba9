"""The pages for programs leave nothing out: every fault of an input, every field of a result, every exit code."""

import pytest

from docs.generate import REFERENCE
from spinesafe.interfaces.cli.screen import NOT_DECIDED, OUTCOME_CODES, TIER_CODES
from spinesafe.model.assessment import Assessment
from spinesafe.rulebase import load

RESULTS = (REFERENCE / "results.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", sorted(load().faults))
def test_every_fault_of_an_input_has_a_heading(fault: str) -> None:
    assert f"\n## {fault}\n" in (REFERENCE / "input-faults.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", Assessment.__struct_fields__)
def test_every_field_of_a_result_is_named(field: str) -> None:
    assert f"\n| `{field}` |" in RESULTS


@pytest.mark.parametrize("code", [NOT_DECIDED, *OUTCOME_CODES.values(), *(code for code in TIER_CODES.values() if code)])
def test_every_exit_code_is_explained(code: int) -> None:
    assert f"\n| {code} |" in RESULTS


def test_every_row_of_the_matrix_is_in_its_table() -> None:
    page = (REFERENCE / "matrix.md").read_text(encoding="utf-8")
    assert [row for row in load().matrix if f"\n| [{row}](rules.md#matrix{row}) |" not in page] == []
