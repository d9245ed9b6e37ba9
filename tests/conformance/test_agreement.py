"""Every back end decides as the evaluator does; in full size with `make conformance`."""

from spinesafe.screening import built_in
from tests.conformance.agreement import Agreement
from tests.conformance.people import Maker

PEOPLE = 200


def test_all_back_ends_agree() -> None:
    evaluator = built_in().evaluator
    agreement = Agreement(evaluator, list(Maker(evaluator.rulebase).people(PEOPLE, seed=1)))
    rows = list(agreement.rows())
    assert [row.name for row in rows if row.differing] == []
    assert all(row.cells > 1000 * PEOPLE for row in rows)
