"""The plan as a Word document, to be retouched: headings, tables with a repeated header, described figures."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from casestudies.livrables.model import Row
from casestudies.livrables.plan import TITLE, Plan, Section, paragraphs_of
from casestudies.livrables.tables import caption_of, fields_of, groups_of, shown
from casestudies.typography import french


def docx_of(plan: Plan) -> bytes:
    """Return the document."""
    document = Document()
    _settle(document, plan)
    document.add_heading(french(TITLE), 0)
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
    properties.title, properties.author, properties.language = french(TITLE), plan.author or "casekit", "fr-FR"
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


def _section(document: Any, section: Section) -> None:
    document.add_heading(french(section.deliverable.title), 2)
    if section.is_missing:
        document.add_paragraph("À compléter.")
    for kind, lines in paragraphs_of(section.text):
        for line in lines if kind == "ul" else ["\n".join(lines)]:
            document.add_paragraph(french(line), style="List Bullet" if kind == "ul" else None)
    if section.picture:
        drawn = document.add_picture(io.BytesIO(section.picture.png), width=Cm(24))
        drawn._inline.docPr.set("descr", section.picture.text)
    for group, rows in groups_of(section.deliverable, section.rows) if section.rows else ():
        _table(document, section, group, rows)


def _table(document: Any, section: Section, group: str, rows: list[Row]) -> None:
    fields = fields_of(section.deliverable, section.rows, group)
    caption = document.add_paragraph(caption_of(section.deliverable, group))
    caption.runs[0].bold = True
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(fields), style="Table Grid")
    for cell, one in zip(table.rows[0].cells, fields, strict=True):
        cell.paragraphs[0].add_run(french(one.label)).bold = True
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in rows:
        for cell, one in zip(table.add_row().cells, fields, strict=True):
            cell.text = shown(row.get(one.name), one)
    document.add_paragraph()
