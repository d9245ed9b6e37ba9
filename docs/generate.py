"""Writes the reference pages from the knowledge and the command line, so that they cannot lie. A test holds that they are current."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import typer
from typer.testing import CliRunner

from spinesafe.interfaces.cli.main import app
from spinesafe.model.text import Text
from spinesafe.rulebase import CheckedRule, RuleBase, build
from spinesafe.rulebase.format import Finding, MatrixRow, Touch
from spinesafe.rulebase.problems import WARNINGS, WHY
from spinesafe.rulebase.schema import schema, written

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
BAD = ROOT / "cases" / "bad"
LETTERS = {
    "O": "go ahead",
    "P": "with limits",
    "N": "with limits, no benefit shown",
    "T": "wait",
    "R": "wait for a written reason",
    "A": "stop",
}
TOLD = "# This is what its author is told:\n"


def commands() -> str:
    """Every command with its help, as the program itself says it."""
    return page("Commands", "Each with its help, as the program itself says it.", _commands(app, ()))


def _commands(group: typer.Typer, path: tuple[str, ...]) -> Iterator[str]:
    for command in group.registered_commands:
        called = (*path, command.name or getattr(command.callback, "__name__", ""))
        shown = CliRunner().invoke(app, [*called, "--help"], env={"COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb"}).output
        yield f"## spinesafe {' '.join(called)}\n\n```text\n{_trimmed(shown)}\n```\n"
    for inner in group.registered_groups:
        if inner.typer_instance:
            yield from _commands(inner.typer_instance, (*path, str(inner.name)))


def _trimmed(shown: str) -> str:
    return "\n".join(line.rstrip() for line in shown.splitlines()).strip()


def knowledge_faults() -> str:
    """Every code that a problem of knowledge can carry, with an example."""
    return page("Faults of knowledge", "What `spinesafe knowledge check` can say, with an example of each.", _faults())


def _faults() -> Iterator[str]:
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in sorted(BAD.glob("*.yaml"))}
    for code, why in WHY.items():
        yield f"## {code}\n\nA {'warning' if code in WARNINGS else 'fault'}, because {why}.\n"
        path = next((path for path, text in texts.items() if f"[{code}]" in text.partition(TOLD)[2]), None)
        if path is not None:
            example, _, told = texts[path].partition(TOLD)
            plain = "\n".join(line.removeprefix("# ") for line in told.splitlines())
            yield f"```yaml\n{example.strip()}\n```\n\n```text\n{plain}\n```\n"


def findings(rulebase: RuleBase) -> str:
    """Every question."""
    return page("Findings", "Everything that can be known about a person, in the groups that a form asks together.", _findings(rulebase))


def _findings(rulebase: RuleBase) -> Iterator[str]:
    for group in rulebase.groups.values():
        yield f"## {group.title.en} · {group.title.zh}\n"
        for finding in rulebase.findings.values():
            if finding.group == group.id:
                yield f"### {finding.id}\n\n{both(finding.question)}\n\n{_facts(finding, rulebase)}\n"


def _facts(finding: Finding, rulebase: RuleBase) -> str:
    facts = [
        _values(finding, rulebase),
        f"answered by: {finding.answered_by.replace('_', ' ')}",
        f"red flag: {finding.red_flag}",
        finding.polarity,
    ]
    if finding.asked_when:
        facts.append(f"asked when `{finding.asked_when}`")
    return " · ".join(facts)


def _values(finding: Finding, rulebase: RuleBase) -> str:
    match finding.kind:
        case "boolean":
            return "yes or no"
        case "number":
            limits = [f"from {finding.minimum:g}"] if finding.minimum is not None else []
            limits += [f"to {finding.maximum:g}"] if finding.maximum is not None else []
            return " ".join(["number", finding.unit, *limits])
        case kind:
            members = (
                "the [conditions](conditions.md)" if finding.members_from else ", ".join(f"`{m}`" for m in rulebase.members[finding.id])
            )
            return f"{kind} of {members}"


def rules(rulebase: RuleBase) -> str:
    """Every rule and row of the matrix."""
    kept = (rule for rule in rulebase.rules if rule.origin != "condition")
    return page(
        "Rules",
        "Every rule and every row of the hands-on matrix. All that hold are joined; none silences another.",
        map(_rule(rulebase), kept),
    )


def _rule(rulebase: RuleBase) -> Callable[[CheckedRule], str]:
    def described(rule: CheckedRule) -> str:
        row = rulebase.matrix.get(rule.id.removeprefix("matrix/"))
        when = row.when if row else rulebase.written_rules[rule.id].when
        raises = [f"urgency **{rule.then.urgency.replace('_', ' ')}**"] if rule.then.urgency.rank else []
        raises += [_touch(touch) for touch in rule.then.hands_on]
        raises += _letters(row) if row else []
        facts = [rule.reference, rule.evidence_status.replace("_", " "), ", ".join(rule.sources), f"reviewed {rule.reviewed}"]
        lines = [
            f"## {rule.id}",
            " · ".join(facts),
            f"When `{' '.join(when.split())}`",
            f"Raises to: {'; '.join(raises) or 'nothing, but its reason is given'}",
            both(rule.because),
        ]
        return "\n\n".join(lines) + "\n"

    return described


def _letters(row: MatrixRow) -> list[str]:
    where = ", ".join(row.at) or row.place
    columns = (("soft tissue", row.soft_tissue), ("mobilisation", row.mobilisation), ("thrust", row.thrust), ("traction", row.traction))
    return [f"{name} at {where}: **{LETTERS[letter]}**" for name, letter in columns] + [_touch(touch) for touch in row.also]


def _touch(touch: Touch) -> str:
    techniques = ", ".join(touch.techniques) or "every technique"
    condition = f" while `{' '.join(touch.when.split())}`" if touch.when else ""
    return f"{techniques.replace('_', ' ')} at {', '.join(touch.at) or touch.place}: **{touch.level.replace('_', ' ')}**{condition}"


def conditions(rulebase: RuleBase) -> str:
    """Every condition."""
    return page("Conditions", "Diseases and states with a place to go.", _conditions(rulebase))


def _conditions(rulebase: RuleBase) -> Iterator[str]:
    for condition in rulebase.conditions.values():
        name = condition.display_name or condition.name
        held = msgspec.structs.asdict(condition.codes).items()
        codes = "; ".join(f"{system} {', '.join(values)}" for system, values in held if values)
        seen_by = (
            (who, both(to.department, " · "), to.service) for who, to in (("Adults", condition.adult), ("Children", condition.child))
        )
        yield f"## {condition.id}\n\n**{name.en} · {name.zh}**\n\n{both(condition.explanation)}\n\n{codes or 'no codes'}\n"
        yield " ".join(f"{who}: {department} (`{service}`)." for who, department, service in seen_by) + "\n"
        urgencies = [(f"`{' '.join(rule.when.split())}`", rule.then.urgency.replace("_", " "), rule.because.en) for rule in condition.rules]
        yield table(("when", "urgency", "because"), urgencies)


def sources(rulebase: RuleBase) -> str:
    """Every source, and how it was seen."""
    rows = [
        (s.id, f"{s.title}. {s.body}, {s.year}. {s.identifier}", s.seen.replace("_", " "), str(s.review_by))
        for s in rulebase.sources.values()
    ]
    return page(
        "Sources",
        "Every document that the knowledge rests on, and how it was seen.",
        [table(("id", "document", "seen", "review by"), rows)],
    )


def differences(rulebase: RuleBase) -> str:
    """Every place where the knowledge leaves the letter of its reference."""
    rows = [(d.reference, f"`{d.id}`", d.differs) for d in rulebase.definitions.values() if d.differs]
    rows += [(rule.reference, f"`{rule.id}`", rule.differs) for rule in rulebase.rules if rule.differs]
    return page(
        "Differences from the reference",
        "Where the knowledge leaves the letter of the clinical reference that it was built from: always to the graver side.",
        [table(("reference", "here", "difference"), rows)],
    )


def intended_use() -> str:
    """For whom this is, and what is needed before use: the file of the repository."""
    text = (ROOT / "INTENDED_USE.md").read_text(encoding="utf-8")
    return re.sub(r"\[(\w+\.md)\]\(\1\)", r"`\1`", text)


def page(title: str, says: str, parts: Iterable[str]) -> str:
    """A page of parts."""
    return f"# {title}\n\n{says}\n\n" + "\n".join(parts).rstrip() + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [
        tuple(heads),
        tuple("---" for _ in heads),
        *(tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def both(text: Text, between: str = "\n\n") -> str:
    """A text in both languages."""
    return f"{text.en.strip()}{between}{text.zh.strip()}"


PAGES: dict[str, Callable[[RuleBase], str]] = {
    "commands.md": lambda _: commands(),
    "conditions.md": conditions,
    "differences.md": differences,
    "findings.md": findings,
    "intended-use.md": lambda _: intended_use(),
    "knowledge-faults.md": lambda _: knowledge_faults(),
    "knowledge.schema.json": lambda _: written(schema()),
    "rules.md": rules,
    "sources.md": sources,
}


def main() -> None:
    """Write all pages."""
    rulebase = build()
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(write(rulebase), encoding="utf-8")


if __name__ == "__main__":
    main()
