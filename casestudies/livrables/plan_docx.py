"""The plan as a Word document, to be retouched: headings, tables with a repeated header, described figures."""

from typing import Any

from casestudies.docx_kit import add_bullets, add_picture, add_table, new_document, saved
from casestudies.livrables.model import Row
from casestudies.livrables.plan import AssembledPlan, Section, paragraphs_of
from casestudies.livrables.tables import caption_of, column_shown, fields_of, groups_of, is_sheet, shown
from casestudies.typography import french

_WIDTH_CM, _HEIGHT_CM = 26.0, 14.0
"""What a page holds, beneath a heading."""

_LETTERS = 120
"""How many letters of a table's text a page holds side by side."""

_SENTENCE = 80
"""From this length on, a cell's text is a sentence: longer ones do not make their column wider."""


def docx_of(plan: AssembledPlan) -> bytes:
    """Return the document."""
    title = french(plan.title)
    document = new_document(title, plan.day, plan.author or "casekit", footer=title, landscape=True)
    document.add_heading(title, 0)
    document.add_paragraph(plan.signature)
    for words, titles in (("Il manque encore :", plan.missing), ("À compléter :", plan.to_complete)):
        if titles:
            document.add_paragraph(french(words))
            add_bullets(document, map(french, titles))
    for number, part in enumerate(plan.parts, start=1):
        document.add_heading(f"{number}. {part.heading}", 1)
        for section in part.sections:
            _section(document, section)
    return saved(document)


def _section(document: Any, section: Section) -> None:
    document.add_heading(french(section.deliverable.title), 2)
    if section.is_missing:
        document.add_paragraph("À compléter.")
    for kind, lines in paragraphs_of(section.text):
        for line in lines if kind == "ul" else ["\n".join(lines)]:
            document.add_paragraph(french(line), style="List Bullet" if kind == "ul" else None)
    if section.picture:
        add_picture(document, section.picture.png, section.picture.text, _WIDTH_CM, _HEIGHT_CM)
    for group, rows in groups_of(section.deliverable, section.rows) if section.rows else ():
        _table(document, section, group, rows)


def _table(document: Any, section: Section, group: str, rows: list[Row]) -> None:
    fields = fields_of(section.deliverable, rows, group)
    if group:  # else the heading says it already
        caption = document.add_paragraph(caption_of(section.deliverable, group))
        caption.runs[0].bold = True
        caption.paragraph_format.keep_with_next = True
    header = [french(one.label) for one in fields]
    if is_sheet(rows, fields):
        sheet = [(label, shown(rows[0].get(one.name), one)) for label, one in zip(header, fields, strict=True)]
        add_table(document, None, sheet, (6, _WIDTH_CM - 6), size_pt=9)
    else:
        lines = [list(line) for line in zip(*(column_shown(rows, one) for one in fields), strict=True)]
        numbers = [place for place, one in enumerate(fields) if one.type == "nombre"]
        add_table(document, header, lines, _widths([header, *lines]), size_pt=9, numbers=numbers)
    document.add_paragraph()


def _widths(lines: list[list[str]]) -> list[float]:
    """Share the width of the page: the longest word of each column, then more for those that hold sentences."""
    columns = list(zip(*lines, strict=True))
    least = [max((len(word) for text in texts for word in text.split()), default=1) + 3 for texts in columns]
    wanted = [max(low, min(max(map(len, texts)), _SENTENCE)) for low, texts in zip(least, columns, strict=True)]
    left, asked = max(_LETTERS - sum(least), 0), max(sum(wanted) - sum(least), 1)
    shares = [low + left * (most - low) / asked for low, most in zip(least, wanted, strict=True)]
    return [_WIDTH_CM * share / sum(shares) for share in shares]
