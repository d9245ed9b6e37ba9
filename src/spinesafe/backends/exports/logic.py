"""The rule base as a library of named, three-valued definitions, which CQL and ELM then write down.

Every definition, rule, level of a cell and urgency has a name. What is delivered to people needs a second set: its names end in `, read`,
and in it an undecided definition counts as its `when_not_known` says.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import assert_never

import msgspec

from spinesafe.backends.exports.terms import (
    Both,
    Counted,
    Either,
    Equals,
    Known,
    Opposite,
    Ref,
    Several,
    Stands,
    Sure,
    Term,
    Truth,
    both,
)
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.blocks import Places, blocks_of
from spinesafe.rulebase.expression import TRUE, And, AtLeast, Compare, Constant, Expression, Has, Holds, Is, Named, Not, Or, parts_of
from spinesafe.rulebase.parameters import Parameter, of_member, of_none, parameters

READ = ", read"
"""What the name of a definition ends with in the set that is delivered."""


class Definition(msgspec.Struct, frozen=True):
    """A named term with the lines of comment above it; `chapter` is the heading that it stands below."""

    name: str
    term: Term
    comment: tuple[str, ...] = ()
    chapter: str = ""


class Logic(msgspec.Struct, frozen=True):
    """A library: what it asks for, and what it defines, each before it is used."""

    parameters: tuple[Parameter, ...]
    definitions: tuple[Definition, ...]


def rule_name(rule: CheckedRule) -> str:
    """The definition of a rule."""
    return f"rule {rule.id}"


def read_name(name: str) -> str:
    """The name of a definition in the set that is delivered."""
    return f"{name}{READ}"


class Translator:
    """Expressions to terms. Named parts become definitions of their own, each once."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.definitions: list[Definition] = []
        self._with_none = {f.id for f in rulebase.findings.values() if f.none_label is not None}
        self._names: dict[Named, str] = {}
        self._used = Counter(rulebase.definitions)
        self._touched: dict[Expression, bool] = {}

    def term(self, node: Expression, *, read: bool) -> Term:  # noqa: C901 - one case for each kind of node
        """The term of an expression; with `read` as it is delivered."""
        match node:
            case Constant(value):
                return Truth(value)
            case Holds(finding):
                return Known(finding)
            case Is(finding, member):
                return Equals(finding, member)
            case Has(finding, member):
                return Known(of_member(finding, member))
            case Compare(finding, sign, limit):
                stands = Stands(finding, sign, limit)
                return both(Opposite(Sure(Known(of_none(finding)))), stands) if finding in self._with_none else stands
            case Not(part):
                return Opposite(self.term(part, read=read))
            case And(parts):
                return Both(tuple(self.term(part, read=read) for part in parts))
            case Or(parts):
                return Either(tuple(self.term(part, read=read) for part in parts))
            case AtLeast(number, parts):
                return Several(number, tuple(self.term(part, read=read) for part in parts))
            case Named():
                name = self._defined(node)
                return Ref(read_name(name) if read and self.is_touched(node) else name)
        assert_never(node)

    def is_touched(self, node: Expression) -> bool:
        """Whether a reading can change the value of an expression."""
        if node not in self._touched:
            own = isinstance(node, Named) and node.when_not_known is not None
            self._touched[node] = own or any(self.is_touched(part) for part in parts_of(node))
        return self._touched[node]

    def _defined(self, node: Named) -> str:
        if node not in self._names:
            name = self._free_name(node)
            comment = tuple(self._comment(node))
            plain, read = self.term(node.part, read=False), self.term(node.part, read=True)
            self._names[node] = name
            self.definitions.append(Definition(name, plain, comment, "Definitions"))
            if self.is_touched(node):
                delivered = read if node.when_not_known is None else Counted(read, node.when_not_known)
                self.definitions.append(Definition(read_name(name), delivered, chapter="Definitions"))
        return self._names[node]

    def _free_name(self, node: Named) -> str:
        """The name as the knowledge gives it; where the reader of knowledge gave it to several parts, numbered."""
        if node == self.rulebase.expressions.get(node.name):
            return node.name
        self._used[node.name] += 1
        return node.name if self._used[node.name] == 1 else f"{node.name} {self._used[node.name]}"

    def _comment(self, node: Named) -> Iterator[str]:
        definition = self.rulebase.definitions.get(node.name)
        if definition is not None:
            yield f"{definition.meaning.en.strip()} ({definition.reference})"
            yield definition.meaning.zh.strip()
        if node.when_not_known is not None:
            yield f"While not known, a delivered result counts it as {'so' if node.when_not_known else 'not so'}."


def logic_of(rulebase: RuleBase) -> Logic:
    """The rule base as a library."""
    from spinesafe.backends.exports.outputs import outputs_of

    translator = Translator(rulebase)
    places = Places(rulebase)
    rules = [definition for rule in rulebase.rules for definition in _rule(rule, translator, places)]
    rest = list(outputs_of(rulebase, translator))
    return Logic(parameters(rulebase), (*translator.definitions, *rules, *rest))


def _rule(rule: CheckedRule, translator: Translator, places: Places) -> Iterator[Definition]:
    name = rule_name(rule)
    yield Definition(name, translator.term(rule.when, read=False), (*_reasons(rule), *_raised(rule, translator, places)), "Rules")
    delivered = translator.term(rule.when, read=True) if translator.is_touched(rule.when) else Ref(name)
    yield Definition(read_name(name), delivered, chapter="Rules")


def _reasons(rule: CheckedRule) -> Iterator[str]:
    yield rule.because.en.strip()
    yield rule.because.zh.strip()
    if rule.differs:
        yield f"Differs from the reference: {rule.differs.strip()}"
    sources = ", ".join(rule.sources)
    yield f"{rule.reference} | {rule.evidence_status.replace('_', ' ')} | {sources} | reviewed {rule.reviewed}"


def _raised(rule: CheckedRule, translator: Translator, places: Places) -> Iterator[str]:
    """What a rule raises to, so that it can be read beside it."""
    from spinesafe.backends.exports.cql import written

    when = "In a follow-up, raises" if rule.after_treatment else "Raises"
    parts = list(raised(rule, places, lambda node: f", where {written(translator.term(node, read=False))}"))
    return (f"{when} to {part}" for part in parts) if parts else iter((f"{when} nothing: its reason is given.",))


def raised(rule: CheckedRule, places: Places, where: Callable[[Expression], str]) -> Iterator[str]:
    """What each part of a rule raises to, by the ids of the knowledge; `where` says under which further condition."""
    layout = places.rulebase.layout
    for effect in rule.effects:
        urgency = layout.urgency(effect.outcome)
        parts = [*([f"urgency {urgency}"] if urgency > Urgency.ROUTINE else []), *map(places.name, blocks_of(layout, effect.outcome))]
        if parts:
            yield "; ".join(parts) + ("" if effect.when == TRUE else where(effect.when))
