from datetime import date
from pathlib import Path

import msgspec
import pytest

from spinesafe.intake.problems import IntakeError
from spinesafe.model.assessment import Assessment
from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.model.text import Text
from spinesafe.screening import built_in
from spinesafe.screening.cases import (
    AS_OF,
    Case,
    Expectation,
    coverage,
    differences,
    facts_of,
    read_cases,
    rules_without_case,
    run,
    unknown_rules,
)
from tests.laws.people import CASES

NOTE = Text(en="A case.", zh="一个病例。")
PLAIN = """
cases:
- id: plain
  note: {en: "A case.", zh: "一个病例。"}
  with: [everything_answered_no]
  answers: {saddle_numbness: true, sphincter_onset_days: 3}
  expect: {urgency: emergency_now}
"""


def case(**fields: object) -> Case:
    return msgspec.convert({"id": "a", "note": msgspec.to_builtins(NOTE), "expect": {}, **fields}, Case)


def out(**fields: object) -> Assessment:
    return run(case(**fields), built_in(), CASES)


# ------------------------------------------------------------------------------------------------- reading


def test_cases_are_read_from_every_folder_but_those_that_hold_other_things(tmp_path: Path) -> None:
    for folder in (".", "rules/deep", "base", "bad", "narrative", "terms", "claims"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "one.yaml").write_text(PLAIN, encoding="utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path, _ in read_cases(tmp_path)] == ["one.yaml", "rules/deep/one.yaml"]
    ((_, first), _) = read_cases(tmp_path)
    assert (first.id, first.bases, first.expect.urgency) == ("plain", ("everything_answered_no",), Urgency.EMERGENCY_NOW)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("urgency: emergency_now", "urgency: very", "very"), ("answers:", "anwsers:", "anwsers"), ("- id: plain\n  note", "- note", "id")],
)
def test_what_is_no_case_is_named_with_its_file(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in PLAIN
    (tmp_path / "wrong.yaml").write_text(PLAIN.replace(old, new), encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match=rf"wrong\.yaml.*{told}"):
        list(read_cases(tmp_path))


def test_the_answers_of_a_case_lie_above_those_of_its_bases() -> None:
    facts = facts_of(case(**{"with": ["everything_answered_no", "low_back_pain"], "answers": {"pain_now_nrs": 9}}), built_in(), CASES)
    assert facts["pain_now_nrs"].value == 9.0
    assert facts["symptom_duration_days"].value == 30.0
    assert facts["saddle_numbness"].value is False
    assert facts["pain_now_nrs"].provenance.as_of == AS_OF


def test_of_a_case_without_answers_nothing_is_known() -> None:
    assert facts_of(case(), built_in(), CASES) == {}


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(IntakeError):
        facts_of(case(answers={"sadle_numbness": True}), built_in(), CASES)


def test_a_case_after_treatment_adds_the_stop_criteria() -> None:
    worse = {"with": ["everything_answered_no", "gates_pass", "low_back_pain"], "answers": {"post_new_neuro": True}}
    assert out(**worse).urgency is Urgency.ROUTINE
    assert out(**worse, after=True).urgency is Urgency.EMERGENCY_NOW
    assert out(**worse).id == "a"


# ------------------------------------------------------------------------------------------------- what came out otherwise

DISC = {
    "with": ["everything_answered_no", "gates_pass", "low_back_pain"],
    "answers": {
        "diagnosis_condition": ["lumbar_disc_herniation"],
        "current_episode_days": 5,
        "planned_technique": ["soft_tissue_massage", "thrust_manipulation"],
    },
}
AS_IT_COMES_OUT = Expectation(
    urgency=Urgency.ROUTINE,
    hands_on=HandsOn.WAIT,
    planned={"thrust_manipulation": HandsOn.STOP},
    grid={"soft_tissue_massage": {"lumbar": HandsOn.WAIT, "neck": HandsOn.ADAPT}},
    settled=True,
    worst_case=Urgency.ROUTINE,
    services=("degenerative_spine_clinic", "primary_care"),
    fires=("disc_herniation_in_acute_stage",),
    does_not_fire=("gate_guidance",),
    review_on=date(2026, 12, 4),
)


def test_a_case_that_comes_out_as_it_says_differs_in_nothing() -> None:
    assert differences(case(expect=msgspec.to_builtins(AS_IT_COMES_OUT)), out(**DISC)) == ()
    assert differences(case(), out(**DISC)) == ()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"urgency": "same_day"}, "urgency is routine, expected same_day"),
        ({"hands_on": "adapt"}, "hands_on is wait, expected adapt"),
        ({"settled": False}, "settled is True, expected False"),
        ({"services": ["primary_care"]}, "services is ('degenerative_spine_clinic', 'primary_care'), expected ('primary_care',)"),
        ({"review_on": "2026-12-05"}, "review_on is 2026-12-04, expected 2026-12-05"),
        ({"worst_case": "same_day"}, "worst_case is routine, expected same_day"),
        ({"planned": {"thrust_manipulation": "adapt"}}, "planned thrust_manipulation is stop, expected adapt"),
        ({"planned": {"mobilisation": "adapt"}}, "planned mobilisation is None, expected adapt"),
        ({"grid": {"soft_tissue_massage": {"neck": "stop"}}}, "soft_tissue_massage at neck is adapt, expected stop"),
        ({"fires": ["gate_guidance"]}, "gate_guidance does not fire"),
        ({"does_not_fire": ["disc_herniation_in_acute_stage"]}, "disc_herniation_in_acute_stage fires"),
        ({"reasons": ["GUIDANCE"]}, "reason GUIDANCE is missing"),
    ],
    ids=str,
)
def test_what_came_out_otherwise_is_named(wrong: dict[str, object], told: str) -> None:
    assert differences(case(expect=wrong), out(**DISC)) == (told,)


def test_a_reason_is_found_by_its_key() -> None:
    shown = out(**{"with": ["everything_answered_no", "gates_pass"], "answers": {"doctor_guidance": "not_discussed"}})
    assert differences(case(expect={"reasons": ["GUIDANCE"]}), shown) == ()


# ------------------------------------------------------------------------------------------------- what the cases cover


def test_rules_without_a_case_are_named() -> None:
    some = [case(expect={"fires": ["a", "b"]}), case(expect={"does_not_fire": ["b"]})]
    assert rules_without_case(["a", "b", "c"], iter(some)) == (("c",), ("a", "c"))


def test_coverage_counts_rules_of_some_origins_and_excuses_what_holds_for_everybody() -> None:
    rulebase = built_in().rulebase
    rows = [rule.id for rule in rulebase.rules if rule.origin == "matrix"]
    everything = case(expect={"fires": rows, "does_not_fire": [row for row in rows if row != "matrix/non_specific_pain"]})
    whole = coverage(rulebase, [everything], origins=["matrix"])
    assert whole.complete
    assert whole.rules == tuple(rows)
    assert set(whole.rules) - set(whole.can_be_silent) == {"matrix/non_specific_pain"}
    half = coverage(rulebase, [case(expect={"fires": rows})], origins=["matrix"])
    assert not half.complete
    assert set(half.never_silent) == set(half.can_be_silent)
    assert not coverage(rulebase, [case(expect={"does_not_fire": rows})], origins=["matrix"]).complete
    assert len(coverage(rulebase, []).rules) == len(rulebase.rules)


def test_a_rule_that_does_not_exist_is_named() -> None:
    expected = {"fires": ["gate_guidance", "gate_guidence"], "does_not_fire": ["gate_plaice"]}
    assert unknown_rules(built_in().rulebase, case(expect=expected)) == ("gate_guidence", "gate_plaice")
