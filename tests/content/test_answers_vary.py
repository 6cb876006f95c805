"""Neighbours do not share what they may copy in E1 and E3: letters, words and lists that say what is right."""

import sys
from collections import Counter
from functools import cache

import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.choices import Choice, ChosenId, Letter, SameLabels
from autograder.keys.questions import Question, questions_of

ASSIGNMENTS = ("e1-strategie", "e3-plan-operationnel")
LEARNERS = 200
MOST = 0.60
"""The share of the learners who have the same right answer, at most."""

NAMED = [
    question
    for assignment in ASSIGNMENTS
    for question in questions_of(assignment=assignment)
    if question.key and isinstance(question.check, Choice | ChosenId | SameLabels)
]
COMPANIES = tuple(dict.fromkeys(question.company for question in NAMED))
pytestmark = pytest.mark.slow


@cache
def right_answers(company: str) -> dict[str, Counter[str]]:
    """Return how often each right answer is met, by question about the company."""
    found: dict[str, Counter[str]] = {question.id: Counter() for question in NAMED if question.company == company}
    for number in range(LEARNERS):
        case = case_of(company, f"voisin-{number}", 0)
        for question in NAMED:
            if question.company == company:
                assert question.key is not None
                found[question.id][str(question.key(case).right)] += 1
    return found


@pytest.mark.parametrize("question", NAMED, ids=lambda question: question.id)
def test_no_right_answer_is_shared_by_most(question: Question) -> None:
    answer, times = right_answers(question.company)[question.id].most_common(1)[0]
    sys.stdout.write(f"{question.id} : {answer[:60]}, {times / LEARNERS:.0%}\n")
    assert times <= MOST * LEARNERS


def test_every_question_answered_by_a_letter_is_looked_at() -> None:
    asked = [
        one
        for assignment in ASSIGNMENTS
        for one in questions_of(assignment=assignment)
        if isinstance(one.check, Letter)
    ]
    assert len(asked) >= 3 * len(COMPANIES)
    assert set(asked) <= set(NAMED)
