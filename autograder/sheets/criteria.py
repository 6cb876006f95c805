"""From one learner's results and marks to the row of one criterion, with its evidence and its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from autograder.course.gradebook import Mark
from autograder.grading.records import Record, Result
from autograder.grading.triage.refusal import LOST, MENDED
from autograder.keys.evaluation import is_own_value, is_value
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import Question, Review
from autograder.referentiel import LEVEL_NAMES, Criterion
from autograder.referentiel.rubric import load_rubrics
from autograder.review.model import Retained, Stage
from autograder.review.orals import OralNotes, said
from autograder.sheets.centre import HIGHEST, Centre
from autograder.sheets.marks import Marks
from autograder.sheets.model import CriterionRow, Evidence
from autograder.sheets.verdicts import Parts, decide, review_level
from casestudies.findings import Finding, Outcome
from casestudies.french import short_number

NOT_GRADED = "Non corrigée"
SAID_IN_FULL = (Outcome.NOT_ATTEMPTED, Outcome.UNREADABLE, Outcome.TO_COMPLETE, Outcome.RECORDED)
"""Outcomes whose own sentence says why points are missing; for the others, the outcome's label is enough."""


@dataclass(frozen=True)
class MarkedCopy:
    """What one learner handed in: records by notebook, marks and reviews by cell, what to say when there is none.

    ``absent`` says that nothing was handed in at all; ``heard`` is what each marker kept of an oral, by part.
    """

    records: Mapping[str, Record]
    marks: Mapping[str, Mark]
    missing: str
    reviewed: Mapping[str, Retained] = field(default_factory=dict)
    absent: bool = False
    heard: Mapping[str, Mapping[str, OralNotes]] = field(default_factory=dict)

    def result(self, notebook: str, question: str) -> Result | None:
        """Return the result of a question, None when it was not graded."""
        record = self.records.get(notebook)
        return record.results.get(question) if record else None

    def graded(self, notebook: str) -> bool:
        """Whether the machine could grade this notebook."""
        record = self.records.get(notebook)
        return record is not None and not any(incident.code in LOST for incident in record.incidents)

    def loss(self, notebook: str) -> str:
        """Return why a notebook has no result, in French."""
        record = self.records.get(notebook)
        for incident in record.incidents if record else ():
            if incident.code in LOST:
                return f"Copie non corrigée : {incident.what} {incident.advice}".strip()
        return self.missing


@dataclass(frozen=True)
class _Part:
    """One question or reviewed part: its evidence, its level if it is reviewed, what is missing."""

    evidence: Evidence
    lost: str = ""
    pending: str = ""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    blank: bool = False


def criterion_row(
    criterion: Criterion,
    questions: list[Question],
    reviews: list[Review],
    copy: MarkedCopy,
    marks: Marks,
    centre: Centre,
) -> CriterionRow:
    """Return the row of one criterion for one learner, from the questions and the reviewed parts of an assessment."""
    questions = [question for question in questions if question.criterion == criterion.code]
    reviews = [review for review in reviews if review.criterion == criterion.code]
    asked = [_question_part(question, copy, marks) for question in questions]
    read = [_review_part(review, copy, marks) for review in reviews]
    lost = _unique(part.lost for part in (*asked, *read) if part.lost)
    points = [part.evidence.points for part in asked if part.evidence.points is not None]
    complete = bool(asked) and len(points) == len(asked)
    parts = Parts(
        points=sum(points) if complete else None,
        max_points=float(sum(part.evidence.max_points for part in asked)),
        scores=tuple(part.score for part in read),
        lost=lost,
        pending=(*_unique(part.pending for part in read if part.pending), *_without_cell(criterion, asked, read)),
        absent=copy.absent and any(part.evidence.notebook for part in (*asked, *read)),
        withdrawn=centre.withdrawn.get(criterion.code, ""),
        own=_has_own_value(questions, asked),
        failed=_essentials_failed(questions, asked),
        blank=bool(read) and all(part.blank for part in read),
    )
    decision = decide(parts, centre)
    findings = _findings(questions, copy)
    said = _unique(reason for part in (*asked, *read) for reason in part.reasons)
    stopped = _incidents([*questions, *reviews], copy) if findings or lost else ()
    return CriterionRow(
        code=criterion.code,
        statement=criterion.statement,
        competencies=criterion.competencies,
        type=criterion.type,
        auto_points=None if parts.points is None else round(parts.points, 2),
        auto_max=parts.max_points,
        auto_level=decision.auto_level,
        review_level=decision.review_level,
        level=decision.level,
        verdict=decision.verdict,
        reasons=(*decision.reasons, *findings, *said, *stopped),
        evidence=tuple(part.evidence for part in (*asked, *read)),
    )


def _has_own_value(questions: list[Question], asked: list[_Part]) -> bool:
    """Whether a right value earned points, or a person gave them; a criterion that asks for no value needs none."""
    if not any(map(is_value, questions)):
        return True
    given = [part.evidence for part in asked if part.evidence.points]
    found = {one.id: one for one in questions}
    return any(
        one.changed
        or (one.found is not None and is_own_value(found[one.id], one.found, (one.points or 0.0) / one.max_points))
        for one in given
    )


def _essentials_failed(questions: list[Question], asked: list[_Part]) -> tuple[str, ...]:
    """Return the titles of the essential questions that earned less than half of their points."""
    essential = {question.id for question in questions if question.essential}
    found = [part.evidence for part in asked if part.evidence.id in essential]
    return tuple(one.title for one in found if one.points is not None and 2 * one.points < one.max_points)


def _question_part(question: Question, copy: MarkedCopy, marks: Marks) -> _Part:
    notebook = PurePath(question.notebook).name
    record, result = copy.records.get(notebook), copy.result(notebook, question.id)
    mark = copy.marks.get(question.id, Mark())
    top = result.max_points if result else marks.points.get(question.id, 0.0)
    outcome = result.finding.outcome.label if result else NOT_GRADED
    points = result.points if result else None
    reasons: tuple[str, ...] = ()
    lost = ""
    if mark.by_hand and (mark.manual is not None or points is not None):
        base = mark.manual if mark.manual is not None else points or 0.0
        before = "non corrigé" if points is None else short_number(points)
        points = base + mark.bonus
        reasons = (f"« {question.title} » : points modifiés par le formateur ({before} → {short_number(points)}).",)
    elif result is None:
        lost = copy.loss(notebook)
        if copy.graded(notebook):
            lost = f"Copie non corrigée : la question « {question.title} » n’a pas de résultat, relancez la correction."
    evidence = Evidence(
        question.id, question.title, notebook, outcome, points, top, changed=bool(reasons),
        found=result.finding.outcome if result else None,
        misconceptions=result.finding.misconceptions if result else (),
        hints=record.hints.get(question.id, 0) if record else 0,
    )  # fmt: skip
    return _Part(evidence, lost, reasons=reasons)


def _review_part(review: Review, copy: MarkedCopy, marks: Marks) -> _Part:
    notebook = review.notebook.rpartition("/")[2]  # empty for an oral, which is in no notebook
    mark = copy.marks.get(review.id, Mark())
    counts = copy.reviewed.get(review.id, Retained())
    top = marks.points.get(review.id, 0.0) or float(HIGHEST)
    notes = copy.heard.get(review.id, {})
    heard = tuple(f"{marker} – {line}" for marker in counts.markers if marker in notes for line in said(notes[marker]))
    manual = mark.manual if notebook else counts.level  # an oral is in the store of reviews alone

    def part(outcome: str, score: float | None = None, lost: str = "", pending: str = "") -> _Part:
        points = None if score is None else (manual or 0.0) + mark.bonus
        read = score is not None and manual is not None
        evidence = Evidence(
            review.id, review.title, notebook, outcome, points, top, comment=mark.comment or counts.comment,
            markers=counts.markers, reviewed_at=counts.at, rubric=counts.rubric, waiting=bool(pending),
            unreconciled=counts.unreconciled, settled=counts.stage is Stage.RECONCILED, stale=counts.stale,
            heard=heard,
        )  # fmt: skip
        return _Part(evidence, lost, pending, score, _review_reasons(review, mark, counts) if read else ())

    if counts.unreconciled:
        markers = " et ".join(counts.markers)
        return part("À concilier", pending=f"« {review.title} » : {markers} n’ont pas le même niveau, à concilier.")
    if counts.stale:
        then = "" if counts.former is None else f", niveau d’alors {short_number(counts.former)} (il ne compte plus)"
        why = f"« {review.title} » : à relire, le travail a été modifié depuis la relecture{then}."
        return part("À relire (travail modifié)", pending=why)
    if manual is not None:
        score = manual * HIGHEST / top
        level = review_level([score])
        return part(f"Niveau {level} ({LEVEL_NAMES[level]})", score)
    if notebook and not copy.graded(notebook):
        return part(NOT_GRADED, lost=copy.loss(notebook))
    if mark.blank:
        return replace(
            part("Rien n’est rédigé", 0.0),
            blank=True,
            reasons=(f"« {review.title} » : rien n’est rédigé, la cellule est restée vide.",),
        )
    return part("À relire", pending=f"« {review.title} » : à relire par le formateur.")


def _review_reasons(review: Review, mark: Mark, counts: Retained) -> tuple[str, ...]:
    """Say what became of a review since it was made."""
    found = []
    if counts.overrides:
        found.append(f"« {review.title} » : niveau changé dans le formgrader après la relecture.")
    if mark.bonus:
        found.append(
            f"« {review.title} » : bonus de {short_number(mark.bonus)} point(s), compté dans les points, sans effet "
            "sur le niveau."
        )
    if mark.again and not counts.same:
        found.append(
            f"« {review.title} » : copie corrigée de nouveau depuis la relecture ; vérifiez que le niveau vaut encore."
        )
    rubric = load_rubrics().get(review.criterion)
    if counts.rubric and rubric and counts.rubric != rubric.digest:
        found.append(
            f"« {review.title} » : la grille a changé depuis la relecture ; vérifiez que le niveau vaut encore."
        )
    return tuple(found)


def _without_cell(criterion: Criterion, asked: list[_Part], read: list[_Part]) -> tuple[str, ...]:
    """Return what the référentiel asks for and no cell of the notebooks collects: it cannot be taken as acquired."""
    if not asked and not read:
        return ("Aucune question de cette évaluation ne porte encore sur ce critère : à évaluer sur une autre pièce.",)
    if criterion.reviewed and not read:
        return ("La part relue de ce critère n’a pas de cellule dans les notebooks : à évaluer sur une autre pièce.",)
    return ()


def _findings(asked: list[Question], copy: MarkedCopy) -> tuple[str, ...]:
    """Return one reason per kind of loss: what it is, the titles of the questions, then what was said of them."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for question in asked:
        result = copy.result(PurePath(question.notebook).name, question.id)
        if result and result.points < result.max_points:
            grouped.setdefault(_said(result.finding), []).append(f"« {question.title} »")
    return tuple(f"{label} : {', '.join(titles)}. {more}".strip() for (label, more), titles in grouped.items())


def _said(finding: Finding) -> tuple[str, str]:
    """Return the kind of loss, and the sentence that goes with it when it says more."""
    label = finding.outcome.label
    if finding.outcome is Outcome.TO_COMPLETE and finding.remarks:
        return label, " ".join(finding.remarks)
    if finding.outcome in SAID_IN_FULL:
        return label, finding.message
    known = load_misconceptions()
    titles = [f"« {known[name].title} »" for name in finding.misconceptions if name in known]
    return (f"{label} ({' ou '.join(titles)})" if titles else label), ""


def _incidents(parts: list[Question | Review], copy: MarkedCopy) -> tuple[str, ...]:
    """Return what happened to the notebooks of a criterion that lost points, besides what left them ungraded."""
    names = _unique(PurePath(part.notebook).name for part in parts)
    records = [copy.records[name] for name in names if name in copy.records]
    return _unique(
        incident.what for record in records for incident in record.incidents if incident.code not in LOST | MENDED
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
