"""One document per candidate for whoever must edit it: styles alone, headings, repeated table heads, A4."""

from datetime import UTC, datetime, time
from functools import partial
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from autograder.sheets import wording
from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from casestudies.docx_kit import add_bullets, add_table, describe, saved

HEAD, CELL, FACTS = "casekit Tête de tableau", "casekit Cellule", "casekit Relecture"
"""The styles that the sheets add to Word's own; whoever edits a sheet changes them once for the whole document."""

_table = partial(add_table, styles=(HEAD, CELL))


def as_docx(sheet: Sheet) -> bytes:
    """Return the document of one candidate."""
    text = on_paper(sheet)
    words = text["words"]
    document = Document()
    _set_up(document, sheet, text)
    document.add_heading(text["heading"], 1)
    _table(document, None, text["header"], (4.0, 13.8))
    document.add_paragraph(text["summary"], style="Intense Quote")
    document.add_heading(words["criteria"], 2)
    _table(document, words["criteria_header"], text["criteria"], (1.9, 6.4, 1.8, 1.7, 1.9, 1.5, 2.6))
    document.add_heading(words["competencies"], 2)
    rows = [
        (code, statement, ", ".join(criteria), verdict) for code, statement, criteria, verdict in text["competencies"]
    ]
    _table(document, words["competencies_header"], rows, (1.6, 9.2, 4.2, 2.8))
    document.add_heading(text["bloc"]["title"], 2)
    document.add_paragraph(text["bloc"]["text"])
    _said(document, text, words)
    titled = (
        ("incidents", (3.8, 7.0, 7.0)), ("mistakes", (2.0, 13.8, 2.0)), ("evidence", (2.0, 8.0, 2.3, 5.5)),
        ("sources", (4.0, 6.0, 4.2, 1.8, 1.8)),
    )  # fmt: skip
    for name, widths in titled:
        if text[name]:
            document.add_heading(words[name], 2)
            _table(document, words[f"{name}_header"], text[name], widths)
    document.add_heading(words["rules"], 2)
    add_bullets(document, text["rules"])
    return saved(document)


def _said(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    """Write the reasons, the reviews and the free comment."""
    if text["reasons"]:
        document.add_heading(words["reasons"], 2)
    for row in text["reasons"]:
        document.add_heading(row["code"], 3)
        add_bullets(document, row["texts"])
    if text["reviews"]:
        document.add_heading(words["reviews"], 2)
    for row in text["reviews"]:
        document.add_heading(row["title"], 3)
        if row["facts"]:
            document.add_paragraph(row["facts"], style=FACTS)
        for line in row["texts"]:
            document.add_paragraph(line)
    if text["qualities"]:
        document.add_heading(words["qualities"], 2)
        for line in text["qualities"]:
            document.add_paragraph(line)


def _set_up(document: Any, sheet: Sheet, text: dict[str, Any]) -> None:
    """Set the page, the language, the styles, the foot of the pages and what the file says of itself."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.6)
    page.top_margin, page.bottom_margin = Cm(1.8), Cm(1.9)
    styles = document.styles
    styles["Normal"].font.size = Pt(10)
    for name, size, bold in ((HEAD, 9, True), (CELL, 9, False), (FACTS, 9, False)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_after = Pt(2)
    styles[FACTS].font.italic = True
    page.footer.paragraphs[0].text = text["footer"]
    noon = datetime.combine(sheet.date, time(12), tzinfo=UTC).replace(tzinfo=None)
    describe(document, text["title"], "", noon, wording.title(sheet), text["version"])
