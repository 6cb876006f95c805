"""The price simulator: what it reads is what the notebook teaches, and each price can be shown."""

import numpy as np
import pytest

from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.studio import prix
from casestudies.studio.simulator import BACK, LOCK

LEARNERS = ("", "lea", "karim")


@pytest.fixture(params=LEARNERS)
def learner(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def dossier(learner: str, tmp_path) -> Dossier:
    return Dossier(company_of("hetrabelle", learner, 0), Identity(learner, 0), tmp_path, None)


def right(learner: str, question: str) -> float:
    key = question_of(question).key
    assert key is not None
    return float(key(case_of("hetrabelle", learner, 0)).right)  # type: ignore[arg-type]


def test_the_scene_is_what_the_notebook_teaches(dossier: Dossier, learner: str) -> None:
    scene = prix.scene_of(dossier)
    assert scene.floor_ttc == pytest.approx(right(learner, "p3-plancher"))
    best = max(scene.asked, key=scene.margin_ht)
    assert best == right(learner, "p3-prix-marge")
    opp = right(learner, "p3-opp")
    low, high = scene.thresholds(opp - 30), scene.thresholds(opp + 30)
    assert low["trop_bon_marche"] > low["trop_cher"]
    assert high["trop_bon_marche"] < high["trop_cher"]
    indicated = right(learner, "p3-prix-indique")
    assert indicated / scene.market_ttc - 1 == pytest.approx(right(learner, "p3-ecart-marche"))


def test_zones_by_hand(dossier: Dossier) -> None:
    scene = prix.scene_of(dossier)
    named = [scene.zone(scene.market_ttc * (1 + gap)) for gap in (0.2, 0.1, 0.0, -0.07, -0.2)]
    between = "entre deux zones : il faut un argument"
    assert named == ["un écrémage", between, "un alignement", between, "une pénétration"]


def test_buyers_fall_and_thresholds_stay_between_none_and_all(dossier: Dossier) -> None:
    scene = prix.scene_of(dossier)
    prices = np.arange(scene.asked[0], scene.asked[-1], prix.STEP)
    buyers = [scene.buyers(float(price)) for price in prices]
    assert buyers == sorted(buyers, reverse=True)
    assert all(0 <= share <= 1 for price in prices for share in scene.thresholds(float(price)).values())


def test_a_bet_first_then_each_price_is_said(dossier: Dossier) -> None:
    simulator = prix.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", prix.YES)
    simulator.press(LOCK)
    slider = next(one for one in simulator.view().controls if one.kind == "slider")
    for price in (slider.least, int(slider.value), slider.most):
        simulator.put(prix.PRICE, price)
        assert "de marge pour 100 personnes" in simulator.view().status.replace("\u00a0", " ")
    assert "c’est donc" in simulator.view().words
    simulator.press(BACK)
    assert next(one for one in simulator.view().controls if one.kind == "slider").value == slider.value
