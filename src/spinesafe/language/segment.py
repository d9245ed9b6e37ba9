"""Sentences and sections of notes and messages: prose, lists, tables, lines that were wrapped."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from spinesafe.language.characters import HAN, is_han
from spinesafe.language.match import Hit
from spinesafe.language.normalise import Normalised
from spinesafe.rulebase.language_format import LanguageKnowledge, Section

_END = re.compile(rf"[!?。]+[\"'”」』)\]]*|\.+(?=[\s\"'”)\]]|$|[{HAN}])[\"'”)\]]*|…+|\n")
_BULLET = re.compile(r"[ \t]*(?:[-*•·●○◦▪■□☐☑✓√+>#]|\(?[0-9a-z]{1,2}[.)、])[ \t]*")
_ENDS_A_LINE = frozenset(".:;!?。…|,、")
_BEFORE_QUERY = frozenset(("", *" \n\t(:-/,"))
_BLANK = frozenset(" \t")
_TAIL = re.compile(r"[ \t]*(?::-?|[-–=]+(?=[ \t])|(?=\n|$))")
_BRACKET = re.compile(r"[ \t]*[】\]>][ \t]*:?")
_STORY = frozenset({"statement", "self", "third"})
_LONGEST = 1500
_WRAPPED_AT = 45
_WRAPPED_AT_IN_CHINESE = 20
_BEFORE_HEADING = frozenset("\n.;。|】]!?,、-*•#>)")
_LONGEST_ABBREVIATION = 14
_LONGEST_BLANK = 100
"""A longer run of blanks stands for nothing at the edge of a line."""

Stops = Mapping[str, Literal["anywhere", "before_number", "before_small_letter"]]


class Sentence(NamedTuple):
    """A part of the normalised text that is read by itself, and the section that it stands in."""

    start: int
    end: int
    section: Section | None
    heading: bool = False


def full_stops(knowledge: LanguageKnowledge) -> Stops:
    """Abbreviations by their letters before the last full stop, with where it ends no sentence."""
    return {word.lower().rstrip("."): entry.where for entry in knowledge.abbreviations.values() for word in entry.words}


def sentences(text: Normalised, hits: Sequence[Hit], stops: Stops, section: Section | None = None) -> list[Sentence]:
    """The sentences of a text in order, the first in a section that may be open. A heading is a sentence of its own."""
    ends = [*_ends(text, stops)]
    headings = [*_headings(text, hits)]
    if not headings:
        return [Sentence(start, end, section) for start, end in _between(text.text, ends, 0, len(text.text))]
    news = _news(hits)
    found = [Sentence(start, end, section) for start, end in _between(text.text, ends, 0, headings[0][0])]
    for (start, stop, opened, alone), following in zip(headings, [*(h[0] for h in headings[1:]), len(text.text)], strict=True):
        found.append(Sentence(start, stop, opened, heading=True))
        until = following if alone else _end_of_line(text.text, ends, stop, following)
        if not alone and opened.says != "present":
            until = next((start for start, _ in _between(text.text, ends, stop, until) if start in news and start > stop + 1), until)
        found += (Sentence(*span, opened) for span in _between(text.text, ends, stop, until))
        found += (Sentence(*span, None) for span in _between(text.text, ends, until, following))
    return found


def _news(hits: Iterable[Hit]) -> frozenset[int]:
    """The places of pronouns, verbs and times: a sentence that starts so tells a story, and lists the past no longer."""
    return frozenset(start for start, _, meaning in hits if any(b.kind in _STORY for b in meaning.boundaries))


def _ends(text: Normalised, stops: Stops) -> Iterator[int]:
    """The places where a sentence ends, as written by marks and lines."""
    norm = text.text
    line = 0
    for match in _END.finditer(norm):
        sign = norm[match.start()]
        if sign == "\n":
            if not _wrapped(text, line, match.start()):
                yield match.end()
            line = match.end()
        elif sign == "?" and _suspects(norm, match.start(), match.end()):
            continue
        elif sign != "." or not _abbreviates(text, line, match.start(), match.end(), stops):
            yield match.end()


def _suspects(norm: str, at: int, end: int) -> bool:
    """Question marks before a word ask nothing ("?fracture")."""
    before, after = norm[max(0, at - 1) : at], norm[end : end + 1]
    return before in _BEFORE_QUERY and (bool(after.strip()) or (after == " " and (before not in _BLANK or end - at > 1)))


def _abbreviates(text: Normalised, line: int, at: int, end: int, stops: Stops) -> bool:
    """The full stop belongs to an abbreviation, an initial or the number of a list."""
    norm = text.text
    start = max(line, at - _LONGEST_ABBREVIATION)
    word = norm[max(start, *(norm.rfind(sign, start, at) + 1 for sign in " \t(\n\"'")) : at]
    following = norm[end : end + 2].lstrip(" ")[:1]
    if not word or not following or following == "\n":
        return False
    if word.isdigit() or (len(word) == 1 and word.isalpha() and word.isascii()):
        last = at - len(word)
        while last > line and norm[last - 1] in " \t(-*":
            last -= 1
        return last == line or (word.isalpha() and word != "i" and norm[last - 1] != ":")
    match stops.get(word):
        case "anywhere":
            return True
        case "before_number":
            return following.isdigit()
        case "before_small_letter":
            return not text.original[text.span(end + 1, end + 2)[0] : text.span(end + 1, end + 2)[1]].isupper()
    return False


def _wrapped(text: Normalised, line: int, at: int) -> bool:
    """The line ended only because it was full: the sentence goes on."""
    norm = text.text
    before = norm[line:at].rstrip()
    after = norm[at + 1 : at + 2]
    if not before or not after or before[-1] in _ENDS_A_LINE or _BULLET.match(norm, at + 1):
        return False
    if is_han(after):
        return len(before) >= _WRAPPED_AT_IN_CHINESE and is_han(before[-1])
    start, end = text.span(at + 1, at + 2)
    return len(before) >= _WRAPPED_AT and text.original[start:end].islower()


def _between(text: str, ends: list[int], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The spans between two places, cut at the ends, without blanks around them."""
    for end in [*ends[bisect_right(ends, start) : bisect_left(ends, stop)], stop]:
        while end - start > _LONGEST:
            cut = max(text.rfind(sign, start, start + _LONGEST) for sign in ";,。、 ") + 1 or start + _LONGEST
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, end)
        start = end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        yield start, end


def _end_of_line(text: str, ends: list[int], start: int, stop: int) -> int:
    for end in ends[bisect_right(ends, start) : bisect_left(ends, stop)]:
        if text[end - 1] == "\n" and text[start:end].strip():
            return end
    return stop


def _headings(text: Normalised, hits: Sequence[Hit]) -> Iterator[tuple[int, int, Section, bool]]:
    """Each heading: where it starts and where what it heads starts, the section, and whether it stands alone on its line."""
    norm = text.text
    done = 0
    for start, end, meaning in _heads(hits):
        if start < done:
            continue
        before = norm[max(0, start - 40) : start].rstrip(" \t")
        bracketed = before.endswith(("【", "[", "<"))
        opened = not before or before[-1] in _BEFORE_HEADING or bracketed or norm[start - 2 : start] == "  "
        opened = opened and (end - start > 1 or _line_start(norm, start))  # a letter alone heads a line, or answers a question
        tail = (_BRACKET if bracketed else _TAIL).match(norm, end)
        capitals = text.original[slice(*text.span(start, end))].isupper()
        for section, short in meaning.headings:
            if (opened and tail and (tail[0].strip() or _line_start(norm, start))) or (short and capitals):
                stop = tail.end() if tail else end
                line_end = norm.find("\n", stop)
                line_end = line_end if line_end >= 0 else len(norm)
                alone = line_end - stop < _LONGEST_BLANK and not norm[stop:line_end].strip()
                yield start, stop, section, alone
                done = stop
                break


def _heads(hits: Sequence[Hit]) -> list[Hit]:
    """What may be a heading: no term of the caller's, and not the beginning of a longer cue ("FH of")."""
    found = [hit for hit in hits if hit[2].headings and not (hit[2].terms and hit[2].headings[0].section.says == "present")]
    if not found:
        return found
    longest: dict[int, int] = {}
    for start, end, meaning in hits:
        if meaning.cues:
            longest[start] = max(end, longest.get(start, 0))
    return [hit for hit in found if longest.get(hit[0], 0) <= hit[1]]


def _line_start(text: str, at: int) -> bool:
    before = text[max(0, at - _LONGEST_BLANK) : at].rpartition("\n")
    if not before[1] and at > _LONGEST_BLANK:
        return False
    return not before[2].strip() or bool(_BULLET.fullmatch(before[2]))
