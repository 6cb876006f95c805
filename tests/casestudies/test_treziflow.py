"""Tréziflow: its defects are there, its tables agree, its story holds."""

import numpy as np
import pandas as pd
import pytest
from cases import built_for, fixture_of, variants_of

from casestudies.company import company_folder
from casestudies.treziflow import story
from casestudies.treziflow.company import Treziflow
from casestudies.treziflow.params import LINKEDIN, SELLERS, SOURCES

REFERENCE_DRAW = 0
SMALL = ("equipe_commerciale", "couts_acquisition", "test_ab_landing", "leviers", "hypotheses")


company = fixture_of(lambda: Treziflow(draw=REFERENCE_DRAW))
variants = variants_of(Treziflow, 15)


def test_every_document_is_there():
    folder = company_folder("treziflow")
    documents = sorted((folder / "documents").glob("*.md"))
    assert [path.stem for path in documents] == [
        "bilan-test-agence", "cadrage-plan", "charte", "compte-rendu-comite", "fiche-leviers", "hypotheses-de-gestion",
        "methode-acquisition", "notes-export", "prospection-et-consentement", "regles-de-qualification", "verbatims",
    ]  # fmt: skip


def test_documents_do_not_give_the_answer_away(company):
    texts = [path.read_text(encoding="utf-8") for path in company_folder("treziflow").rglob("*.md")]
    assert not any("fuyard" in text or "fuite" in text for text in texts)
    leads = story.cleaned(company.table("leads"))
    assert company.fields()["clients_exercice"] == str(len(company.periods["exercice"].filtrer(leads, "date_client")))


def test_small_tables_do_not_build_the_leads():
    for name in SMALL:
        assert not {"created", "journey", "clean_leads"} & built_for(Treziflow, name), name


def test_variants_differ_and_their_stories_mostly_hold(variants):
    assert len({tuple(variant.table("leads")["score"].head(300)) for variant in variants}) == len(variants)
    held = [all(variant.invariants().values()) for variant in variants]
    assert np.mean(held) > 0.7
    assert len({variant.params.leak for variant in variants}) == 3


def test_reference_story_holds_and_its_truth_is_found_again(company):
    assert all(company.invariants().values()), company.invariants()
    assert all(recovery.distance < 4 for recovery in company.recoveries())
    assert company.truth()["canal_fuyard"] == company.results["taux"]["date_sql"].idxmin()


def test_defects_are_there_and_counted(variants):
    for variant in variants[:10]:
        leads = variant.table("leads")
        clean = leads.drop_duplicates()
        assert clean["lead_id"].is_unique
        assert 0.009 < len(leads) / len(clean) - 1 < 0.018
        mistyped = ~clean["source"].isin(SOURCES)
        assert 0.028 < mistyped.mean() < 0.055
        assert story.cleaned(leads)["source"].isin(SOURCES).all()
        assert 0.04 < (clean["effectif"] == "").mean() < 0.09
        pd.testing.assert_frame_equal(
            story.cleaned(leads).reset_index(drop=True), variant.clean_leads, check_dtype=False
        )
        first, last = variant.incident
        test = variant.table("test_ab_landing").set_index("date")
        during = test.loc[pd.Timestamp(first) : pd.Timestamp(last)].groupby("variante")["visiteurs"].sum()
        assert (last - first).days == 2
        assert 1.5 < during["B"] / during["A"] < 2.7


def test_stages_are_in_order_on_working_days_and_in_the_past(company):
    leads = company.table("leads")
    for before, after in zip(story.DATES, story.DATES[1:], strict=False):
        both = leads[leads[after].notna()]
        assert both[before].notna().all()
        assert (both[after] >= both[before]).all()
    for name in ("date_sql", "date_opp", "date_client", "date_perte"):
        known = leads[name].dropna()
        assert (known.dt.day_of_week < 5).all()
        assert known.max() <= pd.Timestamp("2026-06-30")
    lost = leads["cycle_de_vie"] == "perdu"
    assert (lost == leads["date_perte"].notna()).all()
    assert (lost == (leads["motif_perte"] != "")).all()
    assert ((leads["cycle_de_vie"] == "client") == leads["date_client"].notna()).all()
    assert (leads["date_client"].notna() == leads["arpa"].notna()).all()
    assert (leads["date_client"].notna() == (leads["client_id"] != "")).all()


def test_mature_leads_are_settled(variants):
    for variant in variants[:10]:
        mature = variant.periods["cohortes_mures"].filtrer(variant.table("leads"), "date_creation")
        assert mature["cycle_de_vie"].isin(["perdu", "client"]).mean() > 0.995


def test_subscriptions_agree_with_the_leads(variants):
    for variant in variants[:10]:
        base = variant.table("abonnements")
        assert not base.duplicated(["mois", "client_id"]).any()
        signed = story.cleaned(variant.table("leads")).dropna(subset=["date_client"])
        recent = variant.periods["exercice"].filtrer(signed, "date_client")
        arrivals = base[(base["nouveau"] == "oui") & base["origine"].isin(SOURCES)].set_index("client_id")
        assert set(arrivals.index) == set(recent["client_id"])
        mine = recent.set_index("client_id").loc[arrivals.index]
        assert (mine["arpa"] == arrivals["mrr"]).all()
        assert (mine["formule"] == arrivals["formule"]).all()
        assert (mine["source"] == arrivals["origine"]).all()
        last = base.groupby("client_id")["mois"].transform("max")
        assert (base.loc[base["churn"] == "oui", "mois"] == last[base["churn"] == "oui"]).all()
        assert not ((base["churn"] == "oui") & (base["nouveau"] == "oui")).any()


def test_wages_are_those_of_the_team_and_lags_are_told_apart(variants):
    for variant in variants[:10]:
        costs = variant.table("couts_acquisition")
        assert len(costs) == 24 * 6 * 5
        team = variant.table("equipe_commerciale")
        year = variant.periods["exercice"].filtrer(costs, "mois")
        wages = year.loc[year["poste"] == "salaires", "reel_ht"].sum()
        assert wages == pytest.approx(12 * (team["cout_mensuel"] * team["part_acquisition"]).sum(), abs=1)
        assert 0.4 < wages / year["reel_ht"].sum() < 0.72
        spent = {name: variant.periods[name].filtrer(costs, "mois")["reel_ht"].sum() for name in variant.periods}
        assert spent["rentree"] / spent["couts_rentree"] > 1.1
        media = year.loc[year["poste"] == "média", "reel_ht"].sum()
        assert media < 0.5 * year["reel_ht"].sum()


def test_activities_belong_to_the_leads_of_their_owner(company):
    done = company.table("activites").merge(story.cleaned(company.table("leads")), on="lead_id", suffixes=("", "_lead"))
    assert len(done) == len(company.table("activites"))
    assert (done["date"] >= done["date_mql"]).all()
    selling = done["type"].isin(["démo", "relance"])
    assert (done.loc[selling, "commercial_id"] == done.loc[selling, "commercial_id_lead"]).all()
    assert set(done.loc[selling, "commercial_id"]) == set(SELLERS)
    end = done["date_perte"].fillna(pd.Timestamp("2026-06-30"))
    assert (done["date"] <= end).all()
    assert ((done["resultat"] == "absent") <= (done["type"] == "démo")).all()


def test_linkedin_costs_the_most_per_lead_and_sells_the_dearest_plans(variants):
    for variant in variants[:10]:
        found = variant.results
        assert found["cpl_levier"].idxmax() == SOURCES[LINKEDIN]
        assert found["effectifs"].sum().is_monotonic_decreasing


def test_the_team_works_as_much_on_every_weekday(variants):
    days = pd.concat([variant.table("activites")["date"] for variant in variants[:5]]).dt.day_of_week
    share = days.value_counts(normalize=True)
    assert set(share.index) == set(range(5))
    assert share.max() < 1.5 * share.min()


def test_visits_and_leads_of_the_web_give_the_rate_of_management(variants):
    for variant in variants[:10]:
        visits, leads = variant.table("visites_mensuelles"), variant.clean_leads
        web = leads[leads["source"].isin(set(visits["levier"]))]
        assert len(visits) == 15 * 4
        known = variant.table("hypotheses").set_index("cle")["valeur"]
        assert len(web) / visits["visites"].sum() == pytest.approx(known["taux_visiteur_lead"], rel=0.01)
        seen = visits.groupby("levier")["visites"].sum()
        rate = (web["source"].value_counts() / seen).sort_values()
        assert rate.max() / rate.min() > 1.4, "a visit is not worth the same from every lever"
        by_month = visits.groupby("mois")["visites"].sum()
        assert by_month.idxmin() == pd.Timestamp("2025-08-01")


def test_contents_are_read_by_three_kinds_of_people(variants):
    for variant in variants[:10]:
        table = variant.table("contenus")
        assert table["contenu_id"].is_unique
        assert table["lecteur"].value_counts().to_dict() == {"visiteur": 3, "lead": 3, "SQL": 3}
        assert table["appel_action"].is_unique
        assert ((table["suites"] > 0) & (table["suites"] < table["vus"] / 2)).all()
    views = {tuple(variant.table("contenus")["vus"]) for variant in variants}
    assert len(views) == len(variants)


def test_the_agency_claims_what_its_raw_days_show(variants):
    for variant in variants[:5]:
        told, test = variant.fields(), variant.table("test_ab_landing")
        total = test.groupby("variante")[["visiteurs", "formulaires"]].sum()
        rate = total["formulaires"] / total["visiteurs"]
        assert told["gain_brut"] == f"{100 * (rate['B'] / rate['A'] - 1):.0f}"
        assert told["premier_seuil"].endswith("2026")
