"""How entries say what texts claim, how people put it, and with what attitude."""

from typing import Annotated, Literal

import msgspec

from spinesafe.model.claim_report import Jurisdiction, Stance, Verdict
from spinesafe.model.text import Text
from spinesafe.rulebase.entry import Entry, Id, Reviewed

ClaimId = Annotated[str, msgspec.Meta(pattern=r"^C-[A-Z0-9-]+$")]


class Motif(Entry, frozen=True, kw_only=True):
    """A group of words that say the same: what an expression over a text is made of.

    A term is what people write. `press*` is a word that begins so, `(a|b)` one of several, `[a]` may be missing, `..` a gap of up to three
    words (in Chinese six characters) and `...` of up to seven (fourteen), neither across the end of a sentence.
    `includes` takes in other motifs. A `subject` only names what is spoken of: two claims may share its words.
    """

    id: Id
    meaning: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    includes: tuple[Id, ...] = ()
    subject: bool = False


class ClaimType(Entry, frozen=True, kw_only=True):
    """A kind of statement about spine care, and how it is judged as it stands. Of two on the same words the one named first stays.

    `mirror` is the sound statement that denying this one amounts to. With `holds_conditions` an "if" belongs to what is said and makes it
    no weaker.
    """

    id: Id
    title: Text
    says: Text
    verdict: Verdict
    mirror: Id | None = None
    holds_conditions: bool = False


class Wording(Entry, frozen=True, kw_only=True):
    """A way to put a claim, as an expression over the motifs of a clause.

    A bare motif stands in the clause, or in two clauses side by side; `x in sentence`, `x in before`, `x in after`, `x in nearby`
    (the sentence and both its neighbours) and `x in text` look further. `within: clause` keeps it to one clause.
    `type`, `verdict` and `stance` say where a wording leaves those of its claim.
    """

    when: str
    within: Literal["two_clauses", "clause"] = "two_clauses"
    type: Id | None = None
    verdict: Verdict | None = None
    stance: Stance | None = None
    note: str = ""


class Claim(Reviewed, frozen=True, kw_only=True):
    """Something that texts say about spine care: what it says, whether it is true, what may be said instead, and how people put it.

    `truth` is the verdict of the clinical reference, `verdict` the word of the labelling guide where it differs from that of the type. A
    `form` has no type: a matter of advertising law, not of truth. `hooks` are the legal provisions that commercial text may breach.
    `looks_alike` names what shares the words and is something else.
    """

    id: ClaimId
    type: Id | None = None
    title: Text
    says: Text
    truth: Literal["false_dangerous", "false", "misleading", "unproven", "true_with_nuance", "true", "form"]
    verdict: Verdict | None = None
    because: Text
    instead: Text | None = None
    hooks: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    looks_alike: tuple[str, ...] = ()
    note: str = ""


class Hook(Reviewed, frozen=True, kw_only=True):
    """A provision on adverts and medical claims, in our own words. No legal advice."""

    id: str
    jurisdiction: Jurisdiction
    rule: Text
    content: Text
    note: str = ""


class StanceRule(Entry, frozen=True, kw_only=True):
    """The attitude of a text to a claim, as an expression over the cues around it. The first that holds decides.

    A bare cue stands in the clause of the claim, outside its own words; `x in lead` before it in the sentence, `x in trail` behind it,
    `x in before`, `x in after`, `x in nearby`, `x in earlier`, `x in later` and `x in text` in other sentences.
    `type in {...}`, `speaker in {...}` and `unsound` speak of the claim. `mirrors` turns a denied claim into its sound mirror.
    """

    id: Id
    when: str
    stance: Stance
    mirrors: bool = False
    unsure: bool = False
    example: str


class Guess(Entry, frozen=True, kw_only=True):
    """Who speaks, as an expression over the whole text. The first that holds decides."""

    speaker: Literal["advert", "provider_page", "education", "private_post"]
    when: str
    note: str = ""
