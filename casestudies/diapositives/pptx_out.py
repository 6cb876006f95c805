"""The slides as a PowerPoint file: titles that screen readers find, notes, described figures, tables with a header."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from casestudies.diapositives.fitting import CELL_X_PT, CELL_Y_PT, fit
from casestudies.diapositives.layouts import (
    CLOCK_AT,
    COVER,
    EXCERPTED,
    LANGUAGE,
    PICTURED,
    PIECE_AT,
    PROOF_AT,
    QUOTED,
    SOURCE_AT,
    TABLED,
    add_feet,
    blank_deck,
    layout_named,
    speak_french,
)
from casestudies.diapositives.model import Deck, Excerpt, Slide, SlideTable
from casestudies.diapositives.notes import cover_notes, notes_of
from casestudies.diapositives.page import COVER_SIZES, COVER_TITLE, EMPHASIS, INK, PIECE, SOFT, cover_lines, worded
from casestudies.livrables.figures import Picture
from casestudies.studio.palette import BLUE

MARK = "casekit"
"""Who changed the file last: another name is there once people have retouched it."""
_STRONG, _SOFT, _INK = (RGBColor.from_string(colour.lstrip("#")) for colour in (BLUE, SOFT, INK))
_HEADER, _LINE = RGBColor(0xE8, 0xED, 0xF3), RGBColor(0xFF, 0xFF, 0xFF)


def pptx_of(deck: Deck) -> bytes:
    """Return the file."""
    file = blank_deck()
    _describe(file, deck)
    _cover(file, deck)
    for slide in deck.slides:
        _slide(file, deck, slide)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def is_retouched(content: bytes) -> bool:
    """Whether somebody else than the kit saved a file of slides last; one that cannot be read counts as such."""
    from pptx import Presentation

    try:
        return bool(Presentation(io.BytesIO(content)).core_properties.last_modified_by != MARK)
    except Exception:  # the library has no error of its own for what is no presentation: all are told from ours
        return True


def _describe(file: Any, deck: Deck) -> None:
    about, moment = file.core_properties, datetime(deck.day.year, deck.day.month, deck.day.day)
    about.title, about.author, about.last_modified_by = f"{deck.title} : {deck.company}", deck.author or MARK, MARK
    about.language, about.subject, about.keywords, about.comments = LANGUAGE, "Soutenance", "", ""
    about.created = about.modified = moment


def _cover(file: Any, deck: Deck) -> None:
    page = file.slides.add_slide(layout_named(file, COVER))
    title = fit(deck.title, COVER_TITLE.width, COVER_TITLE.height, COVER_SIZES)
    _write(page.shapes.title, [[(title.text, {"size": title.size_pt})]])
    _write(page.placeholders[PROOF_AT], [[(line, {})] for line in cover_lines(deck)])
    _notes(page, cover_notes(deck))
    speak_french(page)


def _slide(file: Any, deck: Deck, slide: Slide) -> None:
    shown, words = slide.proof.shown, worded(deck, slide)
    kind = {Picture: PICTURED, SlideTable: TABLED, Excerpt: EXCERPTED}.get(type(shown), QUOTED)
    page = file.slides.add_slide(layout_named(file, kind))
    blank = {"italic": True, "colour": _SOFT}
    _write(page.shapes.title, [[(words.title.text, {"size": words.title.size_pt, **({} if slide.message else blank)})]])
    size = words.proof.size_pt
    large = {"size": round(size * EMPHASIS), "bold": True, "colour": _STRONG}
    plain = {"size": size, **({} if slide.proof.text else blank)}
    _write(page.placeholders[PROOF_AT], [[(text, large if number else plain) for text, number in words.runs]])
    if isinstance(shown, Picture):
        _picture(page, shown)
    elif isinstance(shown, SlideTable):
        _table(page, shown)
    elif isinstance(shown, Excerpt):
        _write(page.placeholders[PIECE_AT], [[(line, {"size": shown.size_pt})] for line in shown.text.split("\n")])
    for place, text in ((SOURCE_AT, words.label or words.source), (CLOCK_AT, slide.clock)):
        holder = page.placeholders[place]
        page.shapes._spTree.append(holder._element)  # read after what is shown
        if text:
            _write(holder, [[(text, {})]])
        else:
            holder._element.getparent().remove(holder._element)
    add_feet(page, words.foot, words.number)
    _notes(page, notes_of(deck, slide))
    speak_french(page)


def _write(holder: Any, paragraphs: Iterable[Iterable[tuple[str, dict[str, Any]]]]) -> None:
    """Write paragraphs made of runs, each with its size (points), weight, slant and colour."""
    frame = holder.text_frame
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        for text, look in runs:
            run = paragraph.add_run()
            run.text = text
            if "size" in look:
                run.font.size = Pt(look["size"])
            if "colour" in look:
                run.font.color.rgb = look["colour"]
            for name in ("bold", "italic"):
                if name in look:
                    setattr(run.font, name, look[name])


def _picture(page: Any, shown: Picture) -> None:
    drawn = page.placeholders[PIECE_AT].insert_picture(io.BytesIO(shown.png))
    drawn.crop_left = drawn.crop_right = drawn.crop_top = drawn.crop_bottom = 0
    wide, high = drawn.image.size
    scale = min(PIECE.width / wide, PIECE.height / high)
    drawn.width, drawn.height = Pt(wide * scale), Pt(high * scale)
    drawn.left = Pt(PIECE.left + (PIECE.width - wide * scale) / 2)
    drawn.top = Pt(PIECE.top + (PIECE.height - high * scale) / 2)
    _describe_shape(drawn, shown.text)


def _table(page: Any, shown: SlideTable) -> None:
    grid = shown.grid
    frame = page.placeholders[PIECE_AT].insert_table(len(grid.lines) + 1, len(grid.header))
    frame.left, frame.top, frame.width = Pt(PIECE.left), Pt(PIECE.top), Pt(PIECE.width)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for column, share in zip(table.columns, grid.shares, strict=True):
        column.width = Pt(PIECE.width * share)
    for line in table.rows:
        line.height = Pt(shown.size_pt * 1.2 + CELL_Y_PT)
    frame.height = sum(line.height for line in table.rows)
    for number, texts in enumerate((grid.header, *grid.lines)):
        for place, text in enumerate(texts):
            cell = table.cell(number, place)
            cell.margin_left = cell.margin_right = Pt(CELL_X_PT / 2)
            cell.margin_top = cell.margin_bottom = Pt(CELL_Y_PT / 2)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _HEADER if number == 0 else _LINE
            _write(cell, [[(text, {"size": shown.size_pt, "bold": number == 0, "colour": _INK})]])
            if place in grid.numbers:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    _describe_shape(frame, shown.text)


def _describe_shape(shape: Any, text: str) -> None:
    shape._element._nvXxPr.cNvPr.set("descr", text)


def _notes(page: Any, lines: Iterable[str]) -> None:
    frame = page.notes_slide.notes_text_frame
    frame.text = "\n".join(lines)
    speak_french(page.notes_slide)
