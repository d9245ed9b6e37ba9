"""The command: kinds of input, output for people and programs, exit codes."""

import json
from pathlib import Path

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from spinesafe.interfaces.cli.main import app
from tests.intake.test_documents import pdf_file

FALSE = "Our therapist presses the slipped disc back between the vertebrae. Order today."
FINE = "See a doctor before anyone massages your back."


def run(*arguments: str, given: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["claims", *arguments], input=given, env={"COLUMNS": "120", "NO_COLOR": "1"})
    return done.exit_code, done.output


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "advert.txt"
    path.write_text(FALSE, encoding="utf-8")
    return str(path)


def test_the_terminal_shows_the_claim_and_why(text: str) -> None:
    code, shown = run(text)
    assert code == 0
    assert "C-PUSHBACK" in shown
    assert "May breach" in shown


def test_fail_on(text: str) -> None:
    assert run(text, "--fail-on", "caution")[0] == 1
    assert run(text, "--fail-on", "danger")[0] == 0
    assert run("-", "--fail-on", "caution", given=FINE)[0] == 0
    assert run(text, "--fail-on", "lightning")[0] == 2


def test_json_lines_in_and_out() -> None:
    given = "\n".join(json.dumps({"id": name, "text": words}) for name, words in (("a", FALSE), ("b", FINE)))
    code, shown = run("-", "--json", given=given)
    first, second = map(json.loads, shown.splitlines())
    assert (code, first["id"], first["alert"], second["id"], second["alert"]) == (0, "a", "caution", "b", "none")
    claim = first["claims"][0]
    assert FALSE[claim["start"] : claim["end"]] == claim["quote"]
    assert (claim["type"], claim["claim"], claim["stance"], claim["verdict"]) == ("mechanical_reduction", "C-PUSHBACK", "asserted", "false")


def test_a_page_needs_nothing_else(text: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(text, "--html", str(page), "--lang", "zh")[0] == 0
    written = page.read_text(encoding="utf-8")
    assert 'lang="zh-Hans"' in written
    assert 'tabindex="0"' in written
    assert "<script" not in written
    assert "http" not in written.replace("http-equiv", "")


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    run("-", "--html", str(page), given=f"<b onclick=x>{FALSE}</b>")
    assert "<b onclick" not in page.read_text(encoding="utf-8")


def test_sarif_names_the_place(text: str) -> None:
    report = json.loads(run(text, "--format", "sarif")[1])
    result = report["runs"][0]["results"][0]
    assert result["ruleId"] == "C-PUSHBACK"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_annotations_of_a_workflow(text: str) -> None:
    assert run(text, "--format", "github")[1].startswith("::warning file=")


def test_claim_review(text: str) -> None:
    graph = json.loads(run(text, "--format", "claimreview")[1])["@graph"]
    assert graph[0]["@type"] == "ClaimReview"
    assert graph[0]["reviewRating"]["alternateName"] == "false"


@pytest.mark.parametrize("form", ["sarif", "github", "claimreview", "json", "terminal"])
def test_what_could_not_be_read_is_said_and_fails(form: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.bin"
    path.write_bytes(b"\x00\x01\x02" * 100)
    options = {"json": ["--json"], "terminal": []}.get(form, ["--format", form])
    assert run(str(path), *options)[0] == 3


def test_a_page_of_html_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><nav>menu</nav><p>{FALSE}</p></body></html>", encoding="utf-8")
    code, shown = run(str(path), "--json")
    assert (code, json.loads(shown)["alert"]) == (0, "caution")


def test_explain_and_list() -> None:
    assert "Advertising Law" in run("explain", "c-pushback")[1]
    assert run("explain", "C-NOTHING")[0] == 1
    assert "C-RADICAL" in run("list")[1]


def test_json_fits_the_published_schema(text: str, tmp_path: Path) -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "claims"]).stdout)
    (tmp_path / "german.txt").write_text("Ich habe seit drei Wochen starke Schmerzen im Rücken.", encoding="utf-8")
    _, shown = run(text, str(tmp_path / "german.txt"), "--json")
    reports = [json.loads(line) for line in shown.splitlines()]
    for report in reports:
        jsonschema.validate(report, schema)
    assert [report["alert"] for report in reports] == ["caution", None]


def test_what_cannot_be_read_of_a_document_is_said(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf_file([FALSE, None]))
    code, shown = run(str(tmp_path / "scan.pdf"), "--json")
    assert (code, json.loads(shown)["alert"]) == (0, "caution")
    assert "pictures: 2" in json.loads(shown)["warnings"][0]["en"]


def test_a_part_in_another_script_is_said() -> None:
    _, shown = run("-", "--json", given=f"{FALSE}\nМы вправляем диск на место за один сеанс.")
    assert "neither English nor Chinese" in json.loads(shown)["warnings"][0]["en"]


def test_the_page_has_a_card_and_a_law_for_every_mark(text: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    run(text, "--html", str(page))
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    links = [str(link.attributes["href"]) for link in tree.css("mark a, .panel a")]
    assert links
    assert all(tree.css_first(link) is not None for link in links)
    assert [label.attributes["for"] for label in tree.css(".tabs label")] == [field.attributes["id"] for field in tree.css(".tabs input")]
    assert "Advertising Law" in tree.css(".panel")[1].text()
    assert all(article.attributes["tabindex"] == "0" for article in tree.css("article"))
