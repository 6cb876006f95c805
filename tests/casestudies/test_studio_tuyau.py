"""The simulator of a funnel: what it counts is what the notebook teaches, and each setting can be shown."""

import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.dossier import Dossier
from casestudies.studio import tuyau
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "treziflow"


def test_the_scene_is_what_the_notebook_teaches(dossier: Dossier, case: Case) -> None:
    scene = tuyau.scene_of(dossier)
    assert dict(scene.rates) == pytest.approx(right(case, "p5-taux"))
    assert scene.clients({}) / scene.visits == pytest.approx(right(case, "p5-global"))
    gains = {name: scene.gain({name: 0.01}) for name in tuyau.STAGES}
    assert gains == pytest.approx(right(case, "p5-point"))


def test_points_multiply_and_a_rate_stays_a_share(dossier: Dossier) -> None:
    scene = tuyau.scene_of(dossier)
    both, alone = scene.gain({"MQL": 0.05, "SQL": 0.05}), (scene.gain({"MQL": 0.05}), scene.gain({"SQL": 0.05}))
    assert both > sum(alone), "what one stage lets through goes on to the next"
    assert scene.clients({"clients": 5.0}) == pytest.approx(scene.clients({}) / scene.rates["clients"])


def test_a_bet_first_then_each_setting_is_said(dossier: Dossier) -> None:
    simulator = tuyau.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", "clients")
    simulator.press(LOCK)
    assert "Rien n’a bougé" in simulator.view().chart
    sliders = [one for one in simulator.view().controls if one.kind == "slider"]
    assert [one.name for one in sliders] == list(tuyau.STAGES)
    for one in sliders:
        simulator.put(one.name, one.most)
        view = simulator.view()
        assert "clients au lieu de" in view.status
        assert f"« {one.name} »" in view.chart.replace("\u00a0", " ")
        assert 'role="img" aria-label="Ces réglages gagnent' in view.chart
        simulator.press(BACK)
    simulator.put("SQL", 3)
    assert "C’est donc « clients »" in simulator.view().words.replace("\u00a0", " ")
