"""The brief and the documents of every company: complete, short where they must be, true where they quote a ratio."""

import re
from pathlib import Path

import pytest

from casestudies.company import COMPANIES, company_class, company_folder
from casestudies.market.web_audit import contrast, rgb
from casestudies.names import named

FIELD = re.compile(r"\{(\w+)\}")
CODE = re.compile(r"`(#[0-9A-Fa-f]{6})`")
RATIO = re.compile(r"([\d,]+)\s:\s1")
CHARTERS = {slug for slug in COMPANIES if slug != "treziflow"}
"""Companies whose charter quotes ratios of contrast."""


def pages(slug: str) -> list[Path]:
    """Return the brief, then the documents."""
    folder = company_folder(slug)
    return [folder / "brief.md", *sorted((folder / "documents").glob("*.md"))]


def written(path: Path) -> str:
    """Return a text with the names of the companies; its other fields stay."""
    return named(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_brief_is_a_short_email(slug: str) -> None:
    brief = written(pages(slug)[0])
    assert re.match(r"# Objet\s: \S", brief)
    assert len(brief.split()) <= 150


@pytest.mark.parametrize("slug", COMPANIES)
def test_every_page_has_a_title_and_every_field_a_value(slug: str) -> None:
    fields = company_class(slug)().fields()
    for path in pages(slug):
        text = written(path)
        assert text.startswith("# "), path.name
        assert set(FIELD.findall(text)) <= set(fields), path.name
        assert "{" not in text.format_map(fields), path.name


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_notes_on_the_exports_name_every_table(slug: str) -> None:
    notes = written(company_folder(slug) / "documents" / "notes-export.md")
    assert [name for name in company_class(slug).specs() if f"`{name}`" not in notes] == []


def grounds(header: str, rows: list[list[str]]) -> list[str]:
    """Return the code of each colour that « Contraste sur … » names: beside it, in the table, or white."""
    codes = {row[0]: CODE.search(row[1]) for row in rows}
    found = []
    for title in re.findall(r"Contraste sur ([^|]+?)\s*\|", header):
        code = CODE.search(title) or codes.get(title)
        found.append(code[1] if code else {"blanc": "#FFFFFF"}[title])
    return found


@pytest.mark.parametrize("slug", sorted(CHARTERS))
def test_the_contrasts_of_the_charter_are_right(slug: str) -> None:
    page = next(path for path in pages(slug) if path.name.startswith("charte"))
    lines = page.read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if "Contraste sur" in line)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "`#" in line and line != header]
    papers, quoted = grounds(header, rows), 0
    for row in rows:
        code = CODE.search(row[1])
        for paper, ratio in zip(papers, RATIO.findall(" | ".join(row[2:])), strict=False):
            assert code is not None
            true = contrast(rgb(code[1]), rgb(paper))
            assert float(ratio.replace(",", ".")) == pytest.approx(true, abs=0.006), (code[1], paper)
            quoted += 1
    assert len(papers) == 2
    assert quoted >= 8
