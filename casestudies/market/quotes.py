"""Quotes: the longer the answer takes, the less often it is accepted."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    "A quote asked for is sent after some days, then accepted, refused or left unanswered.",
    (
        Parameter("ease", "log odds of a yes to an immediate answer", -1.0, 0.5, "assumption"),
        Parameter("slope", "log odds lost per day of delay", 0.04, 0.12, "assumption"),
        Parameter("warmth", "log odds gained when the customer came by themselves", 0.2, 0.6, "assumption"),
        Parameter("Quoting.delay", "days to send the quote, in the mean", 2, 15, "assumption"),
        Parameter("revised", "share of the requests quoted twice", 0.08, 0.2, "assumption"),
        Parameter("unanswered", "share of the lost ones that never answer", 0.4, 0.6, "assumption"),
    ),
)

DELAY_SHAPE = 2.2
"""Shape of the gamma law of the delays."""


@dataclass(frozen=True)
class Quoting:
    """How quotes are sent and received; circuits are numbered.

    Attributes
    ----------
    ease : log odds of a yes to an immediate answer, by circuit.
    slope : log odds lost per day of delay.
    warmth : log odds gained when the customer came by themselves (inbound).
    delay : mean delay in days, by circuit.
    revised : share of the requests quoted a second time.
    unanswered : share of the lost quotes that are neither accepted nor refused.

    """

    ease: tuple[float, ...]
    slope: float
    warmth: float
    delay: tuple[float, ...]
    revised: float
    unanswered: float

    def delays(self, circuit: Ints, rng: np.random.Generator) -> Ints:
        """Return whole days between the request and the first sending (0 = the same day)."""
        mean = np.array(self.delay)[circuit]
        return np.floor(rng.gamma(DELAY_SHAPE, 1.0, len(circuit)) * (mean + 0.5) / DELAY_SHAPE).astype(np.int64)

    def chance(self, circuit: Ints, inbound: Ints, delay: Ints) -> Floats:
        """Return the probability that each quote is accepted."""
        odds = np.array(self.ease)[circuit] + self.warmth * inbound - self.slope * delay
        chance: Floats = 1 / (1 + np.exp(-odds))
        return chance


def logistic(design: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """Return the coefficients of a logistic regression and their standard errors (Newton's method).

    ``design`` has one row per observation and one column per coefficient; ``outcome`` is 0 or 1.
    """
    coefficients = np.zeros(design.shape[1])
    for _ in range(12):
        fitted = 1 / (1 + np.exp(-design @ coefficients))
        information = design.T @ (design * (fitted * (1 - fitted))[:, None])
        coefficients = coefficients + np.linalg.solve(information, design.T @ (outcome - fitted))
    errors: Floats = np.sqrt(np.diag(np.linalg.inv(information)))
    return coefficients, errors
