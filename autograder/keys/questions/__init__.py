"""The questions, one module per notebook; the order here is the order of the course."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from autograder.keys.model import Check, Key, Question, Review, Series, Wrong, wrongs
from casestudies.errors import UnknownNameError

MODULES = (
    "e1_strategie.consommateur",
    "e1_strategie.concurrence_swot",
    "e1_strategie.strategie_leviers",
    "e1_strategie.calendrier",
    "e1_strategie.partenariats",
    "e2_performance.indicateurs_promotion",
    "e2_performance.analyse_avant_apres",
    "e2_performance.budget_roi",
)


@cache
def all_series(assignment: str = "") -> tuple[Series, ...]:
    """Return every series of questions, or those of an assignment alone, in the order of the course."""
    folder = assignment.replace("-", "_")
    names = (name for name in MODULES if not folder or name.split(".")[0] == folder)
    return tuple(import_module(f"autograder.keys.questions.{name}").SERIES for name in names)


@cache
def _by_id(assignment: str = "") -> dict[str, Question]:
    return {question.id: question for series in all_series(assignment) for question in series}


def question_of(identifier: str) -> Question:
    """Return the question with this id.

    Raises
    ------
    UnknownNameError
        When no question has it.
    """
    if identifier not in _by_id():
        raise UnknownNameError.of("question", identifier, tuple(_by_id()))
    return _by_id()[identifier]


def questions_of(company: str = "", assignment: str = "", notebook: str = "") -> list[Question]:
    """Return the questions about a company, of an assignment, or of a notebook, in order."""
    return [
        question
        for question in _by_id(assignment or notebook.split("/")[0]).values()
        if (not company or question.company == company) and (not notebook or question.notebook == notebook)
    ]


def reviews_of(assignment: str = "", notebook: str = "") -> list[Review]:
    """Return the reviewed parts of an assignment or of a notebook, in order."""
    series = all_series(assignment or notebook.split("/")[0])
    found: Iterable[Review] = (review for one in series for review in one.reviews)
    return [review for review in found if not notebook or review.notebook == notebook]


__all__ = [
    "Check", "Key", "Question", "Review", "Series", "Wrong", "all_series", "question_of", "questions_of", "reviews_of",
    "wrongs",
]  # fmt: skip
