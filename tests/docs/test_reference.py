"""The reference is written from the code and the knowledge, and leaves nothing out."""

from collections.abc import Iterator

import pytest
import typer

from docs.generate import PAGES, REFERENCE
from spinesafe.interfaces.cli.main import app
from spinesafe.rulebase import load
from spinesafe.rulebase.problems import WHY


def commands(group: typer.Typer, path: str) -> Iterator[str]:
    for command in group.registered_commands:
        yield f"{path} {command.name or getattr(command.callback, '__name__', '')}"
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{path} {inner.name}")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_current(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name](load()), "run `make docs`"


@pytest.mark.parametrize("command", list(commands(app, "spinesafe")))
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## {command}\n" in (REFERENCE / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(WHY))
def test_every_fault_has_a_heading(code: str) -> None:
    assert f"\n## {code}\n" in (REFERENCE / "knowledge-faults.md").read_text(encoding="utf-8")


def test_the_pages_name_everything() -> None:
    rulebase = load()
    named = {
        "findings.md": (f"\n### {name}\n" for name in rulebase.findings),
        "rules.md": (f"\n## {rule.id}\n" for rule in rulebase.rules if rule.origin != "condition"),
        "conditions.md": (f"\n## {name}\n" for name in rulebase.conditions),
        "sources.md": (f"\n| {name} |" for name in rulebase.sources),
        "differences.md": (f"| `{rule.id}` |" for rule in rulebase.rules if rule.differs),
    }
    for name, headings in named.items():
        page = PAGES[name](rulebase)
        assert [heading for heading in headings if heading not in page] == []
