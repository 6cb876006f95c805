"""The simulator « Élaguer » and the charts of the range: what they show is what the notebook teaches."""

from itertools import combinations

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.charts import chart_to_data
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.hetrabelle import story
from casestudies.identity import Identity
from casestudies.studio import elaguer, gamme
from casestudies.studio.simulator import BACK, LOCK

LEARNERS = ("ana.martin", "lea", "karim")


@pytest.fixture(params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("hetrabelle", request.param, accepted_draw("hetrabelle", request.param))


@pytest.fixture
def dossier(case: Case, tmp_path) -> Dossier:
    learner, draw = case.company.learner, case.company.draw
    return Dossier(company_of("hetrabelle", learner, draw), Identity(learner, draw), tmp_path, None)


def right(case: Case, question: str) -> object:
    key = question_of(question).key
    assert key is not None
    return key(case).right


def test_one_product_less_is_the_gain_of_the_notebook(case: Case, dossier: Dossier) -> None:
    scene, expected = elaguer.scene_of(dossier), right(case, "p2-gain")
    assert isinstance(expected, dict)
    assert {one: scene.gain([one]).gain for one in scene.targeted} == pytest.approx(expected)
    assert scene.gain(["RAN05"]).gain == pytest.approx(right(case, "p2-gain-commode"))
    every = story.margins(company_of("hetrabelle", case.company.learner, case.company.draw))["gain_suppression"]
    for product, gain in every.items():
        assert scene.gain([str(product)]).gain == pytest.approx(gain)


def test_the_share_that_reverses_the_decision_is_where_the_slider_changes_sign(case: Case, dossier: Dossier) -> None:
    scene, share = elaguer.scene_of(dossier), right(case, "p2-part-seuil")
    assert isinstance(share, float)
    kept = min(scene.targeted, key=lambda one: scene.gain([one]).gain)
    assert scene.gain([kept], share).gain == pytest.approx(0, abs=1e-6)
    assert scene.gain([kept], share - 0.02).gain > 0 > scene.gain([kept], share + 0.02).gain


def test_two_products_count_once_what_they_sell_each_other(dossier: Dossier) -> None:
    scene = elaguer.scene_of(dossier)
    goods = scene.products.set_index("produit_id")
    unit = goods["prix_net_moyen_ht"] - goods["cvu_ht"]
    for pair in combinations(("LIT03", "LIT07", "RAN01"), 2):
        alone = sum(scene.gain([one]).gain for one in pair)
        mutual = 0.0
        for one, other in (pair, pair[::-1]):
            rows = scene.attached.query("produit_id == @one and produit_associe_id == @other")
            mutual += scene.lost_share * float(rows["unites_associees"].sum()) * float(unit[other])
            if goods["produit_report_id"][one] == other:
                mutual -= float(goods["ventes_2026"][one] * goods["taux_report"][one]) * float(unit[other])
        assert scene.gain(pair).gain == pytest.approx(alone + mutual)


def test_a_bet_first_then_each_tick_is_said(dossier: Dossier) -> None:
    simulator = elaguer.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", elaguer.YES)
    simulator.press(LOCK)
    ticks = [one.name for one in simulator.view().controls if one.kind == "tick"]
    assert len(set(ticks)) == elaguer.OFFERED
    assert "cochez-en un" in simulator.view().status
    for count, name in enumerate(ticks, start=1):
        simulator.put(name, True)
        said = simulator.view()
        assert "€ HT par an" in said.status.replace("\u00a0", " ")
        assert ("Un par un" in said.status) == (count > 1)
        assert "aria-label" in said.chart
    simulator.put(elaguer.SHARE, 100)
    assert "donc" in simulator.view().words
    simulator.press(BACK)
    assert not any(one.value for one in simulator.view().controls if one.kind == "tick")


def test_charts_say_what_this_variant_shows(case: Case, dossier: Dossier) -> None:
    goods = case.table("gamme").set_index("produit_id")
    margin = goods["ventes_2026"] * (goods["prix_net_moyen_ht"] - goods["cvu_ht"])
    vises = gamme.produits_vises(dossier)
    assert set(vises) == set(margin.nsmallest(2).index)
    launch = gamme.figure_lancement(200_000.0, 50_000.0, 30_000.0)
    size = right(case, "p2-classe-a")
    assert isinstance(size, int)
    drawn = {
        "ventes": gamme.figure_ventes(dossier), "abc": gamme.figure_abc(margin, size),
        "roles": gamme.figure_roles(dossier), "avis": gamme.figure_avis(dossier), "lancement": launch,
    }  # fmt: skip
    told = {name: chart_to_data(one) for name, one in drawn.items()}
    assert all(one["title"] and one["x_label"] and len(one["alternative"]) > 40 for one in told.values())
    assert all("€" in one["x_label"] for name, one in told.items() if name not in ("abc", "avis"))
    best = (goods["ventes_2026"] * goods["prix_net_moyen_ht"]).idxmax()
    assert told["ventes"]["title"].startswith(str(goods["produit"][best]))
    assert f"{size}\u00a0produits sur 24" in told["abc"]["title"].replace(" ", "\u00a0").replace(
        "\u00a0sur\u00a0", " sur "
    )
    associated = right(case, "p2-associees")
    assert isinstance(associated, dict)
    strong = max(associated, key=lambda name: associated[name])
    assert told["roles"]["title"].startswith(str(goods["produit"][strong]))
    assert "25" in told["lancement"]["title"]


def test_the_ratings_that_mislead_are_marked(case: Case, dossier: Dossier) -> None:
    rows = case.table("avis_produits")
    lowest = rows.groupby("produit_id")["note"].mean().nsmallest(3).index
    names = case.table("gamme").set_index("produit_id")["produit"]
    said = str(chart_to_data(gamme.figure_avis(dossier))["alternative"])
    assert all(str(names[name]) in said for name in lowest)
    assert right(case, "p2-a-ameliorer") in lowest
