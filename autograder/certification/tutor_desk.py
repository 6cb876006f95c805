"""Writing the tutors' grids of a class, and taking filled ones in."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from autograder.certification.register import Register
from autograder.certification.tutor_form import as_xlsx
from autograder.certification.tutor_import import read_grid
from autograder.certification.tutor_store import keep_grid
from autograder.course.course import Course
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError
from casestudies.identity import normal_form


def write_grids(course: Course, learners: Iterable[str] | None) -> list[Path]:
    """Write the blank grid of each learner, of the whole class when none is given; return the files.

    Raises
    ------
    CasekitError
        When there is nobody, a learner is unknown, or a file cannot be written.
    """
    listed = course.learners()
    wanted = list(listed) if learners is None else list(dict.fromkeys(map(normal_form, learners)))
    if not wanted:
        raise CasekitError(
            "Dites pour qui : « casekit tuteur IDENTIFIANT », ou « --tous » pour la classe d’eleves.csv."
        )
    for name in wanted:
        if name not in listed:
            raise CasekitError(f"« {name} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    folder = course.root / "build" / "tuteurs"
    return [write_whole(folder / f"grille-tuteur-{name}.xlsx", as_xlsx(listed[name])) for name in wanted]


def import_grids(course: Course, files: Iterable[Path], today: date | None = None) -> tuple[list[str], list[str]]:
    """Keep filled grids; return what was kept and what was refused, in French: one file never stops the others.

    Raises
    ------
    CasekitError
        When there is no file, or the gradebook cannot be reached.
    """
    wanted, learners = list(files), course.learners()
    if not wanted:
        raise CasekitError("Dites quels fichiers importer : « casekit tuteur --import FICHIER… ».")
    kept, problems = [], []
    with Register.of(course) as register:
        for path in wanted:
            try:
                grid = read_grid(path, learners, today or date.today())
            except CasekitError as error:
                problems.append(str(error))
                continue
            new = keep_grid(register.database, grid)
            said = "grille importée" if new else "déjà importée, rien n’a changé"
            kept.append(f"{grid.learner}, {grid.company} : {said} ({grid.observed} compétence(s) observée(s)).")
    return kept, problems
