"""The story of Bocanterre read from its tables: what must hold in every variant, and the headline rates."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.bocanterre.params import CLICK_START
from casestudies.company import Headline, Period, against_landmarks
from casestudies.market import plan_faults, web_audit
from casestudies.market.sampling import Floats
from casestudies.market.stores import Comparison, compare

if TYPE_CHECKING:
    from casestudies.bocanterre.company import Bocanterre

CATERER_FROM = 500.0
"""Orders of more euros than this are those of caterers."""


def by_store(sales: pd.DataFrame, period: Period, column: str = "ca_ttc") -> Floats:
    """Return the total of ``column`` by store over a window, in the order of the stores."""
    found: Floats = period.filtrer(sales).groupby("magasin_id")[column].sum().sort_index().to_numpy(np.float64)
    return found


def treated(company: "Bocanterre") -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """Return 1 for each treated store, 0 for the others."""
    found = (company.table("magasins")["groupe"] == "test").to_numpy()
    return np.asarray(found, dtype=np.int64)


def comparison(company: "Bocanterre", before: str = "avant", during: str = "pendant") -> Comparison:
    """Return the comparison of the two groups between two named windows."""
    sales, periods = company.table("ventes_magasin_jour"), company.periods
    return compare(by_store(sales, periods[before]), by_store(sales, periods[during]), treated(company))


def clean_orders(company: "Bocanterre") -> pd.DataFrame:
    """Return the orders collected, each once, those of caterers left out."""
    orders = company.table("click_collect").drop_duplicates()
    return orders[(orders["statut"] == "retirée") & (orders["ca_ttc"] < CATERER_FROM)]


def clean_pages(company: "Bocanterre") -> pd.DataFrame:
    """Return the pages with every weight in kilobytes."""
    pages = company.table("pages_poids")
    pages["poids_ko"] = pages[["images_ko", "scripts_ko", "polices_ko", "autres_ko"]].sum(axis=1)
    return pages


def trial(company: "Bocanterre") -> dict[str, float]:
    """Return what a careful analyst finds of the trial in the tables (shares, euros)."""
    sales, periods = company.table("ventes_magasin_jour"), company.periods
    test = treated(company) == 1
    found, past = comparison(company), comparison(company, "avant_n_1", "pendant_n_1")
    before, during = by_store(sales, periods["avant"]), by_store(sales, periods["pendant"])
    total = (during[test].sum() / before[test].sum()) / (during[~test].sum() / before[~test].sum()) - 1
    jars = {name: by_store(sales, periods[name], "bocaux_vendus") for name in ("avant", "pendant")}
    back = {name: by_store(sales, periods[name], "bocaux_rendus") for name in ("avant", "pendant")}
    gone = {
        group: back["pendant"][where].sum() / jars["pendant"][where].sum()
        - back["avant"][where].sum() / jars["avant"][where].sum()
        for group, where in (("test", test), ("témoin", ~test))
    }
    cards = {name: by_store(sales, periods[name], "nouveaux") for name in ("avant", "pendant")}
    people = {name: by_store(sales, periods[name], "clients") for name in ("avant", "pendant")}
    joining = {
        group: cards["pendant"][where].sum()
        / people["pendant"][where].sum()
        / (cards["avant"][where].sum() / people["avant"][where].sum())
        for group, where in (("test", test), ("témoin", ~test))
    }
    known = company.table("hypotheses").set_index("cle")["valeur"]
    cost = float(company.table("budget_carte")["reel_ht"].sum())
    gain = during[test].sum() * total / (1 + total) / (1 + known["taux_tva"]) * known["taux_mcv"]
    lost = (gone["témoin"] - gone["test"]) * jars["pendant"][test].sum() * known["cout_bocal_ht"]
    return {
        "naif": float(during[test].sum() / before[test].sum() - 1),
        "temoin": found.control,
        "did": found.difference,
        "did_total": float(total),
        "effet": (1 + found.treated) / (1 + found.control) - 1,
        "erreur_type": found.error,
        "t": found.difference / found.error,
        "placebo": past.difference,
        "placebo_t": past.difference / past.error,
        "niveau": float(before[test].mean() / before[~test].mean()),
        "retour_perdu": float(gone["témoin"] - gone["test"]),
        "cartes": float(joining["test"] / joining["témoin"]),
        "marge_gagnee": float(gain),
        "bocaux_perdus": float(lost),
        "cout": cost,
        "roi": float((gain - lost - cost) / cost),
    }


def audit_rates(company: "Bocanterre") -> web_audit.Rates:
    """Return the two rates of the audit, read from its table."""
    grid = company.table("audit_rgaa")
    rank = {name: rank for rank, name in enumerate(web_audit.STATES)}
    states = np.asarray(grid["statut"].map(rank), dtype=np.int64)
    return web_audit.rates(states.reshape(grid["page"].nunique(), -1))


def invariants(company: "Bocanterre") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    found, project = trial(company), company.project
    rates, pages = audit_rates(company), clean_pages(company)
    sent = pages["vues_mois"] * pages["poids_ko"]
    simple, weighted = pages["poids_ko"].mean(), sent.sum() / pages["vues_mois"].sum()
    gaps = company.table("budget_carte").groupby("poste")[["prevu_ht", "reel_ht"]].sum()
    gap = gaps["reel_ht"] / gaps["prevu_ht"] - 1
    deadline, solved = project.deadline, project.finish({})
    conclusive = found["t"] > 2.6 if company.params.proven else 0.1 < found["t"] < 1.6
    return {
        "le CA des magasins tests monte": found["naif"] > 0.03,
        "l’avant/après naïf dépasse 1,5 fois l’effet": found["naif"] > 1.5 * max(found["did_total"], found["did"]),
        "les témoins montent aussi": found["temoin"] > 0.02,
        "l’effet mesuré est positif": min(found["did_total"], found["did"]) > 0,
        "le test conclut comme prévu": bool(conclusive),
        "un an plus tôt, les deux groupes évoluent de même": abs(found["placebo_t"]) < 1.6,
        "les deux groupes n’ont pas le même niveau": found["niveau"] > 1.10,
        "la consigne offerte fait perdre des bocaux": found["retour_perdu"] > 0.03,
        "les cartes créées ne sont pas des clients gagnés": found["cartes"] > 1.8,
        "le plan attend en rond": len(plan_faults.cycle(project.written)) >= 2,
        "l’échéance tient une fois les deux conflits levés": solved <= deadline,
        "un seul conflit levé ne suffit pas": deadline
        < min(project.finish(project.busy), project.finish(project.away)),
        "le taux moyen flatte le site": rates.mean - rates.overall > 0.15 and rates.overall < 0.5,
        "la page la plus lourde n’est pas celle qui pèse le plus": bool(pages["poids_ko"].idxmax() != sent.idxmax()),
        "peser les pages par leurs vues change la moyenne": abs(weighted / simple - 1) > 0.05,
        "le budget de la carte a des écarts": bool(((gap > 0.1).sum() >= 2) and ((gap < -0.1).sum() >= 2)),
    }


def headlines(company: "Bocanterre") -> tuple[Headline, ...]:
    """Return the headline rates: food shops, click and collect, site, audit."""
    sales = company.table("ventes_magasin_jour")
    year = sales[sales["date"] >= pd.Timestamp(CLICK_START)]
    past = sales[sales["date"] < pd.Timestamp(CLICK_START)]
    orders, goods, site = clean_orders(company), company.table("catalogue"), company.table("site_jour")
    placed = company.table("click_collect").drop_duplicates()
    visits = site[["sessions", "addToCarts", "ecommercePurchases"]].sum()
    price = goods["pv_ttc"] / (1 + goods["tva"] / 100)
    stores, click = year["ca_ttc"].sum(), orders["ca_ttc"].sum()
    open_days = year[year["tickets"] > 0]
    rates, pages = audit_rates(company), clean_pages(company)
    values = {
        "ca": stores + click,
        "croissance": stores / past["ca_ttc"].sum() - 1,
        "panier": stores / year["tickets"].sum(),
        "tickets_par_jour": open_days["tickets"].mean(),
        "clients_par_ticket": year["clients"].sum() / year["tickets"].sum(),
        "panier_click": click / len(orders),
        "part_click": click / (stores + click),
        "annulees": (placed["statut"] == "annulée").mean(),
        "conversion": visits["ecommercePurchases"] / visits["sessions"],
        "ajouts": visits["addToCarts"] / visits["sessions"],
        "abandon": 1 - visits["ecommercePurchases"] / visits["addToCarts"],
        "marge": (1 - goods["pa_ht"] / price).mean(),
        "retour_bocaux": year["bocaux_rendus"].sum() / year["bocaux_vendus"].sum(),
        "conformite": rates.mean,
        "poids_page": pages["poids_ko"].median(),
    }
    return against_landmarks("bocanterre", values)
