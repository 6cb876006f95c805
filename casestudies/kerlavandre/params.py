"""The parameters of one variant of Kerlavandre, drawn once from one stream."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from casestudies.company import content
from casestudies.market.customers import Customers
from casestudies.market.demand import Demand
from casestudies.market.emails import Emailing
from casestudies.market.funnel import Funnel
from casestudies.market.levers import Campaign
from casestudies.market.promotion import PromotionEffects
from casestudies.market.sampling import Floats, Ints

START, END = date(2024, 7, 1), date(2026, 6, 30)
FISCAL_START = date(2025, 7, 1)
N_DAYS = (END - START).days + 1
CODE = "SANSFLACON"
GIFT_DAYS = 21
"""Days of December when gift boxes sell, three whole weeks: what is ordered later comes too late (assumption)."""

CHANNELS = ("SEO", "SEA", "Réseaux sociaux", "E-mail", "Direct", "Affiliation", "Display", "Sites référents")
DEVICES = ("mobile", "ordinateur")
LEVERS = ("SEO", "SEA", "E-publicité", "Affiliation", "E-mailing", "Réseaux sociaux")
LEVER_CHANNELS = ("SEO", "SEA", "Display", "Affiliation", "E-mail", "Réseaux sociaux")
PAID = ("SEA", "Réseaux sociaux", "Affiliation", "Display")

BEFORE_DAYS, AFTER_DAYS, SHIFT, YEAR = 56, 28, 28, 364
STARTS = (
    date(2025, 10, 6),
    date(2025, 10, 13),
    date(2026, 3, 2),
    date(2026, 3, 9),
    date(2026, 5, 4),
    date(2026, 5, 11),
)
DISCOUNTS = (0.15, 0.20, 0.25)
LENGTHS, PAYING_LENGTHS = (10, 14, 17), (14, 17)
"""Days of a promotion; one that pays lasts long enough for its gain to stand out from the noise of the days."""
_LIFT = {0.15: (0.45, 0.52), 0.20: (0.56, 0.66), 0.25: (0.70, 0.80)}
_PAYING_LIFT = {0.15: (1.05, 1.15), 0.20: (1.18, 1.28)}
PAYING = 0.24
"""Share of the draws whose promotion earns more than it costs: a small discount, many more sales, few of them moved."""
WEAK, HALO = 0.30, 0.40
"""Share of the draws where the neighbour loses too little for it to be established, and where a third range gains."""

DAILY_REVENUE = 5080.0
"""Mean revenue a day, euros incl. tax, over the two years (1.9 M€ a year)."""
RANGE_SHARE = np.array([0.455, 0.17, 0.10, 0.275])
PAYMENT_NOISE, PAYMENT_RETURN = 0.52, 0.2
"""How much a day's paid units stray from their expected share, times the square root of the units, and how much of it
the next day gives back: measured on the exported orders."""
SEA_OVER = 0.55
"""Share of the draws where SEA spends more than planned."""
UNITS_PER_LOT = 2.0
SHIPPING_FEE, FREE_SHIPPING_FROM = 4.9, 49.0
TRAFFIC = 3600.0
"""Sessions a day in the mean."""


@dataclass(frozen=True)
class Params:
    """Everything a variant of Kerlavandre is made of; the parts document their units."""

    promotion: PromotionEffects
    starts: date
    paying: bool
    margin: float
    demand: Demand
    range_noise: float
    scale: float
    range_share: Floats
    units_per_order: float
    traffic_share: Floats
    funnel: Funnel
    basket_weight: Floats
    first_share: float
    first_factor: Floats
    customers: Customers
    campaigns: tuple[Campaign, ...]
    campaign_pull: Floats
    overclaim: float
    emailing: Emailing
    list_size: float
    expense_gap: Floats
    volume_gap: Floats
    price_gap: Floats
    duplicates: float
    preparation_ht: float
    payment_rate: float
    roi_target: float
    roi_12_target: float
    safety: float
    cash: float
    gifts: float

    @property
    def paid_share(self) -> float:
        """Share of the orders that stay paid."""
        return 1 - self.funnel.cancelled - self.funnel.refunded

    @property
    def sessions_span(self) -> slice:
        """Days (ranks) of the export of visits: whole months, from the oldest window to the end of the orders."""
        oldest = self.starts - timedelta(BEFORE_DAYS + YEAR)
        last = self.starts + timedelta(self.promotion.length - 1 + AFTER_DAYS)
        following = (last.replace(day=1) + timedelta(31)).replace(day=1)
        return slice((oldest.replace(day=1) - START).days, (following - START).days)

    @property
    def window(self) -> slice:
        """Days (ranks) of the export of orders."""
        first = self.promotion.start - BEFORE_DAYS
        return slice(first, self.promotion.start + self.promotion.length + AFTER_DAYS)


def _promotion(rng: np.random.Generator, paying: bool) -> tuple[PromotionEffects, date]:
    starts = STARTS[rng.integers(len(STARTS))]
    lifts, lengths = (_PAYING_LIFT, PAYING_LENGTHS) if paying else (_LIFT, LENGTHS)
    discount = tuple(lifts)[rng.integers(len(lifts))]
    promotion = PromotionEffects(
        start=(starts - START).days,
        length=lengths[rng.integers(len(lengths))],
        discount=discount,
        lift=float(rng.uniform(*lifts[discount])),
        dip=float(rng.uniform(0.075, 0.10) if paying else rng.uniform(0.14, 0.19)),
        dip_days=float(rng.uniform(5.0, 7.0)),
        cannibalisation=float(rng.uniform(0.045, 0.06) if rng.random() < WEAK else rng.uniform(0.13, 0.18)),
        new_share=float(rng.uniform(0.10, 0.15)),
        halo=float(rng.uniform(0.06, 0.10) if rng.random() < HALO else 0.0),
    )
    return promotion, starts


def _campaigns(rng: np.random.Generator) -> tuple[Campaign, ...]:
    """Draw the campaigns: spend and costs around the usual ones, the clicks on the link of Meta's."""

    def about(value: float) -> float:
        return float(value * rng.uniform(0.92, 1.08))

    link = float(rng.uniform(0.56, 0.69))
    links = {"Meta prospection": link, "Meta reciblage": link - 0.03}
    return tuple(
        replace(
            usual,
            daily_spend=about(usual.daily_spend),
            cpm=about(usual.cpm),
            cpc=about(usual.cpc),
            link_share=links.get(usual.name, usual.link_share),
        )
        for usual in content("kerlavandre").records("campaigns", Campaign)
    )


def _funnel(rng: np.random.Generator) -> Funnel:
    conversion = np.array([0.0225, 0.0270, 0.0072, 0.0450, 0.0310, 0.0240, 0.0100, 0.0105])
    mobile = np.array([0.62, 0.66, 0.88, 0.58, 0.55, 0.64, 0.78, 0.60])
    ratio = rng.uniform(0.74, 0.81)
    return Funnel(
        mobile_share=mobile + rng.uniform(-0.03, 0.03, len(CHANNELS)),
        conversion=conversion * rng.uniform(0.95, 1.05, len(CHANNELS)),
        device_factor=np.array([rng.uniform(0.70, 0.80), rng.uniform(1.45, 1.65)]),
        user_ratio=ratio + rng.uniform(-0.03, 0.03, len(CHANNELS)),
        views=float(rng.uniform(1.8, 2.4)),
        cart_to_order=np.array([rng.uniform(0.20, 0.23), rng.uniform(0.32, 0.36)]),
        checkout_to_order=np.array([rng.uniform(0.44, 0.50), rng.uniform(0.58, 0.66)]),
        cancelled=float(rng.uniform(0.030, 0.040)),
        refunded=float(rng.uniform(0.030, 0.040)),
    )


def _gaps(rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return the gap of expenses, of orders and of baskets of each lever, in the order of ``LEVERS``.

    SEA spends more or less than planned, and two of the other levers do the opposite, so that two are over, two under.
    """
    over = rng.random() < SEA_OVER
    way = 1.0 if over else -1.0
    same, opposite = rng.uniform(0.13, 0.20), rng.uniform(0.13, 0.19, 2)
    others = rng.permutation(np.array([way * same, -way * opposite[0], -way * opposite[1], rng.uniform(-0.025, 0.025)]))
    sea, social = way * rng.uniform(0.17, 0.23), rng.uniform(0.02, 0.045)
    expense = np.array([others[0], sea, others[1], others[2], others[3], social])
    sign = np.where(rng.random(len(LEVERS)) < 0.5, -1.0, 1.0)
    return expense, sign * rng.uniform(0.11, 0.19, len(LEVERS)), -sign * rng.uniform(0.065, 0.10, len(LEVERS))


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    paying = bool(rng.random() < PAYING)
    promotion, starts = _promotion(rng, paying)
    expense, volume, price = _gaps(rng)
    traffic = np.array([0.28, 0.0, 0.06, 0.045, 0.16, 0.0, 0.0, 0.04])
    basket = np.array([1.0, 0.95, 0.48, 1.25, 1.10, 0.74, 0.42, 0.86])
    return Params(
        promotion=promotion,
        starts=starts,
        paying=paying,
        margin=float(rng.uniform(0.602, 0.622) if paying else rng.uniform(0.545, 0.588)),
        demand=Demand(
            growth=float(rng.uniform(0.05, 0.10)),
            season=(float(rng.uniform(-0.05, -0.02)), float(rng.uniform(0.02, 0.06))),
            holiday=-0.04,
            soldes=0.02,
            black_friday=float(rng.uniform(0.45, 0.6)),
            sigma=0.024,
            rho=0.3,
        ),
        range_noise=0.02,
        scale=float(rng.uniform(0.96, 1.04)),
        range_share=RANGE_SHARE * rng.uniform(0.97, 1.03, len(RANGE_SHARE)),
        units_per_order=float(rng.uniform(4.2, 4.5)),
        traffic_share=traffic * rng.uniform(0.9, 1.1, len(CHANNELS)),
        funnel=_funnel(rng),
        basket_weight=basket * rng.uniform(0.95, 1.05, len(CHANNELS)),
        first_share=float(rng.uniform(0.34, 0.40)),
        first_factor=np.array([1.05, 1.12, 1.45, 0.40, 0.80, 1.30, 1.30, 1.15]),
        customers=Customers(active=int(rng.integers(3000, 3600)), spread=0.6, recent=0.10),
        campaigns=_campaigns(rng),
        campaign_pull=np.array([2.3, 0.8, 1.0, 0.6, 2.0, 1.0]),
        overclaim=float(rng.uniform(1.27, 1.43)),
        emailing=Emailing(
            hard=float(rng.uniform(0.003, 0.006)),
            soft=float(rng.uniform(0.008, 0.014)),
            opening=float(rng.uniform(0.25, 0.33)),
            repeat_opening=float(rng.uniform(1.42, 1.75)),
            apple=float(rng.uniform(0.28, 0.42)),
            clicking=float(rng.uniform(0.022, 0.032)),
            repeat_click=float(rng.uniform(1.3, 1.5)),
            unsubscribing=float(rng.uniform(0.0014, 0.0026)),
            order_rate=float(rng.uniform(0.07, 0.10)),
            basket=64.0,
        ),
        list_size=float(rng.uniform(21000, 26000)),
        expense_gap=expense,
        volume_gap=volume,
        price_gap=price,
        duplicates=float(rng.uniform(0.008, 0.015)),
        preparation_ht=float(np.round(rng.uniform(5.2, 6.9), 2)),
        payment_rate=float(np.round(rng.uniform(0.014, 0.019), 4)),
        roi_target=float(rng.uniform(0.7, 1.1) if paying else rng.uniform(-2.2, -1.6)),
        roi_12_target=float(rng.uniform(2.4, 3.4) if paying else rng.uniform(0.4, 0.8)),
        safety=float(rng.uniform(0.80, 0.87)),
        cash=float(rng.uniform(0.012, 0.03)),
        gifts=float(rng.uniform(0.16, 0.26)),
    )


def months(rank: Ints) -> Ints:
    """Return the month of each day (by rank) counted from the first month of the fiscal year (may be negative)."""
    moment = np.datetime64(START) + rank
    return (moment.astype("datetime64[M]") - np.datetime64(FISCAL_START, "M")).astype(np.int64)


def paid_noise(units: Floats, rng: np.random.Generator) -> Floats:
    """Return the factor between paid and expected units of each (range, day), where no order was exported."""
    shocks = rng.standard_normal((units.shape[0], units.shape[1] + 1))
    stray = (shocks[:, 1:] - PAYMENT_RETURN * shocks[:, :-1]) / np.hypot(1.0, PAYMENT_RETURN)
    size = PAYMENT_NOISE / np.sqrt(units)
    factor: Floats = np.exp(size * stray - size**2 / 2)
    return factor
