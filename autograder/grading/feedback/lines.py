"""One line of a feedback page: what is said of a question, of a part that people review, of an ordinary exercise."""

from dataclasses import dataclass

from autograder.course.gradebook import Mark
from autograder.grading.records import Result
from autograder.keys.questions import Question, Review
from autograder.referentiel import LEVEL_NAMES
from casestudies.findings import Outcome
from casestudies.french import short_number

TO_REVIEW = "À relire par votre formateur"
CHANGED = "Points revus par votre formateur."


@dataclass(frozen=True)
class FeedbackLine:
    """What is shown of one question or part. ``points`` is None while nobody has given any."""

    id: str
    title: str
    criterion: str
    label: str
    symbol: str
    tone: str
    points: float | None
    top: float
    paragraphs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    comment: str = ""
    reviewed: bool = False
    misconceptions: tuple[str, ...] = ()
    notebook: str = ""

    @property
    def score(self) -> str:
        """The points in words: « 1,5 sur 2 »."""
        given = "–" if self.points is None else short_number(self.points)
        return f"{given} sur {short_number(self.top)}"


def question_line(question: Question, result: Result | None, mark: Mark | None) -> FeedbackLine:
    """Return the line of a question; the gradebook's points win over the machine's, and say so."""
    top = mark.top if mark else (result.max_points if result else 0.0)
    points = mark.score if mark else (result.points if result else None)
    if result is None:
        return FeedbackLine(
            question.id, question.title, question.criterion, "Pas encore corrigée", "○", "neutral", points, top
        )  # fmt: skip
    finding = result.finding
    changed = points is not None and abs(points - result.points) > 0.005
    said = tuple(text for text in (finding.message, finding.question, CHANGED if changed else "") if text)
    outcome = finding.outcome
    return FeedbackLine(
        question.id, question.title, question.criterion, outcome.label, outcome.symbol, outcome.tone, points, top,
        said, finding.remarks, misconceptions=finding.misconceptions,
    )  # fmt: skip


def review_line(review: Review, mark: Mark | None, comment: str) -> FeedbackLine:
    """Return the line of a part that people review: its level once a trainer gave one."""
    return _reviewed(review.id, review.title, review.criterion, mark, comment)


def exercise_line(name: str, mark: Mark, comment: str, written: bool) -> FeedbackLine:
    """Return the line of an ordinary graded cell: the kit knows its points and nothing else."""
    if written:
        return _reviewed(name, name, "", mark, comment)
    points = mark.score
    if points is None:
        outcome, label = Outcome.NOT_ATTEMPTED, "Pas encore corrigée"
    elif points >= mark.top:
        outcome, label = Outcome.RIGHT, Outcome.RIGHT.label
    elif points > 0:
        outcome, label = Outcome.TO_COMPLETE, "En partie juste"
    else:
        outcome, label = Outcome.WRONG, Outcome.WRONG.label
    return FeedbackLine(name, name, "", label, outcome.symbol, outcome.tone, points, mark.top, comment=comment)


def _reviewed(name: str, title: str, criterion: str, mark: Mark | None, comment: str) -> FeedbackLine:
    top = mark.top if mark else float(max(LEVEL_NAMES))
    points = mark.score if mark else None
    said: tuple[str, ...] = ()
    if mark is not None and mark.manual is not None:
        label, symbol, tone = _level(mark.manual, top)
    elif mark is not None and mark.blank:
        blank, said = Outcome.NOT_ATTEMPTED, ("Cette partie a été remise sans réponse.",)
        label, symbol, tone = blank.label, blank.symbol, blank.tone
    else:
        label, symbol, tone, points = TO_REVIEW, "…", "mixed", None
    return FeedbackLine(name, title, criterion, label, symbol, tone, points, top, said, (), comment, reviewed=True)


def _level(level: float, top: float) -> tuple[str, str, str]:
    named = LEVEL_NAMES.get(int(level)) if top == max(LEVEL_NAMES) and level == int(level) else None
    share = level / top if top else 0.0
    symbol, tone = ("✓", "good") if share >= 0.75 else ("±", "mixed") if share >= 0.5 else ("✗", "bad")
    return (f"Niveau {int(level)} : {named}" if named else "Relu par votre formateur", symbol, tone)
