"""A learner's notebook as it was given out, with their own figures, in a scratch folder for a trainer.

Nothing of the learner's is read or changed there, and nothing is recorded: the scratch folder can be thrown away.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.course.home import write_home
from autograder.course.private import private_folder
from autograder.keys.questions import questions_of
from casestudies.errors import CasekitError, why
from casestudies.identity import DRAW_VARIABLE, LEARNER_VARIABLE, keep_learner, write_json
from casestudies.variants import DRAWS_FILE, draw_key, known_draw

FOLDER = Path("build") / "voir-comme"
SOLVED = "modele-"
"""How the name of a notebook with its model solutions begins."""


@dataclass(frozen=True)
class SeenAs:
    """A notebook to open as a learner: the study folder, the notebook in it, and who one is there."""

    folder: Path
    notebook: str
    learner: str
    draw: int

    @property
    def path(self) -> Path:
        """The notebook."""
        return self.folder / self.notebook

    @property
    def environment(self) -> dict[str, str]:
        """What makes the notebook the learner's, whoever is at the keyboard."""
        return {LEARNER_VARIABLE: self.learner, DRAW_VARIABLE: str(self.draw)}


def see_as(course: Course, notebook: str, learner: str, anew: bool = False, solved: bool = False) -> SeenAs:
    """Prepare the scratch folder of a learner and return what to open; what was tried there before is kept.

    Parameters
    ----------
    notebook
        « e2-performance/03-budget », or the beginning that says which: « e2-performance/03 ».
    anew
        Take the notebook again as it was given out.
    solved
        Open the course's own notebook instead, model solutions included: run there, it gives the model's tables and
        values in the learner's variant.

    Raises
    ------
    CasekitError
        When the notebook was not given out, the learner has no figures in it, or the folder cannot be written.
    """
    course.require_original()
    assignment, _, start = notebook.partition("/")
    course.require(assignment)
    released = course.folder("release") / assignment
    name = _one_of(released, start, assignment)
    draws = _draws(course, assignment, learner)
    asked = questions_of(notebook=f"{assignment}/{name}")
    if not asked:
        raise CasekitError(f"« {assignment}/{name} » n’a pas de variante : ouvrez-le dans {released}.")
    company = asked[0].company
    if company not in draws:
        raise CasekitError(
            f"« {learner} » n’a pas encore de chiffres dans ce notebook. Lancez « casekit release {assignment} », qui "
            "les lui donne."
        )
    folder = course.root / FOLDER / learner
    try:
        for place in (folder.parent, folder, folder / assignment):
            private_folder(place)
        _copy(released, folder / assignment, f"{name}.ipynb" if anew else "")
        shown = f"{SOLVED if solved else ''}{name}.ipynb"
        if solved and (anew or not (folder / assignment / shown).exists()):
            shutil.copyfile(course.source(assignment) / f"{name}.ipynb", folder / assignment / shown)
        write_home(folder)
    except OSError as error:
        raise CasekitError(f"Le dossier {folder} ne peut pas être écrit : {why(error)}.") from error
    write_json(folder / assignment / DRAWS_FILE, {draw_key(one, learner): draw for one, draw in draws.items()})
    keep_learner(learner, folder / assignment)
    return SeenAs(folder, f"{assignment}/{shown}", learner, draws[company])


def _one_of(released: Path, start: str, assignment: str) -> str:
    """Return the name of the one released notebook that begins so."""
    names = sorted(path.stem for path in released.glob("*.ipynb"))
    if not names:
        raise CasekitError(
            f"« {assignment} » n’a pas encore été distribué : lancez d’abord « casekit release {assignment} »."
        )
    wanted = start.removesuffix(".ipynb")
    found = [wanted] if wanted in names else [name for name in names if wanted and name.startswith(wanted)]
    if len(found) != 1:
        listed = ", ".join(f"« {assignment}/{name} »" for name in found or names)
        raise CasekitError(f"Dites quel notebook ouvrir : {listed}.")
    return found[0]


def _draws(course: Course, assignment: str, learner: str) -> dict[str, int]:
    """Return the draws that a learner was given with an assignment, by company."""
    source, companies = course.source(assignment), {one.company for one in questions_of(assignment=assignment)}
    found = {company: known_draw(company, learner, source) for company in sorted(companies)}
    return {company: draw for company, draw in found.items() if draw is not None}


def _copy(released: Path, target: Path, again: str) -> None:
    """Copy what was given out, but for the draws of the class; what is there stays, except the file ``again``."""
    for path in sorted(released.rglob("*")):
        place = target / path.relative_to(released)
        if path.is_file() and path.name != DRAWS_FILE and (not place.exists() or path.name == again):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
