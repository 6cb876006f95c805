"""The tables of Kerlavandre: the assumptions of management, and the others, in modules of their own."""

from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.company import assumptions
from casestudies.kerlavandre.catalogue import NEIGHBOUR, PROMOTED
from casestudies.kerlavandre.facts import Diagnosed
from casestudies.kerlavandre.params import FISCAL_START, N_DAYS, SHIFT, START
from casestudies.market.promotion import AFTERMATH_DAYS


class Tables(Diagnosed):
    """The part of the company that sets its assumptions."""

    @cached_property
    def _costs(self) -> dict[str, float]:
        """Fixed cost of the promotion and value of a new customer, set from what is expected, not from the noise."""
        p, promotion = self.params, self.params.promotion
        running = promotion.running(N_DAYS) > 0
        before = slice(promotion.start - SHIFT, promotion.start - SHIFT + promotion.length)
        margin = self._expected_margin(running)
        fixed = float(np.clip(round(margin / (1 + p.roi_target), -1), 1800, 6500))
        first = (self.expected_orders.sum(axis=1) * self.first_probability).sum(axis=0) * p.paid_share
        season = self.base_units[:, running].sum() / self.base_units[:, before].sum()
        extra = first[running].sum() - season * first[before].sum()
        value = (fixed * (1 + p.roi_12_target) - margin) / extra
        return {"fixed": fixed, "value": round(value * 2) / 2}

    def _expected_margin(self, running: NDArray[np.bool_]) -> float:
        """Return the margin that the promotion is expected to add, each unit at the margin it was sold or lost at."""
        p, goods = self.params, self.catalogue
        promotion = p.promotion
        base = self.base_units * p.paid_share
        gain = base * (self.effects - 1)
        after = slice(promotion.start + promotion.length, promotion.start + promotion.length + AFTERMATH_DAYS)
        orders = self.expected_orders.sum(axis=(0, 1))[running].sum() / self.units[:, running].sum()
        price = goods.mean(goods.price_ht) * (1 - p.payment_rate)
        full = price - goods.mean(goods.cost_ht) - p.preparation_ht * orders
        reduced = full[PROMOTED] - price[PROMOTED] * promotion.discount
        return float(
            gain[PROMOTED, running].sum() * reduced
            + gain[PROMOTED, after].sum() * full[PROMOTED]
            + gain[NEIGHBOUR, running].sum() * full[NEIGHBOUR]
            - base[PROMOTED, running].sum() * price[PROMOTED] * promotion.discount
        )

    def _expected_year(self) -> tuple[float, float]:
        """Return the expected revenue (excl. tax, to 100 €) of the fiscal year, and its rate of contribution margin."""
        p, goods = self.params, self.catalogue
        year = slice((FISCAL_START - START).days, None)
        units = self.units[:, year].sum(axis=1) * p.paid_share
        revenue, bought = float(units @ goods.mean(goods.price_ht)), float(units @ goods.mean(goods.cost_ht))
        orders = float(self.expected_orders[:, :, year].sum()) * p.paid_share
        rate = round(1 - (bought + orders * p.preparation_ht) / revenue - p.payment_rate, 3)
        return round(revenue, -2), rate

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the management assumptions, one per row."""
        p, fixed = self.params, self._costs["fixed"]
        days, (revenue, rate) = p.promotion.length, self._expected_year()
        creation, platform = round(fixed * 0.27, -1), round(fixed * 0.12, -1)
        values = {
            "taux_remise": p.promotion.discount,
            "cout_creation_ht": creation,
            "cout_media_ht": fixed - creation - platform,
            "cout_plateforme_ht": platform,
            "cout_preparation_commande_ht": p.preparation_ht,
            "taux_frais_paiement": p.payment_rate,
            "valeur_12_mois_nouveau_client_ht": self._costs["value"],
            "salaires_marketing_ht": round(320.0 * days, -1),
            "outils_marketing_ht": round(31.0 * days, -1),
            "agence_marketing_ht": round(67.0 * days, -1),
            "ca_annuel_ht": revenue,
            "taux_mcv": rate,
            "charges_fixes_annuelles_ht": round(revenue * rate * p.safety, -2),
            "tresorerie_debut_ht": round(p.cash * revenue, -2),
            "marge_objectif": round(rate + 0.035, 2),
            "jours_exercice": 365.0,
        }
        return assumptions("kerlavandre", values)
