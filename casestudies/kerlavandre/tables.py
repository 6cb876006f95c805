"""The tables of Kerlavandre: the assumptions of management, and the others, in modules of their own."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.kerlavandre.catalogue import PROMOTED
from casestudies.kerlavandre.params import FISCAL_START, N_DAYS, SHIFT, START, Params
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
        return _assumptions(self.params, self._costs["fixed"], self._costs["value"], *self._expected_year())


def _assumptions(p: Params, fixed: float, value: float, revenue: float, rate: float) -> pd.DataFrame:
    """Return the table of management assumptions."""
    days, during = p.promotion.length, "pendant l’opération"
    charges = round(revenue * rate * p.safety, -2)
    creation = round(fixed * 0.27, -1)
    platform = round(fixed * 0.12, -1)
    books, quote, survey = "Contrôle de gestion", "Devis de l’opération", "Suivi de cohortes 2024-2025"
    board, share = "Décision de la direction", "proportion du CA HT"
    yearly = "Marge sur coûts variables apportée par un nouveau client dans les douze mois qui suivent"
    rows = (
        ("taux_remise", "Remise de la Semaine sans flacon", p.promotion.discount, "proportion", board),
        ("cout_creation_ht", "Création des visuels et des pages de l’opération", creation, "€ HT", quote),
        ("cout_media_ht", "Achat d’espace propre à l’opération", fixed - creation - platform, "€ HT", quote),
        ("cout_plateforme_ht", "Module de code promotionnel", platform, "€ HT", quote),
        ("cout_preparation_commande_ht", "Préparation et expédition", p.preparation_ht, "€ HT par commande", books),
        ("taux_frais_paiement", "Frais de paiement", p.payment_rate, share, books),
        ("valeur_12_mois_nouveau_client_ht", yearly, value, "€ HT par client", survey),
        ("salaires_marketing_ht", f"Salaires et charges du marketing {during}", round(320.0 * days, -1), "€", books),
        ("outils_marketing_ht", f"Outils du marketing {during}", round(31.0 * days, -1), "€ HT", books),
        ("agence_marketing_ht", f"Honoraires d’agence {during}", round(67.0 * days, -1), "€ HT", books),
        ("ca_annuel_ht", "Chiffre d’affaires de juillet 2025 à juin 2026", revenue, "€ HT", books),
        ("taux_mcv", "Taux de marge sur coûts variables de l’exercice", rate, share, books),
        ("charges_fixes_annuelles_ht", "Charges fixes de l’exercice", charges, "€ HT", books),
        ("marge_objectif", "Taux de marge sur coûts variables visé", round(rate + 0.035, 2), share, board),
        ("jours_exercice", "Jours de l’exercice", 365.0, "jours", books),
    )
    return pd.DataFrame(rows, columns=["cle", "libelle", "valeur", "unite", "source"])
