"""Notebook 05: what the levers bring back (B1-C15), variances from the plan and what to do of them (B1-C16)."""

from dataclasses import dataclass

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import mistaken_return
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance.levers import (
    META,
    MICROS,
    PAID_LEVERS,
    by_campaign,
    campaigns,
    expenses,
    of_lever,
    of_levers,
    receipts,
)
from autograder.keys.questions.e2_performance.roi_promotion import contribution

KEYS = Keys("e2-performance/05-ecarts", company="kerlavandre")


@dataclass(frozen=True)
class Variance:
    """Planned and actual revenue of one lever over the year: orders and baskets."""

    planned_orders: float
    planned_revenue_ht: float
    actual_orders: float
    actual_revenue_ht: float

    @property
    def planned_basket_ht(self) -> float:
        """Planned revenue by planned order."""
        return self.planned_revenue_ht / self.planned_orders

    @property
    def actual_basket_ht(self) -> float:
        """Actual revenue by actual order."""
        return self.actual_revenue_ht / self.actual_orders

    @property
    def total_ht(self) -> float:
        """Actual revenue less planned revenue."""
        return self.actual_revenue_ht - self.planned_revenue_ht


def variance(case: Case, lever: str = "SEA") -> Variance:
    """Return planned and actual revenue of a lever."""
    table = case.fact(receipts)
    names = ("commandes_prevues", "ca_prevu_ht", "commandes_reelles", "ca_reel_ht")
    return Variance(*(of_lever(table, lever, name) for name in names))


def media_ht(case: Case, levers: tuple[str, ...]) -> float:
    """Return what the platforms invoiced for some levers over the year, euros excluding VAT."""
    ads = case.fact(campaigns)
    return float(ads.loc[ads["levier"].isin(levers), "cout_ht"].sum())


# 1 000 € planned, 1 200 € spent: C is +20 %, unfavourable.
KEYS.fixed_choice("q5-entree-ecart", "C", {"M103": "A", "M101": "B", "M102": "D"})


@KEYS.number("q5-cpc", "€ HT par clic")
def cost_per_click(case: Case) -> Stated:
    """Cost over link clicks, the platform's campaigns together, over the year."""
    table = case.fact(by_campaign)
    each = table.loc[META]
    cost, clicks = float(each["cout_ht"].sum()), float(each["clics_lien"].sum())
    cpc = metrics.ratio(cost, clicks)
    return cpc, {
        "M08": float((each["cout_ht"] / each["clics_lien"]).mean()),
        "M09": 1000 * cost / float(each["impressions"].sum()),
        "M10": cost / float(each["clics"].sum()),
        "M11": (cpc * MICROS, cpc * 1000),
        "M179": float(table["cout_ht"].sum()) / float(table["clics_lien"].sum()),
    }


@KEYS.number("q5-roas-media", "€ de ventes par € de média")
def media_roas(case: Case) -> Stated:
    """Revenue counted once over what the platforms invoiced, the four paid levers together."""
    spent, sold, ads = case.fact(expenses), case.fact(receipts), case.fact(campaigns)
    revenue, media = of_levers(sold, PAID_LEVERS, "ca_reel_ht"), media_ht(case, PAID_LEVERS)
    each = [of_lever(sold, name, "ca_reel_ht") / media_ht(case, (name,)) for name in PAID_LEVERS]
    return metrics.ratio(revenue, media), {
        "M32": sum(each) / len(each),
        "M34": float(ads["valeur_declaree_ttc"].sum()) / media,
        "M163": media / revenue,
        "M179": float(sold["ca_reel_ht"].sum()) / media,
        "M404": revenue / of_levers(spent, PAID_LEVERS, "reel_ht"),
    }


@KEYS.number("q5-roas", "€ de ventes par € dépensé")
def roas(case: Case) -> Stated:
    """Revenue counted once over actual expenses, the four paid levers together."""
    spent, sold, ads = case.fact(expenses), case.fact(receipts), case.fact(campaigns)
    cost = of_levers(spent, PAID_LEVERS, "reel_ht")
    revenue = of_levers(sold, PAID_LEVERS, "ca_reel_ht")
    each = [of_lever(sold, name, "ca_reel_ht") / of_lever(spent, name, "reel_ht") for name in PAID_LEVERS]
    declared = float(ads["valeur_declaree_ttc"].sum())
    return metrics.ratio(revenue, cost), {
        "M32": sum(each) / len(each),
        "M34": (declared / cost, metrics.excluding_vat(declared, 0.20) / cost),
        "M136": revenue / of_levers(spent, PAID_LEVERS, "prevu_ht"),
        "M163": cost / revenue,
        "M403": revenue / media_ht(case, PAID_LEVERS),
        "M179": float(sold["ca_reel_ht"].sum()) / float(spent["reel_ht"].sum()),
    }


@KEYS.number("q5-mer", "€ de chiffre d’affaires par € dépensé")
def marketing_efficiency(case: Case) -> Stated:
    """Revenue of the whole company over all its marketing expenses."""
    spent, sold = case.fact(expenses), case.fact(receipts)
    revenue, cost = case.fact(hypotheses)["ca_annuel_ht"], float(spent["reel_ht"].sum())
    return metrics.ratio(revenue, cost), {
        "M33": of_levers(sold, PAID_LEVERS, "ca_reel_ht") / cost,
        "M136": revenue / float(spent["prevu_ht"].sum()),
        "M163": cost / revenue,
        "M164": float(sold["ca_reel_ht"].sum()) / cost,
        "M165": revenue / float(case.fact(campaigns)["cout_ht"].sum()),
    }


@KEYS.number("q5-poas", "€ de marge par € dépensé", needs=(roas,))
def poas(case: Case) -> Stated:
    """Margin on variable costs by euro spent on the paid levers."""
    sold_per_euro = case.value(roas)
    yearly = sold_per_euro * case.fact(hypotheses)["taux_mcv"]
    return yearly, {"M126": sold_per_euro * case.fact(contribution).rate(), "M167": sold_per_euro}


@KEYS.number("q5-ecart-sea", PROPORTION)
def spend_variance(case: Case) -> Stated:
    """Actual over planned expenses of SEA, less one."""
    spent = case.fact(expenses)
    planned, actual = (of_lever(spent, "SEA", column) for column in ("prevu_ht", "reel_ht"))
    right = metrics.change(planned, actual)
    return right, {
        "M51": actual / planned,
        "M101": -right,
        "M102": (actual - planned) / actual,
        "M131": actual - planned,
    }


@KEYS.choice("q5-sens")
def meaning(case: Case) -> Stated:
    """Expect A when both are favourable, B when neither is, C for the expense alone, D for the revenue alone."""
    planned, spent = (of_lever(case.fact(expenses), "SEA", column) for column in ("prevu_ht", "reel_ht"))
    cheaper, sold_more = spent < planned, case.fact(variance).total_ht > 0
    letters = {(True, True): "A", (False, False): "B", (True, False): "C", (False, True): "D"}
    return letters[cheaper, sold_more], {"M103": letters[not cheaper, sold_more]}


@KEYS.number("q5-ecart-volume", "€ HT")
def volume_variance(case: Case) -> Stated:
    """Orders over the plan, at the planned basket."""
    sea = case.fact(variance)
    right = metrics.volume_variance_ht(sea.actual_orders, sea.planned_orders, sea.planned_basket_ht)
    at_actual = (sea.actual_orders - sea.planned_orders) * sea.actual_basket_ht
    return right, {"M101": -right, "M104": at_actual, "M162": sea.total_ht}


@KEYS.number("q5-ecart-prix", "€ HT")
def price_variance(case: Case) -> Stated:
    """Basket under or over the plan, on the actual orders."""
    sea = case.fact(variance)
    right = metrics.price_variance_ht(sea.actual_basket_ht, sea.planned_basket_ht, sea.actual_orders)
    on_planned = (sea.actual_basket_ht - sea.planned_basket_ht) * sea.planned_orders
    return right, {"M101": -right, "M105": on_planned, "M162": sea.total_ht}


@KEYS.number("q5-ecart-ventes", "€ HT", needs=(volume_variance, price_variance))
def revenue_variance(case: Case) -> Stated:
    """Add volume and price: the whole variance of the revenue."""
    volume, price = case.value(volume_variance), case.value(price_variance)
    return volume + price, {"M101": -volume - price, "M162": (volume - price, price - volume), "M131": volume}


@KEYS.number("q5-roi-sea", PROPORTION, essential=True)
def return_on_search(case: Case) -> Stated:
    """Margin of the sales of SEA less its actual expenses, over these expenses."""
    spent, sold = case.fact(expenses), case.fact(receipts)
    planned, cost = (of_lever(spent, "SEA", column) for column in ("prevu_ht", "reel_ht"))
    revenue = of_lever(sold, "SEA", "ca_reel_ht")
    margin = revenue * case.fact(hypotheses)["taux_mcv"]
    media = media_ht(case, ("SEA",))
    return metrics.return_on_investment(margin, cost), {
        **mistaken_return(revenue, margin, cost),
        "M126": metrics.return_on_investment(revenue * case.fact(contribution).rate(), cost),
        "M136": metrics.return_on_investment(margin, planned),
        "M165": metrics.return_on_investment(margin, media),
    }
