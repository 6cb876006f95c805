"""Bocanterre’s clients: accounts that weigh, agreements that change, caps; the figures and tables of the notebook."""

import numpy as np
import pandas as pd
import pytest
from cases import variants_of

from casestudies.bocanterre import analysis, relation
from casestudies.bocanterre.company import Bocanterre
from casestudies.bocanterre.product_page import product_page
from casestudies.charts import ALT_ATTRIBUTE
from casestudies.company import company_folder, company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.market.web_audit import contrast, rgb
from casestudies.studio import clients as seen
from casestudies.studio import site

variants = variants_of(Bocanterre, 12)


@pytest.fixture
def dossier(tmp_path) -> Dossier:
    return Dossier(company_of("bocanterre", "lea", 0), Identity("lea", 0), tmp_path, None)


def private(company: Bocanterre) -> pd.DataFrame:
    orders = company.table("click_collect").drop_duplicates()
    accounts = company.table("comptes_pro")["client_id"]
    return orders[(orders["statut"] == "retirée") & ~orders["client_id"].isin(accounts)]


def test_accounts_are_clients_and_weigh_more_than_their_number(variants) -> None:
    for variant in variants:
        orders, accounts = variant.table("click_collect").drop_duplicates(), variant.table("comptes_pro")
        collected = orders[orders["statut"] == "retirée"]
        assert accounts["client_id"].is_unique
        assert set(accounts["client_id"]) <= set(collected["client_id"])
        mine = collected["client_id"].isin(accounts["client_id"])
        assert collected.loc[mine, "ca_ttc"].sum() / collected["ca_ttc"].sum() > 0.05
        assert len(accounts) / collected["client_id"].nunique() < 0.02
        large = set(collected.loc[collected["ca_ttc"] > relation.CATERER_FROM, "client_id"])
        assert large <= set(accounts.loc[accounts["activite"] == "Traiteur", "client_id"])
        home = collected.groupby("client_id")["magasin_id"].first()
        assert (home[accounts["client_id"]].to_numpy() == accounts["magasin_id"]).all()


def test_agreements_are_those_of_private_clients_and_some_change_their_mind(variants) -> None:
    for variant in variants:
        said, accounts = variant.table("consentements"), variant.table("comptes_pro")
        first = variant.table("click_collect").groupby("client_id")["date"].min()
        assert not set(said["client_id"]) & set(accounts["client_id"])
        assert (said["date"].to_numpy() >= first[said["client_id"]].to_numpy()).all()
        assert said["date"].is_monotonic_increasing
        assert not said.duplicated(["client_id", "canal", "etat"]).any()
        for channel in ("e-mail", "SMS"):
            mine = said[said["canal"] == channel]
            given = set(mine.loc[mine["etat"] == relation.GIVEN, "client_id"])
            back = mine[mine["etat"] == relation.TAKEN_BACK].set_index("client_id")["date"]
            begun = mine[mine["etat"] == relation.GIVEN].set_index("client_id")["date"]
            assert set(back.index) < given
            assert (back > begun[back.index]).all(), "one cannot take back what one has not given"
            assert analysis.reachable(said, channel) == given - set(back.index)
            assert 0.1 < len(back) / len(given) < 0.25


def test_decisions_vary_and_leave_room(variants) -> None:
    decided = [variant.table("cadrage_relation").set_index("cle")["valeur"] for variant in variants]
    assert len({tuple(one) for one in decided}) > 8
    for one in decided:
        assert 100 <= one["sommeil_jours"] <= 150
        assert one["fidele_jours"] < one["sommeil_jours"]
        assert min(one["plafond_btob"], one["plafond_btoc"]) >= 2


def test_loyal_clients_buy_more_than_their_share_and_many_sleep(variants) -> None:
    for variant in variants:
        decided = variant.table("cadrage_relation").set_index("cle")["valeur"]
        people = analysis.by_client(private(variant), pd.Timestamp(variant.periods["annee"].fin))
        segment = analysis.segmented(people, decided)
        assert set(segment) == set(analysis.SEGMENTS)
        loyal = segment == "fidèles"
        assert people.loc[loyal, "montant"].sum() / people["montant"].sum() > 1.5 * loyal.mean()
        assert 0.15 < (segment == "en sommeil").mean() < 0.6
        assert ((segment == "en sommeil") == (people["recence"] > decided["sommeil_jours"])).all()


def test_the_page_to_mend_is_of_the_case_and_in_a_colour_that_fails(variants) -> None:
    pages = [product_page(variant.table) for variant in variants]
    for variant, page in zip(variants, pages, strict=True):
        assert page.product in set(variant.table("catalogue")["nom"])
        assert float(contrast(rgb(page.front), rgb(page.back))) < 4.0
        assert float(contrast(rgb("#26302B"), rgb(page.back))) > 7
        assert page.source.count(page.product) == 1
    assert len({(page.product, page.price, page.front) for page in pages}) == len(pages)


def test_documents_say_the_law_with_its_source_and_day() -> None:
    folder = company_folder("bocanterre") / "documents"
    rules, site_note = (
        (folder / f"{name}.md").read_text(encoding="utf-8") for name in ("relation-client", "demarche-accessibilite")
    )
    for law in ("2016/679", "articles 6 et 21", "L34-5", "L223-1", "Vérifié le"):
        assert law in rules
    for law in ("2005-102", "article 47", "2019-768", "250 millions", "Vérifié le 27 novembre 2026"):
        assert law in site_note.replace("\u00a0", " ")


def test_tables_wait_for_orders(dossier: Dossier) -> None:
    for nothing in (None, "", pd.DataFrame(), pd.DataFrame({"client_id": ["a"]}), 3):
        assert list(seen.portrait_clients(dossier, nothing).columns) == list(seen.PORTRAIT)
        assert len(seen.portrait_clients(dossier, nothing)) == 0
        assert list(seen.nouveaux_clients(nothing).columns) == list(seen.NEWCOMERS)
    orders = dossier.table("click_collect").drop_duplicates()
    people = seen.portrait_clients(dossier, orders)
    assert len(people) == orders["client_id"].nunique()
    assert list(people.columns) == list(seen.PORTRAIT)
    assert seen.joignables(dossier).index.str.contains("professionnels").sum() == 1


def test_figures_say_what_they_show_and_wait(dossier: Dossier) -> None:
    audit = dossier.table("audit_rgaa")
    worst = audit[audit["statut"] == "NC"]["page"].value_counts()
    figure = site.dessiner_audit(audit)
    assert f": {worst.max()} critères sur 30" in figure.axes[0].get_title(loc="left").replace("\u00a0", " ")
    rates = (audit["statut"] == "C").groupby(audit["page"]).mean()
    for drawn in (figure, site.dessiner_taux(rates, 0.4), site.dessiner_taux(rates.to_dict(), np.float64(0.4))):
        assert getattr(drawn, ALT_ATTRIBUTE)
        assert drawn.axes[0].get_xlabel()
    people = seen.portrait_clients(dossier, dossier.table("click_collect"))
    assert "% des ventes" in getattr(site.dessiner_segments(people), ALT_ATTRIBUTE).replace("\u00a0", " ")
    for waiting in (
        site.dessiner_taux(None, 0.4),
        site.dessiner_taux(rates, None),
        site.dessiner_segments(people.iloc[:0]),
    ):
        assert waiting is site.WAITING
