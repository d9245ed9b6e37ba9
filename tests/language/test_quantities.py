"""Times, measures and labels, against the 24th of November 2026, a Tuesday."""

import pytest

from spinesafe.language.read import Terms, read
from spinesafe.language.reading import Quantity
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase.language_format import Quantity as Entry
from spinesafe.rulebase.load import load
from tests.language.suite import AS_OF

ENTRIES = tuple(load().language.quantities.values())


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms([Term("pain", "pain"), Term("pain", "痛"), Term("numb", "numb")], load().language)


def found(text: str, terms: Terms) -> tuple[Quantity, ...]:
    return read(text, terms, AS_OF).quantities


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_example_of_a_quantity_shows_it(entry: Entry, terms: Terms) -> None:
    kind = entry.kind if entry.kind not in {"measure", "label"} else entry.id
    assert kind in {quantity.kind for quantity in found(entry.example, terms)}


@pytest.mark.parametrize(
    ("text", "kind", "fewest", "most"),
    [
        ("pain for the last 2-3 weeks", "lasting", 14, 21),
        ("pain for two to three weeks", "lasting", 14, 21),
        ("3/52 hx LBP", "lasting", 21, 21),
        ("pain for 3/7", "lasting", 3, 3),
        ("a week and a half of pain", "lasting", 10, 10),
        ("one and a half years of pain", "lasting", 548, 548),
        ("pain for a fortnight", "lasting", 14, 14),
        ("a couple of days of pain", "lasting", 2, 2),
        ("pain for years", "lasting", 730, 730),
        ("two hours of pain", "lasting", 0, 0),
        ("pain for half a year", "lasting", 183, 183),
        ("腰痛三四天", "lasting", 3, 4),
        ("腰痛十二周", "lasting", 84, 84),
        ("腰痛近10余年", "lasting", 3652, 3652),
        ("腰痛1年半", "lasting", 548, 548),
        ("腰痛半个月", "lasting", 15, 15),
        ("腰痛3个多月", "lasting", 91, 91),
        ("腰痛二十多年", "lasting", 9131, 9131),
        ("腰痛多年", "lasting", 730, 730),
        ("第5天腰痛", "lasting", 5, 5),
        ("pain about three weeks ago", "ago", 21, 21),
        ("a fall months ago", "ago", 61, 61),
        ("半年前腰痛", "ago", 183, 183),
        ("pain last night", "ago", 1, 1),
        ("前天腰痛", "ago", 2, 2),
        ("numb since Tuesday", "since", 7, 7),
        ("numb since Monday", "since", 1, 1),
        ("numb since 12 March 2024", "since", 987, 987),
        ("numb since March", "since", 238, 268),
        ("numb since December", "since", 328, 358),
        ("numb since 2019", "since", 2520, 2884),
        ("自昨天开始腰痛", "since", 1, 1),
        ("pain on 3/5/2024", "on", 935, 935),
        ("pain on 31/12/25", "on", 328, 328),
        ("pain on 12/25/2025", "on", 334, 334),
        ("pain 2026-10-01", "on", 54, 54),
        ("pain in 2015", "on", 3981, 4345),
        ("2024年3月5日腰痛", "on", 994, 994),
        ("5月12日腰痛", "on", 196, 196),
        ("12月12日腰痛", "on", 347, 347),
        ("去年3月腰痛", "on", 603, 633),
        ("上周三腰痛", "on", 6, 6),
        ("本周一腰痛", "on", 1, 1),
        ("术后3个月", "after", 91, 91),
        ("10 days post-op", "after", 10, 10),
        ("day 5 after discectomy", "after", 5, 5),
        ("surgery in 2 weeks", "ahead", 14, 14),
    ],
)
def test_a_time_is_counted_from_the_day_of_the_text(text: str, kind: str, fewest: int, most: int, terms: Terms) -> None:
    assert (kind, fewest, most) in {(quantity.kind, quantity.days, quantity.most_days) for quantity in found(text, terms)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("56F with pain", "age", 56),
        ("45M, pain", "age", 45),
        ("an 18-year-old with pain", "age", 18),
        ("I am 34 and have pain", "age", 34),
        ("67 yo, pain", "age", 67),
        ("I'm 34 and have pain", "age", 34),
        ("My mother is 78 and has pain", "age", 78),
        ("女，58岁，腰痛", "age", 58),
        ("五十八岁，腰痛", "age", 58),
        ("一百岁，腰痛", "age", 100),
        ("pain 8/10", "pain", 8),
        ("pain score of 7", "pain", 7),
        ("pain 8 out of 10", "pain", 8),
        ("腰痛，NRS 7分", "pain", 7),
        ("腰痛，VAS评分8分", "pain", 8),
        ("numb, power 4-/5", "strength", 4),
        ("肌力Ⅲ级，腰痛", "strength", 3),
        ("肌力IV级，腰痛", "strength", 4),
        ("握力3级，腰痛", "strength", 3),
        ("残余尿350ml，腰痛", "volume", 350),
        ("Cobb angle 42°, pain", "angle", 42),
        ("侧弯25度，腰痛", "angle", 25),
        ("grade 2 slip, pain", "grade", 2),
        ("体温38.6℃，腰痛", "temperature", 38.6),
        ("28 weeks pregnant with pain", "pregnant", 28),
        ("T-score -3.1, pain", "t_score", 3.1),
    ],
)
def test_a_measure_has_its_number(text: str, kind: str, value: float, terms: Terms) -> None:
    assert (kind, value) in {(quantity.kind, quantity.value) for quantity in found(text, terms)}


@pytest.mark.parametrize(
    ("text", "kind", "labels"),
    [
        ("pain at C5-T1", "level", ("C5", "T1")),
        ("pain at L4/5", "level", ("L4", "L5")),
        ("pain at l4-5", "level", ("L4", "L5")),
        ("腰4/5椎间盘突出，腰痛", "level", ("L4", "L5")),
        ("骶1腰痛", "level", ("S1",)),
        ("pain in the left leg", "side", ("left",)),
        ("双下肢痛", "side", ("both",)),
    ],
)
def test_a_label_has_its_names(text: str, kind: str, labels: tuple[str, ...], terms: Terms) -> None:
    assert (kind, labels) in {(quantity.kind, quantity.labels) for quantity in found(text, terms)}


@pytest.mark.parametrize(
    "text", ["pain 12/10", "power 9/5, pain", "aged 400, pain", "numb on 31/2/2024", "numb on 2030-01-01", "pain on 45/45/2024"]
)
def test_what_no_number_can_be_is_none(text: str, terms: Terms) -> None:
    kinds = {quantity.kind for quantity in found(text, terms)}
    assert not kinds & {"pain", "strength", "age", "on"} or all(
        quantity.days is None or quantity.days >= 0 for quantity in found(text, terms)
    )
    assert not kinds & {"pain", "strength", "age"}


def test_a_mention_knows_the_quantities_beside_it_nearest_first(terms: Terms) -> None:
    text = read("56F, pain for 3 weeks, 8/10; numb since Tuesday", terms, AS_OF)
    beside = {mention.term: [text.quantities[number].kind for number in mention.quantities] for mention in text.mentions}
    assert beside["pain"][:1] == ["lasting"]
    assert "pain" in beside["pain"]
    assert beside["numb"] == ["since"]
