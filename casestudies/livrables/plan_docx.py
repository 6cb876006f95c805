"""The plan as a Word document, to be retouched: headings, tables with a repeated header, described figures."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from casestudies.livrables.model import Field, Row
from casestudies.livrables.plan import Plan, Section, paragraphs_of
from casestudies.livrables.tables import caption_of, fields_of, groups_of, is_sheet, shown
from casestudies.typography import french

_WIDTH, _HEIGHT = Cm(26), Cm(14)
"""What a page holds, beneath a heading."""

_LETTERS = 120
"""How many letters of a table's text a page holds side by side."""

_SENTENCE = 80
"""From this length on, a cell's text is a sentence: longer ones do not make their column wider."""


def docx_of(plan: Plan) -> bytes:
    """Return the document."""
    document = Document()
    _settle(document, plan)
    document.add_heading(french(plan.title), 0)
    document.add_paragraph(plan.signature)
    if plan.missing:
        document.add_paragraph(french("Il manque encore :"))
        for title in plan.missing:
            document.add_paragraph(french(title), style="List Bullet")
    for number, part in enumerate(plan.parts, start=1):
        document.add_heading(f"{number}. {part.heading}", 1)
        for section in part.sections:
            _section(document, section)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _settle(document: Any, plan: Plan) -> None:
    """Set the language, the properties and a landscape page: tables are wide."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = french(plan.title), plan.author or "casekit", "fr-FR"
    properties.comments = ""
    properties.created = properties.modified = datetime(plan.day.year, plan.day.month, plan.day.day)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)


def _section(document: Any, section: Section) -> None:
    document.add_heading(french(section.deliverable.title), 2)
    if section.is_missing:
        document.add_paragraph("À compléter.")
    for kind, lines in paragraphs_of(section.text):
        for line in lines if kind == "ul" else ["\n".join(lines)]:
            document.add_paragraph(french(line), style="List Bullet" if kind == "ul" else None)
    if section.picture:
        drawn = document.add_picture(io.BytesIO(section.picture.png), height=_HEIGHT)
        if drawn.width > _WIDTH:
            drawn.width, drawn.height = _WIDTH, round(drawn.height * _WIDTH / drawn.width)
        drawn._inline.docPr.set("descr", section.picture.text)
    for group, rows in groups_of(section.deliverable, section.rows) if section.rows else ():
        _table(document, section, group, rows)


def _table(document: Any, section: Section, group: str, rows: list[Row]) -> None:
    fields = fields_of(section.deliverable, rows, group)
    if group:  # else the heading says it already
        caption = document.add_paragraph(caption_of(section.deliverable, group))
        caption.runs[0].bold = True
        caption.paragraph_format.keep_with_next = True
    if is_sheet(rows, fields):
        _sheet(document, rows[0], fields)
    else:
        _lines(document, rows, fields)
    document.add_paragraph()


def _sheet(document: Any, row: Row, fields: list[Field]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for one in fields:
        name, cell = table.add_row().cells
        name.paragraphs[0].add_run(french(one.label)).bold = True
        cell.text = shown(row.get(one.name), one)
    _settle_table(table, [Cm(6), Length(_WIDTH - Cm(6))])


def _lines(document: Any, rows: list[Row], fields: list[Field]) -> None:
    table = document.add_table(rows=1, cols=len(fields), style="Table Grid")
    for cell, one in zip(table.rows[0].cells, fields, strict=True):
        cell.paragraphs[0].add_run(french(one.label)).bold = True
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in rows:
        for cell, one in zip(table.add_row().cells, fields, strict=True):
            cell.text = shown(row.get(one.name), one)
    columns = [[cell.text for cell in column.cells] for column in table.columns]
    _settle_table(table, _widths(columns))


def _widths(columns: list[list[str]]) -> list[Length]:
    """Share the width of the page: the longest word of each column, then more for those that hold sentences."""
    least = [max((len(word) for text in texts for word in text.split()), default=1) + 3 for texts in columns]
    wanted = [max(low, min(max(map(len, texts)), _SENTENCE)) for low, texts in zip(least, columns, strict=True)]
    left, asked = max(_LETTERS - sum(least), 0), max(sum(wanted) - sum(least), 1)
    shares = [low + left * (most - low) / asked for low, most in zip(least, wanted, strict=True)]
    return [Length(round(_WIDTH * share / sum(shares))) for share in shares]


def _settle_table(table: Any, widths: list[Length]) -> None:
    """Set the widths of the columns, write small, and keep each row on one page."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
