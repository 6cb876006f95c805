"""One document per candidate for whoever must edit it: styles alone, headings, repeated table heads, A4."""

from datetime import UTC, datetime, time
from functools import partial
from itertools import batched
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from autograder.sheets import wording
from autograder.sheets.issuer import Logo
from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from casestudies.docx_kit import add_bullets, add_picture, add_table, describe, saved

HEAD, CELL, FACTS = "casekit Tête de tableau", "casekit Cellule", "casekit Relecture"
"""The styles that the sheets add to Word's own; whoever edits a sheet changes them once for the whole document."""
DENSE = 12
"""Most criteria with which the first page takes letters of the usual size."""

_table = partial(add_table, styles=(HEAD, CELL))


def as_docx(sheet: Sheet) -> bytes:
    """Return the document of one candidate."""
    text = on_paper(sheet)
    document = Document()
    _set_up(document, sheet, text)
    add_logo(document, sheet.centre.issuer.logo, text["logo"])
    _first_page(document, text, text["words"])
    document.add_heading(text["words"]["annex"], 1).paragraph_format.page_break_before = True
    _annex(document, text, text["words"])
    return saved(document)


def add_logo(document: Any, logo: Logo | None, alternative: str) -> None:
    """Add the logo, to the right; a Word document takes a PNG alone."""
    if logo and logo.is_png:
        add_picture(document, logo.content, alternative, width_cm=4, height_cm=1.1)
        document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _first_page(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    document.add_heading(text["heading"], 1)
    pairs = [[cell for pair in two for cell in pair] for two in batched(text["header"], 2)]
    facts = _table(document, None, [[*line, *[""] * (4 - len(line))] for line in pairs], (3.0, 6.0, 3.0, 5.8))
    for cell in facts.column_cells(2):
        cell.paragraphs[0].style = document.styles[HEAD]
    document.add_heading(words["criteria"], 2)
    widths = (1.6, 8.5, 1.8, 2.0, 1.5, 2.4) if len(text["criteria"]) > DENSE else (1.7, 7.1, 2.1, 2.4, 1.8, 2.7)
    _table(document, words["criteria_header"], text["criteria"], widths)
    if text["automatic"]:
        document.add_paragraph(text["automatic"], style=FACTS)
    document.add_heading(text["bloc"]["title"], 2)
    document.add_paragraph(text["bloc"]["text"], style=CELL)
    document.add_paragraph(text["bloc"]["competencies"], style=CELL)
    _table(document, (words["comment"],), [(text["comment"],)], (17.8,), row_height_cm=1)
    document.add_heading(words["signatures"], 2)
    signing = [(who, name, "") for who, name in text["signatures"]]
    _table(document, words["signatures_header"], signing, (6.2, 5.2, 6.4), row_height_cm=1, together=True)


def _annex(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    _reasons(document, text, words)
    if text["competencies"]:
        document.add_heading(words["competencies"], 2)
        rows = [(code, said, ", ".join(criteria), verdict) for code, said, criteria, verdict in text["competencies"]]
        _table(document, words["competencies_header"], rows, (1.6, 9.2, 4.2, 2.8))
    _reviews(document, text, words)
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


def _reasons(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    if text["reasons"]:
        document.add_heading(words["reasons"], 2)
    for row in text["reasons"]:
        document.add_heading(row["code"], 3)
        add_bullets(document, row["texts"])


def _reviews(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    """Write the reviews, and the free comment when the first page could not hold it."""
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
    page.top_margin = page.bottom_margin = Cm(1.2)
    page.header_distance = page.footer_distance = Cm(0.6)
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size, before in (("Heading 1", 13, 0), ("Heading 2", 11, 6), ("Heading 3", 10, 6)):
        styles[name].font.size = Pt(size)
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(3)
    small = 7.5 if len(sheet.criteria) > DENSE else 9.0
    for name, letters, bold in ((HEAD, small, True), (CELL, small, False), (FACTS, 9.0, False)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold = Pt(letters), bold
        style.paragraph_format.space_after = Pt(0 if small < 9 else 2)
        style.paragraph_format.line_spacing = 1
    styles[FACTS].font.italic = True
    page.footer.paragraphs[0].text = text["footer"]
    noon = datetime.combine(sheet.date, time(12), tzinfo=UTC).replace(tzinfo=None)
    describe(document, text["title"], "", noon, wording.title(sheet), text["version"])
