"""Writes the reference pages from the knowledge and the command line, so that they cannot lie. A test holds that they are current."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import typer
from typer.testing import CliRunner

from spinesafe.interfaces.cli.main import ResultChoice, app, result_schema, shape_of, written_schema
from spinesafe.interfaces.cli.screen import NOT_DECIDED, OUTCOME_CODES, TIER_CODES
from spinesafe.model.scales import HandsOn, Scale, Tier, Urgency
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
            *([f"Until: {both(rule.then.until, ' · ')}"] if rule.then.until else []),
            *([f"Owner of the cause: `{rule.then.owner}`"] if rule.then.owner else []),
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
    where = "everywhere" if touch.at == ("everywhere",) else f"at {', '.join(touch.at) or touch.place}"
    condition = f" while `{' '.join(touch.when.split())}`" if touch.when else ""
    return f"{techniques.replace('_', ' ')} {where.replace('_', ' ')}: **{touch.level.replace('_', ' ')}**{condition}"


def matrix(rulebase: RuleBase) -> str:
    """The hands-on matrix as one table."""
    rows = [
        (f"[{row.id}](rules.md#matrix{row.id})", _where(row), row.soft_tissue, row.mobilisation, row.thrust, row.traction, _also(row))
        for row in rulebase.matrix.values()
    ]
    return page(
        "Matrix",
        "What hands may do in each disease or state, once the gates pass. Rows join: the strictest wins. Each name leads to when and why.",
        [
            table(("letter", "means"), LETTERS.items()),
            table(("row", "where", "soft tissue", "mobilisation", "thrust", "traction", "and"), rows),
            "## Which technique stands in which column\n",
            table(
                ("technique", "column", "中文"),
                [(t.label.en, t.column.replace("_", " "), t.label.zh) for t in rulebase.techniques.values()],
            ),
        ],
    )


def _where(row: MatrixRow) -> str:
    where = ", ".join(row.at) or str(row.place)
    return f"{where} and next to it".replace("_", " ") if row.neighbours else where.replace("_", " ")


def _also(row: MatrixRow) -> str:
    return "; ".join(_touch(touch).replace("**", "") for touch in row.also)


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
    says = "Every document that the knowledge rests on, and how it was seen."
    return page("Sources", says, [table(("id", "document", "seen", "review by"), rows)])


def differences(rulebase: RuleBase) -> str:
    """Every place where the knowledge leaves the letter of its reference."""
    rows = [(d.reference, f"`{d.id}`", d.differs) for d in rulebase.definitions.values() if d.differs]
    rows += [(rule.reference, f"`{rule.id}`", rule.differs) for rule in rulebase.rules if rule.differs]
    read = [
        (d.reference, f"`{d.id}`", "it holds" if d.when_not_known else "it does not hold", d.meaning.en)
        for d in rulebase.definitions.values()
        if d.when_not_known is not None
    ]
    return page(
        "Differences from the reference",
        "Where the knowledge leaves the letter of the clinical reference that it was built from: always to the graver side.",
        [
            f"## Everywhere\n{EVERYWHERE}\n## Rule by rule\n",
            table(("reference", "here", "difference"), rows),
            f"## What counts while it is not known\n{READINGS}",
            table(("reference", "here", "while not known", "what it says"), read),
        ],
    )


EVERYWHERE = """
- **Not knowing is no operator.** `unknown(x)` became a definition that says what it counts as while it is not known: below.
- **No rule silences another.** `else`, `only`, `no other rule fired`, `not CAN-2`, and `== 1` of a count are not carried over where they
  only kept a weaker rule quiet: the graver of what all rules ask for stands. A true exception stands in the rule that it belongs to.
- **A gate raises when its condition is not met**, where the reference writes `else` behind it.
- **Two verdicts are one level.** `SEND_NOW` and `DO_NOT_TREAT` are both *stop*; the urgency tells them apart.
- **Letters of the matrix are levels.** O is *go ahead*, P and N are *with limits*, T is *wait*, A is *stop*. R is *wait* until a regulated
  clinician has written a reason for the technique (for soft tissue work the doctor's guidance is that reason), then *with limits*.
- **No cell is empty.** A condition without a row in the matrix takes the strictest row of its group. A technique without a column takes
  that of its neighbour: pressing on points, heat, cupping and exercise that of soft tissue, treading that of thrust.
- **A place that nobody has named is the whole spine**: that of an operation, a tumour, a fracture, a skin problem.
- **Urgency bars hands.** Within 7 days and above, nothing stands below *wait* anywhere; the same day and above, everything is *stop* (D.4,
  D.6).
- **A value that says "unknown" is the answer "I don't know"**, which every question takes. `normal_or_unknown` is `normal`.
- **A number that does not apply is answered "none".** Every comparison with it is false, once it is known not to apply.
- **Two rules are laws.** WK-1 (a weak sign alone never escalates) and IMG-2 (no scan is no reason to refuse) are tested; they never fire.
"""
READINGS = """
Where the reference writes `unknown(x)` or `known(x)`, and for exemptions, gates and protective facts. It counts in a delivered result only:
what is certain and what is still open stay as they are, and each such reading is listed in the result.
"""


def results(_: RuleBase) -> str:
    """Exit codes, and the shape of a result."""
    return page("Results", "What `spinesafe screen` returns to the shell, and what `--json` writes.", _results())


def _results() -> Iterator[str]:
    yield "## Exit codes\n"
    yield table(
        ("code", "meaning"), [("0", "decided"), ("2", "wrong use"), (f"{NOT_DECIDED}", "for at least one input nothing was decided")]
    )
    yield f"With `--exit-code` the gravest result decides; {NOT_DECIDED} comes before all others:\n"
    codes = [*OUTCOME_CODES.items(), *((tier, code) for tier, code in TIER_CODES.items() if code)]
    yield table(("code", "meaning"), [(str(code), f"`{level}`") for level, code in codes])
    yield "## The shape\n"
    yield "One `Assessment` a person, one a line. The same as a [JSON schema](assessment.schema.json); `spinesafe schema` prints it.\n"
    yield from _shapes(ResultChoice.ASSESSMENT)
    yield "## Claims and readings\n"
    yield "`spinesafe claims --json` writes one `ClaimReport` for each text ([JSON schema](claims.schema.json); `spinesafe schema claims`"
    yield "prints it), `spinesafe read --json` one `ReadReport` ([JSON schema](reading.schema.json); `spinesafe schema reading`).\n"
    yield from _shapes(ResultChoice.CLAIMS, ResultChoice.ASSESSMENT)
    yield from _shapes(ResultChoice.READING, ResultChoice.ASSESSMENT, ResultChoice.CLAIMS)


def _shapes(result: ResultChoice, *before: ResultChoice) -> Iterator[str]:
    """The shapes of a result, the whole first; not those that were told before."""
    told = {name for other in before for name in result_schema(shape_of(other))["$defs"]}
    shapes = result_schema(shape_of(result))["$defs"]
    first = shape_of(result).__name__
    for name in (first, *sorted(shapes.keys() - {first, *told})):
        shape = shapes[name]
        yield f"### {name}\n\n{' '.join(shape.get('description', '').split())}\n"
        if "enum" in shape:
            yield f"One of {', '.join(f'`{value}`' for value in _in_order(name, shape['enum']))}.\n"
        else:
            always = shape.get("required", ())
            rows = [(f"`{field}`", _held(of), "always" if field in always else "") for field, of in shape["properties"].items()]
            yield table(("field", "holds", "there"), rows)


def _in_order(name: str, words: Iterable[str]) -> Iterable[str]:
    """The words of a scale, lowest first."""
    scale: type[Scale] | None = {"Urgency": Urgency, "HandsOn": HandsOn, "Tier": Tier}.get(name)
    return sorted(words, key=lambda word: scale(word).rank) if scale else words


def _held(of: dict[str, Any]) -> str:
    """What a field holds, in words."""
    match of:
        case {"$ref": ref}:
            name = ref.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"anyOf": others}:
            return " or ".join(dict.fromkeys(_held(other) for other in others))
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "array", "prefixItems": items}:
            return " and ".join(_held(item) for item in items)
        case {"type": "array", "items": items}:
            return f"list of {_held(items)}"
        case {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": inner}}:
            return f"{_held(inner)} by technique and region"
        case {"type": "object", "additionalProperties": inner}:
            return f"{_held(inner)} by technique"
        case {"format": "date"}:
            return "a day, as 2026-11-24"
        case {"type": kind}:
            return {"null": "nothing", "boolean": "`true` or `false`", "integer": "a number", "string": "text"}[kind]
    raise ValueError(of)


def input_faults(rulebase: RuleBase) -> str:
    """Everything that can be wrong with an input, as people are told it."""
    return page(
        "Faults of inputs",
        "What can be wrong with answers, records and files. Nothing is decided about such an input, and the exit code says so.",
        _input_faults(rulebase),
    )


def _input_faults(rulebase: RuleBase) -> Iterator[str]:
    for fault in rulebase.faults.values():
        yield f"## {fault.id}\n"
        rows = (("found", fault.found), ("why it matters", fault.why), ("to mend it", fault.mend))
        yield table(("", "English", "中文"), [(what, text.en, text.zh) for what, text in rows])


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
    "assessment.schema.json": lambda _: written_schema(ResultChoice.ASSESSMENT) + "\n",
    "claims.schema.json": lambda _: written_schema(ResultChoice.CLAIMS) + "\n",
    "reading.schema.json": lambda _: written_schema(ResultChoice.READING) + "\n",
    "commands.md": lambda _: commands(),
    "conditions.md": conditions,
    "differences.md": differences,
    "findings.md": findings,
    "input-faults.md": input_faults,
    "intended-use.md": lambda _: intended_use(),
    "knowledge-faults.md": lambda _: knowledge_faults(),
    "knowledge.schema.json": lambda _: written(schema()),
    "matrix.md": matrix,
    "results.md": results,
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
