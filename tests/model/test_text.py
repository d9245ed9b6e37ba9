from spinesafe.model.text import LANGUAGES, Text


def test_a_text_is_said_in_every_language() -> None:
    text = Text(en="neck", zh="颈部")
    assert [text.in_language(language) for language in LANGUAGES] == ["neck", "颈部"]
