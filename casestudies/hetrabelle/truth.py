"""What a trainer knows of Hêtrabelle: the true parameters, and how well the tables alone give them back."""

from typing import TYPE_CHECKING, Any

import numpy as np

from casestudies.company import Recovery
from casestudies.hetrabelle import analysis, catalogue
from casestudies.hetrabelle.catalogue import IDS, REFERENCE_PRODUCT, SEGMENT_SIZE
from casestudies.hetrabelle.story import price_results
from casestudies.market.sampling import Floats, unrolled

if TYPE_CHECKING:
    from casestudies.hetrabelle.company import Hetrabelle

_POPULATION = 60_000
_SLOPE_STEP = 20.0


def recoveries(company: "Hetrabelle") -> tuple[Recovery, ...]:
    """Return the market's parameters beside what the tables say of them.

    Expected errors (one standard deviation): elasticity, √(σ² + 1/(6q̄²)) / √Σ(x − x̄)², where σ is the noise of a week
    and 1/6 the variance left by rounding whole units; van Westendorp points, standard deviation of the paired gap of
    the two curves over √n, divided by the slope of that gap, both read in a population of 60 000 simulated people;
    share of buyers, √(s(1 − s)/n); market price, the rounding of two prices to the euro; margins and other sales, the
    noise put on purpose (2 % on units, 5 % on pairs) summed in quadrature, plus rounding; DN and DV, √Σ w²p(1 − p)
    over the shops still open, w being 1/n or the share of the turnover.
    """
    p, found = company.params, price_results(company)
    points = _points(company, round(SEGMENT_SIZE.sum() * (1 - found["incoherents"])))
    usual = p.rivals.median[0] * np.exp(p.rivals.offsets[: catalogue.SECOND_HAND, 0])
    market = np.median(usual)
    share = float(p.pricing.acceptance.share(company.asked_prices[[3]], SEGMENT_SIZE / SEGMENT_SIZE.sum())[0])
    return (
        Recovery(
            "élasticité du produit de référence", p.pricing.elasticity, found["elasticite"], _slope_error(company)
        ),
        *(Recovery(f"{name} (€ TTC)", true, found[name], error) for name, (true, error) in points.items()),
        Recovery(
            "part d’acheteurs au quatrième prix demandé",
            share,
            found["acheteurs_prix_indique"],
            np.sqrt(share * (1 - share) / SEGMENT_SIZE.sum()),
        ),
        Recovery("médiane du marché (€ TTC)", market, found["marche_mediane"], 0.25),
        *_range_recoveries(company),
        *_store_recoveries(company),
    )


def _slope_error(company: "Hetrabelle") -> float:
    rows = company.table("historique_prix")
    rows = rows[(rows["produit_id"] == REFERENCE_PRODUCT) & (rows["rupture"] == "non")]
    spread = np.log(rows["prix_ttc"])
    noise = company.params.sigma**2 + 1 / (6 * rows["quantite"].mean() ** 2)
    return float(np.sqrt(noise / ((spread - spread.mean()) ** 2).sum()))


def _points(company: "Hetrabelle", people: int) -> dict[str, tuple[float, float]]:
    """Return (value in the population, sampling error) of each van Westendorp point."""
    rng = company.rng("verite_psm")
    segment = unrolled(SEGMENT_SIZE * _POPULATION // SEGMENT_SIZE.sum())
    thresholds = company.params.pricing.thresholds
    answers = thresholds.answers(segment, rng.standard_normal(len(segment)), rng)
    true = analysis.acceptable_prices(answers)

    def gap(name: str, price: float) -> Floats:
        cheap, fair, dear, dearest = answers.T
        down, up = {
            "PMC": (cheap >= price, fair < price),
            "OPP": (cheap >= price, dearest <= price),
            "IDP": (fair >= price, dear <= price),
            "PME": (dear > price, dearest <= price),
        }[name]
        difference: Floats = up.astype(np.float64) - down.astype(np.float64)
        return difference

    found = {}
    for name, price in true.items():
        slope = (gap(name, price + _SLOPE_STEP).mean() - gap(name, price - _SLOPE_STEP).mean()) / (2 * _SLOPE_STEP)
        found[name] = (price, float(gap(name, price).std() / slope * np.sqrt(1 / people + 1 / len(segment))))
    return found


def _range_recoveries(company: "Hetrabelle") -> tuple[Recovery, ...]:
    p, goods = company.params, company.table("gamme")
    weight = p.last_units * company.net_price
    weight = weight / weight.sum()
    rate = float(1 - weight @ p.goods.cost_rate)
    revenue = (goods["ventes_2026"] * goods["prix_net_moyen_ht"]).sum()
    seen = float((goods["ventes_2026"] * (goods["prix_net_moyen_ht"] - goods["cvu_ht"])).sum() / revenue)
    noise = 0.02 * np.sqrt((weight**2 * (1 - p.goods.cost_rate - rate) ** 2).sum())
    attached = company.table("ventes_associees")
    rows = attached[attached["produit_id"] == IDS[p.goods.enticer]]
    true = float(p.goods.attachment[p.goods.enticer])
    orders = float(rows["commandes"].iloc[0])
    wobble = true * 0.05 * float(np.sqrt((p.goods.mix[p.goods.enticer] ** 2).sum())) + 0.5 / orders
    growth = (goods["ventes_2026"].iloc[p.goods.fading] / goods["ventes_2024"].iloc[p.goods.fading]) ** 0.5 - 1
    trend = float(p.goods.trend[p.goods.fading])
    sold = float(goods["ventes_2026"].iloc[p.goods.fading])
    drift = (1 + trend) / 2 * np.sqrt(2 * 0.02**2 + 2 * (0.29 / sold) ** 2)
    return (
        Recovery("taux de marge sur coûts variables de la gamme", rate, seen, noise),
        Recovery(
            "unités associées par commande de la locomotive", true, rows["unites_associees"].sum() / orders, wobble
        ),
        Recovery("croissance annuelle du produit à supprimer", trend, growth, drift),
    )


def _store_recoveries(company: "Hetrabelle") -> tuple[Recovery, ...]:
    panel = company.store_panel
    panel = panel[panel["open"]]
    chance, turnover = panel["chance"].to_numpy(), panel["ca_rayon_ttc"].to_numpy()
    seen = analysis.distribution_rates(company.table("points_vente"))
    found = []
    for name, weight in (("dn", np.full(len(chance), 1 / len(chance))), ("dv", turnover / turnover.sum())):
        error = float(np.sqrt((weight**2 * chance * (1 - chance)).sum()))
        label = "distribution numérique" if name == "dn" else "distribution valeur"
        found.append(Recovery(label, weight @ chance, seen[name], error))
    return tuple(found)


def truth(company: "Hetrabelle") -> dict[str, Any]:
    """Return the true parameters and places, for trainers only."""
    p = company.params
    kinds = zip(catalogue.CUT_PRODUCTS, p.histories, strict=True)
    return {
        "strategie_de_prix": "écrémage" if p.pricing.skimming else "alignement",
        "elasticite": p.pricing.elasticity,
        "cvu_ht": p.pricing.unit_cost,
        "prix_optimal_ttc": p.pricing.best_price_ttc,
        "mediane_marche_ttc": p.pricing.market_ttc,
        "locomotive": IDS[p.goods.enticer],
        "produit_a_supprimer": IDS[p.goods.fading],
        "produit_a_ameliorer": company.opinions.to_mend,
        "defaut_a_corriger": company.opinions.defect,
        "produit_aux_avis_trop_rares": company.opinions.hardly_rated,
        "produit_livre_en_retard": company.opinions.late,
        "unites_associees_par_commande_locomotive": float(p.goods.attachment[p.goods.enticer]),
        "historique_avant_reduction": dict(kinds),
        "part_recue_par_circuit": dict(
            zip([c[0] for c in catalogue.CIRCUITS], p.network.received.tolist(), strict=True)
        ),
        "elasticites": dict(
            zip([IDS[k] for k in catalogue.ONLINE.tolist()], p.elasticities.round(3).tolist(), strict=True)
        ),
        "places_swot": company.fact_places,
        "pieges_swot": company.fact_traps,
        "part_incoherents": p.pricing.muddled,
        "role_qui_fixe_la_date": company.launch.setter,
        "tache_a_confier": company.launch.given_out.id,
        "allegations_agence": {f"E{rank}": one.kind for rank, one in enumerate(company.claims, 1)},
    }
