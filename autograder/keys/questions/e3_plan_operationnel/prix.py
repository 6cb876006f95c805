"""Notebook 03: cost, offer and demand of a price (B2-C10), its strategy (B2-C09), prices by person (B2-C11)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from autograder.keys import metrics, pricing
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.hetrabelle import analysis
from casestudies.hetrabelle.catalogue import NEW_PRODUCT, REFERENCE_PRODUCT

KEYS = Keys("e3-plan-operationnel/03-prix", company="hetrabelle")
SKIMMING, ALIGNMENT, PENETRATION = "écrémage", "alignement", "pénétration"
TARIFF_SEGMENT = "Reconditionné d’abord"
JUNIOR_COLUMNS = ("cvu_ht", "pa_ht", "charges_fixes_ht", "ventes_2026")


@dataclass(frozen=True)
class LaunchCosts:
    """What the new product costs (€ excl. tax), and the launch that it must pay back."""

    making: float
    variable: float
    fixed: float
    units: float
    vat: float

    @property
    def full(self) -> float:
        """Variable costs and the share of the fixed costs, by unit."""
        return self.variable + self.fixed / self.units


def costs(case: Case) -> LaunchCosts:
    """Return the costs of the new product."""
    known = case.fact(hypotheses)
    making = known["cout_fabrication_ht"]
    variable = making + known["cout_livraison_ht"] + known["cout_sav_paiement_ht"]
    return LaunchCosts(making, variable, known["charges_fixes_lancement_ht"], known["volume_prevu"], known["taux_tva"])


def readings(case: Case) -> pd.DataFrame:
    """Return the prices seen for the products like the new one, as they were noted."""
    table = case.table("releves_prix")
    return table[table["produit_id"] == NEW_PRODUCT]


def usual_prices(case: Case) -> pd.Series:
    """Return the usual price of each competitor (€ incl. tax): new, in stock, out of promotion."""
    return analysis.rival_prices(case.table("releves_prix"))


def kept_answers(case: Case) -> pd.DataFrame:
    """Return the people whose four thresholds grow."""
    return analysis.ordered(case.table("enquete_psm"))


def acceptable(case: Case) -> dict[str, float]:
    """Return PMC, OPP, IDP and PME (€ incl. tax)."""
    return analysis.acceptable_prices(case.fact(kept_answers)[list(analysis.THRESHOLDS)].to_numpy())


def other_bounds(case: Case) -> dict[str, float]:
    """Return PMC and PME as other authors read them, on the curves « cher » and « bon marché » themselves."""
    answers = case.fact(kept_answers)[list(analysis.THRESHOLDS)].to_numpy()
    prices = np.unique(answers)
    share = analysis.curves(answers, prices)
    return {
        "PMC": analysis.crossing(share["trop_bon_marche"], share["cher"], prices),
        "PME": analysis.crossing(share["bon_marche"], share["trop_cher"], prices),
    }


def weeks(case: Case) -> pd.DataFrame:
    """Return the weeks of the product that stands for the new one, stock-outs included."""
    table = case.table("historique_prix")
    return table[(table["produit_id"] == REFERENCE_PRODUCT) & (table["quantite"] > 0)]


def slope(case: Case) -> float:
    """Return the elasticity of sales by visit, weeks short of stock left out."""
    return analysis.elasticity(case.table("historique_prix"))


def answered(case: Case) -> pd.Series:
    """Return the share of people who would buy, by price asked."""
    return pricing.accepting(case.table("enquete_gabor"))


def best_asked(case: Case) -> float:
    """Return the price asked whose margin is the highest (€ incl. tax)."""
    known, share = case.fact(costs), case.fact(answered)
    price = share.index.to_numpy(dtype=np.float64)
    return float(price[np.argmax((price / (1 + known.vat) - known.variable) * share.to_numpy())])


@dataclass(frozen=True)
class Tariff:
    """A segment at the price of all and at the price asked just below: prices incl. tax, shares of buyers."""

    price: float
    lower: float
    share: float
    lower_share: float


def tariff(case: Case) -> Tariff:
    """Return what the segment of the tariff would buy at both prices."""
    table = case.table("enquete_gabor")
    share = pricing.accepting(table[table["segment"] == TARIFF_SEGMENT])
    asked = [float(price) for price in share.index]
    price = case.fact(best_asked)
    lower = asked[asked.index(price) - 1]
    return Tariff(price, lower, float(share[price]), float(share[lower]))


# 40 € of costs, 10 € of fixed costs, 20 % of VAT: B is 60 €.
KEYS.fixed_choice("p3-entree-plancher", "B", {"M700": "A", "M701": "C", "M703": "D"})
# Elasticity −2, price +5 %: A is −10 %.
KEYS.fixed_choice("p3-entree-elasticite", "A", {"M717": "C", "M127": "D"})
# 70 € then 80 € within the thirty days: C.
KEYS.fixed_choice("p3-entree-reference", "C", {"M725": "A", "M728": "D"})


@KEYS.number("p3-plancher", "€ TTC")
def floor(case: Case) -> Stated:
    """Variable costs and share of the launch, incl. VAT."""
    known = case.fact(costs)
    return pricing.floor_price_ttc(known.variable, known.fixed, known.units, known.vat), {
        "M700": known.full,
        "M701": known.variable * (1 + known.vat),
        "M702": (known.making + known.fixed / known.units) * (1 + known.vat),
        "M703": known.full / (1 - known.vat),
    }


@KEYS.values("p3-concurrents", "concurrent", "€ TTC")
def rivals(case: Case) -> Stated:
    """Median of the comparable prices of each competitor, incl. VAT."""
    right = by_name(case.fact(usual_prices))
    seen = case.fact(readings)
    new = seen[seen["concurrent"].isin(list(right))]
    ttc = new["prix_affiche"].where(new["base"] == "TTC", new["prix_affiche"] * (1 + case.fact(costs).vat))
    good = (new["disponible"] == "oui") & (new["promotion"] == "non")
    names = new["concurrent"]
    wrongs = {
        "M704": by_name(new["prix_affiche"][good].groupby(names[good]).median()),
        "M705": by_name(ttc.groupby(names).median()),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p3-opp", "€ TTC")
def optimal_point(case: Case) -> Stated:
    """Where as many find it too cheap as too expensive."""
    points = case.fact(acceptable)
    return points["OPP"], {"M709": points["IDP"], "M710": (points["PMC"], points["PME"])}


@KEYS.values("p3-bornes", "borne", "€ TTC")
def bounds(case: Case) -> Stated:
    """Return the two ends of the acceptable prices."""
    points, other = case.fact(acceptable), case.fact(other_bounds)
    low, high = points["PMC"], points["PME"]
    return {"PMC": low, "PME": high}, {"M711": {"PMC": high, "PME": low}, "M712": other}


@KEYS.number("p3-prix-marge", "€ TTC")
def asked_price(case: Case) -> Stated:
    """Price asked whose margin is the highest."""
    share = case.fact(answered)
    price = share.index.to_numpy(dtype=np.float64)
    return case.fact(best_asked), {
        "M713": float(price[np.argmax(price * share.to_numpy())]),
        "M714": float(price[np.argmax(share.to_numpy())]),
        "M715": float(price[-1]),
    }


@KEYS.number("p3-elasticite", "% de ventes par visite pour 1 % de prix", sign=-1)
def elasticity(case: Case) -> Stated:
    """Slope of log(sales by visit) on log(price), weeks short of stock left out."""
    every = case.fact(weeks)
    rows = every[every["rupture"] == "non"]
    rate = rows["quantite"] / rows["visites"]
    x, y = np.log(rows["prix_ttc"]), np.log(rate)
    right = case.fact(slope)
    back = float(np.polyfit(y, x, 1)[0])
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M716": pricing.log_slope(every["prix_ttc"], every["quantite"] / every["visites"]),
        "M717": (back, 1 / back),
        "M718": pricing.log_slope(rows["prix_ttc"], rows["quantite"]),
        "M719": float(np.polyfit(rows["prix_ttc"], rate, 1)[0]),
    }
    return right, apart(right, wrongs)


@KEYS.number("p3-prix-indique", "€ TTC", needs=(elasticity,))
def indicated_price(case: Case) -> Stated:
    """Variable cost × e ÷ (e + 1), then VAT."""
    known, e = case.fact(costs), case.value(elasticity)
    right = known.variable * e / (e + 1) * (1 + known.vat)
    return right, {
        "M700": right / (1 + known.vat),
        "M702": known.making * e / (e + 1) * (1 + known.vat),
        "M720": (known.variable * e / (e - 1) * (1 + known.vat), known.variable * -e * (1 + known.vat)),
        "M721": known.full * e / (e + 1) * (1 + known.vat),
    }


@KEYS.number("p3-ecart-marche", PROPORTION, decimals=3, needs=(indicated_price,))
def gap(case: Case) -> Stated:
    """Compare the indicated price with the median of the competitors' usual prices."""
    price, market = case.value(indicated_price), float(case.fact(usual_prices).median())
    vat = case.fact(costs).vat
    right = metrics.change(market, price)
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M50": (price - market) / price,
        "M51": price / market,
        "M131": price - market,
        "M724": metrics.change(market, price / (1 + vat)),
    }
    return right, apart(right, wrongs, 0.001)


@KEYS.choice("p3-strategie")
def strategy(case: Case) -> Stated:
    """State A for skimming, B for alignment; the price without VAT falls one zone lower."""
    known = case.fact(hypotheses)
    price = pricing.best_price_ht(case.fact(costs).variable, case.fact(slope))
    gap_rate = metrics.change(float(case.fact(usual_prices).median()), price * (1 + case.fact(costs).vat))
    if gap_rate > known["seuil_ecremage"]:
        return "A", {"M722": "C", "M723": "B"}
    return "B", {"M724": "C", "M723": "A"}


@KEYS.values("p3-reference", "produit_id", "€ TTC")
def reference(case: Case) -> Stated:
    """Lowest price of the thirty days before the first reduction, by product."""
    planned, daily = case.table("promotions_prevues"), case.table("prix_45_jours")
    right = analysis.reference_prices(daily, planned)
    late = analysis.reference_prices(daily, planned.assign(premiere_reduction=planned["date_debut"]))
    rows = daily.merge(planned[["produit_id", "premiere_reduction"]], on="produit_id")
    before = rows[rows["date"] < rows["premiere_reduction"]].sort_values("date").groupby("produit_id")["prix_ttc"]

    truth = by_name(right)
    wrongs = {
        "M725": by_name(planned.set_index("produit_id")["prix_barre_propose_ttc"]),
        "M726": by_name(daily.groupby("produit_id")["prix_ttc"].min()),
        "M727": by_name(late),
        "M728": by_name(before.last()),
    }
    return truth, elsewhere(truth, wrongs)


@KEYS.number("p3-gain-tarif", "€ HT pour 100 personnes du segment")
def tariff_gain(case: Case) -> Stated:
    """Margin of 100 people of the segment at the lower price, less their margin at the price of all."""
    seen, known = case.fact(tariff), case.fact(costs)

    def margin(price: float, share: float, vat: float = known.vat) -> float:
        return pricing.margin_per_hundred_ht(price, known.variable, share, vat)

    right = margin(seen.lower, seen.lower_share) - margin(seen.price, seen.share)
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M729": margin(seen.lower, seen.lower_share - seen.share),
        "M730": margin(seen.lower, seen.lower_share, 0.0) - margin(seen.price, seen.share, 0.0),
        "M731": 100 * (seen.lower * seen.lower_share - seen.price * seen.share) / (1 + known.vat),
    }
    return right, apart(right, wrongs)


@KEYS.number("p3-plancher-junior", "€ TTC")
def junior_floor(case: Case) -> Stated:
    """Return the floor of the product that stands for the new one, on the units of its last year."""
    goods = case.table("gamme").set_index("produit_id")
    product = {name: float(goods[name].to_dict()[REFERENCE_PRODUCT]) for name in JUNIOR_COLUMNS}
    cost, fixed = product["cvu_ht"], product["charges_fixes_ht"]
    units, vat = product["ventes_2026"], case.fact(costs).vat
    full = cost + fixed / units
    return pricing.floor_price_ttc(cost, fixed, units, vat), {
        "M700": full,
        "M701": cost * (1 + vat),
        "M702": (product["pa_ht"] + fixed / units) * (1 + vat),
        "M703": full / (1 - vat),
    }
