"""The clauses of a sentence, and which quantities stand beside which mention."""

from collections.abc import Sequence

from spinesafe.language.items import Item, Row, Spot
from spinesafe.language.quantities import Amount
from spinesafe.language.reach import is_bare


def clauses(row: Row, text: str) -> list[tuple[int, int]]:
    """The clauses of a sentence; each spot is told the number of its own.

    A clause goes on over the items of a list, and ends where something new is said.
    """
    found: list[tuple[int, int]] = []
    for index, item in enumerate(row.items):
        if index == 0 or _is_new(item, text):
            found.append((item.start, item.end))
        else:
            found[-1] = (found[-1][0], item.end)
        for spot in item.spots:
            spot.clause = len(found) - 1
            spot.item = index
    return found


def _is_new(item: Item, text: str) -> bool:
    match item.joint:
        case "semicolon" | "but" | "cell" | "dash":
            return True
        case "comma" | "and":
            return item.begins_anew() or any(at.cue.says != "nothing" for at in item.cues) or not (item.spots and is_bare(item, text))
        case _:
            return False


class Beside:
    """The quantities of a sentence, by the item that they belong to: their own, or where that has no mention, the nearest that has."""

    def __init__(self, row: Row, amounts: Sequence[tuple[int, Amount]]) -> None:
        self._of_item: dict[int, list[tuple[int, Amount]]] = {}
        with_spots = [index for index, item in enumerate(row.items) if item.spots]
        for number, amount in amounts:
            own = max((index for index, item in enumerate(row.items) if item.start <= amount.start), default=0)
            before = [index for index in with_spots if index <= own]
            if with_spots:
                self._of_item.setdefault(before[-1] if before else with_spots[0], []).append((number, amount))
        self._items = [(index, row.items[index].spots[0].clause) for index in sorted(self._of_item)]

    def of(self, spot: Spot) -> list[tuple[int, Amount]]:
        """The quantities beside a mention, the nearest first; those of its clause after those of its item."""
        own = self._of_item.get(spot.item, [])
        if len(self._of_item) == 1 and len(own) == 1:
            return own
        others = [pair for index, clause in self._items if clause == spot.clause and index != spot.item for pair in self._of_item[index]]
        if len(own) + len(others) <= 1:
            return own or others

        def distance(pair: tuple[int, Amount]) -> int:
            return max(pair[1].start - spot.end, spot.start - pair[1].end)

        return [*sorted(own, key=distance), *sorted(others, key=distance)]
