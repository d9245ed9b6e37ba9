"""Every case of `cases/` comes out as it says."""

from pathlib import Path

import pytest

from spinesafe.screening import built_in
from spinesafe.screening.cases import Case, differences, read_cases, run

FOLDER = Path(__file__).parents[2] / "cases"
CASES = tuple(read_cases(FOLDER))


@pytest.mark.parametrize(("path", "case"), CASES, ids=[case.id for _, case in CASES])
def test_case_comes_out_as_it_says(path: Path, case: Case) -> None:
    assert differences(case, run(case, built_in(), FOLDER)) == (), path.name
