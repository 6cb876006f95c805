"""An error is punished once: what follows from an earlier wrong answer is recognised."""

import re
from dataclasses import replace

import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import PROOF, _carried_forward, evaluate, evaluate_all, is_value
from autograder.keys.questions import Question, question_of, questions_of
from autograder.keys.right_answers import taught
from autograder.keys.variants import accepted_draw, objections, reference_case
from casestudies.answers import encode
from casestudies.findings import Outcome
from casestudies.french import french_number

DEPENDENT = [
    (question, question_of(need))
    for question in questions_of()
    for need in question.needs
    if isinstance(question.check, CloseTo) and isinstance(question_of(need).check, CloseTo)
]


@pytest.mark.parametrize(("question", "need"), DEPENDENT, ids=lambda one: one.id)
def test_a_consequence_is_not_punished_twice(question: Question, need: Question) -> None:
    case = reference_case(question.company)
    mistaken = float(need.key(case).right) * 1.13
    consistent = question.key(case.given({need.id: mistaken})).right
    finding = evaluate(question, case, encode(consistent), {need.id: encode(mistaken)})
    assert finding.outcome in (Outcome.CONSEQUENCE, Outcome.RIGHT)
    assert finding.fraction == 1
    if finding.outcome is Outcome.CONSEQUENCE:
        assert need.title in finding.message
        alone = evaluate(question, case, encode(consistent), {need.id: encode(need.key(case).right)})
        assert alone.fraction == 0, "without the earlier mistake the same value is wrong"


def test_there_are_dependent_questions() -> None:
    assert len(DEPENDENT) >= 5


def test_a_draw_is_the_first_without_objection() -> None:
    from autograder.keys.cases import case_of

    for learner in ("lea", "sam", "zoe"):
        draw = accepted_draw("kerlavandre", learner)
        assert not list(objections(case_of("kerlavandre", learner, draw)))
        for earlier in range(draw):
            assert list(objections(case_of("kerlavandre", learner, earlier)))


def test_a_table_that_repeats_an_earlier_mistake_is_not_punished_twice() -> None:
    from autograder.keys.questions.e2_performance.indicateurs_promotion_tables import indicators

    case, table, need = reference_case("kerlavandre"), question_of("q1-tableau"), question_of("q1-sessions")
    mistaken = float(need.key(case).right) * 1.13
    assert indicators(case.given({need.id: mistaken}))["Sessions"].after == mistaken
    assert need.id in table.needs


def test_a_right_answer_says_its_value_what_it_means_and_the_trap_avoided() -> None:
    question = replace(question_of("q1-sessions"), means="Le site a reçu {value} en dix jours.")
    case = case_of("kerlavandre", "lea", accepted_draw("kerlavandre", "lea"))
    key = question.key(case)
    right = taught(question, case, evaluate(question, case, encode(key.right)))
    assert right.message.endswith(f"Le site a reçu {french_number(key.right, 0, 'sessions')} en dix jours.")
    assert right.remarks[0].startswith("Piège évité : ")
    wrong = taught(question, case, evaluate(question, case, encode(key.wrong[0].value)))
    assert "dix jours" not in wrong.message
    assert not any("Piège évité" in remark for remark in wrong.remarks)


def test_a_right_value_that_its_sentence_does_not_hold_is_said_with_the_verdict() -> None:
    question = question_of("q3-point-mort")
    case = case_of("kerlavandre", "lea", accepted_draw("kerlavandre", "lea"))
    found = taught(question, case, evaluate(question, case, encode(question.key(case).right)))
    assert re.match(r"C’est le bon résultat : \d+(,\d+)?\xa0jours\. Jusque-là, ", found.message), found.message


def test_a_value_rounded_too_far_is_almost_right_and_earns_nothing() -> None:
    question = question_of("q1-sessions")
    case = case_of("kerlavandre", "lea", accepted_draw("kerlavandre", "lea"))
    right = question.key(case).right
    found = evaluate(question, case, encode(float(f"{right:.1g}")))
    assert (found.outcome, found.fraction) == (Outcome.ALMOST, 0.0)


CONVERSION, SESSIONS, ORDERS = question_of("q1-conversion"), question_of("q1-sessions"), question_of("q1-commandes")


def carried(given: dict[str, float], beside: dict[str, float] | None = None) -> Outcome:
    """Return what is said of the conversion rate that follows from earlier answers."""
    case = reference_case("kerlavandre")
    earlier = {name: encode(value) for name, value in {**given, **(beside or {})}.items()}
    consistent = CONVERSION.key(case.given(given)).right
    return evaluate(CONVERSION, case, encode(consistent), earlier).outcome


def right(question: Question) -> float:
    return float(question.key(reference_case("kerlavandre")).right)


def test_only_a_plausible_earlier_answer_is_carried_forward() -> None:
    sessions = right(SESSIONS)
    assert carried({SESSIONS.id: sessions * 1.7}) is Outcome.CONSEQUENCE
    assert carried({SESSIONS.id: sessions * 2.9}) is Outcome.CONSEQUENCE
    for factor in (3.5, 0.3, -1.7):
        assert carried({SESSIONS.id: sessions * factor}) is not Outcome.CONSEQUENCE, factor
    assert carried({SESSIONS.id: sessions * 1000}) is Outcome.CONSEQUENCE, "a slip of unit is no guess"


def test_a_number_handed_in_twice_is_not_carried_forward() -> None:
    mistaken = right(SESSIONS) * 1.7
    assert carried({SESSIONS.id: mistaken}, {"q1-doublons": mistaken + 1}) is Outcome.CONSEQUENCE
    assert carried({SESSIONS.id: mistaken}, {"q1-doublons": mistaken}) is not Outcome.CONSEQUENCE


def test_figures_that_are_all_somebody_elses_are_not_carried_forward() -> None:
    known = ORDERS.key(reference_case("kerlavandre")).wrong[0]
    both = {SESSIONS.id: right(SESSIONS) * 1.13, ORDERS.id: right(ORDERS) * 1.21}
    assert carried(both) is not Outcome.CONSEQUENCE
    assert carried({**both, ORDERS.id: float(known.value)}) is Outcome.CONSEQUENCE, "a known mistake is explained"


def test_a_consequence_is_another_number_than_the_answer_it_follows_from() -> None:
    case, mistaken = reference_case("kerlavandre"), right(SESSIONS) * 1.7
    earlier = {SESSIONS.id: encode(mistaken)}
    assert _carried_forward(CONVERSION, case, mistaken / 2, earlier) == {SESSIONS.id: mistaken}
    assert _carried_forward(CONVERSION, case, mistaken, earlier) == {}


def test_a_choice_counts_with_a_right_value_beside_it() -> None:
    case = reference_case("kerlavandre")
    letter, value = question_of("q1-entree-points"), SESSIONS
    answers = {letter.id: encode(letter.key(case).right)}
    alone = evaluate_all([letter, value], case, answers)[letter.id]
    assert (alone.outcome, alone.fraction) == (Outcome.RECORDED, 0.0)
    assert "hasard" in alone.message
    beside = evaluate_all([letter, value], case, {**answers, value.id: encode(value.key(case).right)})
    assert (beside[letter.id].outcome, beside[letter.id].fraction) == (Outcome.RIGHT, 1.0)
    assert evaluate_all([letter], case, answers)[letter.id].outcome is Outcome.RIGHT, "no value is asked for there"


def test_what_may_be_shared_counts_with_three_right_values_or_all_of_them() -> None:
    asked = [question for question in questions_of() if question.notebook == SESSIONS.notebook and question.key]
    case = reference_case("kerlavandre")
    letter = question_of("q1-entree-points")
    values = [one for one in asked if is_value(one) and isinstance(one.check, CloseTo) and not one.needs]
    for many in range(PROOF + 1):
        given = [letter, *values[:many]]
        answers = {one.id: encode(one.key(case).right) for one in given if one.key}
        found = evaluate_all([letter, *values], case, answers)
        assert (found[letter.id].fraction == 1) is (many >= PROOF), many
        assert all(found[one.id].fraction == 1 for one in values[:many])


def test_a_consequence_of_a_known_mistake_counts_alone_and_one_of_a_neighbours_number_does_not() -> None:
    case = reference_case("kerlavandre")
    asked = [question for question in questions_of() if question.notebook == SESSIONS.notebook and question.key]
    known, foreign = float(ORDERS.key(case).wrong[0].value), right(ORDERS) * 1.21
    for orders, fraction in ((known, 1.0), (foreign, 0.0)):
        earlier = {SESSIONS.id: encode(right(SESSIONS)), ORDERS.id: encode(orders)}
        follows = CONVERSION.key(case.given({ORDERS.id: orders})).right
        found = evaluate_all(asked, case, {**earlier, CONVERSION.id: encode(follows)})
        assert found[CONVERSION.id].fraction == fraction
