"""Notebook 03: expenses and revenues by lever (B1-C14), return on investment (B1-C15), variances (B1-C16)."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import mistaken_return
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance import facts

KEYS = Keys("e2-performance/03-budget-roi", company="kerlavandre")
LEVERS = ("SEO", "SEA", "E-publicité", "Affiliation", "E-mailing", "Réseaux sociaux")
PAID_LEVERS = ("SEA", "E-publicité", "Affiliation", "Réseaux sociaux")
GOOGLE, META = "Google Ads", "Meta Ads"
MICROS = 1_000_000


def expenses(case: Case) -> pd.DataFrame:
    """Return planned and actual expenses of the year by lever: ``prevu_ht``, ``reel_ht``."""
    return case.table("budget").groupby("levier")[["prevu_ht", "reel_ht"]].sum().loc[list(LEVERS)]


def receipts(case: Case) -> pd.DataFrame:
    """Return planned and actual orders and revenue of the year by lever."""
    columns = ["commandes_prevues", "ca_prevu_ht", "commandes_reelles", "ca_reel_ht"]
    return case.table("recettes").groupby("levier")[columns].sum().loc[list(LEVERS)]


def campaigns(case: Case) -> pd.DataFrame:
    """Return the advertising table with the cost of each row in euros, ``cout_ht``."""
    table = case.table("depenses")
    return table.assign(cout_ht=table["cost_micros"] / MICROS)


def by_campaign(case: Case) -> pd.DataFrame:
    """Return the year's totals by (platform, campaign)."""
    columns = ["impressions", "clics", "clics_lien", "cout_ht", "valeur_declaree_ttc"]
    return case.fact(campaigns).groupby(["plateforme", "campagne"])[columns].sum()


def of_lever(table: pd.DataFrame, lever: str, column: str) -> float:
    """Return one cell of a table whose rows are levers."""
    return float(table[column].to_dict()[lever])


def of_levers(table: pd.DataFrame, levers: tuple[str, ...], column: str) -> float:
    """Return the sum of a column over some levers."""
    return float(table[column].loc[list(levers)].sum())


@dataclass(frozen=True)
class Contribution:
    """The sales of the promotion, all ranges together, and what they cost; euros excluding VAT."""

    revenue_ht: float
    revenue_ttc: float
    full_price_ht: float
    purchases_ht: float
    orders: int
    preparation_ht: float
    payment_rate: float

    def margin(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs, with another revenue or without one of the costs where asked."""
        sales = self.revenue_ht if revenue is None else revenue
        return metrics.contribution_margin_ht(
            sales,
            self.purchases_ht,
            self.orders if preparation else 0,
            self.preparation_ht,
            self.payment_rate if payment else 0.0,
        )

    def rate(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs as a share of the revenue it was taken from."""
        return self.margin(revenue, preparation, payment) / (self.revenue_ht if revenue is None else revenue)


def contribution(case: Case) -> Contribution:
    """Return the sales of the promotion and their variable costs."""
    during = case.period("pendant").filtrer(case.fact(facts.clean_orders))
    known: Mapping[str, float] = case.fact(hypotheses)
    return Contribution(
        revenue_ht=float(during["ht"].sum()),
        revenue_ttc=float(during["ttc"].sum()),
        full_price_ht=float(during["plein_ht"].sum()),
        purchases_ht=float((during["qte"] * during["pa_ht"]).sum()),
        orders=int(during["commande_id"].nunique()),
        preparation_ht=known["cout_preparation_commande_ht"],
        payment_rate=known["taux_frais_paiement"],
    )


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


def _mistaken_margins(story: facts.Promotion) -> dict[str, float]:
    """Return the margin with one mistake each: every unit sold, no discount to the base, full price, gross units."""
    offered = story.base * story.price_ht * story.discount
    return {
        "M27": story.sold * metrics.unit_margin_discounted_ht(story.price_ht, story.discount, story.cost_ht),
        "M28": story.margin_ht() + offered,
        "M29": story.net * (story.price_ht - story.cost_ht) - offered,
        "M173": story.margin_ht(net=story.gross),
    }


# 100 € spent, 300 € sold, 40 % of margin: B is 20 €.
KEYS.fixed_choice("q3-entree-gain", "B", {"M132": "A", "M22": ("C", "D")})
# 1 000 € planned, 1 200 € spent: C is +20 %, unfavourable.
KEYS.fixed_choice("q3-entree-ecart", "C", {"M103": "A", "M101": "B", "M102": "D"})


@KEYS.number("q3-depense-google", "€ HT")
def google_spend(case: Case) -> Stated:
    """Cost of the platform's campaigns over the promotion, in euros."""
    table = case.fact(campaigns)
    google = table[table["plateforme"] == GOOGLE]
    during = case.period("pendant").filtrer(google)
    total = float(during["cout_ht"].sum())
    return total, {
        "M11": (total * MICROS, total * 1000),
        "M126": float(case.period("avant").filtrer(google)["cout_ht"].sum()),
        "M130": float(google["cout_ht"].sum()),
        "M139": float(during.groupby("date")["cout_ht"].sum().mean()),
        "M160": float(during.loc[during["levier"] == "SEA", "cout_ht"].sum()),
        "M161": float(during["cout_ht"].mean()),
        "M179": float(case.period("pendant").filtrer(table)["cout_ht"].sum()),
    }


@KEYS.values("q3-depenses-levier", "levier", "€ HT")
def lever_spend(case: Case) -> Stated:
    """Actual expenses of the year by lever."""
    spent = case.fact(expenses)
    means = case.table("budget").groupby("levier")["reel_ht"].mean()
    right = {lever: of_lever(spent, lever, "reel_ht") for lever in LEVERS}
    planned = {lever: of_lever(spent, lever, "prevu_ht") for lever in LEVERS}
    rows = {lever: float(means[lever]) for lever in LEVERS}
    return right, {"M136": planned, "M161": rows}


@KEYS.number("q3-part-levier", PROPORTION)
def lever_share(case: Case) -> Stated:
    """Actual expenses of SEA over those of the six levers."""
    spent, ads = case.fact(expenses), case.fact(campaigns)
    sea = of_lever(spent, "SEA", "reel_ht")
    media = float(ads.loc[ads["levier"] == "SEA", "cout_ht"].sum())
    paid, every = of_levers(spent, PAID_LEVERS, "reel_ht"), float(spent["reel_ht"].sum())
    return metrics.ratio(sea, every), {
        "M134": (sea / paid, sea / float(ads["cout_ht"].sum()), sea / (every - sea)),
        "M136": of_lever(spent, "SEA", "prevu_ht") / float(spent["prevu_ht"].sum()),
        "M165": media / float(ads["cout_ht"].sum()),
        "M175": sea,
    }


@KEYS.number("q3-cpc", "€ HT par clic")
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


@KEYS.number("q3-cac", "€ HT par nouveau client")
def acquisition_cost(case: Case) -> Stated:
    """Media of every campaign and cost of the team during the promotion, over its new customers."""
    known, story = case.fact(hypotheses), case.fact(facts.promotion)
    year = case.fact(campaigns)
    media = float(case.period("pendant").filtrer(year)["cout_ht"].sum())
    costs = [media, *(known[name] for name in facts.TEAM_ITEMS)]
    lines = case.period("pendant").filtrer(case.fact(facts.export_lines))
    orders = case.fact(contribution).orders
    return metrics.full_acquisition_cost_ht(costs, story.new_customers), {
        "M11": sum(costs[1:], media * MICROS) / story.new_customers,
        "M13": (media / story.new_customers, story.media_cost_ht / story.new_customers),
        "M14": (sum(costs) / story.customers, sum(costs) / orders),
        "M95": sum(costs) / facts.new_customers(lines),
        "M123": sum(costs) / len(facts.first_orders(case.period("pendant").filtrer(case.fact(facts.clean_orders)))),
        "M130": (float(year["cout_ht"].sum()) + sum(costs[1:])) / story.new_customers,
        "M176": tuple(
            (sum(costs) + more) / story.new_customers for more in (story.media_cost_ht, story.campaign_cost_ht)
        ),
    }


@KEYS.number("q3-roas", "€ de ventes par € dépensé")
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
        "M165": revenue / float(ads["cout_ht"].sum()),
        "M179": float(sold["ca_reel_ht"].sum()) / float(spent["reel_ht"].sum()),
    }


@KEYS.number("q3-mer", "€ de chiffre d’affaires par € dépensé")
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


@KEYS.number("q3-poas", "€ de marge par € dépensé", needs=(roas,))
def poas(case: Case) -> Stated:
    """Margin on variable costs by euro spent on the paid levers."""
    sold_per_euro = case.value(roas)
    yearly = sold_per_euro * case.fact(hypotheses)["taux_mcv"]
    return yearly, {"M126": sold_per_euro * case.fact(contribution).rate(), "M167": sold_per_euro}


@KEYS.number("q3-taux-mcv", PROPORTION)
def margin_rate(case: Case) -> Stated:
    """Margin on variable costs of all the sales of the promotion, over these sales."""
    sales = case.fact(contribution)
    return sales.rate(), {
        "M26": sales.rate(revenue=sales.revenue_ttc),
        "M37": sales.margin() / sales.purchases_ht,
        "M126": case.fact(hypotheses)["taux_mcv"],
        "M129": sales.rate(revenue=sales.full_price_ht),
        "M166": (
            sales.rate(preparation=False, payment=False),
            sales.rate(preparation=False),
            sales.rate(payment=False),
        ),
        "M175": sales.margin(),
    }


@KEYS.number("q3-roas-equilibre", "€ de ventes par € dépensé", needs=(margin_rate,))
def break_even_roas(case: Case) -> Stated:
    """Revenue that pays back one euro, given the margin rate."""
    rate = case.value(margin_rate)
    yearly = metrics.break_even_roas(case.fact(hypotheses)["taux_mcv"])
    return metrics.break_even_roas(rate), {"M31": (rate, 1 + rate, 1 / (1 - rate)), "M126": yearly}


@KEYS.number("q3-hausse-volume", PROPORTION)
def volume_rise(case: Case) -> Stated:
    """Rise in units of the range on sale that keeps its margin."""
    story = case.fact(facts.promotion)
    discount, margin = story.discount, 1 - story.cost_ht / story.price_ht
    return metrics.break_even_volume_rise(discount, margin), {
        "M26": metrics.break_even_volume_rise(discount, 1 - story.cost_ht / story.price_ttc),
        "M41": discount / margin,
        "M42": (discount / (1 - discount), discount),
        "M37": metrics.break_even_volume_rise(discount, margin / (1 - margin)),
        "M178": tuple(
            metrics.break_even_volume_rise(discount, rate)
            for rate in (case.fact(contribution).rate(), case.fact(hypotheses)["taux_mcv"])
        ),
    }


@KEYS.number("q3-marge-incrementale", "€ HT", sign=-1)
def incremental_margin(case: Case) -> Stated:
    """Margin of the net units at the discounted price, less the discount given to the base."""
    story = case.fact(facts.promotion)
    return story.margin_ht(), {
        **_mistaken_margins(story),
        "M70": story.margin_ht(net=story.net - story.dip),
        "M71": story.margin_ht(net=story.net - story.cannibalisation),
        "M154": story.margin_ht(net=story.gross - story.dip - story.cannibalisation),
        "M174": story.margin_ht() - story.campaign_cost_ht,
    }


@KEYS.number("q3-roi", PROPORTION, needs=(incremental_margin,), sign=-1)
def return_on_promotion(case: Case) -> Stated:
    """Margin added less the full cost of the operation, over this cost."""
    story, margin = case.fact(facts.promotion), case.value(incremental_margin)
    cost = story.campaign_cost_ht
    margins = _mistaken_margins(story)
    return metrics.return_on_investment(margin, cost), {
        **mistaken_return(story.revenue_ht, margin, cost),
        **{name: metrics.return_on_investment(mistaken, cost) for name, mistaken in margins.items()},
        "M30": metrics.return_on_investment(margin, story.media_cost_ht),
        "M175": margin - cost,
    }


@KEYS.number("q3-roi-12-mois", PROPORTION, needs=(incremental_margin,), sign=1)
def return_in_twelve_months(case: Case) -> Stated:
    """Margin added and what the extra new customers bring in twelve months, less the cost, over the cost."""
    story, margin = case.fact(facts.promotion), case.value(incremental_margin)
    cost, value = story.campaign_cost_ht, story.value_12_months_ht
    future = story.extra_new_customers * value
    return metrics.return_on_investment(margin + future, cost), {
        "M132": metrics.ratio(margin + future, cost),
        "M133": metrics.return_on_investment(margin + story.customers * value, cost),
        "M168": metrics.return_on_investment(margin + story.new_customers * value, cost),
        "M169": metrics.return_on_investment(future, cost),
    }


@KEYS.number("q3-seuil-ca", "€ HT")
def break_even_revenue(case: Case) -> Stated:
    """Revenue whose margin covers the fixed costs of the year."""
    known = case.fact(hypotheses)
    fixed, rate = known["charges_fixes_annuelles_ht"], known["taux_mcv"]
    right = metrics.break_even_revenue_ht(fixed, rate)
    return right, {
        "M35": fixed * rate,
        "M36": fixed / (1 - rate),
        "M37": fixed / (rate / (1 - rate)),
        "M38": (fixed * (1 + rate), right * 1.2),
        "M126": metrics.break_even_revenue_ht(fixed, case.fact(contribution).rate()),
    }


@KEYS.number("q3-point-mort", "jours", needs=(break_even_revenue,))
def break_even_day(case: Case) -> Stated:
    """Days of the year after which the break-even is reached."""
    known, threshold = case.fact(hypotheses), case.value(break_even_revenue)
    revenue, days = known["ca_annuel_ht"], known["jours_exercice"]
    return metrics.break_even_days(threshold, revenue, int(days)), {
        "M40": (threshold / revenue * 12, revenue / threshold * days),
        "M177": metrics.break_even_days(known["charges_fixes_annuelles_ht"], revenue, int(days)),
    }


@KEYS.number("q3-ecart-sea", PROPORTION)
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


@KEYS.choice("q3-sens")
def meaning(case: Case) -> Stated:
    """SEA spends more than planned (unfavourable); its revenue may be over or under the plan."""
    sold_more = case.fact(variance).total_ht > 0
    return "D" if sold_more else "B", {"M103": "A" if sold_more else "C"}


@KEYS.number("q3-ecart-volume", "€ HT")
def volume_variance(case: Case) -> Stated:
    """Orders over the plan, at the planned basket."""
    sea = case.fact(variance)
    right = metrics.volume_variance_ht(sea.actual_orders, sea.planned_orders, sea.planned_basket_ht)
    at_actual = (sea.actual_orders - sea.planned_orders) * sea.actual_basket_ht
    return right, {"M101": -right, "M104": at_actual, "M162": sea.total_ht}


@KEYS.number("q3-ecart-prix", "€ HT")
def price_variance(case: Case) -> Stated:
    """Basket under or over the plan, on the actual orders."""
    sea = case.fact(variance)
    right = metrics.price_variance_ht(sea.actual_basket_ht, sea.planned_basket_ht, sea.actual_orders)
    on_planned = (sea.actual_basket_ht - sea.planned_basket_ht) * sea.planned_orders
    return right, {"M101": -right, "M105": on_planned, "M162": sea.total_ht}


@KEYS.number("q3-roi-sea", PROPORTION)
def return_on_search(case: Case) -> Stated:
    """Margin of the sales of SEA less its actual expenses, over these expenses."""
    spent, sold = case.fact(expenses), case.fact(receipts)
    planned, cost = (of_lever(spent, "SEA", column) for column in ("prevu_ht", "reel_ht"))
    revenue = of_lever(sold, "SEA", "ca_reel_ht")
    margin = revenue * case.fact(hypotheses)["taux_mcv"]
    ads = case.fact(campaigns)
    media = float(ads.loc[ads["levier"] == "SEA", "cout_ht"].sum())
    return metrics.return_on_investment(margin, cost), {
        **mistaken_return(revenue, margin, cost),
        "M126": metrics.return_on_investment(revenue * case.fact(contribution).rate(), cost),
        "M136": metrics.return_on_investment(margin, planned),
        "M165": metrics.return_on_investment(margin, media),
    }
