"""The tables of a team: what a good plan may say in its own words, what an empty one may not get away with."""

from typing import Any

import pandas as pd
import pytest
from rules import said, survives

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.structure import Structure
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import questions_of
from autograder.keys.questions.e4_equipe import organiser as facts
from autograder.keys.questions.e4_equipe.organiser_rules import (
    GIVE,
    HELP,
    DoerGiven,
    InOrder,
    LevelsSaid,
    NotTooEarly,
    ResultMeasured,
    TeamAndPeople,
    earliest,
)
from casestudies.answers import encode
from casestudies.findings import Outcome

QUESTIONS = {question.id: question for question in questions_of(notebook="e4-equipe/01-organiser")}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("septembrune", "", 0)


@pytest.fixture
def plan(case: Case) -> Rows:
    """Return a plan made from what the case holds: the best transfer, and help from the freest who knows."""
    known, high = case.fact(facts.tasks), case.fact(facts.too_high_task)
    move = min((one for one in case.fact(facts.moves) if one.able), key=lambda one: one.peak)
    held, level = case.fact(facts.loads), case.fact(facts.levels)
    room = held.free.sub(held.asked, fill_value=0.0).drop([move.to, known.loc[high, "responsable"]])
    skill = level[known.loc[high, "competence"]]
    helper = room[skill[room.index] >= 3].idxmax()
    words = {"raison": "Elle a des jours, il n’en a plus assez", "signal": "deux jours de retard le vendredi"}
    return [
        {"geste": GIVE, "tache_id": move.task, "de": held.busy, "vers": move.to,
         "jours_homme": float(known.loc[move.task, "load"]), **words},
        {"geste": HELP, "tache_id": high, "de": known.loc[high, "responsable"], "vers": helper,
         "jours_homme": 0.5, **words},
    ]  # fmt: skip


def remarks(question: str, answer: object, case: Case) -> str:
    found = evaluate(QUESTIONS[question], case, encode(answer))
    assert found.outcome in (Outcome.READY, Outcome.TO_COMPLETE)
    return "\n".join(found.remarks).replace("\u00a0", " ")


def test_a_plan_may_be_written_as_people_write(case: Case, plan: Rows) -> None:
    assert remarks("o1-transfert", plan, case) == ""
    days = f"{plan[0]['jours_homme']:.1f}".replace(".", ",")
    loose = [{**plan[0], "vers": f" {plan[0]['vers'].lower()} ", "jours_homme": f"{days} jours"}, plan[1]]
    assert remarks("o1-transfert", loose, case) == ""


def test_a_task_is_not_given_twice(case: Case, plan: Rows) -> None:
    """The second line was not counted: somebody received work that nobody saw."""
    again = [*plan, {**plan[0], "vers": plan[1]["vers"]}]
    assert "elle répète la ligne 1" in remarks("o1-transfert", again, case)


def test_who_helps_works_alone(case: Case, plan: Rows) -> None:
    known, high = case.fact(facts.tasks), case.fact(facts.too_high_task)
    skill, wanted = known.loc[high, "competence"], int(known.loc[high, "niveau_requis"])
    learning = [name for name, level in case.fact(facts.levels)[skill].items() if wanted <= level < facts.ALONE]
    if wanted == 2:
        assert learning
    for name in learning:
        found = remarks("o1-transfert", [plan[0], {**plan[1], "vers": name}], case)
        assert "ne travaille pas encore sans aide" in found


RESULTS = (
    "délai moyen de réponse, en heures", "part des réunions avec compte rendu", "nombre d’appels restés sans réponse",
    "heures de retard sur les livraisons", "publications partagées par des clientes", "pages conformes au RGAA",
    "part des livrables acceptés au premier envoi", "nombre de jours de retard au jalon", "taux de retour des fiches",
    "charge la plus haute de l’équipe",
)  # fmt: skip
ACTIVITIES = (
    "nombre d’heures passées en formation", "Nombre de réunions", "réunions par semaine", "Heures travaillées au total",
    "nombre total d'e-mails envoyés", "temps passé sur le projet", "taux de présence au bureau", "nombre de messages",
)  # fmt: skip


@pytest.mark.parametrize("words", RESULTS)
def test_a_result_may_speak_of_hours_and_meetings(words: str) -> None:
    assert said(ResultMeasured(), [{"indicateur": words}]) == ""


@pytest.mark.parametrize("words", ACTIVITIES)
def test_an_activity_is_no_result(words: str) -> None:
    assert "compte une activité" in said(ResultMeasured(), [{"indicateur": words}])


def test_the_team_is_named_as_people_name_it() -> None:
    for name in ("équipe", "L’équipe", "toute l'équipe", "Équipe Studio"):
        assert said(TeamAndPeople(), [{"pour": one} for one in (name, "M14", "m22")]) == "", name
    assert "n’est ni" in said(TeamAndPeople(), [{"pour": one} for one in ("équipement", "M14", "M22")])


def row_of(case: Case, task: str) -> dict[str, Any]:
    known = case.fact(facts.tasks).loc[task]
    held = case.fact(facts.held_levels)[task]
    return {
        "tache_id": task, "realise": known["responsable"], "debut": case.fact(earliest)[task],
        "competence": f"{known['competence']} : demande {known['niveau_requis']}, tenu {held}",
    }  # fmt: skip


def test_levels_are_those_of_the_tables(case: Case) -> None:
    row = row_of(case, "T04")
    wanted, held = int(case.fact(facts.tasks).loc["T04", "niveau_requis"]), int(case.fact(facts.held_levels)["T04"])
    assert (wanted, held) == (3, 4)
    for words in (
        "seo : demande 3, tenu 4",
        "tenu 4, requis 3",
        "N3 requis, N4 tenu",
        "3/4",
        "requis 3 sur 4, tenu 4 sur 4",
    ):
        assert said(LevelsSaid(), [{**row, "competence": words}], case) == "", words
    for words in ("1 2", "niveau 3", "3,4", "34", "demande 3, tenu 3", "elle sait faire"):
        assert "On attend le niveau" in said(LevelsSaid(), [{**row, "competence": words}], case), words


def test_the_roles_follow_the_plan(case: Case, plan: Rows) -> None:
    task, to = str(plan[0]["tache_id"]), str(plan[0]["vers"])
    before, after = row_of(case, task), {**row_of(case, task), "realise": to}
    beside = case.beside({"o1-transfert": encode(plan)})
    assert said(DoerGiven(), [after], beside) == said(DoerGiven(), [before], case) == ""
    assert "ni votre plan" in said(DoerGiven(), [before], beside)


def test_dates_follow_one_another(case: Case) -> None:
    table = [row_of(case, task) for task in case.fact(facts.tasks).index]
    assert said(InOrder(), table, case) == said(NotTooEarly(), table, case) == ""
    late = [{**row, "debut": "2026-11-16"} if row["tache_id"] == "T01" else row for row in table]
    assert "T02 attend T01" in said(InOrder(), late, case)
    assert "n’a pas commencé" in said(NotTooEarly(), [{**table[0], "debut": "2025-10-06"}], case)
    assert said(InOrder(), [{**row, "debut": "9999-12-31"} for row in table], case) == ""


def test_no_cell_stops_a_rule(case: Case, plan: Rows) -> None:
    row = {**row_of(case, "T04"), "livrable": "x", "jours_homme": 3, "repond": "M02", "consulte": "M05", "informe": ""}
    aim = {"pour": "équipe", "objectif": "x", "indicateur": "x", "départ": 1, "cible": 2, "échéance": "2026-11-27",
           "moyens": "x", "point_étape": "2026-10-30", "décision": "x"}  # fmt: skip
    beside = case.beside({"o1-transfert": encode(pd.DataFrame(plan))})
    for name, answer in (("o1-transfert", plan), ("o1-raci", [row]), ("o1-objectifs", [aim])):
        check = QUESTIONS[name].check
        assert isinstance(check, Structure)
        for rule in check.rules:
            survives(rule, answer, beside)
