"""Every link between the files of the repository leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = (link for link in LINK.findall(page.read_text(encoding="utf-8")) if not link.startswith(("http:", "https:", "mailto:")))
    assert [link for link in links if not (page.parent / link).exists()] == []
