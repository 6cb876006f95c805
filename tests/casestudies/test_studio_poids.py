"""The simulator of weights: its order is that of the scores that the notebook teaches, and it turns where it should."""

from math import ceil, floor

import pytest

from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.studio import poids
from casestudies.studio.simulator import BACK, LOCK

LEARNERS = ("", "lea", "karim")
FAIR, RADIO = "salon régional de l’habitat sain", "radio locale"


@pytest.fixture(params=LEARNERS)
def learner(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def dossier(learner: str, tmp_path) -> Dossier:
    return Dossier(company_of("isolombre", learner, 0), Identity(learner, 0), tmp_path, None)


def right(learner: str, question: str) -> object:
    key = question_of(question).key
    assert key is not None
    return key(case_of("isolombre", learner, 0)).right


def test_the_scores_are_those_of_the_notebook(dossier: Dossier, learner: str) -> None:
    scene = poids.scene_of(dossier)
    assert scene.ranked(scene.weights, poids.ALL).to_dict() == pytest.approx(right(learner, "p4-scores"))


def test_the_order_turns_at_the_weight_that_the_notebook_computes(dossier: Dossier, learner: str) -> None:
    scene = poids.scene_of(dossier)
    turning = float(right(learner, "p4-bascule"))  # type: ignore[arg-type]
    for weight, first in ((floor(turning), FAIR), (ceil(turning), RADIO)):
        scores = scene.ranked({**scene.weights, "cout": weight}, "consommateur")
        assert scores[[FAIR, RADIO]].idxmax() == first


def test_one_role_only_is_compared_and_no_weight_at_all_counts_as_even_ones(dossier: Dossier) -> None:
    scene = poids.scene_of(dossier)
    ranked = scene.ranked(dict.fromkeys(poids.CRITERIA, 0), "prescripteur")
    assert set(scene.marks.loc[ranked.index, "role_vise"]) == {"prescripteur"}
    assert ranked.to_dict() == pytest.approx(scene.ranked(dict.fromkeys(poids.CRITERIA, 3), "prescripteur").to_dict())


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


def test_the_chart_never_says_a_score(dossier: Dossier, learner: str) -> None:
    scene = poids.scene_of(dossier)
    scores = right(learner, "p4-scores")
    assert isinstance(scores, dict)
    chart = poids.draw(scene, scene.weights, poids.ALL)
    assert not any(f"{score:.1f}".replace(".", ",") in chart for score in scores.values())
