"""What the tests of simulators compare with: the right value of a question."""

from typing import Any

from autograder.keys.cases import Case
from autograder.keys.questions import question_of


def right(case: Case, question: str) -> Any:
    """Return the right value of a question for a case: a number, a word, or a mapping of them."""
    key = question_of(question).key
    assert key is not None
    return key(case).right
