"""The story of Kerlavandre read from its tables: what must hold in every variant, and the headline rates."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Headline, Period, against_landmarks
from casestudies.kerlavandre.catalogue import FOOD_VAT, RANGES
from casestudies.kerlavandre.params import CODE, FISCAL_START

if TYPE_CHECKING:
    from casestudies.kerlavandre.company import Kerlavandre

BRAND = "kerlavandre"
FAMILIES, SAVING = 0, 1
"""Ranks of the segment « Familles » and of the motivation « économie à l’usage » in « verbatims.toml »."""


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

    units = {name: window.filtrer(sales).groupby("gamme")["unites"].sum() for name, window in periods.items()}

    def sold(gamme: str, name: str) -> float:
        return float(units[name].get(gamme, 0.0))

    def usual(gamme: str, past: str) -> float:
        """Return the units that would have been sold: the same days a year before, times the reference's growth."""
        return sold(gamme, past) * sold(gamme, "reference") / sold(gamme, "reference_n_1")

    base = usual("Cheveux", "n_1")
    gross = sold("Cheveux", "pendant") - base
    base_after = usual("Cheveux", "apres_n_1")
    dip = sold("Cheveux", "apres") - base_after
    base_neighbour = usual("Corps", "n_1")
    lost = sold("Corps", "pendant") - base_neighbour
    base_control = usual("Maison", "n_1")
    fee, orders = float(known["taux_frais_paiement"]), during["commande_id"].nunique()
    handling = float(known["cout_preparation_commande_ht"]) * orders / float(during["qte"].sum())
    unit = {gamme: _unit(during[during["gamme"] == gamme], fee, handling) for gamme in ("Cheveux", "Corps")}
    (price, cost), (price_neighbour, cost_neighbour) = unit["Cheveux"], unit["Corps"]
    net = gross + dip + lost
    margin = (
        gross * (price * (1 - discount) - cost)
        + dip * (price - cost)
        + lost * (price_neighbour - cost_neighbour)
        - base * price * discount
    )
    coded = during[during["code_promo"] == CODE]
    coded_ht = float(_ht(coded).sum())
    coded_margin = coded_ht * (1 - fee) - float((coded["qte"] * (coded["pa_ht"] + handling)).sum())

    def new(rows: pd.DataFrame) -> int:
        return int(rows.loc[rows["premiere_commande"] == "oui", "client_id"].nunique())

    usually = sum(usual(gamme, "n_1") for gamme in RANGES)
    season = usually / sum(sold(gamme, "avant") for gamme in RANGES)
    extra = new(during) - season * new(before)
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
        "marge": 1 - _purchases(during[during["gamme"] == "Cheveux"]),
        "marge_variable": 1 - cost / price,
        "gain": float(margin > 0),
        "mcv_incrementale": margin,
        "cout": fixed,
        "roas": coded_ht / fixed,
        "roas_equilibre": coded_ht / coded_margin,
        "roi": (margin - fixed) / fixed,
        "roi_12_mois": (margin + extra * value - fixed) / fixed,
        "nouveaux_en_plus": extra,
        "valeur_nouveau_client": value,
        "panier_ttc": float(ttc.sum() / during["commande_id"].nunique()),
        "part_alimentaire": float(ttc[during["tva"] == FOOD_VAT].sum() / ttc.sum()),
        "clients_par_commande": during["client_id"].nunique() / during["commande_id"].nunique(),
        **{f"conversion {name}": float(rate) for name, rate in rates.items()},
    }


def _unit(lines: pd.DataFrame, fee: float, handling_ht: float) -> tuple[float, float]:
    """Return the full price of a unit once the payment is paid, and its purchase and handling, euros excl. tax."""
    quantity = float(lines["qte"].sum())
    full = float((lines["qte"] * lines["pu_ttc"] / (1 + lines["tva"] / 100)).sum()) / quantity
    return full * (1 - fee), float((lines["qte"] * lines["pa_ht"]).sum()) / quantity + handling_ht


def _purchases(lines: pd.DataFrame) -> float:
    """Return the purchases as a share of the sales at full price."""
    full, cost = _unit(lines, 0.0, 0.0)
    return cost / full


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
        "le CA par jour monte pendant la promotion": found["ca_jour_pendant"] > 1.02 * found["ca_jour_avant"],
        "l’e-mail convertit le mieux": max(rates, key=lambda name: rates[name]) == "conversion E-mail",
        "les réseaux sociaux convertissent le moins": min(rates, key=lambda name: rates[name])
        == "conversion Réseaux sociaux",
        "le ROAS apparent dépasse l’équilibre": found["roas"] > 1.02 * found["roas_equilibre"],
        "la promotion gagne ou perd nettement": found["roi"] > 0.05 if company.params.paying else found["roi"] < -0.5,
        "le ROI à douze mois est positif": found["roi_12_mois"] > 0.05,
        "le creux se voit": found["creux"] < -0.03,
        "la cannibalisation se voit quand elle est forte": company.params.promotion.cannibalisation < 0.1
        or found["cannibalisation"] < -0.05,
        "le témoin ne bouge pas": abs(found["temoin"]) < 0.06,
        "le budget n’est pas tenu": bool(np.abs(off_plan) >= 0.03),
        "les familles citent d’abord l’économie à l’usage": _first_liked(company, FAMILIES) == (SAVING,),
    }


def sums(table: pd.DataFrame) -> dict[str, float]:
    """Return the total of each column of numbers."""
    return {str(name): float(value) for name, value in table.sum(numeric_only=True).items()}


def headlines(company: "Kerlavandre") -> tuple[Headline, ...]:
    """Return the headline rates: visits and orders, campaigns, e-mails, margins, promotion, reviews."""
    values = {**_shop(company), **_campaigns(company), **_mails(company), **_promotion(company)}
    return against_landmarks("kerlavandre", values)


def _shop(company: "Kerlavandre") -> dict[str, float]:
    lines = company.table("commandes").drop_duplicates()
    orders = lines.drop_duplicates("commande_id")
    visits = company.table("sessions_jour")
    visits = visits[visits["date"].between(lines["date"].min(), lines["date"].max())]
    total = sums(visits)
    by_channel = orders.groupby("canal").size() / visits.groupby("canal")["sessions"].sum()
    fate = orders["statut"].value_counts(normalize=True)
    paid = lines[lines["statut"] == "payée"].merge(company.table("produits")[["produit_id", "pa_ht"]])
    listed = (paid["qte"] * paid["pu_ttc"] / (1 + paid["tva"] / 100)).sum()
    sales = company.table("ventes_jour")
    known = company.table("hypotheses").set_index("cle")["valeur"]
    return {
        "conversion": len(orders) / total["sessions"],
        "conversion_email": by_channel["E-mail"],
        "conversion_social": by_channel["Réseaux sociaux"],
        "conversion_seo": by_channel["SEO"],
        "panier": (paid["qte"] * paid["pu_ttc"] - paid["remise_ttc"]).sum() / paid["commande_id"].nunique(),
        "ajouts": total["ajouts_panier"] / total["sessions"],
        "abandon": 1 - len(orders) / total["ajouts_panier"],
        "mobile": visits.loc[visits["appareil"] == "mobile", "sessions"].sum() / total["sessions"],
        "annulees": fate["annulée"],
        "remboursees": fate["remboursée"],
        "premieres": (orders["premiere_commande"] == "oui").mean(),
        "marge": 1 - (paid["qte"] * paid["pa_ht"]).sum() / listed,
        "preparation": known["cout_preparation_commande_ht"],
        "ca": sales.loc[sales["date"] >= pd.Timestamp(FISCAL_START), "ca_ttc"].sum(),
        "note": company.table("verbatims")["note"].mean(),
    }


def _campaigns(company: "Kerlavandre") -> dict[str, float]:
    spent = company.table("depenses")
    generic = sums(spent[spent["campagne"] == "SEA générique"])
    meta = sums(spent[spent["plateforme"] == "Meta Ads"])
    seo = company.table("seo")
    third = sums(seo[seo["position"].between(2.5, 3.5) & ~seo["requete"].str.startswith(BRAND)])
    return {
        "ctr_sea": generic["clics"] / generic["impressions"],
        "cpc_sea": generic["cost_micros"] / 1e6 / generic["clics"],
        "ctr_meta": meta["clics_lien"] / meta["impressions"],
        "cpc_meta": meta["cost_micros"] / 1e6 / meta["clics_lien"],
        "cpm_meta": meta["cost_micros"] / 1e3 / meta["impressions"],
        "ctr_seo": third["clics"] / third["impressions"],
    }


def _mails(company: "Kerlavandre") -> dict[str, float]:
    total = sums(company.table("emails"))
    delivered = total["sent"] - total["hardBounces"] - total["softBounces"]
    return {
        "delivrabilite": delivered / total["sent"],
        "ouverture": total["uniqueViews"] / delivered,
        "clic": total["uniqueClicks"] / delivered,
        "desabonnement": total["unsubscriptions"] / delivered,
    }


def _promotion(company: "Kerlavandre") -> dict[str, float]:
    found = results(company)
    sales = company.table("ventes_jour").groupby("date")["unites"].sum()
    week = pd.DatetimeIndex(company.days.loc[company.days["black_friday"], "date"])
    return {
        "hausse": found["lift"],
        "reste": found["unites_nettes"] / found["unites_en_plus"],
        "vendredi": sales.reindex(week).mean() / sales.reindex(week - pd.Timedelta(days=14)).mean(),
    }
