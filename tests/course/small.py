"""A small real course: one notebook that asks two numbers, so that a whole grading takes seconds."""

import json
import shutil
from pathlib import Path

from autograder.authoring.twins import notebook_of
from autograder.course.course import CONFIG_FILE, LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.grading.records import Record, read_records
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.questions import Question, questions_of
from autograder.keys.variants import accepted_draw

ASSIGNMENT, NOTEBOOK, COMPANY = "e2-performance", "01-indicateurs-promotion", "kerlavandre"
FIRST, SECOND = [
    question
    for question in questions_of(notebook=f"{ASSIGNMENT}/{NOTEBOOK}")
    if isinstance(question.check, CloseTo) and not question.needs
][:2]

TEXT = f"""# Petit notebook

```{{code-cell}}
identifiant = ""
```

```{{code-cell}}
:nbgrader: {{grade_id: ouverture, locked: true}}
from casestudies import ouvrir_dossier

dossier = ouvrir_dossier("{COMPANY}", identifiant)
dossier
```

```{{code-cell}}
:nbgrader: {{grade_id: a-un, solution: true}}
un = None
### DÉBUT SOLUTION
un = 1
### FIN SOLUTION
```

```{{code-cell}}
:nbgrader: {{grade_id: {FIRST.id}, grade: true, locked: true, points: 2}}
dossier.verifier("{FIRST.id}", un)
```

```{{code-cell}}
:nbgrader: {{grade_id: a-deux, solution: true}}
deux = None
### DÉBUT SOLUTION
deux = 2
### FIN SOLUTION
```

```{{code-cell}}
:nbgrader: {{grade_id: {SECOND.id}, grade: true, locked: true, points: 3}}
dossier.verifier("{SECOND.id}", deux)
```
"""


def make_course(root: Path, learners: tuple[str, ...], config: str = "") -> Course:
    """Return a course with the small notebook, released for ``learners``; ``config`` is added to its configuration."""
    course = init_course(root)
    with (root / CONFIG_FILE).open("a", encoding="utf-8") as file:
        file.write(config)
    source = course.source(ASSIGNMENT)
    for path in source.glob("*.ipynb"):
        path.unlink()
    (source / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook_of(TEXT)), encoding="utf-8")
    (root / LEARNERS_FILE).write_text("identifiant;prenom;nom\n" + "".join(f"{name};;\n" for name in learners))
    release(course, ASSIGNMENT)
    return course


def copied(course: Course, root: Path) -> Course:
    """Return a copy of a course, whose configuration finds its own folder."""
    shutil.copytree(course.root, root)
    return Course(root)


def case(learner: str) -> Case:
    """Return the accepted case of a learner."""
    return case_of(COMPANY, learner, accepted_draw(COMPANY, learner))


def right(question: Question, learner: str) -> float:
    """Return the right value of a question for a learner."""
    return float(question.key(case(learner)).right)


def submit(course: Course, learner: str, edit=None, un: str | None = None, deux: str | None = None) -> Path:
    """Hand in the small notebook: right answers unless others are given; ``edit`` may change the cells at will."""
    folder = course.folder("submitted") / learner / ASSIGNMENT
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(course.folder("release") / ASSIGNMENT, folder)
    path = folder / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    set_source(notebook, "a-un", f"un = {right(FIRST, learner) if un is None else un}")
    set_source(notebook, "a-deux", f"deux = {right(SECOND, learner) if deux is None else deux}")
    if edit:
        edit(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def cell(notebook: dict, grade_id: str) -> dict:
    """Return the cell with this grade id."""
    return next(one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def set_source(notebook: dict, grade_id: str, source: str) -> None:
    """Write the source of a cell."""
    cell(notebook, grade_id)["source"] = source


def code(source: str, name: str = "ajout") -> dict:
    """Return a new code cell."""
    return {"cell_type": "code", "id": name, "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def graded(course: Course) -> dict[str, Record]:
    """Grade the course and return each learner's record."""
    grade(course, ASSIGNMENT)
    return {record.learner: record for record in read_records(course.records, ASSIGNMENT)}


def points(record: Record) -> dict[str, float]:
    """Return the points of each question."""
    return {name: result.points for name, result in record.results.items()}
