"""Every back end decides as the evaluator does; in full size with `make conformance`."""

from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.logic import logic_of
from spinesafe.rulebase.parameters import parameters_of
from spinesafe.screening import built_in
from tests.conformance.agreement import Agreement
from tests.conformance.cells import Expected, differing, exported_names
from tests.conformance.node_process import run_elm
from tests.conformance.people import Maker

PEOPLE = 200
FEW = 25


def test_all_back_ends_agree() -> None:
    evaluator = built_in().evaluator
    agreement = Agreement(evaluator, list(Maker(evaluator.rulebase).people(PEOPLE, seed=1)))
    rows = list(agreement.rows())
    assert [row.name for row in rows if row.differing] == []
    assert all(row.cells > 1000 * PEOPLE for row in rows)


def test_a_reading_that_is_lost_on_the_way_is_noticed() -> None:
    """Definitions that count as nothing while they are undecided, as if null were no."""
    evaluator = built_in().evaluator
    rulebase, expected = evaluator.rulebase, Expected(evaluator)
    elm = elm_library(logic_of(rulebase), rulebase.version)
    for definition in elm["library"]["statements"]["def"]:
        if definition["expression"]["type"] == "Coalesce":
            definition["expression"] = definition["expression"]["operand"][0]
    people = list(Maker(rulebase).people(FEW, seed=2))
    given = [parameters_of(facts, rulebase) for facts in people]
    found = run_elm(elm, exported_names(rulebase), given).values
    assert differing([expected.cells(facts, after_treatment=False) for facts in people], found)[1] > FEW
