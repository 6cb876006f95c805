"""The plan: the learner's deliverables of one assessment, by part, the note first, with what is still missing.

An outline that names its company makes one plan for this company; what was worked out on others is the training.
"""

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
from casestudies.livrables.model import Deliverable, Outline, Row
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
    """The whole plan: its title, who wrote it, when, its parts; whether it is the training rather than the product."""

    title: str
    author: str
    day: date
    parts: tuple[PlanPart, ...]
    training: bool = False

    @property
    def file(self) -> str:
        """The name of its files, without their ending."""
        return "plan-entrainement" if self.training else "plan"

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
    folder: Path,
    learner: str,
    today: date,
    assessment: str,
    is_ready: Readiness = always_ready,
    training: bool = False,
) -> AssembledPlan:
    """Return a learner's plan of one assessment, from the files and the answers beside the notebooks of ``folder``.

    ``training`` asks for what was worked out on the other companies than the one that the plan is about.

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
    mine = [one for one in deliverables().values() if one.assessment == assessment]
    if outline.company:
        mine = [one for one in mine if (one.company == outline.company) != training]
    elif training:
        raise CasekitError(f"Le plan de {assessment} n’a pas de partie d’entraînement : il rassemble tout.")
    places = {number: place for place, number in enumerate(outline.headings)}
    mine.sort(key=lambda one: (places.get(one.notebook, len(places)), one.order))
    sections = [_section(shelf, learner, one, is_ready) for one in mine]
    names_company = training or not outline.company
    parts = [
        PlanPart(
            _heading(outline.headings.get(number, ""), found, names_company),
            tuple(sorted(found, key=lambda section: section.deliverable.is_table)),
        )
        for number, some in groupby(sections, key=lambda section: section.deliverable.notebook)
        if (found := list(some))
    ]
    return AssembledPlan(
        _title(outline, training), "" if learner == REFERENCE else learner, today, tuple(parts), training
    )


def _title(outline: Outline, training: bool) -> str:
    if training:
        return f"{outline.title} : entraînement"
    return f"{outline.title} : {name_of(outline.company)}" if outline.company else outline.title


def assessment_of(company: str, folder: str = "") -> str:
    """Return the assessment in whose plan a company has deliverables: of several, the one that ``folder`` is named for.

    Raises
    ------
    CasekitError
        When there is none, or several of which the folder (« e1-strategie ») names none.
    """
    known = outlines()
    found = dict.fromkeys(
        one.assessment for one in deliverables().values() if one.company == company and one.assessment in known
    )
    if (here := folder.partition("-")[0].upper()) in found:
        return here
    if len(found) != 1:
        listed = ", ".join(f'`dossier.plan("{code}")`' for code in found or known)
        raise CasekitError(f"Dites de quelle évaluation vous voulez le plan : {listed}.")
    return next(iter(found))


def _heading(heading: str, sections: list[Section], names_company: bool) -> str:
    if heading and not names_company:
        return french(heading)
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
