"""The parameters of one variant of Bocanterre, drawn once from one stream."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from casestudies.bocanterre.places import AREA_OF, SIZE
from casestudies.market.customers import Customers
from casestudies.market.footfall import Footfall
from casestudies.market.sampling import Floats, Ints, jitter
from casestudies.market.stores import Trial

START, END = date(2024, 11, 1), date(2026, 10, 31)
N_DAYS = (END - START).days + 1
CLICK_START = date(2025, 11, 1)
N_STORES = len(SIZE)
N_TREATED = 5
WINDOW, YEAR = 56, 364
STARTS = (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23))
PROJECT_START, PROJECT_END = date(2027, 1, 4), date(2027, 6, 30)

STORES_REVENUE, CLICK_REVENUE = 6_600_000.0, 600_000.0
"""Food sales of a year, euros incl. tax: the eleven stores, then click and collect."""
FOOD_VAT = 0.055
DEVICES = ("mobile", "desktop")
PROVEN_SHARE = 0.80
"""Share of the variants where the trial is conclusive."""


@dataclass(frozen=True)
class Jars:
    """Returnable jars: sold per ticket, share that comes back, points lost while the deposit is offered."""

    per_ticket: float
    returned: float
    lost_points: float


@dataclass(frozen=True)
class Click:
    """Click and collect: baskets, fates of the orders, first orders, visits of the site (see ``draw`` for ranges)."""

    basket: float
    spread: float
    cancelled: float
    forgotten: float
    first_share: float
    customers: Customers
    mobile_share: float
    conversion: Floats
    refusal: float
    user_ratio: float
    cart_rate: Floats
    duplicates: float


@dataclass(frozen=True)
class Costs:
    """Costs and targets of management: rates are shares of the sales excl. tax, the others euros excl. tax."""

    contribution: float
    target: float
    jar: float
    preparation: float
    payment: float
    campaign: float


@dataclass(frozen=True)
class Params:
    """Everything a variant of Bocanterre is made of; the parts document their units."""

    proven: bool
    starts: date
    trial: Trial
    past_luck: float
    trend: float
    footfall: Footfall
    rainy: float
    common_noise: float
    daily_noise: float
    block_noise: float
    scale: float
    size: Floats
    basket: Floats
    loyal: Floats
    newcomers: float
    enrolment: float
    jars: Jars
    click: Click
    margin: float
    faulty: int
    failing: float
    slack: int
    budget_gap: Floats
    costs: Costs

    @property
    def before(self) -> slice:
        """Days (ranks) just before the trial, as many as during."""
        return slice(self.trial.start - WINDOW, self.trial.start)

    @property
    def during(self) -> slice:
        """Days (ranks) of the trial."""
        return slice(self.trial.start, self.trial.start + WINDOW)

    @property
    def before_past(self) -> slice:
        """The same days as ``before``, a year earlier."""
        return slice(self.trial.start - WINDOW - YEAR, self.trial.start - YEAR)

    @property
    def during_past(self) -> slice:
        """The same days as ``during``, a year earlier."""
        return slice(self.trial.start - YEAR, self.trial.start + WINDOW - YEAR)

    @property
    def ends(self) -> date:
        """Last day of the trial."""
        return self.starts + timedelta(WINDOW - 1)


CHOICES = np.array(list(combinations(range(N_STORES), N_TREATED)))
"""Every way to choose the treated stores."""


def groups(size: Floats) -> Ints:
    """Return the choices of treated stores that learners can tell from the control group, one a row.

    Treated stores are larger by 12 to 35 %; each area holds one of them at least, two at most.
    """
    inside = (CHOICES[:, :, None] == np.arange(N_STORES)).any(axis=1)
    ratio = (inside @ size) / N_TREATED / ((~inside @ size) / (N_STORES - N_TREATED))
    areas = np.stack([inside[:, area == AREA_OF].sum(axis=1) for area in range(3)])
    kept: Ints = CHOICES[(ratio >= 1.12) & (ratio <= 1.35) & (areas.max(axis=0) <= 2) & (areas.min(axis=0) >= 1)]
    return kept


def _trial(proven: bool, starts: date, size: Floats, rng: np.random.Generator) -> Trial:
    choices = groups(size)
    effect = float(rng.uniform(0.034, 0.046)) if proven else float(rng.uniform(0.012, 0.019))
    ratio = float(rng.uniform(3.8, 4.8)) if proven else float(rng.uniform(0.70, 0.85))
    spread = effect / ratio / np.sqrt(1 / N_TREATED + 1 / (N_STORES - N_TREATED))
    return Trial(
        treated=tuple(choices[rng.integers(len(choices))].tolist()),
        start=(starts - START).days,
        length=WINDOW,
        effect=effect,
        spread=float(spread),
        luck=float(rng.uniform(-0.5, 0.5)),
    )


def _click(rng: np.random.Generator) -> Click:
    return Click(
        basket=float(rng.uniform(46.0, 54.0)),
        spread=float(rng.uniform(0.42, 0.48)),
        cancelled=float(rng.uniform(0.030, 0.045)),
        forgotten=float(rng.uniform(0.020, 0.035)),
        first_share=float(rng.uniform(0.13, 0.18)),
        customers=Customers(active=int(rng.integers(1900, 2300)), spread=0.7, recent=0.25),
        mobile_share=float(rng.uniform(0.54, 0.62)),
        conversion=np.array([rng.uniform(0.026, 0.032), rng.uniform(0.047, 0.056)]),
        refusal=float(rng.uniform(0.09, 0.16)),
        user_ratio=float(rng.uniform(0.70, 0.78)),
        cart_rate=np.array([rng.uniform(0.090, 0.102), rng.uniform(0.124, 0.140)]),
        duplicates=float(rng.uniform(0.008, 0.015)),
    )


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    proven = bool(rng.random() < PROVEN_SHARE)
    starts = STARTS[rng.integers(len(STARTS))]
    size = SIZE * rng.uniform(0.95, 1.05, N_STORES)
    over, under = rng.uniform(0.14, 0.24, 2), -rng.uniform(0.13, 0.22, 2)
    gap = rng.permutation(np.array([over[0], over[1], under[0], under[1], rng.uniform(-0.03, 0.03)]))
    return Params(
        proven=proven,
        starts=starts,
        trial=_trial(proven, starts, size, rng),
        past_luck=float(rng.uniform(-0.5, 0.5)),
        trend=float(rng.uniform(0.038, 0.050)),
        footfall=Footfall(
            growth=float(rng.uniform(0.03, 0.06)),
            season=0.0,
            peak=float(rng.uniform(150, 165)),
            christmas=float(rng.uniform(0.16, 0.24)),
            holiday=float(rng.uniform(-0.42, -0.30)),
            rain=-float(rng.uniform(0.045, 0.080)),
        ),
        rainy=float(rng.uniform(0.30, 0.38)),
        common_noise=0.018,
        daily_noise=0.055,
        block_noise=0.008,
        scale=float(rng.uniform(0.975, 1.025)),
        size=size / size.sum(),
        basket=rng.uniform(25.0, 31.0) * jitter(N_STORES, 0.05, rng),
        loyal=rng.uniform(0.55, 0.63, N_STORES),
        newcomers=float(rng.uniform(0.026, 0.034)),
        enrolment=float(rng.uniform(2.2, 2.8)),
        jars=Jars(
            per_ticket=float(rng.uniform(2.2, 2.7)),
            returned=float(rng.uniform(0.76, 0.82)),
            lost_points=float(rng.uniform(0.060, 0.095)),
        ),
        click=_click(rng),
        margin=float(rng.uniform(0.315, 0.345)),
        faulty=int(rng.integers(16, 19)),
        failing=float(rng.uniform(0.45, 0.58)),
        slack=int(rng.integers(1, 3)),
        budget_gap=gap,
        costs=Costs(
            contribution=float(np.round(rng.uniform(0.275, 0.305), 3)),
            target=float(rng.choice([0.06, 0.07, 0.08])),
            jar=float(np.round(rng.uniform(0.42, 0.58), 2)),
            preparation=float(np.round(rng.uniform(3.4, 4.4), 2)),
            payment=float(np.round(rng.uniform(0.009, 0.013), 4)),
            campaign=float(rng.uniform(2300.0, 2900.0)),
        ),
    )
