"""The parameters of one variant of Isolombre, drawn once from one stream."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from casestudies.market.accounts import Segment
from casestudies.market.partners import Bases
from casestudies.market.prescriptions import Prescribing
from casestudies.market.quotes import Quoting

START, MIDDLE, END = date(2024, 7, 1), date(2025, 7, 1), date(2026, 6, 30)
"""First day of the data, first day of the last fiscal year, last day of both."""

ROLES = ("meilleur", "mirage", "petit", "sosie", "image", "moyen")
"""What each of the six partners turns out to be; which structure plays which role changes with the variant."""
BEST, MIRAGE, SMALL, TWIN, PRETTY, MIDDLING = range(6)

AUDIENCES = ("architectes", "artisans", "particuliers")
TYPES = ("négoce", "artisan", "architecte", "maître d’ouvrage")
DEALER, BUILDER, ARCHITECT, OWNER = range(4)
CIRCUITS = ("direct", "court", "long")
DIRECT, SHORT, LONG = range(3)
DEPARTMENTS = ("29", "22", "56", "35", "44", "85", "49", "53", "72", "79", "17", "86")

NORMS = np.array([[18, 11, 6], [6, 3, 2], [9, 6, 3], [8, 5, 3]])
"""Least visits a year by type (in the order of ``TYPES``) and class."""
NORMS_RANGE = ((2, 1, 0), (1, 1, 0), (1, 0, 1), (2, 1, 0))
"""Visits a year that a variant may add to them."""

REVENUE = 14_000_000.0
"""Sales of a year, euros excl. tax."""
PRESCRIPTIONS, REQUESTS, OUTLETS = 1100, 1500, 260

SHARE_FLOOR, IMAGE_FLOOR, PROJECT_FLOOR, POINTS_FLOOR = 0.20, 6.5, 0.40, 2
BUDGET_FLOOR, BUDGET_CEILING = 8000, 25000
WEIGHTS = ((4, 3, 2), (5, 3, 3), (4, 4, 3), (5, 4, 3))
"""Weights of the shared customers, the ways of buying and the image: they never add up to ten or to one."""


@dataclass(frozen=True)
class Circuit:
    """Money of one circuit, in euros excl. tax per square metre.

    ``trade`` is the share of the final price kept by the dealer, ``wholesale`` the share of the dealer's buying price
    kept by the wholesaler (0 where there is none).
    """

    price: float
    trade: float
    wholesale: float
    logistics: float
    selling: float
    share: float


@dataclass(frozen=True)
class Params:
    """Everything a variant of Isolombre is made of; the parts document their units."""

    segments: tuple[Segment, ...]
    growth: float
    closed: float
    dormant: float
    per_day: float
    usual_days: int
    fraction: float
    occupied: float
    cancelled: float
    remote: float
    twice: float
    prescribing: Prescribing
    quoting: Quoting
    circuit_mix: tuple[float, ...]
    bases: Bases
    marks: tuple[float, ...]
    points: tuple[int, ...]
    order: tuple[int, ...]
    repeats: tuple[float, ...]
    own_repeats: float
    shouting: int
    weights: tuple[int, int, int]
    circuits: tuple[Circuit, ...]
    production: float
    listing: float
    lean: float


def _segments(rng: np.random.Generator) -> tuple[Segment, ...]:
    dealers, architects, owners = (int(n) for n in (rng.integers(100, 116), rng.integers(78, 91), rng.integers(34, 43)))
    builders = 420 - dealers - architects - owners
    total = REVENUE * rng.uniform(0.96, 1.04)
    dealer_share, builder_share = rng.uniform(0.69, 0.74), rng.uniform(0.08, 0.10)
    margin = rng.uniform(0.36, 0.40)

    def segment(
        kind: int, size: int, share: float, spread: float, rate: float, room: float, attention: float
    ) -> Segment:
        norms = NORMS[kind] + rng.integers(0, np.array(NORMS_RANGE[kind]) + 1)
        return Segment(
            TYPES[kind],
            size,
            share * total,
            spread,
            rate,
            room,
            (int(norms[0]), int(norms[1]), int(norms[2])),
            attention,
        )

    return (
        segment(DEALER, dealers, dealer_share, 0.85, margin, rng.uniform(1.5, 1.9), 1.35),
        segment(BUILDER, builders, builder_share, 0.8, margin + 0.12, rng.uniform(1.9, 2.4), 0.95),
        segment(ARCHITECT, architects, 0.0, 0.7, 0.0, rng.uniform(60000, 75000), rng.uniform(0.32, 0.42)),
        segment(OWNER, owners, 1 - dealer_share - builder_share, 0.75, margin + 0.07, rng.uniform(1.6, 2.1), 0.9),
    )


def _bases(rng: np.random.Generator) -> tuple[Bases, tuple[float, ...], tuple[int, ...]]:
    """Return the bases, the true image and the points of compatibility of each role, in the order of ``ROLES``."""
    overlap = ((0.240, 0.285), (0.050, 0.072), (0.150, 0.172), (0.325, 0.370), (0.095, 0.125), (0.215, 0.232))
    sizes = ((4600, 5400), (8300, 9000), (2000, 2200), (7000, 7600), (2700, 3600), (4300, 5400))
    marks = ((7.4, 8.0), (3.6, 4.5), (7.2, 7.8), (6.9, 7.4), (8.6, 9.0), (5.2, 5.8))
    bases = Bases(
        own=int(rng.integers(5900, 6500)),
        sizes=tuple(int(rng.integers(low, high)) for low, high in sizes),
        overlap=tuple(float(rng.uniform(low, high)) for low, high in overlap),
        outside=52_000,
    )
    points = (3, int(rng.integers(1, 3)), 3, int(rng.integers(0, 2)), 2, 2)
    return bases, tuple(float(rng.uniform(low, high)) for low, high in marks), points


def _circuits(rng: np.random.Generator) -> tuple[tuple[Circuit, ...], float]:
    def about(value: float, spread: float = 0.04) -> float:
        return float(np.round(value * rng.uniform(1 - spread, 1 + spread), 2))

    final = about(26.4, 0.03)
    trade = float(np.round(rng.uniform(0.25, 0.285), 3))
    wholesale = float(np.round(rng.uniform(0.095, 0.125), 3))
    long = float(np.round(rng.uniform(0.27, 0.33), 2))
    direct = float(np.round(rng.uniform(0.25, 0.28), 2))
    return (
        Circuit(round(final * 0.93, 2), 0.0, 0.0, about(3.3), about(5.9), direct),
        Circuit(final, trade, 0.0, about(1.05), about(1.75), round(1 - direct - long, 2)),
        Circuit(final, trade, wholesale, about(0.55), about(0.85), long),
    ), about(11.4, 0.03)


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    bases, marks, points = _bases(rng)
    circuits, production = _circuits(rng)
    return Params(
        segments=_segments(rng),
        growth=float(rng.uniform(0.03, 0.08)),
        closed=float(rng.uniform(0.045, 0.06)),
        dormant=float(rng.uniform(0.06, 0.09)),
        per_day=float(np.round(rng.uniform(2.2, 2.7), 1)),
        usual_days=158,
        fraction=float(rng.uniform(0.24, 0.44)),
        occupied=float(rng.uniform(0.90, 0.96)),
        cancelled=float(rng.uniform(0.08, 0.11)),
        remote=float(rng.uniform(0.20, 0.28)),
        twice=float(rng.uniform(0.022, 0.032)),
        prescribing=Prescribing(
            near=float(rng.uniform(0.50, 0.60)),
            abandoned=float(rng.uniform(0.12, 0.17)),
            kept_near=float(rng.uniform(0.68, 0.76)),
            kept_far=float(rng.uniform(0.36, 0.44)),
            longest=int(rng.integers(335, 361)),
        ),
        quoting=Quoting(
            ease=(float(rng.uniform(-0.50, -0.30)), float(rng.uniform(0.05, 0.25)), float(rng.uniform(0.0, 0.2))),
            slope=float(rng.uniform(0.07, 0.10)),
            warmth=float(rng.uniform(0.35, 0.50)),
            delay=(float(rng.uniform(2.5, 3.5)), float(rng.uniform(6.0, 7.5)), float(rng.uniform(11.0, 13.5))),
            revised=float(rng.uniform(0.10, 0.15)),
            unanswered=float(rng.uniform(0.42, 0.55)),
        ),
        circuit_mix=(float(rng.uniform(0.24, 0.28)), float(rng.uniform(0.42, 0.46))),
        bases=bases,
        marks=marks,
        points=points,
        order=tuple(int(k) for k in rng.permutation(len(ROLES))),
        repeats=tuple(float(share) for share in rng.uniform(0.028, 0.045, len(ROLES))),
        own_repeats=float(rng.uniform(0.028, 0.040)),
        shouting=int(rng.integers(len(ROLES))),
        weights=WEIGHTS[rng.integers(len(WEIGHTS))],
        circuits=circuits,
        production=production,
        listing=float(rng.uniform(-0.72, -0.46)),
        lean=float(rng.uniform(0.70, 0.95)),
    )
