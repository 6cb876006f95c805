"""Notebook 04: what the promotion brought back (B1-C15)."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import Mistakes, mistaken_return, told_apart
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.levers import MICROS, campaigns

KEYS = Keys("e2-performance/04-roi-promotion", company="kerlavandre")
CODE = "SANSFLACON"
"""The code that the sales of the promotion bear."""
CHEAPER = 0.8
"""What the same operation would cost, as a share, if its visuals served again."""


@dataclass(frozen=True)
class Contribution:
    """Some sales of the promotion and what they cost; euros excluding VAT."""

    revenue_ht: float
    revenue_ttc: float
    full_price_ht: float
    purchases_ht: float
    handling_ht: float
    payment_rate: float

    def margin(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs, with another revenue or without one of the costs where asked."""
        sales = self.revenue_ht if revenue is None else revenue
        handling = self.handling_ht if preparation else 0.0
        return metrics.contribution_margin_ht(
            sales, self.purchases_ht, 1, handling, self.payment_rate if payment else 0.0
        )

    def rate(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs as a share of the revenue it was taken from."""
        return self.margin(revenue, preparation, payment) / (self.revenue_ht if revenue is None else revenue)


def _contribution(case: Case, coded: bool) -> Contribution:
    lines = case.period("pendant").filtrer(case.fact(facts.clean_orders))
    if coded:
        lines = lines[lines["code_promo"] == CODE]
    known: Mapping[str, float] = case.fact(hypotheses)
    return Contribution(
        revenue_ht=float(lines["ht"].sum()),
        revenue_ttc=float(lines["ttc"].sum()),
        full_price_ht=float(lines["plein_ht"].sum()),
        purchases_ht=float((lines["qte"] * lines["pa_ht"]).sum()),
        handling_ht=float(lines["qte"].sum()) * case.fact(facts.handling_per_unit_ht),
        payment_rate=known["taux_frais_paiement"],
    )


def contribution(case: Case) -> Contribution:
    """Return all the sales of the promotion and their variable costs."""
    return _contribution(case, coded=False)


def coded_contribution(case: Case) -> Contribution:
    """Return the sales that bear the code, and their variable costs."""
    return _contribution(case, coded=True)


def _mistaken_margins(story: facts.Promotion) -> dict[str, float]:
    """Return the margin with one mistake each: all units sold, base forgotten, full price, gross units, low price."""
    reduced, full = story.unit.margin_ht(story.discount), story.unit.margin_ht()
    return {
        "M27": story.sold * reduced,
        "M28": story.margin_ht() + story.offered_ht,
        "M29": story.margin_ht() + story.gross * (full - reduced),
        "M173": story.margin_ht(dip=0, cannibalisation=0),
        "M400": story.net * reduced - story.offered_ht,
    }


# 100 € spent, 300 € sold, 40 % of margin: B is 20 €.
KEYS.fixed_choice("q4-entree-gain", "B", {"M132": "A", "M22": "C", "M402": "D"})


@KEYS.number("q4-cac", "€ HT par nouveau client")
def acquisition_cost(case: Case) -> Stated:
    """Media of every campaign and cost of the team during the promotion, over its new customers."""
    known, story = case.fact(hypotheses), case.fact(facts.promotion)
    year = case.fact(campaigns)
    media = float(case.period("pendant").filtrer(year)["cout_ht"].sum())
    costs = [media, *(known[name] for name in facts.TEAM_ITEMS)]
    lines = case.period("pendant").filtrer(case.fact(facts.export_lines))
    paid = case.period("pendant").filtrer(case.fact(facts.clean_orders))
    orders = int(paid["commande_id"].nunique())
    return metrics.full_acquisition_cost_ht(costs, story.new_customers), {
        "M11": sum(costs[1:], media * MICROS) / story.new_customers,
        "M13": (media / story.new_customers, story.media_cost_ht / story.new_customers),
        "M14": (sum(costs) / story.customers, sum(costs) / orders),
        "M95": sum(costs) / facts.new_customers(lines),
        "M123": sum(costs) / len(facts.first_orders(paid)),
        "M130": (float(year["cout_ht"].sum()) + sum(costs[1:])) / story.new_customers,
        "M176": tuple(
            (sum(costs) + more) / story.new_customers for more in (story.media_cost_ht, story.campaign_cost_ht)
        ),
    }


@KEYS.number("q4-cac-media", "€ HT par nouveau client")
def media_acquisition_cost(case: Case) -> Stated:
    """Divide what the platforms invoiced by the new customers: what an agency announces."""
    story, year = case.fact(facts.promotion), case.fact(campaigns)
    media = float(case.period("pendant").filtrer(year)["cout_ht"].sum())
    team = sum(case.fact(hypotheses)[name] for name in facts.TEAM_ITEMS)
    return metrics.full_acquisition_cost_ht([media], story.new_customers), {
        "M11": media * MICROS / story.new_customers,
        "M14": media / story.customers,
        "M130": float(year["cout_ht"].sum()) / story.new_customers,
        "M176": (media + team) / story.new_customers,
    }


@KEYS.number("q4-taux-code", PROPORTION)
def margin_rate(case: Case) -> Stated:
    """Margin on variable costs of the sales that bear the code, over these sales."""
    sales = case.fact(coded_contribution)
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
        "M401": case.fact(contribution).rate(),
    }


@KEYS.number("q4-roas-equilibre", "€ de ventes par € dépensé", needs=(margin_rate,))
def break_even_roas(case: Case) -> Stated:
    """Revenue that pays back one euro, given the margin rate."""
    rate = case.value(margin_rate)
    yearly = metrics.break_even_roas(case.fact(hypotheses)["taux_mcv"])
    return metrics.break_even_roas(rate), {
        "M31": (rate, 1 + rate, 1 / (1 - rate)),
        "M126": yearly,
        "M401": metrics.break_even_roas(case.fact(contribution).rate()),
    }


@KEYS.number("q4-hausse-volume", PROPORTION)
def volume_rise(case: Case) -> Stated:
    """Rise in units of the range on sale that keeps its margin, every variable cost counted."""
    story = case.fact(facts.promotion)
    discount, unit = story.discount, story.unit
    margin = unit.margin_ht() / unit.net_price_ht
    right = metrics.break_even_volume_rise(discount, margin)
    mistakes: Mistakes = {
        "M41": discount / margin,
        "M42": (discount / (1 - discount), discount),
        "M166": metrics.break_even_volume_rise(discount, 1 - unit.purchase_ht / unit.price_ht),
        "M178": metrics.break_even_volume_rise(discount, case.fact(hypotheses)["taux_mcv"]),
    }
    return right, told_apart(right, mistakes, "M178")


@KEYS.number("q4-remise-offerte", "€ HT")
def discount_given(case: Case) -> Stated:
    """Count what the discount gave to the base, once the payment is paid."""
    story = case.fact(facts.promotion)
    return story.offered_ht, {
        "M27": story.sold * story.unit.net_price_ht * story.discount,
        "M28": story.gross * story.unit.net_price_ht * story.discount,
        "M42": story.base * story.unit.net_price_ht * (1 - story.discount),
    }


@KEYS.number("q4-marge-incrementale", "€ HT")
def incremental_margin(case: Case) -> Stated:
    """Gross units at the discounted margin, lost ones at the full margin, less the discount given to the base."""
    story = case.fact(facts.promotion)
    mistakes: Mistakes = {
        **_mistaken_margins(story),
        "M70": story.margin_ht(dip=0),
        "M71": story.margin_ht(cannibalisation=0),
        "M154": story.margin_ht(dip=-story.dip, cannibalisation=-story.cannibalisation),
        "M174": story.margin_ht() - story.campaign_cost_ht,
    }
    return story.margin_ht(), told_apart(story.margin_ht(), mistakes, "M71", "M173")


@KEYS.number("q4-roi", PROPORTION, needs=(incremental_margin,), essential=True)
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


@KEYS.number("q4-clients-en-plus", "clients", 0)
def extra_customers(case: Case) -> Stated:
    """Subtract the new customers of the days before, at the level of the season."""
    story = case.fact(facts.promotion)
    mistakes: Mistakes = {
        "M168": float(story.new_customers),
        "M133": float(story.customers),
        "M72": float(story.new_customers - story.new_customers_before),
    }
    return story.extra_new_customers, told_apart(story.extra_new_customers, mistakes, "M72")


@KEYS.number("q4-roi-12-mois", PROPORTION, needs=(incremental_margin, extra_customers))
def return_in_twelve_months(case: Case) -> Stated:
    """Margin added and what the extra new customers bring in twelve months, less the cost, over the cost."""
    story, margin = case.fact(facts.promotion), case.value(incremental_margin)
    cost, value = story.campaign_cost_ht, story.value_12_months_ht
    future = case.value(extra_customers) * value
    return metrics.return_on_investment(margin + future, cost), {
        "M132": metrics.ratio(margin + future, cost),
        "M169": metrics.return_on_investment(future, cost),
    }


@KEYS.choice("q4-verdict")
def verdict(case: Case) -> Stated:
    """Expect A when the operation paid for itself, B when only the customers it brought may; C and D misread ROI."""
    paid = float(case.once(return_on_promotion).right) > 0  # type: ignore[arg-type]
    answer, other = ("A", "B") if paid else ("B", "A")
    return answer, {"M405": other, "M21": "C", "M406": "D"}


@KEYS.number("q4-roi-moins-cher", PROPORTION, needs=(incremental_margin,))
def cheaper_return(case: Case) -> Stated:
    """Keep the margin, for an operation that costs less."""
    story, margin = case.fact(facts.promotion), case.value(incremental_margin)
    cost = story.campaign_cost_ht
    return metrics.return_on_investment(margin, CHEAPER * cost), {
        "M407": (metrics.return_on_investment(margin, cost), (margin - CHEAPER * cost) / cost),
        "M23": metrics.ratio(margin, CHEAPER * cost),
    }
