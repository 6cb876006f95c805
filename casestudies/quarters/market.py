"""The market of the game: what the expenses and the offers of four quarters bring, in sales and in margin.

Every effect multiplies the others, so that each can be told apart afterwards. Where the forms come from:

- saturation: the hyperbola ``(1 + h) · x / (x + h)``, a Hill curve of slope 1 (Jin et al. 2017, « Bayesian Methods for
  Media Mix Modeling with Carryover and Shape Effects »), 1 at the usual expense;
- memory: geometric adstock, normalised to the same level (Broadbent 1979, « One Way TV Advertisements Work »);
- the rival and the season: factors, in log points (multiplicative models of sales response: Hanssens, Parsons and
  Schultz 2001, « Market Response Models », chapter 3);
- the offer: more units at a lower price, a part of them borrowed from the next quarter (van Heerde, Leeflang and
  Wittink 2004, « Decomposing the Sales Promotion Bump with Store Data »).

Arrays end with the axes (quarter, lever), or (quarter); any axes before them are ways of playing, computed at once.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats

QUARTERS = 4


@dataclass(frozen=True)
class Responses:
    """How each lever answers to its expense; one value by lever.

    Attributes
    ----------
    usual_ht : usual expense of a quarter, € excl. tax.
    sales_ht : sales of a mean quarter at that expense, € excl. tax.
    acquired : share of these sales that would come without any expense.
    half : expense that brings half of the ceiling, as a multiple of the usual one.
    memory : share of the effect that comes from the quarters before.
    """

    usual_ht: Floats
    sales_ht: Floats
    acquired: Floats
    half: Floats
    memory: Floats

    def doses(self, spends: Floats) -> Floats:
        """Return expenses with what is remembered of the quarters before; both as multiples of the usual one.

        >>> one = Responses(*(np.array([value]) for value in (1, 1, 0, 1, 0.25)))
        >>> one.doses(np.array([[2.0], [1.0], [1.0], [0.0]])).ravel().tolist()
        [1.75, 1.1875, 1.046875, 0.26171875]
        """
        felt, before = np.empty(np.broadcast_shapes(spends.shape, self.memory.shape)), np.ones_like(self.memory)
        for quarter in range(spends.shape[-2]):
            before = (1 - self.memory) * spends[..., quarter, :] + self.memory * before
            felt[..., quarter, :] = before
        return felt

    def effect(self, dose: Floats) -> Floats:
        """Return the sales that a dose brings, as a multiple of ``sales_ht``.

        >>> one = Responses(*(np.array([value]) for value in (1, 1, 0.25, 1, 0)))
        >>> [float(one.effect(np.array([dose]))[0]) for dose in (0.0, 1.0, 3.0)]
        [0.25, 1.0, 1.375]
        """
        moved: Floats = (1 + self.half) * dose / (dose + self.half)
        return self.acquired + (1 - self.acquired) * moved

    def slope(self, dose: Floats) -> Floats:
        """Return what one more unit of dose brings, as a multiple of ``sales_ht``.

        >>> one = Responses(*(np.array([value]) for value in (1, 1, 0.25, 1, 0)))
        >>> float(one.slope(np.array([1.0]))[0])
        0.375
        """
        rise: Floats = (1 - self.acquired) * (1 + self.half) * self.half / (dose + self.half) ** 2
        return rise


@dataclass(frozen=True)
class Offer:
    """A discount on the whole catalogue for a part of a quarter.

    Attributes
    ----------
    discount : share of the price taken off.
    lift : units sold in more while it lasts, as a share.
    weight : share of the quarter that it lasts.
    borrowed : share of these units that the next quarter loses.
    shield : share of a rival's price cut that it undoes.
    answer : what the rival's answer takes off the next quarter, in log points.
    """

    discount: float
    lift: float
    weight: float
    borrowed: float
    shield: float
    answer: float

    def units(self, offers: Floats) -> Floats:
        """Return the units of each quarter, as a multiple of those without offers (``offers`` is 1 or 0 a quarter).

        >>> Offer(0.2, 0.5, 0.5, 0.4, 0, 0).units(np.array([1.0, 0, 0, 1])).tolist()
        [1.25, 0.9, 1.0, 1.25]
        """
        return (1 + self.weight * self.lift * offers) * self._after(offers)

    def revenue(self, offers: Floats) -> Floats:
        """Return the revenue of each quarter, as a multiple of that without offers.

        >>> Offer(0.2, 0.5, 0.5, 0.4, 0, 0).revenue(np.array([1.0, 0, 0, 0])).tolist()
        [1.1, 0.9, 1.0, 1.0]
        """
        during = (1 + self.lift) * (1 - self.discount)
        return (1 + self.weight * offers * (during - 1)) * self._after(offers)

    def margin(self, offers: Floats, rate: float) -> Floats:
        """Return the margin of each quarter, as a share of its revenue without offers: the discount comes off it whole.

        >>> Offer(0.2, 0.5, 0.5, 0.4, 0, 0).margin(np.array([1.0, 0, 0, 0]), 0.5).tolist()
        [0.475, 0.45, 0.5, 0.5]
        """
        during = (1 + self.lift) * (rate - self.discount)
        return (rate + self.weight * offers * (during - rate)) * self._after(offers)

    def _after(self, offers: Floats) -> Floats:
        return 1 - self.borrowed * self.weight * self.lift * _before(offers)


@dataclass(frozen=True)
class YearPlan:
    """A way of playing: expenses by (quarter, lever), € excl. tax, and 1 in the quarters with an offer, else 0."""

    spends_ht: Floats
    offers: Floats


@dataclass(frozen=True)
class Market:
    """Everything that a plan meets.

    Attributes
    ----------
    levers : their names.
    responses : how each answers.
    season : level of each quarter; 1 in the mean.
    loss : what the rival takes from each lever, by (quarter, lever), in log points; negative when it gives.
    price_cut : what the rival's lower prices take from each quarter, in log points, when nothing answers them.
    offer : the offer that a quarter can hold.
    margin_rate : margin over variable costs, as a share of sales at full price.
    quarter_ht : the money of each quarter, € excl. tax; all of it is spent.
    """

    levers: tuple[str, ...]
    responses: Responses
    season: Floats
    loss: Floats
    price_cut: Floats
    offer: Offer
    margin_rate: float
    quarter_ht: float

    def rival(self, offers: Floats) -> Floats:
        """Return the factor of the rival on sales, by (quarter, lever)."""
        cut = self.price_cut * (1 - self.offer.shield * offers) + self.offer.answer * _before(offers)
        factor: Floats = np.exp(-self.loss - cut[..., None])
        return factor

    def demand_ht(self, plan: YearPlan) -> Floats:
        """Return the sales at full price, before what an offer does, by (quarter, lever), € excl. tax."""
        responses = self.responses
        effect = responses.effect(responses.doses(plan.spends_ht / responses.usual_ht))
        return responses.sales_ht * self.season[:, None] * self.rival(plan.offers) * effect

    def sales_ht(self, plan: YearPlan) -> Floats:
        """Return the sales by (quarter, lever), € excl. tax."""
        return self.demand_ht(plan) * self.offer.revenue(plan.offers)[..., None]

    def margin_ht(self, plan: YearPlan) -> Floats:
        """Return the margin of each quarter once the levers are paid, € excl. tax."""
        kept = self.offer.margin(plan.offers, self.margin_rate)
        return (self.demand_ht(plan) * kept[..., None]).sum(axis=-1) - plan.spends_ht.sum(axis=-1)

    def slopes(self, plan: YearPlan) -> Floats:
        """Return the margin that one more euro brings by (quarter, lever), in that quarter and in those after."""
        responses = self.responses
        doses = responses.doses(plan.spends_ht / responses.usual_ht)
        kept = self.offer.margin(plan.offers, self.margin_rate)[..., None]
        rise = responses.sales_ht * self.season[:, None] * self.rival(plan.offers) * kept * responses.slope(doses)
        later = np.zeros(np.broadcast_shapes(rise[..., 0, :].shape))
        gains = np.empty_like(rise)
        for quarter in reversed(range(QUARTERS)):
            later = rise[..., quarter, :] + responses.memory * later
            gains[..., quarter, :] = (1 - responses.memory) * later / responses.usual_ht
        return gains

    @property
    def usual(self) -> YearPlan:
        """The plan of last year: the usual expenses, no offer."""
        shares = self.responses.usual_ht / self.responses.usual_ht.sum()
        return YearPlan(np.tile(self.quarter_ht * shares, (QUARTERS, 1)), np.zeros(QUARTERS))


def _before(values: Floats) -> Floats:
    """Return the values of the quarter before each one, 0 before the first."""
    return np.concatenate([np.zeros_like(values[..., :1]), values[..., :-1]], axis=-1)
