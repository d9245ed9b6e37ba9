"""The commands that look into the knowledge. What each needs is imported when it runs, so that starting stays quick."""

from pathlib import Path
from typing import Annotated

import typer

from spinesafe.interfaces.cli.options import Language, LanguageChoice

knowledge = typer.Typer(no_args_is_help=True, help="Look into the knowledge, and check it.")


@knowledge.command(epilog="Example: [bold]spinesafe knowledge check my-knowledge/[/]")
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A knowledge folder; the built-in one if left out.")] = None,
) -> None:
    """Check knowledge: every id, type, source, code, term and review date. Exits with 1 on errors."""
    from spinesafe.interfaces.cli.knowledge import check_folder

    raise typer.Exit(check_folder(folder))


@knowledge.command(epilog="Examples: [bold]spinesafe knowledge show saddle_numbness[/] · [bold]spinesafe knowledge show CES-1[/]")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A finding, definition, rule (or its reference), condition, source, service.")],
    *,
    language: Language = LanguageChoice.EN,
) -> None:
    """Show everything that the knowledge says about one thing."""
    from spinesafe.interfaces.cli.knowledge import show_entry

    raise typer.Exit(show_entry(name, language.value))


@knowledge.command(epilog="Example: [bold]spinesafe knowledge search bladder[/]")
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words of a question, name, synonym or reason, in either language.")
    ],
    *,
    language: Language = LanguageChoice.EN,
) -> None:
    """Find findings, rules, conditions and sources by words."""
    from spinesafe.interfaces.cli.knowledge import search_words

    raise typer.Exit(search_words(words, language.value))


@knowledge.command(epilog="Example: [bold]spinesafe knowledge cases cases/[/]")
def cases(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="A folder of cases.")] = Path("cases"),
    *,
    overlay: Annotated[Path | None, typer.Option("--overlay", metavar="DIR", help="Decide with this local overlay.")] = None,
    covered: Annotated[
        bool, typer.Option("--coverage/--no-coverage", help="Whether every rule must have a case; not so of counter-examples.")
    ] = True,
) -> None:
    """Run every case of a folder, and say which rules they cover. Exits with 1 where one comes out otherwise, or a rule has none."""
    from spinesafe.interfaces.cli.cases import run_cases

    raise typer.Exit(run_cases(folder, overlay, covered=covered))


@knowledge.command("schema", epilog="Example: [bold]spinesafe knowledge schema > knowledge.schema.json[/]")
def knowledge_schema() -> None:
    """Print the JSON schema of the knowledge files, for editors."""
    from spinesafe.rulebase.schema import schema as knowledge_shape
    from spinesafe.rulebase.schema import written

    typer.echo(written(knowledge_shape()), nl=False)
