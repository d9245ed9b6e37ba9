"""Parts of the prover that no theorem of the present knowledge needs, and one of another day may."""

from collections.abc import Iterator

import msgspec
import pytest

from spinesafe.backends.proofs import World, prove_one
from spinesafe.backends.proofs.logic import ALWAYS, NEVER, both, opposite
from spinesafe.backends.proofs.proof import Claim, Proof, Vacuous, Wrong
from spinesafe.backends.proofs.rules import _regions_told
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase, load
from spinesafe.rulebase.expression import And, Holds, Not, Or
from tests.backends.proofs.worlds import built_in_world
from tests.laws.seeds import otherwise

RULE = "ces_bilateral_leg_symptoms"


def alone(when: str) -> RuleBase:
    """The built-in knowledge with one rule, which holds when an expression does."""
    rulebase = otherwise("rules", RULE, when=when)().rulebase
    return msgspec.structs.replace(rulebase, rules=tuple(rule for rule in rulebase.rules if rule.id == RULE))


@pytest.mark.parametrize(
    ("when", "exact", "certain"),
    [
        ("leg_pain == none or leg_pain == one or leg_pain == both", 0, "it holds"),
        ("leg_pain == one and leg_numbness == both", 1, ""),
        ("leg_pain == one or leg_pain == both", 1, ""),
        ("current_episode_days == 14 or current_episode_days < 14 or current_episode_days > 14", 1, ""),
    ],
)
def test_a_gap_between_undecided_and_open_is_found(when: str, exact: int, certain: str) -> None:
    found = prove_one(World(alone(when)), "undecided_is_really_open")
    assert found.holds
    assert found.counted == {"exact": exact, "all": 1}
    assert [row["certain"].en for row in found.listed] == [certain] * (1 - exact)


@pytest.mark.parametrize(("join", "certain"), [(Or, "proof_holds"), (And, "proof_does_not_hold")])
def test_a_gap_is_found_of_a_finding_that_stands_on_both_sides(join: type[Or | And], certain: str) -> None:
    """The loader lets no danger stand so; a finding that is neither danger nor protection might."""
    rulebase = alone("leg_pain == one")
    numb = Holds("saddle_numbness")
    (rule,) = rulebase.rules
    found = prove_one(
        World(msgspec.structs.replace(rulebase, rules=(msgspec.structs.replace(rule, when=join((numb, Not(numb)))),))),
        "undecided_is_really_open",
    )
    assert found.counted == {"exact": 0, "all": 1}
    assert [row["certain"] for row in found.listed] == [rulebase.sentences[certain]]


def test_a_rule_without_words_in_one_language_is_listed() -> None:
    rulebase = load()
    silent = msgspec.structs.replace(rulebase.rules[0], because=Text(en="Because.", zh=" "))
    found = prove_one(World(msgspec.structs.replace(rulebase, rules=(silent, *rulebase.rules[1:]))), "every_reason_has_a_source")
    assert found.verdict == "not_accepted"
    assert [row["id"].en for row in found.not_accepted] == [silent.id]


def test_what_nobody_meets_is_no_proof() -> None:
    proof = Proof(built_in_world(), "unknown_never_clears")
    with pytest.raises(Vacuous):
        proof.need(proof.solver("one"), "somebody who is nobody", [NEVER])


@pytest.fixture
def world() -> Iterator[World]:
    """Everybody, as if nothing were proved of them yet; forgotten afterwards."""
    built_in = built_in_world()
    before = dict(built_in.proved)
    built_in.proved.clear()
    yield built_in
    built_in.proved.clear()
    built_in.proved.update(before)


def test_what_is_proved_is_not_put_to_the_solver_again(world: World) -> None:
    proof = Proof(world, "unknown_never_clears")
    claim = Claim("nobody is both", [ALWAYS], [Wrong(NEVER)])
    proof.never(claim)
    world.proved[f"{proof.theorem}: {claim.part}"] = True
    asked = proof.asked
    proof.never(claim)
    assert proof.asked - asked == 1  # the witness


def test_where_it_does_not_follow_in_general_the_claim_itself_is_put(world: World) -> None:
    proof = Proof(world, "unknown_never_clears")
    numb = world.one.states["saddle_numbness"].unanswered
    claim = Claim("nobody is both", [ALWAYS], [Wrong(both(numb, opposite(numb)))])
    proof.follows(claim, [("unknown_never_clears", claim)], Claim("in general", [ALWAYS], [Wrong(ALWAYS)]))
    assert world.proved[f"{proof.theorem}: {claim.part}"]


def test_some_regions_are_named_and_all_are_everywhere() -> None:
    world = built_in_world()
    regions = list(world.lattice.layout.regions)
    assert _regions_told(world, regions) == world.rulebase.sentences["proof_everywhere"]
    assert _regions_told(world, regions[:2]).en == ", ".join(world.rulebase.regions[region].label.en for region in regions[:2])
