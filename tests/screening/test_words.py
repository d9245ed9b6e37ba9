import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.model.fact import Answer, Members, Value
from spinesafe.model.text import Text
from spinesafe.screening import built_in
from tests.laws.people import values_of

WORDS = built_in().words
RULEBASE = built_in().rulebase
REGIONS = RULEBASE.members["pain_region"]


@pytest.mark.parametrize(
    ("finding", "value", "en", "zh"),
    [
        ("saddle_numbness", True, "yes", "是"),
        ("saddle_numbness", False, "no", "否"),
        ("saddle_numbness", Answer.DONT_KNOW, "I don't know", "不知道"),
        ("anal_tone_reduced", Answer.NOT_EXAMINED, "not examined", "未检查"),
        ("deficit_onset_days", 14.0, "14 days", "14天"),
        ("spine_surgery_weeks_ago", 2.5, "2.5 weeks", "2.5周"),
        ("age_years", 40.0, "40 years", "40岁"),
        ("lowest_mrc_grade", 3.0, "3", "3"),
        ("pain_region", Members.exactly((), REGIONS), "none of them", "都没有"),
    ],
)
def test_a_value_is_said_as_a_person_would(finding: str, value: Value, en: str, zh: str) -> None:
    assert WORDS.value(finding, value) == Text(en=en, zh=zh)


def test_a_number_that_does_not_apply_is_said_in_the_words_of_its_finding() -> None:
    label = RULEBASE.findings["deficit_onset_days"].none_label
    assert label is not None
    assert WORDS.value("deficit_onset_days", Answer.NONE) == label
    assert WORDS.value("age_years", Answer.NONE) == RULEBASE.sentences["value_does_not_apply"]


def test_a_choice_and_a_set_are_said_by_their_labels_in_the_order_of_the_knowledge() -> None:
    labels = {m.id: m.label for m in RULEBASE.findings["pain_region"].members}
    both = WORDS.value("pain_region", Members(frozenset({"lumbar", "neck"}), frozenset({"thoracic"})))
    assert both.en == f"{labels['neck'].en}, {labels['lumbar'].en}"
    assert both.zh == f"{labels['neck'].zh}、{labels['lumbar'].zh}"
    one = next(m for m in RULEBASE.findings["leg_pain"].members if m.id == "both")
    assert WORDS.value("leg_pain", "both") == one.label


def test_a_set_of_which_only_absences_are_known_says_what_is_not_there() -> None:
    label = next(m.label for m in RULEBASE.findings["pain_region"].members if m.id == "neck")
    said = WORDS.value("pain_region", Members(absent=frozenset({"neck"})))
    assert said == WORDS.sentence("value_not_held", members=label)


def test_a_condition_is_said_by_the_name_that_is_displayed() -> None:
    shown = next(c for c in RULEBASE.conditions.values() if c.display_name is not None)
    plain = next(c for c in RULEBASE.conditions.values() if c.display_name is None)
    assert WORDS.member("diagnosis_condition", shown.id) == shown.display_name
    assert WORDS.member("diagnosis_condition", plain.id) == plain.name


def test_braces_are_filled_in_each_language_by_its_own_words() -> None:
    filled = WORDS.sentence("condition_examined_first", label=Text(en="anal tone", zh="肛门张力"))
    assert "anal tone" in filled.en
    assert "肛门张力" in filled.zh
    assert WORDS.sentence("unit_d", number="3") == Text(en="3 days", zh="3天")


def test_a_sentence_without_braces_is_said_as_it_stands() -> None:
    assert WORDS.sentence("value_yes") == RULEBASE.sentences["value_yes"]


@given(data=st.data(), finding=st.sampled_from(tuple(RULEBASE.findings)))
def test_every_value_can_be_said_in_both_languages(data: st.DataObject, finding: str) -> None:
    value = data.draw(values_of(finding).filter(lambda value: value is not None))
    assert value is not None
    if value != Members():
        said = WORDS.value(finding, value)
        assert said.en
        assert said.zh
