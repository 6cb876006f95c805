"""The plan: the learner's deliverables of one assessment, by notebook, the note first, with what is still missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from casestudies.livrables.figures import Picture, picture_of
from casestudies.livrables.handed import handed_path, recall, rows_in, text_in
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.store import Shelf
from casestudies.names import name_of
from casestudies.seeds import REFERENCE
from casestudies.typography import french

ASSESSMENT = "E1"
"""The assessment whose product the plan is."""
TITLE = "Plan de stratégie webmarketing"
PARTS = {
    1: "Le consommateur",
    2: "La concurrence et le diagnostic",
    3: "La stratégie et les leviers",
    4: "Le calendrier",
    5: "Les partenariats",
}
"""The heading of each part, by the number of its notebook (``ordre`` is 10 × notebook + rank)."""

_ITEM = re.compile(r"[-–*] ")
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_SHORT = 50
"""A shorter line may have been ended on purpose: a title, an address; the lines of a paragraph are longer."""


@dataclass(frozen=True)
class Section:
    """One deliverable as it stands: its rows or its text, its figure; nothing when it is missing."""

    deliverable: Deliverable
    rows: tuple[Row, ...] = ()
    text: str = ""
    picture: Picture | None = None

    @property
    def is_missing(self) -> bool:
        """Whether nothing is there yet."""
        return not (self.rows or self.text)


@dataclass(frozen=True)
class PlanPart:
    """The deliverables of one notebook, under one heading."""

    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class AssembledPlan:
    """The whole plan: who wrote it, when, its parts."""

    author: str
    day: date
    parts: tuple[PlanPart, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in order."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def missing(self) -> tuple[str, ...]:
        """The titles of what is still missing."""
        return tuple(section.deliverable.title for section in self.sections if section.is_missing)

    @property
    def signature(self) -> str:
        """Who drew the plan up, and when."""
        who = f"Établi par {self.author}, le" if self.author else "Établi le"
        return french(f"{who} {self.day.strftime('%d/%m/%Y')}")


def collect(folder: Path, learner: str, today: date) -> AssembledPlan:
    """Return the plan of a learner, from the files and the answers beside the notebooks of ``folder``."""
    shelf = Shelf(folder)
    sections = [_section(shelf, learner, one) for one in deliverables().values() if one.assessment == ASSESSMENT]
    parts = [
        PlanPart(_heading(number, found), tuple(sorted(found, key=lambda section: section.deliverable.is_table)))
        for number, some in groupby(sections, key=lambda section: section.deliverable.order // 10)
        if (found := list(some))
    ]
    return AssembledPlan("" if learner == REFERENCE else learner, today, tuple(parts))


def _heading(number: int, sections: list[Section]) -> str:
    companies = list(dict.fromkeys(name_of(section.deliverable.company) for section in sections))
    name = " et ".join(companies)
    return french(f"{PARTS[number]} : {name}" if number in PARTS else name)


def _section(shelf: Shelf, learner: str, deliverable: Deliverable) -> Section:
    answer = recall(shelf.folder, learner, deliverable.question)
    if not deliverable.is_table:
        return Section(deliverable, text=text_in(answer))
    rows = tuple(_latest(shelf, deliverable, rows_in(deliverable, answer)))
    return Section(deliverable, rows, picture=picture_of(deliverable, rows))


def _latest(shelf: Shelf, deliverable: Deliverable, handed: list[Row]) -> list[Row]:
    """Return the rows handed in, or those of the file when it was changed since."""
    filled = shelf.filled(deliverable)
    if filled is None:
        return handed
    answered = handed_path(shelf.folder, deliverable.question)
    newer = not answered.is_file() or filled.path.stat().st_mtime > answered.stat().st_mtime
    return filled.rows if newer or not handed else handed


def paragraphs_of(text: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield the blocks of a note: ("p", lines of a paragraph) or ("ul", items of a list).

    Lines cut to fit the cell of a notebook are joined again; those that people end on purpose are kept.

    >>> list(paragraphs_of("Un titre\nLe début d’une phrase trop longue pour une seule ligne,\nsa fin.\n- un"))
    [('p', ['Un titre', 'Le début d’une phrase trop longue pour une seule ligne, sa fin.']), ('ul', ['un'])]
    """
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = _joined([line.strip() for line in block.splitlines() if line.strip()])
        for is_item, some in groupby(lines, key=lambda line: bool(_ITEM.match(line))):
            yield "ul" if is_item else "p", [line[2:] if is_item else line for line in some]


def _joined(lines: list[str]) -> list[str]:
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and not _starts(line, last):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _starts(line: str, before: str) -> bool:
    """Whether a line begins something, rather than goes on with the one before."""
    return bool(_ITEM.match(line) or _NUMBERED.match(line)) or (len(before) < _SHORT and line[:1].isupper())
