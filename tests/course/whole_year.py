"""A centre's course over its four assessments: E4 really released and graded, the others as grading leaves them."""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook
from reviewing import M1, mark

from autograder.certification.tutor_form import FIELDS, SHEET
from autograder.cli import main
from autograder.content import notebooks_folder
from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.demo import run as simulated
from autograder.demo.people import Profile, model
from autograder.grading import records
from autograder.keys.questions import questions_of, reviews_of
from autograder.review.store import ReviewStore
from casestudies.findings import Finding, Outcome

E1, E2, E3, E4 = "e1-strategie", "e2-performance", "e3-plan-operationnel", "e4-equipe"


def run(course: Course, *words: object) -> Result:
    """Run a command as the centre does."""
    return CliRunner().invoke(main, [*map(str, words), "--cours", str(course.root)])


def done(course: Course, *words: object) -> str:
    """Run a command that must succeed; return what it said, its spaces made ordinary."""
    made = run(course, *words)
    assert made.exit_code == 0, made.output
    return " ".join(made.output.split())


def new_course(root: Path, learners: Iterable[tuple[str, str, str]]) -> Course:
    """Return a course of these learners (identifier, first name, last name), its notebooks those of the kit."""
    root.mkdir(parents=True)
    write_config(root)
    shutil.copytree(notebooks_folder() / E4, root / "notebooks" / E4)
    lines = "".join(f"{';'.join(one)}\n" for one in learners)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    return Course(root)


def hand_in_really(course: Course, learners: Iterable[str]) -> None:
    """Release E4, hand in the model's answers of each learner on their own variant, and grade them."""
    done(course, "release", E4)
    for learner in learners:
        simulated.hand_in(course, course.folder("release") / E4, Profile(learner, "modèle", model))
    done(course, "grade", E4)


def hand_in(course: Course, assignment: str, learners: Sequence[str]) -> None:
    """Put the gradebook and the records in the state in which grading leaves right copies, without running them."""
    questions = {one.id: one for one in questions_of(assignment=assignment)}
    reviews = {one.id: one for one in reviews_of(assignment=assignment) if not one.notebook.endswith("/")}
    notebooks = {name: one.notebook for name, one in questions.items()} | {
        name: one.notebook for name, one in reviews.items()
    }
    places = {name: Path(notebook).name for name, notebook in notebooks.items()}
    source = course.root / "notebooks" / assignment
    source.mkdir(parents=True)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.add_assignment(assignment)
        for notebook in sorted(set(places.values())):
            nbformat.write(nbformat.v4.new_notebook(), source / f"{notebook}.ipynb")
            gradebook.add_notebook(notebook, assignment)
        for name, notebook in places.items():
            kind, top = ("code", 1) if name in questions else ("markdown", 4)
            gradebook.add_grade_cell(name, notebook, assignment, max_score=top, cell_type=kind)
            if name in reviews:
                gradebook.add_solution_cell(name, notebook, assignment)
        for learner in learners:
            gradebook.update_or_create_student(learner)
            for notebook in gradebook.add_submission(assignment, learner).notebooks:
                results = {}
                for grade in notebook.grades:
                    right = grade.name in questions
                    grade.auto_score, grade.needs_manual_grade = (1.0 if right else None), not right
                    if right:
                        results[grade.name] = records.Result(Finding(Outcome.RIGHT, 1.0, "Juste."), 1.0, 1.0)
                company = next(one.company for one in questions.values() if Path(one.notebook).name == notebook.name)
                record = records.Record(assignment, notebook.name, learner, company, 0, "9.9", results=results)
                records.save_record(course.records, record)
        gradebook.db.commit()


def review(
    course: Course, assignment: str, learner: str, level: int, others: Mapping[str, int] | None = None,
    only: Callable[[str], bool] = lambda criterion: True,
) -> None:  # fmt: skip
    """Review every part of a learner's work at one level, but for the criteria of ``others``."""
    with ReviewStore.of(course, assignment) as store:
        for part in store.parts():
            if part.learner == learner and only(part.criterion):
                given = (others or {}).get(part.criterion, level)
                mark(store, M1, learner, part.id, level=given, comment="Lu.")


def filled_grid(course: Course, learner: str, company: str, start: date, end: date, day: date) -> Path:
    """Have a tutor fill the grid that the centre wrote for a learner; return their file."""
    done(course, "tuteur", learner)
    path = course.root / "build" / "tuteurs" / f"grille-tuteur-{learner}.xlsx"
    book = openpyxl.load_workbook(path)
    page: Any = book[SHEET]
    places = {cell.value: cell.row for cell in page["A"]}
    for label, value in zip(FIELDS, (company, "Tutrice fictive", "Responsable", start, end, day), strict=True):
        page.cell(places[label], 3).value = value
    for line in range(places["Code"] + 1, page.max_row + 1):
        page.cell(line, 4).value = "3 acquis"
    given = course.root / f"{learner}-{company}.xlsx".replace(" ", "-")
    book.save(given)
    return given


def record_json(folder: Path) -> dict[str, Any]:
    """Return what a session's JSON record says."""
    found: dict[str, Any] = json.loads((folder / "proces-verbal.json").read_text(encoding="utf-8"))
    return found
