"""What a text claims about spine care: the one result shape for the library, JSON, pages and the terminal alike."""

from typing import Literal

import msgspec

from spinesafe.model.text import Text

Stance = Literal["asserted", "denied", "reported", "questioned", "conditional"]
Verdict = Literal["false", "unsafe", "overstated", "needs_context", "sound"]
Alert = Literal["none", "caution", "danger"]
Speaker = Literal["advert", "provider_page", "education", "private_post"]
Jurisdiction = Literal["cn", "uk", "us", "eu"]
Confidence = Literal["high", "medium", "low"]

LIVE: frozenset[str] = frozenset({"asserted", "conditional"})
"""Stances that put a claim forward."""
COMMERCIAL: frozenset[str] = frozenset({"advert", "provider_page"})
"""Speakers whom the law on adverts speaks to."""


class LegalHook(msgspec.Struct, frozen=True, kw_only=True):
    """A provision that a commercial text may breach with what it says. No legal advice."""

    id: str
    jurisdiction: Jurisdiction
    rule: Text
    content: Text
    sources: tuple[str, ...]


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim as it stands in the text. `start` and `end` are code points of the text as given.

    `verdict` rates what is said as if it stood alone; `stance` is the attitude of the text. `claim` is our own id, empty where a type has
    none that fits; `also` has further ids on the same words.
    """

    start: int
    end: int
    quote: str
    type: str
    claim: str = ""
    also: tuple[str, ...] = ()
    stance: Stance
    verdict: Verdict
    title: Text
    because: Text
    instead: Text | None = None
    sources: tuple[str, ...] = ()
    legal: tuple[LegalHook, ...] = ()
    confidence: Confidence
    needs_human: bool = False
    read_as: str = ""
    """The expression over concepts that found it, and the rule that gave the stance."""

    @property
    def live(self) -> bool:
        """Whether the text puts the claim forward."""
        return self.stance in LIVE


class FormFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A form of advertising without a claim of its own (an army name, "number one", a free offer). Raises no alert."""

    start: int
    end: int
    quote: str
    claim: str
    title: Text
    because: Text
    legal: tuple[LegalHook, ...] = ()


class SecondOpinion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an outside model said, shown apart. It never lowers an alert."""

    model: str
    alert: Alert | None = None
    note: str = ""
    fault: str = ""


class ClaimReport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The claims of one text. `unread` says why a text could not be read: then it has no alert, and is never called free of claims."""

    id: str = ""
    alert: Alert | None
    speaker: Speaker | None = None
    speaker_given: bool = False
    claims: tuple[Claim, ...] = ()
    form: tuple[FormFinding, ...] = ()
    unread: Text | None = None
    warnings: tuple[Text, ...] = ()
    second_opinion: SecondOpinion | None = None
    text: str = ""
    knowledge: str = ""


def alert_of(claims: tuple[Claim, ...]) -> Alert:
    """The alert of a document, from its claims: danger where an unsafe one is put forward, caution where a false or overstated one is."""
    live = {claim.verdict for claim in claims if claim.live}
    if "unsafe" in live:
        return "danger"
    return "caution" if live & {"false", "overstated"} else "none"
