"""What a learner did, summed up at hand-in: by criterion, mistakes overcome, hints, time as far as it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.findings import FeedbackService
from casestudies.remise.reading import NotebookReading, QuestionReading
from casestudies.worked import WorkJournal


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: its code, what it asks for, and how its questions stand."""

    code: str
    statement: str
    right: int
    total: int
    blank: int
    hints: int


@dataclass(frozen=True)
class Recap:
    """The whole: criteria in order, « question: mistake » overcome, hints, seconds counted, days (ISO) of work."""

    criteria: tuple[CriterionLine, ...] = ()
    overcome: tuple[tuple[str, str], ...] = ()
    hints: int = 0
    seconds: float = 0.0
    days: tuple[str, ...] = ()


def recap_of(readings: Sequence[NotebookReading], folder: Path, learner: str, service: FeedbackService | None) -> Recap:
    """Return the recap of the notebooks that were read afresh, with what was kept beside them."""
    journals = [WorkJournal(folder, one, learner).read() for one in dict.fromkeys(r.company for r in readings) if one]
    met = {question: found for journal in journals for question, found in journal.mistakes.items()}
    questions = [one for reading in readings for one in reading.questions]
    return Recap(
        tuple(_criteria(questions, service)),
        tuple(_overcome(questions, met, service)),
        sum(one.hints for one in questions),
        sum(journal.seconds for journal in journals),
        tuple(sorted({day for journal in journals for day in journal.days})),
    )


def _criteria(questions: Sequence[QuestionReading], service: FeedbackService | None) -> Iterable[CriterionLine]:
    for code in sorted({one.card.criterion for one in questions if one.card.criterion}):
        mine = [one for one in questions if one.card.criterion == code]
        yield CriterionLine(
            code, service.criterion(code) if service else "", sum(one.is_right for one in mine), len(mine),
            sum(one.is_blank for one in mine), sum(one.hints for one in mine),
        )  # fmt: skip


def _overcome(
    questions: Sequence[QuestionReading], met: dict[str, tuple[str, ...]], service: FeedbackService | None
) -> Iterable[tuple[str, str]]:
    for one in questions:
        if one.is_right:
            named = (service.mistake(name) if service else "" for name in met.get(one.card.id, ()))
            yield from ((one.card.title, title) for title in named if title)
