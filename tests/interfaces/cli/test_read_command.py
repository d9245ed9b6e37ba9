"""`spinesafe read`: the marked text in the terminal and as a page, and what it says where it cannot read."""

import json
from pathlib import Path

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from spinesafe.interfaces.cli.main import app
from tests.intake.test_documents import pdf_file, word_file

NOTE = "58F. Low back pain for 3 weeks, worse since Monday. Denies fever. Mother had osteoporosis.\nМеня беспокоит спина уже давно.\n"


def read(*arguments: str, given: str | bytes | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["read", *arguments, "--as-of", "2026-11-24"], input=given, env={"COLUMNS": "120", "NO_COLOR": "1"})
    return done.exit_code, done.output


@pytest.fixture
def page(tmp_path: Path) -> LexborHTMLParser:
    out = tmp_path / "read.html"
    assert read("-", "--html", str(out), given=NOTE)[0] == 0
    return LexborHTMLParser(out.read_text(encoding="utf-8"))


def test_the_terminal_shows_findings_and_how_they_are_meant() -> None:
    code, shown = read("-", given=NOTE)
    assert code == 0
    assert any("fever" in line and "denied" in line for line in shown.splitlines())
    assert "neither English nor Chinese" in shown


@pytest.mark.parametrize(("language", "no", "tongue"), [("en", "no", "en"), ("zh", "否", "zh-Hans")])
def test_values_are_words_in_both_languages(language: str, no: str, tongue: str, tmp_path: Path) -> None:
    out = tmp_path / "read.html"
    read("-", "--html", str(out), "--lang", language, given=NOTE)
    tree = LexborHTMLParser(out.read_text(encoding="utf-8"))
    row = tree.css_first("#f-fever_or_chills")
    assert row is not None
    assert [cell.text() for cell in row.css("td")][1] == no
    assert tree.css_first(f'html[lang="{tongue}"]') is not None
    assert "false" not in tree.text()


def test_every_mark_leads_to_something_on_the_page(page: LexborHTMLParser) -> None:
    links = [link.attributes["href"] or "" for link in page.css("mark a")]
    assert links
    assert all(page.css_first(link) is not None for link in links)


def test_a_page_needs_nothing_else(page: LexborHTMLParser) -> None:
    html = page.html or ""
    assert not page.css("script, link, img, iframe")
    assert "http" not in html
    assert "@import" not in html
    assert "url(" not in html


def test_the_text_of_the_page_is_the_text_that_was_given(page: LexborHTMLParser) -> None:
    page.strip_tags(["sup"])
    for tip in page.css(".tip"):
        tip.decompose()
    shown = page.css_first(".text")
    assert shown is not None
    assert shown.text() == NOTE


def test_markup_in_a_note_stays_text(tmp_path: Path) -> None:
    out = tmp_path / "read.html"
    read("-", "--html", str(out), given="<script>alert(1)</script> I have had back pain for 3 weeks <u>and</u> no fever")
    assert not LexborHTMLParser(out.read_text(encoding="utf-8")).css("script, u")


def test_json_fits_the_published_schema() -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "reading"]).stdout)
    code, written = read("-", "--json", given=NOTE)
    report = json.loads(written)
    jsonschema.validate(report, schema)
    assert code == 0
    assert {"finding": "fever_or_chills", "value": "false", "words": "no", "context": "denied", "quote": "fever"} in report["facts"]
    assert all(report["text"][mark["start"] : mark["end"]].strip() for mark in report["marks"])


def test_files_of_people(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(word_file())
    assert "since yesterday" in read(str(tmp_path / "letter.docx"))[1]
    (tmp_path / "scan.pdf").write_bytes(pdf_file(["Back pain for 3 weeks, no fever.", None]))
    code, shown = read(str(tmp_path / "scan.pdf"))
    assert code == 0
    assert "pictures: 2" in shown


@pytest.mark.parametrize(
    "given",
    ["", "?!...", "🙂🙂", "Ich habe seit drei Wochen starke Schmerzen im Rücken.", "\x00\x01\x02" * 40],
    ids=["empty", "signs", "pictures", "German", "binary"],
)
def test_what_could_not_be_read_is_said(given: str) -> None:
    code, shown = read("-", given=given)
    assert code == 3
    assert "Traceback" not in shown
