"""The jury's record as a Word document, to be completed: the same texts as the PDF."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docx.shared import Pt

from casestudies.docx_kit import WIDTH_CM, add_bullets, add_labels, add_table, new_document, saved

COMMENT_LINES = 2
"""Empty lines left for a free comment."""
SMALL_PT = 9
"""Size of the letters in tables: no word of a header is cut, even in a wider font than the document asks for."""


def as_docx(page: Mapping[str, Any], day: date) -> bytes:
    """Return the document of a record, from its texts once settled."""
    document = new_document(page["title"], day, footer=page["footer"])
    document.add_heading(page["title"], 1)
    add_labels(document, page["header"])
    write_table(document, page["members"], (4.4, 3, 2.6, 3.6, WIDTH_CM - 13.6), SMALL_PT)
    for part in (page["remarks"], page["reminders"]):
        write_bullets(document, part)
    write_table(document, page["undecided"], (4, 1.8, 2.4, WIDTH_CM - 8.2), SMALL_PT)
    last = len(page["summary"]["header"]) - 2
    write_table(document, page["summary"], (3.4, 2.8, *[(WIDTH_CM - 6.2) / last] * last), SMALL_PT)
    _decisions(document, page["decisions"])
    write_bullets(document, page["rules"])
    write_signatures(document, page["signatures"], height_cm=1.7)
    return saved(document)


def write_table(document: Any, part: Mapping[str, Any], widths_cm: Sequence[float], size_pt: float = 0) -> None:
    """Write a part's title, its notes and its table, or what it says when there is none."""
    document.add_heading(part["title"], 2)
    for note in part.get("notes", ()):
        document.add_paragraph(note).paragraph_format.keep_with_next = bool(part["rows"])
    if part["rows"]:
        add_table(document, part["header"], part["rows"], widths_cm, size_pt=size_pt)
    else:
        document.add_paragraph(part["empty"])


def write_signatures(document: Any, part: Mapping[str, Any], height_cm: float) -> None:
    """Write a part's title and the boxes to sign in."""
    document.add_heading(part["title"], 2)
    signing = [(name, "") for name in part["rows"]]
    add_table(document, part["header"], signing, (WIDTH_CM / 2, WIDTH_CM / 2), row_height_cm=height_cm, together=True)


def write_bullets(document: Any, part: Mapping[str, Any]) -> None:
    """Write a part's title and its list, nothing when the list is empty."""
    if part["texts"]:
        document.add_heading(part["title"], 2)
        add_bullets(document, part["texts"])


def _decisions(document: Any, part: Mapping[str, Any]) -> None:
    document.add_heading(part["title"], 2)
    document.add_paragraph(part["note"])
    for candidate in part["candidates"]:
        document.add_heading(candidate["name"], 3)
        document.add_paragraph("\n".join(candidate["facts"])).paragraph_format.keep_with_next = True
        boxes = "  ".join(f"□\N{NO-BREAK SPACE}{name}" for name in part["boxes"])
        rows = [
            (
                row["bloc"],
                row["proposed"],
                "\n".join(row["reasons"]),
                f"{boxes}\n{part['votes']}\n{part['reason']}\n\n" if row["open"] else "\n".join(row["decided"]),
            )
            for row in candidate["rows"]
        ]
        add_table(document, part["header"], rows, (3.5, 2.8, WIDTH_CM - 11.1, 4.8), size_pt=SMALL_PT)
        comment = document.add_paragraph(part["quality"] + "\n" * COMMENT_LINES)
        comment.paragraph_format.space_before = Pt(6)
