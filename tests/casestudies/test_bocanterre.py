"""Bocanterre: its traps are there, its story holds, its truth can be found again."""

import numpy as np
import pandas as pd
import pytest
from cases import built_for, fixture_of, variants_of

from casestudies.bocanterre import story, website
from casestudies.bocanterre.company import Bocanterre
from casestudies.bocanterre.params import START, STARTS
from casestudies.market import plan_faults, web_audit

company = fixture_of(Bocanterre)
variants = variants_of(Bocanterre, 20)


@pytest.fixture(scope="module")
def trials(variants: list[Bocanterre]) -> list[dict[str, float]]:
    return [story.trial(variant) for variant in variants]


def test_tables_have_the_size_of_the_case(company):
    sizes = {name: len(company.table(name)) for name in company.specs()}
    assert sizes["magasins"] == 11
    assert sizes["ventes_magasin_jour"] == 11 * 730
    assert sizes["audit_rgaa"] == 8 * 30
    assert sizes["planning_brut"] == 22
    assert sizes["temps_passes"] == 5 * 9
    assert sizes["planning_a_reprendre"] == 16
    assert company.table("equipe_dispo")["role"].nunique() == 8


def test_small_tables_do_not_build_the_large_ones():
    large = {"revenue", "weather", "click_orders", "click_days"}
    heavy = {"ventes_magasin_jour", "click_collect", "site_jour", "comptes_pro", "consentements"}
    for name in set(Bocanterre.specs()) - heavy:
        assert not large & built_for(Bocanterre, name), name
    assert not {"revenue", "click_orders"} & built_for(Bocanterre, "site_jour")


def test_windows_are_aligned_on_weekdays(variants):
    for variant in variants:
        periods = variant.periods
        assert periods["pendant"].debut in STARTS
        for name in ("pendant", "avant", "pendant_n_1", "avant_n_1"):
            assert periods[name].debut.weekday() == 0
            assert periods[name].jours == 56
            assert periods[name].debut >= START
        assert (periods["pendant"].debut - periods["pendant_n_1"].debut).days == 364
        assert periods["projet"].fin == variant.deadline
        assert variant.deadline.weekday() < 5


def test_the_story_holds(variants):
    for variant in variants:
        broken = [statement for statement, kept in variant.invariants().items() if not kept]
        accepted = broken and all(Bocanterre(variant.learner, 1).invariants().values())
        assert not broken or accepted, broken


def test_the_conclusion_is_the_one_that_was_drawn():
    drawn = [Bocanterre(f"tirage-{k}").params.proven for k in range(400)]
    assert np.mean(drawn) == pytest.approx(0.80, abs=0.06)


def test_an_interval_excludes_zero_only_when_the_trial_is_conclusive(variants, trials):
    seen = set()
    for variant, found in zip(variants, trials, strict=True):
        comparison = story.comparison(variant)
        assert comparison.proven is variant.params.proven
        assert found["naif"] > 1.5 * found["did"]
        seen.add(comparison.proven)
    assert seen == {True, False}


def test_reference_edition_keeps_its_story(company):
    assert all(company.invariants().values())
    assert all(headline.believable for headline in company.headlines())


def test_sales_are_closed_when_the_shop_is(company):
    sales = company.table("ventes_magasin_jour")
    zero = sales["tickets"] == 0
    assert (sales.loc[zero, ["ca_ttc", "clients", "nouveaux", "bocaux_vendus", "bocaux_rendus"]] == 0).all().all()
    assert (sales.loc[~zero, "ca_ttc"] > 0).all()
    assert zero[sales["date"].dt.day_of_week == 6].all()
    works = sales[zero].groupby("magasin_id").size()
    assert (works > works.min()).sum() == 1
    groups = company.table("magasins").set_index("magasin_id")["groupe"]
    assert groups[works.idxmax()] == "témoin"
    assert (groups == "test").sum() == 5
    assert (sales["clients"] <= sales["tickets"]).all()
    assert (sales["nouveaux"] <= sales["clients"]).all()


def test_orders_have_their_defects_counted(variants):
    for variant in variants[:6]:
        orders = variant.table("click_collect")
        clean = orders.drop_duplicates()
        assert clean["commande_id"].is_unique
        assert 0.007 < (len(orders) - len(clean)) / len(clean) < 0.016
        assert (clean["ca_ttc"] > story.CATERER_FROM).sum() == 3
        assert set(clean["statut"]) == {"retirée", "annulée", "non retirée"}
        assert (clean["date_retrait"] >= clean["date"]).all()
        assert clean["date_retrait"].dt.day_of_week.max() < 6
        firsts = clean[clean["premiere_commande"] == "oui"]
        assert firsts["client_id"].is_unique
        assert (clean.groupby("client_id")["magasin_id"].nunique() == 1).all()


def test_the_audience_tool_sees_fewer_purchases_than_orders(company):
    site = company.table("site_jour").groupby(["date", "deviceCategory"])["ecommercePurchases"].sum()
    orders = company.table("click_collect").drop_duplicates().groupby(["date", "appareil"]).size()
    assert (site[orders.index] <= orders).all()
    assert 0.83 < site.sum() / orders.sum() < 0.92


def test_the_audit_agrees_with_its_colours(variants):
    for variant in variants[:8]:
        grid = variant.table("audit_rgaa")
        pairs = grid[grid["couleur_fond"] != ""]
        assert sorted(pairs["critere"].unique()) == ["3.2", "3.3"]
        floor = np.where((pairs["critere"] == "3.3") | (pairs["taille_texte"] == "grand"), 3.0, 4.5)
        front, back = (np.stack([web_audit.rgb(one) for one in pairs[name]]) for name in
                       ("couleur_avant_plan", "couleur_fond"))  # fmt: skip
        ratio = web_audit.contrast(front, back)
        assert ((ratio >= floor) == (pairs["statut"] == "C")).all()
        assert (np.abs(ratio / floor - 1) > 0.03).all()
        text = ratio[(pairs["critere"] == "3.2").to_numpy()]
        assert text.min() > 2.7
        assert text.max() < 6.2
        assert (grid["statut"] == "NA").any()
        assert (grid["constat"] != "").eq(grid["statut"] == "NC").all()


def test_criteria_are_thirty_and_of_ten_themes_at_least():
    assert len(website.NUMBERS) == len(set(website.NUMBERS)) == 30
    assert len({theme for _, theme, _, _ in website.CRITERIA}) >= 10


def test_two_pages_are_weighed_in_bytes(variants):
    for variant in variants:
        pages = variant.table("pages_poids")
        parts = pages[["images_ko", "scripts_ko", "polices_ko", "autres_ko"]].sum(axis=1)
        wrong = pages["poids_ko"] != parts
        assert wrong.sum() == 2
        assert (pages.loc[wrong, "poids_ko"] == 1000 * parts[wrong]).all()


def test_the_calendar_of_2027_is_the_official_one(company):
    events = company.table("calendrier")
    for label, first, last in (
        ("Soldes d’hiver", "2027-01-06", "2027-02-02"),
        ("Vacances d’hiver", "2027-02-20", "2027-03-07"),
        ("Lundi de Pâques", "2027-03-29", "2027-03-29"),
    ):
        year = events[events["debut"].dt.year == 2027].set_index("libelle").loc[label]
        assert (str(year["debut"].date()), str(year["fin"].date())) == (first, last)
    assert (events["fin"] >= events["debut"]).all()
    assert (events[events["type"] == "férié"].groupby(events["debut"].dt.year).size() == 11).all()


def _plan(company: Bocanterre) -> list[plan_faults.Task]:
    return [
        plan_faults.Task(row.tache_id, row.libelle, row.role, row.duree_j,
                         tuple(filter(None, row.predecesseurs.split(", "))))
        for row in company.table("planning_brut").itertuples()
    ]  # fmt: skip


def test_the_plan_has_one_cycle_and_two_conflicts_and_looks_in_time(variants):
    for variant in variants:
        plan, team = variant.table("planning_brut"), variant.table("equipe_dispo")
        loop = plan_faults.cycle(_plan(variant))
        assert set(variant.truth()["lien_a_couper"].values()) <= set(loop)
        assert plan["fin"].max() <= pd.Timestamp(variant.deadline)
        there = team[team["heures_dispo"] > 0].groupby("role")["date"].agg(set)
        spans = {row.tache_id: set(pd.date_range(row.debut, row.fin)) for row in plan.itertuples()}
        role = plan.set_index("tache_id")["role"]
        length = plan.set_index("tache_id")["duree_j"]
        away = [task for task, days in spans.items() if len(days & there[role[task]]) < length[task]]
        assert set(variant.project.away) <= set(away)
        assert set(away) <= set(variant.project.away) | set(variant.project.busy)
        (busy,) = variant.project.busy
        mates = [task for task in spans if role[task] == role[busy] and task != busy]
        assert any(spans[busy] & spans[task] & there[role[busy]] for task in mates)


def test_the_deadline_needs_both_conflicts_solved(variants):
    for variant in variants:
        project = variant.project
        assert project.finish({}) <= project.deadline
        assert project.finish(project.busy) > project.deadline
        assert project.finish(project.away) > project.deadline
        assert project.finish(project.busy | project.away) > project.deadline


def test_parameters_are_found_again(variants):
    for variant in variants[:12]:
        for recovery in variant.recoveries():
            assert recovery.distance < 4.5, (variant.learner, recovery)


def test_eight_elements_of_the_plan_break_the_charter_and_they_vary():
    drawn = {Bocanterre(f"charte-{number}", 0).broken_elements for number in range(8)}
    assert {len(broken) for broken in drawn} == {8}
    assert len(drawn) > 4


def test_past_times_part_the_three_points():
    for number in range(8):
        days = Bocanterre(f"temps-{number}", 0).table("temps_passes").groupby("format")["jours_passes"]
        assert ((days.min() < days.median()) & (days.median() < days.max())).all()
        assert (days.max() - days.median() > days.median() - days.min()).all()
