"""Sales of Bocanterre in its stores, day by day, with the card tried in five of them."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.bocanterre import params
from casestudies.bocanterre.params import N_DAYS, N_STORES, Params
from casestudies.bocanterre.places import AREA_OF, AREAS, STORES
from casestudies.company import Company
from casestudies.market import calendar, footfall
from casestudies.market.demand import ar1
from casestudies.market.sampling import Floats, Ints, jitter, systematic
from casestudies.market.stores import settled, ups_and_downs

WORKS = (7, 19)
"""Rank of the first day of works in a control store after the trial’s windows, and their length, in days."""


class Sales(Company):
    """The part of the company that sells in stores."""

    @cached_property
    def params(self) -> Params:
        """The parameters of this variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def days(self) -> pd.DataFrame:
        """The calendar of the two years."""
        return calendar.days(params.START, params.END)

    @cached_property
    def pace(self) -> Floats:
        """Expected sales of each day, 1 in the mean; the season is set so that the trend of the case holds."""
        p = self.params
        flat = p.footfall.expected(self.days)
        wave = replace(p.footfall, season=0.01).expected(self.days)
        gains = [np.log(level[p.during].sum() / level[p.before].sum()) for level in (flat, wave)]
        season = 0.01 * (np.log1p(p.trend) - gains[0]) / (gains[1] - gains[0])
        level = replace(p.footfall, season=float(season)).expected(self.days)
        pace: Floats = level / level.mean()
        return pace

    @cached_property
    def weather(self) -> Ints:
        """The weather of each day, by (area, day)."""
        return footfall.weather(len(AREAS), self.days, self.params.rainy, self.rng("meteo"))

    @cached_property
    def closed_for_works(self) -> Ints:
        """Return 1 when a store is closed for works, by (store, day): a small control store, after the trial."""
        p = self.params
        treated = p.trial.is_treated(N_STORES)
        store = int(np.argmin(np.where(treated, np.inf, p.size)))
        first = p.during.stop + WORKS[0]
        closed = np.zeros((N_STORES, N_DAYS), dtype=np.int64)
        closed[store, first : first + WORKS[1]] = 1
        return closed

    @cached_property
    def revenue(self) -> Floats:
        """Food sales, euros incl. tax, by (store, day), before rounding to the cent."""
        p, rng = self.params, self.rng("ventes")
        noise = ups_and_downs(N_STORES, N_DAYS, p.trial.start, p.block_noise, rng)
        noise += p.daily_noise * rng.standard_normal((N_STORES, N_DAYS))
        noise += p.footfall.rain * (self.weather[AREA_OF] == footfall.WEATHER.index("pluie"))
        past = p.trial.changes(N_STORES, p.past_luck, rng)
        own = p.trial.changes(N_STORES, p.trial.luck, rng)
        noise = settled(noise, self.pace, p.before_past, p.during_past, past)
        noise = settled(noise, self.pace, p.before, p.during, own)
        common = np.exp(ar1(N_DAYS, p.common_noise, 0.3, rng))
        base = p.size * p.scale * params.STORES_REVENUE / 365
        effect = 1 + p.trial.effect * p.trial.running(N_STORES, N_DAYS)
        level: Floats = base[:, None] * self.pace * common * np.exp(noise) * effect * (1 - self.closed_for_works)
        return level

    def table_ventes_magasin_jour(self) -> pd.DataFrame:
        """Return sales, tickets, identified customers, new cards, jars and weather by day and store."""
        p, rng = self.params, self.rng("tickets")
        shape = self.revenue.shape
        running = p.trial.running(N_STORES, N_DAYS)
        tickets = systematic(self.revenue / p.basket[:, None] * jitter(shape, 0.03, rng), rng)
        customers = systematic(tickets * p.loyal[:, None] * jitter(shape, 0.03, rng), rng)
        customers = np.minimum(customers, tickets)
        cards = systematic(customers * p.newcomers * (1 + (p.enrolment - 1) * running) * jitter(shape, 0.20, rng), rng)
        cards = np.minimum(cards, customers)
        jars = systematic(tickets * p.jars.per_ticket * jitter(shape, 0.05, rng), rng)
        back = systematic(jars * (p.jars.returned - p.jars.lost_points * running) * jitter(shape, 0.08, rng), rng)
        revenue = np.where(tickets > 0, np.round(self.revenue, 2), 0.0)
        return pd.DataFrame(
            {
                "date": np.repeat(self.days["date"].to_numpy(), N_STORES),
                "magasin_id": np.tile(np.array([store.id for store in STORES], dtype=object), N_DAYS),
                "ca_ttc": revenue.T.ravel(),
                "tickets": tickets.T.ravel(),
                "clients": customers.T.ravel(),
                "nouveaux": cards.T.ravel(),
                "bocaux_vendus": jars.T.ravel(),
                "bocaux_rendus": back.T.ravel(),
                "meteo": np.array(footfall.WEATHER, dtype=object)[self.weather[AREA_OF].T.ravel()],
            }
        )

    def table_magasins(self) -> pd.DataFrame:
        """Return the stores and the group of each in the trial."""
        treated = self.params.trial.is_treated(N_STORES)
        return pd.DataFrame(
            {
                "magasin_id": [store.id for store in STORES],
                "ville": [store.town for store in STORES],
                "secteur": [AREAS[store.area] for store in STORES],
                "surface_m2": [store.floor_m2 for store in STORES],
                "ouverture": pd.to_datetime([store.opened for store in STORES]),
                "groupe": np.where(treated, "test", "témoin").astype(object),
            }
        )
