"""The true effects behind the figures of Kerlavandre, and what its tables alone say of them."""

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.company import Recovery
from casestudies.kerlavandre import story, survey
from casestudies.kerlavandre.catalogue import PROMOTED
from casestudies.kerlavandre.params import CHANNELS, LEVER_CHANNELS, LEVERS, PAID
from casestudies.market.search import click_rate

if TYPE_CHECKING:
    from casestudies.kerlavandre.company import Kerlavandre

FAMILIES = "Familles"


def recoveries(company: "Kerlavandre") -> tuple[Recovery, ...]:
    """Return the parameters found again; each error is the standard deviation measured over 200 other variants."""
    p, found = company.params, story.results(company)
    promotion, margin = p.promotion, truth(company)["taux_marge_cheveux"]
    orders = company.table("commandes").drop_duplicates("commande_id")
    fate = orders["statut"].value_counts(normalize=True)
    visits = company.table("sessions_jour")
    by_channel = visits.groupby("canal")["sessions"].sum()[list(CHANNELS)].to_numpy()
    users = float(by_channel @ p.funnel.user_ratio / by_channel.sum())
    spent, receipts = company.table("depenses"), company.table("recettes")
    paid = receipts["levier"].isin([lever for lever, name in zip(LEVERS, LEVER_CHANNELS, strict=True) if name in PAID])
    brought = receipts.loc[paid, "commandes_reelles"].sum()
    meta = story.sums(spent[spent["campagne"] == "Meta prospection"])
    link = next(one.link_share for one in p.campaigns if one.name == "Meta prospection")
    budget, sea = company.table("budget"), LEVERS.index("SEA")
    plan = story.sums(budget[budget["levier"] == "SEA"])
    volume = story.sums(receipts[receipts["levier"] == "SEA"])
    return (
        Recovery("hausse des ventes promues", promotion.lift, found["lift"], 0.036),
        Recovery("creux d’après promotion", promotion.dip, -found["creux"], 0.020),
        Recovery("cannibalisation", promotion.cannibalisation, -found["cannibalisation"], 0.024),
        Recovery("marge des cheveux", margin, found["marge"], 0.0003),
        Recovery("part annulée", p.funnel.cancelled, fate["annulée"], 0.0003),
        Recovery("part remboursée", p.funnel.refunded, fate["remboursée"], 0.0003),
        Recovery("utilisateurs par visite", users, _ratio(visits, "utilisateurs", "sessions"), 0.00025),
        Recovery("surdéclaration", p.overclaim, spent["conversions_declarees"].sum() / brought, 0.00012),
        Recovery("clics sur le lien", link, meta["clics_lien"] / meta["clics"], 0.0009),
        Recovery("écart de dépense du SEA", p.expense_gap[sea], plan["reel_ht"] / plan["prevu_ht"] - 1, 0.010),
        Recovery(
            "écart de commandes du SEA",
            p.volume_gap[sea],
            volume["commandes_reelles"] / volume["commandes_prevues"] - 1,
            0.0075,
        ),
        Recovery("croissance annuelle", p.demand.growth, _growth(company), 0.0046),
        *_audience(company),
        *_survey(company),
    )


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
    seo = seo[~seo["requete"].str.startswith(story.BRAND)]
    usual = (seo["impressions"] * click_rate(seo["position"].to_numpy())).sum()
    voices, reviews = company.voices, company.table("verbatims")
    share = voices.share / voices.share.sum()
    named = []
    for theme, chances in ((voices.brakes[0], voices.held[:, 0]), (voices.motivations[0], voices.liked[:, 0])):
        pattern = "|".join(rf"\b{re.escape(word)}" for word in theme.words)
        said = reviews["texte"].str.contains(pattern).sum()
        named.append(
            Recovery.of_share(f"avis qui parlent de « {theme.name} »", float(share @ chances), said, len(reviews))
        )
    return (
        Recovery("niveau des clics naturels", company.search.level, seo["clics"].sum() / usual, 0.0035),
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
        found.append(Recovery(f"familles qui répondent « {code} »", true, seen, error))
    return tuple(found)


def truth(company: "Kerlavandre") -> dict[str, Any]:
    """Return the true effects behind the figures; for trainers only."""
    p = company.params
    goods = company.catalogue
    return {
        "remise": p.promotion.discount,
        "debut": p.starts,
        "jours": p.promotion.length,
        "lift": p.promotion.lift,
        "creux": p.promotion.dip,
        "creux_duree_jours": p.promotion.dip_days,
        "cannibalisation": p.promotion.cannibalisation,
        "points_nouveaux_clients": p.promotion.new_share,
        "taux_marge_cheveux": 1 - float(goods.mean(goods.cost_ht)[PROMOTED] / goods.mean(goods.price_ht)[PROMOTED]),
        "croissance_annuelle": p.demand.growth,
        "cadeaux_de_decembre": float(np.exp(p.gifts) - 1),
        "part_payee": p.paid_share,
        "surdeclaration": p.overclaim,
        "ecart_depenses": dict(zip(LEVERS, p.expense_gap.tolist(), strict=True)),
        "ecart_volume": dict(zip(LEVERS, p.volume_gap.tolist(), strict=True)),
        "ecart_prix": dict(zip(LEVERS, p.price_gap.tolist(), strict=True)),
        **company.audience_truth(),
        **company.survey_truth(),
    }
