"""Entries to a `RuleBase`: every name resolved, every fault reported with its line."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from spinesafe.rulebase import claim_names, language_names, polarity, records, saying_names
from spinesafe.rulebase.claim_names import MotifNames
from spinesafe.rulebase.effects import Anatomy, Effect
from spinesafe.rulebase.expression import TRUE, Expression, Has, all_of
from spinesafe.rulebase.format import Advice, Condition, ConditionRule, Finding, MatrixRow, Owner, Region, Rule, Technique, Then
from spinesafe.rulebase.language_format import LanguageKnowledge
from spinesafe.rulebase.names import DIAGNOSES, ExpressionError, Names
from spinesafe.rulebase.problems import KnowledgeError, Place, Problem, nearest, problem
from spinesafe.rulebase.program import compile_program
from spinesafe.rulebase.read import BUILT_IN, Sourced, read_folder
from spinesafe.rulebase.rulebase import CheckedRule, RuleBase, TextKnowledge, Watched
from spinesafe.rulebase.saying_format import NarrativeKnowledge
from spinesafe.rulebase.saying_names import ConceptNames
from spinesafe.rulebase.theorem_format import Theorem
from spinesafe.version import __version__

T = TypeVar("T")


def digest_of(folder: Path = BUILT_IN, overlay: Path | None = None) -> str:
    """A name for the exact text of a knowledge folder, of the overlay on it, and of the code that reads it."""
    seen = hashlib.sha256(__version__.encode())
    laid_on = sorted(overlay.rglob("*.yaml")) if overlay else []
    for path in (*sorted(folder.rglob("*.yaml")), *laid_on, *sorted(Path(__file__).parent.glob("*.py"))):
        seen.update(path.name.encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def build(folder: Path = BUILT_IN, overlay: Path | None = None) -> RuleBase:
    """Read, resolve and check a knowledge folder, with an overlay laid on it. Raises `KnowledgeError` with every problem found."""
    return Builder(read_folder(folder, overlay)).rulebase(digest_of(folder, overlay))


class Builder:
    """The resolving of one set of entries. `problems` gathers what was wrong."""

    def __init__(self, entries: tuple[Sourced, ...]) -> None:
        self.entries = entries
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}
        self.conditions: dict[str, Condition] = self._by_id("conditions")
        self.names = Names(self._by_id("findings"), self._by_id("definitions"), tuple(self.conditions.values()))
        self.anatomy = Anatomy(
            self.names,
            self._by_id("regions"),
            self._by_id("scopes"),
            self._by_id("techniques"),
            [s.entry for s in entries if s.kind == "urgency_bars"],
        )

    def rulebase(self, digest: str) -> RuleBase:
        """The finished rule base. Raises `KnowledgeError`."""
        self._implied()
        self._recorded()
        expressions = dict(self._expressions())
        rules = tuple(self._rules())
        texts = self._texts()
        language = self._language()
        narrative = self._narrative(language)
        regions, advice = self._by_id("regions"), self._by_id("advice")
        owners = tuple(s.entry for s in self.entries if s.kind == "owners")
        if self.problems:
            raise KnowledgeError(self.problems)
        outputs: list[Expression] = [all_of(rule.when, effect.when) for rule in rules for effect in rule.effects]

        def watch(expression: Expression) -> int:
            outputs.append(expression)
            return len(outputs) - 1

        watched = Watched(
            applies={f.id: watch(expressions[f.asked_when]) for f in self.names.findings.values() if f.asked_when},
            hurts={r.id: watch(expressions[r.hurts_when]) for r in regions.values()},
            advice={a.id: watch(expressions[a.when]) for a in advice.values() if a.when},
            owners=tuple(watch(expressions[o.when]) for o in owners),
            definitions={d: watch(expressions[d]) for d in self.names.definitions},
        )
        return RuleBase(
            version=__version__,
            digest=digest,
            findings=dict(self.names.findings),
            members=self.names.members,
            groups=self._by_id("groups"),
            definitions=dict(self.names.definitions),
            expressions=expressions,
            rules=rules,
            conditions=self.conditions,
            matrix=self._by_id("matrix"),
            written_rules=self._by_id("rules"),
            regions=regions,
            scopes=self._by_id("scopes"),
            techniques=self._by_id("techniques"),
            services=self._by_id("services"),
            owners=owners,
            advice=advice,
            sentences={s.id: s.text for s in self._by_id("sentences").values()},
            faults=self._by_id("faults"),
            narrative=narrative,
            records=self._by_id("records"),
            sources=self._by_id("sources"),
            laws=self._by_id("laws"),
            theorems=self._by_id("theorems"),
            texts=texts,
            language=language,
            layout=self.anatomy.layout,
            program=compile_program(outputs),
            watched=watched,
        )

    def _texts(self) -> TextKnowledge:
        motifs, types, hooks = (self._by_id(kind) for kind in ("motifs", "claim_types", "hooks"))
        names = MotifNames(motifs, types)
        readings: dict[str, Expression] = {}
        for sourced in self.entries:
            for code, found, mend in claim_names.faults(sourced.entry, motifs, types, hooks):
                self._problem(sourced.place, code, found, mend)
            for text, tree in claim_names.read_expressions(sourced.entry, names):
                if isinstance(tree, ExpressionError):
                    self._problem(sourced.place, tree.code, tree.found, tree.mend)
                else:
                    readings[text] = tree
        return TextKnowledge(
            motifs=motifs,
            types=types,
            claims=self._by_id("claims"),
            hooks=hooks,
            stances=self._by_id("stances"),
            guesses=tuple(s.entry for s in self.entries if s.kind == "guesses"),
            readings=readings,
        )

    def _language(self) -> LanguageKnowledge:
        self.problems.extend(language_names.faults(self.entries))
        return language_names.gathered({kind: self._by_id(kind) for kind in LanguageKnowledge.__struct_fields__})

    def _narrative(self, language: LanguageKnowledge) -> NarrativeKnowledge:
        gathered = NarrativeKnowledge(**{kind: self._by_id(kind) for kind in NarrativeKnowledge.__struct_fields__})
        names = ConceptNames(gathered.concepts, language.sections)
        for sourced in self.entries:
            for code, found, mend in saying_names.faults(sourced.entry, names, self.names):
                self._problem(sourced.place, code, found, mend)
        return gathered

    def _by_id(self, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for sourced in self.entries:
            if sourced.kind != kind:
                continue
            first = self.places.setdefault((kind, sourced.entry.id), sourced.place)
            if sourced.entry.id in found:
                self._problem(sourced.place, "twice", f"{sourced.entry.id} stands twice, first at {first}", "join the two entries")
            found[sourced.entry.id] = sourced.entry
        return found

    def _problem(self, place: Place, code: str, found: str, mend: str) -> None:
        found_here = problem(code, place, found, mend)
        if found_here not in self.problems:
            self.problems.append(found_here)

    def _try(self, place: Place, read: Callable[[], T], instead: T) -> T:
        try:
            return read()
        except ExpressionError as error:
            self._problem(place, error.code, error.found, error.mend)
            return instead

    def _implied(self) -> None:
        """An implied value that no expression can read would leave the red flags of its condition asleep."""
        for (finding, value), conditions in self.names.implied_by.items():
            known = self.names.members.get(finding, ())
            place = self.places["conditions", conditions[0]]
            if finding not in self.names.findings:
                self._problem(place, "unknown_name", f"{finding} is no finding", nearest(finding, self.names.findings) or "see findings/")
            elif value not in (known or ("true",)) or self.names.findings[finding].kind == "number":
                self._problem(
                    place, "unknown_value", f"{finding} cannot be implied as {value}", nearest(value, known) or "imply true, or a value"
                )

    def _recorded(self) -> None:
        """A record entry that names what is not there would let a danger pass unread."""
        for sourced in self.entries:
            if sourced.kind == "records":
                for code, found, mend in records.faults(sourced.entry, self.names.findings, self.names.members):
                    self._problem(sourced.place, code, found, mend)

    def _expressions(self) -> Iterator[tuple[str, Expression]]:
        """Everything beside the rules that is an expression, by its text; definitions by their name."""
        for name in self.names.definitions:
            yield name, self._try(self.places["definitions", name], partial(self.names.definition, name), TRUE)
        texts: dict[str, Place] = {"true": Place("", 0)}
        for sourced in self.entries:
            for when in _conditions_in(sourced.entry):
                texts.setdefault(when, sourced.place)
        for text, place in texts.items():
            if text not in self.names.definitions:
                yield text, self._try(place, partial(self.names.read, text), TRUE)

    def _rules(self) -> Iterator[CheckedRule]:
        for sourced in self.entries:
            match sourced.entry:
                case Rule() as rule:
                    yield self._checked(sourced, rule.id, rule.when, rule.then)
                case MatrixRow() as row:
                    then = Then(owner=row.owner, until=row.until, until_days=row.until_days)
                    yield self._checked(sourced, f"matrix/{row.id}", row.when, then)
                case Condition() as condition:
                    for part in condition.rules:
                        yield self._checked(sourced, f"{condition.id}/{part.id}", part.when, part.then, part)
                case _:
                    continue

    def _checked(self, sourced: Sourced, name: str, when: str, then: Then, part: ConditionRule | None = None) -> CheckedRule:
        entry, place = sourced.entry, sourced.place
        expression = self._try(place, partial(self.names.read, when), TRUE)
        if part is not None:
            expression = all_of(Has(DIAGNOSES, entry.id), expression)
        nothing: tuple[Effect, ...] = ()
        effects = self._try(
            place,
            lambda: self.anatomy.effects_of_row(entry) if isinstance(entry, MatrixRow) else self.anatomy.effects_of(then),
            nothing,
        )
        # A rule that raises nothing still gives its reason (VAS-9c, INF-0): its effect is the bottom of the lattice.
        effects = effects or (Effect.of(TRUE, 0),)
        for effect in effects:
            for code, found, mend in polarity.faults(all_of(expression, effect.when), self.names.findings, self.conditions):
                self._problem(place, code, f"{name}: {found}", mend)
        return CheckedRule(
            id=name,
            origin="matrix" if isinstance(entry, MatrixRow) else "rule" if part is None else "condition",
            reference=entry.reference if part is None else "E",
            when=expression,
            effects=effects,
            then=then,
            because=(part or entry).because,
            reason=getattr(entry, "reason", "") if part is None else "",
            sources=entry.sources,
            evidence_status=entry.evidence_status,
            reviewed=entry.reviewed,
            differs=(part or entry).differs,
            after_treatment=getattr(entry, "after_treatment", False),
            condition=entry.id if part is not None else "",
            place=place,
        )


def _conditions_in(entry: object) -> tuple[str, ...]:
    """The expressions that an entry other than a rule holds."""
    match entry:
        case Finding(asked_when=asked_when, when_unmentioned=silence):
            whens = (asked_when, *(said.when for said in silence)) if isinstance(silence, tuple) else (asked_when,)
        case Region(hurts_when=when) | Technique(relative_met_when=when) | Advice(when=when) | Owner(when=when):
            whens = (when,)
        case Theorem(premises=premises):
            whens = tuple(premises.values())
        case _:
            whens = ()
    return tuple(when for when in whens if when)
