"""Hêtrabelle, growing children's furniture from the Jura: a range to sort, a price to set, circuits to choose."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casestudies.company import Period
from casestudies.french import french_number
from casestudies.hetrabelle.catalogue import ITEMS, LIST_PRICE
from casestudies.hetrabelle.params import CUT_DAYS, CUT_START, N_WEEKS, READING_WEEKS, START, TEST_WEEKS, YEAR_WEEKS
from casestudies.hetrabelle.roadmap import Roadmap
from casestudies.hetrabelle.tables import FACTS
from casestudies.names import NAMES


def _weeks(first: int, last: int) -> tuple[Any, Any]:
    """Return the first and last days of the weeks ``first`` … ``last`` − 1."""
    return START + timedelta(7 * first), START + timedelta(7 * last - 1)


class Hetrabelle(Roadmap):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "hetrabelle"
    name = NAMES["hetrabelle"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: the two halves of the price test, the last year, the readings, the 30 days."""
        usual, tested, after = TEST_WEEKS
        one = timedelta(1)
        windows = {
            "prix_habituel": ("Test de prix\u00a0: huit semaines au prix habituel", *_weeks(usual, tested)),
            "prix_teste": ("Test de prix\u00a0: huit semaines au prix réduit", *_weeks(tested, after)),
            "exercice": ("Exercice 2026", *_weeks(N_WEEKS - YEAR_WEEKS, N_WEEKS)),
            "releves": ("Douze semaines de relevés de prix", *_weeks(N_WEEKS - READING_WEEKS, N_WEEKS)),
            "avant_operation": (
                "Les 45 jours avant la réduction prévue",
                CUT_START - timedelta(CUT_DAYS),
                CUT_START - one,
            ),
        }
        return {key: Period(key, *window) for key, window in windows.items()} | self.launch_periods

    @cached_property
    def fact_places(self) -> dict[str, str]:
        """The true quadrant of each fact of ``faits_swot``, by its number; for trainers only."""
        return {f"F{rank:02d}": FACTS[k].quadrant for rank, k in enumerate(self.fact_order.tolist(), 1)}

    @cached_property
    def fact_traps(self) -> list[str]:
        """The facts whose wording misleads, by their number; for trainers only."""
        return [f"F{rank:02d}" for rank, k in enumerate(self.fact_order.tolist(), 1) if FACTS[k].trap]

    def fields(self) -> dict[str, str]:
        """Return the figures of this variant that the brief and the documents quote."""
        p = self.params
        return {
            "produit_a": ITEMS[min(p.goods.enticer, p.goods.fading)].name,
            "produit_b": ITEMS[max(p.goods.enticer, p.goods.fading)].name,
            "ref_a": ITEMS[min(p.goods.enticer, p.goods.fading)].id,
            "ref_b": ITEMS[max(p.goods.enticer, p.goods.fading)].id,
            "volume": french_number(p.pricing.launch_units, 0),
            "prix_locomotive": french_number(LIST_PRICE[p.goods.enticer], 0),
            "part_perdue": french_number(100 * p.goods.lost_share, 0),
            **self.figures,
        }


COMPANY = Hetrabelle
