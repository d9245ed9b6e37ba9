"""How old the person is: the age that is told of them, not one that belongs to a relative or to a time long past."""

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from spinesafe.intake.narrative.passage import Passage

_OLDEST = 115
_MONTHS = 12
_BEGINNING = 600
"""Characters in which a message says how old the person is."""
_FORMS = (
    re.compile(r"(?<![\d.])(\d{1,3})[- ]?(?:years?|yrs?|y)[- ]?(?:old|o)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:i['’]?m|i am|he is|she is|he['’]s|she['’]s|who is|is now"
        r"|(?:nan|gran|mum|dad|grandma|grandad|grandpa|granny|mother|father)['’]s|mum is|dad is|mother is|father is|gran is)"
        r"\s+(\d{1,3})(?=\s*(?:,|\.|;|and\b|with\b|years|\())",
        re.IGNORECASE,
    ),
    re.compile(r"(?:^|[.。]\s*)(?:male|female|man|woman|lady)?[,\s]*(\d{2,3})\s*(?:[,，]|\.(?!\d)|\s+years)", re.IGNORECASE),
    re.compile(
        r"(?:mum|mother|dad|father|wife|husband|gran|grandma|grandad|son|daughter|aunt|uncle)\s*[,(（]?\s*(\d{1,3})\s*[,)）]",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:mum|mother|dad|father|wife|husband|gran|son|daughter)\s+(\d{1,3})\b", re.IGNORECASE),
    re.compile(r"\b(?:is|turned|i am|im|i['’]m) (\d{1,3})(?=\s*(?:,|\.|;|$|and\b|with\b|in\b|years\b|now\b))(?!\.\d)", re.IGNORECASE),
    re.compile(r"(?:我今年|今年|年龄[:：]?)\s*(\d{1,3})(?!\d)"),
    re.compile(
        r"(?:妈|爸|母亲|父亲|奶奶|爷爷|外婆|外公|姥姥|姥爷|老公|老婆|老伴|爱人|儿子|女儿|老爷子|老太太|婆婆|公公|岳母|岳父)"
        r"[,，、今年都快已]*(\d{1,3})(?![\d.个斤公天年月])"
    ),
    re.compile(r"(?:^|[,，。；\s])(?:本人|我|男|女)[,，]?\s?(\d{2})(?=[,，。；\s])"),
)  # fmt: skip
"""Ages that stand without the word "age", as messages begin."""
_NUMBER = re.compile(r"\d+")
_AROUND = 30
"""Characters before and behind a number among which stands what makes it an age."""


class Age(msgspec.Struct, frozen=True):
    """An age where the text tells it."""

    years: float
    start: int
    end: int


def ages(passage: Passage) -> Iterator[Age]:
    """The ages of the person, in the order of the text."""
    text = passage.read.text
    found = [
        Age(float(int(quantity.value)), quantity.start, quantity.end)
        for quantity in passage.read.quantities
        if quantity.kind == "age" and quantity.value is not None and re.search(r"[\d一二三四五六七八九十]", quantity.quote)
    ]
    found += [
        Age(quantity.value / _MONTHS, quantity.start, quantity.end)
        for quantity in passage.read.quantities
        if quantity.kind == "age_months" and quantity.value is not None
    ]
    found += _told_without_the_word(text[:_BEGINNING])
    for age in sorted(found, key=lambda one: one.start):
        if age.years <= _OLDEST and not _of_another(age, passage):
            yield age


def _told_without_the_word(text: str) -> Iterator[Age]:
    """Ages that stand without the word "age": looked for where there is a number."""
    places: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text):
        start, end = max(0, number.start() - _AROUND), number.end() + _AROUND
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
    for place in places:
        for form in _FORMS:
            for match in form.finditer(text, *place):
                yield Age(float(match[1]), match.start(1), match.end(1))


def _of_another(age: Age, passage: Passage) -> bool:
    """Beside an age that is a relative's stand only words about that relative."""
    if passage.read.patient:
        return False
    clause = bisect_right(passage.read.clauses, age.start, key=lambda span: span.start) - 1
    if clause not in passage.clauses or age.start >= passage.read.clauses[clause].end:
        return False
    beside = [mention for found in passage.clauses[clause].mentions.values() for mention in found]
    return bool(beside) and all(mention.context == "somebody_else" for mention in beside)
