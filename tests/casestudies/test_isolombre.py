"""Isolombre: its tables are as documented, its defects are there, its story holds, its package is fresh."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from autograder.variants import accepted_draw
from casestudies.company import company_class, company_folder, company_of
from casestudies.isolombre import story
from casestudies.isolombre.company import Isolombre
from casestudies.isolombre.directory import CANDIDATE_SECTORS, SECTORS
from casestudies.isolombre.network import _names
from casestudies.isolombre.params import BEST, MIRAGE, ROLES, SMALL, TWIN
from casestudies.packaging import write_package
from casestudies.seeds import REFERENCE

DATASET = Path(__file__).parents[2] / "datasets" / "isolombre"
DOCUMENTS = sorted(path.name for path in (company_folder("isolombre") / "documents").glob("*.md"))
DATES_LEFT_EMPTY = {"prescriptions": "date_decision", "devis": "date_decision"}
DTYPES = {
    "date": pd.api.types.is_datetime64_any_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_float_dtype,
    "string": pd.api.types.is_string_dtype,
}


@pytest.fixture(scope="module")
def company() -> Isolombre:
    return Isolombre(REFERENCE, accepted_draw("isolombre", REFERENCE))


@pytest.fixture(scope="module")
def variants() -> list[Isolombre]:
    return [Isolombre(f"eleve-{k}") for k in range(8)]


@pytest.mark.parametrize("name", list(Isolombre.specs()))
def test_tables_are_as_documented(company, name):
    table, spec = company.table(name), company.specs()[name]
    assert list(table.columns) == [column.name for column in spec.columns]
    for column in spec.columns:
        assert DTYPES[column.type](table[column.name].dtype), column.name
        assert column.meaning.endswith((".", ")."))
    empty = set(table.columns[table.isna().any()])
    assert empty <= {DATES_LEFT_EMPTY.get(name)}


def test_texts_are_typographic():
    folder = company_folder("isolombre")
    assert {"charte.md", "notes-export.md", "grille-partenariats.md", "verbatims.md"} <= set(DOCUMENTS)
    for name in ("brief.md", "tables.toml", *(f"documents/{document}" for document in DOCUMENTS)):
        text = (folder / name).read_text(encoding="utf-8")
        assert "'" not in text, name
        assert not any(sign in text for sign in (" ;", " ?", " !", " »", "« ")), name


def test_brief_is_a_short_email():
    text = (company_folder("isolombre") / "brief.md").read_text(encoding="utf-8")
    assert text.startswith("# Objet\u00a0: ")
    assert len(text.split()) <= 150


def test_every_field_of_the_texts_is_filled_and_used(company):
    folder = company_folder("isolombre")
    texts = [folder / "brief.md", *(folder / "documents" / name for name in DOCUMENTS)]
    asked = {field for path in texts for field in re.findall(r"\{(\w+)\}", path.read_text(encoding="utf-8"))}
    assert asked == set(company.fields())
    assert company_class("isolombre") is Isolombre


def test_tables_are_the_same_in_a_fresh_process(company):
    script = (
        "import hashlib, json\n"
        "from casestudies.isolombre.company import COMPANY\n"
        f"c = COMPANY(draw={company.draw})\n"
        "names = list(reversed(list(c.specs())))\n"
        "print(json.dumps({n: hashlib.sha256(c.table(n).to_csv(index=False).encode()).hexdigest() for n in names}))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for name, digest in json.loads(run.stdout).items():
        assert hashlib.sha256(company.table(name).to_csv(index=False).encode()).hexdigest() == digest, name


def test_two_learners_share_no_table(variants):
    for name in Isolombre.specs():
        texts = {variant.table(name).to_csv(index=False) for variant in variants}
        assert len(texts) == len(variants), name


def test_small_tables_do_not_build_the_large_ones():
    for name in ("hypotheses", "circuits", "portefeuille", "image_partenaires", "annuaire_partenaires", "points_vente"):
        fresh = Isolombre("lea")
        fresh.table(name)
        assert list(fresh._built) == [name]
        assert not {"_members", "files"} & set(vars(fresh)), name


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
        assert set(given["secteur"]) == set(list(SECTORS)[:CANDIDATE_SECTORS])


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
    names = [name for group, _, _ in SECTORS.values() for name in group]
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


def test_package_on_disk_is_fresh_light_and_valid(company, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    written = write_package(company_of("isolombre", REFERENCE, company.draw), tmp_path / "isolombre")
    assert {path.name for path in written} == {path.name for path in DATASET.iterdir()}
    for path in written:
        assert path.read_bytes() == (DATASET / path.name).read_bytes(), f"casekit data isolombre ({path.name})"
    assert sum(path.stat().st_size for path in written) <= 2_000_000
    report = frictionless.validate(str(DATASET / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]
