"""The launch of Hêtrabelle's new product: its network, its team, the faults that the agency's proposals were given."""

from collections import Counter

import pandas as pd
from cases import variants_of

from casestudies.hetrabelle import story
from casestudies.hetrabelle.agency import REVIEW, START, days_elapsed
from casestudies.hetrabelle.company import Hetrabelle
from casestudies.hetrabelle.roadmap import NEEDS, RESERVE, ROLES, TASKS
from casestudies.references import Target, load

variants = variants_of(Hetrabelle, 24)


def test_one_chain_sets_the_date_and_not_always_the_same(variants):
    for variant in variants:
        plan, durations = variant.launch.schedule, variant.launch.estimates
        assert plan.unique
        assert plan.margin > 2
        assert (durations.low < durations.likely).all()
        assert (durations.likely < durations.high).all()
        assert plan.critical[[task.id for task in TASKS].index(variant.launch.given_out.id)]
        assert variant.truth()["tache_a_confier"] == variant.launch.given_out.id
    assert len({variant.launch.setter for variant in variants}) == 3
    assert not NEEDS.diagonal().any()


def test_the_launch_opens_in_february_at_the_latest_on_the_day_promised(variants):
    for variant in variants:
        window = variant.periods["lancement"]
        assert window.debut == START
        assert (window.fin.year, window.fin.month) == (2027, 2)
        assert variant.periods["deux_mois"].fin == REVIEW
        assert days_elapsed(window.fin) == variant.launch.promised
    assert len({variant.launch.promised for variant in variants}) > 6


def test_tasks_fit_in_the_envelope_without_its_reserve(variants):
    for variant in variants:
        known = variant.table("lancement_reperes").set_index("cle")["valeur"]
        spent = variant.table("lancement_taches")["budget_ht"].sum()
        assert spent <= known["enveloppe_ht"] * (1 - RESERVE) + 60
        assert known["enveloppe_agence_ht"] < 0.35 * known["enveloppe_ht"]
        assert known["st_optimiste_j"] < known["st_probable_j"] < known["st_pessimiste_j"]
        assert set(variant.table("lancement_equipe")["role"]) == set(ROLES)
        assert not variant.table("lancement_reperes")["libelle"].str.contains("[{}]").any()


def test_the_agency_s_actions_have_their_faults_one_each(variants):
    places = Counter()
    for variant in variants:
        rows = variant.table("feuille_agence").set_index("action_id")
        backwards = rows.index[rows["fin"] < rows["debut"]]
        waited = rows["attend"].map(rows["fin"])
        early = rows.index[waited >= rows["debut"]]
        assert (len(backwards), len(early)) == (1, 1)
        assert (rows["attend"] != "").sum() == 2
        assert backwards[0] not in {*rows["attend"], *early}
        assert (rows["responsable"] == "L’équipe").sum() == 1
        assert (rows["indicateur"] == "Plus de notoriété").sum() == 1
        assert rows["base"].value_counts()["TTC"] in (2, 3)
        days = pd.concat([rows["debut"], rows["fin"]])
        assert (days.dt.day_of_week < 5).all()
        assert (days >= pd.Timestamp(START)).all()
        places[backwards[0]] += 1
    assert len(places) >= 4


def test_one_axis_and_one_claim_hold(variants):
    labels = {one.number: one.label for one in load(Target)}
    proved = Counter()
    for variant in variants:
        axes = variant.table("axes_agence")
        said = axes["cible"].map(labels)
        assert (said == axes["libelle_cite"]).sum() == 1
        assert said.isna().sum() == 1
        assert axes["axe"].nunique() == 6
        kinds = [one.kind for one in variant.claims]
        assert sorted(kinds) == ["carbon", "generic", "label", "part", "proved"]
        proved[kinds.index("proved")] += 1
    assert len(proved) >= 4


def test_after_two_months_the_launch_is_late_and_costs_more(variants):
    for variant in variants:
        seen = variant.table("suivi_lancement")
        assert (seen["avancement_reel"] <= seen["avancement_prevu"]).all()
        assert ((seen["avancement_reel"] > 0) == (seen["depense_ht"] > 0)).all()
        found = story.launch_results(variant)
        assert 0.72 < found["indice_cout"] < 0.95
        assert found["gain_confie"] < found["gain_tache"]
