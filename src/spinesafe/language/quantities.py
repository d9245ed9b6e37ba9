"""Numbers, times and labels of a text: found where a pattern can start, and worked out against the day of the text."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from spinesafe.language.match import Hit
from spinesafe.language.patterns import DIGITS, RANGE, Branch, Found, Pattern, Patterns

_RUN_OF_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LETTERS_BEFORE = re.compile(r"(?<![a-z0-9])[a-z]{1,4}$")
_RANGE = re.compile(RANGE)
_HAN_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_POWERS = {"十": 10, "百": 100}
_LATEST_YEAR_DIGITS = 50
_BLANKS = frozenset(" \t")
_BLANKS_OR_HYPHEN = frozenset(" \t-")
_MONTHS = 12
_DATES = frozenset({"year", "yy", "month", "mm", "dd"})
_WEEK = 7


class Amount(NamedTuple):
    """A quantity in the normalised text."""

    start: int
    end: int
    kind: str
    value: float | None = None
    high: float | None = None
    unit: str = ""
    days: int | None = None
    most_days: int | None = None
    labels: tuple[str, ...] = ()


Candidate = tuple[Branch, int, str]
"""Patterns, the place where they are tried, and the number that stands before that, if they start with one."""


def quantities(text: str, hits: Iterable[Hit], patterns: Patterns, as_of: date) -> list[Amount]:
    """The quantities of a normalised text in order; of several that start at one place, the longest."""
    found: list[Amount] = []
    done = 0
    by_start: dict[int, list[Candidate]] = {}
    for start, candidate in _candidates(text, hits, patterns):
        by_start.setdefault(start, []).append(candidate)
    for start in sorted(by_start):
        if start < done:
            continue
        best = _longest(text, start, by_start[start], patterns, as_of)
        if best is not None:
            found.append(best)
            done = best.end
    return found


def _longest(text: str, start: int, candidates: list[Candidate], patterns: Patterns, as_of: date) -> Amount | None:
    """The longest quantity that starts at a place and makes sense; of two as long, the one that is written first in the knowledge."""
    matches: list[tuple[int, int, Pattern, tuple[str, ...]]] = []
    for number, (branch, at, first) in enumerate(candidates):
        found: list[Found] = []
        branch.match(text, at, found)
        matches += [(end, number, pattern, (first, *slots) if first else slots) for end, pattern, slots in found]
    if len(matches) > 1:
        matches.sort(key=lambda found: (-found[0], found[1], found[2].order))
    for end, _, pattern, slots in matches:
        amount = _worked_out(patterns, pattern, slots, as_of)
        if amount is not None:
            return amount._replace(start=start, end=end)
    return None


def _candidates(text: str, hits: Iterable[Hit], patterns: Patterns) -> Iterator[tuple[int, Candidate]]:
    """Where a quantity may start, and what may start there: at words that begin one, and at digits."""
    yield from _at_words(text, hits, patterns)
    yield from _at_digits(text, patterns)


def _at_words(text: str, hits: Iterable[Hit], patterns: Patterns) -> Iterator[tuple[int, Candidate]]:
    for start, end, meaning in [hit for hit in hits if hit[2].anchor]:
        for branch, behind in patterns.starts.get(meaning.text, ()):
            if not behind:
                yield start, (branch, start, "")
            elif branch.ends or _next_sign(text, end) in branch.after:
                yield start, (branch, end, "")
        if meaning.text in patterns.number_words:
            yield from _after_number(text, start, patterns)


def _at_digits(text: str, patterns: Patterns) -> Iterator[tuple[int, Candidate]]:
    for run in _RUN_OF_DIGITS.finditer(text):
        at = run.start()
        before = text[at - 1 : at]
        if before.isascii() and before.isalpha():
            letters = _LETTERS_BEFORE.search(text, max(0, at - 5), at)
            if letters and letters[0] in patterns.by_word:
                yield letters.start(), (patterns.by_word[letters[0]], letters.start(), "")
        elif not (before in {"/", "."} and text[at - 2 : at - 1].isdigit()):
            if DIGITS in patterns.by_word:
                yield at, (patterns.by_word[DIGITS], at, "")
            yield from _after_number(text, at, patterns)


def _next_sign(text: str, at: int) -> str:
    """The first character from a place on that is no blank."""
    while text[at : at + 1] in _BLANKS:
        at += 1
    return text[at : at + 1]


def _after_number(text: str, at: int, patterns: Patterns) -> Iterator[tuple[int, Candidate]]:
    """What may follow the number at a place."""
    number = patterns.number.match(text, at)
    if number is None:
        return
    follows = number.end()
    while text[follows : follows + 1] in _BLANKS_OR_HYPHEN:
        follows += 1
    tails = patterns.after_number.get(text[follows : follows + 1])
    if tails is not None:
        yield at, (tails, follows, number[0])


def _worked_out(patterns: Patterns, pattern: Pattern, groups: tuple[str, ...], as_of: date) -> Amount | None:
    """A quantity without its place; None where the number cannot be meant."""
    parts: dict[str, list[str]] = {}
    for slot, group in zip(pattern.slots, groups, strict=True):
        parts.setdefault(slot, []).append(group)
    entry = pattern.entry
    match entry.kind:
        case "label":
            return Amount(0, 0, entry.id, unit=entry.unit, labels=tuple(_labels(patterns, pattern, groups)))
        case "measure":
            numbers = parts.get("n") or parts.get("digits")
            low, high = _number(patterns, numbers[0]) if numbers else (_slot_number(patterns, pattern, groups),) * 2
            if not (entry.minimum or 0) <= low <= high <= (entry.maximum or float("inf")):
                return None
            return Amount(0, 0, entry.id, low, high if high != low else None, entry.unit)
    span = _days_of(patterns, parts, entry.days, as_of)
    if span is None:
        return None
    fewest, most = span
    return Amount(0, 0, entry.kind, days=fewest, most_days=most, unit="d")


def _slot_number(patterns: Patterns, pattern: Pattern, groups: tuple[str, ...]) -> float:
    return float(patterns.slots[pattern.slots[-1]][groups[-1]])


def _labels(patterns: Patterns, pattern: Pattern, groups: tuple[str, ...]) -> Iterator[str]:
    """The names in a label: a word of a slot goes before each number that follows it (L4/5: L4 and L5)."""
    head = ""
    numbered = False
    for slot, group in zip(pattern.slots, groups, strict=True):
        if slot == "n":
            for number in _RANGE.split(group):
                yield f"{head}{int(_one_number(patterns, number))}"
            numbered = True
        else:
            head = str(patterns.slots[slot][group])
            if "n" not in pattern.slots:
                yield head
    if not numbered and "n" in pattern.slots:
        yield head


def _number(patterns: Patterns, text: str) -> tuple[float, float]:
    """The lowest and highest that a number in words or digits means."""
    ends = [part for part in _RANGE.split(text.strip()) if part]
    if len(ends) == 1 and len(text) > 1 and all(sign in _HAN_DIGITS for sign in text):
        ends = [text[0], text[-1]]  # 三四天: three or four days
    values = sorted(_one_number(patterns, part) for part in ends)
    return values[0], values[-1]


def _one_number(patterns: Patterns, text: str) -> float:
    if text[0].isdigit():
        return float(text)
    known = patterns.slots.get("n", {}).get(text)
    return float(known) if known is not None else float(_han_number(text))


def _han_number(text: str) -> int:
    """A number in Chinese characters below a thousand."""
    total = digit = 0
    for sign in text:
        if sign in _HAN_POWERS:
            total += (digit or 1) * _HAN_POWERS[sign]
            digit = 0
        else:
            digit = _HAN_DIGITS[sign]
    return total + digit


def _days_of(patterns: Patterns, parts: dict[str, list[str]], constant: int | None, as_of: date) -> tuple[int, int] | None:
    """The fewest and most days that a time is away from the day of the text."""
    if unit_slot := next((slot for slot in ("unit", "days_of") if slot in parts), None):
        low, high = _number(patterns, parts["n"][0]) if "n" in parts else (1.0, 1.0)
        unit = float(patterns.slots[unit_slot][parts[unit_slot][0]])
        more = float(patterns.slots["more"][parts["more"][0]]) if "more" in parts else 0.0
        return round((low + more) * unit), round((high + more) * unit)
    if "when" in parts:
        fewest, _, most = str(patterns.slots["when"][parts["when"][0]]).partition("..")
        return int(float(fewest)), int(float(most or fewest))
    if "weekday" in parts:
        days = _since_weekday(int(float(patterns.slots["weekday"][parts["weekday"][0]])), constant, as_of)
        return days, days
    if not parts.keys().isdisjoint(_DATES):
        return _since_date(patterns, parts, constant, as_of)
    if "n" in parts:
        low, high = _number(patterns, parts["n"][0])
        return round(low) + (constant or 0), round(high) + (constant or 0)
    return (constant, constant) if constant is not None else None


def _since_weekday(weekday: int, weeks: int | None, as_of: date) -> int:
    """Days since the last such weekday, or since the one in this week (0) or in weeks before (7, 14)."""
    if weeks is None:
        return (as_of.weekday() - weekday) % _WEEK or _WEEK
    return max(0, as_of.weekday() - weekday + weeks)


def _since_date(patterns: Patterns, parts: dict[str, list[str]], constant: int | None, as_of: date) -> tuple[int, int] | None:
    """Days since a date of which parts may be missing: the fewest and the most that fit. `constant` leads into the year that is meant."""
    numbers = {slot: int(parts[slot][0]) for slot in ("year", "yy", "mm", "dd") if slot in parts}
    if "month" in parts:
        numbers["mm"] = int(float(patterns.slots["month"][parts["month"][0]]))
    if numbers.get("mm", 1) > _MONTHS:  # the other way round: 12/25/2025
        numbers["mm"], numbers["dd"] = numbers.get("dd", 0), numbers["mm"]
    if "yy" in numbers:
        numbers["year"] = numbers["yy"] + (2000 if numbers["yy"] < _LATEST_YEAR_DIGITS else 1900)
    given = "year" in numbers or constant is not None
    year = numbers.get("year", (as_of - timedelta(constant or 0)).year)
    span = _first_and_last(year, numbers.get("mm"), numbers.get("dd"))
    if span is not None and span[0] > as_of and not given:
        span = _first_and_last(year - 1, numbers.get("mm"), numbers.get("dd"))
    if span is None or span[0] > as_of:
        return None
    return max(0, (as_of - span[1]).days), (as_of - span[0]).days


def _first_and_last(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """The first and the last day that a date can mean; None where there is no such day."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= _MONTHS or not 1 <= (day or 1) <= monthrange(year, month)[1]:
        return None
    return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])
