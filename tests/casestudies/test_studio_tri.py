"""The simulator of the shared drive: what it says is what the notebook teaches, and it can be played by keyboard."""

import time

import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.display import Card
from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio import equipe, tri
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "septembrune"


def test_the_rule_of_today_is_what_the_notebook_computes(dossier: Dossier, case: Case) -> None:
    scene, gains, emitted = tri.scene_of(dossier), right(case, "t2-gains"), right(case, "t2-fourchette")
    assert scene.split(True, tri.LEAST)[0] / 1e9 == pytest.approx(gains["copies"])
    assert scene.split(False, 24)[1] / 1e9 == pytest.approx(gains["anciens"])
    deleted, archived, _ = scene.split(True, 24)
    assert scene.kgco2e(deleted + archived) == pytest.approx((emitted["bas"], emitted["haut"]))


def test_nothing_is_lost_nor_counted_twice(dossier: Dossier) -> None:
    scene = tri.scene_of(dossier)
    whole, before = scene.size.sum(), 0.0
    for months in range(tri.MOST, tri.LEAST - 1, -tri.STEP):
        deleted, archived, kept = scene.split(True, months)
        assert deleted + archived + kept == pytest.approx(whole)
        assert deleted + archived >= before
        before = deleted + archived


def test_each_move_is_said_and_drawn_in_words(dossier: Dossier) -> None:
    scene = tri.scene_of(dossier)
    for delete in (False, True):
        for months in (tri.LEAST, tri.START, tri.MOST):
            sizes = [size / 1e9 for size in scene.split(delete, months)]
            said = tri.status(scene, delete, months).replace("\u202f", " ")
            low, high = scene.kgco2e((sizes[0] + sizes[1]) * 1e9)
            assert f"de {french_number(low, 1)} à {french_number(high, 1)} kgCO2e" in said
            drawn = tri.draw(scene, delete, months)
            assert 'role="img"' in drawn
            for size in sizes:
                assert f"{french_number(size, 0)}" in drawn


def test_a_bet_first_then_a_rule_then_back(dossier: Dossier) -> None:
    simulator = tri.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", tri.STORE)
    simulator.press(LOCK)
    simulator.put(tri.COPIES, True)
    start = time.perf_counter()
    view = simulator.view()
    assert time.perf_counter() - start < 0.1
    assert "Supprimer les copies : oui" in view.status.replace("\u00a0", " ")
    assert "c’est donc" in view.words
    simulator.press(BACK)
    assert simulator.values == {tri.COPIES: False, tri.MONTHS: tri.START}


def test_charts_of_a_team_refuse_what_is_no_share_and_no_index() -> None:
    for odd in ({"présentiel": 12.0, "hybride": 3.0}, {"présentiel": -0.1, "hybride": 0.3}):
        assert "va de 0 à 1" in repr(equipe.dessiner_decisions(odd))
    for odd in ({"bureau": -5.0, "distance": 3.0}, {"bureau": 1e30, "distance": 3.0}):
        assert "de 1 à 5" in repr(equipe.dessiner_appartenance(odd)).replace("\u00a0", " ")
    assert not isinstance(equipe.dessiner_decisions({"présentiel": 0.5, "hybride": 0.0}), Card)
