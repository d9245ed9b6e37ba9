"""A straight line of named columns as one SQL query: each step a select over the step before, so that nothing is computed twice.

The dialect is small enough for DuckDB and Spark alike: `&`, `|`, `*`, comparisons, `case`, `cast`, `coalesce`, `floor`, `concat_ws`, and
names without quotation marks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = re.compile(r"'(?:[^']|'')*'|[A-Za-z_]\w*")
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
        all and any array as asc at between both by case cast check column constraint create cross current_date current_time
        current_timestamp current_user default delete desc distinct drop else end escape except exists false fetch filter for foreign
        from full grant group having in inner insert intersect into is join lateral leading left like limit natural not null offset
        on only or order outer overlaps pivot primary qualify references returning right select session_user set show some table then
        to trailing true union unique unknown unpivot update user using values when where window with
        """,
    )
)


class TableError(ValueError):
    """Something in the knowledge, or a name that was asked for, has no place in SQL."""


def checked_name(name: str, *, of: str) -> str:
    """A name that needs no quotation marks in any dialect. Raises `TableError`."""
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise TableError(
            f"{name!r} cannot be the name of {of} in SQL: engines would each read it in another way, or not at all. "
            "Use small letters, digits and _, begin with a letter, and no word of SQL."
        )
    return name


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


class Line:
    """Columns, each computed from columns before it. What a column needs is read off its text.

    Names that begin with `_` are its own: one that is read only once is written where it is read.
    """

    def __init__(self, given: Iterable[str]) -> None:
        self._given = frozenset(given)
        self._columns: dict[str, str] = {}

    def add(self, name: str, sql: str) -> str:
        """One more column; its name. Raises `TableError`."""
        if name in self._given or name in self._columns:
            raise TableError(
                f"two columns would be called {name}, so that one would be read as the other. Rename the finding of that name."
            )
        self._columns[name] = sql
        return name

    def select(self, table: str, wanted: Iterable[str]) -> str:
        """The query for some columns, in this order."""
        wanted = tuple(wanted)
        return "\n".join(_Steps(self._folded(wanted), self._given, wanted).written(table))

    def _needs(self, sql: str) -> list[str]:
        return [word for word in _WORDS.findall(sql) if word in self._columns]

    def _folded(self, wanted: Sequence[str]) -> dict[str, str]:
        """The columns that are needed, without those that are read only once."""
        read = Counter(wanted)
        for name in reversed(self._columns):
            if name in read:
                read.update(self._needs(self._columns[name]))
        folded: dict[str, str] = {}
        kept: dict[str, str] = {}
        for name, sql in self._columns.items():
            if name in read:
                whole = _WORDS.sub(lambda word: f"({folded[word[0]]})" if word[0] in folded else word[0], sql)
                (folded if read[name] == 1 and name.startswith("_") else kept)[name] = whole
        return kept


class _Steps:
    """Columns in steps: each computes what rests on the steps before it, and hands on what is read later."""

    def __init__(self, columns: Mapping[str, str], given: Iterable[str], wanted: Sequence[str]) -> None:
        self.columns, self.wanted = columns, wanted
        self.step = dict.fromkeys(given, 0)
        needs: dict[str, dict[str, None]] = {}
        for name, sql in columns.items():
            needs[name] = dict.fromkeys(word for word in _WORDS.findall(sql) if word in self.step)
            self.step[name] = 1 + max((self.step[need] for need in needs[name]), default=0)
        self.last = max(1, *(self.step[name] for name in wanted))
        self.read_until = dict.fromkeys(wanted, self.last)
        for name, needed in needs.items():
            for need in needed:
                self.read_until[need] = max(self.read_until.get(need, 0), self.step[name])

    def written(self, table: str) -> Iterator[str]:
        """The lines of the query."""
        for step in range(1, self.last):
            yield f"{'with ' if step == 1 else ''}step_{step} as ("
            yield self._select(step, self._handed_on(step), table)
            yield ")," if step + 1 < self.last else ")"
        yield self._select(self.last, self.wanted, table)

    def _select(self, step: int, names: Iterable[str], table: str) -> str:
        items = (f"{self.columns[name]} as {name}" if self.step[name] == step else name for name in names)
        return "select\n  " + ",\n  ".join(items) + f"\nfrom {table if step == 1 else f'step_{step - 1}'}"

    def _handed_on(self, step: int) -> Iterator[str]:
        return (name for name, until in self.read_until.items() if self.step[name] <= step < until)
