"""The triple test of every question, on 200 variants: model answer, blank, every catalogued wrong value."""

from pathlib import Path

import pytest
from source import answers_of, inside

from autograder.cases import Case, case_of
from autograder.checks.close_to import CloseTo
from autograder.evaluation import evaluate, evaluate_all
from autograder.questions import Question, all_series, questions_of
from autograder.variants import accepted_draw, objections
from casestudies.answers import encode
from casestudies.findings import Outcome

VARIANTS, CHUNK = 200, 10
CHUNKS = [range(start, start + CHUNK) for start in range(0, VARIANTS, CHUNK)]
COMPANY = "kerlavandre"


def cases(chunk: range) -> list[tuple[str, Case]]:
    """Return the accepted cases of the learners of one chunk."""
    names = [f"variante-{number}" for number in chunk]
    return [(name, case_of(COMPANY, name, accepted_draw(COMPANY, name))) for name in names]


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: f"{chunk.start}-{chunk.stop - 1}")
def test_model_blank_and_wrong_values(chunk: range, tmp_path: Path) -> None:
    for learner, case in cases(chunk):
        assert list(objections(case)) == []
        with inside(tmp_path):
            for series in all_series():
                questions = list(series)
                answers = answers_of(series.notebook, learner, case.company.draw)
                found = evaluate_all(questions, case, answers)
                assert {name: (one.outcome, one.remarks) for name, one in found.items() if one.fraction < 1} == {}, (
                    learner
                )
        for question in questions_of(company=COMPANY):
            assert evaluate(question, case, encode(None)).outcome is Outcome.NOT_ATTEMPTED
            assert evaluate(question, case, None).outcome is Outcome.NOT_ATTEMPTED
            check_wrong_values(question, case, learner)


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


@pytest.mark.parametrize("series", all_series(), ids=lambda series: series.notebook)
def test_an_untouched_notebook_runs_and_is_not_attempted(series, tmp_path: Path) -> None:
    case = case_of(COMPANY, "blanche", accepted_draw(COMPANY, "blanche"))
    with inside(tmp_path):
        answers = answers_of(series.notebook, "blanche", case.company.draw, solved=False)
    found = evaluate_all(list(series), case, answers)
    assert {name: one.outcome for name, one in found.items() if one.outcome is not Outcome.NOT_ATTEMPTED} == {}


def test_there_is_enough_to_learn_from() -> None:
    case = case_of(COMPANY, "compte", accepted_draw(COMPANY, "compte"))
    graded = questions_of(assignment="e2-performance")
    signatures = [wrong for question in graded if question.key for wrong in question.key(case).wrong]
    assert len(graded) >= 30
    assert len(signatures) >= 80


def test_the_expected_value_is_never_said() -> None:
    case = case_of(COMPANY, "discrete", accepted_draw(COMPANY, "discrete"))
    for question in questions_of(company=COMPANY):
        if not isinstance(question.check, CloseTo) or question.key is None:
            continue
        key = question.key(case)
        right = float(key.right)
        written = {f"{right:.{digits}f}" for digits in range(5)} | {f"{100 * right:.{digits}f}" for digits in (2, 3)}
        written |= {text.replace(".", ",") for text in written}
        said = [evaluate(question, case, encode(value)) for value in (right * 1.37, -right, right * 100, None)]
        texts = " ".join(one.message + one.question + " ".join(one.remarks) for one in said) + " ".join(question.hints)
        assert not [text for text in written if len(text.strip("-0,.")) > 2 and text in texts.split()], question.id
