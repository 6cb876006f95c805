"""The true effects behind the figures of Bocanterre, and what its tables alone say of them."""

from typing import TYPE_CHECKING, Any

import numpy as np

from casestudies.bocanterre import finance, project, story
from casestudies.bocanterre.click import CATERERS
from casestudies.bocanterre.params import DEVICES, N_STORES, N_TREATED
from casestudies.bocanterre.places import STORES
from casestudies.company import Recovery
from casestudies.market import plan_faults
from casestudies.market.sampling import Floats

if TYPE_CHECKING:
    from casestudies.bocanterre.company import Bocanterre

OPEN_DAYS = 47
"""Opening days in a window of eight weeks, about."""
YEAR_OPEN_DAYS = 308
RAIN_LUCK = 0.043
"""Standard deviation of the share of rainy days from one year to the next (simulated, 200 variants)."""


def recoveries(company: "Bocanterre") -> tuple[Recovery, ...]:
    """Return each parameter, its estimate from the tables and its expected error.

    Errors, one standard deviation: the effect misses by ``luck`` (uniform within half a standard error, hence
    0.289 of it); trend and growth by the common noise of both windows (its memory multiplies the variance by
    (1 + 0.3) / (1 - 0.3)), and growth also by the stores' own noise and by the luck of the weather; rain by the
    residuals of the regression; jars and cards by their daily factor (0.08 and 0.20) in four groups of store-days;
    orders by the law of their baskets or the binomial law; the site by its daily factors (0.03 and 0.06).
    """
    p, found = company.params, story.trial(company)
    orders, site = story.clean_orders(company), company.table("site_jour")
    placed = company.table("click_collect").drop_duplicates()
    memory = p.common_noise * np.sqrt(1.3 / 0.7)
    groups = np.sqrt(2 * (1 / N_TREATED + 1 / (N_STORES - N_TREATED)) / OPEN_DAYS)
    rate = p.jars.returned
    cv = np.sqrt(np.expm1(p.click.spread**2))
    visits = site.groupby("deviceCategory")[["sessions", "ecommercePurchases"]].sum()
    bought = (visits["ecommercePurchases"] / visits["sessions"])[list(DEVICES)].to_numpy(np.float64)
    measured = site["ecommercePurchases"].sum() / len(placed)
    rain, rain_error = _rain(company)
    conversion = tuple(
        Recovery(
            f"Taux de conversion, {device}",
            p.click.conversion[rank],
            bought[rank],
            p.click.conversion[rank] * 1.2 * 0.06 / np.sqrt(365),
        )
        for rank, device in enumerate(DEVICES)
    )
    return (
        Recovery(
            "Effet de la carte sur le CA", p.trial.effect, found["effet"], 0.289 * p.trial.standard_error(N_STORES)
        ),
        Recovery("Évolution des témoins", p.trend, found["temoin"], memory * np.sqrt(2 / OPEN_DAYS)),
        Recovery("Croissance annuelle (log)", p.footfall.growth, _growth(company), _growth_error(company, memory)),
        Recovery("Effet de la pluie (log)", p.footfall.rain, rain, rain_error),
        Recovery("Points de retour des bocaux perdus", p.jars.lost_points, found["retour_perdu"], rate * 0.08 * groups),
        Recovery("Cartes créées, multiplicateur", p.enrolment, found["cartes"], p.enrolment * 0.20 * groups),
        Recovery(
            "Panier click & collect",
            p.click.basket,
            orders["ca_ttc"].mean(),
            p.click.basket * cv / np.sqrt(len(orders)),
        ),
        Recovery.of_share(
            "Part des commandes annulées", p.click.cancelled, (placed["statut"] == "annulée").sum(), len(placed)
        ),
        Recovery("Visiteurs qui refusent la mesure", p.click.refusal, 1 - measured, 1.3 * 0.03 / np.sqrt(730)),
        *conversion,
    )


def _growth(company: "Bocanterre") -> float:
    """Return the growth (log) from one year to the next of the control stores that never closed for works."""
    sales = company.table("ventes_magasin_jour")
    revenue = sales["ca_ttc"].to_numpy(np.float64).reshape(-1, N_STORES)
    closed = (revenue == 0).sum(axis=0)
    kept = (story.treated(company) == 0) & (closed == closed.min())
    half = len(revenue) // 2
    past, now = (year[:, kept].sum(axis=0) for year in (revenue[:half], revenue[half:]))
    return float(np.log(now / past).mean())


def _growth_error(company: "Bocanterre", memory: float) -> float:
    p = company.params
    stores = N_STORES - N_TREATED - 1
    common = 2 * memory**2 / YEAR_OPEN_DAYS
    own = 2 * (p.block_noise**2 / 13 + p.daily_noise**2 / YEAR_OPEN_DAYS + (p.trial.spread / 6.5) ** 2 / 2) / stores
    weather = (p.footfall.rain * RAIN_LUCK) ** 2
    return float(np.sqrt(common + own + weather))


def _rain(company: "Bocanterre") -> tuple[float, float]:
    """Return the effect of rain and its error: log sales less the means of the day and of the store, on rain.

    The days of the trial and the same a year before are left out: stores changed there for reasons of their own.
    """
    sales = company.table("ventes_magasin_jour")
    revenue = sales["ca_ttc"].to_numpy(np.float64).reshape(-1, N_STORES)
    rain = np.asarray(sales["meteo"] == "pluie", dtype=np.float64).reshape(-1, N_STORES)
    opened = np.asarray((revenue > 0).all(axis=1))
    for name in ("pendant", "pendant_n_1"):
        opened[company.periods[name].filtrer(company.days).index] = False
    y, x = (_two_way(values[opened]) for values in (np.log(np.maximum(revenue, 1.0)), rain))
    slope = float((x * y).sum() / (x * x).sum())
    rest = y - slope * x
    return slope, float(1.1 * np.sqrt((rest**2).mean() / (x * x).sum()))


def _two_way(values: Floats) -> Floats:
    centred: Floats = values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()
    return centred


def truth(company: "Bocanterre") -> dict[str, Any]:
    """Return the true effects behind the figures; for trainers only."""
    p, plan, found = company.params, company.project, story.trial(company)
    rates = story.audit_rates(company)
    works = int(np.argmax(company.closed_for_works.any(axis=1)))
    return {
        "test_concluant": p.proven,
        "effet_carte": p.trial.effect,
        "magasins_test": [STORES[k].id for k in p.trial.treated],
        "debut_test": p.starts,
        "ecart_type_entre_magasins": p.trial.spread,
        "evolution_temoins": p.trend,
        "avant_apres_naif": found["naif"],
        "effet_mesure_points": found["did"],
        "erreur_type": found["erreur_type"],
        "croissance_annuelle_log": p.footfall.growth,
        "effet_pluie_log": p.footfall.rain,
        "points_retour_bocaux_perdus": p.jars.lost_points,
        "multiplicateur_cartes": p.enrolment,
        "roi_test": found["roi"],
        "magasin_en_travaux": STORES[works].id,
        "panier_click_collect": p.click.basket,
        "commandes_traiteur": CATERERS,
        "refus_mesure_audience": p.click.refusal,
        "taux_moyen_rgaa": rates.mean,
        "taux_global_rgaa": rates.overall,
        "boucle": list(plan_faults.cycle(plan.written)),
        "lien_a_couper": {"tache": plan.loop[0], "predecesseur_en_trop": plan.loop[1]},
        "conflit_double_affectation": plan.busy,
        "conflit_absence": plan.away,
        "roles_qui_conviennent": {task.id: task.role for task in plan.sound if task.id in plan.busy | plan.away},
        "chemin_critique": list(project.critical_path(plan)),
        "fin_apres_corrections": plan.day(plan.finish({})).date(),
        "fin_sans_correction": plan.day(plan.finish(plan.busy | plan.away)).date(),
        "echeance": company.deadline,
        "ecart_budget": dict(zip(finance.POSTS, p.budget_gap.tolist(), strict=True)),
    }
