"""The dossier de valorisation as a Word document, to be completed: the same texts as the PDF."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from docx.shared import Pt, RGBColor

from casestudies.docx_kit import WIDTH_CM, add_bullets, add_labels, add_table, new_document, saved
from casestudies.settling import settled

_SOFT = RGBColor(0x55, 0x60, 0x6D)
_LABEL_CM = 3.6
_FRAME_CM = 1.35
"""How high a frame to write in is, at least."""


def docx_of(page: Mapping[str, Any], day: date) -> bytes:
    """Return the document of a dossier, from its texts."""
    data = settled(page)
    document = new_document(data["title"], day, data["author"], footer=data["footer"])
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.add_heading(data["title"], 1)
    add_labels(document, data["header"])
    for note in data["notes"]:
        _soft(document, note)
    overview = data["overview"]
    document.add_heading(overview["title"], 2)
    add_table(document, overview["header"], overview["rows"], (WIDTH_CM - 7, 1.5, 1.8, 3.7), size_pt=9)
    if data["beside"]["texts"]:
        document.add_heading(data["beside"]["title"], 2)
        add_bullets(document, data["beside"]["texts"])
    if data["practice"]:
        _practice(document, data["practice"])
    for bloc in data["blocs"]:
        document.add_heading(bloc["title"], 2).paragraph_format.page_break_before = True
        for competency in bloc["competencies"]:
            _competency(document, competency)
    if data["grids"]:
        _grids(document, data["grids"])
    document.add_heading(data["signature"]["title"], 2)
    signing = [(name, "") for name in data["signature"]["rows"]]
    add_table(document, data["signature"]["header"], signing, (WIDTH_CM / 2, WIDTH_CM / 2), row_height_cm=1.7)
    return saved(document)


def _practice(document: Any, part: Mapping[str, Any]) -> None:
    document.add_heading(part["title"], 2)
    for text in part["texts"]:
        document.add_paragraph(text).paragraph_format.keep_with_next = True
    height = 0.9 if part["blank"] else 0
    add_table(document, part["header"], part["rows"], (5, 3.1, 2.9, WIDTH_CM - 11), row_height_cm=height, size_pt=9.5)


def _competency(document: Any, competency: Mapping[str, Any]) -> None:
    document.add_heading(competency["title"], 3)
    for told in competency["told"]:
        if told["heading"]:
            document.add_heading(told["heading"], 4)
        add_labels(document, told["written"])
        if told["frames"]:
            widths = (_LABEL_CM, WIDTH_CM - _LABEL_CM)
            add_table(document, None, told["frames"], widths, row_height_cm=_FRAME_CM, size_pt=9.5, together=True)
            document.add_paragraph().paragraph_format.space_after = Pt(0)
    for one in competency["lists"]:
        title = document.add_paragraph()
        title.add_run(one["title"]).bold = True
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_after = Pt(2)
        add_bullets(document, one["texts"])


def _grids(document: Any, part: Mapping[str, Any]) -> None:
    document.add_heading(part["title"], 2)
    if part["note"]:
        document.add_paragraph(part["note"])
    for grid in part["grids"]:
        document.add_heading(grid["title"], 3)
        document.add_paragraph(grid["text"]).paragraph_format.keep_with_next = True
        add_table(document, part["header"], grid["rows"], (1.6, 3.2, WIDTH_CM - 4.8), size_pt=9.5)


def _soft(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.italic, run.font.color.rgb = True, _SOFT
