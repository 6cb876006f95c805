"""The business formulas that the kit teaches and grades: units in names, each with an example worked by hand.

Amounts are in euros excluding VAT (``_ht``) unless the name says otherwise (``_ttc``); rates are proportions.
"""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Amount = TypeVar("Amount", float, "pd.Series")
"""One amount, or a column of them."""


def ratio(numerator: float, denominator: float) -> float:
    """Return a rate: part over whole, a proportion.

    >>> ratio(21, 1000)
    0.021
    """
    return numerator / denominator


def change(before: float, after: float) -> float:
    """Return the relative change from ``before`` to ``after``, a proportion.

    >>> change(200, 250)
    0.25
    """
    return (after - before) / before


def points(before_rate: float, after_rate: float) -> float:
    """Return the change between two rates, in percentage points.

    >>> round(points(0.020, 0.025), 6)
    0.5
    """
    return 100 * (after_rate - before_rate)


def excluding_vat(amount_ttc: float, vat_rate: float) -> float:
    """Return an amount without VAT.

    >>> excluding_vat(120, 0.20)
    100.0
    """
    return amount_ttc / (1 + vat_rate)


def return_on_investment(margin_ht: float, cost_ht: float) -> float:
    """Return the net gain per euro invested: (margin − cost) / cost.

    >>> return_on_investment(1500, 1000)
    0.5
    """
    return (margin_ht - cost_ht) / cost_ht


def break_even_roas(margin_rate: float) -> float:
    """Return the revenue that pays back one euro of advertising: 1 / margin rate on variable costs.

    >>> break_even_roas(0.5)
    2.0
    """
    return 1 / margin_rate


def break_even_revenue_ht(fixed_costs_ht: float, margin_rate: float) -> float:
    """Return the revenue at which fixed costs are covered.

    >>> break_even_revenue_ht(30000, 0.6)
    50000.0
    """
    return fixed_costs_ht / margin_rate


def break_even_days(break_even_ht: float, revenue_ht: float, days: int = 365) -> float:
    """Return after how many days of a year of revenue the break-even is reached.

    >>> break_even_days(500, 1000)
    182.5
    """
    return break_even_ht / revenue_ht * days


def break_even_volume_rise(discount: float, margin_rate: float) -> float:
    """Return the rise in volume that keeps the margin after a discount: r / (m − r); infinite when r ≥ m.

    ``margin_rate`` is the margin on variable costs over the price (Nagle, « The Strategy and Tactics of Pricing »:
    −ΔP / (CM + ΔP)). By hand: 0.2 / (0.6 − 0.2) = 0.5.

    >>> round(break_even_volume_rise(0.2, 0.6), 6)
    0.5
    >>> break_even_volume_rise(0.6, 0.6)
    inf
    """
    return discount / (margin_rate - discount) if discount < margin_rate else math.inf


def unit_margin_ht(net_price_ht: float, unit_cost_ht: float, discount: float = 0.0) -> float:
    """Return what a unit leaves once its variable costs are paid: p (1 − r) − c.

    ``net_price_ht`` is the price without VAT less the payment fees, a share of it; ``unit_cost_ht`` is the purchase and
    the preparation of one unit, which a discount does not change.

    >>> unit_margin_ht(10, 4), unit_margin_ht(10, 4, discount=0.2)
    (6.0, 4.0)
    """
    return net_price_ht * (1 - discount) - unit_cost_ht


def incremental_margin_ht(
    gross: float, dip: float, cannibalised: float, base: float, unit_margin: float, unit_margin_discounted: float,
    unit_margin_cannibalised: float,
) -> float:  # fmt: skip
    """Return the margin that a promotion adds, before its own cost, euros excluding VAT.

    Units gained during the promotion leave the discounted margin; those missing afterwards (``dip``, negative) and
    those taken from another range (``cannibalised``, negative) are lost at full price; the ``base``, which would have
    been bought anyway, gives the discount away. Switching, stockpiling and both margins, as in Ailawadi, Harlam, César
    and Trounce, « Promotion Profitability for a Retailer », Journal of Marketing Research, 2006.

    By hand: 100 × 4 − 20 × 6 − 10 × 5 − 50 × (6 − 4) = 400 − 120 − 50 − 100 = 130.

    >>> incremental_margin_ht(100, -20, -10, 50, 6, 4, 5)
    130
    """
    lost = dip * unit_margin + cannibalised * unit_margin_cannibalised
    return gross * unit_margin_discounted + lost - base * (unit_margin - unit_margin_discounted)


def base_units(last_year: float, reference: float, reference_last_year: float) -> float:
    """Return what would have been sold: last year's units times the trend since.

    >>> base_units(100, 330, 300)
    110.00000000000001
    """
    return last_year * (reference / reference_last_year)


def difference_in_differences(treated: tuple[float, float], control: tuple[float, float]) -> float:
    """Return (T1 − T0) − (C1 − C0) for (before, after) pairs.

    >>> difference_in_differences((100, 150), (80, 90))
    40
    """
    return (treated[1] - treated[0]) - (control[1] - control[0])


def relative_difference_in_differences(treated: tuple[float, float], control: tuple[float, float]) -> float:
    """Return (T1 / T0) / (C1 / C0) − 1, for groups of different levels.

    >>> round(relative_difference_in_differences((100, 150), (80, 100)), 6)
    0.2
    """
    return (treated[1] / treated[0]) / (control[1] / control[0]) - 1


def volume_variance_ht(actual_quantity: float, planned_quantity: float, planned_price_ht: float) -> float:
    """Return the part of a revenue variance due to volume, at the planned price.

    >>> volume_variance_ht(110, 100, 50)
    500
    """
    return (actual_quantity - planned_quantity) * planned_price_ht


def price_variance_ht(actual_price_ht: float, planned_price_ht: float, actual_quantity: float) -> float:
    """Return the part of a revenue variance due to price, on the actual quantity.

    >>> price_variance_ht(48, 50, 110)
    -220
    """
    return (actual_price_ht - planned_price_ht) * actual_quantity


def per_day(amount: float, days: int) -> float:
    """Return the mean of an amount per day.

    >>> per_day(1000, 5)
    200.0
    """
    return amount / days


def abandonment(orders: float, carts: float) -> float:
    """Return the share of the carts that did not become an order, a proportion.

    >>> abandonment(50, 200)
    0.75
    """
    return 1 - orders / carts


def line_revenue_ttc(quantity: Amount, unit_price_ttc: Amount, line_discount_ttc: Amount) -> Amount:
    """Return what was paid for an order line: quantity × price − discount of the whole line; floats or columns.

    >>> line_revenue_ttc(2, 9, 3)
    15
    """
    return quantity * unit_price_ttc - line_discount_ttc


def contribution_margin_ht(
    revenue_ht: float, purchases_ht: float, orders: float, preparation_ht: float, payment_rate: float
) -> float:
    """Return the margin on variable costs: revenue − purchases − preparation of the orders − payment fees.

    >>> contribution_margin_ht(1000, 400, 20, 5, 0.02)
    480.0
    """
    return revenue_ht - purchases_ht - orders * preparation_ht - payment_rate * revenue_ht


def full_acquisition_cost_ht(costs_ht: Iterable[float], new_customers: float) -> float:
    """Return what one new customer cost, every cost counted.

    >>> full_acquisition_cost_ht([600, 300, 100], 50)
    20.0
    """
    return sum(costs_ht) / new_customers


def grown(level: float, growth: float) -> float:
    """Return a level after a relative change, a proportion.

    >>> grown(200, 0.25)
    250.0
    """
    return level * (1 + growth)


def net_units(gross: float, dip: float, cannibalisation: float) -> float:
    """Return the units really added by a promotion; the dip and the cannibalisation are negative.

    >>> net_units(100, -30, -10)
    60
    """
    return gross + dip + cannibalisation


def margin_of_error(standard_error: float, multiplier: float = 1.96) -> float:
    """Return half the width of a confidence interval; 1.96 is the multiplier of 95 % when the spread is known.

    Where the spread is estimated, it is that of Student’s law: 2.00 with 55 degrees of freedom.

    >>> margin_of_error(10)
    19.6
    """
    return multiplier * standard_error


def weighted_mean(values: Iterable[float], weights: Iterable[float]) -> float:
    """Return the weighted mean: the weights count by their share, whatever they add up to.

    >>> weighted_mean([2, 4], [3, 1])
    2.5
    """
    pairs = list(zip(values, weights, strict=True))
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


def equal_marginal_split(
    weights: Sequence[float], halves_ht: Sequence[float], bounds_ht: Sequence[tuple[float, float]], budget_ht: float
) -> list[float]:
    """Return the budgets, within their bounds, for which the next euro brings as much everywhere inside them.

    A lever brings weight × x / (x + half). The common return of the next euro is found by halving an interval.

    >>> free = (0.0, 1000.0)
    >>> [round(x) for x in equal_marginal_split([400, 100], [100, 100], [free, free], 400)]
    [300, 100]
    """
    pairs = list(zip(weights, halves_ht, bounds_ht, strict=True))

    def spends(level: float) -> list[float]:
        free = [math.sqrt(weight * half / level) - half for weight, half, _ in pairs]
        return [min(max(spend, low), high) for spend, (_, _, (low, high)) in zip(free, pairs, strict=True)]

    cheap, dear = 1e-9, max(weight / half for weight, half, _ in pairs)
    for _ in range(200):
        level = math.sqrt(cheap * dear)
        cheap, dear = (level, dear) if sum(spends(level)) > budget_ht else (cheap, level)
    return spends(dear)


def three_point(optimistic: float, likely: float, pessimistic: float) -> float:
    """Return the expected duration by three points, in their unit: (optimistic + 4 × likely + pessimistic) ÷ 6.

    Source: Malcolm, Roseboom, Clark and Fazar, « Application of a Technique for Research and Development Program
    Evaluation », Operations Research, 7(5), 1959 (PERT).

    >>> three_point(2, 3, 10)
    4.0
    """
    return (optimistic + 4 * likely + pessimistic) / 6


def yearly_growth(first: float, last: float, years: float) -> float:
    """Return the mean yearly growth, a proportion: the same rate each year leads from ``first`` to ``last``.

    >>> round(yearly_growth(100, 121, 2), 6)
    0.1
    """
    return float((last / first) ** (1 / years)) - 1
