"""The commands. What each needs is imported when it runs, so that starting stays quick."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from spinesafe.interfaces.cli.knowledge_commands import knowledge
from spinesafe.interfaces.cli.options import AsOf, Language, LanguageChoice
from spinesafe.version import __version__

app = typer.Typer(
    name="spinesafe",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="May hands be laid on this spine today? Where should this person go, and how fast? Not a diagnosis; not clinically validated.",
    epilog="Start with: [bold]spinesafe ask[/], or [bold]spinesafe screen examples/[/]",
)
app.add_typer(knowledge, name="knowledge")


class ClaimsGroup(TyperGroup):
    """Commands about claims. What is none of them is a text to check."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the library's own context
        """Reads the arguments of the command line."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["check", *args]
        return super().parse_args(context, args)


claims = typer.Typer(
    cls=ClaimsGroup,
    no_args_is_help=True,
    help="Is this text honest? `spinesafe claims FILE...` finds, quotes and judges what it claims about spine care.",
)
app.add_typer(claims, name="claims")


class ExportChoice(StrEnum):
    """What the knowledge can be exported as."""

    CQL = "cql"
    ELM = "elm"
    FHIR = "fhir"
    MARKDOWN = "markdown"
    SQL = "sql"
    DMN = "dmn"


class ResultChoice(StrEnum):
    """The results that have a published schema."""

    ASSESSMENT = "assessment"
    CLAIMS = "claims"
    READING = "reading"


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context, *, version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False
) -> None:
    """Options of the program itself."""
    if version:
        typer.echo(f"spinesafe {__version__}")
        raise typer.Exit
    del context


@app.command(
    epilog="Examples: [bold]spinesafe screen answers.yaml[/] · [bold]spinesafe screen record.json --lang zh[/] · "
    "[bold]cat many.jsonl | spinesafe screen - --json[/]",
)
def screen(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Answers, FHIR records, JSON Lines, or folders of them; - reads stdin.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="The Assessment as JSON, one line a person (schema: spinesafe schema).")] = False,
    language: Language = LanguageChoice.EN,
    as_of: AsOf = None,
    technique: Annotated[
        list[str] | None, typer.Option("--technique", help="A planned technique, in place of what the input plans.")
    ] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="A planned region, in place of what the input plans.")] = None,
    after: Annotated[bool, typer.Option("--after", help="Follow-up during and after a treatment: adds the stop criteria.")] = False,
    closed_world: Annotated[
        bool, typer.Option("--closed-world", help="Read what a text does not mention by the defaults; refused for records and answers.")
    ] = False,
    table: Annotated[bool, typer.Option("--table", help="One line a person, even for one.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show long lists whole.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with a code for the gravest result (see the documentation).")
    ] = False,
) -> None:
    """Screen people: how fast they must be seen, where, and what hands may do.

    Exit codes: 0 decided; 3 for at least one input nothing was decided; 2 wrong use. With --exit-code: 0 go ahead, 10 with limits, 11 wait,
    12 diagnose first, 13 stop, 20 urgent, 30 emergency; 3 still means not decided, and comes before all others.
    """
    from spinesafe.interfaces.cli.screen import ScreenCommand

    command = ScreenCommand(
        language=language.value,
        as_of=as_of or date.today(),  # noqa: DTZ011 - the person's own day
        techniques=technique or [],
        regions=region or [],
        after=after,
        closed_world=closed_world,
        everything=everything,
    )
    raise typer.Exit(command.run(paths, as_json=json, as_table=table, outcome_code=exit_code))


@app.command(epilog="Example: [bold]spinesafe ask --lang zh[/]")
def ask(
    *,
    language: Language = LanguageChoice.EN,
    as_of: AsOf = None,
    clinician: Annotated[bool, typer.Option("--clinician", help="A clinician answers: examination findings are asked in full.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show long lists whole.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the Assessment as JSON at the end.")] = False,
) -> None:
    """Interview one person in the terminal, the most important questions first."""
    from spinesafe.interfaces.cli.ask import interview

    interview(language.value, as_of or date.today(), clinician=clinician, everything=everything, as_json=json)  # noqa: DTZ011


@app.command(epilog="Examples: [bold]spinesafe read note.txt[/] · [bold]spinesafe read letter.docx --html read.html[/]")
def read(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A text, docx, pdf or html file; - reads stdin.")],
    *,
    page: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML file instead.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON instead (schema: spinesafe schema reading).")] = False,
    language: Language = LanguageChoice.EN,
    as_of: AsOf = None,
) -> None:
    """Show what is read in a text: its words marked, each with its finding and how it is meant."""
    from spinesafe.interfaces.cli.read import read_file

    raise typer.Exit(read_file(path, language.value, as_of or date.today(), page, as_json=json))  # noqa: DTZ011


@app.command(epilog='Examples: [bold]spinesafe terms "bone spurs in the neck"[/] · [bold]spinesafe terms 颈椎病 --lang zh[/]')
def terms(
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS...", help="Any name of a disease, in either language.")] = None,
    *,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="List every disease that a passage names.")] = None,
    table: Annotated[bool, typer.Option("--table", help="One line a disease, even for one.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON a disease.")] = False,
    language: Language = LanguageChoice.EN,
) -> None:
    """Find the condition that a name means: its codes, service and urgency, and what to ask where it could be several."""
    from spinesafe.interfaces.cli.terms import show_terms

    if not words and file is None:
        raise typer.BadParameter("give a name, or a passage with --file")
    text = file.read_text(encoding="utf-8") if file is not None else None
    raise typer.Exit(show_terms(" ".join(words or []), language.value, as_json=json, text=text, as_table=table))


@app.command(epilog="Examples: [bold]spinesafe schema > assessment.schema.json[/] · [bold]spinesafe schema claims[/]")
def schema(
    result: Annotated[
        ResultChoice, typer.Argument(metavar="[assessment|claims|reading]", help="Of which result.")
    ] = ResultChoice.ASSESSMENT,
) -> None:
    """Print the JSON schema of a result, as --json writes it: of `spinesafe screen`, of `spinesafe claims`, or of `spinesafe read`."""
    typer.echo(written_schema(result))


def written_schema(result: ResultChoice) -> str:
    """The schema of a result as it is published."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(result_schema(shape_of(result))), indent=2).decode()


def shape_of(result: ResultChoice) -> type:
    """The shape of a result."""
    from spinesafe.interfaces.cli.read_report import ReadReport
    from spinesafe.model.assessment import Assessment
    from spinesafe.model.claim_report import ClaimReport

    return {ResultChoice.ASSESSMENT: Assessment, ResultChoice.CLAIMS: ClaimReport, ResultChoice.READING: ReadReport}[result]


def result_schema(shape: type) -> dict[str, Any]:
    """The schema of a result shape, with its version."""
    import msgspec

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "version": __version__, **msgspec.json.schema(shape)}


@app.command(epilog="Examples: [bold]spinesafe export cql out/[/] · [bold]spinesafe export markdown out/[/]")
def export(
    kind: Annotated[ExportChoice, typer.Argument(metavar="cql|elm|fhir|markdown|sql", help="What to write.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; made if it is not there.")],
) -> None:
    """Write the knowledge for other engines, for health records, or for a clinician to sign.

    cql and elm: the whole logic, with every finding as a parameter. fhir: R4 resources, from the rules to the form of all questions.
    markdown: decision tables in English and Chinese, one line a rule, as Markdown and HTML. sql: a table of people, and the query that
    decides for all of them, for DuckDB. There is no DMN: no public engine was found
    that reads DMN 1.3 and keeps "not known" apart from "no".
    """
    from spinesafe.interfaces.cli.export import write_export

    raise typer.Exit(write_export(kind.value, folder))


@app.command(
    epilog="Examples: [bold]spinesafe prove[/] · [bold]spinesafe prove no_consent_no_clearance --lang zh[/] · "
    "[bold]spinesafe prove --overlay our-hospital/[/]",
)
def prove(
    laws: Annotated[list[str] | None, typer.Argument(metavar="[LAW...]", help="The theorems to prove; all if none is named.")] = None,
    *,
    overlay: Annotated[
        Path | None, typer.Option("--overlay", metavar="DIR", help="Prove the built-in knowledge with this local overlay laid on it.")
    ] = None,
    counter_examples: Annotated[
        Path, typer.Option("--counter-examples", metavar="DIR", help="Where to write a counter-example; made when there is one.")
    ] = Path("counter-examples"),
    everything: Annotated[
        bool, typer.Option("--all", help="Of each theorem what it rests on, what it does not promise, and its list; so for one alone.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", min=0, help="How long the solver may think about one question.")
    ] = 60,
    json: Annotated[bool, typer.Option("--json", help="The whole report as JSON, at the end.")] = False,
    language: Language = LanguageChoice.EN,
) -> None:
    """Prove the safety laws of everybody in every state of knowledge: not of samples. Needs the extra `proofs`.

    Exit codes: 0 all proved; 1 at least one not proved, with a counter-example where there is somebody to show; 2 wrong use. What the
    solver cannot decide in time counts as not proved. An overlay is accepted only if all theorems still hold with it.
    """
    from spinesafe.interfaces.cli.prove import ProveCommand

    command = ProveCommand(
        language=language.value, overlay=overlay, counter_examples=counter_examples, everything=everything, seconds=seconds
    )
    raise typer.Exit(command.run(tuple(laws or ()), as_json=json))


@claims.command(
    "check",
    epilog="Examples: [bold]spinesafe claims page.html --html report.html[/] · [bold]spinesafe claims docs/*.md --format github "
    "--fail-on caution[/]",
)
def check_claims(
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="Text, Markdown, HTML, docx, pdf or JSON Lines; - reads stdin.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON for each text.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page that needs nothing else.")] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="sarif|github|claimreview", help="For other programs.")] = None,
    fail_on: Annotated[str | None, typer.Option("--fail-on", metavar="caution|danger", help="Exit with 1 from this alert on.")] = None,
    jurisdiction: Annotated[
        list[str] | None, typer.Option("--jurisdiction", metavar="cn|uk|us|eu", help="Only this law; may repeat.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="advert|provider_page|education|private_post", help="Who speaks, if known.")
    ] = None,
    language: Language = LanguageChoice.EN,
    second_opinion: Annotated[
        str | None, typer.Option("--second-opinion", metavar="URL", help="Ask a model there too (OpenAI-compatible); changes nothing.")
    ] = None,
    second_model: Annotated[str, typer.Option("--second-model", help="Which model to ask.")] = "default",
) -> None:
    """Check texts. Exit codes: 0 read; 1 an alert that --fail-on names; 3 at least one text could not be read; 2 wrong use."""
    from spinesafe.interfaces.cli.claims import ClaimsCommand

    options = {
        "language": language.value,
        "speaker": speaker,
        "jurisdictions": jurisdiction or None,
        "fail_on": fail_on,
        "second": second_opinion,
        "second_model": second_model,
    }
    raise typer.Exit(checked(ClaimsCommand, options).run(paths, as_json=json, html=html, form=chosen(form, FORMS, "--format")))


@claims.command("explain", epilog="Example: [bold]spinesafe claims explain C-PUSHBACK --lang zh[/]")
def explain_claim(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of a claim, as a report shows it.")],
    *,
    language: Language = LanguageChoice.EN,
) -> None:
    """Show all that the knowledge says about one claim."""
    from spinesafe.interfaces.cli.claims import explain

    raise typer.Exit(explain(name, language.value))


@claims.command("list", epilog="Example: [bold]spinesafe claims list[/]")
def list_claims(*, language: Language = LanguageChoice.EN) -> None:
    """List every claim that is known."""
    from spinesafe.interfaces.cli.claims import list_claims as listed

    raise typer.Exit(listed(language.value))


FORMS = ("sarif", "github", "claimreview")


def checked(kind: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401 - any command with its options
    """A command, its options checked against their types."""
    import msgspec

    try:
        return msgspec.convert(options, kind)
    except msgspec.ValidationError as error:
        raise typer.BadParameter(str(error)) from error


def chosen(value: str | None, among: tuple[str, ...], option: str) -> str | None:
    """A value of an option that has few."""
    if value is not None and value not in among:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(among)}", param_hint=option)
    return value


def main() -> None:
    """Run the command line. Knowledge that is damaged, or a library of an extra that is not installed, is named, not traced."""
    try:
        app()
    except ImportError as error:
        if "extra" not in str(error):
            raise
        typer.echo(str(error), err=True)
        raise SystemExit(2) from error
    except Exception as error:
        from spinesafe.rulebase.problems import KnowledgeError

        if not isinstance(error, KnowledgeError):
            raise
        typer.echo(f"The knowledge cannot be used, so nothing was decided.\n{error}", err=True)
        raise SystemExit(2) from error
