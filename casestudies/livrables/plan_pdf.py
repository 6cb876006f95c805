"""The plan as an accessible PDF (PDF/UA-1), where typst is there; a browser without it prints the page instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casestudies.livrables.blocks import TableBlock, grids_of, paragraphs_of
from casestudies.livrables.figures import Picture
from casestudies.livrables.plan import AssembledPlan, PlanPart, Section
from casestudies.livrables.totals import amounts_of
from casestudies.livrables.words import CONTENTS, ESSENTIAL, NOT_YET, STATE, TO_COMPLETE

TALL = 3000
"""Letters of a line that may be too high for a page: it may be cut, where others stay whole."""
TEMPLATE = Path(__file__).with_name("plan.typ")


def pdf_of(plan: AssembledPlan) -> bytes | None:
    """Return the document; None where typst is not installed, as in a browser's Python.

    Raises
    ------
    CasekitError
        When it cannot be made.
    """
    try:
        from casestudies.typesetting import typeset
    except ImportError:
        return None
    pictures: list[bytes] = []
    page = {
        "title": plan.title, "heading": plan.heading, "version": "", "footer": plan.title, "page": "Page",
        "author": plan.author, "company": plan.company, "signature": plan.signature, "state": plan.state,
        "words": {"contents": CONTENTS, "essential": ESSENTIAL, "state": STATE},
        "figures": [list(one) for one in plan.summary.figures],
        "lines": [[title, list(some) or [NOT_YET]] for title, some in plan.summary.lines],
        "parts": [{"heading": heading, "blocks": list(_part(plan, part, pictures))} for heading, part in plan.numbered],
        "lacks": [[words, list(titles)] for words, titles in plan.lacks],
    }  # fmt: skip
    return typeset(TEMPLATE, page, plan.day, "Le plan", pictures)


def _part(plan: AssembledPlan, part: PlanPart, pictures: list[bytes]) -> Iterator[dict[str, Any]]:
    if part not in plan.parts and plan.foreword:
        yield {"kind": "soft", "text": plan.foreword}
    for section in part.sections:
        yield from _section(section, pictures)


def _section(section: Section, pictures: list[bytes]) -> Iterator[dict[str, Any]]:
    yield {"kind": "heading", "text": section.deliverable.title}
    if section.is_missing:
        yield {"kind": "soft", "text": TO_COMPLETE}
    for kind, lines in paragraphs_of(section.text):
        yield {"kind": "list" if kind == "ul" else "paragraph", "lines": lines}
    if section.picture:
        yield _image(section.picture, pictures)
    for grid in grids_of(section.deliverable, section.rows):
        yield _table(grid, section.deliverable.title)
    for text in amounts_of(section.deliverable, section.rows):
        yield {"kind": "strong", "text": text}
    for one, drawn in section.shared:
        yield {"kind": "heading", "text": one.grid.caption}
        yield _image(drawn, pictures)
        yield _table(one.grid, one.grid.caption)


def _image(picture: Picture, pictures: list[bytes]) -> dict[str, Any]:
    pictures.append(picture.png)
    return {"kind": "image", "place": str(len(pictures) - 1), "text": picture.text}


def _table(grid: TableBlock, heading: str) -> dict[str, Any]:
    """Return a table; a heading above it that says the same is not repeated in its caption."""
    return {
        "kind": "table", "caption": "" if grid.caption == heading else grid.caption, "header": list(grid.header),
        "lines": [list(line) for line in grid.lines], "numbers": [str(place) for place in grid.numbers],
        "small": "1" if grid.is_small else "",
        "breaks": ["1" if sum(map(len, line)) > TALL else "" for line in grid.lines],
        "shares": [f"{share:.4f}" for share in grid.shares],
    }  # fmt: skip
