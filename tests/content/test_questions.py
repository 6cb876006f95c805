"""The triple test of every question, on 200 variants: model answer, blank, every catalogued wrong value.

Each company has its own accepted variants; all the series that are about it are tested on them.
With CASEKIT_VARIANTS=20, there are twenty: enough to see while writing that a question holds.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from said_values import says
from source import answers_of, inside

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import evaluate, evaluate_all
from autograder.keys.model import Key
from autograder.keys.questions import Keys, Question, all_keys, questions_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import Value, encode
from casestudies.findings import Finding, Outcome
from casestudies.french import french_number

pytestmark = pytest.mark.spread
VARIANTS, CHUNK = int(os.environ.get("CASEKIT_VARIANTS", "200")), 10
MOST_DRAWS = 5
REFUSED = 8
"""Draws refused at most in a chunk: about two are expected when 15 % of them are, the most that is aimed at."""

COMPANIES = tuple(dict.fromkeys(series.company for series in all_keys()))
CHUNKS = [(company, start) for company in COMPANIES for start in range(0, VARIANTS, CHUNK)]

DISCREET = ("discrete", "discret", "discretion")
"""Learners who listen for their right values."""

ENOUGH = {"e1-strategie": (12, 25), "e2-performance": (10, 27), "e3-plan-operationnel": (10, 25), "e4-equipe": (10, 25)}
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
    draws = [accepted_draw(company, learner) for learner in learners]
    assert sum(draws) <= REFUSED, "too many draws are refused"
    assert max(draws) < MOST_DRAWS


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


@pytest.mark.parametrize(
    "text",
    [
        "0,4237", "c’est 0,4237.", "(0,4237)", "« 0,424 »", "0.4237", "42,4 %", "42,37\u202f%.", "42,4", "−42,4 %,",
        "de 0,424…", "424 ‰", "4,237e-1", "de 42,4 points",
    ],
)  # fmt: skip
def test_a_value_is_seen_however_it_is_written(text: str) -> None:
    assert says(text, 0.4237)
    assert says(text, -0.4237)


def test_large_values_are_seen_too_and_others_are_not() -> None:
    for text in ("12 345,6 € HT.", "12\u202f346 €", "12,3 k€", "12,346 milliers", "0,0123 M€", "12345.6", "12345.60;"):
        assert says(text, 12_345.6), text
    for text in ("", "0,4", "0,42", "13 000 €", "12 345,7", "B1-C15", "q3-roi12345", "2024", "112345.6", "F12345,6"):
        assert not says(text, 12_345.6), text
        assert not says(text, 0.4237), text
    assert says("Il y en a 12.", 12)


def test_a_message_that_says_the_value_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def telling(self: CloseTo, case: Case, key: Key, answer: Value) -> Finding:
        return Finding(Outcome.WRONG, 0.0, f"Vous trouvez {answer}, pas {french_number(key.right, 3)}.")

    cases = [accepted("kerlavandre", learner) for learner in DISCREET]
    question = next(one for one in questions_of(company="kerlavandre") if isinstance(one.check, CloseTo))
    assert not leaks(question, cases)
    monkeypatch.setattr(CloseTo, "judge", telling)
    assert leaks(question, cases)


@pytest.mark.parametrize("company", COMPANIES)
def test_the_expected_value_is_never_said(company: str) -> None:
    cases = [accepted(company, learner) for learner in DISCREET]
    assert {question.id: found for question in questions_of(company=company) if (found := leaks(question, cases))} == {}


def leaks(question: Question, cases: list[Case]) -> list[str]:
    """Return the right numbers, by name, that are said to learners who have not found them.

    An example with other numbers may meet the value of one learner; what tells everybody theirs is a leak.
    """
    if question.key is None:
        return []
    rights = [expected(question.key(case).right) for case in cases]
    texts = [said_to(question, case) for case in cases]
    return [
        name
        for name in rights[0]
        if all(name in right and says(text, right[name]) for right, text in zip(rights, texts, strict=True))
    ]


def expected(right: Value) -> dict[str, float]:
    """Return the numbers of a right answer, by name; the only one has the question's own."""
    if isinstance(right, Mapping):
        return {str(name): float(value) for name, value in right.items() if not isinstance(value, str)}
    return {"résultat": float(right)} if isinstance(right, int | float) else {}


def said_to(question: Question, case: Case) -> str:
    """Return all that a learner can be told of a question without having its right value."""
    assert question.key is not None
    key = question.key(case)
    answers: list[Value] = [*(wrong.value for wrong in key.wrong), None, "", "beaucoup", [2.0, 1.0], {"a": 2.0}, True]
    if isinstance(key.right, Mapping):
        moved = {name: value if isinstance(value, str) else 1.37 * float(value) for name, value in key.right.items()}
        answers += [moved, dict(list(key.right.items())[1:])]
    elif isinstance(key.right, int | float):
        right = float(key.right)
        answers += [right * factor for factor in (1.37, -1, 100, 0.01, 1000, 0.001, 1e6)] + [float(f"{right:.1g}")]
    said = [evaluate(question, case, encode(value)) for value in answers]
    texts = [text for one in said if one.fraction < 1 for text in (one.message, one.question, *one.remarks)]
    return "\n".join([question.title, *question.hints, *texts])
