"""Grading an assignment for a class: one submission after the other, none able to stop the others."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.console import followed
from autograder.course import Course
from autograder.grading.intake import take_in
from autograder.grading.records import Incident, Record, load_record, record_path, save_record
from autograder.questions import questions_of
from casestudies import __version__
from casestudies.errors import CasekitError


@dataclass
class Graded:
    """What became of one learner's submission."""

    learner: str
    records: list[Record] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


def grade(course: Course, assignment: str, learners: list[str] | None = None) -> list[Graded]:
    """Grade the submissions of an assignment (all of them, or those of ``learners``) and return what became of each.

    Raises
    ------
    CasekitError
        When the course's configuration did not load, the assignment was not released, or nothing was handed in.
    """
    course.require(assignment)
    expected = expected_cells(course, assignment)
    submitted = [folder for folder in sorted(course.folder("submitted").glob(f"*/{assignment}")) if folder.is_dir()]
    folders = [folder for folder in submitted if learners is None or folder.parent.name in learners]
    if not folders:
        raise CasekitError(
            f"Aucune copie à corriger pour « {assignment} » dans {course.folder('submitted')}. "
            "Chaque copie va dans build/submitted/IDENTIFIANT/ÉVALUATION."
        )
    return [
        _grade_one(course, assignment, folder, expected) for folder in followed(folders, "Correction", len(folders))
    ]


def expected_cells(course: Course, assignment: str) -> dict[str, set[str]]:
    """Return the grade ids of each notebook of a released assignment.

    Raises
    ------
    CasekitError
        When the assignment was not released.
    """
    try:
        with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
            notebooks = gradebook.find_assignment(assignment).notebooks
            return {notebook.name: {cell.name for cell in notebook.grade_cells} for notebook in notebooks}
    except Exception as error:
        if type(error).__name__ != "MissingEntry":
            raise
        raise CasekitError(
            f"« {assignment} » n’a pas encore été distribuée : lancez « casekit release {assignment} »."
        ) from error


def _grade_one(course: Course, assignment: str, folder: Path, expected: dict[str, set[str]]) -> Graded:
    learner = folder.parent.name
    intake = take_in(folder, learner, expected)
    graded = Graded(learner, incidents=list(intake.incidents))
    whole = len(intake.ready) == len(expected)
    for notebook in ["*"] if whole else intake.ready:
        failure = _autograde(course, assignment, learner, notebook)
        if failure:
            graded.incidents.append(failure)
    _close_records(course, assignment, graded, expected)
    return graded


def _autograde(course: Course, assignment: str, learner: str, notebook: str) -> Incident | None:
    """Run nbgrader on one submission (or one of its notebooks); return an incident when it failed."""
    coursedir = course.api.coursedir
    coursedir.notebook_id = notebook
    try:
        result: dict[str, Any] = course.api.autograde(assignment, learner, force=True, create=True)
    finally:
        coursedir.notebook_id = "*"
    if result["success"]:
        return None
    advice = "Ouvrez la copie dans JupyterLab ; si elle y fonctionne, signalez ce message."
    what = f"La correction n’a pas abouti : {_reason(str(result.get('log') or result.get('error') or ''))}"
    return Incident("echec", what, advice, "" if notebook == "*" else notebook)


def _reason(log: str) -> str:
    """Return, from nbgrader's log, the line that names the error, or what is known of it in French."""
    if "unresponsive" in log:
        return "le noyau ne répondait plus (boucle sans fin ou mémoire saturée)."
    errors = [line.strip() for line in log.splitlines() if re.match(r"\s*[\w.]+(Error|Exception|Warning)\b", line)]
    return errors[-1][:200] if errors else "raison inconnue"


def _close_records(course: Course, assignment: str, graded: Graded, expected: dict[str, set[str]]) -> None:
    """Attach the incidents of the intake to the records, so that every question without a score has its reason."""
    company = next((question.company for question in questions_of(assignment=assignment)), "")
    for notebook in expected:
        path = record_path(course.records, assignment, graded.learner, notebook)
        mine = [incident for incident in graded.incidents if incident.notebook in (notebook, "")]
        lost = any(incident.code in ("illisible", "notebook-absent", "echec") for incident in mine)
        if lost or not path.is_file():
            record = Record(assignment, notebook, graded.learner, company, None, __version__)
        else:
            record = load_record(path)
            graded.incidents += [incident for incident in record.incidents if incident not in graded.incidents]
        record.incidents = [*mine, *(incident for incident in record.incidents if incident not in mine)]
        save_record(course.records, record)
        graded.records.append(record)
