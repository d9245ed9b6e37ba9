"""How far a cue reaches: forward or backward over the items of its sentence."""

import re
from collections.abc import Iterator

from spinesafe.language.items import BEGINNERS, CueAt, Item, Mark, Reached, Row, Spot
from spinesafe.rulebase.language_format import Cue

_NEXT_WORDS = 3
_NEXT_CHARACTERS = 4
_EXTRA_WORDS = 2
_EXTRA_CHARACTERS = 2
_LONGEST = 400
_LONGEST_LIST = 15
_LETTER = re.compile("[a-z]")
_WEAK = frozenset({"nothing", "reported"})
_NUMBER = re.compile(r"\d")
_HAN = re.compile(r"[\u3400-\u9fff]")


def reach(row: Row, text: str) -> None:
    """Mark each spot of a sentence with the cues that reach it."""
    for index, item in enumerate(row.items):
        for cue in item.cues:
            if cue.cue.says == "nothing" or (cue.cue.question and not _asks(row.items[index + 1 :], cue.cue)):
                continue
            reached = [*_reached(row, index, cue, text)]
            for spot, sure in reached:
                spot.reached.append(Reached(cue.cue, _words(text, cue), sure))


def _asks(after: list[Item], cue: Cue) -> bool:
    """The question that ends the sentence begins here, not in a later part of it."""
    if cue.language == "zh":
        return all(item.joint in {"list", "and", "or"} for item in after)
    return not any(item.begins_anew() for item in after)


def _words(text: str, cue: CueAt) -> str:
    """The words of a cue, whole: "didn't", of which "n't" is the end."""
    start = cue.start
    if text[start - 1 : start] == "'":
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return text[start : cue.end]


def _reached(row: Row, index: int, cue: CueAt, text: str) -> Iterator[tuple[Spot, bool]]:
    if cue.inside is not None:
        yield from ((spot, True) for spot in row.items[index].spots if spot.outer is cue.inside and not _overlap(spot, cue))
        return
    match cue.cue.reach:
        case "forward":
            yield from _Forward(row, index, cue, text).spots()
        case "backward":
            yield from _Backward(row, index, cue, text).spots()
        case "forward_first":
            spots = row.items[index].spots
            behind = any(spot.end <= cue.start for spot in spots) and not any(spot.end > cue.end for spot in spots)
            found = [] if behind else [*_Forward(row, index, cue, text).spots()]
            yield from found or _Backward(row, index, cue, text).spots()
        case "backward_first":
            spots = row.items[index].spots
            ahead = not any(spot.end <= cue.start for spot in spots) and any(spot.end > cue.end for spot in spots)
            yield from (_Forward if ahead else _Backward)(row, index, cue, text).spots()


def _overlap(spot: Spot, cue: CueAt) -> bool:
    return spot.start < cue.end and cue.start < spot.end


def _distance(text: str, start: int, end: int) -> int:
    """The words between two places, or the characters where they are Chinese."""
    between = text[start:end]
    return len(between.split()) if not _HAN.search(between) else len(between.strip())


def _near(cue: Cue, text: str, start: int, end: int) -> bool:
    """The first mention stands near enough to a cue."""
    if end - start > _LONGEST:
        return False
    limit = cue.limit
    if limit is None:
        if cue.within != "next":
            return True
        limit = _NEXT_CHARACTERS if cue.language == "zh" else _NEXT_WORDS
    return _distance(text, start, end) <= limit


def _behind_preposition(item: Item, mark: Mark, text: str) -> bool:
    """A word that only says where: "a man at my gym"."""
    return any(other.kind == "preposition" and other.end <= mark.start and not text[other.end : mark.start].strip() for other in item.marks)


class _Forward:
    """What a cue reaches behind it."""

    def __init__(self, row: Row, index: int, cue: CueAt, text: str) -> None:
        self.row, self.index, self.at, self.cue, self.text = row, index, cue, cue.cue, text
        self.stopped = False
        self.covered = False

    @property
    def _goes_far(self) -> bool:
        """Only the first mention must stand near; others of its list follow it."""
        return self.covered and self.cue.within != "next"

    def spots(self) -> Iterator[tuple[Spot, bool]]:
        """The spots in its reach, and whether that is sure."""
        own = self.row.items[self.index]
        yield from ((spot, True) for spot in self._in_item(own, own=True))
        self.covered = self.covered or self._holds_a_word(own)
        if self.stopped or self.cue.within in {"next", "item"}:
            return
        sure = True
        items = self.row.items
        for index in range(self.index + 1, len(items)):
            item = items[index]
            if item.start - self.at.end > _LONGEST:
                return
            goes_on = self._goes_on(items, index)
            if goes_on is None:
                return
            sure = sure and goes_on
            yield from ((spot, sure) for spot in self._in_item(item, own=False))
            if self.stopped:
                return

    def _in_item(self, item: Item, *, own: bool) -> Iterator[Spot]:
        """The spots of an item up to a word at which this reach ends."""
        after = self.at.end if own else item.start
        stop = item.end
        ends = {"consequence", "self"} & {*self.cue.stops_at}
        barriers = {"preposition", "determiner"} & {*self.cue.stops_at} if own else set()
        for mark in item.marks:
            if mark.start < after or mark.start >= stop:
                continue
            if mark.kind in ends and not _behind_preposition(item, mark, self.text):
                stop, self.stopped = mark.start, True
            elif (mark.kind in barriers and self._bars(item, mark, after)) or (
                mark.kind in BEGINNERS and self._begins_something_new(item, mark.start, after, own=own)
            ):
                stop = mark.start
                self.stopped = self.stopped or mark.kind in BEGINNERS
        for spot in item.spots:
            overlaps = own and self.at.start < spot.start < after < spot.end  # "no difficulty passing" before "passing urine"
            ahead = after <= spot.start < stop
            if overlaps or (ahead and (self._goes_far or _near(self.cue, self.text, self.at.end, spot.start))):
                self.covered = True
                yield spot
            elif ahead and not self.covered:
                self.stopped = True
                return

    def _holds_a_word(self, own: Item) -> bool:
        """Something nobody looks for is the first of the list ("no allergies, no fever")."""
        begins = any(mark.kind in BEGINNERS and mark.start >= self.at.end for mark in own.marks)
        return not begins and any(sign.isalnum() for sign in self.text[self.at.end : own.end])

    def _bars(self, item: Item, mark: Mark, after: int) -> bool:
        """A preposition before the first mention, or a determiner right before it."""
        first = next((spot.start for spot in item.spots if spot.start >= after), None)
        return first is not None and mark.start < first and (mark.kind != "determiner" or not self.text[mark.end : first].strip())

    def _begins_something_new(self, item: Item, at: int, after: int, *, own: bool) -> bool:
        """A verb or pronoun behind a mention in the cue's own item."""
        if self.cue.within in {"sentence", "clause"}:
            return False
        return own and any(after <= spot.start < at for spot in item.spots)

    def _goes_on(self, items: list[Item], index: int) -> bool | None:
        """Whether the reach goes on into an item: surely, perhaps (False), or not at all (None)."""
        item = items[index]
        if self.cue.within == "sentence":
            return True
        if item.joint in {"semicolon", "but", "cell"}:
            return None
        if self.cue.within == "clause":
            return True
        if item.joint == "colon":
            return None if self.covered else True
        if not self.covered and item.joint not in {"open", "and", "or"}:
            return None
        return _lists_on(items, index, self.text, over_commas=self.cue.within == "long_list")


def _lists_on(items: list[Item], index: int, text: str, *, over_commas: bool) -> bool | None:
    """Whether an item is one more of the same list."""
    item = items[index]
    if any(_turns(cue) for cue in item.cues):
        return None
    if item.joint in {"or", "open"}:
        return None if item.has_subject() else True
    if item.begins_anew():
        return None
    if item.joint in {"and", "list", "close"}:
        return True
    if not item.spots or not is_bare(item, text):
        return None
    if _closed_later(items, index):
        return True
    return False if over_commas or _bare_run(items, index, text) else None


def _turns(at: CueAt) -> bool:
    """A cue that says of its item something of its own."""
    cue = at.cue
    if at.inside is not None or cue.rank < 0 or cue.within == "next" or cue.says in _WEAK:
        return False
    return cue.says != "historical" or cue.reach != "forward"


def is_bare(item: Item, text: str) -> bool:
    """Hardly more than mentions stands in it, and no number."""
    words = text[item.start : item.end]
    for spot in reversed(item.spots):
        if spot.outer is None:
            words = words[: spot.start - item.start] + " " + words[spot.end - item.start :]
    if _NUMBER.search(words):
        return False
    han = len(_HAN.findall(words))
    return han <= _EXTRA_CHARACTERS and len(re.findall("[a-z']+", words)) <= _EXTRA_WORDS


def _closed_later(items: list[Item], index: int) -> bool:
    """The list that an item stands in ends with "and" or "or"."""
    for item in items[index + 1 : index + _LONGEST_LIST]:
        if item.joint in {"and", "or"}:
            return bool(item.spots) and (item.joint == "or" or not item.begins_anew())
        if item.joint not in {"comma", "list"} or item.begins_anew() or any(_turns(cue) for cue in item.cues):
            return False
    return False


def _bare_run(items: list[Item], index: int, text: str) -> bool:
    """One more bare item stands beside it: a list without a joining word."""
    following = items[index + 1] if index + 1 < len(items) else None
    before = items[index - 1]
    return any(
        other is not None and other.joint == "comma" and bool(other.spots) and not other.cues and not other.marks and is_bare(other, text)
        for other in (following, before if before.joint == "comma" else None)
    )


def is_predicate(item: Item, at: CueAt, text: str) -> bool:
    """Before a cue stands nothing that it could speak of: "it has gone", not "the test is negative". An answer speaks of what was."""
    if at.cue.answer:
        return True
    names = {mark.start for mark in item.marks if mark.kind == "determiner"}
    if any(mark.kind in {"self", "third"} and mark.end <= at.start and mark.start not in names for mark in item.marks):
        return False
    before = text[item.start : at.start]
    for mark in reversed(item.marks):
        if mark.end <= at.start:
            before = before[: mark.start - item.start] + " " + before[mark.end - item.start :]
    extra = _EXTRA_CHARACTERS if at.cue.says == "historical" else 0
    return len(_HAN.findall(before)) <= extra and not _LETTER.search(before)


class _Backward:
    """What a cue reaches before it."""

    def __init__(self, row: Row, index: int, cue: CueAt, text: str) -> None:
        self.row, self.index, self.at, self.cue, self.text = row, index, cue, cue.cue, text

    def spots(self) -> Iterator[tuple[Spot, bool]]:
        """The spots in its reach, and whether that is sure."""
        items = self.row.items
        if any(mark.kind in self.cue.stops_at for mark in items[self.index].marks):
            return
        here = items[self.index]
        own = [
            spot
            for spot in here.spots
            if spot.start < self.at.start and not self._cut_off(here, spot.end) and not self._is_of_a_person(here, spot.end)
        ]
        near = [spot for spot in own if _near(self.cue, self.text, spot.end, self.at.start)]
        yield from ((spot, True) for spot in near)
        index = self.index
        over_commas = self.cue.within == "long_list" and not own
        if not own:
            near_only = self.cue.within == "next" and self.cue.limit is not None
            last = self._last_with_spots() if not near_only and is_predicate(items[self.index], self.at, self.text) else None
            if last is None:
                return
            index = last
            yield from ((spot, True) for spot in items[index].spots)
        elif not near or self.cue.within in {"next", "item"}:
            return
        while index > 0 and self._lists_back(items, index, over_commas=over_commas):
            index -= 1
            yield from ((spot, True) for spot in items[index].spots)

    def _is_of_a_person(self, item: Item, after: int) -> bool:
        """Who has got over something stands between: "the numbness and I have stopped", not the numbness has."""
        names = {mark.start for mark in item.marks if mark.kind == "determiner"}
        return self.cue.says == "historical" and any(
            mark.kind in {"self", "third"} and after <= mark.start < self.at.start and mark.start not in names for mark in item.marks
        )

    def _cut_off(self, item: Item, after: int) -> bool:
        """Another cue that looks backward stands between, and has had its say."""
        return any(
            after <= other.start < self.at.start and other.cue.reach == "backward" and other.cue.rank >= self.cue.rank
            for other in item.cues
        )

    def _last_with_spots(self) -> int | None:
        """The item before that has mentions, where nothing else was said of them."""
        for index in range(self.index - 1, -1, -1):
            item = self.row.items[index]
            last = item.spots[-1].end if item.spots else item.start
            if any(cue.cue.answer and cue.start >= last for cue in item.cues):
                return None
            if item.spots:
                return index
        return None

    def _lists_back(self, items: list[Item], index: int, *, over_commas: bool) -> bool:
        """The item before belongs to the same list."""
        joint, before = items[index].joint, items[index - 1]
        if not before.spots or any(_turns(cue) for cue in before.cues):
            return False
        if joint in {"and", "or", "list"}:
            return True
        over_comma = over_commas or any(item.joint in {"and", "or", "list"} for item in items[index : self.index + 1])
        return joint == "comma" and over_comma and is_bare(items[index], self.text)
