"""The simulator « Le retard »: what it shows is what the notebook teaches, fast, said in words, by keyboard."""

from io import BytesIO
from time import perf_counter

import numpy as np
import pytest
from matplotlib.figure import Figure
from right_values import right

from autograder.keys.cases import Case
from casestudies.charts import ALT_ATTRIBUTE
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.feuille_route import longueurs
from casestudies.french import french_number
from casestudies.identity import Identity
from casestudies.studio import feuille_route, retard
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "hetrabelle"


def test_the_launch_is_the_one_that_the_notebook_computes(dossier: Dossier, case: Case) -> None:
    scene = retard.scene_of(dossier)
    assert scene.planned.length == pytest.approx(right(case, "p7-duree"))
    slack = scene.planned.slack[scene.ids.index("L07")]
    assert slack == pytest.approx(right(case, "p7-marge-tache"))
    assert scene.budget_ht == pytest.approx(dossier.table("suivi_lancement")["budget_ht"].sum())


def test_every_delay_is_that_of_the_longest_chain(dossier: Dossier) -> None:
    scene = retard.scene_of(dossier)
    tasks = dossier.table("lancement_taches").set_index("tache_id")
    expected = (tasks["optimiste_j"] + 4 * tasks["probable_j"] + tasks["pessimiste_j"]) / 6
    for task in scene.ids:
        for days in (0, 1, 7, retard.MOST_DELAY):
            found = scene.delayed(task, days)
            chains = longueurs(tasks, expected, **{task: float(expected[task]) + days})
            assert found.length == pytest.approx(chains.max())
            assert set(str(chains.idxmax()).split(" → ")) <= set(scene.chain(found))
            late = chains.max() - scene.planned.length
            assert scene.cost_ht(found) == pytest.approx(scene.budget_ht + late * scene.late_day_ht)
            said = retard.status(scene, task, days)
            assert french_number(scene.cost_ht(found), 0) in said
            told = retard.draw(scene, task, days)
            assert 'role="img"' in told
            assert all(f"{name} ·" in told for name in scene.ids)


def test_the_day_is_a_working_day_of_the_project(dossier: Dossier) -> None:
    scene = retard.scene_of(dossier)
    window = dossier.periode("lancement")
    assert window.debut < scene.day(scene.planned) <= window.fin
    assert scene.day(scene.planned).weekday() < 5


def test_a_task_with_slack_moves_nothing_and_another_chain_takes_over(dossier: Dossier) -> None:
    scene = retard.scene_of(dossier)
    free = int(np.argmax(scene.planned.slack))
    assert "Le lancement ne bouge pas" in retard.status(scene, scene.ids[free], 1)
    over = int(scene.planned.slack[free]) + 2
    assert "une autre chaîne" in retard.status(scene, scene.ids[free], over)


def test_a_bet_first_then_each_task_is_said_in_less_than_a_tenth_of_a_second(dossier: Dossier) -> None:
    simulator = retard.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", retard.SOME)
    simulator.press(LOCK)
    start = perf_counter()
    moves = 0
    for task in retard.scene_of(dossier).ids:
        simulator.put(retard.TASK, task)
        for days in (0, 10, 20):
            simulator.put(retard.DELAY, days)
            view = simulator.view()
            assert task in view.status
            assert "Ouverture attendue le" in view.status
            moves += 1
    assert (perf_counter() - start) / moves < 0.1
    assert "c’est donc" in simulator.view().words
    simulator.press(BACK)
    assert [one.value for one in simulator.view().controls if one.kind == "slider"] == [0]


def test_the_bet_has_several_answers(tmp_path) -> None:
    said = set()
    for number in range(20):
        company = company_of("hetrabelle", f"pari-{number}", 0)
        outcome = retard.outcome(retard.scene_of(Dossier(company, Identity(company.learner, 0), tmp_path, None)))
        said |= {one for one in (retard.ALL, retard.SOME, retard.NONE) if f"« {one} »" in outcome}
    assert said == {retard.ALL, retard.SOME, retard.NONE}


def test_charts_take_what_learners_may_have_written(dossier: Dossier) -> None:
    assert "Pas encore" in repr(feuille_route.dessiner_charge(None))
    assert "Pas encore" in repr(feuille_route.dessiner_charge("12"))
    assert "vide" in repr(feuille_route.dessiner_feuille_route(None))
    row = {"action": "Former les revendeurs", "responsable": "Commercial", "debut": "2026-12-24", "duree_jours": "2"}
    drawn = feuille_route.dessiner_feuille_route([row, {**row, "debut": "hier"}, {**row, "duree_jours": "beaucoup"}])
    assert "1 action ; Commercial répond de 1" in str(getattr(drawn, ALT_ATTRIBUTE)).replace("\u00a0", " ")
    assert "du 24/12/2026 au 28/12/2026" in str(getattr(drawn, ALT_ATTRIBUTE)).replace("\u00a0", " ")
    assert "vide" in repr(feuille_route.dessiner_feuille_route([{**row, "debut": None}]))
    assert feuille_route.dessiner_budgets(dossier.table("feuille_agence")).axes
    followed = dossier.table("suivi_lancement")
    for value in (None, float("nan"), float("inf"), "cher", 60_000.0):
        assert feuille_route.dessiner_suivi(followed, value, 50_000.0).axes


def test_hostile_and_mistyped_rows_are_drawn_as_text_or_left_out() -> None:
    row = {"action": r"<b>$\xyz$ =cmd", "responsable": r"$\xyz$" + "W" * 300, "debut": "2026-12-24", "duree_jours": 2}
    rows = [row, 5, "texte", {**row, "debut": "9999-12-30"}, {**row, "debut": "1926-12-24"}]
    drawn = feuille_route.dessiner_feuille_route(rows)
    assert "1 action ;" in str(getattr(drawn, ALT_ATTRIBUTE)).replace("\u00a0", " ")
    charge = feuille_route.dessiner_charge({r"$\xyz$" + "W" * 300: 1.2, "Web": float("inf")})
    for figure in (drawn, charge):
        assert isinstance(figure, Figure)
        figure.savefig(BytesIO())
    assert "Pas encore" in repr(feuille_route.dessiner_charge({"Web": float("inf")}))


def test_chains_refuse_in_french_what_they_cannot_follow(dossier: Dossier) -> None:
    tasks = dossier.table("lancement_taches").set_index("tache_id")
    days = tasks["probable_j"]
    for said, call in {
        "n’est pas une tâche": lambda: longueurs(tasks, days, L99=3),
        "Donnez d’abord une durée": lambda: longueurs(tasks, None),  # type: ignore[arg-type]
        "doit être un nombre de jours": lambda: longueurs(tasks, days, L04="cinq"),  # type: ignore[arg-type]
        "la table des tâches": lambda: longueurs(days, days),  # type: ignore[arg-type]
        "n’a pas de durée": lambda: longueurs(tasks, days.drop("L04")),
        "n’est pas dans la table": lambda: longueurs(tasks.drop("L01"), days),
        "en rond": lambda: longueurs(tasks.assign(attend="L05"), days),
    }.items():
        with pytest.raises(CasekitError, match=said):
            call()
