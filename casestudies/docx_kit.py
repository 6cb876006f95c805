"""What the kit's Word documents share: language, page, lists, tables with a repeated header, described pictures."""

import io
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

MARGIN_CM = 1.8
WIDTH_CM = 21 - 2 * MARGIN_CM
"""What an A4 page holds between its margins."""


def new_document(title: str, day: date, author: str = "casekit", footer: str = "", landscape: bool = False) -> Any:
    """Return an empty document: French, A4, what it says of itself; ``footer`` comes with the pages' numbers."""
    document = Document()
    describe(document, title, author, datetime(day.year, day.month, day.day))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    if footer:
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{footer} · Page ")
        _number(foot, "PAGE")
        foot.add_run(" / ")
        _number(foot, "NUMPAGES")
    return document


def describe(document: Any, title: str, author: str, moment: datetime, subject: str = "", keywords: str = "") -> None:
    """Set the language of a document, and what its file says of itself."""
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "fr-FR")
    about = document.core_properties
    about.title, about.author, about.language = title[:255], author, "fr-FR"
    about.subject, about.keywords, about.comments = subject[:255], keywords[:255], ""
    about.created = about.modified = moment


def add_labels(document: Any, lines: Iterable[tuple[str, str]]) -> None:
    """Add what a document is about: a line for each name, in bold, and its text."""
    for name, text in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}\N{NO-BREAK SPACE}: ").bold = True
        paragraph.add_run(text)


def add_table(
    document: Any, header: Sequence[str] | None, rows: Iterable[Sequence[str]], widths_cm: Sequence[float],
    row_height_cm: float = 0, size_pt: float = 0, styles: tuple[str, str] | None = None, numbers: Collection[int] = (),
    together: bool = False,
) -> Any:  # fmt: skip
    """Add a table whose rows stay whole and whose header is repeated on each page.

    Without a ``header``, the first column holds the headings. Headings are in bold, unless ``styles`` names the styles
    of headings and of other cells. The columns ``numbers``, from 0, are set to the right.
    A table that is kept ``together`` goes to the next page whole.
    """
    lines = [*([] if header is None else [header]), *rows]
    table = document.add_table(len(lines), len(widths_cm), style="Table Grid")
    table.autofit = False
    # by their identifiers: by name, the library looks a style up among all the others, for every cell
    by_id = tuple(document.styles[name].style_id for name in styles) if styles else ()
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for number, (line, texts) in enumerate(zip(table.rows, lines, strict=True)):
        first = header is not None and number == 0
        for column, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            cell.width = Cm(widths_cm[column])
            _write(cell.paragraphs[0], text, first or (header is None and column == 0), size_pt, by_id)
            if column in numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number + 1 < len(lines) and (first or together):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        _mark(line, "w:cantSplit")
        if first:
            _mark(line, "w:tblHeader")
        elif row_height_cm:
            line.height, line.height_rule = Cm(row_height_cm), WD_ROW_HEIGHT_RULE.AT_LEAST
    return table


def add_bullets(document: Any, texts: Iterable[str]) -> None:
    """Add a list of sentences."""
    for text in texts:
        document.add_paragraph(text, style="List Bullet")


def add_contents(document: Any, title: str, headings: Iterable[str]) -> None:
    """Add a table of contents: the headings of the first level, to which a word processor adds the pages when asked.

    Its title is no heading, so that the table does not name itself.
    """
    first = document.add_paragraph()
    run = first.add_run(title)
    run.bold, run.font.size = True, Pt(14)
    lines = [document.add_paragraph(heading) for heading in headings]
    if not lines:
        return
    _field(lines[0], "begin", place=0)
    _field(lines[0], "", 'TOC \\o "1-1" \\h \\z \\u', place=1)
    _field(lines[0], "separate", place=2)
    _field(lines[-1], "end")


def add_picture(document: Any, png: bytes, alternative: str, width_cm: float, height_cm: float) -> None:
    """Add a picture with its alternative text, as high as said and no wider."""
    drawn = document.add_picture(io.BytesIO(png), height=Cm(height_cm))
    if drawn.width > Cm(width_cm):
        drawn.width, drawn.height = Cm(width_cm), round(drawn.height * Cm(width_cm) / drawn.width)
    drawn._inline.docPr.set("descr", alternative)


def saved(document: Any) -> bytes:
    """Return the document's file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write(paragraph: Any, text: str, is_heading: bool, size_pt: float, styles: tuple[str, ...]) -> None:
    run = paragraph.add_run(text)
    if styles:
        paragraph._p.style = styles[0 if is_heading else 1]
    elif is_heading:
        run.bold = True
    if size_pt:
        run.font.size = Pt(size_pt)


def _mark(line: Any, name: str) -> None:
    """Set a property of a table's line that the library does not name."""
    line._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(paragraph: Any, mark: str, code: str = "", place: int | None = None) -> None:
    """Add a mark of a field that holds paragraphs (« begin », « separate », « end »), or its code."""
    run = OxmlElement("w:r")
    inside = OxmlElement("w:fldChar" if mark else "w:instrText")
    if mark:
        inside.set(qn("w:fldCharType"), mark)
    else:
        inside.set(qn("xml:space"), "preserve")
        inside.text = code
    run.append(inside)
    runs = paragraph._p.findall(qn("w:r"))
    if place is None:
        paragraph._p.append(run)
    else:
        runs[place].addprevious(run)


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
