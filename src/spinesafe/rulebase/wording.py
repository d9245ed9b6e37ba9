"""Texts of the knowledge: each sentence in both languages, each term on one condition."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from spinesafe.model.text import LANGUAGES, Text
from spinesafe.rulebase.format import Condition, Names
from spinesafe.rulebase.problems import Place, Problem, problem
from spinesafe.rulebase.read import Sourced

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ABBREVIATION = re.compile(r"[^a-z]*")
_BRACES = re.compile(r"\{\w*\}")
_NOT_WRITTEN_YET = re.compile(r"\bFILL\b")


def unsaid(entries: Iterable[Sourced]) -> Iterator[Problem]:
    """Each text that a reader of one of the languages could not read."""
    for sourced in entries:
        for path, value in _strings(sourced.entry):
            for code, found, mend in _faults_of(path, value):
                yield problem(code=code, place=sourced.place, found=f"{_name(sourced)}: {found}", mend=mend)


def shared_terms(entries: Iterable[Sourced]) -> Iterator[Problem]:
    """Each name that stands, in one language, for two conditions."""
    first: dict[tuple[str, str], tuple[str, Place]] = {}
    for sourced in entries:
        condition = sourced.entry
        if not isinstance(condition, Condition):
            continue
        for language, term in _terms(condition):
            owner, place = first.setdefault((language, " ".join(term.casefold().split())), (condition.id, sourced.place))
            if owner != condition.id:
                yield problem(
                    code="shared_term",
                    place=sourced.place,
                    found=f"{term!r} ({language}) stands for {condition.id} and, at {place}, for {owner}",
                    mend="keep it on one of them, or on both where people truly mean either",
                )


def _faults_of(path: str, value: object) -> Iterator[tuple[str, str, str]]:
    match value:
        case str() if _NOT_WRITTEN_YET.search(value):
            yield "not_written", f"{path} holds the word FILL", "write the text"
        case Names():
            for term in value.en:
                if _CHINESE.search(term):
                    yield "wrong_language", f"{path}.en holds {term!r}", "move it to zh"
        case Text():
            yield from _faults_of_text(path, value)


def _faults_of_text(path: str, text: Text) -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        if not text.in_language(language).strip():
            yield "empty_text", f"{path}.{language} is empty", "write the text"
    if _CHINESE.search(text.en):
        yield "wrong_language", f"{path}.en holds Chinese characters", "write it in English"
    if not _CHINESE.search(text.zh) and not _ABBREVIATION.fullmatch(_BRACES.sub("", text.zh)):
        yield "wrong_language", f"{path}.zh holds no Chinese character", "write it in Chinese"
    if sorted(_BRACES.findall(text.en)) != sorted(_BRACES.findall(text.zh)):
        yield (
            "braces_differ",
            f"{path} has other words in braces in English than in Chinese",
            "use the same {words} in both",
        )


def _strings(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every text, list of names and plain string of an entry, with the path to it."""
    if isinstance(value, str | Text | Names):
        yield path or "it", value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _strings(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")


def _terms(condition: Condition) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for name in (condition.name, condition.display_name):
            if name is not None:
                yield language, name.in_language(language)
        for names in (condition.synonyms, condition.mistranslations, condition.not_displayed):
            for term in getattr(names, language):
                yield language, term


def _name(sourced: Sourced) -> str:
    return getattr(sourced.entry, "id", sourced.kind)
