"""Text as it is matched, and the way back."""

import pytest

from spinesafe.language.normalise import normalise
from spinesafe.language.read import Terms, read
from spinesafe.language.vocabulary import Term
from spinesafe.rulebase.load import load
from tests.language.suite import AS_OF

TERMS = Terms(
    [
        Term("pain", "pain"),
        Term("feel", "can't feel"),
        Term("massage", "massage"),
        Term("cure", "根治"),
        Term("spine", "(腰椎|头发)"),
        Term("gout", "痛风"),
        Term("low_back_pain", "腰痛"),
        Term("numb", "麻痹"),
        Term("brown_sequard", "brown-sequard"),
        Term("x_ray", "x-ray"),
        Term("back_pain", "low back pain"),
    ],
    load().language,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOW Back", "low back"),
        ("ｌｏｗ　ｂａｃｋ，１２", "low back,12"),
        ("腰椎間盤突出，麻痺", "腰椎间盘突出,麻痹"),
        ("can’t", "can't"),
        ("cu\u200bre", "cure"),
        ("Brown-Séquard", "brown-sequard"),
        ("Brown-Se\u0301quard", "brown-sequard"),
        ("½ ㎎", "1/2 mg"),
        ("Ⅲ级", "3级"),
        ("pаin", "pain"),  # with a Cyrillic letter
        ("боль", "боль"),
        ("paaaain sooo", "pain so"),
        ("I can't feeeel", "i can't feel"),
        ("p4in, m@ssage", "pain, massage"),
        ("L4 c5 b12a", "l4 c5 b12a"),
        ("p a i n", "pain"),
        ("a b c d", "a b c d"),
        ("p.a.i.n", "pain"),
        ("\ud800\x00", "\ufffd "),
        ("👩\u200d⚕\ufe0f", "👩⚕"),
    ],
)
def test_what_looks_the_same_is_read_the_same(text: str, expected: str) -> None:
    assert normalise(text, TERMS.characters, TERMS.vocabulary.words).text == expected


@pytest.mark.parametrize(
    ("text", "term", "quote"),
    [
        ("This will 根 治 it", "cure", "根 治"),
        ("根*治", "cure", "根*治"),
        ("根\u200b治", "cure", "根\u200b治"),
        ("根🌿治", "cure", "根🌿治"),
        ("腰椎\n间盘", "spine", "腰椎"),
        ("頭髮", "spine", "頭髮"),
        ("I CAN’T FEEL it", "feel", "CAN’T FEEL"),
        ("i cant feel it", "feel", "cant feel"),
        ("an X ray of it", "x_ray", "X ray"),
        ("the low  back   pain of it", "back_pain", "low  back   pain"),
        ("the low-back pain of it", "back_pain", "low-back pain"),
        ("Brown-Se\u0301quard it is", "brown_sequard", "Brown-Se\u0301quard"),
        ("the p a i n of it", "pain", "p a i n"),
        ("the pains of it", "pain", "pains"),
    ],
)
def test_a_mention_quotes_the_original(text: str, term: str, quote: str) -> None:
    assert (term, quote) in {(mention.term, mention.quote) for mention in read(text, TERMS, AS_OF).mentions}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("腰痛 风湿", "gout"),  # the end of one word and the start of the next
        ("the painting of it", "pain"),
        ("low, back, pain of it", "back_pain"),
        ("It is low. Back pain is it", "back_pain"),
    ],
)
def test_what_only_stands_side_by_side_is_no_mention(text: str, term: str) -> None:
    assert term not in {mention.term for mention in read(text, TERMS, AS_OF).mentions}
