"""``parcours.csv``: the way that each learner takes to the certification, and what the centre knows of it.

One line per learner, or several for somebody who practised in several companies: the lines after the first hold the
identifier and another period, and may leave the rest empty.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.course.lists import FileRow, read_rows, write_new
from autograder.referentiel import load_referentiel
from casestudies.valorisation.months import PracticePeriod

FILE = "parcours.csv"
FORMATION, VAE, MIXED = "formation", "vae", "mixte"
COLUMNS = (
    "identifiant", "voie", "blocs_vae", "dossier_recu_le", "entreprise", "pratique_du", "pratique_au", "soutenance_le",
    "soutenance", "entretien_le", "entretien",
)  # fmt: skip
REQUIRED = COLUMNS[:2]
RESULTS: Mapping[str, bool | None] = {
    "": None,
    "réussi": True,
    "réussie": True,
    "non réussi": False,
    "non réussie": False,
}
"""What an oral is worth, in the words of the file; None while nobody said."""


@dataclass(frozen=True)
class Oral:
    """A defence or an interview: its day and whether it was passed, None while unknown."""

    day: date | None = None
    passed: bool | None = None


@dataclass(frozen=True)
class Pathway:
    """What the centre wrote of one learner; ``vae_blocs`` are the codes of the blocs asked by VAE."""

    learner: str
    way: str
    vae_blocs: tuple[str, ...] = ()
    dossier: date | None = None
    periods: tuple[PracticePeriod, ...] = ()
    defence: Oral = Oral()
    interview: Oral = Oral()

    def way_of(self, bloc: str) -> str:
        """Return the way by which a bloc is asked: formation or VAE."""
        return VAE if bloc in self.vae_blocs else FORMATION

    @property
    def trained(self) -> bool:
        """Whether a part at least goes by formation, with its practice in a company and its defence."""
        return self.way != VAE


SAID_ONCE = {
    "voie": attrgetter("way"),
    "blocs_vae": attrgetter("vae_blocs"),
    "dossier_recu_le": attrgetter("dossier"),
    "soutenance_le": attrgetter("defence.day"),
    "soutenance": attrgetter("defence.passed"),
    "entretien_le": attrgetter("interview.day"),
    "entretien": attrgetter("interview.passed"),
}
"""The columns that have one value for a learner, whatever their lines, and what they become."""


def pathways_of(course: Course) -> dict[str, Pathway]:
    """Return what ``parcours.csv`` says, by learner; without the file, nothing.

    Raises
    ------
    CasekitError
        When the file is not filled as it must be, with every line at fault; nothing is then concluded from it.
    """
    path = course.root / FILE
    return read_pathways(path, course.learners()) if path.exists() else {}


def read_pathways(path: Path, learners: Mapping[str, Learner]) -> dict[str, Pathway]:
    """Return what a file says, by learner.

    Raises
    ------
    CasekitError
        When a line is at fault.
    """
    rows, problems = read_rows(path, REQUIRED, COLUMNS[2:])
    found: dict[str, Pathway] = {}
    for row in rows:
        name = row["identifiant"]
        if name not in learners:
            row.fail(f"« {name[:40]} » n’est pas dans eleves.csv : ajoutez cette personne, ou corrigez l’identifiant.")
        elif name in found:
            found[name] = _continued(found[name], row)
        else:
            found[name] = _pathway(name, row)
    problems.settle("Le parcours n’a pas été lu : corrigez ces lignes, puis relancez.")
    return found


def write_blank(course: Course) -> Path:
    """Write a ``parcours.csv`` to fill, with a line for each learner of the class; return its path.

    Raises
    ------
    CasekitError
        When the file is there already: it is never overwritten.
    """
    rows = [(name, FORMATION, *[""] * (len(COLUMNS) - 2)) for name in course.learners()]
    return write_new(course.root / FILE, [COLUMNS, *rows])


def _pathway(name: str, row: FileRow) -> Pathway:
    way = row.choice("voie", tuple(load_referentiel().ways))
    return Pathway(
        learner=name,
        way=way,
        vae_blocs=_vae_blocs(way, row),
        dossier=row.day("dossier_recu_le"),
        periods=_periods(row),
        defence=_oral(row, "soutenance"),
        interview=_oral(row, "entretien"),
    )


def _continued(former: Pathway, row: FileRow) -> Pathway:
    """Add the period of another line of the same learner, whose other cells say the same or nothing."""
    if not row["entreprise"]:
        row.fail(f"« {former.learner} » a déjà une ligne : une ligne de plus ajoute une période, avec son entreprise.")
        return former
    if not any(row[column] for column in SAID_ONCE):
        return replace(former, periods=(*former.periods, *_periods(row)))
    again = _pathway(former.learner, FileRow(row.line, {**row.cells, "voie": row["voie"] or former.way}, row.problems))
    for column, value in SAID_ONCE.items():
        if row[column] and value(again) != value(former):
            row.fail(f"« {former.learner} » a une autre valeur plus haut (colonne « {column} »).")
    return replace(former, periods=(*former.periods, *again.periods))


def _vae_blocs(way: str, row: FileRow) -> tuple[str, ...]:
    blocs = tuple(load_referentiel().blocs)
    asked = tuple(dict.fromkeys(re.split(r"[\s,;+]+", row["blocs_vae"].upper()))) if row["blocs_vae"] else ()
    unknown = [code for code in asked if code not in blocs]
    if unknown:
        row.fail(f"bloc(s) inconnu(s) : {', '.join(unknown)[:60]} (colonne « blocs_vae ») : {', '.join(blocs)}.")
    elif way == VAE:
        if asked and set(asked) != set(blocs):
            row.fail("la VAE porte sur tous les blocs : videz « blocs_vae », ou choisissez la voie « mixte ».")
        return blocs
    elif way == FORMATION and asked:
        row.fail("« blocs_vae » ne sert que pour la voie « mixte » : videz-la, ou changez la voie.")
    elif way == MIXED and not 0 < len(asked) < len(blocs):
        row.fail("pour la voie « mixte », écrivez dans « blocs_vae » les blocs demandés par la VAE, ni aucun ni tous.")
    return asked


def _periods(row: FileRow) -> tuple[PracticePeriod, ...]:
    start, end = row.day("pratique_du"), row.day("pratique_au")
    if not any(row[column] for column in ("entreprise", "pratique_du", "pratique_au")):
        return ()
    if not row["entreprise"] or not row["pratique_du"]:
        row.fail(
            "une période de pratique demande « entreprise » et « pratique_du » ; « pratique_au » reste vide tant "
            "qu’elle continue."
        )
        return ()
    if start is None or (row["pratique_au"] and end is None):
        return ()  # told where the date is read
    if end is not None and end < start:
        row.fail(f"la période finit ({end:%d/%m/%Y}) avant de commencer ({start:%d/%m/%Y}).")
        return ()
    return (PracticePeriod(row["entreprise"], start, end),)


def _oral(row: FileRow, name: str) -> Oral:
    oral = Oral(row.day(f"{name}_le"), RESULTS[row.choice(name, tuple(RESULTS))])
    if oral.passed is not None and not row[f"{name}_le"]:
        row.fail(f"un résultat demande sa date : remplissez « {name}_le ».")
    return oral
