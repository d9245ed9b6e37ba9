"""What is proved of everybody: each theorem in words, with what it rests on and what it does not promise."""

from spinesafe.model.text import Text
from spinesafe.rulebase.entry import Entry, Id


class Theorem(Entry, frozen=True, kw_only=True):
    """A law that the solver proves, as a clinician reads it.

    `rests_on` says in words what is taken for granted beside the ranges of the answers, `not_promised` what must not be read into it,
    `broken` what is wrong where it fails. `premises` are expressions over the findings themselves, in the language of the rules: a theorem
    must not lean on the definitions that it guards. `accepted` names what a listing theorem (a rule that adds nothing, a cell that nobody
    reaches) may find without failing, each with the reason. An overlay can change none of this.
    """

    id: Id
    statement: Text
    rests_on: Text
    not_promised: Text
    broken: Text
    premises: dict[Id, str] = {}
    accepted: dict[str, Text] = {}
