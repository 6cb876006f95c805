"""The checks written for calendars: time to prepare, order of the days, a list of names."""

import pandas as pd
import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.choices import SameLabels
from autograder.keys.checks.dates import LeadTime, SortedBy
from autograder.keys.evaluation import evaluate
from autograder.keys.model import Question, key_of
from casestudies.answers import encode
from casestudies.findings import Outcome
from casestudies.seeds import REFERENCE

CASE = case_of("bocanterre", REFERENCE, 0)
TASKS = ("T01", "T02", "T03", "T04")


def test_time_to_prepare_is_left() -> None:
    rule = LeadTime("dès", "début", 42)
    table = pd.DataFrame({"dès": ["2027-01-04", "01/03/2027", "bientôt"], "début": ["2027-02-15"] * 3})
    assert rule(table.iloc[[0, 2]], CASE) == []
    (late,) = rule(table, CASE)
    assert "Ligne 2" in late
    assert "de 0 jour ;" in late
    assert "au moins 42" in late


def test_rows_follow_the_order_of_their_days() -> None:
    rule = SortedBy("début")
    days = ["2027-01-04", "", "2027-01-04", "05/01/2027", "2027-01-03", "2027-01-02"]
    assert rule(pd.DataFrame({"début": days[:4]}), CASE) == []
    (back,) = rule(pd.DataFrame({"début": days}), CASE)
    assert "la ligne 5 revient en arrière" in back


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (["T01", "T03"], Outcome.RIGHT),
        ("t03 ; T01", Outcome.RIGHT),
        (list(TASKS), Outcome.MISCONCEPTION),
        (["T01"], Outcome.WRONG),
        (["T01", "T09"], Outcome.UNREADABLE),
        (3, Outcome.UNREADABLE),
        ([], Outcome.NOT_ATTEMPTED),
        (None, Outcome.NOT_ATTEMPTED),
    ],
)
def test_a_list_of_names(answer: object, outcome: Outcome) -> None:
    key = key_of((["T01", "T03"], {"M286": (list(TASKS),)}))
    question = Question("q", "Titre", "B1-C08", SameLabels(TASKS, "tâche"), ("a", "b", "c"), lambda case: key)
    found = evaluate(question, CASE, encode(answer))
    assert found.outcome is outcome
    assert found.fraction == (outcome is Outcome.RIGHT)
    if outcome is Outcome.WRONG:
        assert "1 absente(s)" in found.message
