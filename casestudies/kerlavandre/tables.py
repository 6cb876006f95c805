"""The tables of Kerlavandre: the assumptions of management, and the others, in modules of their own."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import assumptions
from casestudies.kerlavandre.catalogue import PROMOTED
from casestudies.kerlavandre.params import FISCAL_START, N_DAYS, SHIFT, START
from casestudies.kerlavandre.survey import Surveyed
from casestudies.market.promotion import AFTERMATH_DAYS


class Tables(Surveyed):
    """The part of the company that sets its assumptions."""

    @cached_property
    def _costs(self) -> dict[str, float]:
        """Fixed cost of the promotion and value of a new customer, set from what is expected, not from the noise."""
        p, goods = self.params, self.catalogue
        promotion = p.promotion
        running = promotion.running(N_DAYS) > 0
        base = self.base_units * p.paid_share
        gain = base * (self.effects - 1)
        after = slice(promotion.start + promotion.length, promotion.start + promotion.length + AFTERMATH_DAYS)
        net = gain[:, running].sum() + gain[PROMOTED, after].sum()
        price, cost = goods.mean(goods.price_ht)[PROMOTED], goods.mean(goods.cost_ht)[PROMOTED]
        offered = base[PROMOTED, running].sum() * price * promotion.discount
        margin = net * (price * (1 - promotion.discount) - cost) - offered
        fixed = float(np.clip(round(-margin / p.roi_use, -1), 2500, 6000))
        first = (self.expected_orders.sum(axis=1) * self.first_probability).sum(axis=0) * p.paid_share
        extra = first[running].sum() - first[promotion.start - SHIFT :][: promotion.length].sum()
        value = (fixed * (1 + p.roi_12_target) - margin) / extra
        return {"fixed": fixed, "value": round(value * 2) / 2}

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
            "marge_objectif": round(rate + 0.035, 2),
            "jours_exercice": 365.0,
        }
        return assumptions("kerlavandre", values)
