"""A course whose gradebook holds reviewed parts, to read in the desk: made by nbgrader, without any grading."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from reviewing import ASSIGNMENT, NOTEBOOK

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.records import Record, save_record
from autograder.keys.questions import Review
from autograder.referentiel import load_referentiel

EVERY_CRITERION = tuple(
    Review(f"r-{code.lower()}", f"Partie {code}", code, f"{ASSIGNMENT}/{NOTEBOOK}")
    for code in load_referentiel().criteria
)
"""One part for each of the 46 criteria, in one assignment."""
ORAL = Review("r-oral", "Présentation orale", "B1-C16", f"{ASSIGNMENT}/", minutes=20)
NOTE = """## Note à la direction

La promotion a fait monter les ventes de 12 %, contre 4 % la même semaine un an plus tôt.
L’effet propre serait de 8 points.

| Fenêtre | Ventes | Panier moyen |
|---|---|---|
| Avant | 1 204 | 41,20 € |
| Pendant | 1 349 | 38,90 € |

- Le panier moyen baisse : la remise en explique une partie.
- Une autre explication reste possible, la météo de la deuxième semaine.

<script>document.body.textContent = ""</script>
"""
WORK = nbformat.v4.new_notebook()


def names(count: int) -> tuple[str, ...]:
    """Return the identifiers of a class."""
    return tuple(f"a{number:03d}" for number in range(1, count + 1))


def desk_course(root: Path, declared: Sequence[Review], learners: Iterable[str], work: bool = False) -> Course:
    """Make a course whose learners have handed in ``declared``, an oral's part excepted.

    With ``work``, there are graded notebooks to read: a note with its table.
    """
    root.mkdir(parents=True, exist_ok=True)
    write_config(root)
    source = root / "notebooks" / ASSIGNMENT
    source.mkdir(parents=True)
    nbformat.write(WORK, source / f"{NOTEBOOK}.ipynb")
    learners = list(learners)
    lines = "".join(f"{learner};Apprenant;{learner.upper()}\n" for learner in learners)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    course = Course(root)
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        gradebook.add_notebook(NOTEBOOK, ASSIGNMENT)
        for one in declared:
            if one.notebook and not one.notebook.endswith("/"):
                gradebook.add_grade_cell(one.id, NOTEBOOK, ASSIGNMENT, max_score=4, cell_type="markdown")
                gradebook.add_solution_cell(one.id, NOTEBOOK, ASSIGNMENT)
        for learner in learners:
            gradebook.add_student(learner)
            gradebook.add_submission(ASSIGNMENT, learner)
            if work:
                _hand_in(course, learner, declared)
    return course


def _hand_in(course: Course, learner: str, declared: Sequence[Review]) -> None:
    folder = course.folder("autograded") / learner / ASSIGNMENT
    folder.mkdir(parents=True)
    cells = []
    for one in declared:
        cell = nbformat.v4.new_markdown_cell(NOTE)
        cell.metadata["nbgrader"] = {"grade_id": one.id, "grade": True, "solution": True, "locked": False, "points": 4,
                                     "schema_version": 3, "task": False, "cell_type": "markdown"}  # fmt: skip
        cells.append(cell)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{NOTEBOOK}.ipynb")
    save_record(course.records, Record(ASSIGNMENT, NOTEBOOK, learner, "kerlavandre", 1, "9.9"))
