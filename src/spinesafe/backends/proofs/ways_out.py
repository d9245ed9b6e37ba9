"""Every single answer that takes somebody out of the emergency tier, with the rules that hang on it: a table for clinicians to sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import z3

from spinesafe.backends.proofs.encode import Trees
from spinesafe.backends.proofs.logic import Bit, alike, both, every, if_then, opposite, some
from spinesafe.backends.proofs.people import Choice, Number, Several, State, YesNo, compared, member_polarity
from spinesafe.backends.proofs.proof import Proof
from spinesafe.backends.proofs.telling import joined, member_told, sentence, value_told
from spinesafe.backends.proofs.world import World
from spinesafe.model.scales import Urgency
from spinesafe.model.text import Text
from spinesafe.rulebase.expression import FALSE, Compare, Has, all_of, atoms_of
from spinesafe.rulebase.format import Finding
from spinesafe.rulebase.names import findings_of

DENIES, STATED = "denies", "states_a_danger"
KINDS = {"protective": "states_a_protection", "mixed": "exempts", "neutral": "dates"}


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer to one question: in words, what kind it is of, and as a condition on what is then known."""

    said: Text
    kind: str
    holds: Bit
    member: str = ""


def every_answer_that_ends_an_emergency_is_listed(proof: Proof) -> None:
    """Lists each answer that alone takes somebody out of the emergency tier; none but a denial, a protection or what exempts may."""
    search = _Search(proof)
    for finding in search.findings:
        search.begin(finding)
        for answer in _answers(proof.world, finding, proof.world.one.states[finding.id], search.then):
            if search.leaves(answer):
                rules = search.hanging(answer)
                cells: dict[str, Text | str] = {
                    "id": finding.id,
                    "finding": finding.label,
                    "answer": answer.said,
                    "kind": proof.say(f"proof_kind_{answer.kind}"),
                    "rules": str(len(rules)),
                    "which": ", ".join(rules),
                }
                proof.note(**cells) if answer.kind != STATED else proof.list(f"{finding.id} {answer.said.en}", **cells)
    proof.asked += search.solver.asked


class _Search:
    """Somebody in the emergency tier, and the same person with one answer otherwise."""

    def __init__(self, proof: Proof) -> None:
        self._proof, world = proof, proof.world
        self._lattice, self._other = world.lattice, world.other
        places = self._lattice.raising(self._lattice.urgency_bit(Urgency.SAME_DAY))
        self._effects = {i: all_of(self._lattice.effects[i][0].when, self._lattice.effects[i][1].when) for i in places}
        self._reads = {i: set(findings_of(effect)) for i, effect in self._effects.items()}
        self._members = {i: {a.member for a in atoms_of(effect) if isinstance(a, Has)} for i, effect in self._effects.items()}
        trees = Trees(world.one.states, readings=True)
        self._holds = {i: trees.value(effect)[0] for i, effect in self._effects.items()}
        self._hangs = {i: z3.Bool(f"hangs: {i}") for i in places}
        self._quiet = {i: z3.Bool(f"quiet: {i}") for i in places}
        self._leaves = z3.Bool("leaves")
        self._reading: list[int] = []
        self._left: list[Bit] = []
        quiet = [if_then(self._quiet[i], opposite(holds)) for i, holds in self._holds.items()]
        self.solver = proof.solver("one", "other", given=[opposite(world.follow_up), *quiet])

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings that rules of the emergency tier read."""
        read = {finding for findings in self._reads.values() for finding in findings}
        yield from (finding for finding in self._proof.world.findings if finding.id in read)

    def begin(self, finding: Finding) -> None:
        """Turns to the answers to one question."""
        world = self._proof.world
        self.then = self._other.states[finding.id]
        trees = Trees({**world.one.states, finding.id: self.then}, readings=True)
        after = {i: trees.value(effect)[0] for i, effect in self._effects.items() if finding.id in self._reads[i]}
        self._reading = list(after)
        ended = [if_then(self._hangs[i], both(self._holds[i], opposite(holds))) for i, holds in after.items()]
        left = if_then(self._leaves, opposite(some(after.values())))
        self._left = [self._leaves, *(quiet for i, quiet in self._quiet.items() if i not in after)]
        self.solver.instead(*ended, left, some(self._hangs[i] for i in after))

    def _touched(self, answer: Answer) -> list[int]:
        """The effects that an answer can change: of a set, those that read the member."""
        return [i for i in self._reading if not answer.member or answer.member in self._members[i]]

    def leaves(self, answer: Answer) -> bool:
        """Whether the answer takes somebody out of the tier: a rule no longer holds, and no other keeps them there."""
        return bool(self._touched(answer)) and self.solver.can(answer.holds) and self.solver.can(answer.holds, *self._left)

    def hanging(self, answer: Answer) -> list[str]:
        """The rules that hold for somebody, and with this answer no longer."""
        hanging = (i for i in self._touched(answer) if self.solver.can(answer.holds, self._hangs[i]))
        return list(dict.fromkeys(self._lattice.effects[i][0].id for i in hanging))


def _answers(world: World, finding: Finding, before: State, then: State) -> Iterator[Answer]:
    rulebase = world.rulebase
    match before.known, then.known:
        case _, YesNo(yes, no):
            yield Answer(sentence(rulebase, "value_yes"), _kind(finding.polarity), yes)
            yield Answer(sentence(rulebase, "value_no"), _kind(finding.polarity, denied=True), no)
        case _, Choice(values):
            for member in finding.members:
                another = "neutral" if member.polarity == "danger" else member.polarity
                yield Answer(member.label, _kind(another, denied=member.polarity == "neutral"), values[member.id])
        case Several(members), Several(others):
            for name, (yes, no) in others.items():
                polarity = member_polarity(world.rulebase, finding, name)
                rest = [both(alike(members[m][0], others[m][0]), alike(members[m][1], others[m][1])) for m in members if m != name]
                label = member_told(rulebase, finding.id, name)
                yield Answer(sentence(rulebase, "proof_with", member=label), _kind(polarity), every([yes, *rest]), name)
                without = sentence(rulebase, "proof_without", member=label)
                yield Answer(without, _kind(polarity, denied=True), every([no, *rest]), name)
        case _, Number(known, none, value):
            if finding.none_label is not None:
                # It is believed only of somebody to whom the question does not apply.
                asked = rulebase.expressions[finding.asked_when] if finding.asked_when else FALSE
                _, inapplicable = world.trees("one", "stated").value(asked)
                yield Answer(finding.none_label, _kind(finding.polarity), both(none, inapplicable))
            for said, within in _stretches(world, finding, value):
                yield Answer(said, _kind(finding.polarity), every([known, opposite(none), within]))
        case _:
            raise TypeError(then.known)  # pragma: no cover - both are of one kind


def _kind(polarity: str, *, denied: bool = False) -> str:
    return DENIES if denied and polarity in {"danger", "neutral"} else KINDS.get(polarity, STATED)


def _stretches(world: World, finding: Finding, value: z3.ArithRef) -> Iterator[tuple[Text, Bit]]:
    """The stretches of a number that the rules tell apart."""
    atoms = {i.atom for i in world.rulebase.program.inputs if isinstance(i.atom, Compare) and i.atom.finding == finding.id}
    cuts = sorted({(atom.limit, atom.sign in {"<=", ">"}) for atom in atoms})
    bounds: list[tuple[float, bool] | None] = [None, *cuts, None]
    for low, high in pairwise(bounds):
        within, said = [], []
        if low is not None:
            within.append(compared(value, ">" if low[1] else ">=", low[0]))
            said.append((">" if low[1] else "≥", value_told(world.rulebase, finding.id, low[0])))
        if high is not None:
            within.append(compared(value, "<=" if high[1] else "<", high[0]))
            said.append(("≤" if high[1] else "<", value_told(world.rulebase, finding.id, high[0])))
        yield joined([Text(en=f"{sign} {limit.en}", zh=f"{sign} {limit.zh}") for sign, limit in said], ", ", "，"), every(within)
