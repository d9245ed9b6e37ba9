"""What does not count as a proof: silence of the solver, nobody to speak of, a process that ended."""

import os
import signal
from multiprocessing import active_children

import msgspec
import pytest
import z3

from spinesafe.backends.proofs import World, prove, prove_one
from spinesafe.backends.proofs.solve import Solver, Undecided
from spinesafe.rulebase import RuleBase, load
from tests.laws.seeds import otherwise

QUICK = ("every_reason_has_a_source", "every_condition_has_a_row")
HARD = "removing_a_protective_fact_never_lowers_the_outcome"


def with_premises(theorem: str, **premises: str) -> RuleBase:
    """The built-in knowledge with some premises of a theorem otherwise."""
    written = {**load().theorems[theorem].premises, **premises}
    return otherwise("theorems", theorem, premises=written)().rulebase


@pytest.mark.parametrize("processes", [1, 2])
def test_a_timeout_is_no_proof(processes: int) -> None:
    (found,) = prove(load(), [HARD], processes=processes, milliseconds=1)
    assert (found.verdict, found.holds) == ("undecided", False)
    assert found.reason


def test_the_solver_never_takes_silence_for_an_answer() -> None:
    x, y, z = z3.Ints("x y z")
    with pytest.raises(Undecided):
        Solver([x > 2, y > 2, z > 2, x**3 + y**3 == z**3], milliseconds=1).can()


def test_an_empty_world_is_no_proof() -> None:
    rulebase = with_premises("acute_disc_herniation_waits", acute="age_years >= 60 and age_years < 18")
    found = prove_one(World(rulebase), "acute_disc_herniation_waits")
    assert (found.verdict, found.holds) == ("proved_of_nobody", False)
    assert found.reason == found.parts[-1]


def test_an_exemption_of_nobody_is_no_proof() -> None:
    theorem = "old_explained_sphincter_trouble_exempts_one_organ_at_a_time"
    rulebase = with_premises(theorem, bladder_trouble="age_years < 0")
    assert prove_one(World(rulebase), theorem).verdict == "proved_of_nobody"


def test_two_processes_prove_what_one_proves() -> None:
    apart = {found.theorem: found for found in prove(load(), QUICK)}
    together = {found.theorem: found for found in prove(load(), QUICK, processes=1)}
    assert set(apart) == set(together) == set(QUICK)
    for theorem, found in apart.items():
        same = {"seconds": 0.0, "witness": None}
        assert msgspec.structs.replace(found, **same) == msgspec.structs.replace(together[theorem], **same)


def test_a_process_that_ends_has_proved_nothing() -> None:
    found = prove(load(), [QUICK[0], *[HARD] * 3])
    assert next(found).holds
    for child in active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
    left = list(found)
    assert [one.verdict for one in left] == ["undecided"] * 3
    assert all(one.reason for one in left)


def test_a_counter_example_is_made_smaller_while_there_is_time() -> None:
    wishes = [z3.Bool(f"wish {number}") for number in range(6)]
    given = [z3.Or(wishes[0], wishes[1]), z3.Not(z3.And(wishes[0], wishes[1])), z3.Implies(wishes[2], z3.Not(wishes[3]))]
    solver = Solver(given, milliseconds=10_000)

    def granted(seconds: float) -> int:
        found = solver.smallest([], wishes, seconds=seconds)
        return sum(z3.is_true(found.eval(wish, model_completion=True)) for wish in wishes)

    assert granted(10.0) == 4
    assert granted(0.0) <= 4
