"""How a slide is laid out: its rooms, in points of a page of 960 × 540, and its colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from casestudies.diapositives.fitting import BOLD, Fitted, fit
from casestudies.diapositives.model import NO_PROOF, Deck, Slide, SlideTable, runs_of
from casestudies.typography import NBSP, french

WIDE, HIGH = 960, 540
INK, SOFT = "1F3A5F", "55606D"
"""Colours of texts, beside those of charts."""


@dataclass(frozen=True)
class Room:
    """A place on the slide, in points from its left upper corner."""

    left: float
    top: float
    width: float
    height: float


TITLE = Room(48, 26, 864, 84)
QUOTE, LABEL = Room(48, 130, 864, 280), Room(48, 420, 864, 52)
"""The proof and what it comes from, where nothing is shown of it."""
BAND = Room(48, 116, 864, 60)
"""The proof, above what is shown of it."""
PIECE = Room(48, 184, 864, 272)
SOURCE = Room(48, 460, 864, 24)
FOOT, CLOCK, NUMBER = Room(48, 500, 480, 24), Room(540, 500, 280, 24), Room(832, 500, 80, 24)
COVER_TITLE, COVER_LINES = Room(80, 130, 800, 130), Room(80, 276, 800, 190)
FOOT_PT, SOURCE_PT, QUOTE_SOURCE_PT = 12, 14, 20
EMPHASIS = 1.5
"""How much larger a number is than the words around it."""
TITLE_SIZES, QUOTE_SIZES, BAND_SIZES = (32, 28, 24, 20), (54, 44, 36, 32, 28, 24, 20), (28, 24, 20, 18, 16)
_MARKS_PT = 48
"""What quotation marks take of a line."""
COVER_SIZES: Sequence[float] = (48, 40, 32, 28)


@dataclass(frozen=True)
class Worded:
    """The texts of one slide as they fit: ``label`` says under a quoted proof where it comes from, ``source`` below."""

    title: Fitted
    proof: Fitted
    label: str
    source: str
    foot: str
    number: str

    @property
    def runs(self) -> list[tuple[str, bool]]:
        """The proof in pieces, each with whether it is a number: one keeps its unit on its line."""
        return [(text.replace(" ", NBSP) if number else text, number) for text, number in runs_of(self.proof.text)]


def worded(deck: Deck, slide: Slide) -> Worded:
    """Return the texts of a slide as they fit in their rooms: a proof of which nothing is shown is quoted."""
    proof, source = slide.proof, " ; ".join(slide.proof.sources)
    said, under = (proof.said, source) if proof.said else (source or NO_PROOF, "")
    wide = scale = 1.0
    if any(is_number for _, is_number in runs_of(said)):
        wide, scale = BOLD, EMPHASIS
    room, sizes = (BAND, BAND_SIZES) if proof.shown else (QUOTE, QUOTE_SIZES)
    fitted = fit(said, room.width * wide - _MARKS_PT, room.height, sizes, scale)
    if proof.said and not proof.shown:
        fitted = Fitted(french(f"« {fitted.text} »"), fitted.size_pt, fitted.cut)
    left_out = proof.shown.left_out if isinstance(proof.shown, SlideTable) else ""
    below = " · ".join(filter(None, (french(f"Source : {under}") if under else "", left_out)))
    return Worded(
        fit(slide.title, TITLE.width * BOLD, TITLE.height, TITLE_SIZES), fitted,
        "" if proof.shown else fit(under, LABEL.width, LABEL.height, (QUOTE_SOURCE_PT,)).text,
        fit(below, SOURCE.width, SOURCE.height, (SOURCE_PT,)).text if proof.shown else "",
        fit(deck.footer, FOOT.width, FOOT.height, (FOOT_PT,)).text, f"{slide.number} / {len(deck.slides)}",
    )  # fmt: skip


def cover_lines(deck: Deck) -> tuple[str, ...]:
    """Return the lines under the title of the cover."""
    count = len(deck.slides)
    lines = (f"Soutenance · {deck.company}", deck.signature, f"{count} diapositives, {deck.length}", deck.state)
    return tuple(french(line) for line in lines if line)
