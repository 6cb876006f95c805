"""The year to play, from the tables of a variant: its levers, its season, and a rival's moves drawn from its figures.

What the tables do not say (how each lever answers, what the rival does) is an assumption to learn with, drawn around
the landmarks of ``annee.toml``. The draw is a hash of the figures themselves: the same figures make the same year.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from casestudies.french import MONTHS
from casestudies.market.sampling import Floats
from casestudies.quarters.market import QUARTERS, Market, Offer, Responses
from casestudies.seeds import stream
from casestudies.strict import Table, packaged

if TYPE_CHECKING:
    import pandas as pd

STEP_HT = 250
"""What a slider moves, € excl. tax."""
LASTING = 0.5
"""Share of a rival's move that still acts in the quarter after."""
NEXT_EURO = (0.7, 2.0)
"""Range of the margin that one more euro brings at the usual expense, € per €, drawn for each lever: last year's split
is good for some and not for others (assumption)."""
WEEKS, QUARTER_WEEKS = 4, 13
"""Weeks of an offer, and of a quarter."""
LIFT_PER_DISCOUNT = 2.7
"""Units sold in more by unit of discount: 20 % off sells 54 % more (0.2–1 in ``casestudies.market.promotion``)."""


@dataclass(frozen=True)
class LeverShape:
    """How a lever answers over a quarter, before the draw (see ``Responses``).

    ``given`` is the share of its last-click sales that other levers brought about; ``taken`` is what a euro spent on
    this one brings about elsewhere, relative to the others.
    """

    name: str
    half: float
    memory: float
    given: float
    taken: float


@dataclass(frozen=True)
class Move:
    """What the rival can do in a quarter: what it takes from all prices and from each lever, in log points."""

    key: str
    label: str
    mail: str
    price_cut: float
    loss: tuple[float, ...]


@dataclass(frozen=True)
class Year:
    """A year to play: its market, the names of its quarters, what each sold a year before, and the rival's moves."""

    market: Market
    quarters: tuple[str, ...]
    sold_ht: Floats
    moves: tuple[Move, ...]

    @property
    def steps(self) -> int:
        """Steps of a slider in the money of a quarter."""
        return round(self.market.quarter_ht / STEP_HT)


@cache
def told() -> Table:
    """Return what the file of the game says, read once."""
    return packaged("casestudies.quarters", "annee.toml")


def year_of(budget: "pd.DataFrame", receipts: "pd.DataFrame", known: Mapping[str, float]) -> Year:
    """Return the year that follows the one of the tables.

    Parameters
    ----------
    budget : expenses by month and lever: « mois », « levier », « reel_ht ».
    receipts : sales by month and lever: « mois », « levier », « ca_reel_ht ».
    known : assumptions of management by key: « taux_mcv », « taux_remise ».
    """
    shapes = told().records("levers", LeverShape)
    names = [shape.name for shape in shapes]
    spent = budget.groupby("levier")["reel_ht"].sum()[names].to_numpy(float) / QUARTERS
    quarter_ht = float(round(spent.sum() / STEP_HT) * STEP_HT)
    spent = spent * (quarter_ht / spent.sum())
    months = receipts.pivot_table(index="mois", columns="levier", values="ca_reel_ht", aggfunc="sum").sort_index()
    sold = months[names].to_numpy(float).reshape(QUARTERS, -1, len(names)).sum(axis=1)
    total = sold.sum(axis=1)
    rng = stream(_seed(spent, sold), "quatre-trimestres")
    brought = _brought(sold.mean(axis=0), spent, shapes, rng)
    half = np.array([one.half for one in shapes]) * np.exp(rng.uniform(-0.4, 0.4, len(shapes)))
    rate = float(known["taux_mcv"])
    next_euro = np.exp(rng.uniform(log(NEXT_EURO[0]), log(NEXT_EURO[1]), len(shapes)))
    moved = next_euro * spent * (1 + half) / (rate * brought * half)  # the slope of the response at the usual expense
    responses = Responses(
        usual_ht=spent,
        sales_ht=brought,
        acquired=1 - np.clip(moved, 0.05, 1.0),
        half=half,
        memory=np.array([one.memory for one in shapes]) * rng.uniform(0.8, 1.2, len(shapes)),
    )
    moves = told().records("moves", Move)
    chosen = tuple(moves[rank] for rank in rng.permutation(len(moves))[:QUARTERS])
    force = rng.uniform(0.85, 1.25, QUARTERS)
    discount = float(known["taux_remise"])
    market = Market(
        levers=tuple(names),
        responses=responses,
        season=total / total.mean(),
        loss=_lasting(np.array([one.loss for one in chosen]) * force[:, None]),
        price_cut=_lasting(np.array([[one.price_cut] for one in chosen]) * force[:, None])[:, 0],
        offer=Offer(discount, LIFT_PER_DISCOUNT * discount, WEEKS / QUARTER_WEEKS, 0.3, 0.75, 0.02),
        margin_rate=rate,
        quarter_ht=quarter_ht,
    )
    return Year(market, _names(months.index), total, chosen)


def _brought(sold: Floats, spent: Floats, shapes: tuple[LeverShape, ...], rng: np.random.Generator) -> Floats:
    """Return the sales that each lever really brings: last click leaves to the last what the first ones began."""
    given = sold * np.array([one.given for one in shapes]) * rng.uniform(0.8, 1.2, len(shapes))
    weight = spent * np.array([one.taken for one in shapes]) * np.exp(rng.uniform(-0.5, 0.5, len(shapes)))
    brought: Floats = sold - given + given.sum() * weight / weight.sum()
    return brought


def _lasting(pushes: Floats) -> Floats:
    """Return what acts in each quarter: its own move, and what lasts of the one before."""
    return pushes + LASTING * np.concatenate([np.zeros_like(pushes[:1]), pushes[:-1]])


def _seed(*figures: Floats) -> bytes:
    text = "|".join(f"{value:.2f}" for one in figures for value in one.ravel())
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _names(months: Any) -> tuple[str, ...]:
    """Return « juillet à septembre 2026 »… for the quarters of the year that follows these months."""
    size = len(months) // QUARTERS
    pairs = [(months[start], months[start + size - 1]) for start in range(0, len(months), size)]
    return tuple(f"{MONTHS[first.month - 1]} à {MONTHS[last.month - 1]} {last.year + 1}" for first, last in pairs)
