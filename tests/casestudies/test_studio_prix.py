"""The price simulator: what it reads is what the notebook teaches, and each price can be shown."""

import numpy as np
import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio import prix
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "hetrabelle"


def test_the_scene_is_what_the_notebook_teaches(dossier: Dossier, case: Case) -> None:
    scene = prix.scene_of(dossier)
    assert scene.floor_ttc == pytest.approx(right(case, "p3-plancher"))
    best = max(scene.asked, key=scene.margin_ht)
    assert best == right(case, "p3-prix-marge")
    opp = right(case, "p3-opp")
    low, high = scene.thresholds(opp - 30), scene.thresholds(opp + 30)
    assert low["trop_bon_marche"] > low["trop_cher"]
    assert high["trop_bon_marche"] < high["trop_cher"]
    indicated = right(case, "p3-prix-indique")
    assert indicated / scene.market_ttc - 1 == pytest.approx(right(case, "p3-ecart-marche"))


def test_each_price_asked_is_said_as_the_notebook_computes_it(dossier: Dossier) -> None:
    scene = prix.scene_of(dossier)
    h = dossier.table("hypotheses").set_index("cle")["valeur"]
    variable = h[["cout_fabrication_ht", "cout_livraison_ht", "cout_sav_paiement_ht"]].sum()
    gabor, psm = dossier.table("enquete_gabor"), dossier.table("enquete_psm")
    kept = psm[psm[list(prix.NAMES)].diff(axis=1).iloc[:, 1:].gt(0).all(axis=1)]
    for price, yes in (gabor["achat"] == "oui").groupby(gabor["prix_ttc"]).mean().items():
        unit = price / (1 + h["taux_tva"]) - variable
        assert scene.unit_margin_ht(price) == pytest.approx(unit)
        assert scene.margin_ht(price) == pytest.approx(100 * yes * unit)
        expected = {name: (kept[name] >= price if "bon" in name else kept[name] <= price).mean() for name in prix.NAMES}
        assert scene.thresholds(price) == pytest.approx(expected)
        said = prix.status(scene, price)
        for number in (price, unit, 100 * yes, 100 * yes * unit):
            assert french_number(number, 0) in said
        assert f"{french_number(100 * (price / scene.market_ttc - 1), 1)} %" in said
        told = " ".join(prix.draw(scene, price).split())
        assert '<span style="left:100.00%">100</span>' in told, "the scale stays the same at each move"
        assert all(f"{french_number(100 * share, 0)} %" in told for share in expected.values())


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
        assert "€ HT pour 100 personnes" in simulator.view().status.replace("\u00a0", " ")
    assert "c’est donc" in simulator.view().words
    simulator.press(BACK)
    assert next(one for one in simulator.view().controls if one.kind == "slider").value == slider.value
