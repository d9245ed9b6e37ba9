"""Whatever comes in: positions lead back into the original, and nothing ends in a traceback."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesafe.language.match import find
from spinesafe.language.normalise import normalise
from spinesafe.language.read import Terms, read
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase.load import load
from tests.language.suite import AS_OF
from tests.steps import steps

TERMS = Terms(
    [Term("pain", "pain"), Term("pain", "(痛|疼)"), Term("lumbar", "腰椎"), Term("numb", "numb*"), Term("press", "press* .. disc")],
    load().language,
)
PIECES = st.sampled_from(
    [
        "pain",
        "no ",
        "腰 椎",
        "腰\u200b椎",
        "無痛",
        "ＰＡＩＮ",
        "p a i n",
        "paaaain",
        "p4in",
        "pаin",
        "é",
        "e\u0301",
        "½",
        "\u202e",
        "🙂",
        "👩‍⚕️",
        "\n",
        "  ",
        "：",
        "?",
        "(",
        "“",
        "ß",
        "İ",
        "\ud800",
        "\x00",
        "3 weeks ",
        "L4/5",
        "FH: ",
        "既往史：",
        "if ",
        "但",
    ]
)
TEXTS = st.lists(PIECES | st.characters(), max_size=40).map("".join)


@given(TEXTS)
def test_every_position_leads_back_into_the_original(text: str) -> None:
    norm = normalise(text, TERMS.characters, TERMS.vocabulary.words)
    spans = [norm.span(at, at + 1) for at in range(len(norm.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in itertools.pairwise(spans))
    assert norm.span(len(norm.text), len(norm.text)) == (len(text), len(text))


@given(TEXTS)
def test_what_is_cut_out_of_the_original_reads_the_same(text: str) -> None:
    norm = normalise(text, TERMS.characters, TERMS.vocabulary.words)
    for start, end, _ in find(norm.text, TERMS.vocabulary):
        first, last = norm.span(start, end)
        again = normalise(text[first:last], TERMS.characters, TERMS.vocabulary.words).text
        assert norm.text[start:end] in again


@given(TEXTS)
def test_no_text_ends_in_a_traceback(text: str) -> None:
    found = read(text, TERMS, AS_OF)
    assert all(text[mention.start : mention.end] == mention.quote for mention in found.mentions)
    assert all(mention.sentence < len(found.sentences) and mention.clause < len(found.clauses) for mention in found.mentions)
    assert all(mention.within is None or found.mentions[mention.within].start <= mention.start for mention in found.mentions)
    assert all(found.clauses[mention.clause].sentence == mention.sentence for mention in found.mentions)
    assert all(number < len(found.quantities) for mention in found.mentions for number in mention.quantities)
    assert found.language != "neither" or not found.mentions


@given(st.binary(max_size=300))
def test_bytes_that_are_no_text_are_read_as_far_as_they_go(data: bytes) -> None:
    read(data.decode("latin-1"), TERMS, AS_OF)
    read(data.decode("utf-8", "surrogateescape"), TERMS, AS_OF)
    read(data.decode("utf-16-le", "replace"), TERMS, AS_OF)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "....", "?!?!", "🙂🙂🙂", "\u202e\u202d\u200f", "12345 67/8", "，。、；：", "\x00\x01\x02\ufffd", "()[]{}"]
)
def test_a_text_without_words_is_in_neither_language(text: str) -> None:
    found = read(text, TERMS, AS_OF)
    assert (found.language, found.mentions) == ("neither", ())


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe seit drei Wochen starke Schmerzen im unteren Rücken und kann nicht schlafen.",
        "J'ai mal au dos depuis trois semaines et je ne peux pas dormir la nuit.",
        "Tengo dolor de espalda desde hace tres semanas y no puedo dormir.",
        "Mam ból pleców od trzech tygodni i nie mogę spać, ale nie jest to nowe.",
        "У меня болит спина уже три недели, не могу спать.",
        "عندي ألم في الظهر منذ ثلاثة أسابيع",
        "허리가 삼 주 전부터 아파서 잠을 못 잡니다",
        "三週間前から腰が痛くて夜も眠れません。足がしびれています。",
        "मुझे तीन हफ्ते से कमर में दर्द है",
        "Tôi bị đau lưng trong ba tuần và không ngủ được",
    ],
)
def test_a_third_language_is_told_and_not_read(text: str) -> None:
    found = read(text, TERMS, AS_OF)
    assert (found.language, found.mentions) == ("neither", ())
    assert [(span.start, span.end) for span in found.unread] == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Low back pain, no fever.", "en"),
        ("LBP 3/7, nil red flags", "en"),
        ("腰痛三天，无发热。", "zh"),
        ("MRI示L4/5椎间盘突出，腰痛。", "zh"),
        ("腰痛三天。I have had pain in the left leg since Monday and it is worse. 无发热。", "mixed"),
    ],
)
def test_english_and_chinese_are_told_apart(text: str, language: str) -> None:
    assert read(text, TERMS, AS_OF).language == language


def test_a_part_in_another_script_is_named() -> None:
    text = "I have had pain for a week. У меня болит спина. No fever."
    found = read(text, TERMS, AS_OF)
    assert [text[span.start : span.end] for span in found.unread] == ["меня болит спина"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 400_000,
        "痛" * 30_000,
        "no pain, " * 6_000,
        "无痛，" * 9_000,
        "(" * 200_000,
        " " * 200_000,
        "?" * 100_000,
        "1/2-3." * 40_000,
        "if " * 20_000,
        "p a i n " * 10_000,
        "press the " * 10_000,
        "FH: " * 20_000,
        "\n" * 200_000,
        "腰 " * 30_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_long_line_takes_work_in_proportion(text: str) -> None:
    part = text[: len(text) // 16]
    quarter, whole = steps(lambda: read(part, TERMS, AS_OF)), steps(lambda: read(part * 4, TERMS, AS_OF))
    assert whole < 6 * quarter + 10_000


def test_blocks_of_a_long_text_join_without_a_seam() -> None:
    sentence = "She denies pain in the leg and has numb feet for 3 weeks.\n"
    text = sentence * 4000
    found = read(text, TERMS, AS_OF)
    assert len(found.sentences) == 4000
    assert [mention.context for mention in found.mentions if mention.term == "pain"] == ["denied"] * 4000
    assert all(text[mention.start : mention.end] == mention.quote for mention in found.mentions)
    assert all(
        found.sentences[mention.sentence].start <= mention.start < found.sentences[mention.sentence].end for mention in found.mentions
    )
