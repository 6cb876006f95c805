"""What notebook 02 asks of the table of findings, of the chart and of the note: each broken rule is said, alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
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

Row = dict[str, Any]

CASE: Case = case_of("kerlavandre", REFERENCE, 0)


def findings() -> list[Row]:
    """Return a table that is ready to be reviewed."""
    return [
        {
            "constat": "Une partie seulement de la hausse est un gain",
            "ampleur": "704 unités nettes sur 1 240 brutes, soit 57 %",
            "intervalle": "",
            "cause_probable": "Des clients ont fait des réserves",
            "autre_cause": "Une rupture de stock, à vérifier",
            "preuve": "q2-brut, q2-creux et q2-net",
            "limite": "Le creux est compté sur deux semaines",
            "décision": "Juger sur le gain net",
        },
        {
            "constat": "La promotion a fait monter les ventes de Cheveux",
            "ampleur": "87,5 unités de plus par jour",
            "intervalle": "de 75,2 à 99,8 unités par jour",
            "cause_probable": "La remise",
            "autre_cause": "",
            "preuve": "table ventes_jour",
            "limite": "",
            "décision": "Retenir cet effet",
        },
        {
            "constat": "La gamme Corps a perdu des ventes",
            "ampleur": "−155 unités",
            "intervalle": "",
            "cause_probable": "Des clients ont pris Cheveux à la place",
            "autre_cause": "",
            "preuve": "Q2-CANNIBALISATION",
            "limite": "",
            "décision": "Compter cette perte",
        },
    ]


NOTE = """
La promotion fait vendre, mais la moitié de la hausse s’évapore

Nous recommandons de ne pas refaire l’opération à l’identique. Pendant l’opération, la gamme Cheveux a vendu 1 240
unités de plus que son niveau habituel, saison et croissance comprises. L’effet est réel : 87 unités de plus par
jour. La gamme Maison, sans remise, a seulement suivi la croissance de l’année. Mais une partie de cette hausse a
été déplacée. Les deux semaines suivantes, il manque 380 unités : des clients ont fait des réserves. La gamme Corps
en a perdu 155. Le gain net est donc bien plus petit que la hausse que l’équipe a vue pendant ces journées.

Deux limites : nous n’avons observé qu’une édition, et le creux peut durer plus de deux semaines.

Nous proposons d’attendre le bilan de la marge, puis de tester une édition plus courte, avec un groupe témoin.
"""

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


@pytest.mark.parametrize(("question", "answer"), [("q2-constats", findings()), ("q2-note", NOTE)])
def test_the_models_are_ready(question: str, answer: object) -> None:
    found = finding(question, answer)
    assert found.outcome is Outcome.READY, found.remarks
    assert remarks_on_chart(CHART) == []


def test_a_table_may_be_a_frame_with_shuffled_columns_and_no_accents() -> None:
    table = pd.DataFrame(findings()).rename(columns={"décision": "Decision"})
    assert finding("q2-constats", table[list(table.columns[::-1])]).outcome is Outcome.READY


def cell(row: int, name: str, content: str) -> Callable[[list[Row]], None]:
    """Return the change that writes ``content`` in one cell."""

    def change(rows: list[Row]) -> None:
        rows[row][name] = content

    return change


def column_lost(name: str) -> Callable[[list[Row]], None]:
    """Return the change that removes an optional column."""

    def change(rows: list[Row]) -> None:
        for row in rows:
            row[name + " de trop"] = row.pop(name)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (cell(1, "décision", ""), "case vide à la ligne 2"),
        (cell(2, "cause_probable", "…"), "case vide à la ligne 3"),
        (cell(2, "constat", "une partie seulement de la HAUSSE est un gain"), "répète la ligne 1"),
        (cell(0, "constat", "Hausse"), "1 mots"),
        (cell(1, "ampleur", "beaucoup"), "un chiffre"),
        (cell(1, "intervalle", "environ 80"), "deux bornes"),
        (cell(1, "intervalle", ""), "un intervalle à 95"),
        (cell(0, "autre_cause", ""), "une autre explication"),
        (cell(0, "limite", ""), "une limite"),
        (cell(1, "preuve", "je l’ai vu"), "citez une table"),
        (cell(1, "preuve", "q2-bruit"), "« q2-bruit » n’existe pas"),
        (lambda rows: rows.pop(), "au moins 3 lignes"),
    ],
)
def test_each_broken_rule_of_the_table_is_said_alone(change: Callable[[list[Row]], None], words: str) -> None:
    rows = findings()
    change(rows)
    found = finding("q2-constats", rows)
    assert found.outcome is Outcome.TO_COMPLETE
    assert len(found.remarks) == 1, found.remarks
    assert words in found.remarks[0].replace("\u00a0", " ")
    assert found.fraction == pytest.approx(0.9)


def test_a_missing_column_is_said() -> None:
    rows = findings()
    column_lost("limite")(rows)
    assert "« limite » manque" in finding("q2-constats", rows).remarks[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "n’a pas de titre"),
        ({"title": "Ventes de la gamme Cheveux"}, "sans dire le message"),
        ({"title": "Cheveux bondit"}, "de 4 à 25 mots"),
        ({"x_label": " "}, "axe horizontal"),
        ({"y_label": ""}, "axe vertical n’a pas de nom"),
        ({"y_label": "Ventes"}, "son unité"),
        ({"lines": 1}, "au moins 2 séries"),
        ({"legend": ("vendu",)}, "La légende nomme 1"),
        ({"legend": ()}, "La légende nomme 0"),
        ({"spans": 0}, "ne sont pas repérés"),
        ({"alternative": ""}, "n’a pas de texte de remplacement"),
        ({"alternative": "Une courbe."}, "de 8 à 80 mots"),
    ],
)
def test_each_broken_rule_of_the_chart_is_said_alone(changes: dict[str, Any], words: str) -> None:
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
    ("old", "new", "words"),
    [
        (
            "\n\nDeux limites : nous n’avons observé qu’une édition, et",
            "\n\nNous n’avons observé qu’une édition, et",
            "limite",
        ),
        ("Nous recommandons de ne pas", "Il ne faut pas", ""),
        ("La promotion fait vendre, mais la moitié de la hausse s’évapore\n\n", "", "titre seul sur sa ligne"),
        ("Nous proposons d’attendre le bilan de la marge", "Bilan " * 90, "mots"),
    ],
)
def test_each_broken_rule_of_the_note_is_said_alone(old: str, new: str, words: str) -> None:
    assert old in NOTE
    found = finding("q2-note", NOTE.replace(old, new))
    if not words:
        assert found.outcome is Outcome.READY, "one word of decision is enough"
        return
    assert len(found.remarks) == 1, found.remarks
    assert words in found.remarks[0]


def test_a_note_without_decision_or_figures() -> None:
    text = NOTE.replace("Nous recommandons de ne pas", "Il ne faut pas").replace("Nous proposons d’", "Mieux vaut ")
    assert ["décision" in remark for remark in finding("q2-note", text).remarks] == [True]
    without = "".join(character for character in NOTE if not character.isdigit())
    assert any("chiffre" in remark for remark in finding("q2-note", without).remarks)


@pytest.mark.parametrize(
    "answer", ["Un titre", "Titre\ncorps", "mot " * 30 + "\n\ncorps", "Un titre bien fait\nsur deux lignes\n\ncorps"]
)
def test_title_line(answer: Value) -> None:
    assert TitleLine()(answer, CASE)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("q2-constats", None),
        ("q2-note", "\n\n"),
        ("q2-graphique", None),
        ("q2-constats", [{"constat": "", "ampleur": ""}]),
    ],
)
def test_nothing_answered(question: str, answer: object) -> None:
    assert finding(question, answer).outcome is Outcome.NOT_ATTEMPTED
