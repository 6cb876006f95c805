"""The plan: every deliverable of the learner, in order, by notebook, with what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from casestudies.display import Card
from casestudies.livrables.figures import Picture, picture_of
from casestudies.livrables.handed import handed_path, recall, rows_in, text_in
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.store import FOLDER, Shelf, write_file
from casestudies.names import name_of
from casestudies.seeds import REFERENCE
from casestudies.typography import french

TITLE = "Plan de stratégie webmarketing"
PARTS = {
    1: "Le consommateur",
    2: "La concurrence et le diagnostic",
    3: "La stratégie et les leviers",
    4: "Le calendrier",
    5: "Les partenariats",
}
"""The heading of each part, by the number of its notebook (``ordre`` is 10 × notebook + rank)."""


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
class Part:
    """The deliverables of one notebook, under one heading."""

    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Plan:
    """The whole plan: who wrote it, when, its parts."""

    author: str
    day: date
    parts: tuple[Part, ...]

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


def collect(folder: Path, learner: str, today: date) -> Plan:
    """Return the plan of a learner, from the files and the answers beside the notebooks of ``folder``."""
    shelf = Shelf(folder)
    sections = [_section(shelf, learner, one) for one in deliverables().values()]
    parts = [
        Part(_heading(number, list(found)), tuple(found))
        for number, some in groupby(sections, key=lambda section: section.deliverable.order // 10)
        if (found := list(some))
    ]
    return Plan("" if learner == REFERENCE else learner, today, tuple(parts))


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


def write_plan(folder: Path, learner: str, today: date | None = None) -> Card:
    """Write the plan as HTML and as a Word document in ``livrables/``, and say where it is and what it lacks.

    Raises
    ------
    CasekitError
        When a deliverable's file cannot be read, or the plan cannot be written.
    """
    from casestudies.livrables.plan_docx import docx_of  # documents are heavy: only when asked for
    from casestudies.livrables.plan_html import html_of

    plan = collect(folder, learner, today or date.today())
    for form, content in (("html", html_of(plan).encode("utf-8")), ("docx", docx_of(plan))):
        write_file(folder / FOLDER / f"plan.{form}", content, f"{FOLDER}/plan.{form}")
    return _said(plan)


def _said(plan: Plan) -> Card:
    where = f"`{FOLDER}/plan.html` (à lire ou imprimer) et `{FOLDER}/plan.docx` (à retoucher)"
    total, left = len(plan.sections), len(plan.missing)
    if not left:
        return Card("Votre plan est assemblé, complet", "good", "✓", (f"Il est dans {where}.",))
    heading = f"Votre plan est assemblé : {total - left} pièce{'s' if total - left > 1 else ''} sur {total}"
    return Card(heading, "mixed", "!", (f"Il est dans {where}. Il manque encore :",), plan.missing)


def paragraphs_of(text: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield the blocks of a note: ("p", lines of a paragraph) or ("ul", items of a list).

    >>> list(paragraphs_of("Bonjour.\nSuite.\n\n- un\n- deux"))
    [('p', ['Bonjour.', 'Suite.']), ('ul', ['un', 'deux'])]
    """
    lines = [line.strip() for line in text.splitlines()]
    for kind, some in groupby(
        lines, key=lambda line: "" if not line else "ul" if line[:2] in ("- ", "– ", "* ") else "p"
    ):
        if kind:
            yield kind, [line[2:] if kind == "ul" else line for line in some]
