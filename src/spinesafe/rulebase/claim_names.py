"""Expressions over the words of a text, in the language of the rules.

A motif holds where its words stand; `x in sentence` looks further.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from spinesafe.model.text import Text
from spinesafe.rulebase.claim_format import Claim, ClaimType, Guess, Hook, Motif, StanceRule
from spinesafe.rulebase.expression import Expression
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import ExpressionError, Names
from spinesafe.rulebase.problems import nearest

SCOPES = ("lead", "trail", "sentence", "before", "after", "nearby", "earlier", "later", "text")
"""Where else than in its clause a motif may stand: in the sentence before or behind the claim, in other sentences, anywhere."""
SPEAKERS = ("advert", "provider_page", "education", "private_post")


class MotifNames(Names):
    """What the names in expressions over texts stand for."""

    known = "motif"

    def __init__(self, motifs: Mapping[str, Motif], types: Mapping[str, ClaimType]) -> None:
        kinds: dict[str, Literal["boolean", "choice", "set"]] = dict.fromkeys([*motifs, "unsound"], "boolean")
        kinds |= dict.fromkeys(SCOPES, "set")
        kinds |= {"type": "choice", "speaker": "choice"}
        super().__init__({name: _word(name, kind) for name, kind in kinds.items()}, {}, ())
        self.members = dict.fromkeys(SCOPES, tuple(motifs)) | {"type": tuple(types), "speaker": SPEAKERS}


def expressions_of(entry: object) -> Iterator[str]:
    """The expressions over motifs that an entry holds."""
    match entry:
        case Claim(wordings=wordings):
            yield from (wording.when for wording in wordings)
        case StanceRule(when=when) | Guess(when=when):
            yield when


def read_expressions(entry: object, names: MotifNames) -> Iterator[tuple[str, Expression | ExpressionError]]:
    """Each expression of an entry by its text, as a tree or as what is wrong with it."""
    for text in expressions_of(entry):
        try:
            yield text, names.read(text)
        except ExpressionError as error:
            yield text, error


def faults(
    entry: object, motifs: Mapping[str, Motif], types: Mapping[str, ClaimType], hooks: Mapping[str, Hook]
) -> Iterator[tuple[str, str, str]]:
    """Each name in an entry that leads nowhere, as (code, what was found, how to mend it)."""
    match entry:
        case Motif():
            yield from _unknown(entry.id, entry.includes, motifs, "motif")
        case ClaimType(mirror=str() as mirror):
            yield from _unknown(entry.id, (mirror,), types, "type of claims")
        case Claim():
            named = (entry.type, *(wording.type for wording in entry.wordings))
            yield from _unknown(entry.id, (name for name in named if name), types, "type of claims")
            yield from _unknown(entry.id, entry.hooks, hooks, "hook")
        case _:
            return


def _unknown(where: str, names: Iterable[str], known: Iterable[str], kind: str) -> Iterator[tuple[str, str, str]]:
    known = tuple(known)
    for name in names:
        if name not in known:
            yield "unknown_name", f"{where}: {name} is no {kind}", nearest(name, known) or f"add the {kind}"


def _word(name: str, kind: Literal["boolean", "choice", "set"]) -> Finding:
    nothing = Text(name, name)
    return Finding(
        id=name,
        reference="",
        kind=kind,
        label=nothing,
        question=nothing,
        answered_by="system",
        evidence_for="",
        group="text",
        red_flag="no",
        polarity="neutral",
    )
