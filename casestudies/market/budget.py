"""Planned and actual: expenses by lever and item, receipts by lever, with gaps known in advance."""

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, jitter

ABOUT = About(
    "A smooth plan is missed by gaps known in advance, in expenses and in receipts.",
    (
        Parameter("gap", "share of the plan", -0.25, 0.25, "assumption"),
        Parameter("step", "€ excl. tax", 1, 100, "assumption"),
    ),
)


def planned(actual: Floats, gap: Floats, step: float, rng: np.random.Generator) -> Floats:
    """Return the plan of which ``actual`` ended ``gap`` away (0.15 = 15 % over plan), by row of (row, month).

    A plan is smooth: it follows the season of the year by half, is rounded to ``step`` euros, and is never under one
    step where something was spent.
    """
    total = actual.sum(axis=1, keepdims=True) / (1 + gap[:, None])
    even = total / actual.shape[1]
    shape = actual / np.maximum(actual.sum(axis=1, keepdims=True), 1e-9) * total
    plan = np.round((0.5 * even + 0.5 * shape) * jitter(actual.shape, 0.02, rng) / step) * step
    return np.where(total > 0, np.maximum(plan, step), 0.0)


def planned_orders(actual: Ints, gap: Floats, rng: np.random.Generator) -> Ints:
    """Return planned orders of which ``actual`` ended ``gap`` away, by (lever, month)."""
    return np.maximum(np.round(planned(actual.astype(float), gap, 1.0, rng)), 1).astype(np.int64)
