"""Marketing of Kerlavandre: e-mail campaigns, spend by campaign, budget and receipts by lever."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.kerlavandre import params
from casestudies.kerlavandre.catalogue import PROMOTED
from casestudies.kerlavandre.params import CHANNELS, FISCAL_START, LEVER_CHANNELS, LEVERS, N_DAYS, PAID, START
from casestudies.kerlavandre.sales import Sales
from casestudies.market import budget, calendar
from casestudies.market.defects import french_text
from casestudies.market.levers import MICROS
from casestudies.market.sampling import Floats, Ints, jitter, systematic


class Marketing(Sales):
    """The part of the company that spends, sends and plans."""

    @cached_property
    def _mailing(self) -> pd.DataFrame:
        """The campaigns sent: day (rank), subject, segment, counters."""
        p = self.params
        rank = np.arange(N_DAYS)
        weekly = rank[self.days["weekday"] == 3]
        start, length = p.promotion.start, p.promotion.length
        push = np.array([start, start + 5, start + length - 2])
        fridays = [(calendar.black_friday(year) - START).days for year in (2024, 2025)]
        extra = np.array([moment + shift for moment in fridays for shift in (-4, 0)])
        sent = np.concatenate([weekly, push, extra])
        kind = np.concatenate([np.zeros(len(weekly)), [1, 2, 3], np.full(len(extra), 4)]).astype(np.int64)
        order = np.lexsort((kind, sent))
        sent, kind = sent[order], kind[order]
        told = content("kerlavandre")
        segments = told.rows("segments", name=str, share=float, interest=float)
        names, share, interest = (np.array(column) for column in zip(*segments, strict=True))
        segment = np.where(kind == 0, np.arange(len(sent)) % len(names), 0)
        month = self.days["date"].dt.month.to_numpy()[sent] - 1
        half = self.days["date"].dt.day.to_numpy()[sent] > 15
        discount = f"{p.promotion.discount:.0%}".replace("%", "\u00a0%")
        special = [text.format(remise=f"−{discount}") for text in told.texts("promotion_subjects")]
        subject = np.where(kind == 0, np.array(told.texts("subjects"), dtype=object)[month * 2 + half], "")
        subject = np.where(kind > 0, np.array(["", *special], dtype=object)[kind], subject)
        size = p.list_size * share[segment] * (0.85 + 0.3 * sent / N_DAYS)
        counters = p.emailing.counters(size, interest[segment] * np.where(kind > 0, 1.35, 1.0), self.rng("emails"))
        return pd.DataFrame({"rank": sent, "objet": subject, "segment": names[segment].astype(object), **counters})

    @property
    def email_visits(self) -> Floats:
        """Expected sessions brought by e-mail campaigns, by day: three quarters the same day."""
        sent = self._mailing["rank"].to_numpy()
        clicks = 1.15 * self._mailing["uniqueClicks"].to_numpy()
        same = np.bincount(sent, clicks, N_DAYS).astype(np.float64)
        return 0.75 * same + 0.25 * np.concatenate([[0.0], same[:-1]])

    def table_emails(self) -> pd.DataFrame:
        """Return the campaigns with the platform's counters; revenue is text, as exported."""
        mailing = self._mailing
        dates = self.days["date"].to_numpy()[mailing["rank"].to_numpy()]
        return mailing.assign(date=dates, ca_attribue=french_text(mailing["revenue"].to_numpy()))

    def table_depenses(self) -> pd.DataFrame:
        """Return spend and what platforms declare, by day and campaign, over the fiscal year."""
        p = self.params
        rng = self.rng("depenses")
        year = slice((FISCAL_START - START).days, N_DAYS)
        spent, clicks = self.spend[0][:, year], self.spend[1][:, year]
        shown = np.stack([c.impressions(row, rng) for c, row in zip(p.campaigns, spent, strict=True)])
        link_share = np.array([c.link_share for c in p.campaigns])[:, None]
        frequency = np.array([c.frequency for c in p.campaigns])[:, None]
        every = np.where(link_share < 1, systematic(clicks / link_share * jitter(clicks.shape, 0.03, rng), rng), clicks)
        every = np.maximum(every, clicks)
        reach = np.maximum(systematic(shown / frequency * jitter(shown.shape, 0.02, rng), rng), 1)
        declared = systematic(self._declared(clicks, year), rng)
        value = np.round(declared * p.emailing.basket * jitter(declared.shape, 0.06, rng), 2)
        shape = spent.shape

        def label(values: list[str]) -> np.ndarray:
            return np.tile(np.array(values, dtype=object), shape[1])

        return pd.DataFrame(
            {
                "date": np.repeat(self.days["date"].to_numpy()[year], shape[0]),
                "plateforme": label([c.platform for c in p.campaigns]),
                "levier": label([c.lever for c in p.campaigns]),
                "campagne": label([c.name for c in p.campaigns]),
                "impressions": np.maximum(shown, every).T.ravel(),
                "portee": np.minimum(reach, np.maximum(shown, every)).T.ravel(),
                "clics": every.T.ravel(),
                "clics_lien": clicks.T.ravel(),
                "cost_micros": np.round(spent * MICROS).astype(np.int64).T.ravel(),
                "conversions_declarees": declared.T.ravel(),
                "valeur_declaree_ttc": value.T.ravel(),
            }
        )

    def _declared(self, clicks: Ints, year: slice) -> Floats:
        """Return expected conversions declared by (campaign, day): together they claim more than was brought."""
        p = self.params
        placed, cancelled, refunded = (n[:, :, year].sum(axis=1) for n in self.order_counts)
        paid = placed - cancelled - refunded
        channel = np.array([CHANNELS.index(c.channel) for c in p.campaigns])
        pull = clicks * p.campaign_pull[:, None]
        total = np.stack([pull[channel == k].sum(axis=0) for k in channel])
        claimed = paid[channel] * pull / total * np.array([c.overclaim for c in p.campaigns])[:, None]
        brought = sum(float(paid[CHANNELS.index(name)].sum()) for name in PAID)
        result: Floats = claimed * (p.overclaim * brought / claimed.sum())
        return result

    @cached_property
    def _fiscal_months(self) -> Ints:
        """Month of each day, 0 for the first of the fiscal year, −1 before."""
        return np.maximum(params.months(np.arange(N_DAYS)), -1)

    def _by_month(self, values: Floats) -> Floats:
        """Sum values by (row, day) to (row, month of the fiscal year)."""
        inside = self._fiscal_months >= 0
        cell = np.arange(len(values))[:, None] * 12 + self._fiscal_months[None, inside]
        return np.bincount(cell.ravel(), values[:, inside].ravel(), len(values) * 12).astype(np.float64).reshape(-1, 12)

    def table_budget(self) -> pd.DataFrame:
        """Return planned and actual expenses by month, lever and item."""
        p = self.params
        rng = self.rng("budget")
        media = self._by_month(self.spend[0])
        pairs = content("kerlavandre").rows("budget_items", lever=str, item=str, cost=float)
        usual = np.array([cost for _, _, cost in pairs])
        actual = usual[:, None] * jitter((len(pairs), 12), 0.09, rng)
        of_lever = np.array([[c.lever == lever for c in p.campaigns] for lever, _, _ in pairs], dtype=float)
        actual = np.where(usual[:, None] > 0, actual, of_lever @ media).round(2)
        gap = np.array([p.expense_gap[LEVERS.index(lever)] for lever, _, _ in pairs])
        gap = gap + rng.uniform(-0.012, 0.012, len(pairs))
        plan = budget.planned(actual, gap, 10.0, rng)
        month = pd.date_range(FISCAL_START, periods=12, freq="MS", unit="s")
        return pd.DataFrame(
            {
                "mois": np.repeat(month.to_numpy(), len(pairs)),
                "levier": np.tile(np.array([lever for lever, _, _ in pairs], dtype=object), 12),
                "poste": np.tile(np.array([item for _, item, _ in pairs], dtype=object), 12),
                "prevu_ht": plan.T.ravel(),
                "reel_ht": actual.T.ravel(),
            }
        )

    @cached_property
    def expected_basket_ht(self) -> Floats:
        """Expected basket, euros excl. tax after discount, by (lever, month)."""
        p = self.params
        price = self.catalogue.mean(self.catalogue.price_ht)[:, None] * np.ones((1, N_DAYS))
        price[PROMOTED] *= 1 - p.promotion.discount * p.promotion.running(N_DAYS)
        value = self._by_month((self.units * price).sum(axis=0, keepdims=True))
        placed = self.expected_orders.sum(axis=1)
        count = self._by_month(placed.sum(axis=0, keepdims=True))
        share = placed.sum(axis=1) / placed.sum()
        free = 1 - params.UNITS_PER_LOT / p.units_per_order
        effect = 1 - free + free * p.basket_weight / (share @ p.basket_weight)
        rows = [CHANNELS.index(name) for name in LEVER_CHANNELS]
        basket: Floats = effect[rows][:, None] * value / count
        return basket

    def table_recettes(self) -> pd.DataFrame:
        """Return planned and actual receipts by month and lever."""
        p = self.params
        rng = self.rng("recettes")
        placed, cancelled, refunded = self.order_counts
        rows = [CHANNELS.index(name) for name in LEVER_CHANNELS]
        paid = self._by_month((placed - cancelled - refunded).sum(axis=1)[rows].astype(float))
        count = np.round(paid).astype(np.int64)
        basket = np.round(self.expected_basket_ht * jitter(paid.shape, 0.01, rng), 2)
        mean = (count * basket).sum(axis=1) / count.sum(axis=1)
        plan = budget.planned_orders(count, p.volume_gap, rng)
        plan_basket = np.round(np.repeat((mean / (1 + p.price_gap))[:, None], 12, axis=1), 2)
        month = pd.date_range(FISCAL_START, periods=12, freq="MS", unit="s")
        return pd.DataFrame(
            {
                "mois": np.repeat(month.to_numpy(), len(LEVERS)),
                "levier": np.tile(np.array(LEVERS, dtype=object), 12),
                "commandes_prevues": plan.T.ravel(),
                "panier_prevu_ht": plan_basket.T.ravel(),
                "ca_prevu_ht": np.round(plan * plan_basket, 2).T.ravel(),
                "commandes_reelles": count.T.ravel(),
                "panier_reel_ht": basket.T.ravel(),
                "ca_reel_ht": np.round(count * basket, 2).T.ravel(),
            }
        )
