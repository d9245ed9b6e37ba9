"""What was found in the blocks of a text, put together as one reading in positions of the original."""

import re
from bisect import bisect_right
from datetime import date

import msgspec

from spinesafe.language.clauses import Beside, clauses
from spinesafe.language.context import Meant, meant
from spinesafe.language.items import Row, Spot
from spinesafe.language.normalise import Normalised
from spinesafe.language.quantities import Amount
from spinesafe.language.reading import Mention, Quantity, ReadText, Span, Tongue
from spinesafe.language.segment import Sentence

_QUOTED = re.compile(r"“[^”\n]{1,400}”|「[^」\n]{1,400}」|『[^』\n]{1,400}』|\"[^\"\n]{1,300}\"|‘[^’\n]{3,200}’")


_QUOTES = ("“", "「", "『", '"', "‘")


class Collected:
    """A reading that grows block by block."""

    def __init__(self, text: str, as_of: date, patient: str | None) -> None:
        self.text, self.as_of, self.patient = text, as_of, patient
        self.tongues: set[Tongue] = set()
        self.unread: list[Span] = []
        self._mentions: list[Mention] = []
        self._quantities: list[Quantity] = []
        self._sentences: list[Span] = []
        self._clauses: list[Span] = []

    def finished(self) -> ReadText:
        """The whole reading."""
        return ReadText(
            text=self.text,
            language=next(iter(self.tongues)) if len(self.tongues) == 1 else "mixed" if self.tongues else "neither",
            as_of=self.as_of,
            mentions=tuple(self._mentions),
            quantities=tuple(self._quantities),
            sentences=tuple(self._sentences),
            clauses=tuple(self._clauses),
            unread=tuple(self.unread),
            patient=self.patient or "",
        )

    def add(self, norm: Normalised, offset: int, sentences: list[Sentence], rows: list[Row], amounts: list[Amount]) -> None:
        """Add the sentences of a block, with what stands in each and how it is meant."""
        block = _Block(self, norm, offset, rows)
        of_number = {row.number: row for row in rows}
        at = 0
        for number, sentence in enumerate(sentences):
            first = at
            while at < len(amounts) and amounts[at].start < sentence.end:
                at += 1
            start, end = block.place(sentence.start, sentence.end)
            row = of_number.get(number)
            parts = clauses(row, norm.text) if row is not None else [(sentence.start, sentence.end)]
            numbered = [*enumerate(amounts[first:at], len(self._quantities))]
            self._quantities += (block.quantity(amount, parts) for _, amount in numbered)
            if row is not None:
                self._mentions += block.mentions(row, numbered)
            self._clauses += (Span(*block.place(*part), sentence=len(self._sentences)) for part in parts)
            self._sentences.append(Span(start, end, sentence.section.id if sentence.section else ""))

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many sentences, clauses and mentions there are so far."""
        return len(self._sentences), len(self._clauses), len(self._mentions)


class _Block:
    """One block of the text: its places in the original, and who its sentences speak of."""

    def __init__(self, collected: Collected, norm: Normalised, offset: int, rows: list[Row]) -> None:
        self._collected, self._norm, self._offset = collected, norm, offset
        self._quoted = [match.span() for match in _QUOTED.finditer(norm.text)] if any(sign in norm.text for sign in _QUOTES) else []
        self._by_writer = any(mark.kind == "self" for row in rows for mark in row.marks)
        self._about: tuple[int, Meant] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A part of the normalised block as a part of the original text."""
        if self._norm.starts is not None:
            start, end = self._norm.span(start, end)
        return start + self._offset, end + self._offset

    def quantity(self, amount: Amount, parts: list[tuple[int, int]]) -> Quantity:
        """A quantity as it is told to the outside."""
        start, end = self.place(amount.start, amount.end)
        sentences, before, _ = self._collected.counts
        clause = max((number for number, part in enumerate(parts) if part[0] <= amount.start), default=0)
        return Quantity(
            kind=amount.kind,
            start=start,
            end=end,
            quote=self._collected.text[start:end],
            value=amount.value,
            high=amount.high,
            unit=amount.unit,
            days=amount.days,
            most_days=amount.most_days,
            labels=amount.labels,
            sentence=sentences,
            clause=before + clause,
        )

    def mentions(self, row: Row, numbered: list[tuple[int, Amount]]) -> list[Mention]:
        """The mentions of a sentence, one for each term that stands at a place."""
        beside = Beside(row, numbered) if numbered else None
        sentence, clauses_before, count = self._collected.counts
        goes_on = self._goes_on(row)
        patient = self._collected.patient or ""
        section = row.sentence.section.id if row.sentence.section else ""
        unreached = meant(None, row, (), patient)
        text, norm = self._collected.text, self._norm.text
        found: list[Mention] = []
        for spot in row.spots:
            own = beside.of(spot) if beside is not None else ()
            how = meant(spot, row, own, patient) if spot.reached or own else unreached
            if goes_on is not None and how.context not in {"somebody_else", "hypothetical"}:
                how = msgspec.structs.replace(how, context="somebody_else", marks=(*how.marks, "somebody_else"), who=goes_on.who)
            if how.context == "somebody_else" and how.cue_id:
                self._about = (row.number, how)
            spot.place = count
            start, end = self.place(spot.start, spot.end)
            # In the order of the fields: their names would cost a third of the time.
            rest = (
                start, end, text[start:end], norm[spot.start : spot.end], how.context, how.marks, how.who, how.told_by,
                self._is_quoted(spot) if self._quoted else False, how.sure, how.twice_denied, how.cue, how.cue_id,
                section, sentence, clauses_before + spot.clause, spot.outer.place if spot.outer is not None else None,
                tuple([number for number, _ in own]) if own else (),
            )  # fmt: skip
            count += len(spot.terms)
            found += [Mention(term, *rest) for term in spot.terms]
        return found

    def _is_quoted(self, spot: Spot) -> bool:
        at = bisect_right(self._quoted, (spot.start, len(self._norm.text))) - 1
        return at >= 0 and spot.end <= self._quoted[at][1]

    def _goes_on(self, row: Row) -> Meant | None:
        """The person of the sentence before, where this one goes on with "she had ..." in a text by somebody else."""
        if self._about is None or not self._by_writer or self._about[0] != row.number - 1:
            return None
        begins = row.marks[:1]
        third = bool(begins) and begins[0].kind == "third" and begins[0].start == row.sentence.start
        return self._about[1] if third and not any(mark.kind == "self" for mark in row.marks) else None
