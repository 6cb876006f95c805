"""What evaluating a class's stored answers again costs: everything rebuilt, then with what the tables say at hand."""

import random
import shutil
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from autograder.course.configuration import VALUES
from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.grading.records import Record, Result, save_record
from autograder.grading.regrading import regrade
from autograder.keys.cases import Case
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import Question, questions_of
from autograder.parallel import spread
from benchmarks.measure import Line, seconds
from casestudies import __version__
from casestudies.answers import encode
from casestudies.company import company_class

ASSIGNMENT, SUBMISSIONS, ANSWERS, WORKERS = "e2-performance", 150, 30, 2
POINTS = 2.0
NOTE = "Nous recommandons de garder la promotion, avec une limite : l’effet mesuré, 12 % environ, reste incertain. "
TABLE = [{"kpi": "Sessions", "définition": "visites du site pendant la fenêtre", "avant": 1000.0, "après": 1200.0}]
WRITTEN: dict[str, Any] = {"text": NOTE * 9, "table": TABLE}
"""The kinds of answers whose form is checked, as a hurried learner gives them."""


def asked(answers: int = ANSWERS) -> list[Question]:
    """Return the first ``answers`` questions of the assignment."""
    return questions_of(assignment=ASSIGNMENT)[:answers]


def answer(question: Question, case: Case, chance: random.Random) -> Any:
    """Return what a simulated learner hands in: right four times out of five, else catalogued or unexplained."""
    if question.key is None:
        return WRITTEN.get(getattr(question.check, "kind", "table"))
    key, luck = question.key(case), chance.random()
    if luck < 0.8:
        return key.right
    if luck < 0.9 and key.wrong:
        return chance.choice(key.wrong).value
    return key.right * 1.137 if isinstance(key.right, float) else key.right


def simulate(records: Path, learner: str, answers: int = ANSWERS) -> None:
    """Store the submission of one learner: a record for each notebook that one of its questions is in."""
    questions = asked(answers)
    case = Case(company_class(questions[0].company)(learner, 0))
    chance = random.Random(learner)
    handed = {question.id: encode(answer(question, case, chance)) for question in questions}
    notebooks: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        notebooks[question.notebook.split("/")[1]].append(question)
    for notebook, mine in notebooks.items():
        record = Record(ASSIGNMENT, notebook, learner, questions[0].company, 0, __version__)
        record.answers = {question.id: handed[question.id] for question in mine}
        for question in mine:
            finding = evaluate(question, case, handed[question.id], record.answers)
            record.results[question.id] = Result(finding, round(finding.fraction * POINTS, 2), POINTS)
        save_record(records, record)


def stored(root: Path, submissions: int, answers: int) -> Course:
    """Return a course that keeps ``submissions`` submissions of ``answers`` answers, each on its own variant."""
    course = init_course(root)
    names = [f"copie-{number:04d}" for number in range(submissions)]
    spread(partial(simulate, course.records, answers=answers), names, "Copies simulées", WORKERS)
    return course


def forget(course: Course) -> None:
    """Leave nothing of what the tables say."""
    shutil.rmtree(course.root / VALUES, ignore_errors=True)


def again(submissions: int = SUBMISSIONS, answers: int = ANSWERS) -> list[Line]:
    """Measure the same evaluation without and with the values kept from the last one, and with several processes."""
    with tempfile.TemporaryDirectory() as temporary:
        course = stored(Path(temporary) / "cours", submissions, answers)
        work = {
            "tables refaites, un processus": (True, 1),
            f"tables refaites, {WORKERS} processus": (True, WORKERS),
            "valeurs gardées, un processus": (False, 1),
            f"valeurs gardées, {WORKERS} processus": (False, WORKERS),
        }
        lines: list[Line] = []
        for name, (fresh, jobs) in work.items():
            if fresh:
                forget(course)
            taken = seconds(partial(_without_change, course, jobs))
            title = f"{submissions} copies de {answers} réponses : {name}"
            lines.append(Line(title, taken, taken / lines[0].seconds if lines else 1.0))
    return lines


def _without_change(course: Course, jobs: int) -> None:
    found = regrade(course, ASSIGNMENT, jobs=jobs)
    assert not found.changes
    assert not found.problems
