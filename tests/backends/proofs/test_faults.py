"""A proof that cannot fail is a defect: for each theorem a fault makes it fail, and whoever it finds shows the fault when screened."""

from pathlib import Path

import pytest

from spinesafe.backends.evaluate import Decision
from spinesafe.backends.proofs import CounterExample, World, prove_one, theorems_of
from spinesafe.model.fact import Facts
from spinesafe.model.text import LANGUAGES
from spinesafe.rulebase import polarity
from spinesafe.screening.cases import differences, facts_of, read_cases, run
from tests.backends.proofs.faulty import LISTED, REFUTED, Faulty, Seed, always_true
from tests.laws.counterexample import BrokenLawError
from tests.laws.knowledge import all_back_ends_agree
from tests.laws.people import NOTHING, Person
from tests.laws.seeds import few, screener_of

FAULTS = [(theorem, what) for theorem, faults in REFUTED.items() for what in faults]


@pytest.fixture(autouse=True)
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader does not look where dangers and protections stand, so that the proofs are tried alone."""
    monkeypatch.setattr(polarity, "faults", lambda *_: iter(()))


def is_shown(faulty: Faulty, theorem: str, example: CounterExample, folder: Path) -> bool:
    """Whether the people of a counter-example show what is wrong.

    By what their cases expect where a case can say it; else by the evaluator's own joins and outputs, before and after.
    """
    (folder / "counter_example.yaml").write_text(example.case_file, encoding="utf-8")
    cases = [case for _, case in read_cases(folder)]
    if example.fails:
        return any(differences(case, run(case, faulty.screener, folder)) for case in cases)
    people = [facts_of(case, faulty.screener, folder) for case in cases]
    way, _, part = example.part.partition(": ")
    match theorem, part:
        case "the_compiled_rules_say_what_is_written", _:
            return differs(faulty, people[0])
        case "settled_means_settled", _:
            return is_changed(faulty, people, way)
        case "learning_more_never_unsettles", "floor":
            return is_undone(faulty, example, people, way, "floor")
        case ("learning_more_never_unsettles", "ceiling") | (_, "I don't know"):
            return is_undone(faulty, example, people[::-1], way, "ceiling")
        case "a_diagnosis_wakes_what_it_implies", _:
            asleep, awake = (decided(faulty, facts, way) for facts in people)
            return bool(awake.read & ~asleep.read)
        case _:
            before, after = (decided(faulty, facts, way) for facts in people)
            return bool(getattr(before, part) & ~getattr(after, part))


def decided(faulty: Faulty, facts: Facts, way: str) -> Decision:
    return faulty.screener.evaluator.decide(facts) if way == "stated" else faulty.screener.judge(facts).decision


def differs(faulty: Faulty, facts: Facts) -> bool:
    """Whether the compiled line says something else than the walk."""
    with pytest.raises(BrokenLawError):
        all_back_ends_agree(faulty.screener, Person(NOTHING, {name: fact.value for name, fact in facts.items()}))
    return True


def is_changed(faulty: Faulty, people: list[Facts], way: str) -> bool:
    """Whether part of the outcome was settled before and is otherwise after."""
    before, after = (decided(faulty, facts, way) for facts in people)
    return bool(~(before.ceiling ^ before.floor) & (before.floor ^ after.read))


def is_undone(faulty: Faulty, example: CounterExample, people: list[Facts], way: str, join: str) -> bool:
    """Whether an effect of the rule that is named holds before and not after."""
    rules = [rule.id for rule in faulty.world.rulebase.rules for _ in rule.effects]
    outputs = [decided(faulty, facts, way).run.outputs for facts in people]
    rail = faulty.rails[join]
    return any(outputs[0][i] & rail and not outputs[1][i] & rail for i, rule in enumerate(rules) if rule in example.rules)


@pytest.mark.parametrize(("theorem", "what"), FAULTS, ids=[": ".join(names) for names in FAULTS])
def test_the_theorem_fails_and_somebody_shows_it(theorem: str, what: str, tmp_path: Path) -> None:
    faulty = REFUTED[theorem][what]()
    found = prove_one(faulty.world, theorem)
    assert found.verdict == "refuted"
    example = found.counter_example
    assert example is not None
    assert is_shown(faulty, theorem, example, tmp_path)
    broken = faulty.world.rulebase.theorems[theorem].broken
    for language in LANGUAGES:
        assert broken.in_language(language) in example.sentence.in_language(language)


@pytest.mark.parametrize(("theorem", "named", "seed"), [(theorem, *fault) for theorem, fault in LISTED.items()], ids=list(LISTED))
def test_the_list_shows_what_nobody_accepted(theorem: str, named: str, seed: Seed) -> None:
    found = prove_one(seed().world, theorem)
    assert found.verdict == "not_accepted"
    assert named in {row["id"].en for row in found.not_accepted}


def test_a_result_that_nobody_gets_is_listed() -> None:
    found = prove_one(World(screener_of(few("ces_new_sphincter_or_saddle_change")).rulebase), "every_disposition_is_reachable")
    assert found.verdict == "not_accepted"
    assert "routine" not in {row["id"].en for row in found.not_accepted}
    assert "acupressure diagnose_first" in {row["id"].en for row in found.not_accepted}


def test_a_gap_of_the_three_values_is_measured() -> None:
    found = prove_one(always_true().world, "undecided_is_really_open")
    assert found.holds
    assert found.counted["exact"] < found.counted["all"]
    assert "inf_fever" in {rule for row in found.listed for rule in row["id"].en.split(", ")}


def test_each_theorem_has_a_fault_that_it_notices() -> None:
    measured = {"undecided_is_really_open"}
    assert {*REFUTED, *LISTED, *measured} == set(theorems_of(overlay=False))
