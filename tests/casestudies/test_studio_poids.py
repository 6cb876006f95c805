"""The simulator of weights: its order is that of the scores that the notebook teaches, and it turns where it should."""

from collections.abc import Mapping
from math import ceil, floor

import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.dossier import Dossier
from casestudies.studio import poids
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "isolombre"
FAIR, RADIO = "salon régional de l’habitat sain", "radio locale"


def scores(scene: poids.ChannelScene, weights: Mapping[str, int], role: str) -> dict[str, float]:
    return {one.name: score for one, score in scene.ranked(weights, role)}


def test_the_scores_are_those_of_the_notebook(dossier: Dossier, case: Case) -> None:
    scene = poids.scene_of(dossier)
    assert scores(scene, scene.weights, poids.ALL) == pytest.approx(right(case, "p4-scores"))


def test_the_order_turns_at_the_weight_that_the_notebook_computes(dossier: Dossier, case: Case) -> None:
    scene = poids.scene_of(dossier)
    turning = float(right(case, "p4-bascule"))  # type: ignore[arg-type]
    for weight, first in ((floor(turning), FAIR), (ceil(turning), RADIO)):
        found = scores(scene, {**scene.weights, "cout": weight}, "consommateur")
        assert max((FAIR, RADIO), key=found.__getitem__) == first


def test_one_role_only_is_compared_and_no_weight_at_all_counts_as_even_ones(dossier: Dossier) -> None:
    scene = poids.scene_of(dossier)
    none, even = dict.fromkeys(poids.CRITERIA, 0), dict.fromkeys(poids.CRITERIA, 3)
    assert {one.role for one, _ in scene.ranked(none, "prescripteur")} == {"prescripteur"}
    assert scores(scene, none, "prescripteur") == pytest.approx(scores(scene, even, "prescripteur"))


def test_the_nearest_weight_that_turns_the_order_does_and_those_nearer_do_not(dossier: Dossier) -> None:
    scene = poids.scene_of(dossier)
    head, now = scene.first(scene.weights, "consommateur"), scene.weights["cout"]
    found = scene.first_turn("consommateur", "cout")
    assert found is not None
    assert scene.first({**scene.weights, "cout": found}, "consommateur") != head
    between = range(min(now, found) + 1, max(now, found))
    assert all(scene.first({**scene.weights, "cout": one}, "consommateur") == head for one in between)


def test_a_bet_first_then_each_setting_is_said(dossier: Dossier) -> None:
    simulator = poids.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", poids.YES)
    simulator.press(LOCK)
    before = simulator.view().status
    for name in poids.CRITERIA:
        for weight in (poids.LEAST, poids.MOST):
            simulator.put(name, weight)
            assert "En tête" in simulator.view().status
    assert "C’est donc" in simulator.view().words
    for role in poids.COMPARED:
        simulator.put(poids.ROLE, role)
        assert "vaut 100" in simulator.view().chart
    simulator.press(BACK)
    assert simulator.view().status.endswith(before)


def test_the_chart_never_says_a_score(dossier: Dossier, case: Case) -> None:
    scene = poids.scene_of(dossier)
    known = right(case, "p4-scores")
    assert isinstance(known, dict)
    chart = poids.draw(scene, scene.weights, poids.ALL)
    assert not any(f"{score:.1f}".replace(".", ",") in chart for score in known.values())
