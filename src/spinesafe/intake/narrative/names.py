"""The names of conditions as people write them: proper, everyday, short, dated, and wrong by translation."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.format import Condition

NameKind = Literal["name", "synonym", "mistranslation", "not_displayed", "listed"]
"""`listed`: only in a list with others of its kind. A lipoma alone is a lump under the skin."""
_BRACKETS = re.compile(r"[(（]([^)）]*)[)）]")
_SPLIT = re.compile(r"[/、;；]")
_SIGNS = re.compile(r"([\\()\[\]|*])")
_REMARK = re.compile(r"^(incl|including|not|neck risk|tumour|vertebral|or)\b|^(椎体|椎管|脊髓|脊柱|肿瘤|化脓)")


class Name(msgspec.Struct, frozen=True):
    """One name of a condition."""

    text: str
    condition: str
    language: Literal["en", "zh"]
    kind: NameKind


def names_of(condition: Condition) -> Iterator[Name]:
    """Every name of a condition, once in each language."""
    seen: set[tuple[str, str]] = set()
    for text, language, kind in _written(condition):
        key = (language, text.casefold())
        if text and key not in seen:
            seen.add(key)
            yield Name(text, condition.id, language, kind)


def all_names(rulebase: RuleBase) -> tuple[Name, ...]:
    """The names of all conditions."""
    return tuple(name for condition in rulebase.conditions.values() for name in names_of(condition))


def pattern_of(text: str) -> str:
    """A name as a pattern to look for: its signs mean themselves."""
    return _SIGNS.sub(r"\\\1", text).replace("..", ".")


def _written(condition: Condition) -> Iterator[tuple[str, Literal["en", "zh"], NameKind]]:
    for language in ("en", "zh"):
        for name in filter(None, (condition.name, condition.display_name)):
            yield from ((text, language, "name") for text in _plain(name.in_language(language)))
        kinds: tuple[tuple[NameKind, Iterable[str]], ...] = (
            ("synonym", getattr(condition.synonyms, language)),
            ("mistranslation", getattr(condition.mistranslations, language)),
            ("not_displayed", getattr(condition.not_displayed, language)),
        )
        for kind, texts in kinds:
            yield from ((text, language, kind) for text in texts)


def _plain(name: str) -> Iterator[str]:
    """A name without its brackets, the names in brackets, and the parts beside a stroke."""
    bare = _BRACKETS.sub("", name).strip()
    yield bare
    for inside in _BRACKETS.findall(name):
        yield from (part.strip() for part in re.split(r"[,，、;；]", inside) if not _REMARK.match(part.strip()))
    if "/" in bare:
        yield from (part.strip() for part in _SPLIT.split(bare) if len(part.strip()) > 3)  # noqa: PLR2004 - shorter is an abbreviation
