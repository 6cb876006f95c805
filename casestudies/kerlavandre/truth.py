"""What Kerlavandre's tables say: the headline rates, and the market's parameters found again from the tables alone."""

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casestudies.company import Headline, Recovery
from casestudies.kerlavandre import story, survey
from casestudies.kerlavandre.landmarks import against
from casestudies.kerlavandre.params import CHANNELS, FISCAL_START, LEVER_CHANNELS, LEVERS, PAID
from casestudies.market.search import click_rate

if TYPE_CHECKING:
    from casestudies.kerlavandre.company import Kerlavandre

BRAND = "kerlavandre"
FAMILIES = "Familles"


def _sums(table: pd.DataFrame) -> dict[str, float]:
    return {str(name): float(value) for name, value in table.sum(numeric_only=True).items()}


def headlines(company: "Kerlavandre") -> tuple[Headline, ...]:
    """Return the headline rates: visits and orders, campaigns, e-mails, margins, promotion, reviews."""
    return against({**_shop(company), **_campaigns(company), **_mails(company), **_promotion(company)})


def _shop(company: "Kerlavandre") -> dict[str, float]:
    lines = company.table("commandes").drop_duplicates()
    orders = lines.drop_duplicates("commande_id")
    visits = company.table("sessions_jour")
    visits = visits[visits["date"].between(lines["date"].min(), lines["date"].max())]
    total = _sums(visits)
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
    generic = _sums(spent[spent["campagne"] == "SEA générique"])
    meta = _sums(spent[spent["plateforme"] == "Meta Ads"])
    seo = company.table("seo")
    third = _sums(seo[seo["position"].between(2.5, 3.5) & ~seo["requete"].str.startswith(BRAND)])
    return {
        "ctr_sea": generic["clics"] / generic["impressions"],
        "cpc_sea": generic["cost_micros"] / 1e6 / generic["clics"],
        "ctr_meta": meta["clics_lien"] / meta["impressions"],
        "cpc_meta": meta["cost_micros"] / 1e6 / meta["clics_lien"],
        "cpm_meta": meta["cost_micros"] / 1e3 / meta["impressions"],
        "ctr_seo": third["clics"] / third["impressions"],
    }


def _mails(company: "Kerlavandre") -> dict[str, float]:
    total = _sums(company.table("emails"))
    delivered = total["sent"] - total["hardBounces"] - total["softBounces"]
    return {
        "delivrabilite": delivered / total["sent"],
        "ouverture": total["uniqueViews"] / delivered,
        "clic": total["uniqueClicks"] / delivered,
        "desabonnement": total["unsubscriptions"] / delivered,
    }


def _promotion(company: "Kerlavandre") -> dict[str, float]:
    found = story.results(company)
    sales = company.table("ventes_jour").groupby("date")["unites"].sum()
    week = pd.DatetimeIndex(company.days.loc[company.days["black_friday"], "date"])
    return {
        "hausse": found["lift"],
        "reste": found["unites_nettes"] / found["unites_en_plus"],
        "vendredi": sales.reindex(week).mean() / sales.reindex(week - pd.Timedelta(days=14)).mean(),
    }


def recoveries(company: "Kerlavandre") -> tuple[Recovery, ...]:
    """Return the parameters found again; each error is the standard deviation measured over 200 other variants."""
    p, found = company.params, story.results(company)
    promotion, truth = p.promotion, company.truth()
    orders = company.table("commandes").drop_duplicates("commande_id")
    fate = orders["statut"].value_counts(normalize=True)
    visits = company.table("sessions_jour")
    by_channel = visits.groupby("canal")["sessions"].sum()[list(CHANNELS)].to_numpy()
    users = float(by_channel @ p.funnel.user_ratio / by_channel.sum())
    spent, receipts = company.table("depenses"), company.table("recettes")
    paid = receipts["levier"].isin([lever for lever, name in zip(LEVERS, LEVER_CHANNELS, strict=True) if name in PAID])
    brought = receipts.loc[paid, "commandes_reelles"].sum()
    meta = _sums(spent[spent["campagne"] == "Meta prospection"])
    link = next(one.link_share for one in p.campaigns if one.name == "Meta prospection")
    budget, sea = company.table("budget"), LEVERS.index("SEA")
    plan = _sums(budget[budget["levier"] == "SEA"])
    volume = _sums(receipts[receipts["levier"] == "SEA"])
    return (
        Recovery("hausse des ventes promues", promotion.lift, found["lift"], 0.030),
        Recovery("creux d’après promotion", promotion.dip, -found["creux"], 0.0155),
        Recovery("cannibalisation", promotion.cannibalisation, -found["cannibalisation"], 0.021),
        Recovery("marge des cheveux", truth["taux_marge_cheveux"], found["marge"], 0.0003),
        Recovery("part annulée", p.funnel.cancelled, float(fate["annulée"]), 0.0003),
        Recovery("part remboursée", p.funnel.refunded, float(fate["remboursée"]), 0.0003),
        Recovery("utilisateurs par visite", users, _ratio(visits, "utilisateurs", "sessions"), 0.00025),
        Recovery("surdéclaration", p.overclaim, float(spent["conversions_declarees"].sum() / brought), 0.00012),
        Recovery("clics sur le lien", link, meta["clics_lien"] / meta["clics"], 0.0009),
        Recovery("écart de dépense du SEA", p.expense_gap[sea], plan["reel_ht"] / plan["prevu_ht"] - 1, 0.010),
        Recovery(
            "écart de commandes du SEA", p.volume_gap[sea],
            volume["commandes_reelles"] / volume["commandes_prevues"] - 1, 0.0075,
        ),
        Recovery("croissance annuelle", p.demand.growth, _growth(company), 0.0027),
        *_audience(company),
        *_survey(company),
    )  # fmt: skip


def _ratio(table: pd.DataFrame, top: str, bottom: str) -> float:
    return float(table[top].sum() / table[bottom].sum())


def _growth(company: "Kerlavandre") -> float:
    """Return the growth of the range that the promotion leaves alone: 52 whole weeks against the 52 before."""
    sales = company.table("ventes_jour")
    calm = sales[sales["gamme"] == "Maison"]["unites"].to_numpy()
    return float(np.log(calm[-364:].sum() / calm[-728:-364].sum()) * 365 / 364)


def _audience(company: "Kerlavandre") -> tuple[Recovery, ...]:
    """Return what queries and reviews say: the level of the click curve, how often the main brake is named."""
    seo = company.table("seo")
    seo = seo[~seo["requete"].str.startswith(BRAND)]
    usual = (seo["impressions"] * click_rate(seo["position"].to_numpy())).sum()
    voices, reviews = company.voices, company.table("verbatims")
    share = voices.share / voices.share.sum()
    named = []
    for theme, chances in ((voices.brakes[0], voices.held[:, 0]), (voices.motivations[0], voices.liked[:, 0])):
        pattern = "|".join(rf"\b{re.escape(word)}" for word in theme.words)
        true = float(share @ chances)
        seen = float(reviews["texte"].str.contains(pattern).mean())
        error = float(np.sqrt(true * (1 - true) / len(reviews)))
        named.append(Recovery(f"avis qui parlent de « {theme.name} »", true, seen, error))
    return (
        Recovery("niveau des clics naturels", company.search.level, float(seo["clics"].sum() / usual), 0.0035),
        *named,
    )


def _survey(company: "Kerlavandre") -> tuple[Recovery, ...]:
    """Return what the families' answers say; quotas leave rounding to the unit as the only error."""
    families = company.table("enquete").drop_duplicates()
    families = families[families["segment"] == FAMILIES]
    found = []
    for question, code, true in (
        ("motivation", "economie", company.sample.motivations[survey.FAMILIES, survey.ECONOMY]),
        ("frein", "prix", company.sample.brakes[survey.FAMILIES, survey.PRICE]),
    ):
        said = families.loc[families[question] != survey.SILENT, question]
        seen, error = float((said == code).mean()), 1 / np.sqrt(12) / len(said)
        found.append(Recovery(f"familles qui répondent « {code} »", float(true), seen, error))
    return tuple(found)
