"""What an oral's slides are: plain frozen data, the same for PowerPoint and for the pages with notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from casestudies.livrables.blocks import TableBlock
from casestudies.livrables.figures import Picture
from casestudies.typography import french

TALK_SECONDS = 600
"""What is announced for the talk: ten minutes."""
NO_PROOF, NO_TIME = "Preuve à écrire", "durée à écrire"
_NUMBER = re.compile(
    r"(?<![\w/.,-])[−-]?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?![\w/])"
    r"(?:\s?(?:%|€(?:\sHT)?|kgCO2e|[GM]o\b|h\b|heures?\b|j\b|jours?\b(?:[ -](?:ouvrés|hommes?)\b)?|points?\b|fois\b))?"
)


@dataclass(frozen=True)
class SlideTable:
    """A deliverable's table as a slide shows it: some of its columns, ``left_out`` says what it does not show."""

    title: str
    grid: TableBlock
    size_pt: float
    left_out: str = ""

    @property
    def text(self) -> str:
        """What stands for it when it cannot be seen."""
        columns = ", ".join(self.grid.header)
        plural = "s" if len(self.grid.lines) > 1 else ""
        return french(f"Tableau « {self.title} », {len(self.grid.lines)} ligne{plural} ; colonnes : {columns}.")


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a note that was handed in."""

    text: str
    size_pt: float


Shown = Picture | SlideTable | Excerpt


@dataclass(frozen=True)
class Proof:
    """What a slide rests on: as it was written, what of it is said large, what it names, what is drawn of it.

    ``whole`` holds the lines of the table or note that a slide may have shortened: they go to the notes.
    """

    text: str = ""
    said: str = ""
    sources: tuple[str, ...] = ()
    shown: Shown | None = None
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slide:
    """One slide: its number from 1, its message, its proof, its seconds; ``until`` is when it ends, if that is known.

    ``seconds`` is None when nothing that can be read says them.
    """

    number: int
    message: str
    proof: Proof
    seconds: float | None
    until: float | None

    @property
    def title(self) -> str:
        """Its message, or that it waits: no two slides have the same title then."""
        return self.message or french(f"Message {self.number} à écrire")

    @property
    def lacks(self) -> tuple[str, ...]:
        """What of it is still to be written: « message », « preuve », « durée »."""
        there = {"message": self.message, "preuve": self.proof.text, "durée": self.seconds}
        return tuple(name for name, found in there.items() if not found)

    @property
    def clock(self) -> str:
        """Where the talk is once it is said."""
        if self.seconds is None:
            return NO_TIME
        if self.until is None:
            return french(duration(self.seconds))
        return french(f"{duration(self.until)} sur {duration(TALK_SECONDS)}")


@dataclass(frozen=True)
class Deck:
    """The slides of a talk, who gives it, about which company; ``reminders`` are what its jury looks for.

    ``asked`` is how many slides are asked; ``left_out`` how many rows of the plan were too many to be slides.
    ``unreadable`` says which deliverables could not be read.
    """

    title: str
    company: str
    author: str
    day: date
    slides: tuple[Slide, ...]
    asked: int
    reminders: tuple[str, ...] = ()
    left_out: int = 0
    unreadable: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """The seconds of all slides that have some."""
        return sum(slide.seconds or 0 for slide in self.slides)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on any slide."""
        return not any(slide.message or slide.proof.text or slide.seconds for slide in self.slides)

    @property
    def is_timed(self) -> bool:
        """Whether every slide has its seconds."""
        return all(slide.seconds for slide in self.slides)

    @property
    def complete(self) -> int:
        """How many slides lack nothing."""
        return sum(not slide.lacks for slide in self.slides)

    @property
    def footer(self) -> str:
        """The foot of each slide."""
        return " · ".join(filter(None, (self.author, self.company)))

    @property
    def length(self) -> str:
        """How long the talk is, as far as it is known."""
        if not self.seconds:
            return NO_TIME
        more = "" if self.is_timed else " au moins,"
        return french(f"{duration(self.seconds)}{more} sur {duration(TALK_SECONDS)}")

    @property
    def state(self) -> str:
        """What a cover says of slides that are not complete; nothing when they are."""
        total, plural = len(self.slides), "s" if self.complete > 1 else ""
        if self.complete == total:
            return ""
        return french(f"Version de travail : {self.complete} diapositive{plural} complète{plural} sur {total}.")

    @property
    def signature(self) -> str:
        """Who gives the talk, and when its slides were made."""
        return " · ".join(filter(None, (self.author, self.day.strftime("%d/%m/%Y"))))

    def lacking(self, what: str) -> tuple[int, ...]:
        """Return the numbers of the slides that lack something: « message », « preuve », « durée »."""
        return tuple(slide.number for slide in self.slides if what in slide.lacks)


def clocks(seconds: Sequence[float | None]) -> list[float | None]:
    """Return when each slide ends, in seconds; from the first one whose length is not known on, nobody knows.

    >>> clocks([40, 60, None, 20])
    [40, 100, None, None]
    """
    return list(accumulate(seconds, lambda so_far, own: None if so_far is None or own is None else so_far + own))


def duration(seconds: float) -> str:
    """Return a duration as people say it.

    >>> duration(45), duration(60), duration(590), duration(600)
    ('45 s', '1 min', '9 min 50 s', '10 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    return " ".join(filter(None, (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")))


def runs_of(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a number to be seen first; names of questions hold none.

    >>> runs_of("41 % des demandes, contre 12,5")
    [('41 %', True), (' des demandes, contre ', False), ('12,5', True)]
    >>> runs_of("voir t3-retours, le 31/12/2026")
    [('voir t3-retours, le 31/12/2026', False)]
    """
    runs: list[tuple[str, bool]] = []
    at = 0
    for found in _NUMBER.finditer(text):
        runs += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [(piece, is_number) for piece, is_number in [*runs, (text[at:], False)] if piece]
