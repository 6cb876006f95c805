"""The slides as pages with their notes beneath (PDF/UA-1), where typst is there."""

from pathlib import Path
from typing import Any

from casestudies.diapositives.fitting import fit
from casestudies.diapositives.model import Deck, Excerpt, Slide, SlideTable
from casestudies.diapositives.notes import cover_notes, notes_of
from casestudies.diapositives.page import COVER_SIZES, COVER_TITLE, EMPHASIS, cover_lines, worded
from casestudies.livrables.figures import Picture

TEMPLATE = Path(__file__).with_name("diapositives.typ")


def pdf_of(deck: Deck) -> bytes | None:
    """Return the pages; None where typst is not installed, as in a browser's Python.

    Raises
    ------
    CasekitError
        When they cannot be made.
    """
    try:
        from casestudies.typesetting import typeset
    except ImportError:
        return None
    pictures: list[bytes] = []
    title = fit(deck.title, COVER_TITLE.width, COVER_TITLE.height, COVER_SIZES)
    page = {
        "title": f"{deck.title} : {deck.company}", "author": deck.author, "version": "", "page": "Page",
        "footer": deck.footer, "words": {"notes": "Notes"},
        "cover": {"title": title.text, "size": str(title.size_pt), "lines": list(cover_lines(deck)),
                  "notes": list(cover_notes(deck))},
        "slides": [_slide(deck, slide, pictures) for slide in deck.slides],
    }  # fmt: skip
    return typeset(TEMPLATE, page, deck.day, "Le PDF des diapositives", pictures)


def _slide(deck: Deck, slide: Slide, pictures: list[bytes]) -> dict[str, Any]:
    words = worded(deck, slide)
    return {
        "title": words.title.text, "title-size": str(words.title.size_pt), "blank": "" if slide.message else "1",
        "runs": [[text, "1" if number else ""] for text, number in words.runs],
        "size": str(words.proof.size_pt), "large": str(round(words.proof.size_pt * EMPHASIS)),
        "proof-blank": "" if slide.proof.text else "1", "label": words.label, "source": words.source,
        "clock": slide.clock, "foot": words.foot, "number": words.number, "shown": _shown(slide, pictures),
        "notes": list(notes_of(deck, slide)),
    }  # fmt: skip


def _shown(slide: Slide, pictures: list[bytes]) -> dict[str, Any]:
    shown = slide.proof.shown
    if isinstance(shown, Picture):
        pictures.append(shown.png)
        return {"kind": "image", "place": str(len(pictures) - 1), "text": shown.text}
    if isinstance(shown, SlideTable):
        grid = shown.grid
        return {
            "kind": "table", "size": str(shown.size_pt), "header": list(grid.header),
            "lines": [list(line) for line in grid.lines], "numbers": [str(place) for place in grid.numbers],
            "shares": [f"{share:.4f}" for share in grid.shares],
        }  # fmt: skip
    if isinstance(shown, Excerpt):
        return {"kind": "excerpt", "size": str(shown.size_pt), "lines": shown.text.split("\n")}
    return {"kind": ""}
