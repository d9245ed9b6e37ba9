"""Draws the picture of a result that stands in the README: run by `make docs`."""

import io
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text as Line

from spinesafe.intake.fhir import read_fhir
from spinesafe.interfaces.cli.assessment_view import AssessmentView
from spinesafe.screening import built_in

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "acute_herniation_day_5.json"
PICTURE = ROOT / "docs" / "images" / "result.svg"
AS_OF = date(2026, 11, 24)
WIDTH, LINES = 96, 34
PAPER = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [(36, 41, 47), (190, 30, 45), (20, 120, 70), (150, 100, 0), (30, 90, 170), (140, 50, 140), (0, 120, 130), (110, 119, 129)],
)


def main() -> None:
    """Write the picture."""
    screener = built_in()
    reading = read_fhir(EXAMPLE.read_bytes(), screener.rulebase, AS_OF)[0]
    view = AssessmentView(screener.rulebase, "en")
    whole = Console(file=io.StringIO(), width=WIDTH, highlight=False, force_terminal=True, color_system="truecolor")
    whole.print(view.whole(screener.screen(reading, AS_OF), EXAMPLE.stem))
    printed = whole.file.getvalue().splitlines()[:LINES]  # type: ignore[attr-defined]
    page = Console(file=io.StringIO(), width=WIDTH, record=True, force_terminal=True, color_system="truecolor")
    for line in printed:
        page.print(Line.from_ansi(line.replace("  ", "\u00a0\u00a0").replace(" •", "\u00a0•")))
    # No font is fetched from elsewhere: the reader's own fixed-width font does.
    svg = page.export_svg(title="spinesafe screen examples/acute_herniation_day_5.json", theme=PAPER, unique_id="result")
    head, _, rest = svg.partition("@font-face")
    svg = head + rest[rest.index(".result-matrix") :] if rest else svg
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg.replace("Fira Code", "ui-monospace, Menlo, DejaVu Sans Mono"), encoding="utf-8")


if __name__ == "__main__":
    main()
