import msgspec
import pytest

from spinesafe.model.scales import HandsOn, Urgency
from spinesafe.rulebase.build import Builder
from spinesafe.rulebase.effects import Anatomy, Effect
from spinesafe.rulebase.expression import TRUE, Has, Holds, Named, all_of, negated
from spinesafe.rulebase.format import Then, Touch, UrgencyBars

NUMB = Holds("saddle_numbness")


@pytest.fixture(scope="module")
def anatomy(builder: Builder) -> Anatomy:
    return builder.anatomy


def outcomes(anatomy: Anatomy, then: Then) -> dict[object, tuple[Urgency, dict[str, dict[str, HandsOn]]]]:
    """What each condition raises to, as words. Cells that stay `proceed` are left out."""
    layout = anatomy.layout
    return {
        effect.when: (
            layout.urgency(effect.outcome),
            {
                technique: raised
                for technique, row in layout.grid(effect.outcome).items()
                if (raised := {region: level for region, level in row.items() if level > HandsOn.PROCEED})
            },
        )
        for effect in anatomy.effects_of(then)
    }


def test_an_effect_survives_being_kept() -> None:
    effect = Effect.of(TRUE, 1 << 200)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(effect), type=Effect).outcome == 1 << 200


def test_a_reason_alone_raises_nothing(anatomy: Anatomy) -> None:
    assert anatomy.effects_of(Then()) == ()


def test_an_urgency_alone(anatomy: Anatomy) -> None:
    assert outcomes(anatomy, Then(urgency=Urgency.WITHIN_7_DAYS)) == {TRUE: (Urgency.WITHIN_7_DAYS, {})}


def test_regions_scopes_techniques_and_columns(anatomy: Anatomy) -> None:
    then = Then(hands_on=(Touch(at=("neck",), techniques=("thrust", "movement"), level="stop"), Touch(at=("everywhere",), level="adapt")))
    ((urgency, grid),) = outcomes(anatomy, then).values()
    assert urgency is Urgency.ROUTINE
    assert grid["thrust"] == grid["movement"] == {"neck": HandsOn.STOP, "back": HandsOn.ADAPT}
    assert grid["massage"] == {"neck": HandsOn.ADAPT, "back": HandsOn.ADAPT}


def test_neighbours_are_added(anatomy: Anatomy) -> None:
    ((_, grid),) = outcomes(anatomy, Then(hands_on=(Touch(at=("neck",), neighbours=True, techniques=("pull",), level="wait"),))).values()
    assert grid == {"pull": {"neck": HandsOn.WAIT, "back": HandsOn.WAIT}}


def test_a_place_that_is_not_known_is_every_place(anatomy: Anatomy) -> None:
    found = outcomes(
        anatomy, Then(hands_on=(Touch(place="where_it_hurts", techniques=("massage",), level="stop", when="saddle_numbness"),))
    )
    for region in ("neck", "back"):
        here = Named(f"where_it_hurts_{region}", Has("where_it_hurts", region), when_not_known=True)
        assert found[all_of(NUMB, here)] == (Urgency.ROUTINE, {"massage": {region: HandsOn.STOP}})


def test_a_relative_bar_waits_for_the_written_reason(anatomy: Anatomy) -> None:
    found = outcomes(anatomy, Then(hands_on=(Touch(at=("neck",), techniques=("massage",), level="relative"),)))
    reason = Named("reason_for_massage", Holds("doctor_agreed"), when_not_known=False)
    assert found == {
        TRUE: (Urgency.ROUTINE, {"massage": {"neck": HandsOn.ADAPT}}),
        negated(reason): (Urgency.ROUTINE, {"massage": {"neck": HandsOn.WAIT}}),
    }


def test_an_open_urgent_question_is_not_gone_round(anatomy: Anatomy) -> None:
    """A bar on every technique at one place, while a question is open for days, holds at every place."""
    barred = Touch(at=("neck",), level="diagnose_first")
    ((_, grid),) = outcomes(anatomy, Then(urgency=Urgency.WITHIN_7_DAYS, hands_on=(barred,))).values()
    assert set(grid["pull"].values()) == {HandsOn.DIAGNOSE_FIRST}
    ((_, grid),) = outcomes(anatomy, Then(urgency=Urgency.ROUTINE, hands_on=(barred,))).values()
    assert grid["pull"] == {"neck": HandsOn.DIAGNOSE_FIRST}


def test_an_urgency_bars_every_cell(builder: Builder) -> None:
    plain = builder.anatomy
    bars = [UrgencyBars(urgency=Urgency.WITHIN_7_DAYS, level=HandsOn.WAIT), UrgencyBars(urgency=Urgency.SAME_DAY, level=HandsOn.STOP)]
    barring = Anatomy(plain.names, plain.regions, plain.scopes, plain.techniques, bars)
    ((_, grid),) = outcomes(barring, Then(urgency=Urgency.WITHIN_7_DAYS)).values()
    assert {level for row in grid.values() for level in row.values()} == {HandsOn.WAIT}
    ((_, grid),) = outcomes(barring, Then(urgency=Urgency.EMERGENCY_NOW)).values()
    assert {level for row in grid.values() for level in row.values()} == {HandsOn.STOP}


def test_the_letters_of_a_row(builder: Builder) -> None:
    (row,) = (s.entry for s in builder.entries if s.kind == "matrix")
    lettered = msgspec.structs.replace(row, soft_tissue="O", mobilisation="P", thrust="A", traction="N")
    (effect,) = builder.anatomy.effects_of_row(lettered)
    grid = builder.anatomy.layout.grid(effect.outcome)
    assert {technique: row["neck"] for technique, row in grid.items()} == {
        "massage": HandsOn.PROCEED,
        "movement": HandsOn.ADAPT,
        "pull": HandsOn.ADAPT,
        "thrust": HandsOn.STOP,
    }
