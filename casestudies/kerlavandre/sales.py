"""Sales of Kerlavandre: units by day and range, visits, orders counted, then order lines on the window."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import Company
from casestudies.kerlavandre import catalogue, params
from casestudies.kerlavandre.catalogue import COMPANION, NEIGHBOUR, PROMOTED, RANGES
from casestudies.kerlavandre.params import CHANNELS, DEVICES, N_DAYS, Params
from casestudies.market import calendar, orders
from casestudies.market.defects import exported_twice
from casestudies.market.levers import adstock
from casestudies.market.sampling import Floats, Ints, jitter, systematic, unrolled

STATUSES = ("annulée", "remboursée", "payée")


class Sales(Company):
    """The part of the company that visits and sells."""

    @cached_property
    def params(self) -> Params:
        """The parameters of this variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def catalogue(self) -> catalogue.Catalogue:
        """The products of this variant."""
        return catalogue.draw(self.params.margin, self.rng("produits"))

    @cached_property
    def days(self) -> pd.DataFrame:
        """The calendar of the two years."""
        return calendar.days(params.START, params.END)

    @cached_property
    def pace(self) -> Floats:
        """Expected demand of each day, 1 in the mean."""
        moment = self.days["date"].dt
        gifts = (moment.month == 12) & (moment.day <= params.GIFT_DAYS)
        expected = self.params.demand.expected(self.days) * np.exp(self.params.gifts * gifts.to_numpy(float))
        pace: Floats = expected / expected.mean()
        return pace

    @cached_property
    def base_units(self) -> Floats:
        """Expected units placed without promotion, by (range, day)."""
        p = self.params
        value = p.range_share / p.range_share.sum() * params.DAILY_REVENUE * p.scale / p.paid_share
        level: Floats = value / self.catalogue.mean(self.catalogue.price_ttc)
        return level[:, None] * self.pace[None, :]

    @cached_property
    def effects(self) -> Floats:
        """Factor of the promotion on the units, by (range, day)."""
        factor = np.ones((len(RANGES), N_DAYS))
        factor[PROMOTED] = self.params.promotion.promoted(N_DAYS)
        factor[NEIGHBOUR] = self.params.promotion.neighbour(N_DAYS)
        factor[COMPANION] = self.params.promotion.companion(N_DAYS)
        return factor

    @cached_property
    def units(self) -> Floats:
        """Expected units placed with noise and promotion, by (range, day)."""
        p = self.params
        rng = self.rng("demande")
        noise = p.demand.observed(self.days, rng) / p.demand.expected(self.days)
        own = jitter((len(RANGES), N_DAYS), p.range_noise, rng)
        return self.base_units * self.effects * noise * own

    @cached_property
    def spend(self) -> tuple[Floats, Ints]:
        """Euros spent and link clicks, by (campaign, day)."""
        rng = self.rng("leviers")
        running = self.params.promotion.running(N_DAYS)
        spent = np.stack([c.spend(self.pace, running, rng) for c in self.params.campaigns])
        clicks = np.stack([c.clicks(row, rng) for c, row in zip(self.params.campaigns, spent, strict=True)])
        return spent, clicks

    @cached_property
    def sessions(self) -> Ints:
        """Sessions by (channel, device, day)."""
        p = self.params
        spent, clicks = self.spend
        running = p.promotion.running(N_DAYS)
        memory = adstock(spent.sum(axis=0), 0.5)
        halo = 1 + 0.08 * (memory / memory.mean() - 1)
        own = np.sqrt(self.pace) * halo * (1 + 0.04 * running)
        traffic = p.traffic_share[:, None] * params.TRAFFIC * own[None, :]
        for campaign, row in zip(p.campaigns, clicks, strict=True):
            traffic[CHANNELS.index(campaign.channel)] += 0.92 * row
        traffic[CHANNELS.index("E-mail")] += self.email_visits
        return p.funnel.sessions(traffic, self.rng("sessions"))

    @property
    def email_visits(self) -> Floats:
        """Expected sessions brought by e-mail campaigns, by day."""
        raise NotImplementedError

    @cached_property
    def expected_orders(self) -> Floats:
        """Expected orders placed by (channel, device, day)."""
        p = self.params
        return p.funnel.expected_orders(self.sessions, self.units.sum(axis=0) / p.units_per_order)

    @cached_property
    def order_counts(self) -> tuple[Ints, Ints, Ints]:
        """Orders placed, cancelled and refunded, by (channel, device, day)."""
        return self.params.funnel.orders(self.expected_orders, self.rng("commandes_jour"))

    @cached_property
    def first_probability(self) -> Floats:
        """Expected share of first orders, by (channel, day)."""
        p = self.params
        daily = p.first_share + p.promotion.new_share * p.promotion.running(N_DAYS)
        return np.clip(p.first_factor[:, None] * daily[None, :], 0.02, 0.95)

    @cached_property
    def clean_orders(self) -> pd.DataFrame:
        """Order lines of the window, without any defect, sorted by order and product."""
        p, goods = self.params, self.catalogue
        rng = self.rng("commandes")
        window = p.window
        placed, cancelled, refunded = (np.moveaxis(n[:, :, window], 2, 0) for n in self.order_counts)
        counts = np.stack([cancelled, refunded, placed - cancelled - refunded], axis=-1)
        cell = unrolled(counts)
        day, channel, _, status = np.unravel_index(cell, counts.shape)
        shuffled = np.lexsort((rng.random(len(day)), day))
        day, channel, status = day[shuffled], channel[shuffled], status[shuffled]
        share = self.first_probability[channel, day + window.start]
        first = p.customers.first_orders(share, rng)
        client = p.customers.numbers(day, first, self.rng("clients"))
        weight = p.basket_weight[channel] * rng.gamma(4.0, 0.25, len(day))
        units = systematic(self.units[:, window], rng).T
        lines = orders.compose(units, goods.probabilities(), day, weight, params.UNITS_PER_LOT, rng)
        return self._lines(lines, day, channel, status, first, client)

    def _lines(
        self, lines: orders.Lines, day: Ints, channel: Ints, status: Ints, first: Ints, client: Ints
    ) -> pd.DataFrame:
        p, goods = self.params, self.catalogue
        family = np.asarray(goods.family)[lines.product]
        rank = day[lines.order] + p.window.start
        price = goods.price_ttc[lines.product]
        discounted = (p.promotion.running(N_DAYS)[rank] > 0) & (family == PROMOTED)
        gross = lines.quantity * price
        discount = np.where(discounted, np.round(gross * p.promotion.discount, 2), 0.0)
        first_id, first_client = 10_000 + rank[0] * 90, 20_000
        names = np.array([f"K{first_id + k}" for k in range(len(day))], dtype=object)
        clients = np.array([f"C{first_client + k}" for k in range(int(client.max()) + 1)], dtype=object)
        fee = orders.shipping(lines.order, gross - discount, params.SHIPPING_FEE, params.FREE_SHIPPING_FROM)
        return pd.DataFrame(
            {
                "commande_id": names[lines.order],
                "date": self.days["date"].to_numpy()[rank],
                "client_id": clients[client[lines.order]],
                "canal": np.array(CHANNELS, dtype=object)[channel[lines.order]],
                "code_promo": np.where(discounted, params.CODE, "").astype(object),
                "produit_id": np.array(goods.ids, dtype=object)[lines.product],
                "qte": lines.quantity,
                "pu_ttc": price,
                "remise_ttc": discount,
                "tva": goods.vat[lines.product],
                "port_ttc": fee,
                "statut": np.array(STATUSES, dtype=object)[status[lines.order]],
                "premiere_commande": np.array(("non", "oui"), dtype=object)[first[lines.order]],
            }
        )

    def table_commandes(self) -> pd.DataFrame:
        """Return the export of order lines, with its orders exported twice."""
        return exported_twice(self.clean_orders, "commande_id", self.params.duplicates, self.rng("commandes_defauts"))

    def table_ventes_jour(self) -> pd.DataFrame:
        """Return paid units and revenue by day and range: the orders on their window, the books elsewhere."""
        p = self.params
        rng = self.rng("ventes_jour")
        units = systematic(self.units * p.paid_share * params.paid_noise(self.units, rng), rng)
        price = self.catalogue.mean(self.catalogue.price_ttc)
        price_paid = np.repeat(price[:, None], N_DAYS, axis=1)
        revenue = np.round(units * price_paid * jitter(units.shape, 0.01, rng), 2)
        lines = self.clean_orders
        paid = lines[lines["statut"] == "payée"]
        family = paid["produit_id"].map(dict(zip(self.catalogue.ids, self.catalogue.family, strict=True))).to_numpy()
        rank = (paid["date"].to_numpy() - np.datetime64(params.START)).astype("timedelta64[D]").astype(np.int64)
        cell = family * N_DAYS + rank
        amount = (paid["qte"] * paid["pu_ttc"] - paid["remise_ttc"]).to_numpy()
        sold = np.bincount(cell, paid["qte"], len(RANGES) * N_DAYS).reshape(units.shape)
        cashed = np.round(np.bincount(cell, amount, len(RANGES) * N_DAYS), 2).reshape(units.shape)
        units[:, p.window] = sold[:, p.window].astype(np.int64)
        revenue[:, p.window] = cashed[:, p.window]
        return pd.DataFrame(
            {
                "date": np.repeat(self.days["date"].to_numpy(), len(RANGES)),
                "gamme": np.tile(np.array(RANGES, dtype=object), N_DAYS),
                "unites": units.T.ravel(),
                "ca_ttc": revenue.T.ravel(),
            }
        )

    def table_sessions_jour(self) -> pd.DataFrame:
        """Return visits and steps by day, channel and device, in whole months around the windows of the case."""
        placed = self.order_counts[0]
        steps = self.params.funnel.steps(self.sessions, self.expected_orders, placed, self.rng("sessions_jour"))

        span = self.params.sessions_span
        moments = self.days["date"].to_numpy()[span]

        def flat(values: Ints) -> Ints:
            return np.moveaxis(values[:, :, span], 2, 0).ravel()

        n_channels, n_devices = len(CHANNELS), len(DEVICES)
        return pd.DataFrame(
            {
                "date": np.repeat(moments, n_channels * n_devices),
                "canal": np.tile(np.repeat(np.array(CHANNELS, dtype=object), n_devices), len(moments)),
                "appareil": np.tile(np.array(DEVICES, dtype=object), len(moments) * n_channels),
                "sessions": flat(self.sessions),
                "utilisateurs": flat(steps["users"]),
                "vues_produit": flat(steps["views"]),
                "ajouts_panier": flat(steps["carts"]),
                "debuts_paiement": flat(steps["checkouts"]),
            }
        )

    def table_produits(self) -> pd.DataFrame:
        """Return the catalogue."""
        goods = self.catalogue
        return pd.DataFrame(
            {
                "produit_id": goods.ids,
                "nom": goods.names,
                "gamme": [RANGES[k] for k in goods.family],
                "pa_ht": goods.cost_ht,
                "pv_ttc": goods.price_ttc,
                "tva": goods.vat,
                "poids_g": goods.weight_g,
                "lancement": pd.to_datetime(list(goods.launched)),
            }
        )
