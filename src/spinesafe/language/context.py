"""How each mention is meant: by the cues that reach it, its section, its time, and by what the next sentence says of the one before."""

from collections.abc import Iterator, Sequence

import msgspec

from spinesafe.language.items import Item, Reached, Row, Spot
from spinesafe.language.quantities import Amount
from spinesafe.language.reach import is_predicate
from spinesafe.rulebase.language_format import ContextWord, Section

ORDER: tuple[ContextWord, ...] = ("somebody_else", "hypothetical", "asked", "denied", "possible", "planned", "present", "historical")
"""Of contexts that reach a mention with the same rank, the first here decides."""
LONG_AGO = 90
"""What happened so many days ago, and is not said to go on, is history."""
_CONTEXTS: dict[str, ContextWord] = {context: context for context in ORDER}
_ELSEWHERE = frozenset({"somebody_else", "hypothetical", "asked"})
_PAST = frozenset({"ago", "on"})
_TIMES = frozenset({"ago", "on", "since", "lasting"})
_LABEL = 10
"""Before an answer may stand whose it is: "A: no"."""
_SHORT_BEGINNING = 30


class Meant(msgspec.Struct, frozen=True, gc=False):
    """How a mention is meant, and what said so."""

    context: ContextWord = "present"
    marks: tuple[ContextWord, ...] = ()
    who: str = ""
    told_by: str = ""
    sure: bool = True
    twice_denied: bool = False
    cue: str = ""
    cue_id: str = ""


def meant(spot: Spot | None, row: Row, amounts: Sequence[tuple[int, Amount]], patient: str) -> Meant:
    """What the cues that reach a mention make of it, or of one that none reaches; `amounts` are the quantities beside it."""
    section = row.sentence.section
    told_by = ""
    if spot is not None and spot.reached:
        told_by = next((reached.cue.who or "somebody" for reached in spot.reached if reached.cue.says == "reported"), "")
        weighed = [
            Weighed(context, reached)
            for reached in spot.reached
            if (context := _CONTEXTS.get(reached.cue.says)) and not (context == "somebody_else" and patient and reached.cue.who == patient)
        ]
        if _turned_round(weighed):
            weighed = [one for one in weighed if one.context != "denied"]
            decided = _decided(weighed, section, told_by) if weighed else Meant(told_by=told_by)
            return msgspec.structs.replace(decided, twice_denied=True)
        if weighed and _goes_on(weighed, amounts):
            return Meant(told_by=told_by)
        if weighed:
            return _decided(weighed, section, told_by)
    if section is not None and section.says != "present":
        return Meant(section.says, (section.says,), section.who or "", told_by, cue_id=section.id)
    nearest = next((amount for _, amount in amounts if amount.kind in _TIMES), None) if not told_by else None  # found then, there since
    if nearest is not None and nearest.kind in _PAST and (nearest.days or 0) >= LONG_AGO:
        return Meant("historical", ("historical",), cue_id=nearest.kind)
    return Meant(told_by=told_by)


def _goes_on(weighed: Sequence["Weighed"], amounts: Sequence[tuple[int, Amount]]) -> bool:
    """A history that is said to last is no past: 高血压病史10年."""
    if any(one.context != "historical" or one.reached.cue.rank >= 0 for one in weighed):
        return False
    return any(amount.kind == "lasting" for _, amount in amounts)


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """A cue that reaches a mention, and the context that it stands for."""

    context: ContextWord
    reached: Reached


def _decided(weighed: Sequence[Weighed], section: Section | None, told_by: str) -> Meant:
    first = min(weighed, key=_weight) if len(weighed) > 1 else weighed[0]
    marks = dict.fromkeys(one.context for one in weighed)
    who = next((one.reached.cue.who for one in weighed if one.context == "somebody_else" and one.reached.cue.who), None)
    if section is not None and section.says != "present":
        marks[section.says] = None
        who = who or section.who
    return Meant(first.context, tuple(marks), who or "", told_by, first.reached.sure, cue=first.reached.words, cue_id=first.reached.cue.id)


def _weight(one: Weighed) -> tuple[bool, int, int, bool]:
    """What is nobody's or not yet there stays so; then the rank, then the order of contexts, then what is sure."""
    return one.context not in _ELSEWHERE, -one.reached.cue.rank, ORDER.index(one.context), not one.reached.sure


def _turned_round(weighed: Sequence[Weighed]) -> bool:
    """A denial of the whole clause stands over another denial."""
    if len(weighed) < 2:  # noqa: PLR2004 - it takes two
        return False
    denials = [one.reached.cue.whole for one in weighed if one.context == "denied"]
    return any(denials) and not all(denials)


def carry_over(before: Row | None, row: Row, text: str) -> None:
    """What a sentence says of the one before: the answer to its question, or that it has passed."""
    if before is None or not before.spots:
        return
    for item in row.items:
        if item.spots:
            return
        for at in item.cues:
            if at.cue.reach == "forward" or at.start - row.sentence.start > _SHORT_BEGINNING:
                continue
            reached = Reached(at.cue, text[at.start : at.end], sure=True)
            if at.cue.answer and at.start - row.sentence.start <= _LABEL and _is_open(before):
                for spot in before.spots:
                    spot.reached = [known for known in spot.reached if known.cue.says not in {"asked", "possible"}]
                    spot.reached.append(reached)
            elif not at.cue.answer and at.cue.within != "next" and is_predicate(item, at, text):
                for spot in _last(before):
                    spot.reached.append(reached)
            return


def _is_open(row: Row) -> bool:
    """The sentence is a question, or ends where an answer is expected."""
    return row.question or any(reached.cue.says == "asked" for spot in row.spots for reached in spot.reached)


def _last(row: Row) -> Iterator[Spot]:
    """The mentions of the last part of a sentence that has any, and of the list that it ends."""
    items: list[Item] = row.items
    index = max(number for number, item in enumerate(items) if item.spots)
    yield from items[index].spots
    while index > 0 and items[index].joint in {"and", "or", "list"} and items[index - 1].spots:
        index -= 1
        yield from items[index].spots
