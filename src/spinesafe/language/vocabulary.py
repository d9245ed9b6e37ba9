"""Terms, cue words and headings compiled into two automata that find all of them in one pass each.

Words of Latin letters are looked for with a space on either side, in a view of the text that has a space for every other sign: whole words,
and no difference between "x-ray" and "x ray". All else (Chinese, signs) is looked for as it stands.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from spinesafe.language.characters import HAN, Characters, MissingExtraError
from spinesafe.language.normalise import normalise
from spinesafe.rulebase.cache import cache_folder, keep
from spinesafe.rulebase.language_format import Boundary, Cue, LanguageKnowledge, Section
from spinesafe.rulebase.term import Form, Part, forms

try:
    from ahocorasick_rs import AhoCorasick
except ImportError as error:  # pragma: no cover - the extra is installed wherever this is tested
    raise MissingExtraError from error

_HAN = re.compile(f"[{HAN}]")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_PLAIN_WORDS = re.compile(r"(?:(?:([a-z])(?!\1\1)){2,}(?: |$))+(?<! )")
"""Words that normalising leaves as they are: small letters, none three times in a row, none alone."""
_LATIN_EDGE = re.compile("^[a-z]|[a-z]$")
_SHORTEST_PLURAL = 3


class Term(msgspec.Struct, frozen=True):
    """Something to look for: an id of the caller's, and a pattern of what people write."""

    id: str
    pattern: str


class Heading(NamedTuple):
    """A section and whether this heading needs no colon."""

    section: Section
    short: bool


class Meaning:
    """All that one string stands for."""

    __slots__ = ("anchor", "boundaries", "cues", "denies", "headings", "of_people", "open_end", "parts", "terms", "text")

    def __init__(self, text: str, *, open_end: bool) -> None:
        self.text = text
        self.open_end = open_end
        self.terms: tuple[str, ...] = ()
        self.cues: tuple[Cue, ...] = ()
        self.boundaries: tuple[Boundary, ...] = ()
        self.headings: tuple[Heading, ...] = ()
        self.parts: tuple[int, ...] = ()
        self.anchor = False
        self.of_people = False
        """A cue of it speaks of a person."""
        self.denies = False
        """A cue of it denies what follows."""


class Gapped(NamedTuple):
    """A term of several parts: its place among all, what it stands for, its parts by number, the words that may stand between them."""

    order: int
    meaning: Meaning
    parts: tuple[int, ...]
    gaps: tuple[int, ...]


Field = Literal["terms", "cues", "boundaries", "headings", "parts"]


class Vocabulary:
    """Everything that a text is searched for."""

    def __init__(self, terms: Iterable[Term], knowledge: LanguageKnowledge, characters: Characters, anchors: Iterable[str] = ()) -> None:
        self.characters = characters
        self.gapped: dict[int, dict[int, list[Gapped]]] = {}
        """Terms with gaps by their first part, and by their second."""
        self._gapped = 0
        self._meanings: dict[tuple[str, bool], Meaning] = {}
        self._written: dict[Part, Meaning] = {}
        self._parts: dict[Part, int] = {}
        for term in terms:
            for form in forms(term.pattern):
                self._add_term(term.id, form)
        for cue in knowledge.cues.values():
            self._add_all(cue.words, "cues", cue)
        for boundary in knowledge.boundaries.values():
            self._add_all(boundary.words, "boundaries", boundary)
        for section in knowledge.sections.values():
            self._add_all((*section.en, *section.zh), "headings", Heading(section, short=False))
            self._add_all(section.short, "headings", Heading(section, short=True))
        for anchor in anchors:
            self._meaning(Part(anchor, open_end=False)).anchor = True
        for meaning in self._meanings.values():
            meaning.denies = any(cue.says == "denied" and cue.reach != "backward" for cue in meaning.cues)
            meaning.of_people = any(cue.who and cue.says in {"somebody_else", "nothing"} for cue in meaning.cues)
        latin = [meaning for meaning in self._meanings.values() if not _as_it_stands(meaning.text)]
        signs = [meaning for meaning in self._meanings.values() if _as_it_stands(meaning.text)]
        self.meanings: Mapping[int, Meaning] = dict(enumerate(latin + signs))
        """Those of the first automaton by number, then those of the second."""
        self._lay_out([(meaning.text, meaning.open_end) for meaning in latin], [meaning.text for meaning in signs])

    def _lay_out(self, latin: list[tuple[str, bool]], signs: list[str]) -> None:
        self.latin, self.signs = latin, signs
        self.latin_automaton = AhoCorasick([f" {text}" if open_end else f" {text} " for text, open_end in latin])
        self.sign_automaton = AhoCorasick(signs)
        self.open_ends = frozenset([number for number, (_, open_end) in enumerate(latin) if open_end])
        self.latin_edges = frozenset([number for number, text in enumerate(signs) if _LATIN_EDGE.search(text)])
        """Strings looked for as they stand that could be the middle of a longer word."""
        self.first_signs = "".join({text[0] for text in signs if text[0].isascii()})
        self.words = frozenset([word for text, _ in latin for word in text.split()])

    def _add_term(self, name: str, form: Form) -> None:
        if len(form.parts) == 1:
            for part in _numbers(form.parts[0]):
                self._put(part, "terms", name)
            return
        for part in form.parts:
            if part not in self._parts:
                number = self._parts[part] = len(self._parts)
                for plural in _numbers(part):
                    self._put(plural, "parts", number)
        meaning = Meaning(form.parts[0].text, open_end=False)
        meaning.terms = (name,)
        self._gapped += 1
        self._add_gapped(Gapped(self._gapped, meaning, tuple([self._parts[part] for part in form.parts]), form.gaps))

    def _add_gapped(self, term: Gapped) -> None:
        self.gapped.setdefault(term.parts[0], {}).setdefault(term.parts[1], []).append(term)

    def _add_all(self, patterns: Iterable[str], field: Field, what: object) -> None:
        for pattern in patterns:
            for form in forms(pattern):
                for part in form.parts:
                    self._put(part, field, what)

    def _put(self, part: Part, field: Field, what: object) -> None:
        if "'" in part.text.lstrip("n'"):  # people write "cant" and "dont" too
            self._put(Part(part.text.replace("'", ""), part.open_end), field, what)
        meaning = self._meaning(part)
        known = getattr(meaning, field)
        if what not in known:
            setattr(meaning, field, (*known, what))

    def packed(self) -> bytes:
        """What was compiled, to be kept."""
        return msgspec.msgpack.encode(
            (
                len(self.latin),
                [_packed(self.meanings[number]) for number in range(len(self.latin) + len(self.signs))],
                [
                    (term.order, term.meaning.text, term.meaning.terms, term.parts, term.gaps)
                    for seconds in self.gapped.values()
                    for terms in seconds.values()
                    for term in terms
                ],
            )
        )

    @classmethod
    def unpacked(cls, data: bytes, knowledge: LanguageKnowledge, characters: Characters) -> "Vocabulary":
        """What was compiled and kept. Raises `msgspec.DecodeError`."""
        latin, kept, gapped = msgspec.msgpack.decode(data, type=_Packed)
        vocabulary = cls((), msgspec.structs.replace(knowledge, cues={}, boundaries={}, sections={}), characters)
        for order, text, terms, parts, gaps in gapped:
            meaning = Meaning(text, open_end=False)
            meaning.terms = terms
            vocabulary._add_gapped(Gapped(order, meaning, parts, gaps))
        vocabulary.meanings = _Unpacking(kept, knowledge)
        vocabulary._lay_out([(one[0], one[1]) for one in kept[:latin]], [one[0] for one in kept[latin:]])
        return vocabulary

    def looked_for(self, words: str) -> str:
        """Words of a pattern in the form in which a text is searched for them."""
        if _PLAIN_WORDS.fullmatch(words):
            return words
        text = normalise(words, self.characters).text
        if text.startswith("n't"):  # the end of don't, isn't, hasn't
            text = text[2:]
        if _as_it_stands(text):
            return _BETWEEN_HAN.sub("", text)
        return " ".join(_NO_WORD.sub(" ", text).split())

    def _meaning(self, part: Part) -> Meaning:
        meaning = self._written.get(part)
        if meaning is None:
            text = self.looked_for(part.text)
            meaning = self._meanings.get((text, part.open_end))
            if meaning is None:
                meaning = self._meanings[text, part.open_end] = Meaning(text, open_end=part.open_end)
            self._written[part] = meaning
        return meaning


_PackedMeaning = tuple[
    str, bool, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[tuple[str, bool], ...], tuple[int, ...], bool, bool, bool
]
_Packed = tuple[int, list[_PackedMeaning], list[tuple[int, str, tuple[str, ...], tuple[int, ...], tuple[int, ...]]]]


def _packed(meaning: Meaning) -> _PackedMeaning:
    return (
        meaning.text,
        meaning.open_end,
        meaning.terms,
        tuple([cue.id for cue in meaning.cues]),
        tuple([boundary.id for boundary in meaning.boundaries]),
        tuple([(heading.section.id, heading.short) for heading in meaning.headings]),
        meaning.parts,
        meaning.anchor,
        meaning.of_people,
        meaning.denies,
    )


def _unpacked(kept: _PackedMeaning, knowledge: LanguageKnowledge) -> Meaning:
    meaning = Meaning(kept[0], open_end=kept[1])
    meaning.terms = kept[2]
    meaning.cues = tuple([knowledge.cues[name] for name in kept[3]])
    meaning.boundaries = tuple([knowledge.boundaries[name] for name in kept[4]])
    meaning.headings = tuple([Heading(knowledge.sections[name], short) for name, short in kept[5]])
    meaning.parts, meaning.anchor, meaning.of_people, meaning.denies = kept[6:]
    return meaning


class _Unpacking(dict[int, Meaning]):
    """Meanings that are unpacked when a text first holds them: few of them ever are."""

    def __init__(self, kept: list[_PackedMeaning], knowledge: LanguageKnowledge) -> None:
        super().__init__()
        self._kept, self._knowledge = kept, knowledge

    def __missing__(self, number: int) -> Meaning:
        meaning = self[number] = _unpacked(self._kept[number], self._knowledge)
        return meaning


def vocabulary_of(terms: Iterable[Term], knowledge: LanguageKnowledge, characters: Characters, anchors: Iterable[str] = ()) -> Vocabulary:
    """A vocabulary, compiled once for each set of terms and kept in the cache, since compiling takes seconds."""
    terms, anchors = tuple(terms), tuple(anchors)
    path = cache_folder() / f"vocabulary-{_digest(terms, knowledge, anchors)}.msgpack"
    try:
        return Vocabulary.unpacked(path.read_bytes(), knowledge, characters)
    except (OSError, msgspec.DecodeError):
        vocabulary = Vocabulary(terms, knowledge, characters, anchors)
        keep(path, vocabulary.packed())
        return vocabulary


def _digest(terms: tuple[Term, ...], knowledge: LanguageKnowledge, anchors: tuple[str, ...]) -> str:
    """A name for exactly these terms and this knowledge, and for the code that compiles them."""
    seen = hashlib.sha256(msgspec.msgpack.encode((terms, knowledge, sorted(anchors))))
    for path in (*sorted(Path(__file__).parent.glob("*.py")), Path(forms.__code__.co_filename)):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def _as_it_stands(text: str) -> bool:
    """Looked for as it stands: it holds Chinese characters, or begins or ends with a sign."""
    return not (text[:1].isalnum() and text[-1:].isalnum()) or (not text.isascii() and _HAN.search(text) is not None)


def _numbers(part: Part) -> Iterator[Part]:
    """A part, and its regular English plural."""
    yield part
    last = part.text.rpartition(" ")[2]
    if part.open_end or len(last) < _SHORTEST_PLURAL or not (last.isascii() and last.isalpha()):
        return
    last = last.lower()
    if last[-1] == "y" and last[-2] not in "aeiou":
        yield Part(f"{part.text[:-1]}ies", open_end=False)
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        yield Part(f"{part.text}es", open_end=False)
    else:
        yield Part(f"{part.text}s", open_end=False)
