"""The test of two pages replayed: what it says is what the notebook teaches, and looking often costs what is said."""

import time

import numpy as np
import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.dossier import Dossier
from casestudies.studio import arret
from casestudies.studio.arret import EACH_DAY, EACH_WEEK, ONCE
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "treziflow"


def test_the_last_day_is_what_the_notebook_teaches(dossier: Dossier, case: Case) -> None:
    scene = arret.scene_of(dossier)
    assert scene.days == 81
    gap, low, high = scene.interval(scene.days)
    assert gap == pytest.approx(right(case, "p5-ecart"))
    assert {"bas": low, "haut": high} == pytest.approx(right(case, "p5-intervalle"))
    tests = arret.rejouer(dossier)
    assert len(tests) == arret.REPLAYS
    assert tests["un_jour_au_moins"].mean() == pytest.approx(right(case, "p5-alertes"))
    assert scene.same.stopped(EACH_DAY)[0].mean() == tests["un_jour_au_moins"].mean()
    assert scene.same.stopped(ONCE)[0].mean() == tests["le_dernier_jour"].mean()


def test_looking_more_often_deceives_more_often_and_exaggerates(dossier: Dossier) -> None:
    scene = arret.scene_of(dossier)
    false = [scene.same.stopped(looks)[0].mean() for looks in (EACH_DAY, EACH_WEEK, ONCE)]
    assert false[0] > false[1] > false[2]
    assert 0.03 < false[2] < 0.075, "one look at the end keeps what a 95 % interval promises"
    assert false[0] > 0.25
    true = float(np.diff(scene.rates(scene.days))[0])
    won, announced = scene.different.stopped(EACH_DAY)
    assert announced[won].mean() > 1.2 * true
    last = scene.different.gap[:, -1]
    assert last.mean() == pytest.approx(true, abs=3 * last.std() / np.sqrt(arret.REPLAYS))


def test_days_when_somebody_looks(dossier: Dossier) -> None:
    same = arret.scene_of(dossier).same
    assert same.looked(EACH_DAY).tolist() == list(range(81))
    assert same.looked(EACH_WEEK).tolist() == [*range(6, 80, 7), 80]
    assert same.looked(ONCE).tolist() == [80]


def test_a_bet_first_then_each_day_is_said_in_time(dossier: Dossier) -> None:
    simulator = arret.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", arret.LARGE)
    simulator.press(LOCK)
    slider = next(one for one in simulator.view().controls if one.name == arret.DAY)
    assert (slider.least, slider.most) == (1, 81)
    slowest = 0.0
    for day in (1, 2, 40, 81):
        simulator.put(arret.DAY, day)
        start = time.perf_counter()
        view = simulator.view()
        slowest = max(slowest, time.perf_counter() - start)
        assert f"Jour {day} sur 81" in view.status.replace("\u00a0", " ")
        assert 'role="img" aria-label="Jour' in view.chart
    assert slowest < 0.1
    for looks in (EACH_DAY, EACH_WEEK, ONCE):
        simulator.put(arret.LOOKS, looks)
        assert looks in simulator.view().words
    assert "Vous annoncez" not in simulator.view().words
    assert arret.LARGE in simulator.view().words.split("C’est donc")[1]
    simulator.put(arret.STOP, True)
    assert "Vous annoncez" in simulator.view().words
    simulator.press(BACK)
    assert "Jour 7 sur 81" in simulator.view().status.replace("\u00a0", " ")
