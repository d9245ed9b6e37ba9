"""The tables: one line a rule, with room for a name and a date."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from spinesafe.backends.exports.tables.words import Words
from spinesafe.model.scales import Urgency
from spinesafe.rulebase import CheckedRule, RuleBase
from spinesafe.rulebase.blocks import Block, Places, blocks_of
from spinesafe.rulebase.effects import Effect
from spinesafe.rulebase.expression import TRUE, parts_of

_ORDER = ("rule", "matrix", "condition")

Cell = tuple[str, ...]
"""The lines of a cell."""


class Table(msgspec.Struct, frozen=True):
    """A table below a heading."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(words: Words) -> Iterator[Table]:
    """All tables: the rules by topic, the matrix, the conditions, and what the words mean."""
    writer = _Writer(words)
    topics: dict[str, list[CheckedRule]] = {}
    for rule in sorted(words.rulebase.rules, key=lambda rule: _ORDER.index(rule.origin)):
        topics.setdefault(writer.topic(rule), []).append(rule)
    for title, rules in topics.items():
        yield Table(title, writer.heads("rule", "when", "then", "because", "sources", "signed"), tuple(map(writer.row, rules)))
    heads = writer.heads("words", "means", "unknown", "signed")
    yield Table(words.sentence("table_definitions"), heads, tuple(writer.definitions()))


def preface(rulebase: RuleBase, words: Words) -> str:
    """What stands above the tables."""
    return words.sentence("table_preface", version=rulebase.version, digest=rulebase.digest)


class _Writer:
    def __init__(self, words: Words) -> None:
        self.words, self.rulebase = words, words.rulebase
        self.places = Places(self.rulebase)

    def topic(self, rule: CheckedRule) -> str:
        """The heading that a rule stands below."""
        match rule.origin:
            case "matrix":
                return self.words.sentence("table_matrix")
            case "condition":
                condition = self.rulebase.conditions[rule.condition]
                return self.words.sentence("table_conditions", topic=self.words.said(condition.display_name or condition.name))
            case _:
                topic = PurePosixPath(rule.place.file).stem
                named = self.rulebase.sentences.get(f"table_topic_{topic}")
                return self.words.sentence("table_rules", topic=self.words.said(named) if named else topic.replace("_", " "))

    def heads(self, *names: str) -> tuple[str, ...]:
        return tuple(self.words.sentence(f"table_head_{name}") for name in names)

    def row(self, rule: CheckedRule) -> tuple[Cell, ...]:
        when = self.words.lines(rule.when)
        if rule.after_treatment:
            when = (self.words.sentence("table_after_treatment"), *when)
        evidence = self.words.sentence(f"status_{rule.evidence_status}")
        raised = tuple(dict.fromkeys(self._raised(rule))) or (self.words.sentence("table_nothing_raised"),)
        because = self.words.said(rule.because)
        return (rule.id, rule.reference), when, raised, (because,), (self.words.listed(rule.sources), evidence), ()

    def _raised(self, rule: CheckedRule) -> Iterator[str]:
        if rule.then.urgency > Urgency.ROUTINE:
            yield self.words.sentence("table_seen", urgency=self.words.sentence(f"name_{rule.then.urgency}"))
        owner = rule.then.owner
        for service in (owner,) if isinstance(owner, str) else owner or ():
            yield self.words.sentence("table_service", service=self.words.said(self.rulebase.services[service].name))
        for effect in rule.effects:
            yield from (self._placed(block, effect) for block in blocks_of(self.rulebase.layout, effect.outcome))
        if rule.then.until is not None:
            yield self.words.said(rule.then.until)

    def _placed(self, block: Block, effect: Effect) -> str:
        level = self.words.sentence(f"level_{block.level}")
        techniques, regions = self.words.listed(self._techniques(block)), self.words.listed(self._regions(block))
        part = self.words.sentence("table_hands", level=level, techniques=techniques, regions=regions)
        if effect.when == TRUE:
            return part
        return self.words.sentence("table_where", part=part, condition=self.words.expression(effect.when))

    def _techniques(self, block: Block) -> list[str]:
        if block.techniques == self.rulebase.layout.techniques:
            return [self.words.sentence("table_everything")]
        return [self.words.said(self.rulebase.techniques[technique].label) for technique in block.techniques]

    def _regions(self, block: Block) -> list[str]:
        labels = {name: region.label for name, region in self.rulebase.regions.items()}
        labels |= {name: scope.label for name, scope in self.rulebase.scopes.items()}
        return [self.words.said(labels[region]) for region in self.places.regions(block.regions)]

    def definitions(self) -> Iterator[tuple[Cell, ...]]:
        counts = {True: "table_counts_so", False: "table_counts_not_so", None: "table_stays_open"}
        for name, definition in self.rulebase.definitions.items():
            (part,) = parts_of(self.rulebase.expressions[name])
            unknown = self.words.sentence(counts[definition.when_not_known])
            means = (self.words.counted(parts_of(part)),) if definition.counts else self.words.lines(part)
            yield (self.words.said(definition.meaning), name, definition.reference), means, (unknown,), ()
