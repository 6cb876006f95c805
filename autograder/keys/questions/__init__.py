"""The questions, one module per notebook that bears its name; the order is that of the course."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from autograder.keys.declaring import Keys
from autograder.keys.model import Key, Question, Review
from autograder.keys.sessions import origin_of
from autograder.keys.texts import notebooks
from casestudies.errors import CasekitError, UnknownNameError


def module_of(notebook: str) -> str:
    """Return the module of the keys of « assignment/NN-topic ».

    >>> module_of("e1-strategie/02-concurrence-swot")
    'autograder.keys.questions.e1_strategie.concurrence_swot'
    """
    assignment, name = notebook.replace("-", "_").split("/")
    return f"autograder.keys.questions.{assignment}.{name.partition('_')[2]}"


@cache
def all_keys(assignment: str = "") -> tuple[Keys, ...]:
    """Return the keys of every notebook, or of those of an assignment alone, in the order of the course."""
    return tuple(_keys_of(name) for name in notebooks() if not assignment or name.split("/")[0] == assignment)


def _keys_of(notebook: str) -> Keys:
    """Return the keys of a notebook; the rules of its tables, in ``<topic>_tables``, add theirs."""
    module = module_of(notebook)
    if find_spec(module) is None:
        raise CasekitError(f"Le notebook {notebook} n’a pas de clés : écrivez {module.replace('.', '/')}.py.")
    keys: Keys = import_module(module).KEYS
    if find_spec(f"{module}_tables"):
        import_module(f"{module}_tables")
    return keys


@cache
def _by_id(assignment: str = "") -> dict[str, Question]:
    return {question.id: question for keys in all_keys(assignment) for question in keys}


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
    """Return the questions about a company, of an assignment (any session of it), or of a notebook, in order."""
    assignment, notebook = origin_of(assignment), origin_of(notebook)
    return [
        question
        for question in _by_id(assignment or notebook.split("/")[0]).values()
        if (not company or question.company == company) and (not notebook or question.notebook == notebook)
    ]


def reviews_of(assignment: str = "", notebook: str = "") -> list[Review]:
    """Return the reviewed parts of an assignment (any session of it) or of a notebook, in order."""
    assignment, notebook = origin_of(assignment), origin_of(notebook)
    found = (review for keys in all_keys(assignment or notebook.split("/")[0]) for review in keys.reviews)
    return [review for review in found if not notebook or review.notebook == notebook]


__all__ = ["Key", "Keys", "Question", "Review", "all_keys", "module_of", "question_of", "questions_of", "reviews_of"]
