"""Hêtrabelle: its defects are counted, its story and its truth are found in the tables."""

import numpy as np
import pandas as pd
import pytest
from cases import built_for, fixture_of, variants_of

from casestudies.company import company_class
from casestudies.hetrabelle import analysis, catalogue, story
from casestudies.hetrabelle.company import Hetrabelle
from casestudies.hetrabelle.params import LEVELS
from casestudies.hetrabelle.tables import FACTS

ROWS = {
    "presence_numerique": 7 * 3,
    "marche": 6,
    "gamme": 24,
    "historique_prix": 20 * 104,
    "prix_45_jours": 6 * 45,
    "promotions_prevues": 6,
    "releves_prix": 7 * 12 * 6,
    "enquete_psm": 320,
    "enquete_gabor": 320 * 6,
    "circuits": 8,
    "points_vente": 320,
    "benchmark": 7 * 8,
    "faits_swot": 28,
    "medias": 14,
    "hypotheses": 10,
    "enquete_report": 160,
    "reperes_gamme": 5,
    "strategie": 6,
    "lancement_taches": 10,
    "lancement_charges": 22,
    "lancement_equipe": 5,
    "lancement_reperes": 8,
    "feuille_agence": 5,
    "axes_agence": 6,
    "allegations_agence": 5,
    "suivi_lancement": 10,
}
VARYING = {"ventes_associees", "avis_produits"}


company = fixture_of(Hetrabelle)
variants = variants_of(Hetrabelle, 12)


def test_tables_have_the_size_of_the_case(company):
    sizes = {name: len(company.table(name)) for name in company.specs() if name not in VARYING}
    assert sizes == ROWS


def test_facts_are_typographic_and_filled(company):
    assert not company.table("faits_swot")["fait"].str.contains(r"[{}']| [;:%»]|« ").any()


def test_small_tables_do_not_build_the_large_ones():
    for name in company_class("hetrabelle").specs():
        built = built_for(Hetrabelle, name)
        assert name == "historique_prix" or "_sales" not in built, name
        assert name == "points_vente" or "store_panel" not in built, name


def test_defects_are_there_and_counted(variants):
    for variant in variants:
        survey = variant.table("enquete_psm")
        assert 0.028 <= 1 - len(analysis.ordered(survey)) / len(survey) <= 0.058
        history = variant.table("historique_prix")
        short = history["rupture"] == "oui"
        assert 0.015 < short.mean() < 0.035
        rate = history["quantite"] / history["visites"]
        assert rate[short].mean() < 0.5 * rate[~short].mean()
        readings = variant.table("releves_prix")
        assert (readings["base"] == "HT").mean() == pytest.approx(1 / 7)
        assert set(readings.loc[readings["base"] == "HT", "concurrent"]) == {"Collecrèche"}
        assert set(readings.loc[readings["etat"] == "occasion", "concurrent"]) == {"Secondéveil"}
        assert 0.02 < (readings["disponible"] == "non").mean() < 0.11
        assert list(variant.table("circuits").query("base_taux != 'prix de vente'")["circuit_id"]) == ["C5"]
        closed = variant.table("points_vente")["statut"] != "ouvert"
        assert 0.01 < closed.mean() < 0.10
        assert variant.table("benchmark").groupby("concurrent")["poids"].sum().eq(20).all()
        goods = variant.table("gamme")
        assert (goods["pa_ht"] < goods["cvu_ht"]).all()


def test_raw_readings_are_far_from_the_market(variants):
    for variant in variants:
        readings = variant.table("releves_prix").query("produit_id == 'LBU01'")
        right = analysis.rival_prices(readings).median()
        assert readings["prix_affiche"].median() < 0.97 * right
        new = readings[readings["etat"] == "neuf"]
        assert new.groupby("concurrent")["prix_affiche"].median().median() < 0.98 * right


def test_ratings_have_one_product_to_mend_and_two_that_mislead(variants):
    for variant in variants:
        rows, about = variant.table("avis_produits"), variant.opinions
        assert 0.015 < rows["avis_id"].duplicated().mean() < 0.025
        assert rows.drop_duplicates().shape[0] == rows["avis_id"].nunique()
        own = analysis.own_ratings(rows)
        assert set(own.index) == {catalogue.IDS[rank] for rank in catalogue.ONLINE}
        read = own[own["count"] >= 20]
        assert set(own.index) - set(read.index) == {about.hardly_rated}
        assert own["mean"].idxmin() == about.hardly_rated
        assert read["mean"].idxmin() == about.to_mend
        assert read["mean"].nsmallest(2).diff().iloc[1] > 0.4
        raw = rows.groupby("produit_id")["note"].agg(["count", "mean"]).query("count >= 20")["mean"]
        assert raw.idxmin() == about.late
        low = rows[(rows["produit_id"] == about.to_mend) & (rows["note"] <= 3) & (rows["motif"] != "livraison")]
        assert low["motif"].mode()[0] == about.defect
    assert len({variant.opinions for variant in variants}) > 6


def test_the_strategy_has_six_elements_and_a_promise_that_a_fact_denies(variants):
    for variant in variants:
        plan = variant.table("strategie")
        assert list(plan["element_id"]) == ["O1", "O2", "S1", "S2", "L1", "L2"]
        assert not plan["element"].str.contains("[{}]").any()
        assert plan["precision"].iloc[-1].endswith("»")
        others = variant.table("enquete_report")["sinon"]
        assert 0.3 < others.isin(catalogue.IDS).mean() < 0.5
    assert len({tuple(variant.table("strategie")["element"]) for variant in variants}) > 6


def test_both_sides_of_the_price_are_met(variants):
    sides = {variant.params.pricing.skimming for variant in [*variants, *map(Hetrabelle, "abcdef")]}
    assert sides == {True, False}
    for variant in variants:
        known = variant.truth()
        assert known["strategie_de_prix"] == ("écrémage" if variant.params.pricing.skimming else "alignement")
        assert -2.6 <= known["elasticite"] <= -1.3


def test_products_to_keep_and_to_drop_vary(variants):
    assert len({variant.truth()["locomotive"] for variant in variants}) == 3
    assert len({variant.truth()["produit_a_supprimer"] for variant in variants}) >= 3
    for variant in variants:
        named = {variant.fields()["ref_a"], variant.fields()["ref_b"]}
        assert named == {variant.truth()["locomotive"], variant.truth()["produit_a_supprimer"]}


def test_the_story_holds_for_nearly_every_first_draw(variants):
    kept = [all(variant.invariants().values()) for variant in variants]
    assert np.mean(kept) >= 0.75


def test_lowest_price_of_thirty_days_follows_the_history(variants):
    for variant in variants:
        planned = variant.table("promotions_prevues").set_index("produit_id")
        lowest = analysis.reference_prices(variant.table("prix_45_jours"), planned.reset_index())
        struck = planned["prix_barre_propose_ttc"]
        for product, history in variant.truth()["historique_avant_reduction"].items():
            wrong = history in {"eclair", "hausse", "deux_eclairs"}
            assert (struck[product] > lowest[product]) == wrong, (product, history)
        assert (planned["prix_promo_ttc"] < lowest[planned.index]).all()


def test_daily_and_weekly_prices_agree(company):
    daily = company.table("prix_45_jours")
    weekly = company.table("historique_prix").set_index(["produit_id", "semaine"])["prix_ttc"]
    daily["semaine"] = daily["date"] - pd.to_timedelta(daily["date"].dt.day_of_week, unit="D")
    whole = daily.groupby(["produit_id", "semaine"])["prix_ttc"].agg(["mean", "size"]).query("size == 7")["mean"]
    shared = whole.index.intersection(weekly.index)
    assert len(shared) == 5 * 6
    assert weekly[shared].to_numpy() == pytest.approx(whole[shared].round(2).to_numpy())


def test_price_test_has_two_prices_and_enough_stock(company):
    history = company.table("historique_prix").query("produit_id == 'LIT03'")
    usual, tested = (company.periods[name].filtrer(history, "semaine") for name in ("prix_habituel", "prix_teste"))
    assert (len(usual), len(tested)) == (8, 8)
    assert usual["prix_ttc"].nunique() == tested["prix_ttc"].nunique() == 1
    assert tested["prix_ttc"].iloc[0] < usual["prix_ttc"].iloc[0]
    assert {*usual["rupture"], *tested["rupture"]} == {"non"}
    assert np.log(history["prix_ttc"]).std() == pytest.approx(LEVELS.std(), abs=0.03)


def test_books_agree_across_tables(variants):
    for variant in variants:
        goods, circuits = variant.table("gamme"), variant.table("circuits")
        assert circuits["unites_2026"].sum() == pytest.approx(goods["ventes_2026"].sum(), abs=4)
        revenue = (goods["ventes_2026"] * goods["prix_net_moyen_ht"]).sum()
        assert circuits["ca_2026_ht"].sum() == pytest.approx(revenue, rel=0.001)
        site = variant.table("historique_prix").query("semaine >= '2025-09-29'")["quantite"].sum()
        assert site == pytest.approx(circuits.set_index("circuit_id").loc["C1", "unites_2026"], rel=0.06)
        stores = variant.table("points_vente")
        assert (stores["ca_marque_ttc"] < 0.6 * stores["ca_rayon_ttc"]).all()
        assert ((stores["ca_marque_ttc"] > 0) == (stores["reference"] == "oui")).all()


def test_facts_have_one_place_and_six_traps(company):
    places = pd.Series(company.fact_places)
    assert places.value_counts().eq(7).all()
    traps = [fact for fact in FACTS if fact.trap]
    assert len(traps) == len(company.fact_traps) == 6
    assert {fact.quadrant in ("Force", "Faiblesse") for fact in traps} == {True, False}
    assert set(company.fact_places) == set(company.table("faits_swot")["fait_id"])


def test_market_prices_grow_with_the_offsets(company):
    rivals = analysis.rival_prices(company.table("releves_prix"))
    assert set(rivals.index) == set(catalogue.COMPETITORS) - {"Secondéveil"}
    found = story.price_results(company)
    assert found["marche_min"] < found["marche_mediane"] < found["marche_max"]


def test_truth_is_found_again_in_the_tables(variants):
    distances = np.array([[recovery.distance for recovery in variant.recoveries()] for variant in variants])
    assert distances.max() < 4.5
    assert distances.mean() < 1.1
