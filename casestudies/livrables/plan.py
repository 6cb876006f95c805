"""The plan: the learner's deliverables of one assessment, by notebook, the note first, with what is still missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from casestudies.answers import encode
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.livrables.cells import frame_of
from casestudies.livrables.figures import Picture, picture_of
from casestudies.livrables.handed import handed_path, recall, rows_in, text_in
from casestudies.livrables.loading import deliverables, outlines
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.readiness import Readiness, always_ready
from casestudies.livrables.store import Shelf
from casestudies.names import name_of
from casestudies.seeds import REFERENCE
from casestudies.typography import french

_ITEM = re.compile(r"[-–*] ")
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_SHORT = 50
"""A shorter line may have been ended on purpose: a title, an address; the lines of a paragraph are longer."""


@dataclass(frozen=True)
class Section:
    """One deliverable as it stands: its rows or its text, its figure, whether its check finds it ready."""

    deliverable: Deliverable
    rows: tuple[Row, ...] = ()
    text: str = ""
    picture: Picture | None = None
    ready: bool = True

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
    """The whole plan: its title, who wrote it, when, its parts."""

    title: str
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
    def to_complete(self) -> tuple[str, ...]:
        """The titles of what is begun and not ready yet."""
        begun = (section for section in self.sections if not section.is_missing)
        return tuple(section.deliverable.title for section in begun if not section.ready)

    @property
    def signature(self) -> str:
        """Who drew the plan up, and when."""
        who = f"Établi par {self.author}, le" if self.author else "Établi le"
        return french(f"{who} {self.day.strftime('%d/%m/%Y')}")


def collect(
    folder: Path, learner: str, today: date, assessment: str, is_ready: Readiness = always_ready
) -> AssembledPlan:
    """Return a learner's plan of one assessment, from the files and the answers beside the notebooks of ``folder``.

    Raises
    ------
    UnknownNameError
        When no plan is described for this assessment.
    CasekitError
        When a deliverable's file cannot be read.
    """
    known = outlines()
    if assessment not in known:
        raise UnknownNameError.of("évaluation", assessment, tuple(known))
    outline, shelf = known[assessment], Shelf(folder)
    mine = (one for one in deliverables().values() if one.assessment == assessment)
    sections = [_section(shelf, learner, one, is_ready) for one in mine]
    parts = [
        PlanPart(
            _heading(outline.headings.get(number, ""), found),
            tuple(sorted(found, key=lambda section: section.deliverable.is_table)),
        )
        for number, some in groupby(sections, key=lambda section: section.deliverable.notebook)
        if (found := list(some))
    ]
    return AssembledPlan(outline.title, "" if learner == REFERENCE else learner, today, tuple(parts))


def assessment_of(company: str) -> str:
    """Return the assessment in whose plan a company has deliverables.

    Raises
    ------
    CasekitError
        When there is none, or several.
    """
    known = outlines()
    found = dict.fromkeys(
        one.assessment for one in deliverables().values() if one.company == company and one.assessment in known
    )
    if len(found) != 1:
        listed = ", ".join(f'`dossier.plan("{code}")`' for code in found or known)
        raise CasekitError(f"Dites de quelle évaluation vous voulez le plan : {listed}.")
    return next(iter(found))


def _heading(heading: str, sections: list[Section]) -> str:
    name = " et ".join(dict.fromkeys(name_of(section.deliverable.company) for section in sections))
    return french(f"{heading} : {name}" if heading else name)


def _section(shelf: Shelf, learner: str, deliverable: Deliverable, is_ready: Readiness) -> Section:
    answer = recall(shelf.folder, learner, deliverable.question)
    if not deliverable.is_table:
        text = text_in(answer)
        return Section(deliverable, text=text, ready=bool(text) and is_ready(deliverable, encode(text)))
    handed = rows_in(deliverable, answer)
    rows = tuple(_latest(shelf, deliverable, handed))
    given = answer if answer is not None and list(rows) == handed else encode(frame_of(deliverable, rows))
    return Section(
        deliverable, rows, picture=picture_of(deliverable, rows), ready=bool(rows) and is_ready(deliverable, given)
    )


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
