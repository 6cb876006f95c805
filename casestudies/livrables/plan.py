"""The plan: the learner's deliverables of one assessment, by part, with what is still missing.

The note of a part comes first; in a plan that has a summary, what is in a part keeps its order.

An outline that names its company makes one plan for this company; what was worked out on others is the training, or
stands in annexes.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from casestudies.answers import encode
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.livrables.cells import frame_of
from casestudies.livrables.figures import Picture, picture_of, share_picture
from casestudies.livrables.handed import latest_rows, recall, rows_in, text_in
from casestudies.livrables.loading import deliverables, outlines
from casestudies.livrables.model import Deliverable, Outline, Row
from casestudies.livrables.readiness import Readiness, always_ready
from casestudies.livrables.store import Shelf
from casestudies.livrables.summary import EMPTY, Piece, Shared, Summary, shared, summary_of
from casestudies.names import name_of, named
from casestudies.seeds import REFERENCE
from casestudies.typography import french


@dataclass(frozen=True)
class Section:
    """One deliverable as it stands: its rows or its text, its figure, whether its check finds it ready.

    ``shared`` are totals of its rows shared out, each with its chart.
    """

    deliverable: Deliverable
    rows: tuple[Row, ...] = ()
    text: str = ""
    picture: Picture | None = None
    ready: bool = True
    shared: tuple[tuple[Shared, Picture], ...] = ()

    @property
    def filled(self) -> Piece:
        """What a summary may take from it."""
        return Piece(self.deliverable, self.rows, self.text)

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
    """The whole plan: its title, who wrote it, when, its parts; whether it is the training rather than the product.

    ``company`` is the name of the one that it is about, if any; ``foreword`` says what the ``annexes`` are.
    """

    title: str
    author: str
    day: date
    parts: tuple[PlanPart, ...]
    training: bool = False
    company: str = ""
    summary: Summary = EMPTY
    annexes: tuple[PlanPart, ...] = ()
    foreword: str = ""

    @property
    def heading(self) -> str:
        """Its title on a cover that names the company already."""
        return self.title.removesuffix(f" : {self.company}") if self.company else self.title

    @property
    def file(self) -> str:
        """The name of its files, without their ending."""
        return "plan-entrainement" if self.training else "plan"

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in order, the annexes left out."""
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
    def left_out(self) -> tuple[str, ...]:
        """The titles of what an annex would hold, and does not yet."""
        return tuple(one.deliverable.title for part in self.annexes for one in part.sections if one.is_missing)

    @property
    def ready(self) -> int:
        """How many of its sections are ready."""
        return len(self.sections) - len(self.missing) - len(self.to_complete)

    @property
    def state(self) -> str:
        """What a cover says of a plan that is not complete; nothing when it is."""
        total, plural = len(self.sections), "s" if self.ready > 1 else ""
        if self.ready == total:
            return ""
        return french(f"Version de travail : {self.ready} pièce{plural} prête{plural} sur {total}.")

    @property
    def lacks(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is missing, by how: the last page says it."""
        found = (
            ("Pas encore commencé :", self.missing), ("À compléter :", self.to_complete),
            ("Pas joint en annexe :", self.left_out),
        )  # fmt: skip
        return tuple((french(words), tuple(map(french, titles))) for words, titles in found if titles)

    @property
    def numbered(self) -> tuple[tuple[str, PlanPart], ...]:
        """The parts under their numbered headings, then the annexes that hold something."""
        held = (replace(part, sections=tuple(one for one in part.sections if not one.is_missing))
                for part in self.annexes)  # fmt: skip
        annexes = [part for part in held if part.sections]
        return (
            *((f"{number}. {part.heading}", part) for number, part in enumerate(self.parts, start=1)),
            *((f"Annexe {chr(65 + place)}. {part.heading}", part) for place, part in enumerate(annexes)),
        )

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
    if training and not outline.company:
        raise CasekitError(f"Le plan de {assessment} n’a pas de partie d’entraînement : il rassemble tout.")
    if training and outline.annexes:
        raise CasekitError(
            f"L’entraînement de {assessment} est en annexe de son plan : `dossier.plan()` rassemble tout."
        )
    mine = [one for one in deliverables().values() if one.assessment == assessment]
    others = [one for one in mine if outline.company and one.company != outline.company]
    own = others if training else [one for one in mine if one not in others]

    def parts_of(some: list[Deliverable], names_company: bool) -> tuple[PlanPart, ...]:
        places = {number: place for place, number in enumerate(outline.headings)}
        some.sort(key=lambda one: (places.get(one.notebook, len(places)), one.order))
        sections = [_section(shelf, learner, one, is_ready, outline) for one in some]
        return tuple(
            PlanPart(
                _heading(outline.headings.get(number, ""), found, names_company),
                tuple(found if outline.lines else sorted(found, key=lambda section: section.deliverable.is_table)),
            )
            for number, some_sections in groupby(sections, key=lambda section: section.deliverable.notebook)
            if (found := list(some_sections))
        )

    parts = parts_of(own, training or not outline.company)
    held = {one.deliverable.slug: one.filled for part in parts for one in part.sections if not one.is_missing}
    return AssembledPlan(
        _title(outline, training), "" if learner == REFERENCE else learner, today, parts, training,
        "" if training or not outline.company else name_of(outline.company),
        EMPTY if training else summary_of(outline, held),
        parts_of(others, True) if outline.annexes else (), french(named(outline.annexes)),
    )  # fmt: skip


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


def _section(shelf: Shelf, learner: str, deliverable: Deliverable, is_ready: Readiness, outline: Outline) -> Section:
    answer = recall(shelf.folder, learner, deliverable.question)
    if not deliverable.is_table:
        text = text_in(answer)
        return Section(deliverable, text=text, ready=bool(text) and is_ready(deliverable, encode(text)))
    handed = rows_in(deliverable, answer)
    rows = tuple(latest_rows(shelf, deliverable, handed))
    given = answer if answer is not None and list(rows) == handed else encode(frame_of(deliverable, rows))
    asked = (one for one in outline.shares if one.deliverable == deliverable.slug)
    found = [one for one in (shared(share, deliverable, rows) for share in asked) if one]
    return Section(
        deliverable, rows, picture=picture_of(deliverable, rows), ready=bool(rows) and is_ready(deliverable, given),
        shared=tuple((one, share_picture(one)) for one in found),
    )  # fmt: skip
