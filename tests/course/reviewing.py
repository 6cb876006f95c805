"""A gradebook with reviewed parts, made by nbgrader itself, and the formgrader's way of changing a mark."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from nbgrader.api import Gradebook

from autograder.keys.questions import Review
from autograder.review.model import Marker, Part
from autograder.review.store import ReviewStore

ASSIGNMENT, NOTEBOOK = "e2-performance", "02-analyse-avant-apres"
CONSTATS = Review("r-constats", "Constats", "B1-C13", f"{ASSIGNMENT}/{NOTEBOOK}")
NOTE = Review("r-note", "Note à la direction", "B1-C16", f"{ASSIGNMENT}/{NOTEBOOK}")
ORAL = Review("r-oral", "Présentation orale", "B1-C16", f"{ASSIGNMENT}/")
DECLARED = (CONSTATS, NOTE, ORAL)
TOPS = {"r-constats": 4, "r-note": 8}
M1, M2, M3 = Marker("m1"), Marker("m2"), Marker("m3")


@dataclass(frozen=True)
class Desk:
    """A database and the ways into it."""

    url: str

    def store(self) -> ReviewStore:
        return ReviewStore(self.url, ASSIGNMENT, DECLARED)

    def formgrader(self, learner: str, part: str, **marks: Any) -> None:
        """Do what the formgrader's handlers do when a person types points or a comment."""
        with Gradebook(self.url) as gradebook:
            if "manual_score" in marks:
                grade = gradebook.find_grade(part, NOTEBOOK, ASSIGNMENT, learner)
                grade.manual_score = marks["manual_score"]
                grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
            if "manual_comment" in marks:
                gradebook.find_comment(part, NOTEBOOK, ASSIGNMENT, learner).manual_comment = marks["manual_comment"]
            gradebook.db.commit()

    def held(self, learner: str, part: str) -> tuple[float | None, str | None, bool]:
        """Return the points, the comment and whether nbgrader waits for a person."""
        with Gradebook(self.url) as gradebook:
            grade = gradebook.find_grade(part, NOTEBOOK, ASSIGNMENT, learner)
            comment = gradebook.find_comment(part, NOTEBOOK, ASSIGNMENT, learner).manual_comment
            return grade.manual_score, comment, grade.needs_manual_grade

    def hand_in_again(self, learner: str) -> None:
        """Take a submission away and hand it in anew, as a trainer who cleans up may do."""
        with Gradebook(self.url) as gradebook:
            gradebook.remove_submission(ASSIGNMENT, learner)
            gradebook.add_submission(ASSIGNMENT, learner)


def fill(url: str, learners: tuple[str, ...]) -> Desk:
    """Make the gradebook of a released assignment, with a submission of each learner."""
    with Gradebook(url) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        gradebook.add_notebook(NOTEBOOK, ASSIGNMENT)
        for name, top in TOPS.items():
            gradebook.add_grade_cell(name, NOTEBOOK, ASSIGNMENT, max_score=top, cell_type="markdown")
            gradebook.add_solution_cell(name, NOTEBOOK, ASSIGNMENT)
        for learner in learners:
            gradebook.add_student(learner)
            gradebook.add_submission(ASSIGNMENT, learner)
    return Desk(url)


def new_database(server: str, name: str, template: str = "template1") -> str:
    """Make a database on a PostgreSQL server, empty or the copy of another; return its address."""
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return server.rpartition("/")[0] + f"/{name}"


def mark(store: ReviewStore, marker: Marker, learner: str, part: str, **wanted: Any) -> Any:
    """Write as the desk does: on what was just seen."""
    one: Part = store.part(learner, part)
    return store.write(one, marker, store.see(marker, one).version, **wanted)


def settle(store: ReviewStore, marker: Marker, learner: str, part: str, **wanted: Any) -> Any:
    """Reconcile as the desk does."""
    pair = next(one for one in store.pairs() if (one.part.learner, one.part.id) == (learner, part))
    return store.reconcile(pair.part, marker, pair.seen.version, **wanted)
