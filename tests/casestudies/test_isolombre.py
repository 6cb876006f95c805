"""Isolombre: its defects are there, its tables agree, its story holds."""

import re

import numpy as np
import pandas as pd
import pytest
from cases import built_for, fixture_of, variants_of

from autograder.keys.variants import accepted_draw
from casestudies.company import company_folder
from casestudies.isolombre import story
from casestudies.isolombre.company import Isolombre
from casestudies.isolombre.network import CANDIDATE_SECTORS, SECTORS, _names
from casestudies.isolombre.params import BEST, MIRAGE, ROLES, SMALL, TWIN
from casestudies.names import named
from casestudies.seeds import REFERENCE

company = fixture_of(lambda: Isolombre(REFERENCE, accepted_draw("isolombre", REFERENCE)))
variants = variants_of(Isolombre, 8)


def test_every_field_is_used_by_a_text(company):
    texts = [path.read_text(encoding="utf-8") for path in company_folder("isolombre").rglob("*.md")]
    assert {field for text in texts for field in re.findall(r"\{(\w+)\}", named(text))} == set(company.fields())


def test_documents_of_the_story_are_there():
    stems = {path.stem for path in (company_folder("isolombre") / "documents").glob("*.md")}
    assert {"charte", "notes-export", "grille-partenariats", "verbatims"} <= stems


def test_small_tables_do_not_build_the_large_ones():
    for name in ("hypotheses", "circuits", "portefeuille", "image_partenaires", "annuaire_partenaires", "points_vente"):
        assert not {"_members", "files", *Isolombre.specs()} & built_for(Isolombre, name), name


def test_log_of_visits_agrees_with_the_portfolio(variants):
    for variant in variants:
        log = variant.table("visites")
        clean = log.drop_duplicates()
        assert 0.015 < log.duplicated().mean() < 0.04
        assert clean["visite_id"].is_unique
        assert 0.04 < (clean["statut"] != "réalisée").mean() < 0.12
        assert 0.1 < (clean["mode"] != "terrain").mean() < 0.25
        assert (clean["date"].dt.day_of_week < 5).all()
        made = clean[(clean["mode"] == "terrain") & (clean["statut"] == "réalisée")].groupby("compte_id").size()
        book = variant.table("portefeuille").set_index("compte_id")
        assert (book["visites_terrain"] == made.reindex(book.index, fill_value=0)).all()


def test_portfolio_has_closed_accounts_and_architects_who_never_buy(variants):
    for variant in variants:
        book = variant.table("portefeuille")
        assert len(book) == 420
        assert 8 <= (book["statut"] == "fermé").sum() <= 45
        assert (book.loc[book["statut"] != "actif", "ca_ht"] == 0).all()
        assert (book.loc[book["type"] == "architecte", ["ca_ht", "marge_ht"]] == 0).all(axis=None)
        assert (book.loc[book["statut"] == "fermé", "visites_terrain"] == 0).all()
        figures = story.headcount(variant)
        assert figures["avec_fermes"] > 1.02 * figures["visites"]
        required = figures["effectif"]
        assert np.ceil(required) == round(required) + 1
        assert required == pytest.approx(variant.force.required)
        assert 140 <= variant.force.field_days <= 190
        book_norms = book.merge(variant.table("normes_visites"), on=["type", "classe"])
        assert book_norms["visites_par_an"].notna().all()


def test_prescriptions_are_coherent(variants):
    for variant in variants:
        table = variant.table("prescriptions")
        assert 0.015 < table.duplicated().mean() < 0.04
        clean = table.drop_duplicates()
        pending = clean["statut"] == "en cours"
        assert (clean["date_decision"].isna() == pending).all()
        assert ((clean["negoce_id"] != "") == (clean["statut"] == "vendue")).all()
        assert (clean.loc[~pending, "date_decision"] <= pd.Timestamp("2026-06-30")).all()
        assert (story.prescribed(variant)["statut"] != "en cours").all()
        kinds = variant.table("portefeuille").set_index("compte_id")["type"]
        assert (clean["compte_id"].map(kinds) == "architecte").all()
        assert (clean.loc[clean["negoce_id"] != "", "negoce_id"].map(kinds) == "négoce").all()
        found = story.results(variant)
        assert found["transformation_toutes"] < 0.85 * found["transformation"]


def test_quotes_have_versions_and_text_amounts(variants):
    for variant in variants:
        table = variant.table("devis")
        assert table["devis_id"].is_unique
        last = table.sort_values("version").drop_duplicates("affaire_id", keep="last")
        assert (last["statut"] != "remplacé").all()
        second = table[table["version"] == 2]
        replaced = table[table["statut"] == "remplacé"]
        assert set(second["affaire_id"]) == set(replaced["affaire_id"])
        assert 0.06 < len(second) / len(last) < 0.18
        assert (table["date_envoi"] >= table["date_demande"]).all()
        assert (table["date_envoi"] <= pd.Timestamp("2026-06-30")).all()
        assert (table["date_decision"].dropna() > table["date_envoi"][table["date_decision"].notna()]).all()
        assert table["montant_ht"].str.fullmatch(r"\d{1,3}(\u202f\d{3})*,\d{2}").all()
        assert (table["statut"] == "en attente").any()
        found = story.results(variant)
        assert found["acceptation"] > 1.05 * found["acceptation_lignes"]


def test_files_have_repeats_and_one_is_in_capitals(variants):
    for variant in variants:
        files = variant.table("clients_haches")
        shouted = files["empreinte"] != files["empreinte"].str.lower()
        assert shouted.groupby(files["structure_id"]).any().sum() == 1
        assert files.groupby("structure_id").size().between(2000, 9500).all()
        repeats = files.duplicated().groupby(files["structure_id"]).mean()
        assert repeats.between(0.02, 0.05).all()
        own = variant.table("clients_isolombre")["empreinte"]
        assert 0.02 < own.duplicated().mean() < 0.05
        given = variant.table("annuaire_partenaires").query("fichier_fourni == 'oui'")
        assert set(given["structure_id"]) == set(files["structure_id"]) == set(_names(variant.candidates))
        assert set(given["secteur"]) == {sector for sector, *_ in SECTORS[:CANDIDATE_SECTORS]}


def test_six_partners_play_six_parts(variants):
    for variant in variants:
        scores = story.partner_scores(variant)
        best, mirage, twin, small = (scores.loc[variant.structure(k)] for k in (BEST, MIRAGE, TWIN, SMALL))
        assert scores["retenu"].sum() == 1
        assert best["retenu"]
        assert mirage["communs"] < 0.4 * best["communs"]
        assert mirage["taille"] > 1.5 * best["taille"]
        assert twin["recouvrement"] > best["recouvrement"]
        assert twin["points"] < 2
        assert small["part_du_partenaire"] > best["part_du_partenaire"]
        declared = variant.table("annuaire_partenaires").set_index("structure_id")["taille_fichier_declaree"]
        assert declared[variant.structure(MIRAGE)] > 1.3 * mirage["taille"]
        for wrong in ("jaccard", "part_du_partenaire"):
            assert (np.abs(scores[wrong] / scores["recouvrement"] - 1) > 0.02).all()


def test_the_parts_change_hands():
    parts = {role: {Isolombre(f"lea-{k}").structure(role) for k in range(40)} for role in range(len(ROLES))}
    assert all(len(names) > 12 for names in parts.values())


def test_sixty_structures_have_sixty_names():
    names = [name for _, group, _, _ in SECTORS for name in group]
    assert len(names) == len(set(names)) == 60


def test_best_circuit_depends_on_what_is_counted(variants):
    for variant in variants:
        margins = story.circuit_margins(variant)
        assert margins["brute"].idxmax() == "direct"
        assert margins["nette"].idxmax() == "court"
        circuits = variant.table("circuits").set_index("circuit")
        assert circuits["part_surface"].sum() == pytest.approx(1)
        long = circuits.loc["long"]
        added = long["prix_final_ht_m2"] * (1 - long["taux_marque_negoce"] - long["taux_marque_grossiste"])
        assert added < 0.98 * margins.loc["long", "prix"]


def test_truth_names_what_the_tables_show(company):
    truth, scores = company.truth(), story.partner_scores(company)
    assert truth["meilleur_partenaire"].startswith(scores.index[scores["retenu"]][0])
    assert truth["partenaire_mirage"].startswith(str(scores["taille"].idxmax()))
    assert truth["commerciaux_a_prevoir"] == int(np.ceil(story.headcount(company)["effectif"]))
    assert truth["circuit_le_plus_rentable"] == "court"


def test_story_headlines_and_recoveries_hold_on_a_few_variants(variants):
    for variant in variants:
        assert [name for name, holds in variant.invariants().items() if not holds] == []
        assert all(line.believable for line in variant.headlines())
        assert max(line.distance for line in variant.recoveries()) < 4


def test_periods_split_the_two_fiscal_years(company):
    periods = company.periods
    assert (periods["cohorte"].jours, periods["exercice"].jours) == (365, 365)
    once = company.table("prescriptions").drop_duplicates()
    assert len(periods["cohorte"].filtrer(once)) == len(story.prescribed(company))


def test_quotes_and_prescriptions_live_on_working_days_and_rest_in_august(variants):
    quotes = pd.concat([variant.table("devis") for variant in variants])
    prescribed = pd.concat([variant.table("prescriptions") for variant in variants])
    asked = quotes.loc[quotes["version"] == 1, "date_demande"]
    for days in (asked, quotes["date_envoi"], quotes["date_decision"], prescribed["date"], prescribed["date_decision"]):
        share = days.dropna().dt.day_of_week.value_counts(normalize=True)
        assert set(share.index) == set(range(5))
        assert share.max() < 1.6 * share.min()
    for days in (asked, prescribed["date"]):
        by_month = days.dt.month.value_counts()
        assert by_month[8] == by_month.min()
        assert by_month[8] < 0.65 * by_month.median()
