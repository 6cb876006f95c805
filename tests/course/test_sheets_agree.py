"""The formgrader, nbgrader's feedback, the kit's feedback pages and the sheets give the same points, to the digit."""

import json
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades
from reviewing import M1, M2

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.feedback.copies import FeedbackCopy, copy_of
from autograder.grading.feedback.pages import index_page
from autograder.grading.records import Incident, Record, Result, save_record
from autograder.keys.questions import questions_of, reviews_of
from autograder.review.store import ReviewStore
from autograder.sheets.build import build_sheets
from autograder.sheets.json_out import as_json
from autograder.sheets.model import Sheet, Verdict
from casestudies.findings import Finding, Outcome
from casestudies.french import short_number

ASSIGNMENT = "e2-performance"
LEARNERS = ("a01", "a02", "a03")
QUESTIONS = {one.id: one for one in questions_of(assignment=ASSIGNMENT)}
REVIEWS = {one.id: one for one in reviews_of(assignment=ASSIGNMENT)}
NOTEBOOK_OF = {name: Path(one.notebook).name for name, one in {**QUESTIONS, **REVIEWS}.items()}
NOTEBOOKS = sorted(set(NOTEBOOK_OF.values()))
TOPS = {name: 4.0 if name in REVIEWS else 1.0 + len(name) % 4 for name in NOTEBOOK_OF}
LOST = Incident("illisible", "Le fichier est abîmé.", "Demandez un nouveau dépôt.")


@dataclass
class State:
    """What happened in a class: the machine's share of points, notebooks lost, people absent, then people's acts."""

    shares: dict[tuple[str, str], float] = field(default_factory=dict)
    lost: set[tuple[str, str]] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    blank: set[tuple[str, str]] = field(default_factory=set)
    manual: dict[tuple[str, str], float | None] = field(default_factory=dict)
    extra: dict[tuple[str, str], float] = field(default_factory=dict)
    late: dict[tuple[str, str], float] = field(default_factory=dict)
    levels: list[tuple[str, str, int, int | None]] = field(default_factory=list)

    def points(self, learner: str, question: str) -> float:
        """Return the machine's points, as grading rounds them."""
        return round(self.shares.get((learner, question), 1.0) * TOPS[question], 2)


WHO = st.sampled_from(LEARNERS)
QUESTION = st.tuples(WHO, st.sampled_from(sorted(QUESTIONS)))
REVIEW = st.tuples(WHO, st.sampled_from(sorted(REVIEWS)))
CELL = st.one_of(QUESTION, REVIEW)
STATES = st.builds(
    State,
    shares=st.dictionaries(QUESTION, st.sampled_from((0.0, 0.25, 1 / 3, 0.5, 2 / 3, 0.9)), max_size=12),
    lost=st.sets(st.tuples(WHO, st.sampled_from(NOTEBOOKS)), max_size=2),
    absent=st.sets(WHO, max_size=1),
    blank=st.sets(REVIEW, max_size=2),
    manual=st.dictionaries(CELL, st.sampled_from((None, 0.0, 0.5, 1.0, 1.25, 2.5, 4.0)), max_size=5),
    extra=st.dictionaries(CELL, st.sampled_from((-0.5, 0.25, 1.0, 3.0)), max_size=3),
    late=st.dictionaries(st.tuples(WHO, st.sampled_from(NOTEBOOKS)), st.sampled_from((0.5, 2.0)), max_size=1),
    levels=st.lists(
        st.tuples(WHO, st.sampled_from(sorted(REVIEWS)), st.integers(1, 4), st.none() | st.integers(1, 4)), max_size=6
    ),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the course of the kit's own E2, released, nothing handed in."""
    root = tmp_path_factory.mktemp("modele") / "cours"
    root.mkdir()
    write_config(root)
    source = root / "notebooks" / ASSIGNMENT
    source.mkdir(parents=True)
    names = "".join(f"{learner};Apprenant;{learner.upper()}\n" for learner in LEARNERS)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{names}", encoding="utf-8")
    for name in NOTEBOOKS:
        nbformat.write(nbformat.v4.new_notebook(), source / f"{name}.ipynb")
    course = Course(root)
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        for name in NOTEBOOKS:
            gradebook.add_notebook(name, ASSIGNMENT)
        for name, notebook in NOTEBOOK_OF.items():
            kind = "markdown" if name in REVIEWS else "code"
            gradebook.add_grade_cell(name, notebook, ASSIGNMENT, max_score=TOPS[name], cell_type=kind)
            if name in REVIEWS:
                gradebook.add_solution_cell(name, notebook, ASSIGNMENT)
        for learner in LEARNERS:
            gradebook.add_student(learner)
    return root


@pytest.fixture(scope="module")
def shared(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(shutil.copytree(model, tmp_path_factory.mktemp("classe") / "cours"))


def live(course: Course, model: Path, state: State) -> None:
    """Put a class in this state: what grading leaves, then what people do in the formgrader and at the desk."""
    shutil.copyfile(model / "gradebook.db", course.root / "gradebook.db")
    shutil.rmtree(course.records, ignore_errors=True)
    present = [learner for learner in LEARNERS if learner not in state.absent]
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        for learner in present:
            for notebook in gradebook.add_submission(ASSIGNMENT, learner).notebooks:
                _grade(course, state, learner, notebook)
        gradebook.db.commit()
    with ReviewStore.of(course, ASSIGNMENT) as store:
        for learner, name, first, second in state.levels:
            part = store.part(learner, name)
            if learner not in present or store.see(M1, part).done:
                continue
            if second is not None:
                store.ask_second(M2, [part])
            store.write(part, M1, store.see(M1, part).version, level=first, comment="Vu.")
            if second is not None:
                store.write(part, M2, store.see(M2, part).version, level=second)


def _grade(course: Course, state: State, learner: str, notebook: Any) -> None:
    lost = (learner, notebook.name) in state.lost
    results = {}
    for grade in notebook.grades:
        key = (learner, grade.name)
        if grade.name in QUESTIONS and not lost:
            grade.auto_score = state.points(*key)
            share = grade.auto_score / TOPS[grade.name]
            finding = Finding(Outcome.RIGHT if share == 1 else Outcome.WRONG, share, "Dit.")
            results[grade.name] = Result(finding, grade.auto_score, TOPS[grade.name])
        elif grade.name in REVIEWS and key in state.blank and not lost:
            grade.auto_score = 0.0
        grade.needs_manual_grade = grade.auto_score is None
        if key in state.manual:
            grade.manual_score = state.manual[key]
            grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
        grade.extra_credit = state.extra.get(key)
    notebook.late_submission_penalty = state.late.get((learner, notebook.name))
    incidents = [LOST] if lost else []
    draw = None if lost else 0
    save_record(
        course.records,
        Record(ASSIGNMENT, notebook.name, learner, "kerlavandre", draw, "9.9", results=results, incidents=incidents),
    )


@settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
@given(STATES)
def test_formgrader_feedback_and_sheets_agree_to_the_digit(model: Path, shared: Course, state: State) -> None:
    """Without the phase that looks for a smaller example: each one is a whole class, it would take minutes."""
    course = shared
    live(course, model, state)
    sheets = {sheet.learner.id: sheet for sheet in build_sheets(course, ASSIGNMENT)}
    copies = {name: copy_of(course.records, course.db_url, ASSIGNMENT, name) for name in LEARNERS}
    with Gradebook(course.db_url) as gradebook:
        formgrader = {one["student"]: one for one in gradebook.submission_dicts(ASSIGNMENT)}
    assert set(formgrader) == set(LEARNERS) - state.absent
    for learner, sheet in sheets.items():
        known = {item.id: item.points for row in sheet.criteria for item in row.evidence}
        assert known == {line.id: line.points for part in copies[learner].parts for line in part.lines}
        assert printed(copies[learner]) == {
            name: f"{'–' if points is None else short_number(points)} sur {short_number(TOPS[name])}"
            for name, points in known.items()
        }
        if learner in state.absent:
            assert {row.verdict for row in sheet.criteria} == {Verdict.ABSENT}
            assert not any(points is not None for points in known.values())
            continue
        assert formgrader[learner]["score"] == pytest.approx(sum(points or 0.0 for points in known.values()), abs=1e-9)
        assert formgrader[learner]["max_score"] == sum(TOPS.values())
        _same_as_nbgrader_feedback(course, learner, known, state)
        _same_in_json(sheet, known)


def printed(copy: FeedbackCopy) -> dict[str, str]:
    """Return the points that the learner's page shows, by question or part."""
    page = index_page(copy, {}).partition("Question par question")[2]
    found = re.findall(r'href="[^"#]*#([^"]+)".*?<span class="points">([^<]*)</span>', page)
    return {unescape(name): unescape(points) for name, points in found}


def _same_as_nbgrader_feedback(course: Course, learner: str, known: dict[str, float | None], state: State) -> None:
    """Compare with what ``nbgrader generate_feedback`` writes in the notebook it hands to its exporter."""
    for notebook in NOTEBOOKS:
        names = [name for name, place in NOTEBOOK_OF.items() if place == notebook]
        nb = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(metadata={"nbgrader": _meta(name)}) for name in names]
        )
        who = {"notebook": notebook, "assignment": ASSIGNMENT, "student": learner, "db_url": course.db_url}
        nb, resources = GetGrades().preprocess(nb, {"nbgrader": who})
        scores = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.score for cell in nb.cells}
        assert scores == {name: pytest.approx(known[name] or 0.0, abs=1e-9) for name in names}
        total = sum(known[name] or 0.0 for name in names) - state.late.get((learner, notebook), 0.0)
        assert resources["nbgrader"]["score"] == pytest.approx(total, abs=1e-9)


def _meta(name: str) -> dict[str, Any]:
    return {"grade_id": name, "grade": True, "solution": False, "task": False, "locked": True, "points": TOPS[name]}


def _same_in_json(sheet: Sheet, known: dict[str, float | None]) -> None:
    """Compare the machine's points by criterion with the sum over its questions; unknown as soon as one is."""
    by_criterion: dict[str, list[float | None]] = defaultdict(list)
    for name, question in QUESTIONS.items():
        by_criterion[question.criterion].append(known[name])
    for code, row in json.loads(as_json([sheet]))[0]["criteria"].items():
        points = by_criterion[code]
        total = None if None in points else round(sum(one for one in points if one is not None), 2)
        assert row["auto"]["points"] == total
        assert row["auto"]["max"] == sum(TOPS[name] for name, one in QUESTIONS.items() if one.criterion == code)
