"""The triple test of every question, on 200 variants: model answer, blank, every catalogued wrong value.

Each company has its own accepted variants; all the series that are about it are tested on them.
With CASEKIT_VARIANTS=20, there are twenty: enough to see while writing that a question holds.
"""

import os
from pathlib import Path

import pytest
from source import answers_of, inside

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import evaluate, evaluate_all
from autograder.keys.questions import Keys, Question, all_keys, questions_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import encode
from casestudies.findings import Outcome

pytestmark = pytest.mark.spread
VARIANTS, CHUNK = int(os.environ.get("CASEKIT_VARIANTS", "200")), 10
REFUSED = 8
"""Draws refused at most in a chunk: about two are expected when 15 % of them are, the most that is aimed at."""

COMPANIES = tuple(dict.fromkeys(series.company for series in all_keys()))
CHUNKS = [(company, start) for company in COMPANIES for start in range(0, VARIANTS, CHUNK)]

ENOUGH = {"e1-strategie": (12, 25), "e2-performance": (10, 27)}
"""How many graded questions and catalogued wrong values a series has at least, on average over its assignment."""


def accepted(company: str, learner: str) -> Case:
    """Return the case that a learner is given."""
    return case_of(company, learner, accepted_draw(company, learner))


@pytest.mark.parametrize(("company", "start"), CHUNKS)
def test_model_blank_and_wrong_values(company: str, start: int, tmp_path: Path) -> None:
    learners = [f"variante-{number}" for number in range(start, start + CHUNK)]
    for learner in learners:
        case = accepted(company, learner)
        (tmp_path / learner).mkdir()
        with inside(tmp_path / learner):
            for series in all_keys():
                if series.company == company:
                    check_model(series, case, learner)
        for question in questions_of(company=company):
            assert evaluate(question, case, encode(None)).outcome is Outcome.NOT_ATTEMPTED
            assert evaluate(question, case, None).outcome is Outcome.NOT_ATTEMPTED
            check_wrong_values(question, case, learner)
    assert sum(accepted_draw(company, learner) for learner in learners) <= REFUSED, "too many draws are refused"


def check_model(series: Keys, case: Case, learner: str) -> None:
    """The model solution of the notebook must earn everything."""
    answers = answers_of(series.notebook, learner, case.company.draw)
    found = evaluate_all(list(series), case, answers)
    lost = {name: (one.outcome, one.message, one.remarks) for name, one in found.items() if one.fraction < 1}
    assert lost == {}, learner


def check_wrong_values(question: Question, case: Case, learner: str) -> None:
    """Every catalogued wrong value must lead to a finding that names its misconception, and earn nothing."""
    if question.key is None:
        return
    key = question.key(case)
    assert evaluate(question, case, encode(key.right)).fraction == 1, (question.id, learner)
    for wrong in key.wrong:
        finding = evaluate(question, case, encode(wrong.value))
        assert wrong.misconception in finding.misconceptions, (question.id, wrong, learner)
        assert finding.fraction == 0
        assert finding.message
        assert finding.question


@pytest.mark.parametrize("series", all_keys(), ids=lambda series: series.notebook)
def test_an_untouched_notebook_runs_and_is_not_attempted(series: Keys, tmp_path: Path) -> None:
    case = accepted(series.company, "blanche")
    with inside(tmp_path):
        answers = answers_of(series.notebook, "blanche", case.company.draw, solved=False)
    found = evaluate_all(list(series), case, answers)
    assert {name: one.outcome for name, one in found.items() if one.outcome is not Outcome.NOT_ATTEMPTED} == {}


@pytest.mark.parametrize("assignment", dict.fromkeys(series.notebook.split("/")[0] for series in all_keys()))
def test_there_is_enough_to_learn_from(assignment: str) -> None:
    graded = questions_of(assignment=assignment)
    notebooks = {question.notebook for question in graded}
    keys = [question.key(accepted(question.company, "compte")) for question in graded if question.key]
    questions, signatures = ENOUGH[assignment]
    assert len(graded) >= questions * len(notebooks)
    assert sum(len(key.wrong) for key in keys) >= signatures * len(notebooks)


@pytest.mark.parametrize("company", COMPANIES)
def test_the_expected_value_is_never_said(company: str) -> None:
    case = accepted(company, "discrete")
    for question in questions_of(company=company):
        if not isinstance(question.check, CloseTo) or question.key is None:
            continue
        key = question.key(case)
        right = float(key.right)
        written = {f"{right:.{digits}f}" for digits in range(5)} | {f"{100 * right:.{digits}f}" for digits in (2, 3)}
        written |= {text.replace(".", ",") for text in written}
        said = [evaluate(question, case, encode(value)) for value in (right * 1.37, -right, right * 100, None)]
        texts = " ".join(one.message + one.question + " ".join(one.remarks) for one in said) + " ".join(question.hints)
        assert not [text for text in written if len(text.strip("-0,.")) > 2 and text in texts.split()], question.id
