"""Septembrune: its people are protected, its story is told by its tables."""

import re

import numpy as np
import pandas as pd
import pytest
from cases import built_for, digest, fixture_of, variants_of

from casestudies.company import company_folder
from casestudies.market.survey import smallest_group
from casestudies.septembrune import story
from casestudies.septembrune.company import Septembrune
from casestudies.septembrune.roster import roster, work

DOCUMENTS = ("charte-documentaire", "messages", "notes-export", "organisation", "situation-amenagement")
PAGES = ("brief.md", *(f"documents/{name}.md" for name in DOCUMENTS))
SIZES = {"equipe": 22, "competences": 22, "taches": 48, "temps": 22 * 147, "enquete_qvct": 22}
MEDICAL = re.compile(
    r"maladie|diagnosti|syndrome|myop|glaucome|dyslex|autis|migraine|cancer|dépress|trouble|traitement médical", re.I
)


company = fixture_of(Septembrune)
variants = variants_of(Septembrune, 24)


def test_tables_have_the_size_of_the_case(company):
    assert {name: len(company.table(name)) for name in SIZES} == SIZES


@pytest.mark.parametrize("name", PAGES)
def test_documents_hold_no_diagnosis(name):
    assert not MEDICAL.search((company_folder("septembrune") / name).read_text(encoding="utf-8"))


def test_every_document_is_there():
    folder = company_folder("septembrune") / "documents"
    assert {path.stem for path in folder.glob("*.md")} == set(DOCUMENTS)


def test_every_learner_has_other_figures(variants):
    for name in ("taches", "disponibilites", "temps", "tickets", "enquete_qvct", "fichiers"):
        assert len({digest(one, name) for one in variants}) == len(variants), name


def test_small_tables_do_not_build_the_large_ones():
    for name in ("equipe", "competences", "taches", "disponibilites", "hypotheses", "enquete_qvct"):
        assert not {"places", "requests", "drive", "days"} & built_for(Septembrune, name), name


def test_nearly_every_first_draw_is_accepted(variants):
    refused = [one.learner for one in variants if not all(one.invariants().values())]
    assert len(refused) <= 0.15 * len(variants)


def test_defects_are_there_and_counted(variants):
    for one in variants:
        hours = one.table("temps")["heures"]
        assert 0.004 < (hours > 24).mean() < 0.022
        assert (hours[hours > 24] / 60).between(1, 13).all()
        tickets = one.table("tickets")
        assert 7 <= tickets.duplicated().sum() <= 14
        assert len(tickets.drop_duplicates()) == tickets["cle"].nunique() == 600
        assert 0.03 < tickets["type"].str[0].str.islower().mean() < 0.14
        open_ = tickets["cloture"].isna()
        assert open_.any()
        assert (open_ == tickets["etat"].isin(["ouvert", "rouvert"])).all()
        before = one.table("taches")["predecesseurs"]
        assert before.str.contains(";").any()
        assert before.str.contains(", ").any()


def test_tasks_name_known_tasks_people_and_skills(variants):
    for one in variants:
        tasks = one.table("taches")
        needs = tasks["predecesseurs"].str.split(r"[;,]\s*", regex=True)
        assert [";".join(need) for need in needs] == list(work().before)
        assert set(tasks["responsable"]) <= set(one.table("equipe")["membre"])
        assert set(tasks["competence"]) <= set(one.table("competences").columns)
    assert (np.triu(work().needs) == 0).all()


def test_the_critical_path_changes_from_a_variant_to_another(variants):
    paths = {tuple(one.truth()["chemin_critique"]) for one in variants}
    assert len(paths) >= 3
    assert {one.truth()["scenario"] for one in variants} == {"parcours", "design", "contenus"}
    for one in variants:
        durations = dict(zip(work().codes, one.estimates.expected, strict=True))
        chain = one.truth()["chemin_critique"]
        assert chain[0] == "T01"
        assert sum(durations[code] for code in chain) == pytest.approx(one.schedule.length)


def test_one_person_has_too_much_to_do_and_one_can_help(variants):
    for one in variants:
        if not all(one.invariants().values()):
            continue
        load, truth = story.loads(one)["charge"], one.truth()
        assert load.idxmax() == truth["membre_surcharge"]
        assert load.max() > 1.1
        assert (load.drop(load.idxmax()) <= 1).all()
        assert truth["membre_relais"] in set(story.relief(one)["membre"])


def test_availability_adds_up_over_the_project(variants):
    for one in variants:
        days = one.table("disponibilites")
        parts = days["jours_absence"] + days["jours_autres_clients"] + days["jours_projet"]
        assert (parts == days["jours_ouvres"]).all()
        total = days.groupby("membre")["jours_ouvres"].sum()
        assert (total == one.project_days).all()
        assert one.periods["projet"].fin == one.deadline


def test_most_hours_are_not_most_value(variants):
    for one in variants:
        people, truth = story.people_value(one), one.truth()
        assert people["heures"].idxmax() == truth["personne_plus_heures"]
        assert people["valeur_livree_ht"].idxmax() == truth["personne_plus_valeur"]
        assert truth["personne_plus_heures"] != truth["personne_plus_valeur"]


def test_the_common_day_at_home_shows(variants):
    for one in variants[:10]:
        noted = one.table("temps")
        present = noted[noted["lieu"].isin(["bureau", "domicile"])]
        share = (present["lieu"] == "domicile").groupby(present["date"].dt.day_of_week).mean()
        assert share.idxmax() == one.params.common_day


def test_people_are_protected(variants):
    for one in variants:
        survey, team = one.table("enquete_qvct"), one.table("equipe")
        assert smallest_group(survey, ("equipe", "mode")) >= 5
        groups = ["equipe", "mode"]
        assert survey.groupby(groups).size().equals(team.groupby(groups).size())
        assert not set(one.table("temps")["personne"]) & set(team["membre"])
    orders = {tuple(one.pseudonym) for one in variants}
    assert len(orders) == len(variants)
    assert len(set(roster().codes)) == 22


def test_files_of_one_print_have_one_weight(variants):
    for one in variants[:10]:
        files = one.table("fichiers")
        assert (files.groupby("empreinte")["taille_octets"].nunique() == 1).all()
        assert (files["derniere_ouverture"] >= files["creation"]).all()
        assert files.duplicated("nom").any()
        assert files["fichier_id"].is_unique


def test_both_kinds_of_leadership_are_written(variants):
    kinds = {one.fields()["management"] for one in variants}
    assert kinds == {"transverse", "hiérarchique"}


def test_the_truth_is_found_again_and_the_rates_are_believed(variants):
    distances = np.array([[found.distance for found in one.recoveries()] for one in variants])
    assert (distances < 4).mean() >= 0.99
    assert distances.mean() == pytest.approx(0.8, abs=0.15)
    assert sum(not rate.believable for one in variants for rate in one.headlines()) == 0


def test_requests_follow_the_week_and_the_summer(variants):
    opened = pd.concat([variant.table("tickets").drop_duplicates()["ouverture"] for variant in variants])
    by_day = opened.groupby(opened).size()
    weekday = by_day.groupby(by_day.index.day_of_week).mean()
    assert set(weekday.index) == set(range(5))
    assert weekday[0] > 1.2 * weekday[4]
    month = by_day.groupby(by_day.index.month).mean()
    assert month[8] < 0.75 * month.mean()


def test_meetings_tell_who_could_be_there_and_what_was_left_unwritten(variants):
    for one in variants:
        met = one.table("reunions")
        assert met["date"].between(pd.Timestamp("2026-07-01"), pd.Timestamp("2026-09-30")).all()
        assert (met["date"].dt.day_of_week < 5).all()
        far, people = met["a_distance"], met["participants"]
        assert (far[met["mode"] == "présentiel"] == 0).all()
        assert (far == people)[met["mode"] == "distanciel"].all()
        assert (far.between(1, people - 1))[met["mode"] == "hybride"].all()
        assert met["duree_min"].between(30, 120).all()
        unwritten = story.unwritten_decisions(met)
        assert unwritten["présentiel"] > unwritten["hybride"] > unwritten["distanciel"] > 0


def test_the_follow_up_is_what_six_weeks_can_hold(variants):
    for one in variants:
        seen = one.table("avancement")
        assert not seen.duplicated(["tache_id", "semaine"]).any()
        assert seen["semaine"].nunique() == 6
        assert (seen["consomme_j"] > 0).all()
        assert (seen["reste_a_faire_j"] >= 0).all()
        assert (seen["consomme_j"] <= 5).all()
        assert (seen["semaine"].dt.day_of_week == 0).all()
        assert seen.groupby("tache_id")["semaine"].apply(lambda weeks: weeks.is_monotonic_increasing).all()
        planned = story.charges(one).set_index("tache_id")["charge_jh"]
        last = seen.groupby("tache_id")["reste_a_faire_j"].last()
        drift = (seen["consomme_j"].sum() + last.sum()) / planned[last.index].sum()
        assert 1.03 < drift < 1.5
