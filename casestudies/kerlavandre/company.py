"""Kerlavandre, solid natural cosmetics sold online from Finistère: a promotion that looks like a success."""

from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from casestudies.company import Headline, Period, Recovery
from casestudies.kerlavandre import params, story, truth
from casestudies.kerlavandre.catalogue import PROMOTED
from casestudies.kerlavandre.params import N_DAYS, SHIFT, YEAR
from casestudies.kerlavandre.survey import Surveyed
from casestudies.market.promotion import AFTERMATH_DAYS
from casestudies.names import NAMES


class Kerlavandre(Surveyed):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "kerlavandre"
    name = NAMES["kerlavandre"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: weekdays are aligned between compared windows."""
        start = self.params.starts
        end = start + timedelta(self.params.promotion.length - 1)
        one = timedelta(1)
        windows = {
            "pendant": ("Pendant la promotion", start, end),
            "avant": ("Avant, mêmes jours de la semaine", start - timedelta(SHIFT), end - timedelta(SHIFT)),
            "mois_precedent": ("Les quatre semaines avant la promotion", start - timedelta(SHIFT), start - one),
            "apres": ("Les deux semaines après la promotion", end + one, end + timedelta(AFTERMATH_DAYS)),
            "reference": ("Les huit semaines avant la promotion", start - timedelta(params.BEFORE_DAYS), start - one),
        }
        a_year = timedelta(YEAR)
        shifted = (("n_1", "pendant"), ("avant_n_1", "avant"), ("apres_n_1", "apres"), ("reference_n_1", "reference"))
        for key, source in shifted:
            label, first, last = windows[source]
            windows[key] = (f"{label} (un an plus tôt)", first - a_year, last - a_year)
        return {key: Period(key, *window) for key, window in windows.items()}

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

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the management assumptions, one per row."""
        p = self.params
        revenue = story.annual_revenue_ht(self)
        rate = story.contribution_rate(self)
        return story.assumptions(p, self._costs["fixed"], self._costs["value"], revenue, rate)

    def invariants(self) -> dict[str, bool]:
        """Return each statement of the story and whether this variant keeps it."""
        return story.invariants(self)

    def headlines(self) -> tuple[Headline, ...]:
        """Return the headline rates of this variant, computed from its tables."""
        return truth.headlines(self)

    def recoveries(self) -> tuple[Recovery, ...]:
        """Return the market's parameters beside what the tables alone say of them."""
        return truth.recoveries(self)

    def truth(self) -> dict[str, Any]:
        """Return the true effects; for trainers only."""
        p = self.params
        goods = self.catalogue
        return {
            "remise": p.promotion.discount,
            "debut": p.starts,
            "jours": p.promotion.length,
            "lift": p.promotion.lift,
            "creux": p.promotion.dip,
            "creux_duree_jours": p.promotion.dip_days,
            "cannibalisation": p.promotion.cannibalisation,
            "points_nouveaux_clients": p.promotion.new_share,
            "taux_marge_cheveux": 1 - float(goods.mean(goods.cost_ht)[PROMOTED] / goods.mean(goods.price_ht)[PROMOTED]),
            "croissance_annuelle": p.demand.growth,
            "cadeaux_de_decembre": float(np.exp(p.gifts) - 1),
            "part_payee": p.paid_share,
            "surdeclaration": p.overclaim,
            "ecart_depenses": dict(zip(params.LEVERS, p.expense_gap.tolist(), strict=True)),
            "ecart_volume": dict(zip(params.LEVERS, p.volume_gap.tolist(), strict=True)),
            "ecart_prix": dict(zip(params.LEVERS, p.price_gap.tolist(), strict=True)),
            **self.audience_truth(),
            **self.survey_truth(),
        }


COMPANY = Kerlavandre
