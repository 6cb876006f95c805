"""The simulator of a plan: what it counts is what the notebook teaches, and each setting can be shown."""

import pytest
from right_values import right

from autograder.keys.cases import Case
from autograder.keys.questions.e3_plan_operationnel import objectifs_vendeurs as facts
from casestudies.dossier import Dossier
from casestudies.studio import goulot
from casestudies.studio.goulot import DEMAND, MORE, PROSPECTING, SELLING
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "treziflow"


def test_the_start_is_what_the_notebook_teaches(dossier: Dossier, case: Case) -> None:
    scene = goulot.scene_of(dossier)
    found = scene.possible(scene.start())
    teams = {name.lower(): count for name, count in found.items() if name != DEMAND}
    assert teams == pytest.approx(right(case, "p1-possibles"))
    assert found[DEMAND] == pytest.approx(facts.demand(case))
    assert min(found.values()) == pytest.approx(right(case, "p1-plafond"))
    assert min(found, key=lambda name: found[name]).lower() == right(case, "p1-goulot")
    hours = {name.lower(): value for name, value in scene.hours.items()}
    assert hours == pytest.approx(right(case, "p1-capacite"))


def test_people_move_their_team_and_rates_move_all(dossier: Dossier) -> None:
    scene = goulot.scene_of(dossier)
    start, before = scene.start(), scene.possible(scene.start())
    more = scene.possible(start | {MORE[SELLING]: 1})
    assert more[SELLING] == pytest.approx(before[SELLING] * (1 + scene.each[SELLING] / scene.hours[SELLING]))
    assert (more[DEMAND], more[PROSPECTING]) == (before[DEMAND], before[PROSPECTING])
    better = scene.possible(start | {goulot.CLOSING: 5})
    share = (scene.rates[2] + 0.05) / scene.rates[2]
    assert all(better[name] == pytest.approx(share * before[name]) for name in before)
    qualified = scene.possible(start | {goulot.TO_SQL: 5})
    assert qualified[SELLING] == before[SELLING]
    assert qualified[PROSPECTING] > before[PROSPECTING]
    richer = scene.possible(start | {goulot.BUDGET: 2 * start[goulot.BUDGET]})
    assert richer[DEMAND] == pytest.approx(2 * before[DEMAND])


def test_a_bet_first_then_each_setting_is_said(dossier: Dossier) -> None:
    simulator = goulot.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", goulot.NO)
    simulator.press(LOCK)
    sliders = [one for one in simulator.view().controls if one.kind == "slider"]
    assert len(sliders) == 5
    for one in sliders:
        for value in (one.least, one.most):
            simulator.put(one.name, value)
            view = simulator.view()
            assert "L’étape la plus étroite" in view.status
            assert 'role="img" aria-label="Clients possibles' in view.chart
        simulator.press(BACK)
    simulator.put(MORE[SELLING], 2)
    assert "Renfort" in simulator.view().status
    assert "c’est donc" in simulator.view().words
