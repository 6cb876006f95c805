"""What one knows of Bocanterre: its headline rates, and the market's parameters found again from its tables."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.bocanterre import params, story
from casestudies.bocanterre.params import DEVICES, N_STORES, N_TREATED
from casestudies.company import Headline, Recovery
from casestudies.market.sampling import Floats

if TYPE_CHECKING:
    from casestudies.bocanterre.company import Bocanterre

OPEN_DAYS = 47
"""Opening days in a window of eight weeks, about."""
YEAR_OPEN_DAYS = 308
RAIN_LUCK = 0.043
"""Standard deviation of the share of rainy days from one year to the next (simulated, 200 variants)."""
BOARD = "hypothèse"


def headlines(company: "Bocanterre") -> tuple[Headline, ...]:
    """Return the headline rates: food shops, click and collect, site, audit."""
    sales = company.table("ventes_magasin_jour")
    year = sales[sales["date"] >= pd.Timestamp(params.CLICK_START)]
    past = sales[sales["date"] < pd.Timestamp(params.CLICK_START)]
    orders, goods, site = story.clean_orders(company), company.table("catalogue"), company.table("site_jour")
    placed = company.table("click_collect").drop_duplicates()
    visits = site[["sessions", "addToCarts", "ecommercePurchases"]].sum()
    price = goods["pv_ttc"] / (1 + goods["tva"] / 100)
    stores, click = year["ca_ttc"].sum(), orders["ca_ttc"].sum()
    open_days = year[year["tickets"] > 0]
    rates, pages = story.audit_rates(company), story.clean_pages(company)
    rows: tuple[tuple[str, Any, float, float, str, str], ...] = (
        ("CA annuel", stores + click, 6.6e6, 7.9e6, "€ TTC", "récit du cas"),
        ("Croissance annuelle des magasins", stores / past["ca_ttc"].sum() - 1, 0.01, 0.09, "proportion", BOARD),
        ("Panier en magasin", stores / year["tickets"].sum(), 22.0, 35.0, "€ TTC", BOARD),
        ("Tickets par jour d’ouverture", open_days["tickets"].mean(), 50.0, 110.0, "tickets", BOARD),
        ("Clients identifiés par ticket", year["clients"].sum() / year["tickets"].sum(), 0.5, 0.7, "proportion", BOARD),
        ("Panier click & collect", click / len(orders), 40.0, 65.0, "€ TTC", BOARD),
        ("Part du click & collect", click / (stores + click), 0.05, 0.12, "proportion", BOARD),
        ("Commandes annulées", (placed["statut"] == "annulée").mean(), 0.02, 0.06, "proportion", BOARD),
        (
            "Taux de conversion",
            visits["ecommercePurchases"] / visits["sessions"],
            0.03,
            0.05,
            "proportion",
            "dgl-agency.fr",
        ),
        ("Ajouts au panier par session", visits["addToCarts"] / visits["sessions"], 0.06, 0.12, "proportion", BOARD),
        (
            "Abandon de panier",
            1 - visits["ecommercePurchases"] / visits["addToCarts"],
            0.60,
            0.80,
            "proportion",
            "Baymard (66 à 80 %)",
        ),
        (
            "Marge sur ventes HT",
            (1 - goods["pa_ht"] / price).mean(),
            0.27,
            0.38,
            "proportion",
            "Insee Focus 284 (30 %)",
        ),
        (
            "Retour des bocaux",
            year["bocaux_rendus"].sum() / year["bocaux_vendus"].sum(),
            0.65,
            0.90,
            "proportion",
            BOARD,
        ),
        ("Taux moyen de conformité RGAA", rates.mean, 0.55, 0.85, "proportion", BOARD),
        ("Poids médian d’une page", pages["poids_ko"].median(), 1500.0, 3000.0, "ko", BOARD),
    )
    return tuple(
        Headline(label, float(value), low, high, unit, source) for label, value, low, high, unit, source in rows
    )


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
    cancelled = p.click.cancelled
    cv = np.sqrt(np.expm1(p.click.spread**2))
    visits = site.groupby("deviceCategory")[["sessions", "ecommercePurchases"]].sum()
    bought = (visits["ecommercePurchases"] / visits["sessions"])[list(DEVICES)].to_numpy(np.float64)
    measured = site["ecommercePurchases"].sum() / len(placed)
    rain, rain_error = _rain(company)
    conversion = tuple(
        Recovery(
            f"Taux de conversion, {device}",
            float(p.click.conversion[rank]),
            float(bought[rank]),
            float(p.click.conversion[rank] * 1.2 * 0.06 / np.sqrt(365)),
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
            float(orders["ca_ttc"].mean()),
            float(p.click.basket * cv / np.sqrt(len(orders))),
        ),
        Recovery(
            "Part des commandes annulées",
            cancelled,
            float((placed["statut"] == "annulée").mean()),
            float(np.sqrt(cancelled * (1 - cancelled) / len(placed))),
        ),
        Recovery("Visiteurs qui refusent la mesure", p.click.refusal, float(1 - measured), 1.3 * 0.03 / np.sqrt(730)),
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
