"""What notebook 02 asks of its chart and its note, beyond what breaking each rule of the model answers proves."""

from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.texts import TitleLine
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from casestudies import decrire
from casestudies.answers import Value, encode
from casestudies.charts import Chart
from casestudies.findings import Finding, Outcome
from casestudies.seeds import REFERENCE

CASE: Case = case_of("kerlavandre", REFERENCE, 0)


CHART = Chart(
    title="Cheveux vend 60 % de plus, puis retombe",
    x_label="Date",
    y_label="Unités vendues par jour",
    legend=("promotion", "vendu", "attendu"),
    lines=2,
    bars=0,
    points=0,
    spans=1,
    alternative="Deux courbes : le vendu monte pendant la promotion, puis passe sous l’attendu.",
)


def finding(question: str, answer: object) -> Finding:
    """Return what is said of an answer handed in by a learner."""
    return evaluate(question_of(question), CASE, encode(answer))


def remarks_on_chart(chart: Chart) -> list[str]:
    """Return the remarks of each rule on a chart."""
    check: Any = question_of("q2-graphique").check
    return [remark for rule in check.rules for remark in rule(chart, CASE)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Cheveux bondit"}, "de 4 à 25 mots"),
        ({"x_label": " "}, "axe horizontal"),
        ({"y_label": ""}, "axe vertical n’a pas de nom"),
        ({"legend": ("vendu",)}, "La légende nomme 1"),
    ],
)
def test_other_faults_of_the_chart_are_said_alone(changes: dict[str, Any], words: str) -> None:
    remarks = remarks_on_chart(replace(CHART, **changes))
    assert len(remarks) == 1, remarks
    assert words in remarks[0].replace("\u00a0", " ")


def test_an_alternative_text_is_not_the_title_again() -> None:
    title = "La gamme Cheveux monte de 60 % pendant la promotion"
    assert "répète le titre" in remarks_on_chart(replace(CHART, title=title, alternative=title))[0]


@pytest.mark.parametrize(
    "title", ["Cheveux bondit puis retombe", "Hausse de 60 % pour Cheveux", "LA HAUSSE CACHE UN CREUX"]
)
def test_titles_that_say_a_message(title: str) -> None:
    assert remarks_on_chart(replace(CHART, title=title)) == []


def test_a_chart_drawn_with_matplotlib_is_ready() -> None:
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, ax = plt.subplots()
    ax.axvspan(3, 5, label="promotion")
    ax.plot([1, 2, 3], [4, 5, 6], label="vendu")
    ax.plot([1, 2, 3], [4, 4, 4], label="attendu")
    ax.set_title(CHART.title, loc="left")
    ax.set_xlabel(CHART.x_label)
    ax.set_ylabel(CHART.y_label)
    ax.legend()
    decrire(ax, CHART.alternative)
    assert finding("q2-graphique", ax).outcome is Outcome.READY
    assert finding("q2-graphique", figure).outcome is Outcome.READY
    plt.close(figure)


@pytest.mark.parametrize(
    "answer", ["Un titre", "Titre\ncorps", "mot " * 30 + "\n\ncorps", "Un titre bien fait\nsur deux lignes\n\ncorps"]
)
def test_title_line(answer: Value) -> None:
    assert TitleLine()(answer, CASE)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("q2-note", "\n\n"),
        ("q2-constats", [{"constat": "", "ampleur": ""}]),
    ],
)
def test_nothing_answered(question: str, answer: object) -> None:
    assert finding(question, answer).outcome is Outcome.NOT_ATTEMPTED
