"""Click and collect of Bocanterre: a year of orders, and the visits of the site that brought them."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.bocanterre import params
from casestudies.bocanterre.params import CLICK_START, DEVICES, START
from casestudies.bocanterre.places import STORES
from casestudies.bocanterre.sales import Sales
from casestudies.market.defects import exported_twice
from casestudies.market.footfall import open_days
from casestudies.market.sampling import Floats, Ints, jitter, pick, systematic, unrolled

STATUSES = ("annulée", "non retirée", "retirée")
CANCELLED, FORGOTTEN, COLLECTED = range(3)
FIRST_DAY = (CLICK_START - START).days
ARTICLE_TTC = 4.6
"""Mean price of an article, euros incl. tax (assumption)."""
CATERERS = 3
"""Orders of caterers left in the export: twenty to thirty times the usual basket."""
WEEKDAY = np.array([1.05, 0.95, 0.95, 1.05, 1.25, 0.85, 0.90])
"""Orders placed by weekday, Monday first (assumption)."""


class ClickCollect(Sales):
    """The part of the company that sells online."""

    @cached_property
    def click_days(self) -> Ints:
        """Number of orders of each day of the exported year, by (device, day)."""
        p, rng = self.params, self.rng("click_jour")
        days = self.days.iloc[FIRST_DAY:]
        season = pd.Series(self.pace).rolling(28, min_periods=1, center=True).mean().to_numpy()[FIRST_DAY:]
        shape = WEEKDAY[np.asarray(days["weekday"])] * season * jitter(len(days), 0.10, rng)
        kept = 1 - p.click.cancelled - p.click.forgotten
        total = p.scale * params.CLICK_REVENUE / p.click.basket / kept
        share = np.array([p.click.mobile_share, 1 - p.click.mobile_share])
        return systematic(share[:, None] * total * shape / shape.sum(), rng)

    @cached_property
    def click_orders(self) -> pd.DataFrame:
        """The orders, without any defect, in the order in which they were placed."""
        p, rng = self.params.click, self.rng("click_collect")
        cell = unrolled(self.click_days.T)
        day, device = np.divmod(cell, len(DEVICES))
        shuffled = np.lexsort((rng.random(len(day)), day))
        device = device[shuffled]
        count = len(day)
        first = p.customers.first_orders(np.full(count, p.first_share), rng)
        client = p.customers.numbers(day, first, self.rng("click_clients"))
        home = pick(self.params.size, int(client.max()) + 1, rng)
        status = np.searchsorted(np.cumsum([p.cancelled, p.forgotten]), rng.random(count), side="right")
        basket = p.basket * np.exp(p.spread * rng.standard_normal(count) - p.spread**2 / 2)
        caterer = rng.choice(np.flatnonzero(status == COLLECTED), CATERERS, replace=False)
        basket[caterer] = p.basket * rng.uniform(22, 30, CATERERS)
        jars = np.where(status == COLLECTED, rng.poisson(basket / 22), 0)
        moments = self.days["date"].to_numpy()[FIRST_DAY + day]
        names = np.array([store.id for store in STORES], dtype=object)
        return pd.DataFrame(
            {
                "commande_id": np.array([f"CC{60_000 + k}" for k in range(count)], dtype=object),
                "date": moments,
                "date_retrait": self._pickup(FIRST_DAY + day, rng),
                "magasin_id": names[home[client]],
                "client_id": np.array([f"B{4_000 + k}" for k in range(len(home))], dtype=object)[client],
                "appareil": np.array(DEVICES, dtype=object)[device],
                "articles": np.maximum(np.round(basket / ARTICLE_TTC * jitter(count, 0.15, rng)), 1).astype(np.int64),
                "ca_ttc": np.maximum(np.round(basket, 2), 6.0),
                "bocaux_rendus": jars,
                "statut": np.array(STATUSES, dtype=object)[status],
                "premiere_commande": np.array(("non", "oui"), dtype=object)[first],
            }
        )

    def _pickup(self, rank: Ints, rng: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
        """Return the pickup slot of each order: an opening day, one to three days later most of the time."""
        opening = np.flatnonzero(open_days(self.days))
        after = pick(np.array([0.15, 0.45, 0.28, 0.12]), len(rank), rng)
        index = np.searchsorted(opening, rank + after, side="left")
        chosen = opening[np.minimum(index, len(opening) - 1)]
        moments: np.ndarray[tuple[int], np.dtype[np.datetime64]] = self.days["date"].to_numpy()[chosen]
        return moments

    def table_click_collect(self) -> pd.DataFrame:
        """Return the export of orders, with its orders exported twice."""
        return exported_twice(
            self.click_orders, "commande_id", self.params.click.duplicates, self.rng("click_collect_defauts")
        )

    def table_site_jour(self) -> pd.DataFrame:
        """Return the visits measured by the audience tool, by day and device: those who accepted to be measured."""
        p, rng = self.params.click, self.rng("site_jour")
        orders = self.click_days
        bought = np.minimum(systematic(orders * (1 - p.refusal) * jitter(orders.shape, 0.03, rng), rng), orders)
        usual = pd.DataFrame(orders.T).rolling(7, min_periods=1, center=True).mean().to_numpy().T * (1 - p.refusal)
        pull: Floats = 0.5 * usual + 0.5 * bought
        sessions = systematic(pull / p.conversion[:, None] * jitter(orders.shape, 0.06, rng), rng)
        users = np.minimum(systematic(sessions * p.user_ratio * jitter(orders.shape, 0.02, rng), rng), sessions)
        carts = systematic(sessions * p.cart_rate[:, None] * jitter(orders.shape, 0.05, rng), rng)
        carts = np.maximum(carts, bought)
        n_days = orders.shape[1]
        return pd.DataFrame(
            {
                "date": np.repeat(self.days["date"].to_numpy()[FIRST_DAY:], len(DEVICES)),
                "deviceCategory": np.tile(np.array(DEVICES, dtype=object), n_days),
                "sessions": sessions.T.ravel(),
                "totalUsers": users.T.ravel(),
                "addToCarts": carts.T.ravel(),
                "ecommercePurchases": bought.T.ravel(),
            }
        )
