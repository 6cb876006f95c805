"""Neighbours do not share what they may copy: letters and words vary, and the numbers that many share prove nothing."""

import sys
from collections import Counter
from functools import cache
from itertools import permutations

import pytest
from guessers import accepted, keyed

from autograder.keys.cases import case_of
from autograder.keys.checks.choices import Choice, ChosenId, Letter, SameLabels
from autograder.keys.evaluation import evaluate, is_value
from autograder.keys.questions import Question, questions_of
from casestudies.answers import encode

ASSIGNMENTS = ("e1-strategie", "e3-plan-operationnel", "e4-equipe")
LEARNERS = 200
MOST = 0.60
"""The share of the learners who have the same right answer, at most."""
SHARED = 0.30
"""The share of pairs of learners whose worked-out answers are right for each other: beyond, the key is ``coarse``."""
PAIRED = 12

VALUES = [
    question
    for assignment in ("e1-strategie", "e2-performance", "e3-plan-operationnel", "e4-equipe")
    for question in keyed(assignment)
    if is_value(question)
]
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


@pytest.mark.parametrize("question", VALUES, ids=lambda question: question.id)
def test_a_value_that_many_neighbours_share_is_declared_coarse(question: Question) -> None:
    cases = [accepted(question.company, f"voisin-{number}") for number in range(PAIRED)]
    assert question.key is not None
    answers = [encode(question.key(case).right) for case in cases]
    pairs = list(permutations(range(PAIRED), 2))
    shared = sum(evaluate(question, cases[mine], answers[theirs]).fraction == 1 for mine, theirs in pairs)
    assert shared <= SHARED * len(pairs), f"{shared / len(pairs):.0%}"
