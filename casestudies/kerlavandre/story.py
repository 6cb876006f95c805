"""The story of Kerlavandre read from its tables: what must hold in every variant, and the assumptions of management."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Period
from casestudies.kerlavandre.catalogue import FOOD_VAT
from casestudies.kerlavandre.params import CODE, FISCAL_START, START, Params

if TYPE_CHECKING:
    from casestudies.kerlavandre.company import Kerlavandre

FAMILIES, SAVING = 0, 1
"""Ranks of the segment « Familles » and of the motivation « économie à l’usage » in « verbatims.toml »."""


def contribution_rate(company: "Kerlavandre") -> float:
    """Return the expected margin on variable costs as a share of revenue excl. tax, to three digits."""
    p = company.params
    year = slice((FISCAL_START - START).days, None)
    units = company.units[:, year].sum(axis=1) * p.paid_share
    revenue = float(units @ company.catalogue.mean(company.catalogue.price_ht))
    bought = float(units @ company.catalogue.mean(company.catalogue.cost_ht))
    orders = float(company.expected_orders[:, :, year].sum()) * p.paid_share
    return round(1 - (bought + orders * p.preparation_ht) / revenue - p.payment_rate, 3)


def annual_revenue_ht(company: "Kerlavandre") -> float:
    """Return the expected revenue excl. tax of the fiscal year, rounded to the hundred euros."""
    year = slice((FISCAL_START - START).days, None)
    units = company.units[:, year].sum(axis=1) * company.params.paid_share
    return round(float(units @ company.catalogue.mean(company.catalogue.price_ht)), -2)


def assumptions(p: Params, fixed: float, value: float, revenue: float, rate: float) -> pd.DataFrame:
    """Return the table of management assumptions."""
    days, during = p.promotion.length, "pendant l’opération"
    charges = round(revenue * rate * p.safety, -2)
    creation = round(fixed * 0.27, -1)
    platform = round(fixed * 0.12, -1)
    books, quote, survey = "Contrôle de gestion", "Devis de l’opération", "Suivi de cohortes 2024-2025"
    board, share = "Décision de la direction", "proportion du CA HT"
    yearly = "Marge sur coûts variables apportée par un nouveau client dans les douze mois qui suivent"
    rows = (
        ("taux_remise", "Remise de la Semaine sans flacon", p.promotion.discount, "proportion", board),
        ("cout_creation_ht", "Création des visuels et des pages de l’opération", creation, "€ HT", quote),
        ("cout_media_ht", "Achat d’espace propre à l’opération", fixed - creation - platform, "€ HT", quote),
        ("cout_plateforme_ht", "Module de code promotionnel", platform, "€ HT", quote),
        ("cout_preparation_commande_ht", "Préparation et expédition", p.preparation_ht, "€ HT par commande", books),
        ("taux_frais_paiement", "Frais de paiement", p.payment_rate, share, books),
        ("valeur_12_mois_nouveau_client_ht", yearly, value, "€ HT par client", survey),
        ("salaires_marketing_ht", f"Salaires et charges du marketing {during}", round(320.0 * days, -1), "€", books),
        ("outils_marketing_ht", f"Outils du marketing {during}", round(31.0 * days, -1), "€ HT", books),
        ("agence_marketing_ht", f"Honoraires d’agence {during}", round(67.0 * days, -1), "€ HT", books),
        ("ca_annuel_ht", "Chiffre d’affaires de juillet 2025 à juin 2026", revenue, "€ HT", books),
        ("taux_mcv", "Taux de marge sur coûts variables de l’exercice", rate, share, books),
        ("charges_fixes_annuelles_ht", "Charges fixes de l’exercice", charges, "€ HT", books),
        ("marge_objectif", "Taux de marge sur coûts variables visé", round(rate + 0.035, 2), share, board),
        ("jours_exercice", "Jours de l’exercice", 365.0, "jours", books),
    )
    return pd.DataFrame(rows, columns=["cle", "libelle", "valeur", "unite", "source"])


def units_base(sales: pd.DataFrame, periods: dict[str, Period], gamme: str, past: str) -> float:
    """Return the units a range would have sold: the same days a year before, times the growth of the reference."""

    def units(name: str) -> float:
        rows = periods[name].filtrer(sales)
        return float(rows.loc[rows["gamme"] == gamme, "unites"].sum())

    return units(past) * units("reference") / units("reference_n_1")


def results(company: "Kerlavandre") -> dict[str, float]:
    """Return what a careful analyst would find in the tables once cleaned (units, euros excl. tax, ratios)."""
    periods = company.periods
    sales = company.table("ventes_jour")
    clean = company.clean_orders
    paid = clean[clean["statut"] == "payée"].merge(company.table("produits")[["produit_id", "gamme", "pa_ht"]])
    during, before = periods["pendant"].filtrer(paid), periods["avant"].filtrer(paid)
    known = company.table("hypotheses").set_index("cle")["valeur"]
    fixed = float(known[["cout_creation_ht", "cout_media_ht", "cout_plateforme_ht"]].sum())
    discount = float(known["taux_remise"])

    def sold(gamme: str, name: str) -> float:
        rows = periods[name].filtrer(sales)
        return float(rows.loc[rows["gamme"] == gamme, "unites"].sum())

    base = units_base(sales, periods, "Cheveux", "n_1")
    gross = sold("Cheveux", "pendant") - base
    base_after = units_base(sales, periods, "Cheveux", "apres_n_1")
    dip = sold("Cheveux", "apres") - base_after
    base_neighbour = units_base(sales, periods, "Corps", "n_1")
    lost = sold("Corps", "pendant") - base_neighbour
    base_control = units_base(sales, periods, "Maison", "n_1")
    promoted = during[during["gamme"] == "Cheveux"]
    quantity = promoted["qte"].sum()
    price = float((promoted["qte"] * promoted["pu_ttc"] / (1 + promoted["tva"] / 100)).sum() / quantity)
    cost = float((promoted["qte"] * promoted["pa_ht"]).sum() / quantity)
    net = gross + dip + lost
    margin = net * (price * (1 - discount) - cost) - base * price * discount
    coded = during[during["code_promo"] == CODE]
    coded_ht = float(_ht(coded).sum())

    def new(rows: pd.DataFrame) -> int:
        return int(rows.loc[rows["premiere_commande"] == "oui", "client_id"].nunique())

    extra = new(during) - new(before)
    value = float(known["valeur_12_mois_nouveau_client_ht"])
    visits = periods["pendant"].filtrer(company.table("sessions_jour")).groupby("canal")["sessions"].sum()
    rates = during.groupby("canal")["commande_id"].nunique() / visits
    ttc = during["qte"] * during["pu_ttc"] - during["remise_ttc"]
    return {
        "ca_jour_pendant": float(_daily(sales, periods["pendant"])),
        "ca_jour_avant": float(_daily(sales, periods["avant"])),
        "lift": gross / base,
        "unites_en_plus": gross,
        "unites_nettes": net,
        "creux": dip / base_after,
        "cannibalisation": lost / base_neighbour,
        "temoin": sold("Maison", "pendant") / base_control - 1,
        "marge": 1 - cost / price,
        "mcv_incrementale": margin,
        "cout": fixed,
        "roas": coded_ht / fixed,
        "roi": (margin - fixed) / fixed,
        "roi_12_mois": (margin + extra * value - fixed) / fixed,
        "nouveaux_en_plus": float(extra),
        "valeur_nouveau_client": value,
        "panier_ttc": float(ttc.sum() / during["commande_id"].nunique()),
        "part_alimentaire": float(ttc[during["tva"] == FOOD_VAT].sum() / ttc.sum()),
        "clients_par_commande": during["client_id"].nunique() / during["commande_id"].nunique(),
        **{f"conversion {name}": float(rate) for name, rate in rates.items()},
    }


def _ht(lines: pd.DataFrame) -> pd.Series:
    return (lines["qte"] * lines["pu_ttc"] - lines["remise_ttc"]) / (1 + lines["tva"] / 100)


def _daily(sales: pd.DataFrame, period: Period) -> float:
    return float(period.filtrer(sales)["ca_ttc"].sum() / period.jours)


def _first_liked(company: "Kerlavandre", segment: int) -> tuple[int, ...]:
    """Return the motivations that most reviews of a segment speak of, by rank in « verbatims.toml »."""
    reviews = company.reviews
    said = reviews.liked[reviews.segment == segment].sum(axis=0)
    return tuple(np.flatnonzero(said == said.max()).tolist())


def invariants(company: "Kerlavandre") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    found = results(company)
    rates = {name: value for name, value in found.items() if name.startswith("conversion ")}
    budget = company.table("budget")
    off_plan = budget["reel_ht"].sum() / budget["prevu_ht"].sum() - 1
    return {
        "le CA par jour monte pendant la promotion": found["ca_jour_pendant"] > 1.04 * found["ca_jour_avant"],
        "l’e-mail convertit le mieux": max(rates, key=lambda name: rates[name]) == "conversion E-mail",
        "les réseaux sociaux convertissent le moins": min(rates, key=lambda name: rates[name])
        == "conversion Réseaux sociaux",
        "le ROAS apparent dépasse l’équilibre": found["roas"] > 1.5 / found["marge"],
        "le ROI incrémental est négatif": -1.95 < found["roi"] < -1.08,
        "le ROI à douze mois est positif": 0.1 < found["roi_12_mois"] < 1.5,
        "le creux se voit": found["creux"] < -0.05,
        "la cannibalisation se voit": found["cannibalisation"] < -0.05,
        "le témoin ne bouge pas": abs(found["temoin"]) < 0.05,
        "le budget n’est pas tenu": bool(np.abs(off_plan) >= 0.03),
        "les familles citent d’abord l’économie à l’usage": _first_liked(company, FAMILIES) == (SAVING,),
    }
