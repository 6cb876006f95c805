"""Where a course keeps what is somebody's: said here only. A table or a folder that is not here is nobody's.

A test compares the tables with those of a real database: one with a column that names a learner must be listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Student
from sqlalchemy import Connection, MetaData, Table, inspect, select

from autograder.course.class_list import Learner
from autograder.course.configuration import VALUES
from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.seen_as import FOLDER as SCRATCH
from autograder.grading.history import FILE as HISTORY
from casestudies.variants import DRAWS_FILE

OWN_PREFIXES = (
    "fiche-", "grille-tuteur-", "attestation-", "retour-", "dossier-", "valorisation-", "modele-valorisation-",
    "corrige-", "badge-", "elm-",
)  # fmt: skip
"""How the names of the files about one person begin; their identifier follows."""
SHARED = ("fiches", "exports", "tuteurs", "dossiers", "sauvegardes", "corriges")
"""The folders of « build » with files about several people, which a command makes again; copies of the course too."""
KEPT_FOLDER = "jury"

ACQUIRED = (
    "Un bloc acquis le reste, et le centre doit pouvoir le prouver. Avec « --tout », les lignes du registre et "
    "l’attestation sont effacées aussi ; un procès-verbal, qui concerne d’autres personnes, reste à traiter à la main."
)


@dataclass(frozen=True)
class PersonTable:
    """A table with rows about people: the column that names the learner, and what to know when it is copied.

    ``kept`` is why its rows stay when somebody is erased, in French; empty when they go. ``learner`` is empty for a
    table of the markers' alone. ``private`` is never copied, nor the whole table when ``copied`` is False.
    """

    name: str
    learner: str = "learner"
    markers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    copied: bool = True
    kept: str = ""


TABLES = (
    PersonTable("casekit_journal", copied=False),
    PersonTable("casekit_review", markers=("marker",), texts=("comment",), private=("note",)),
    PersonTable(
        "casekit_review_change",
        markers=("marker", "marker_before", "marker_after"),
        texts=("comment_before", "comment_after"),
        private=("note_before", "note_after"),
    ),
    PersonTable("casekit_review_second", markers=("marker",)),
    PersonTable("casekit_review_part", texts=("comment",)),
    PersonTable("casekit_review_quality", markers=("marker",), texts=("text",)),
    PersonTable("casekit_review_position", copied=False),
    PersonTable("casekit_review_oral", markers=("marker",), texts=("asked", "heard")),
    PersonTable("casekit_review_comment", learner="", markers=("marker",), texts=("text",)),
    PersonTable("casekit_certification_tutor", copied=False),
    PersonTable("casekit_certification_ruling", copied=False, kept=ACQUIRED),
    PersonTable("submitted_assignment", learner="student_id"),
    PersonTable("student", learner="id", private=("first_name", "last_name", "email", "lms_user_id")),
)
"""In the order in which they are emptied: nbgrader's own last, since its rows say who was here."""

LISTS = (LEARNERS_FILE, "parcours.csv", "etat-civil.csv", "echeances.csv")
"""The lists at the root of a course with a line for each learner, by their column « identifiant »; the class list is
the last to lose its line."""

NBGRADER = frozenset({"submitted_assignment", "student"})
"""Emptied by nbgrader's own call, which also takes what hangs on them: notebooks, grades, comments."""


def about_learners(connection: Connection) -> list[PersonTable]:
    """Return the listed tables that a database has, but for those that name no learner."""
    names = set(inspect(connection).get_table_names())
    return [one for one in TABLES if one.name in names and one.learner]


def learners_of(connection: Connection) -> set[str]:
    """Return the learners whom the tables name."""
    found: set[str] = set()
    for one in about_learners(connection):
        column = reflected(connection, one.name).c[one.learner]
        found |= set(connection.execute(select(column).distinct()).scalars())
    return found


def students(connection: Connection) -> dict[str, Learner]:
    """Return the learners that nbgrader knows, with the names that it was given."""
    columns = (Student.id, Student.first_name, Student.last_name, Student.email)
    rows = connection.execute(select(*columns)) if inspect(connection).has_table("student") else ()
    return {row.id: Learner(*(text or "" for text in row)) for row in rows}


def reflected(connection: Connection, name: str) -> Table:
    """Return a table as the database has it."""
    return Table(name, MetaData(), autoload_with=connection)


def own_folders(course: Course, learner: str) -> list[Path]:
    """Return the folders that hold one learner's work and nothing else."""
    steps = ("submitted", "autograded", "feedback")
    found = [course.folder(step) / learner for step in steps]
    found += [folder / learner for folder in sorted(course.records.glob("*")) if folder.is_dir()]
    found.append(course.root / SCRATCH / learner)
    return [folder for folder in found if folder.is_dir() or folder.is_symlink()]


def own_files(course: Course, learner: str, everything: bool = False) -> list[Path]:
    """Return the files of one learner in folders that everybody shares: values, a sheet, a grid, a dossier.

    ``everything`` adds what is kept by default: an attestation.
    """
    found = [*(course.root / VALUES).glob(f"*/{_plain(learner)}.json")]
    names = {f"{prefix}{learner}" for prefix in OWN_PREFIXES}
    for folder in (*SHARED, *((KEPT_FOLDER,) if everything else ())):
        found += [path for path in _files(course, folder) if path.stem in names]
    return sorted(set(found))


def shared_files(course: Course) -> list[Path]:
    """Return the files about the whole class, which a command makes again: sheets, exports; not those of one person."""
    files = (path for folder in SHARED for path in _files(course, folder))
    return sorted(path for path in files if not path.stem.startswith(OWN_PREFIXES))


def kept_folder(course: Course) -> Path:
    """Return the folder of what juries wrote, which stays whole: its trace proves that nothing was changed."""
    return course.root / "build" / KEPT_FOLDER


def _files(course: Course, folder: str) -> list[Path]:
    return [path for path in (course.root / "build" / folder).rglob("*") if path.is_file()]


def histories(course: Course) -> list[Path]:
    """Return the journals of changes, one JSON line each, of any learner."""
    return sorted(course.records.glob(f"*/{HISTORY}"))


def draws_files(course: Course) -> list[Path]:
    """Return the files of draws, by a hash of company and learner: at the source, and wherever it was handed out."""
    return sorted(path for path in course.root.rglob(DRAWS_FILE) if path.is_file() and not path.is_symlink())


def record_files(course: Course) -> list[Path]:
    """Return every record."""
    return sorted(course.records.glob("*/*/*.json"))


def every_learner(course: Course) -> Iterator[str]:
    """Yield the identifiers that the folders of a course know; some may come several times."""
    for step in ("submitted", "autograded", "feedback"):
        yield from (folder.name for folder in course.folder(step).glob("*") if folder.is_dir())
    yield from (path.parent.name for path in record_files(course))


def _plain(name: str) -> str:
    """Return a name that a pattern takes as it stands."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
