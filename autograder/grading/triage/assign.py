"""Saying whose a file is: a trainer puts a stray file or folder where it belongs, and nothing is lost."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.triage.files import keep_aside, kind_of, listing_of, read_file, replace_file
from autograder.grading.triage.matching import Cells, best_owner
from autograder.grading.triage.names import simplified
from autograder.grading.triage.reading import read_notebook
from autograder.grading.triage.refusal import RefusedError
from autograder.grading.triage.released import cells_of
from autograder.grading.triage.survey import suggested
from casestudies.errors import CasekitError, why
from casestudies.identity import normal_form
from casestudies.quoting import shown


@dataclass(frozen=True)
class Assigned:
    """What was put where: the learner, the notebook (empty for a folder), a sentence in French."""

    learner: str
    notebook: str
    told: str


def assign(course: Course, assignment: str, source: str, target: str) -> Assigned:
    """Put the file or folder ``source`` where the notebook or the copy ``target`` is expected.

    Parameters
    ----------
    source
        A path, from here, from the folder of submissions, or from the learner's folders there. What is among the
        submissions is moved; what is elsewhere is copied.
    target
        ``LEARNER/NOTEBOOK``, or ``LEARNER`` for a folder or for a notebook that its cells tell.

    Raises
    ------
    CasekitError
        When the source does not exist, is ambiguous or is not an ordinary file or folder, when the learner or the
        notebook is unknown, or when the copy would be mixed with another.
    """
    expected, _ = cells_of(course, assignment)
    learner, notebook = _target(course, expected, target)
    submitted = course.folder("submitted")
    home = submitted / learner / assignment
    refuse_links(submitted, home)
    found = _source(submitted, home, source)
    try:
        if found.is_dir():
            return _assign_folder(submitted, found, home, assignment)
        return _assign_file(submitted, found, home, notebook or _told_by_cells(found, expected))
    except RefusedError as error:
        raise CasekitError(f"« {shown(found.name)} » : {error.incident.what} {error.incident.advice}") from error
    except OSError as error:
        raise CasekitError(
            f"« {shown(found.name)} » n’a pas pu être rangé ({why(error)}) : rien n’est perdu."
        ) from error


def _target(course: Course, expected: Cells, target: str) -> tuple[str, str]:
    """Return the learner and the notebook (maybe empty) that a trainer named."""
    learner, _, notebook = normal_form(target).partition("/")
    notebook = notebook.removesuffix(".ipynb")
    members = course.learners()
    if learner not in members:
        near = ", ".join(f"« {name} »" for name in suggested(learner, members))
        hint = f" Identifiants proches : {near}." if near else " Complétez d’abord eleves.csv."
        raise CasekitError(f"« {learner} » n’est pas dans la liste de la classe (eleves.csv).{hint}")
    if notebook and notebook not in expected:
        listed = ", ".join(f"« {name} »" for name in expected)
        raise CasekitError(f"L’évaluation n’a pas de notebook « {notebook} ». Notebooks : {listed}.")
    return learner, notebook


def _source(submitted: Path, home: Path, source: str) -> Path:
    """Return the one file or folder that ``source`` names."""
    bases = (Path(), submitted, home.parent, home)
    found = {_plain(base / source) for base in bases if os.path.lexists(base / source)}
    if not found:
        raise CasekitError(
            f"« {source} » n’existe ni ici, ni dans {submitted}. « casekit intake » sans option montre ce qui est là."
        )
    if len(found) > 1:
        listed = ", ".join(sorted(f"« {path} »" for path in found))
        raise CasekitError(f"« {source} » peut être l’un de ceux-ci : {listed}. Donnez un chemin plus complet.")
    path = found.pop()
    if _is_inside(path, submitted):
        refuse_links(_plain(submitted), path.parent)
    kind = kind_of(path.lstat().st_mode)
    if kind:
        raise CasekitError(f"« {source} » est {kind}, pas un fichier ni un dossier : il n’est jamais ouvert.")
    return path


def refuse_links(base: Path, path: Path) -> None:
    """Do nothing when no folder between ``base`` and ``path`` is a link.

    Raises
    ------
    CasekitError
        When one is: what is put there would go elsewhere.
    """
    for parent in (path, *path.parents):
        if parent == base:
            return
        if parent.is_symlink():
            raise CasekitError(f"« {shown(str(parent.relative_to(base)))} » est un lien : enlevez-le d’abord.")


def _told_by_cells(path: Path, expected: Cells) -> str:
    """Return which notebook a file holds."""
    name = best_owner(read_notebook(read_file(path)).grade_ids, expected)
    if not name:
        listed = ", ".join(f"« {one} »" for one in expected)
        raise CasekitError(
            f"Les cellules de « {shown(path.name)} » ne disent pas quel notebook c’est : donnez APPRENANT/NOTEBOOK. "
            f"Notebooks : {listed}."
        )
    return name


def _assign_file(submitted: Path, found: Path, home: Path, notebook: str) -> Assigned:
    target = home / f"{notebook}.ipynb"
    if _same_place(found, target):
        raise CasekitError(f"« {target.name} » est déjà à sa place.")
    moved = _is_inside(found, submitted)
    if moved:
        home.mkdir(parents=True, exist_ok=True)
        keep_aside(target)
        found.replace(target)
        _drop_empty(found.parent, submitted)
    else:
        replace_file(target, read_file(found))
    verb = "déplacé" if moved else "copié"
    told = f"« {shown(found.name)} » a été {verb} : c’est maintenant « {notebook}.ipynb » de « {home.parent.name} »."
    return Assigned(home.parent.name, notebook, told)


def _assign_folder(submitted: Path, found: Path, home: Path, assignment: str) -> Assigned:
    inner = [path for path in found.iterdir() if path.is_dir() and simplified(path.name) == simplified(assignment)]
    content = inner[0] if len(inner) == 1 and not inner[0].is_symlink() else found
    if _same_place(content, home):
        raise CasekitError(f"« {assignment} » de « {home.parent.name} » est déjà à sa place.")
    if _is_inside(home, content):
        raise CasekitError(f"« {shown(content.name)} » contient déjà la copie : donnez plutôt les fichiers, un par un.")
    if home.exists() and any(home.iterdir()):
        raise CasekitError(
            f"« {home.parent.name} » a déjà une copie dans {home} : donnez plutôt les fichiers, un par un, avec "
            f"« {home.parent.name}/NOTEBOOK »."
        )
    moved = _is_inside(content, submitted)
    if moved:
        home.parent.mkdir(parents=True, exist_ok=True)
        if home.exists():
            home.rmdir()
        content.rename(home)
        _drop_empty(content.parent, submitted)
    else:
        for name in listing_of(content).files:
            replace_file(home / name, read_file(content / name))
    verb = "déplacé" if moved else "copié"
    told = f"Le dossier « {shown(content.name)} » a été {verb} : c’est maintenant la copie de « {home.parent.name} »."
    return Assigned(home.parent.name, "", told)


def _is_inside(path: Path, folder: Path) -> bool:
    return _plain(path).is_relative_to(_plain(folder))


def _same_place(one: Path, other: Path) -> bool:
    return _plain(one) == _plain(other)


def _plain(path: Path) -> Path:
    """Return an absolute path without « .. », links left as they are."""
    return Path(os.path.normpath(path.absolute()))


def _drop_empty(folder: Path, base: Path) -> None:
    """Remove a folder that became empty, and those above it, up to ``base``."""
    while _is_inside(folder, base) and not _same_place(folder, base) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
