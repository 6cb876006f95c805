"""From an answer to a finding. Pure: it reads plain data and a variant's tables, and runs nothing of a learner's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.checks.reading import read_number
from autograder.keys.questions import Question, question_of
from casestudies.answers import Unreadable, Value, decode
from casestudies.findings import Finding, Outcome
from casestudies.quoting import on_one_line

_MAY_BE_CARRIED = (Outcome.WRONG, Outcome.MISCONCEPTION, Outcome.UNIT, Outcome.TO_COMPLETE)


def evaluate(question: Question, case: Case, answer: object, earlier: Mapping[str, object] | None = None) -> Finding:
    """Return what is said of one encoded ``answer``.

    Parameters
    ----------
    answer
        The JSON form written by ``casestudies.answers.encode``; None when the cell handed in nothing.
    earlier
        The encoded answers of the same learner to other questions, by question id.
    """
    value = None if answer is None else decode(answer)
    case = case.beside(earlier or {})
    finding = _said(question.check(question, case, value))
    if finding.outcome not in _MAY_BE_CARRIED or not question.needs:
        return finding
    return _carried(question, case, value, earlier or {}, finding)


def _carried(
    question: Question, case: Case, value: Value | Unreadable, earlier: Mapping[str, object], finding: Finding
) -> Finding:
    """Return the finding given the learner's own earlier answers, where these were wrong and explain the value."""
    given = {
        name: number for name in question.needs if (number := _wrong_number(name, case, earlier.get(name))) is not None
    }
    if not given:
        return finding
    try:
        seen = _said(question.check(question, case.given(given), value))
    except (ArithmeticError, ValueError):
        return finding
    if seen.outcome in (Outcome.RIGHT, Outcome.READY):
        titles = ", ".join(f"« {question_of(name).title} »" for name in given)
        message = (
            f"Le calcul est le bon à partir de votre réponse à {titles}, qui reste à revoir : pas de seconde sanction."
        )
        return Finding(Outcome.CONSEQUENCE, 1.0, message)
    if seen.outcome is Outcome.MISCONCEPTION and finding.outcome is Outcome.WRONG:
        return seen
    if seen.outcome is Outcome.TO_COMPLETE and seen.fraction > finding.fraction:
        return seen
    return finding


def _said(finding: Finding) -> Finding:
    """Return a finding whose sentences, which quote the answer, each stay on their line and act on nothing."""
    return replace(
        finding, message=on_one_line(finding.message), remarks=tuple(on_one_line(one) for one in finding.remarks)
    )


def _wrong_number(name: str, case: Case, answer: object) -> float | None:
    """Return the number that a learner gave to another question, when it was not the right one."""
    asked = question_of(name)
    value = None if answer is None else decode(answer)
    if value is None or isinstance(value, Unreadable) or not isinstance(asked.check, CloseTo):
        return None
    if asked.check(asked, case, value).outcome is Outcome.RIGHT:
        return None
    read = read_number(value)
    return None if read is None else read.value / (100 if read.suffix == "%" else 1)


def evaluate_all(questions: list[Question], case: Case, answers: Mapping[str, Any]) -> dict[str, Finding]:
    """Return the finding of each question, by id; ``answers`` maps question ids to encoded answers."""
    return {question.id: evaluate(question, case, answers.get(question.id), answers) for question in questions}
