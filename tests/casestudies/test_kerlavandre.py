"""Kerlavandre: its windows are aligned, its defects are there, its tables agree."""

import pandas as pd
import pytest
from cases import built_for, fixture_of, paid_lines, variants_of

from casestudies.kerlavandre.catalogue import RANGES
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.kerlavandre.params import CODE

company = fixture_of(Kerlavandre)
variants = variants_of(Kerlavandre, 20)


def test_small_tables_do_not_build_the_orders():
    for name in ("emails", "budget", "depenses", "recettes", "hypotheses", "produits", "sessions_jour"):
        assert "clean_orders" not in built_for(Kerlavandre, name), name
    assert "order_counts" not in built_for(Kerlavandre, "emails") | built_for(Kerlavandre, "budget")


def test_periods_are_aligned_on_weekdays(variants):
    for variant in variants:
        periods = variant.periods
        assert {"pendant", "avant", "mois_precedent", "apres", "n_1", "avant_n_1", "apres_n_1", "reference",
                "reference_n_1"} == set(periods)  # fmt: skip
        assert periods["pendant"].debut.weekday() == 0
        assert periods["pendant"].jours in {10, 14, 17}
        assert (periods["mois_precedent"].jours, periods["apres"].jours, periods["reference"].jours) == (28, 14, 56)
        for left, right in (("avant", "pendant"), ("n_1", "pendant"), ("apres_n_1", "apres"), ("avant_n_1", "avant")):
            assert periods[left].debut.weekday() == periods[right].debut.weekday()
            assert periods[left].jours == periods[right].jours
        assert (periods["pendant"].debut - periods["n_1"].debut).days == 364
        orders = variant.table("commandes")["date"]
        assert orders.min().date() == periods["reference"].debut
        assert (orders.max().date() - periods["pendant"].fin).days == 28
        assert variant.table("sessions_jour")["date"].min().date() <= periods["reference_n_1"].debut


def test_daily_sales_agree_exactly_with_cleaned_orders(variants):
    for variant in variants[:12]:
        lines = paid_lines(variant).merge(variant.table("produits")[["produit_id", "gamme"]])
        lines["ca_ttc"] = lines["qte"] * lines["pu_ttc"] - lines["remise_ttc"]
        mine = lines.groupby(["date", "gamme"])[["qte", "ca_ttc"]].sum().round(2)
        books = variant.table("ventes_jour").set_index(["date", "gamme"]).loc[mine.index]
        assert (books["unites"] == mine["qte"]).all()
        assert (books["ca_ttc"] == mine["ca_ttc"]).all()
        outside = variant.table("ventes_jour").query("unites == 0")
        assert outside.empty


def test_defects_are_there_and_counted(variants):
    for variant in variants[:20]:
        lines = variant.table("commandes")
        clean = lines.drop_duplicates()
        total = clean["commande_id"].nunique()
        twice = lines.loc[lines.duplicated(), "commande_id"].unique()
        assert 0.007 < len(twice) / total < 0.016
        copies = lines[lines["commande_id"].isin(twice)].groupby(list(lines.columns)).size()
        assert (copies == 2).all()
        fate = clean.drop_duplicates("commande_id")["statut"].value_counts(normalize=True)
        assert 0.025 < fate["annulée"] < 0.045
        assert 0.025 < fate["remboursée"] < 0.045
        assert set(clean["tva"]) == {20.0, 5.5}
        assert variant.table("emails")["ca_attribue"].str.fullmatch(r"\d{1,3}(\u202f\d{3})*,\d{2}").all()
        assert variant.table("emails")["ca_attribue"].str.contains("\u202f").any()


def test_orders_are_coherent(company):
    lines = company.table("commandes").drop_duplicates()
    per_order = lines.groupby("commande_id")
    for column in ("date", "client_id", "canal", "statut", "premiere_commande"):
        assert (per_order[column].nunique() == 1).all(), column
    assert (per_order["port_ttc"].apply(lambda fee: (fee > 0).sum()) <= 1).all()
    promoted = lines["produit_id"].str.startswith("CHE") & lines["date"].between(
        pd.Timestamp(company.periods["pendant"].debut), pd.Timestamp(company.periods["pendant"].fin)
    )
    assert ((lines["code_promo"] == CODE) == promoted).all()
    assert ((lines["remise_ttc"] > 0) == promoted).all()
    firsts = lines[lines["premiere_commande"] == "oui"].drop_duplicates("commande_id")
    assert firsts["client_id"].is_unique
    assert (firsts["date"].to_numpy() == lines.groupby("client_id")["date"].min()[firsts["client_id"]].to_numpy()).all()


def test_visits_and_orders_share_their_channels(company):
    visits = company.table("sessions_jour")
    assert (visits["sessions"] >= visits["utilisateurs"]).all()
    assert (visits["ajouts_panier"] >= visits["debuts_paiement"]).all()
    orders = company.table("commandes").drop_duplicates("commande_id").groupby(["date", "canal"]).size()
    started = visits.groupby(["date", "canal"])["debuts_paiement"].sum()
    assert (started[orders.index] >= orders).all()


def test_receipts_count_the_paid_orders_of_the_shop(variants):
    for variant in variants[:12]:
        paid = paid_lines(variant)
        month = paid["date"].dt.to_period("M")
        whole = month.drop_duplicates().iloc[1]
        sold = paid[month == whole].groupby("canal")["commande_id"].nunique()
        books = variant.table("recettes").set_index(["mois", "levier"]).loc[whole.to_timestamp()]["commandes_reelles"]
        for lever, channel in (("SEO", "SEO"), ("E-mailing", "E-mail"), ("E-publicité", "Display")):
            assert books[lever] == sold[channel]


def test_media_in_the_budget_is_what_campaigns_spent(company):
    spent = company.table("depenses")
    spent["mois"] = spent["date"].dt.to_period("M").dt.to_timestamp()
    campaigns = spent.groupby(["mois", "levier"])["cost_micros"].sum() / 1e6
    budget = company.table("budget")
    media = budget[budget["poste"].isin(["média", "commission"])].set_index(["mois", "levier"])["reel_ht"]
    assert media.to_numpy() == pytest.approx(campaigns[media.index].to_numpy())


def test_gifts_are_bought_in_december_and_not_after(variants):
    for variant in variants[:8]:
        sales = variant.table("ventes_jour").groupby("date")["ca_ttc"].sum()
        gifts = sales["2024-12-01":"2024-12-21"].mean()
        assert 1.1 < gifts / sales["2024-10"].mean() < 1.45
        assert sales["2024-12-22":"2024-12-31"].mean() < 0.95 * gifts


def test_facts_have_one_place_and_quote_the_tables(variants):
    for variant in variants[:5]:
        facts = variant.table("faits")
        assert list(facts["fait_id"]) == list(variant.fact_places)
        assert pd.Series(variant.fact_places).value_counts().eq(5).all()
        assert not facts["fait"].str.contains(r"[{}]| [;:%»]|« ").any()
        sales = variant.table("ventes_jour")
        share = sales.loc[sales["gamme"] == "Cheveux", "ca_ttc"].sum() / sales["ca_ttc"].sum()
        said = facts.loc[facts["fait"].str.contains("à elle seule"), "fait"].item()
        assert f"{100 * share:.0f}\u00a0%" in said
    assert len({tuple(variant.table("faits")["fait"]) for variant in variants[:5]}) == 5


def test_the_control_range_neither_replaces_a_shampoo_nor_goes_with_it():
    company = Kerlavandre("lea")
    goods = company.table("produits")
    names = " ".join(goods.loc[goods["gamme"] == "Maison", "nom"]).lower()
    assert not [word for word in ("savon", "shampoing", "cheveu", "soin", "brosse", "trousse") if word in names]
    assert (company.effects[RANGES.index("Maison")] == 1).all()
