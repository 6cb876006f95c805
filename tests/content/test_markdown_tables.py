"""Tables of texts have a word in each header cell: a screen reader reads it before every cell of the column."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = sorted(
    path
    for folder in ("notebooks", "casestudies", "autograder/authoring/skeleton")
    for path in (ROOT / folder).rglob("*.md")
)
_HEADER = re.compile(r"^(\|.*\|)[ \t]*\n\|(?:[ :]*-+[ :]*\|)+[ \t]*$", re.MULTILINE)


def headers(text: str) -> list[list[str]]:
    """Return the header cells of each table of a Markdown text."""
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in _HEADER.findall(text)]


def test_headers_are_found() -> None:
    assert headers("Un texte.\n\n| | b |\n|---|:--:|\n| 1 | 2 |\n") == [["", "b"]]
    assert sum(bool(headers(path.read_text(encoding="utf-8"))) for path in TEXTS) > 8


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_header_cell_is_empty(path: Path) -> None:
    assert [row for row in headers(path.read_text(encoding="utf-8")) if not all(row)] == []
