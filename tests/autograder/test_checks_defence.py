"""What the plan of a talk and the replies accept and refuse, as learners really write them."""

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.questions.e4_equipe.evaluer_defendre_tables import (
    REPLIES,
    NobodyNamed,
    NoWatching,
    OwnFigure,
    TimeKept,
    own_figures,
)
from autograder.keys.variants import accepted_draw


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("septembrune", "lea", accepted_draw("septembrune", "lea"))


def cell(text: str) -> pd.DataFrame:
    return pd.DataFrame({"usage": [text]})


@pytest.mark.parametrize(
    "text",
    [
        "répartir la charge ; jamais un classement des personnes",
        "alléger un agenda, sans podium ni palmarès",
        "aucun temps de connexion n’est regardé",
        "Vu par l’équipe, pas de classement individuel.",
        "former, pas classer les personnes",
        "chercher les causes ; aucune caméra, aucun badge",
    ],
)
def test_what_is_ruled_out_is_not_proposed(text: str, case: Case) -> None:
    assert NoWatching(("usage",))(cell(text), case) == []


@pytest.mark.parametrize(
    "text",
    [
        "pas seulement le temps de connexion, aussi les frappes",
        "Publier un podium chaque mois",
        "Jamais de prime. Un classement individuel suffit",
        "le classement des personnes, jamais affiché",
        "heures d'arrivée de chacun",
        "récompenser l’employé du mois",
        "suivre p07",
    ],
)
def test_watching_and_ranking_are_seen(text: str, case: Case) -> None:
    assert len(NoWatching(("usage",))(cell(text), case)) == 1


def replies(case: Case, *openings: str) -> str:
    one, other = sorted({f"{100 * abs(value):.0f}" for value in own_figures(case) if 0.1 < abs(value) < 1})[:2]
    filler = "votre remarque est juste et nous en tenons compte, mais le fait suivant nous fait choisir autre chose"
    return "\n".join(f"{opening} {filler}, avec {one} % contre {other} %." for opening in openings)


@pytest.mark.parametrize(
    "openings",
    [
        tuple(f"{name} :" for name in REPLIES),
        ("A la direction:", "A l'équipe qui clôt vite :", "A la personne organisée :"),
        ("- À la direction :", "- À l’équipe qui clôt vite :", "- À la personne organisée :"),
        ("**À la direction** :", "**À l’équipe qui clôt vite** :", "**À la personne organisée** :"),
        ("À LA DIRECTION :", "À L’ÉQUIPE QUI CLÔT VITE :", "À LA PERSONNE ORGANISÉE :"),
    ],
)
def test_a_reply_is_known_however_it_is_typed(openings: tuple[str, ...], case: Case) -> None:
    asked = question_of("t3-objections")
    assert asked.check(asked, case, replies(case, *openings)).remarks == ()


def test_any_three_numbers_are_no_fact_of_the_case(case: Case) -> None:
    rule = OwnFigure("", 2)
    assert rule("Oui, 1 fois, 2 fois, 2026 fois, question t3-retours.", case) != []
    one = 100 * max(value for value in own_figures(case) if 0.1 < value < 1)
    assert rule(f"{one:.0f} %, encore {one:.0f} %, toujours {one:.0f} %", case) != []  # one figure said three times


def test_a_plan_that_stops_far_from_its_time_is_said_once_complete(case: Case) -> None:
    rule = TimeKept("secondes", 480, 600)
    assert rule(pd.DataFrame({"secondes": [20] * 10}), case) != []
    assert rule(pd.DataFrame({"secondes": [20] * 3}), case) == []  # still being written
    assert rule(pd.DataFrame({"secondes": [48] * 10}), case) == []
    assert rule(pd.DataFrame({"secondes": [60] * 10}), case) == []
    assert rule(pd.DataFrame({"secondes": [61] * 10}), case) != []


def test_nobody_is_named_aloud(case: Case) -> None:
    assert NobodyNamed()("À la direction : P07 fait trop d’heures.", case) != []
    assert NobodyNamed()("À la direction : 7 % des demandes.", case) == []
