"""``etat-civil.csv``: the civil identities that a certifier must hand on, and nothing else of the kit reads.

The file stands alone at the root of a course, so that erasing somebody takes their line out and that an anonymous copy
never has it. The number of the Sécurité sociale has no column: what the kit does not need it does not keep.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.course.lists import FileRow, read_rows, write_new
from casestudies.errors import CasekitError

FILE = "etat-civil.csv"
REQUIRED = ("identifiant", "nom_naissance", "prenom_1", "date_naissance")
OPTIONAL = (
    "prenom_2", "prenom_3", "nom_usage", "sexe", "code_insee_naissance", "commune_naissance", "code_pays_naissance",
    "courriel", "telephone",
)  # fmt: skip
COLUMNS = (*REQUIRED, *OPTIONAL)
_INSEE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
"""The code of a town in the Code officiel géographique (99 and three digits: a country)."""


def civil_identities_of(course: Course) -> dict[str, dict[str, str]]:
    """Return what ``etat-civil.csv`` says of each learner, by column; days are « AAAA-MM-JJ ».

    Raises
    ------
    CasekitError
        When the file is not there, or is not filled as it must be: every line at fault is told.
    """
    path = course.root / FILE
    if not path.exists():
        raise CasekitError(
            f"{FILE} n’existe pas : « casekit export accrochage --xsd FICHIER --modele » en écrit un à remplir, une "
            "ligne par personne. Rien n’a été écrit."
        )
    return read_civil_identities(path, course.learners())


def read_civil_identities(path: Path, learners: Mapping[str, Learner]) -> dict[str, dict[str, str]]:
    """Return what a file says, by learner; a line of which only the identifier is filled says nothing yet.

    Raises
    ------
    CasekitError
        When a line is at fault.
    """
    rows, problems = read_rows(path, REQUIRED, OPTIONAL)
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        name = row["identifiant"]
        if name not in learners:
            row.fail(f"« {name[:40]} » n’est pas dans eleves.csv : ajoutez cette personne, ou corrigez l’identifiant.")
        elif name in found:
            row.fail(f"« {name[:40]} » a déjà une ligne : gardez-en une.")
        elif any(row[column] for column in COLUMNS[1:]):
            found[name] = _identity(row)
    problems.settle("Rien n’a été écrit : corrigez ces lignes, puis relancez.")
    return found


def write_blank(course: Course) -> Path:
    """Write an ``etat-civil.csv`` to fill, with a line for each learner of the class; return its path.

    Raises
    ------
    CasekitError
        When the file is there already: it is never overwritten.
    """
    return write_new(course.root / FILE, [COLUMNS, *[(name, *[""] * (len(COLUMNS) - 1)) for name in course.learners()]])


def _identity(row: FileRow) -> dict[str, str]:
    for column in REQUIRED[1:]:
        if not row[column]:
            row.fail(f"la colonne « {column} » est vide.")
    born = row.day("date_naissance")
    if row["sexe"]:
        row.choice("sexe", ("M", "F"))
    insee = row["code_insee_naissance"].upper()
    if insee and not _INSEE.fullmatch(insee):
        row.fail(f"« {insee[:20]} » n’est pas un code INSEE de commune (5 signes, zéro du début compris).")
    kept = {column: row[column] for column in COLUMNS[1:]}
    return {
        **kept, "date_naissance": born.isoformat() if born else "", "sexe": row["sexe"].upper(),
        "code_insee_naissance": insee,
    }  # fmt: skip
