"""The reusable checks, each on answers written as learners write them."""

import pandas as pd
import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.choices import Choice, Letter
from autograder.keys.checks.numbers import PROPORTION, CloseTo, SameValues, separation
from autograder.keys.checks.reading import read_number
from autograder.keys.checks.structure import Allowed, Columns, Filled, Structure
from autograder.keys.checks.texts import TextLength
from autograder.keys.evaluation import evaluate
from autograder.keys.model import Question, key_of
from autograder.keys.questions import question_of, questions_of
from casestudies.answers import encode
from casestudies.findings import Outcome
from casestudies.seeds import REFERENCE

CASE = case_of("kerlavandre", REFERENCE, 0)
HINTS = ("Une ?", "Deux.", "Trois.")


def ask(check, right=None, wrong=None, sign=0) -> Question:
    return Question("q", "Question", "B1-C12", check, HINTS, lambda case: key_of((right, wrong or {}), sign))


def outcome(question: Question, value) -> Outcome:
    return evaluate(question, CASE, encode(value)).outcome


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,50 €", 1234.5),
        ("1\u202f234,50\u00a0€", 1234.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1 234 567", 1234567),
        ("−3,2 %", -3.2),
        ("-3.2", -3.2),
        ("+5 points", 5),
        ("2,5 k€", 2500),
        ("0,021", 0.021),
        (",5", 0.5),
        ("douze", None),
        ("12 chats", None),
        ("", None),
        ("1" * 80, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    read = read_number(text)
    assert (read.value if read else None) == value


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (0.02, Outcome.RIGHT),
        (0.02009, Outcome.RIGHT),
        (0.0203, Outcome.WRONG),
        ("2 %", Outcome.RIGHT),
        ("0,02", Outcome.RIGHT),
        (2.0, Outcome.UNIT),
        ("2", Outcome.UNIT),
        (-0.02, Outcome.UNIT),
        (0.03, Outcome.MISCONCEPTION),
        (None, Outcome.NOT_ATTEMPTED),
        ("____", Outcome.NOT_ATTEMPTED),
        ("beaucoup", Outcome.UNREADABLE),
        ([0.02, 0.03], Outcome.UNREADABLE),
        (True, Outcome.UNREADABLE),
        (print, Outcome.UNREADABLE),
        (pd.DataFrame({"a": [0.02]}), Outcome.UNREADABLE),
    ],
)
def test_a_proportion(given, expected: Outcome) -> None:
    assert outcome(ask(CloseTo(PROPORTION), 0.02, {"M01": 0.03}), given) is expected


def test_an_announced_rounding_is_accepted() -> None:
    question = ask(CloseTo("€ HT", 0), 100.0)
    assert outcome(question, 100.5) is Outcome.RIGHT
    assert outcome(ask(CloseTo("unités", 0), 30.4), 30) is Outcome.RIGHT
    assert outcome(ask(CloseTo("unités"), 30.4), 30) is Outcome.ALMOST


def test_a_right_result_rounded_too_far_is_recognised() -> None:
    finding = evaluate(ask(CloseTo(PROPORTION), 0.02934), CASE, encode("2,9 %"))
    assert (finding.outcome, finding.fraction) == (Outcome.ALMOST, 0.0)
    assert "arrondi" in finding.message
    assert "0.029" not in finding.message


def test_two_mistakes_with_one_value_are_both_said() -> None:
    finding = evaluate(ask(CloseTo("€ HT"), 100.0, {"M16": 80.0, "M17": 80.1}), CASE, encode(80))
    assert finding.misconceptions == ("M16", "M17")
    assert finding.message.startswith("Plusieurs erreurs")


@pytest.mark.parametrize("factor", [1000, 1e6, 1 / 1000, 1 / 100])
def test_an_order_of_magnitude_is_named(factor: float) -> None:
    finding = evaluate(ask(CloseTo("€ HT"), 25.0), CASE, encode(25.0 * factor))
    assert finding.outcome is Outcome.UNIT
    assert "trop" in finding.message


def test_separation_is_relative() -> None:
    assert dict(separation(key_of((100.0, {"M16": 98.0, "M17": 50.0})))) == pytest.approx({"M16": 0.02, "M17": 0.5})


def test_a_choice_ignores_case_and_accents() -> None:
    question = ask(Choice(("favorable", "défavorable")), "défavorable", {"M103": "favorable"})
    assert outcome(question, "DEFAVORABLE ") is Outcome.RIGHT
    assert outcome(question, "favorable") is Outcome.MISCONCEPTION
    assert outcome(ask(Choice(("A", "B")), "B"), "b)") is Outcome.RIGHT
    assert outcome(question, "peut-être") is Outcome.UNREADABLE
    assert outcome(ask(Choice(("oui", "non")), "oui"), True) is Outcome.RIGHT
    assert outcome(ask(Choice(("oui", "non")), "oui"), False) is Outcome.WRONG


def test_values_by_label_in_any_container_and_order() -> None:
    right = {"SEO": 10.0, "Réseaux sociaux": 20.0}
    question = ask(SameValues("levier", "€ HT"), right, {"M136": {"SEO": 11.0, "Réseaux sociaux": 22.0}})
    frame = pd.DataFrame({"reel_ht": [20.0, 10.0], "levier": ["Reseaux sociaux", "SEO"]})
    for given in (right, pd.Series(right), frame, frame.set_index("levier"), {"seo": "10,00 €", "réseaux sociaux": 20}):
        assert outcome(question, given) is Outcome.RIGHT
    half = evaluate(question, CASE, encode({"SEO": 10.0}))
    assert (half.outcome, half.fraction) == (Outcome.WRONG, 0.5)
    assert "absent" in half.remarks[0]
    assert outcome(question, {"SEO": 11, "Réseaux sociaux": 22}) is Outcome.MISCONCEPTION
    assert outcome(question, 3) is Outcome.UNREADABLE
    assert outcome(question, {"SEO": "dix"}) is Outcome.UNREADABLE


def test_a_structure_is_ready_or_says_what_it_lacks() -> None:
    rules = (Columns(("levier", "f_d"), 2), Filled(("levier",)), Allowed("f_d", ("F", "D")), TextLength(1, 3, "levier"))
    question = ask(Structure("table", rules))
    good = [{"levier": "SEO", "f_d": "F"}, {"levier": "SEA", "f_d": "d"}]
    assert outcome(question, good) is Outcome.READY
    for broken, words in (
        (good[:1], "au moins 2 lignes"),
        ([good[0], {"levier": "", "f_d": "F"}], "case vide à la ligne 2"),
        ([good[0], {"levier": "SEA", "f_d": "bof"}], "« bof »"),
        ([good[0], {"levier": "a b c d", "f_d": "F"}], "4 mots"),
    ):
        finding = evaluate(question, CASE, encode(broken))
        assert (finding.outcome, len(finding.remarks)) == (Outcome.TO_COMPLETE, 1), broken
        assert words in finding.remarks[0]
        assert finding.fraction == 0.75
    without = evaluate(question, CASE, encode([{"levier": "SEO"}, {"levier": "SEA"}]))
    assert (without.remarks, without.fraction) == (("La colonne « f_d » manque.",), 0.5)
    assert outcome(question, [{"levier": "", "f_d": None}]) is Outcome.NOT_ATTEMPTED
    assert outcome(question, "du texte") is Outcome.UNREADABLE
    assert "bon" not in evaluate(question, CASE, encode(good)).message


def test_every_question_survives_any_answer() -> None:
    from autograder.keys.variants import reference_case

    odd = (None, 0, -1e300, "", "oui", [], [[]], {}, {"a": [1]}, [{"a": 1}], pd.DataFrame(), print, float("nan"))
    for question in questions_of():
        for value in odd:
            finding = evaluate(question, reference_case(question.company), encode(value))
            assert 0 <= finding.fraction <= 1
            assert finding.message
    assert question_of(question.id) is question


def test_a_choice_left_open_asks_for_one_of_the_options() -> None:
    question = ask(Letter(("A", "B")), "B")
    finding = evaluate(question, CASE, encode(None))
    assert finding.outcome is Outcome.NOT_ATTEMPTED
    assert finding.message == "Choisissez l’une des réponses proposées."
