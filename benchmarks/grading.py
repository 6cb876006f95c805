"""What evaluating stored answers costs, against running a submission again through nbgrader."""

import tempfile
import warnings
from pathlib import Path

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.demo.people import ASSIGNMENT, Profile, model
from autograder.demo.run import hand_in
from autograder.grading.records import read_records
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.keys.cases import Case, case_of
from autograder.keys.evaluation import evaluate_all
from autograder.keys.questions import questions_of
from benchmarks.measure import Line, side_by_side
from casestudies.company import company_class

LEARNER, ROUNDS = "mesure", 3


def small_course(root: Path) -> Course:
    """Return a course whose only notebook is the first one, released and handed in by one learner."""
    course = init_course(root)
    for extra in sorted(course.source(ASSIGNMENT).glob("*.ipynb"))[1:]:
        extra.unlink()
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{LEARNER};;\n", encoding="utf-8")
    hand_in(course, release(course, ASSIGNMENT), Profile(LEARNER, "tout juste", model))
    return course


def evaluation() -> list[Line]:
    """Measure a submission run again, and the same answers only evaluated: from nothing, then with the case at hand."""
    with tempfile.TemporaryDirectory() as temporary, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own database warnings
        course = small_course(Path(temporary) / "cours")
        grade(course, ASSIGNMENT)
        record = read_records(course.records, ASSIGNMENT)[0]
        questions = questions_of(notebook=f"{ASSIGNMENT}/{record.notebook}")
        known = case_of(record.company, record.learner, record.draw or 0)

        def again(case: Case) -> None:
            evaluate_all(questions, case, record.answers)

        def from_nothing(_: int) -> None:
            again(Case(company_class(record.company)(record.learner, record.draw or 0)))

        works = {
            "copie exécutée de nouveau (nbgrader)": lambda _: grade(course, ASSIGNMENT),
            "réponses évaluées, variante à refaire": from_nothing,
            "réponses évaluées, variante en mémoire": lambda _: again(known),
        }
        taken = side_by_side(works, ROUNDS)
    whole = next(iter(taken.values()))
    return [Line(name, value, value / whole) for name, value in taken.items()]
