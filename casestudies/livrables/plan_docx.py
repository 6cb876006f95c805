"""The plan as a Word document, to be retouched: a cover, headings, tables with a repeated header, described figures."""

from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt, RGBColor

from casestudies.docx_kit import (
    add_bullets,
    add_contents,
    add_picture,
    add_table,
    new_document,
    saved,
)
from casestudies.livrables.blocks import TableBlock, grids_of, paragraphs_of
from casestudies.livrables.plan import AssembledPlan, Section
from casestudies.livrables.summary import Summary
from casestudies.livrables.totals import amounts_of
from casestudies.livrables.words import CONTENTS, ESSENTIAL, NOT_YET, STATE, TO_COMPLETE
from casestudies.typography import french

_WIDTH_CM = 26.0
"""What a page holds side by side."""
_PICTURE_CM = (20.0, 12.0)
"""The largest picture: under two headings, it leaves room for a table."""
_TITLES_CM = 5.0
_SOFT = RGBColor(0x55, 0x60, 0x6D)


def docx_of(plan: AssembledPlan) -> bytes:
    """Return the document."""
    title = french(plan.title)
    document = new_document(title, plan.day, plan.author or "casekit", footer=title, landscape=True)
    document.sections[0].different_first_page_header_footer = True
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    _cover(document, plan)
    held = bool(plan.summary.figures or plan.summary.lines)
    add_contents(
        document,
        CONTENTS,
        [*([ESSENTIAL] if held else []), *(heading for heading, _ in plan.numbered), *([STATE] if plan.lacks else [])],
    )
    if held:
        _summary(document, plan.summary)
    for heading, part in plan.numbered:
        document.add_heading(heading, 1)
        if part not in plan.parts and plan.foreword:
            _soft(document, plan.foreword)
        for section in part.sections:
            _section(document, section)
    if plan.lacks:
        document.add_heading(STATE, 1)
        for words, titles in plan.lacks:
            document.add_paragraph(words).paragraph_format.keep_with_next = True
            add_bullets(document, titles)
    return saved(document)


def _cover(document: Any, plan: AssembledPlan) -> None:
    head = document.add_paragraph()
    head.paragraph_format.space_before = Cm(4.5)
    company = head.add_run(plan.company)
    company.font.size, company.font.color.rgb = Pt(14), _SOFT
    document.add_heading(french(plan.heading), 0)
    document.add_paragraph(plan.signature)
    if plan.state:
        _soft(document, plan.state)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _soft(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.italic, run.font.color.rgb = True, _SOFT


def _summary(document: Any, summary: Summary) -> None:
    document.add_heading(ESSENTIAL, 1)
    if summary.figures:
        each = _WIDTH_CM / len(summary.figures)
        table = add_table(
            document,
            [title for title, _ in summary.figures],
            [[words for _, words in summary.figures]],
            [each] * len(summary.figures),
            size_pt=9.5,
        )
        for cell in table.rows[1].cells:
            run = cell.paragraphs[0].runs[0]
            run.font.size, run.bold = Pt(13), True
        document.add_paragraph()
    if summary.lines:
        lines = [(title, "\n".join(some) or NOT_YET) for title, some in summary.lines]
        add_table(document, None, lines, (_TITLES_CM, _WIDTH_CM - _TITLES_CM), size_pt=9.5)


def _section(document: Any, section: Section) -> None:
    document.add_heading(french(section.deliverable.title), 2)
    if section.is_missing:
        _soft(document, TO_COMPLETE)
    for kind, lines in paragraphs_of(section.text):
        for line in lines if kind == "ul" else ["\n".join(lines)]:
            document.add_paragraph(french(line), style="List Bullet" if kind == "ul" else None)
    if section.picture:
        add_picture(document, section.picture.png, section.picture.text, *_PICTURE_CM)
    for grid in grids_of(section.deliverable, section.rows):
        _table(document, grid)
    for text in amounts_of(section.deliverable, section.rows):
        total = document.add_paragraph()
        total.paragraph_format.space_before = Pt(6)
        total.add_run(text).bold = True
    for one, drawn in section.shared:
        document.add_heading(one.grid.caption, 2)
        add_picture(document, drawn.png, drawn.text, *_PICTURE_CM)
        _table(document, one.grid, captioned=False)


def _table(document: Any, grid: TableBlock, captioned: bool = True) -> None:
    if grid.caption and captioned:  # else the heading says it already
        caption = document.add_paragraph(grid.caption)
        caption.runs[0].bold = True
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(3)
    widths = [_WIDTH_CM * share for share in grid.shares]
    header, small = grid.header or None, grid.is_small
    add_table(document, header, grid.lines, widths, size_pt=9, numbers=grid.numbers, together=small)
