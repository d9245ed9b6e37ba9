"""The account of a reading: what was read, left out and doubted. Nothing is dropped without an entry here."""

from collections.abc import Mapping

import msgspec

from spinesafe.model.reading import Item


class _Key(msgspec.Struct, frozen=True, order=True):
    why: str
    finding: str
    value: str
    quote: str
    details: tuple[tuple[str, str], ...]


class Account:
    """Gathers items. What is said several times is one item with a count, and the order of the input leaves no trace."""

    def __init__(self) -> None:
        self._ignored: dict[_Key, list[str]] = {}
        self._warned: dict[_Key, list[str]] = {}
        self._read: set[tuple[str, str, str, str]] = set()

    def read(self, where: str, finding: str, value: str, quote: str = "") -> None:
        """Something became a fact."""
        self._read.add((where, finding, value, quote))

    def ignore(self, why: str, where: str, *, finding: str = "", value: str = "", quote: str = "", **details: str) -> None:
        """Something was left out."""
        self._ignored.setdefault(_key(why, finding, value, quote, details), []).append(where)

    def warn(self, why: str, where: str, *, finding: str = "", value: str = "", quote: str = "", **details: str) -> None:
        """Something is doubtful."""
        self._warned.setdefault(_key(why, finding, value, quote, details), []).append(where)

    def items(self) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
        """What was read, ignored and doubted, in an order of its own."""
        by_finding = sorted(self._read, key=lambda item: (item[1], item[0], item[2], item[3]))
        read = tuple(Item(where=where, finding=finding, value=value, quote=quote) for where, finding, value, quote in by_finding)
        return read, _items(self._ignored), _items(self._warned)


def _key(why: str, finding: str, value: str, quote: str, details: Mapping[str, str]) -> _Key:
    return _Key(why, finding, value, quote, tuple(sorted(details.items())))


def _items(found: Mapping[_Key, list[str]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            where=min(places),
            finding=key.finding,
            value=key.value,
            quote=key.quote,
            why=key.why,
            details=dict(key.details) | {"count": str(len(places))},
        )
        for key, places in sorted(found.items())
    )
