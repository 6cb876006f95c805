"""One learner's copy as a feedback page tells it: notebooks, criteria, lines, misconceptions met."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.grading.feedback.incidents import told
from autograder.grading.feedback.lines import FeedbackLine, exercise_line, question_line, review_line
from autograder.grading.feedback.marks import Gradings, NotebookMarks, gradings_of
from autograder.grading.records import Record, read_records
from autograder.grading.triage.refusal import LOST
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of, reviews_of
from autograder.referentiel import load_referentiel
from casestudies import __version__
from casestudies.company import company_class

NOT_GRADED: dict[str, Any] = {
    "label": "Pas corrigée", "symbol": "○", "tone": "neutral", "points": None, "paragraphs": (), "remarks": (),
    "misconceptions": (),
}  # fmt: skip
"""How a line looks in a notebook that could not be graded, unless a person gave its points."""


@dataclass(frozen=True)
class CriterionBlock:
    """A criterion and its lines; a line outside the référentiel is in the block without a code."""

    code: str
    statement: str
    lines: tuple[FeedbackLine, ...]
    decided: str = ""
    """What the sheet concludes: « niveau 3, acquis »; empty when it is not known."""

    @property
    def counted(self) -> tuple[FeedbackLine, ...]:
        """The lines whose points are added: a level that a person gives is no number of points."""
        return tuple(line for line in self.lines if not (self.code and line.reviewed))

    @property
    def points(self) -> float:
        """Points given so far."""
        return sum(line.points or 0.0 for line in self.counted)

    @property
    def top(self) -> float:
        """The most one can have."""
        return sum(line.top for line in self.counted)

    @property
    def waiting(self) -> int:
        """How many lines have no points yet."""
        return sum(line.points is None for line in self.lines)


@dataclass(frozen=True)
class MisconceptionMet:
    """A misconception met, and the titles of the questions where it was."""

    title: str
    questions: tuple[str, ...]


@dataclass
class FeedbackPart:
    """One notebook of the copy."""

    notebook: str
    lines: tuple[FeedbackLine, ...] = ()
    incidents: tuple[str, ...] = ()
    penalty: float = 0.0
    comments: dict[str, str] = field(default_factory=dict)
    answers: dict[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The notebook's name as a title: « 01 – indicateurs promotion »."""
        number, _, rest = self.notebook.partition("-")
        words = rest.replace("-", " ") if number.isdigit() else self.notebook.replace("-", " ")
        return f"{number} – {words}" if number.isdigit() and words else words or self.notebook


@dataclass
class FeedbackCopy:
    """The whole copy of one learner for one assessment."""

    learner: str
    full_name: str
    assignment: str
    title: str
    variants: tuple[str, ...]
    kit_version: str
    parts: list[FeedbackPart]
    decided: Mapping[str, str] = field(default_factory=dict)

    def part(self, notebook: str) -> FeedbackPart:
        """Return the part of one notebook, an empty one when nothing is known of it."""
        return next((part for part in self.parts if part.notebook == notebook), FeedbackPart(notebook))

    @property
    def variant(self) -> str:
        """Which figures were worked on, in words; nothing for an assignment without a variant."""
        return " ; ".join(self.variants)


def blocks_of(lines: tuple[FeedbackLine, ...], decided: Mapping[str, str] | None = None) -> list[CriterionBlock]:
    """Return the lines by criterion, in the référentiel's order; what has no criterion comes last.

    ``decided`` is what the sheet concludes of each criterion.
    """
    words = decided or {}
    criteria = load_referentiel().criteria
    order = {code: number for number, code in enumerate(criteria)}
    codes = sorted({line.criterion for line in lines}, key=lambda code: (order.get(code, len(order)), code))
    statements = {code: criteria[code].statement if code in criteria else "" for code in codes}
    return [
        CriterionBlock(
            code, statements[code], tuple(line for line in lines if line.criterion == code), words.get(code, "")
        )
        for code in codes
    ]


def met_in(lines: tuple[FeedbackLine, ...]) -> list[MisconceptionMet]:
    """Return the misconceptions met, in the order of the questions."""
    catalogue = load_misconceptions()
    where: dict[str, list[str]] = {}
    for line in lines:
        for identifier in line.misconceptions:
            if identifier in catalogue:
                where.setdefault(identifier, []).append(line.title)
    return [MisconceptionMet(catalogue[identifier].title, tuple(titles)) for identifier, titles in where.items()]


def _variants(records: list[Record]) -> tuple[str, ...]:
    """Return the figures worked on, in words: « Kerlavandre, tirage 0 », one for each company."""
    drawn = dict.fromkeys((one.company, one.draw) for one in records if one.company and one.draw is not None)
    return tuple(f"{company_class(company).name}, tirage {draw}" for company, draw in drawn)


def copy_of(records: Path, db_url: str, assignment: str, learner: str) -> FeedbackCopy:
    """Return the copy of one learner, from the records kept at grading and the gradebook."""
    kept = {record.notebook: record for record in read_records(records, assignment, learner)}
    gradings = gradings_of(db_url, assignment, learner)
    names = sorted({*kept, *gradings.notebooks})
    parts = [_part(assignment, name, kept.get(name), gradings) for name in names]
    record = next(iter(kept.values()), None)
    return FeedbackCopy(
        learner,
        gradings.full_name,
        assignment,
        _title(assignment),
        _variants(list(kept.values())),
        record.kit_version if record else __version__,
        parts,
    )


def _part(assignment: str, notebook: str, record: Record | None, gradings: Gradings) -> FeedbackPart:
    held = gradings.notebooks.get(notebook, NotebookMarks())
    results = record.results if record else {}
    full = f"{assignment}/{notebook}"
    questions = [one for one in questions_of(notebook=full) if one.id in results or one.id in held.marks]
    # A question may have been asked elsewhere than where it was declared: the record says where it was answered.
    known = {one.id for one in questions}
    questions += [one for one in questions_of(assignment=assignment) if one.id in results and one.id not in known]
    reviews = [one for one in reviews_of(notebook=full) if one.id in held.marks]
    taken = {one.id for one in questions} | {one.id for one in reviews}
    lines = [question_line(one, results.get(one.id), held.marks.get(one.id)) for one in questions]
    lines += [review_line(one, held.marks.get(one.id), held.comments.get(one.id, "")) for one in reviews]
    lines += [
        exercise_line(name, mark, held.comments.get(name, ""), mark.again or mark.manual is not None)
        for name, mark in held.marks.items()
        if name not in taken
    ]
    lines = [replace(line, notebook=notebook) for line in lines]
    if record and any(one.code in LOST for one in record.incidents):
        by_hand = {name for name, mark in held.marks.items() if mark.manual is not None}
        lines = [line if line.id in by_hand else replace(line, **NOT_GRADED) for line in lines]
    shown = {line.id for line in lines if line.comment}
    return FeedbackPart(
        notebook,
        tuple(lines),
        told(record.incidents) if record else (),
        held.penalty,
        {name: text for name, text in held.comments.items() if name not in shown},
        dict(record.answers) if record else {},
    )


def _title(assignment: str) -> str:
    referentiel = load_referentiel()
    codes = {referentiel.criteria[one.criterion].assessment for one in questions_of(assignment=assignment)}
    titles = [f"{code} – {referentiel.assessments[code].title}" for code in sorted(codes)]
    return titles[0] if len(titles) == 1 else assignment
