"""The facts of Kerlavandre's diagnosis: figures of its own from its tables, those of its surroundings drawn apart."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from casestudies.company import content
from casestudies.french import french_number
from casestudies.kerlavandre.survey import Surveyed
from casestudies.market.sampling import Ints
from casestudies.typography import french

INTERNAL = ("Force", "Faiblesse")
"""The quadrants whose cause is inside the firm."""


@dataclass(frozen=True)
class Fact:
    """One fact: its wording, where it comes from, its day, and its true quadrant, which learners are not told."""

    text: str
    source: str
    date: str
    quadrant: str


@dataclass(frozen=True)
class OutsideFigure:
    """The least and the most of a figure of the surroundings, in whole per cent."""

    name: str
    low: int
    high: int


FACTS = content("kerlavandre").records("facts", Fact)
OUTSIDE = content("kerlavandre").records("outside_figures", OutsideFigure)


def _percent(share: float) -> str:
    return french_number(100 * share, 0)


class Diagnosed(Surveyed):
    """The part of the company that keeps the facts of its diagnosis."""

    @cached_property
    def fact_order(self) -> Ints:
        """The place of each fact in ``FACTS``, in the order shown."""
        return self.rng("faits_ordre").permutation(len(FACTS)).astype("int64")

    @cached_property
    def fact_places(self) -> dict[str, str]:
        """The true quadrant of each fact, by its number; for trainers only."""
        return {f"F{rank:02d}": FACTS[place].quadrant for rank, place in enumerate(self.fact_order.tolist(), 1)}

    def _figures(self) -> dict[str, str]:
        rng = self.rng("faits_chiffres")
        drawn = {one.name: _percent(rng.integers(one.low, one.high + 1) / 100) for one in OUTSIDE}
        visits, sales = self.table("sessions_jour"), self.table("ventes_jour")
        orders = self.table("commandes").drop_duplicates("commande_id")
        paid = orders[orders["statut"] == "payée"]
        by_device = visits.groupby("appareil")[["ajouts_panier", "sessions"]].sum()
        carts = by_device["ajouts_panier"] / by_device["sessions"]
        revenue = sales.groupby("gamme")["ca_ttc"].sum()
        return drawn | {
            "seo": _percent(visits.loc[visits["canal"] == "SEO", "sessions"].sum() / visits["sessions"].sum()),
            "habitues": _percent(float((paid["premiere_commande"] == "non").mean())),
            "mobile": french_number(100 * carts["mobile"], 1),
            "ordinateur": french_number(100 * carts["ordinateur"], 1),
            "cheveux": _percent(revenue["Cheveux"] / revenue.sum()),
        }

    def table_faits(self) -> pd.DataFrame:
        """Return the facts in no order; their place in the matrix is not said."""
        facts, figures = [FACTS[place] for place in self.fact_order.tolist()], self._figures()
        return pd.DataFrame(
            {
                "fait_id": list(self.fact_places),
                "fait": [french(fact.text.format_map(figures)) for fact in facts],
                "source": [fact.source for fact in facts],
                "date": pd.to_datetime([fact.date for fact in facts]),
            }
        )
