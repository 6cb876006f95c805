"""The rules of E4's notebook 02, on what people write: good work in another form is taken, nonsense is not."""

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.dates import NotBefore
from autograder.keys.questions.e4_equipe.animer_tables import (
    STEPS,
    TRACE,
    UNPLUGGED,
    KnownRgesn,
    LabelledLines,
    LineSays,
    LowerAfter,
    NobodyWatched,
    SomeRowSays,
)  # fmt: skip

TITLES = tuple(title for title, *_ in STEPS)
PLAIN = (
    "Décrire : Mercredi à 22 h 14, un message a félicité une estimation envoyée le soir à toute l’équipe.",
    "Exprimer : Je suis inquiète, car l’équipe se demande si elle doit répondre le soir.",
    "Spécifier : Je te propose que les messages écrits après 18 h 30 partent le lendemain matin, les tiens compris.",
    "Conclure : Je t’écris la règle demain, tu la corriges, et nous regardons le 16 octobre si elle tient.",
)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("septembrune", "", 0)


@pytest.mark.parametrize("form", ["{}", "- {}", "* {}", "• {}", "1. {}", "2) {}", "  {}  "])
def test_an_interview_may_have_bullets_or_numbers(case: Case, form: str) -> None:
    text = "\n".join(form.format(line) for line in PLAIN)
    assert LabelledLines(STEPS)(text, case) == []


def test_an_interview_may_have_stars_blank_lines_and_capitals(case: Case) -> None:
    starred = "\n\n".join(f"**{line.replace(' :', '** :', 1)}" for line in PLAIN)
    assert LabelledLines(STEPS)(starred, case) == []
    assert LabelledLines(STEPS)(starred.replace("** :", " :**"), case) == []
    assert LabelledLines(STEPS)("\n".join(PLAIN).upper(), case) == []


def test_a_line_may_go_on_and_quote_an_hour(case: Case) -> None:
    cut = "\n".join(line.replace(", ", ",\n", 1) for line in PLAIN).replace("22 h 14", "22:14")
    assert LabelledLines(STEPS)(cut, case) == []
    assert any("« Conclure »" in one for one in LabelledLines(STEPS)(cut + "\nencore" * 60, case))


@pytest.mark.parametrize("text", ["", "oui", "Décrire", ":" * 500, "Décrire :\nDécrire :", "É" * 5000, "\x00 : \x01"])
def test_nonsense_is_no_interview(case: Case, text: str) -> None:
    assert LabelledLines(STEPS)(text, case)


def test_the_trace_is_looked_for_where_one_concludes(case: Case) -> None:
    rule = LineSays(TITLES, "Conclure", "quelle trace", TRACE)
    assert rule("\n".join(PLAIN), case) == []
    spoken = PLAIN[3].replace("Je t’écris la règle", "Nous nous revoyons")
    assert rule("\n".join((*PLAIN[:3], spoken)), case), "a message that is described is no trace of the talk"
    assert rule("\n".join(PLAIN[:3]), case) == [], "the missing line is said by another rule"


@pytest.mark.parametrize(
    "written",
    [
        "Aucun message après 18 h 30, responsables compris.", "Le soir, pas de réponse attendue avant le lendemain.",
        "Les messages du soir sont différés au lendemain.", "Droit à la déconnexion de 18 h 30 à 8 h 30.",
    ],
)  # fmt: skip
def test_the_right_to_disconnect_has_several_wordings(case: Case, written: str) -> None:
    rule = SomeRowSays("règle", "de déconnexion", UNPLUGGED)
    assert rule(pd.DataFrame({"règle": ["Chacun parle à son tour.", written]}), case) == []
    assert rule(pd.DataFrame({"règle": ["Chacun parle à son tour.", "On répond dans l’heure, le soir aussi."]}), case)


@pytest.mark.parametrize(
    ("sign", "watched"),
    [
        ("Temps de connexion de chacun", True), ("Tableau nominatif des retards", True), ("Réponses de P07", True),
        ("Voyant vert avant neuf heures", True), ("Le nom de ceux qui n’écrivent pas", True),
        ("Part des décisions écrites le jour même", False), ("Messages du soir, pour l’équipe entière", False),
        ("Délai de la première réponse, sans temps de connexion", False), ("Un référent nommé par jour", False),
    ],
)  # fmt: skip
def test_a_sign_watches_nobody(case: Case, sign: str, *, watched: bool) -> None:
    assert bool(NobodyWatched(("signe",))(pd.DataFrame({"signe": [sign]}), case)) is watched


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("8.9", True), ("RGESN 8.9", True), ("critère 8.9", True), ("Critère RGESN 8,9", True), ("8.10", True),
        (8.9, True), ("8.11", False), ("0.1", False), ("10.1", False), ("8", False), ("huit", False), ("8.9.1", False),
    ],
)  # fmt: skip
def test_a_number_of_the_rgesn_exists(case: Case, written: object, *, known: bool) -> None:
    assert (KnownRgesn("rgesn")(pd.DataFrame({"rgesn": [written]}), case) == []) is known


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (3.5, 1.5, ""), ("3,5", "1,5", ""), (4, 0, ""), (3, 5, "achats d’une année"), (3, 3, "n’économise rien"),
        (3, -2, "négatif"), ("3 Go", 2, "Mettez l’unité à part"), (float("inf"), 2, "n’est pas un nombre"),
        (3, float("-inf"), "n’est pas un nombre"),
    ],
)  # fmt: skip
def test_a_practice_saves_something(case: Case, before: object, after: object, said: str) -> None:
    remarks = LowerAfter("avant", "après")(pd.DataFrame({"avant": [before], "après": [after]}), case)
    assert (said in remarks[0]) if said else remarks == []


def test_an_adjustment_is_not_promised_for_yesterday(case: Case) -> None:
    rule = NotBefore("délai", lambda case: case.company.periods["releves"].fin)
    assert rule(pd.DataFrame({"délai": ["2026-09-30", "2026-10-05", "bientôt", ""]}), case) == []
    (remark,) = rule(pd.DataFrame({"délai": ["2025-10-05"]}), case)
    assert "est passé" in remark
    assert "30 septembre 2026" in remark
