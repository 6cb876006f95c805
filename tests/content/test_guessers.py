"""Nobody earns by guessing: letters at random, one number everywhere, a neighbour's answers, likely sizes."""

from collections import defaultdict

import pytest
from guessers import EACH, KINDS, found_of, keyed, points

from autograder.keys.evaluation import is_own_value, is_value
from autograder.keys.questions import Question, questions_of
from autograder.sheets.centre import Centre
from autograder.sheets.model import Verdict
from autograder.sheets.verdicts import Parts, decide
from casestudies.findings import Finding, Outcome

ASSIGNMENTS = ("e1-strategie", "e2-performance", "e3-plan-operationnel", "e4-equipe")
MOST = 0.08
"""The share of an assessment's points that guessing earns at most."""
pytestmark = pytest.mark.spread


def test_there_are_two_hundred_guessers() -> None:
    assert len(KINDS) * EACH == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_guessing_earns_next_to_nothing_and_acquires_nothing(assignment: str, kind: str) -> None:
    whole = sum(points()[question.id] for question in questions_of(assignment=assignment))
    for number in range(EACH):
        found = found_of(kind, number, assignment)
        earned = sum(one.fraction * points()[name] for name, one in found.items())
        assert earned < MOST * whole, (number, {name: one for name, one in found.items() if one.fraction})
        assert acquired(assignment, found) == [], (
            number,
            {name: one for name, one in found.items() if one.fraction},
        )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_whoever_knows_earns_everything(assignment: str) -> None:
    """The measure itself: with right answers, every point is earned and every criterion acquired."""
    found = {question.id: Finding(Outcome.RIGHT, 1.0, "") for question in keyed(assignment)}
    assert len(acquired(assignment, found)) >= 4


def acquired(assignment: str, found: dict[str, Finding]) -> list[str]:
    """Return the criteria that the machine's points acquire, every form being complete: texts are easily copied."""
    by_criterion = defaultdict(list)
    for question in questions_of(assignment=assignment):
        by_criterion[question.criterion].append(question)
    names = []
    for criterion, asked in by_criterion.items():
        if not any(map(is_value, asked)):
            continue
        earned = {one.id: points()[one.id] * _share(one, found) for one in asked}
        own = any(one.id in found and is_own_value(one, found[one.id].outcome, found[one.id].fraction) for one in asked)
        top = sum(points()[one.id] for one in asked)
        if decide(Parts(sum(earned.values()), top, own=own), Centre()).verdict is Verdict.ACQUIRED:
            names.append(criterion)
    return names


def _share(question: Question, found: dict[str, Finding]) -> float:
    if question.key is None:
        return 0.0 if is_value(question) else 1.0
    return found[question.id].fraction if question.id in found else 0.0
