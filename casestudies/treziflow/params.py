"""The parameters of one variant of Tréziflow, drawn once from one stream."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from casestudies.market.ab_test import PageTest
from casestudies.market.crm import Pipeline
from casestudies.market.sampling import Floats, Ints

COSTS_START, LEADS_START, FISCAL_START, END = date(2024, 7, 1), date(2025, 4, 1), date(2025, 7, 1), date(2026, 6, 30)
N_DAYS = (END - LEADS_START).days + 1
N_MONTHS, N_COST_MONTHS = 12, 24
MATURE_END = date(2025, 12, 31)
"""Last day of creation of the leads whose story is over on the day of the export."""
LAG_MONTHS = 2
"""Months between an expense and the client it brings, by the rule of the company."""
TEST_START, TEST_DAYS, INCIDENT_DAYS = date(2026, 2, 2), 84, 3

SOURCES = ("SEO", "SEA", "LinkedIn", "Salons", "Webinaires", "Outbound")
SEO, SEA, LINKEDIN, SALONS, WEBINARS, OUTBOUND = range(6)
LEAKS = (SALONS, WEBINARS, OUTBOUND)
STAGES = ("MQL", "SQL", "opportunité", "client")
PLANS = ("Essentiel", "Pro", "Expert")
ITEMS = ("média", "salaires", "outils", "agence", "événementiel")

LEADS = 6200.0
"""Leads in the export (fifteen months)."""
MONTH_PACE = np.array([1.02, 1.0, 1.1, 0.95, 0.8, 0.88, 0.54, 0.36, 1.48, 1.50, 1.28, 0.75])
"""Leads of each month of the year, January first: two quiet summer months, then the busy return."""

PROSPECTORS, SELLERS = ("P1", "P2"), ("V1", "V2", "V3", "V4")


@dataclass(frozen=True)
class Params:
    """Everything a variant of Tréziflow is made of; money in euros excl. tax, shares as proportions.

    Attributes
    ----------
    leak : rank of the source that leaks between MQL and SQL.
    lead_share : share of the leads of each source.
    month_pace : leads of each month of the year (January first), 1 in the mean.
    pipeline : rates and delays of the stages.
    closing : multiplier of each seller's closing rate, 1 in the mean; the busiest is the worst.
    busiest : rank of the seller who is the most active.
    prices : monthly list price of each plan.
    mix : share of each plan among new clients by (source, plan).
    base_mix : share of each plan among the clients who were there before.
    plan_churn : monthly churn of each plan.
    churn : monthly churn of the whole base (as designed).
    margin : gross margin of a subscription.
    arr : yearly recurring revenue of the clients there at the start of the fiscal year.
    cac : full cost of a client won by the six levers.
    cac_factor : cost of a client of each lever, relative to ``cac``.
    wages : multiplier of the usual wages of the sales team.
    cost_growth : growth of expenses from one fiscal year to the next.
    gap : expenses over plan, by lever.
    upgrade : monthly probability that a client moves up.
    test : test of the landing page.
    incident : rank of the first of the three days of the test when visits of page B were counted twice.
    duplicates, mistyped, unknown_size : share of leads exported twice, with a mistyped source, without a size.

    """

    leak: int
    lead_share: Floats
    month_pace: Floats
    pipeline: Pipeline
    closing: Floats
    busiest: int
    prices: Floats
    mix: Floats
    base_mix: Floats
    plan_churn: Floats
    churn: float
    margin: float
    arr: float
    cac: float
    cac_factor: Floats
    wages: float
    cost_growth: float
    gap: Floats
    upgrade: float
    test: PageTest
    incident: int
    duplicates: float
    mistyped: float
    unknown_size: float

    @property
    def arpa(self) -> float:
        """Expected monthly revenue of a client of the base, at list price."""
        return float(self.base_mix @ self.prices)

    @property
    def others(self) -> Ints:
        """Ranks of the sources that do not leak."""
        return np.array([k for k in range(len(SOURCES)) if k != self.leak])


def _rates(leak: int, rng: np.random.Generator) -> Floats:
    base = np.array(
        [rng.uniform(0.41, 0.45), rng.uniform(0.42, 0.46), rng.uniform(0.63, 0.68), rng.uniform(0.215, 0.240)]
    )
    rates = base[None, :] * rng.uniform(0.96, 1.04, (len(SOURCES), len(base)))
    rates[leak, 0] = rng.uniform(0.475, 0.50)
    rates[leak, 1] = rng.uniform(0.15, 0.20)
    rates[LINKEDIN, 1] = rng.uniform(0.45, 0.48)
    return rates


def _mix(leak: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    usual = np.array([0.28, 0.46, 0.26])
    mix = np.tile(usual, (len(SOURCES), 1))
    mix[LINKEDIN] = (0.10, 0.40, 0.50)
    mix[leak] = (0.52, 0.38, 0.10)
    mix *= rng.uniform(0.95, 1.05, mix.shape)
    return mix / mix.sum(axis=1, keepdims=True), usual


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    leak = LEAKS[rng.integers(len(LEAKS))]
    share = np.array([1.15, 0.97, 1.06, 0.95, 0.95, 0.95]) * rng.uniform(0.94, 1.06, len(SOURCES))
    share[leak] = 0.0
    big = rng.uniform(0.285, 0.315)
    share *= (1 - big) / share.sum()
    share[leak] = big
    mix, base_mix = _mix(leak, rng)
    prices = np.array([rng.integers(126, 146), rng.integers(226, 252), rng.integers(385, 425)]).astype(float)
    arpa = float(base_mix @ prices)
    margin = float(np.round(rng.uniform(0.76, 0.795), 3))
    cac = min(float(rng.uniform(2450, 2800)), 11.0 * arpa)
    churn = margin * arpa / (cac * float(rng.uniform(2.8, 4.0)))
    by_plan = np.array([1.4, 0.95, 0.7])
    busiest = int(rng.integers(len(SELLERS)))
    closing = np.insert(rng.permutation([1.22, 1.12, 1.0]), busiest, 0.66)
    factor = np.array([0.80, 0.90, 1.18, 0.95, 0.90, 0.95]) * rng.uniform(0.96, 1.04, len(SOURCES))
    factor[leak] = rng.uniform(1.38, 1.48)
    sign = rng.permutation([1.0, 1.0, -1.0, -1.0, 1.0, -1.0])
    return Params(
        leak=leak,
        lead_share=share,
        month_pace=MONTH_PACE * rng.uniform(0.96, 1.04, len(MONTH_PACE)),
        pipeline=Pipeline(
            rates=_rates(leak, rng),
            delays=np.array([6.0, 12.0, 14.0, 30.0]) * rng.uniform(0.92, 1.08, len(STAGES)),
            shape=2.0,
            loss_delay=float(rng.uniform(22, 30)),
        ),
        closing=closing,
        busiest=busiest,
        prices=prices,
        mix=mix,
        base_mix=base_mix,
        plan_churn=churn * by_plan / float(base_mix @ by_plan),
        churn=churn,
        margin=margin,
        arr=float(rng.uniform(2.27e6, 2.38e6)),
        cac=cac,
        cac_factor=factor,
        wages=float(rng.uniform(0.95, 1.05)),
        cost_growth=float(rng.uniform(0.06, 0.11)),
        gap=sign * rng.uniform(0.06, 0.16, len(SOURCES)),
        upgrade=float(rng.uniform(0.005, 0.009)),
        test=PageTest(
            visitors=float(rng.uniform(240, 255)),
            rate=float(rng.uniform(0.0298, 0.0312)),
            lift=float(rng.uniform(0.40, 0.44)),
        ),
        incident=int(7 * rng.integers(2, 10) + rng.integers(3)),
        duplicates=float(rng.uniform(0.010, 0.016)),
        mistyped=float(rng.uniform(0.03, 0.05)),
        unknown_size=float(rng.uniform(0.05, 0.08)),
    )
