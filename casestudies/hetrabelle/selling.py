"""Prices of Hêtrabelle and of its competitors: two years by week, 45 days by day, twelve weeks of readings."""

from datetime import timedelta
from functools import cache, cached_property

import numpy as np
import pandas as pd

from casestudies.hetrabelle import catalogue
from casestudies.hetrabelle.catalogue import COMPETITORS, CUT_PRODUCTS, IDS, LIST_PRICE, ONLINE, READ_PRODUCTS
from casestudies.hetrabelle.goods import Goods, yes_no
from casestudies.hetrabelle.params import (
    CUT_DAYS,
    CUT_START,
    DAILY_START,
    FIRST_CUT_DAYS,
    LEVELS,
    N_WEEKS,
    READING_WEEKS,
    REFERENCE_RANK,
    START,
    TEST_LEVEL,
    TEST_WEEKS,
    VAT,
    YEAR_WEEKS,
)
from casestudies.market import calendar, competitors, prices
from casestudies.market.sampling import Floats, Ints, jitter, systematic

_CUT_RANK = np.array([IDS.index(name) for name in CUT_PRODUCTS])
_OVERLAP = 5
"""Last weeks of the history that the daily prices cover whole."""


@cache
def _days() -> pd.DataFrame:
    """Return the days of the history; the same in every variant."""
    return calendar.days(START, START + timedelta(7 * N_WEEKS - 1))


class Selling(Goods):
    """The part of the company that sets prices and watches those of others."""

    @cached_property
    def daily_prices(self) -> Floats:
        """Prices of the products of the planned reduction, by (product, day), before it starts."""
        rng = self.rng("prix_45_jours")
        rows = zip(LIST_PRICE[_CUT_RANK].tolist(), self.params.histories, strict=True)
        return np.stack([prices.daily_prices(price, history, CUT_DAYS, rng) for price, history in rows])

    @cached_property
    def weekly_prices(self) -> Floats:
        """Mean price of the week on the site, by (product sold online, week)."""
        listed = LIST_PRICE[ONLINE]
        path = prices.stages(listed, LEVELS, 8, N_WEEKS, self.rng("paliers"))
        usual, tested, after = TEST_WEEKS
        path[REFERENCE_RANK, usual:tested] = listed[REFERENCE_RANK]
        path[REFERENCE_RANK, tested:after] = np.round(listed[REFERENCE_RANK] * np.exp(TEST_LEVEL))
        monday = (START + timedelta(7 * (N_WEEKS - _OVERLAP)) - DAILY_START).days
        weeks = self.daily_prices[:, monday : monday + 7 * _OVERLAP].reshape(len(CUT_PRODUCTS), _OVERLAP, 7)
        rows = np.searchsorted(ONLINE, _CUT_RANK)
        path[rows, N_WEEKS - _OVERLAP :] = np.round(weeks.mean(axis=2), 2)
        return path

    @cached_property
    def _sales(self) -> tuple[Ints, Ints, Ints]:
        """(visits, units, 0/1 short of stock) on the site, by (product sold online, week)."""
        p, rng = self.params, self.rng("historique_prix")
        season = p.demand.expected(_days()).reshape(N_WEEKS, 7).mean(axis=1)
        trend = (1 + p.goods.trend[ONLINE, None]) ** ((np.arange(N_WEEKS) - 1.5 * YEAR_WEEKS) / YEAR_WEEKS)
        relative = self.weekly_prices / LIST_PRICE[ONLINE, None]
        answer = (relative ** p.elasticities[:, None]).mean(axis=1)
        weekly = p.last_units[ONLINE] * catalogue.FAMILY_SHARE[0] / YEAR_WEEKS
        level = (weekly / p.conversion / answer)[:, None] * trend * (season / season.mean())[None, :]
        visits = systematic(level * jitter(level.shape, 0.05, rng), rng)
        sold = prices.units(visits, p.conversion, relative, p.elasticities, p.sigma, rng)
        left, short = prices.shortages(sold, p.shortage, 0.35, rng)
        test = slice(TEST_WEEKS[0], TEST_WEEKS[2])
        left[REFERENCE_RANK, test], short[REFERENCE_RANK, test] = sold[REFERENCE_RANK, test], 0
        return visits, left, short

    def table_historique_prix(self) -> pd.DataFrame:
        """Return price, visits and units on the site, by product and week."""
        visits, sold, short = self._sales
        mondays = pd.date_range(START, periods=N_WEEKS, freq="7D", unit="s")
        return pd.DataFrame(
            {
                "semaine": np.tile(mondays, len(ONLINE)),
                "produit_id": np.repeat(np.array(IDS, dtype=object)[ONLINE], N_WEEKS),
                "prix_ttc": self.weekly_prices.ravel(),
                "visites": visits.ravel(),
                "quantite": sold.ravel(),
                "rupture": yes_no(short.ravel()),
            }
        )

    def table_prix_45_jours(self) -> pd.DataFrame:
        """Return the price shown on each of the 45 days before the planned reduction."""
        days = pd.date_range(DAILY_START, periods=CUT_DAYS, freq="D", unit="s")
        return pd.DataFrame(
            {
                "produit_id": np.repeat(np.array(CUT_PRODUCTS, dtype=object), CUT_DAYS),
                "date": np.tile(days, len(CUT_PRODUCTS)),
                "prix_ttc": self.daily_prices.ravel(),
            }
        )

    def table_promotions_prevues(self) -> pd.DataFrame:
        """Return the reductions that the agency proposes, with the price it would strike through."""
        listed = LIST_PRICE[_CUT_RANK]
        asked = np.round(listed * (1 - self.params.cut))
        first = [
            CUT_START - timedelta(FIRST_CUT_DAYS if history == "successives" else 0)
            for history in self.params.histories
        ]
        return pd.DataFrame(
            {
                "produit_id": list(CUT_PRODUCTS),
                "date_debut": pd.to_datetime([CUT_START] * len(CUT_PRODUCTS)),
                "premiere_reduction": pd.to_datetime(first),
                "prix_promo_ttc": asked,
                "prix_barre_propose_ttc": listed,
                "remise_annoncee_pct": np.round(100 * (1 - asked / listed)).astype(np.int64),
            }
        )

    def table_releves_prix(self) -> pd.DataFrame:
        """Return the prices read at seven competitors, by week, competitor and product."""
        rivals, rng = self.params.rivals, self.rng("releves_prix")
        usual = competitors.usual_prices(rivals.median, rivals.offsets)
        shown, cut = competitors.shown_prices(usual, READING_WEEKS, rivals.promoted, (0.10, 0.20), rng)
        missing = competitors.out_of_stock(shown.shape, rivals.missing, rng)
        firms, products, weeks = np.indices(shown.shape).reshape(3, -1)
        order = np.lexsort((products, firms, weeks))
        firms, products, weeks = firms[order], products[order], weeks[order]
        price = shown.ravel()[order]
        excl_tax, second_hand = firms == catalogue.EXCL_TAX, firms == catalogue.SECOND_HAND
        fees = np.array([39.0, 0.0, 49.0, 29.0, 59.0, 45.0, 25.0])
        mondays = pd.date_range(
            START + timedelta(7 * (N_WEEKS - READING_WEEKS)), periods=READING_WEEKS, freq="7D", unit="s"
        )
        return pd.DataFrame(
            {
                "date_releve": mondays[weeks],
                "concurrent": np.array(COMPETITORS, dtype=object)[firms],
                "produit_id": np.array(READ_PRODUCTS, dtype=object)[products],
                "etat": np.where(second_hand, "occasion", "neuf").astype(object),
                "prix_affiche": np.where(excl_tax, np.round(price / (1 + VAT), 2), price),
                "base": np.where(excl_tax, "HT", "TTC").astype(object),
                "promotion": yes_no(cut.ravel()[order]),
                "disponible": yes_no(1 - missing.ravel()[order]),
                "livraison_ttc": fees[firms],
            }
        )
