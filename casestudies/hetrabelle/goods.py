"""The range of Hêtrabelle, what is bought together, its circuits and the shops that stock the brand."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import Company
from casestudies.hetrabelle import catalogue, params
from casestudies.hetrabelle.catalogue import CIRCUITS, IDS, ITEMS, LIST_PRICE, NURSERY
from casestudies.hetrabelle.params import VAT, Params
from casestudies.market import distribution, product_range
from casestudies.market.sampling import Floats, Ints, jitter

REGIONS = ("Bourgogne-Franche-Comté", "Auvergne-Rhône-Alpes", "Grand Est", "Île-de-France", "Ouest", "Sud")
DIRECT_SHARE = float(catalogue.FAMILY_SHARE[:2].sum())
CLOSED = 0.05
"""Share of the shops of the panel that closed during the year."""


def yes_no(flags: Ints) -> list[str]:
    """Return « oui » for 1, « non » for 0."""
    return ["oui" if flag else "non" for flag in flags.tolist()]


class Goods(Company):
    """The part of the company that makes and distributes."""

    @cached_property
    def params(self) -> Params:
        """The parameters of the variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def net_price(self) -> Floats:
        """Mean price received by unit, all circuits together, by product (€ excl. tax)."""
        return np.round(LIST_PRICE / (1 + VAT) * self.params.network.net_share, 2)

    @cached_property
    def unit_cost(self) -> Floats:
        """Variable cost by unit, by product (€ excl. tax)."""
        return np.round(self.net_price * self.params.goods.cost_rate, 2)

    @cached_property
    def sold(self) -> Ints:
        """Units by (product, year), over three years."""
        return product_range.yearly_units(self.params.last_units, self.params.goods.trend, 3, self.rng("gamme"))

    def table_gamme(self) -> pd.DataFrame:
        """Return the 24 products with prices, costs and units of three years."""
        goods, rng = self.params.goods, self.rng("gamme_couts")
        revenue = self.sold[:, 2] * self.net_price
        return pd.DataFrame(
            {
                "produit_id": list(IDS),
                "famille": [item.family for item in ITEMS],
                "produit": [item.name for item in ITEMS],
                "etat": ["reconditionné" if item.reconditioned else "neuf" for item in ITEMS],
                "role": [item.role for item in ITEMS],
                "lancement": pd.to_datetime([item.launched for item in ITEMS]),
                "prix_ttc": LIST_PRICE,
                "prix_net_moyen_ht": self.net_price,
                "pa_ht": np.round(self.unit_cost * rng.uniform(0.55, 0.68, len(IDS)), 2),
                "cvu_ht": self.unit_cost,
                "charges_fixes_ht": np.round(goods.fixed_rate * revenue, -2),
                "ventes_2024": self.sold[:, 0],
                "ventes_2025": self.sold[:, 1],
                "ventes_2026": self.sold[:, 2],
                "taux_report": goods.carried_over,
                "produit_report_id": [item.fallback for item in ITEMS],
            }
        )

    def table_ventes_associees(self) -> pd.DataFrame:
        """Return the other units of the orders that start with each product, by pair of products."""
        goods = self.params.goods
        share = np.where(NURSERY, catalogue.NURSERY_SHARE[6], DIRECT_SHARE)
        orders = np.round(self.sold[:, 2] * share / 1.04).astype(np.int64)
        units = product_range.attached_units(orders, goods.attachment, goods.mix, self.rng("ventes_associees"))
        first, other = np.nonzero(units)
        names = np.array(IDS, dtype=object)
        return pd.DataFrame(
            {
                "produit_id": names[first],
                "produit_associe_id": names[other],
                "commandes": orders[first],
                "unites_associees": units[first, other],
            }
        )

    @cached_property
    def circuit_units(self) -> Floats:
        """Units of the last year by (product, circuit), before rounding."""
        share = np.where(NURSERY[:, None], catalogue.NURSERY_SHARE[None, :], catalogue.FAMILY_SHARE[None, :])
        return self.sold[:, 2].astype(np.float64)[:, None] * share

    def table_circuits(self) -> pd.DataFrame:
        """Return the circuits: intermediaries, rates as each trade states them, costs, units, services."""
        network, rng = self.params.network, self.rng("circuits")
        long = np.array([circuit[3] == 2 for circuit in CIRCUITS])
        received = np.round(LIST_PRICE / (1 + VAT), 2)[:, None] * network.received[None, :]
        before = np.round(rng.uniform([0.36, 0.42, 0.20], [0.44, 0.52, 0.27]), 3)
        weighted = np.round(before + rng.uniform([0.06, 0.07, 0.03], [0.12, 0.13, 0.07]), 3)
        shops = np.array([circuit[0] in catalogue.STORES for circuit in CIRCUITS])
        numeric, value = np.zeros(len(CIRCUITS)), np.zeros(len(CIRCUITS))
        numeric[shops], value[shops] = before, weighted
        retail = np.where(long, np.round(distribution.markup(network.retail), 3), network.retail)
        wholesale = np.where(long, np.round(distribution.markup(network.wholesale), 3), network.wholesale)
        returned = np.array([1.0, 0.35, 0.3, 0.45, 0.3, 1.25, 0.1, 0.15]) * network.returned
        return pd.DataFrame(
            {
                "circuit_id": [circuit[0] for circuit in CIRCUITS],
                "circuit": [circuit[1] for circuit in CIRCUITS],
                "clientele": [circuit[2] for circuit in CIRCUITS],
                "intermediaires": [circuit[3] for circuit in CIRCUITS],
                "base_taux": np.where(long, "prix d’achat", "prix de vente").astype(object),
                "taux_detaillant": retail,
                "taux_grossiste": wholesale,
                "commission": network.commission,
                "remise": network.rebate,
                "logistique_ht": network.logistics,
                "delai_paiement_jours": np.array([2, 0, 45, 60, 60, 15, 30, 45]),
                "unites_2026": np.round(self.circuit_units.sum(axis=0)).astype(np.int64),
                "ca_2026_ht": np.round((self.circuit_units * received).sum(axis=0), -2),
                "taux_retour": np.round(returned, 3),
                "dn_2025": numeric,
                "dv_2025": value,
                "note_conseil": np.array([2, 5, 4, 3, 2, 1, 4, 2]),
                "note_montage": np.array([2, 4, 4, 2, 1, 1, 5, 3]),
                "note_image": np.array([4, 5, 4, 3, 2, 1, 4, 3]),
            }
        )

    @cached_property
    def store_panel(self) -> pd.DataFrame:
        """The shops of the panel with their chance to stock the brand (``chance``)."""
        network, rng = self.params.network, self.rng("points_vente")
        median = {"C3": 140_000.0, "C4": 700_000.0, "C5": 90_000.0}
        spread = {"C3": 0.65, "C4": 0.60, "C5": 0.50}
        parts = []
        for rank, (circuit, count) in enumerate(catalogue.STORES.items()):
            turnover = distribution.turnovers(count, median[circuit], spread[circuit], rng)
            chance = distribution.listing_chances(turnover, network.store_base[rank], network.store_lean[rank])
            parts.append(pd.DataFrame({"circuit_id": circuit, "ca_rayon_ttc": turnover, "chance": chance}))
        panel = pd.concat(parts, ignore_index=True)
        panel["open"] = rng.random(len(panel)) >= CLOSED
        panel["listed"] = distribution.listed(panel["chance"].to_numpy(), rng)
        panel["region"] = rng.choice(np.array(REGIONS, dtype=object), len(panel), p=[0.2, 0.26, 0.16, 0.14, 0.12, 0.12])
        return panel

    def table_points_vente(self) -> pd.DataFrame:
        """Return the shops of the panel; the brand's turnover adds up to the units of each circuit."""
        panel, rng = self.store_panel, self.rng("points_vente_ca")
        retail = self.circuit_units.T @ LIST_PRICE
        weight = panel["listed"] * panel["ca_rayon_ttc"] * jitter(len(panel), 0.25, rng)
        total = weight.groupby(panel["circuit_id"]).transform("sum")
        circuit = panel["circuit_id"].str[1:].astype(int).to_numpy() - 1
        return pd.DataFrame(
            {
                "magasin_id": [f"PV{rank:03d}" for rank in range(1, len(panel) + 1)],
                "circuit_id": panel["circuit_id"],
                "region": panel["region"],
                "statut": np.where(panel["open"], "ouvert", "fermé en cours d’année").astype(object),
                "ca_rayon_ttc": panel["ca_rayon_ttc"],
                "reference": yes_no(panel["listed"].to_numpy()),
                "ca_marque_ttc": np.round(weight / total * retail[circuit], -1),
            }
        )
