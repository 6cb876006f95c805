"""From an answer to a finding. Pure: it reads plain data and a variant's tables, and runs nothing of a learner's.

An answer that agrees with earlier wrong ones is a consequence, and earns its points, when these are mistakes and not
guesses. An earlier answer is carried forward only if

- it is explained, that is a catalogued mistake, a slip of unit or of sign, or a consequence in its turn; or else it has
  the sign of the right value and lies between a third and three times it (``FACTOR``);
- it was handed in to no other question of the notebook;
- the consequence itself is another number.

Several are carried forward together only if all but one of them at most are explained: figures that are all wrong and
agree with each other are somebody else's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice, ChosenId
from autograder.keys.checks.numbers import CloseTo, SameValues
from autograder.keys.checks.reading import read_number
from autograder.keys.checks.structure import ComputedTable
from autograder.keys.questions import Question, question_of
from casestudies.answers import Unreadable, Value, decode
from casestudies.findings import Finding, Outcome
from casestudies.quoting import on_one_line

FACTOR = 3.0
"""How far from the right value an earlier answer may be to be carried forward, either way."""
PROOF = 3
"""How many right values on one's own tables a notebook asks for, at most, before what may be shared counts."""
ALONE = (
    "Votre réponse est enregistrée. Elle compte dès que trois valeurs calculées sur vos chiffres sont justes dans ce "
    "notebook (toutes, s’il y en a moins) : une lettre, ou une réponse que d’autres ont aussi, peut être due au hasard."
)
_EXPLAINED = (Outcome.MISCONCEPTION, Outcome.UNIT, Outcome.CONSEQUENCE)
_MAY_BE_CARRIED = (Outcome.WRONG, Outcome.ALMOST, Outcome.MISCONCEPTION, Outcome.UNIT, Outcome.TO_COMPLETE)


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
    given = _carried_forward(question, case, value, earlier)
    if not given:
        return finding
    try:
        seen = _said(question.check(question, case.given(given), value))
    except (ArithmeticError, ValueError):
        return finding
    if seen.outcome in (Outcome.RIGHT, Outcome.READY):
        titles = ", ".join(f"« {question_of(name).title} »" for name in given)
        message = (
            f"Le calcul est le bon à partir de votre réponse à {titles}, qui reste à revoir : la même erreur n’est pas "
            "comptée deux fois."
        )
        return Finding(Outcome.CONSEQUENCE, 1.0, message)
    if seen.outcome is Outcome.MISCONCEPTION and finding.outcome in (Outcome.WRONG, Outcome.ALMOST):
        return seen
    if seen.outcome is Outcome.TO_COMPLETE and seen.fraction > finding.fraction:
        return seen
    return finding


def _said(finding: Finding) -> Finding:
    """Return a finding whose sentences, which quote the answer, each stay on their line and act on nothing."""
    return replace(
        finding, message=on_one_line(finding.message), remarks=tuple(on_one_line(one) for one in finding.remarks)
    )


def _carried_forward(
    question: Question, case: Case, value: Value | Unreadable, earlier: Mapping[str, object]
) -> dict[str, float]:
    """Return the earlier wrong numbers that may explain an answer, by question: none when too many are guesses."""
    wrong = {name: given for name in question.needs if (given := _wrong_number(name, case, earlier)) is not None}
    guessed = {
        name for name in wrong if evaluate(question_of(name), case, earlier[name], earlier).outcome not in _EXPLAINED
    }
    if len(guessed) > 1:
        return {}
    own = None if isinstance(value, Unreadable) else _number(value)
    handed_in = [number for answer in earlier.values() if (number := _number_in(answer)) is not None]
    return {
        name: number
        for name, number in wrong.items()
        if (name not in guessed or _plausible(number, question_of(name), case))
        and number != own
        and handed_in.count(number) == 1
    }


def _plausible(number: float, asked: Question, case: Case) -> bool:
    """Say whether a wrong number has the right one's sign and size; about a right value of 0, none has."""
    assert asked.key is not None
    right = float(asked.key(case).right)  # type: ignore[arg-type]
    return right * number > 0 and 1 / FACTOR <= number / right <= FACTOR


def _wrong_number(name: str, case: Case, earlier: Mapping[str, object]) -> float | None:
    """Return the number that a learner gave to another question, when it was not the right one."""
    asked = question_of(name)
    number = _number_in(earlier.get(name))
    if number is None or not isinstance(asked.check, CloseTo):
        return None
    value = decode(earlier[name])
    return None if asked.check(asked, case, value).outcome is Outcome.RIGHT else number


def _number_in(answer: object) -> float | None:
    """Return the number in an encoded answer, None when it holds none."""
    value = None if answer is None else decode(answer)
    return None if value is None or isinstance(value, Unreadable) else _number(value)


def _number(value: Value) -> float | None:
    """Return the number that an answer is, per cents as a proportion; None for any other."""
    read = read_number(value)
    return None if read is None else read.value / (100 if read.suffix == "%" else 1)


def is_value(question: Question) -> bool:
    """Say whether a right answer was worked out on one's own tables: no letter, word or row to choose, no form.

    What many learners share (``coarse``) is none either.
    """
    if question.key is None:
        return isinstance(question.check, ComputedTable)
    return not question.coarse and not isinstance(question.check, Choice | ChosenId)


def is_own_value(question: Question, outcome: Outcome, fraction: float) -> bool:
    """Say whether an answer that earned ``fraction`` is right on one's own tables: of several values, more than half.

    What others share is not, nor a consequence, nor a part due to its form.
    """
    if not is_value(question) or fraction <= 0:
        return False
    return outcome in (Outcome.RIGHT, Outcome.READY) or (
        isinstance(question.check, SameValues) and outcome is Outcome.WRONG and fraction > 1 / 2
    )


def credited(questions: Mapping[str, Question], findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """Return the findings of a notebook as they count: what may be guessed or copied earns nothing without proof.

    One letter in four is right by chance, and so is a neighbour's small number, or one of a neighbour's six values. The
    proof is ``PROOF`` right values of one's own, or what follows rightly from a known mistake. What is said of wrong
    answers stays; so does everything when the notebook asks for no value of one's own.
    """
    asked = [questions[name] for name in findings if name in questions]
    values = [one for one in asked if is_value(one)]
    proofs = [one for one in values if _proves(one, findings)]
    if len(proofs) >= min(PROOF, len(values)):
        return dict(findings)
    return {
        name: _alone(questions[name], finding)
        if name in questions and finding.fraction > 0 and not _proves(questions[name], findings)
        else finding
        for name, finding in findings.items()
    }


def _proves(question: Question, findings: Mapping[str, Finding]) -> bool:
    """Say whether an answer is right on one's own tables, or follows from a mistake that is known."""
    finding = findings[question.id]
    if finding.outcome is not Outcome.CONSEQUENCE:
        return is_own_value(question, finding.outcome, finding.fraction)
    causes = [name for name in question.needs if name in findings]
    return any(
        findings[name].outcome in (Outcome.MISCONCEPTION, Outcome.UNIT)
        or (findings[name].outcome is Outcome.CONSEQUENCE and _proves(question_of(name), findings))
        for name in causes
    )


def _alone(question: Question, finding: Finding) -> Finding:
    """Return what counts of a finding without proof: what it says of a wrong value stays."""
    if finding.outcome is Outcome.CONSEQUENCE or (question.key is not None and not is_value(question)):
        return Finding(Outcome.RECORDED, 0.0, ALONE)
    return (
        replace(finding, fraction=0.0) if isinstance(question.check, SameValues) and finding.fraction < 1 else finding
    )


def evaluate_all(questions: list[Question], case: Case, answers: Mapping[str, Any]) -> dict[str, Finding]:
    """Return the finding of each question as it counts, by id; ``answers`` maps question ids to encoded answers."""
    said = {question.id: evaluate(question, case, answers.get(question.id), answers) for question in questions}
    return credited({question.id: question for question in questions}, said)
