"""One document per candidate for whoever must edit it: styles alone, headings, repeated table heads, A4."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from autograder.sheets import wording
from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper

HEAD, CELL, FACTS = "casekit Tête de tableau", "casekit Cellule", "casekit Relecture"
"""The styles that the sheets add to Word's own; whoever edits a sheet changes them once for the whole document."""


def as_docx(sheet: Sheet) -> bytes:
    """Return the document of one candidate."""
    text = on_paper(sheet)
    words = text["words"]
    document = Document()
    _set_up(document, sheet, text)
    document.add_heading(text["heading"], 1)
    _table(document, (4.0, 13.8), None, text["header"])
    document.add_paragraph(text["summary"], style="Intense Quote")
    document.add_heading(words["criteria"], 2)
    names = ("code", "statement", "points", "auto", "review", "level", "verdict")
    rows = [[row[name] for name in names] for row in text["criteria"]]
    _table(document, (1.9, 6.4, 1.8, 1.7, 1.9, 1.5, 2.6), words["criteria_header"], rows)
    document.add_heading(words["competencies"], 2)
    rows = [[row["code"], row["statement"], ", ".join(row["criteria"]), row["verdict"]] for row in text["competencies"]]
    _table(document, (1.6, 9.2, 4.2, 2.8), words["competencies_header"], rows)
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
            _table(document, widths, words[f"{name}_header"], text[name])
    document.add_heading(words["rules"], 2)
    _list(document, text["rules"])
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _said(document: Any, text: dict[str, Any], words: dict[str, Any]) -> None:
    """Write the reasons, the reviews and the free comment."""
    if text["reasons"]:
        document.add_heading(words["reasons"], 2)
    for row in text["reasons"]:
        document.add_heading(row["code"], 3)
        _list(document, row["texts"])
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
    language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "fr-FR")
    for name, size, bold in ((HEAD, 9, True), (CELL, 9, False), (FACTS, 9, False)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_after = Pt(2)
    styles[FACTS].font.italic = True
    page.footer.paragraphs[0].text = text["footer"]
    about = document.core_properties
    about.title, about.language, about.author = text["title"][:255], "fr-FR", ""
    about.subject, about.comments, about.keywords = wording.title(sheet)[:255], "", text["version"][:255]
    about.created = about.modified = datetime.combine(sheet.date, time(12), tzinfo=UTC).replace(tzinfo=None)


def _table(document: Any, widths: Sequence[float], head: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> None:
    """Add a table, ``widths`` in cm (17.8 between the margins); its head, when it has one, is repeated on each page."""
    lines = [*([head] if head else []), *rows]
    table = document.add_table(len(lines), len(widths), style="Table Grid")
    table.autofit = False
    head_style, cell_style = (document.styles[name].style_id for name in (HEAD, CELL))
    for number, (line, cells) in enumerate(zip(table.rows, lines, strict=True)):
        first = head is not None and number == 0
        for column, (cell, text) in enumerate(zip(line.cells, cells, strict=True)):
            cell.width = Cm(widths[column])
            paragraph = cell.paragraphs[0]
            # by its identifier: by its name, the library looks it up among all the others, for every cell
            paragraph._p.style = head_style if first or (head is None and column == 0) else cell_style
            paragraph.text = text
        _mark(line, "w:cantSplit")
        if first:
            _mark(line, "w:tblHeader")


def _mark(line: Any, name: str) -> None:
    """Set a property of a table's line that the library does not name."""
    line._tr.get_or_add_trPr().append(OxmlElement(name))


def _list(document: Any, texts: Iterable[str]) -> None:
    for text in texts:
        document.add_paragraph(text, style="List Bullet")
