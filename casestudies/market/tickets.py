"""Requests of clients: closed after some days, sometimes opened again because the answer would not do.

Ranges assumed: ``delay`` 1.5–6 working days to the first closing; ``reopened`` 0.05–0.4 share of the requests;
``again`` 8–16 working days to close again; ``twice`` 0.1–0.3 share of the requests that come back; ``shape`` 1.5–4.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints

NEVER = np.iinfo(np.int64).max
"""Day of what has not happened."""


@dataclass(frozen=True)
class Requests:
    """Working day (rank) of each request's first and last closing, ``NEVER`` if not seen; times it came back."""

    first: Ints
    last: Ints
    returns: Ints


@dataclass(frozen=True)
class SupportDesk:
    """How each team answers.

    Attributes
    ----------
    delay : mean working days to the first closing, by team.
    reopened : probability that a request comes back, by team.
    again : mean working days each time it comes back.
    twice : probability that it comes back a second time once it came back.
    shape : shape of the gamma law behind the delays.

    """

    delay: Floats
    reopened: Floats
    again: float
    twice: float
    shape: float

    def answer(self, opened: Ints, team: Ints, pace: Floats, end: int, rng: np.random.Generator) -> Requests:
        """Return what an export made at the end of day ``end`` shows of requests ``opened`` on these days.

        ``pace`` multiplies the delay of each request (1 in the mean). Delays are whole days of known mean: a Poisson
        law whose mean is drawn from a gamma law.
        """

        def wait(mean: Floats) -> Ints:
            return rng.poisson(rng.gamma(self.shape, mean / self.shape)).astype(np.int64)

        first = opened + wait(self.delay[team] * pace)
        back = rng.random(len(opened)) < self.reopened[team]
        back_twice = back & (rng.random(len(opened)) < self.twice)
        even = np.full(len(opened), self.again)
        step = 1 + wait(even - 1)
        second_step = 1 + wait(even - 1)
        second = first + step
        third = second + second_step
        seen_back = back & (first + step // 2 <= end) & (first <= end)
        seen_twice = seen_back & back_twice & (second + second_step // 2 <= end) & (second <= end)
        last = np.where(seen_twice, third, np.where(seen_back, second, first))
        return Requests(
            np.where(first <= end, first, NEVER),
            np.where(last <= end, last, NEVER),
            seen_back.astype(np.int64) + seen_twice,
        )
