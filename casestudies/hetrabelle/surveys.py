"""What Hêtrabelle asked 320 people about the price of the new product, and what management assumes."""

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import assumptions
from casestudies.hetrabelle.catalogue import SEGMENT_SIZE, SEGMENTS
from casestudies.hetrabelle.goods import yes_no
from casestudies.hetrabelle.params import GRID, VAT
from casestudies.hetrabelle.selling import Selling
from casestudies.market import willingness
from casestudies.market.sampling import Floats, Ints, unrolled

PEOPLE = int(SEGMENT_SIZE.sum())
SURVEY_START = date(2026, 6, 8)
SURVEY_DAYS = 12


class Surveys(Selling):
    """The part of the company that asks people what they would pay."""

    @cached_property
    def people(self) -> tuple[Ints, Floats]:
        """(segment, taste) of each person asked, in the order of their answers."""
        rng = self.rng("repondants")
        segment = rng.permutation(unrolled(SEGMENT_SIZE))
        return segment, rng.standard_normal(PEOPLE)

    @cached_property
    def asked_prices(self) -> Floats:
        """Prices asked one after the other (€ incl. tax): all end in 9."""
        return np.round(GRID * self.params.pricing.best_price_ttc / 10) * 10 - 1

    @cached_property
    def _names(self) -> list[str]:
        return [f"R{rank:03d}" for rank in range(1, PEOPLE + 1)]

    def table_enquete_psm(self) -> pd.DataFrame:
        """Return four price thresholds and two purchase probabilities by person; a few answers are out of order."""
        pricing, rng = self.params.pricing, self.rng("enquete_psm")
        segment, taste = self.people
        answers = willingness.muddle(pricing.thresholds.answers(segment, taste, rng), pricing.muddled, rng)
        day = np.sort(rng.integers(0, SURVEY_DAYS, PEOPLE))
        low = np.clip(np.round(rng.normal(68, 14, PEOPLE) / 10), 2, 10).astype(np.int64)
        high = np.clip(np.round(low - rng.normal(3.6, 1.3, PEOPLE)), 0, low).astype(np.int64)
        return pd.DataFrame(
            {
                "repondant_id": self._names,
                "date": pd.date_range(SURVEY_START, periods=SURVEY_DAYS, freq="D", unit="s")[day],
                "segment": np.array(SEGMENTS, dtype=object)[segment],
                "trop_bon_marche": answers[:, 0],
                "bon_marche": answers[:, 1],
                "cher": answers[:, 2],
                "trop_cher": answers[:, 3],
                "proba_achat_bon_marche": low * 10,
                "proba_achat_cher": high * 10,
            }
        )

    def table_enquete_gabor(self) -> pd.DataFrame:
        """Return whether each person would buy at each price asked."""
        segment, taste = self.people
        yes = self.params.pricing.acceptance.accepts(self.asked_prices, segment, taste, self.rng("enquete_gabor"))
        count = len(self.asked_prices)
        return pd.DataFrame(
            {
                "repondant_id": np.repeat(np.array(self._names, dtype=object), count),
                "segment": np.repeat(np.array(SEGMENTS, dtype=object)[segment], count),
                "prix_ttc": np.tile(self.asked_prices, PEOPLE),
                "achat": yes_no(yes.ravel()),
            }
        )

    def table_hypotheses(self) -> pd.DataFrame:
        """Return what management assumes about the launch and the range, one assumption a row."""
        pricing, goods = self.params.pricing, self.params.goods
        carriage, service = round(pricing.unit_cost * 0.14, 2), round(pricing.unit_cost * 0.05, 2)
        values = {
            "taux_tva": VAT,
            "cout_fabrication_ht": round(pricing.unit_cost - carriage - service, 2),
            "cout_livraison_ht": carriage,
            "cout_sav_paiement_ht": service,
            "charges_fixes_lancement_ht": pricing.launch_cost,
            "volume_prevu": float(pricing.launch_units),
            "seuil_ecremage": 0.15,
            "seuil_alignement": 0.05,
            "seuil_penetration": -0.10,
            "part_associee_perdue": goods.lost_share,
        }
        return assumptions("hetrabelle", values)
