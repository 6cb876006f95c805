"""The parameters of one variant of Hêtrabelle, drawn once from one stream."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from casestudies.hetrabelle import catalogue
from casestudies.hetrabelle.catalogue import IDS, NURSERY, ONLINE, SEGMENT_SHIFT, SEGMENT_SIZE
from casestudies.market.demand import Demand
from casestudies.market.distribution import maker_share
from casestudies.market.prices import HISTORIES, best_price
from casestudies.market.sampling import Floats
from casestudies.market.willingness import Acceptance, Thresholds, spread_for

START = date(2024, 9, 30)
N_WEEKS = 104
YEAR_WEEKS = 52
READING_WEEKS = 12
CUT_START = date(2026, 10, 6)
CUT_DAYS = 45
FIRST_CUT_DAYS = 12
"""Days between a first reduction and the planned one, when reductions follow one another."""
DAILY_START = CUT_START - timedelta(CUT_DAYS)
TEST_WEEKS = (80, 88, 96)
"""First weeks of the usual price and of the tested one, and first week after."""
TEST_LEVEL = -0.12
VAT = 0.20
LEVELS: Floats = np.array([-0.18, -0.09, 0.0, 0.08, 0.15])
REVENUE = 6.8e6
"""Revenue of the last year, euros excl. tax, received by the maker."""
REFERENCE_RANK = ONLINE.tolist().index(IDS.index(catalogue.REFERENCE_PRODUCT))
"""Position of the reference product among those sold on the site."""
GRID: Floats = np.array([0.56, 0.68, 0.82, 1.0, 1.22, 1.45])
"""Prices asked in the survey, as multiples of the price that earns the most."""


@dataclass(frozen=True)
class Pricing:
    """The product to launch: its cost, how people answer its price, what the market asks for its likes.

    Attributes
    ----------
    skimming : which side the variant is on: well over the market (True) or level with it.
    elasticity : of the reference product, hence of the new one.
    unit_cost : variable cost of a unit sold on the site (€ excl. tax).
    best_price_ttc : price that earns the most at this elasticity (€ incl. tax).
    market_ttc : median of the usual prices of competitors (€ incl. tax).
    launch_cost, launch_units : fixed costs of the launch (€ excl. tax) and units planned for the first year.
    thresholds, acceptance, muddled : the two surveys, and the share of answers out of order.

    """

    skimming: bool
    elasticity: float
    unit_cost: float
    best_price_ttc: float
    market_ttc: float
    launch_cost: float
    launch_units: int
    thresholds: Thresholds
    acceptance: Acceptance
    muddled: float


@dataclass(frozen=True)
class Range:
    """The 24 products; arrays by product.

    Attributes
    ----------
    enticer, fading : positions of the product that brings other sales under its cost, and of the one that should go.
    weight : units of the last year, as a multiple to be scaled.
    trend : growth of the units a year.
    cost_rate, fixed_rate : variable cost and own fixed costs, as shares of the net revenue.
    carried_over : share of the buyers who would take another product of the range.
    attachment, mix : other units per order that starts with the product, and which ones (rows sum to 1).
    lost_share : share of these other units that would be lost with the product.

    """

    enticer: int
    fading: int
    weight: Floats
    trend: Floats
    cost_rate: Floats
    fixed_rate: Floats
    carried_over: Floats
    attachment: Floats
    mix: Floats
    lost_share: float


@dataclass(frozen=True)
class Rivals:
    """Prices of competitors: market median by product read (€ incl. tax), log offsets by (competitor, product)."""

    median: Floats
    offsets: Floats
    promoted: float
    missing: float


@dataclass(frozen=True)
class Network:
    """The circuits: rates kept (shares of each seller's own price), costs by unit (€ excl. tax), shops.

    Attributes
    ----------
    retail, wholesale, commission, rebate : by circuit.
    logistics : preparation and carriage of the new product, by circuit (€ excl. tax by unit).
    returned : share of the orders of the site sent back.
    store_base, store_lean : see ``distribution.listing_chances``; by circuit that has shops.

    """

    retail: Floats
    wholesale: Floats
    commission: Floats
    rebate: Floats
    logistics: Floats
    returned: float
    store_base: Floats
    store_lean: Floats

    @property
    def received(self) -> Floats:
        """What the maker receives of the retail price excl. tax, by circuit."""
        return maker_share(self.retail, self.wholesale, self.commission) * (1 - self.rebate)

    @property
    def net_share(self) -> Floats:
        """What the maker receives of the catalogue price excl. tax, by product, all circuits together."""
        families = float(catalogue.FAMILY_SHARE @ self.received)
        return np.where(NURSERY, float(catalogue.NURSERY_SHARE @ self.received), families)


@dataclass(frozen=True)
class Params:
    """Everything a variant of Hêtrabelle is made of.

    ``elasticities`` and ``conversion`` are by product sold on the site; ``sigma`` is the noise of a week (log points);
    ``shortage`` the share of the weeks short of stock; ``histories`` and ``cut`` are by product of the planned
    reduction: how its price moved before, and the reduction.
    """

    pricing: Pricing
    goods: Range
    rivals: Rivals
    network: Network
    elasticities: Floats
    demand: Demand
    conversion: Floats
    sigma: float
    shortage: float
    histories: tuple[str, ...]
    cut: Floats

    @property
    def last_units(self) -> Floats:
        """Expected units of the last year, by product: they bring the revenue wanted."""
        price = catalogue.LIST_PRICE / (1 + VAT) * self.network.net_share
        return self.goods.weight * REVENUE / float(self.goods.weight @ price)


def _pricing(rng: np.random.Generator) -> Pricing:
    """Draw the new product: cost and elasticity on one side or the other, market and survey around them."""
    skimming = bool(rng.random() < 0.5)
    elasticity = float(rng.uniform(-1.72, -1.45) if skimming else rng.uniform(-2.45, -1.95))
    target = float(rng.uniform(690, 860) if skimming else rng.uniform(560, 700))
    cost = round(target / (1 + VAT) * (elasticity + 1) / elasticity, 2)
    best = best_price(cost, elasticity) * (1 + VAT)
    market = float(np.round(best / (rng.uniform(1.24, 1.32) if skimming else rng.uniform(0.985, 1.015))))
    centre = market * float(rng.uniform(1.09, 1.12) if skimming else rng.uniform(0.99, 1.02))
    gaps = np.array([0.30, 0.12, 0.20, 0.16]) * rng.uniform(0.92, 1.08, 4)
    spread, above = spread_for(elasticity, float(rng.uniform(0.41, 0.47)))
    weight = SEGMENT_SIZE / SEGMENT_SIZE.sum()
    inside = math.sqrt(spread**2 - float(weight @ SEGMENT_SHIFT**2))
    units = int(rng.integers(18, 29)) * 50
    return Pricing(
        skimming=skimming,
        elasticity=elasticity,
        unit_cost=cost,
        best_price_ttc=best,
        market_ttc=market,
        launch_units=units,
        launch_cost=float(round(cost * units * rng.uniform(0.10, 0.13), -2)),
        thresholds=Thresholds(centre * np.exp(SEGMENT_SHIFT), 0.20, (gaps[0], gaps[1], gaps[2], gaps[3]), 0.35, 10.0),
        acceptance=Acceptance(best * math.exp(-above) * np.exp(SEGMENT_SHIFT), inside, 0.7),
        muddled=float(rng.uniform(0.03, 0.055)),
    )


def _range(rng: np.random.Generator) -> Range:
    """Draw the range: who brings other sales under its cost, who should go, and the others around their usual rates."""
    size = len(IDS)
    enticer = IDS.index(catalogue.ENTICERS[rng.integers(len(catalogue.ENTICERS))])
    fading = IDS.index(catalogue.FADING[rng.integers(len(catalogue.FADING))])
    popularity = np.array([item.popularity for item in catalogue.ITEMS]) * rng.uniform(0.9, 1.1, size)
    cost_rate = rng.uniform(0.52, 0.61, size)
    trend = rng.uniform(-0.06, 0.12, size)
    fixed_rate = rng.uniform(0.05, 0.09, size)
    carried_over = np.round(rng.uniform(0.15, 0.32, size), 2)
    attachment = rng.uniform(0.12, 0.25, size)
    popularity[enticer] = rng.uniform(0.75, 0.9)
    cost_rate[enticer] = rng.uniform(1.02, 1.05)
    fixed_rate[enticer] = rng.uniform(0.02, 0.03)
    carried_over[enticer] = np.round(rng.uniform(0.06, 0.12), 2)
    attachment[enticer] = rng.uniform(1.05, 1.35)
    popularity[fading] = rng.uniform(0.35, 0.45)
    cost_rate[fading] = rng.uniform(0.92, 0.96)
    trend[fading] = rng.uniform(-0.24, -0.17)
    fixed_rate[fading] = rng.uniform(0.22, 0.28)
    carried_over[fading] = np.round(rng.uniform(0.50, 0.68), 2)
    attachment[fading] = rng.uniform(0.04, 0.07)
    same = NURSERY[:, None] == NURSERY[None, :]
    mix = same * popularity[None, :] * rng.uniform(0.6, 1.4, (size, size))
    mix[:, [enticer, fading]] *= 0.3
    np.fill_diagonal(mix, 0.0)
    return Range(
        enticer=enticer,
        fading=fading,
        weight=popularity / catalogue.LIST_PRICE**0.75,
        trend=trend,
        cost_rate=cost_rate,
        fixed_rate=fixed_rate,
        carried_over=carried_over,
        attachment=attachment,
        mix=mix / mix.sum(axis=1, keepdims=True),
        lost_share=float(rng.choice((0.45, 0.50, 0.55, 0.60))),
    )


def _market(market_ttc: float, rng: np.random.Generator) -> Rivals:
    """Draw the prices of competitors: three under the median and three over it, and a second-hand seller far under."""
    own = np.array([catalogue.LIST_PRICE[IDS.index(name)] for name in catalogue.READ_PRODUCTS[1:]])
    market = np.concatenate([[market_ttc], np.round(own * rng.uniform(0.92, 1.08, len(own)))])
    places = np.array([-0.20, -0.11, -0.035, 0.035, 0.10, 0.22])
    offsets = np.empty((len(catalogue.COMPETITORS), len(market)))
    for product in range(len(market)):
        moved = places + rng.uniform(-0.03, 0.03, 6) * (np.abs(places) > 0.05)
        offsets[:6, product] = np.concatenate([rng.permutation(np.delete(moved, 3)), moved[[3]]])
    offsets[catalogue.SECOND_HAND] = rng.uniform(-0.52, -0.40, len(market))
    return Rivals(
        median=market,
        offsets=offsets,
        promoted=float(rng.uniform(0.10, 0.16)),
        missing=float(rng.uniform(0.04, 0.08)),
    )


def _network(rng: np.random.Generator) -> Network:
    """Draw the rates of the circuits (shares of each seller's own price) and the shops that stock the brand."""

    def rate(low: float, high: float) -> float:
        return float(np.round(rng.uniform(low, high) / 0.005) * 0.005)

    return Network(
        retail=np.array([0, 0, rate(0.35, 0.39), rate(0.405, 0.44), rate(0.33, 0.37), 0, 0, 0]),
        wholesale=np.array([0, 0, 0, 0, rate(0.17, 0.22), 0, 0, rate(0.10, 0.14)]),
        commission=np.array([0, 0, 0, 0, 0, rate(0.13, 0.17), 0, 0]),
        rebate=np.array([0, 0, 0, 0, 0, 0, rate(0.08, 0.12), rate(0.06, 0.09)]),
        logistics=np.round(np.array([46, 9, 21, 18, 14, 49, 27, 22]) * rng.uniform(0.92, 1.08, 8), 2),
        returned=float(np.round(rng.uniform(0.055, 0.095), 3)),
        store_base=np.array([rng.uniform(-0.7, -0.2), rng.uniform(-0.3, 0.4), rng.uniform(-1.3, -0.8)]),
        store_lean=rng.uniform([0.6, 0.7, 0.4], [1.1, 1.2, 0.9]),
    )


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    pricing = _pricing(rng)
    goods = _range(rng)
    network = _network(rng)
    rivals = _market(pricing.market_ttc, rng)
    elasticities = rng.uniform(-2.6, -1.3, len(ONLINE))
    elasticities[REFERENCE_RANK] = pricing.elasticity
    return Params(
        pricing=pricing,
        goods=goods,
        rivals=rivals,
        network=network,
        elasticities=elasticities,
        demand=Demand(
            growth=0.0,
            season=(float(rng.uniform(-0.06, -0.02)), float(rng.uniform(0.02, 0.06))),
            holiday=-0.03,
            soldes=float(rng.uniform(0.14, 0.22)),
            black_friday=float(rng.uniform(0.30, 0.45)),
            sigma=0.0,
            rho=0.0,
        ),
        conversion=rng.uniform(0.013, 0.022, len(ONLINE)),
        sigma=0.025,
        shortage=float(rng.uniform(0.02, 0.03)),
        histories=tuple(rng.permutation(np.array(HISTORIES)).tolist()),
        cut=rng.uniform(0.22, 0.30, len(catalogue.CUT_PRODUCTS)),
    )
