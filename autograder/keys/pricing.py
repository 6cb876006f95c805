"""The formulas of a price: what it must cover, what buyers accept, what each choice earns; beside ``metrics``."""

from typing import Any

import numpy as np
import pandas as pd


def floor_price_ttc(variable_cost_ht: float, fixed_costs_ht: float, units: float, vat_rate: float) -> float:
    """Return the price incl. VAT that covers the variable costs of a unit and its share of the fixed costs.

    Full-cost floor, as in cost-plus pricing (Kotler & Keller, *Marketing Management*, « break-even price »).

    >>> floor_price_ttc(80.0, 2000.0, 100, 0.20)
    120.0
    """
    return (variable_cost_ht + fixed_costs_ht / units) * (1 + vat_rate)


def best_price_ht(variable_cost_ht: float, elasticity: float) -> float:
    """Return the price excl. VAT of the highest margin under a constant elasticity below −1.

    Setting the derivative of (p − c)·k·p^e to zero gives p = c·e ÷ (e + 1) (Lerner's rule, (p − c) ÷ p = −1 ÷ e).

    Raises
    ------
    ValueError
        When the elasticity is −1 or more: no price is the best one.

    >>> best_price_ht(100.0, -2.0)
    200.0
    """
    if elasticity >= -1:
        raise ValueError("the elasticity must be below -1")
    return variable_cost_ht * elasticity / (elasticity + 1)


def log_slope(prices: Any, rates: Any) -> float:
    """Return the slope of log(rate) on log(price), by least squares: a constant elasticity.

    Both are sequences, arrays or series of the same length, all positive.

    Ten per cent more expensive, the square of that less sold: the slope is −2.

    >>> round(log_slope([100, 110, 121], [1.21, 1.0, 1 / 1.21]), 6)
    -2.0
    """
    return float(np.polyfit(np.log(np.asarray(prices, float)), np.log(np.asarray(rates, float)), 1)[0])


def accepting(answers: pd.DataFrame, price_column: str = "prix_ttc") -> pd.Series:
    """Return the share of « oui » by price asked, in growing order of price.

    >>> asked = pd.DataFrame({"prix_ttc": [10, 10, 20, 20], "achat": ["oui", "oui", "oui", "non"]})
    >>> accepting(asked).to_dict()
    {10: 1.0, 20: 0.5}
    """
    return (answers["achat"] == "oui").groupby(answers[price_column]).mean().sort_index()


def margin_per_hundred_ht(price_ttc: float, cost_ht: float, share: float, vat_rate: float) -> float:
    """Return the margin on variable costs that 100 people asked bring at a price, ``share`` of them buying.

    >>> margin_per_hundred_ht(120.0, 60.0, 0.5, 0.20)
    2000.0
    """
    return 100 * share * (price_ttc / (1 + vat_rate) - cost_ht)
