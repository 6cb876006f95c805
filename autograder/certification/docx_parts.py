"""What the jury's Word documents share: language, A4 page, page numbers, tables with a repeated header."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

MARGIN_CM = 1.8
WIDTH_CM = 21 - 2 * MARGIN_CM
"""What an A4 page holds between its margins."""


def new_document(title: str, day: date, footer: str) -> Any:
    """Return an empty document: French, A4, its title and the pages' numbers set."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language, properties.comments = title, "casekit", "fr-FR", ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{footer} · Page ")
    _number(foot, "PAGE")
    foot.add_run(" / ")
    _number(foot, "NUMPAGES")
    return document


def add_header(document: Any, lines: Iterable[tuple[str, str]]) -> None:
    """Add what a document is about: a line for each name, in bold, and its text."""
    for name, text in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}\N{NO-BREAK SPACE}: ").bold = True
        paragraph.add_run(text)


def add_table(
    document: Any, header: Sequence[str], rows: Iterable[Sequence[str]], widths_cm: Sequence[float],
    row_height_cm: float = 0,
) -> Any:  # fmt: skip
    """Add a table whose header is repeated on each page and whose rows stay whole."""
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for texts in rows:
        line = table.add_row()
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
        if row_height_cm:
            line.height, line.height_rule = Cm(row_height_cm), WD_ROW_HEIGHT_RULE.AT_LEAST
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def add_list(document: Any, texts: Iterable[str]) -> None:
    """Add a list of sentences."""
    for text in texts:
        document.add_paragraph(text, style="List Bullet")


def saved(document: Any) -> bytes:
    """Return the document's file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _number(paragraph: Any, field: str) -> None:
    """Add a field that the word processor counts: a page's number, or how many there are."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)
