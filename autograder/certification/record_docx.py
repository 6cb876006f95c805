"""The jury's record as a Word document, to be completed: the same texts as the PDF."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from casestudies.docx_kit import WIDTH_CM, add_bullets, add_labels, add_table, new_document, saved

COMMENT_LINES = 2
"""Empty lines left for a free comment."""


def as_docx(page: Mapping[str, Any], day: date) -> bytes:
    """Return the document of a record, from its texts once settled."""
    document = new_document(page["title"], day, footer=page["footer"])
    document.add_heading(page["title"], 1)
    add_labels(document, page["header"])
    write_table(document, page["members"], (5, 2.8, 2.2, 3.2, WIDTH_CM - 13.2))
    for part in (page["remarks"], page["reminders"]):
        write_bullets(document, part)
    write_table(document, page["undecided"], (4, 1.8, 2.4, WIDTH_CM - 8.2))
    last = len(page["summary"]["header"]) - 2
    write_table(document, page["summary"], (4, 3, *[(WIDTH_CM - 7) / last] * last))
    _decisions(document, page["decisions"])
    write_bullets(document, page["rules"])
    write_signatures(document, page["signatures"], height_cm=1.7)
    return saved(document)


def write_table(document: Any, part: Mapping[str, Any], widths_cm: Sequence[float]) -> None:
    """Write a part's title, its notes and its table, or what it says when there is none."""
    document.add_heading(part["title"], 2)
    for note in part.get("notes", ()):
        document.add_paragraph(note)
    if part["rows"]:
        add_table(document, part["header"], part["rows"], widths_cm)
    else:
        document.add_paragraph(part["empty"])


def write_signatures(document: Any, part: Mapping[str, Any], height_cm: float) -> None:
    """Write a part's title and the boxes to sign in."""
    document.add_heading(part["title"], 2)
    signing = [(name, "") for name in part["rows"]]
    add_table(document, part["header"], signing, (WIDTH_CM / 2, WIDTH_CM / 2), row_height_cm=height_cm)


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
        for text in candidate["facts"]:
            document.add_paragraph(text).paragraph_format.keep_with_next = True
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
        add_table(document, part["header"], rows, (3.6, 2.5, WIDTH_CM - 10.9, 4.8))
        document.add_paragraph(part["quality"] + "\n" * COMMENT_LINES)
