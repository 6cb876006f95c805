"""The tables of Hêtrabelle: competitors, facts, media, opinions; goods, sales and surveys in modules of their own."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import content, content_table
from casestudies.french import french_number
from casestudies.hetrabelle import opinions, web
from casestudies.hetrabelle.catalogue import BENCHMARKED, IDS
from casestudies.hetrabelle.surveys import Surveys
from casestudies.market import competitors
from casestudies.market.sampling import Ints
from casestudies.names import NAMES

OURSELVES = NAMES["hetrabelle"]
CRITERIA = content("hetrabelle").rows("criteria", name=str, weight=int, source=str, date=str)
_OURS = (2, 4, 5, 4, 2, 4, 2, 3)
_DEPTH = (4, 5, 4, 5, 3, 2, 2, 2)
_BREADTH = (3, 2, 3, 3, 4, 5, 5, 5)
_OTHERS = ((4, 2, 2, 3, 4, 3, 4, 3), (2, 3, 4, 3, 2, 3, 2, 2))
_NURSERY_FIRM = (3, 2, 2, 3, 3, 4, 1, 3)
_SECOND_HAND = (5, 1, 4, 2, 3, 1, 1, 3)
_SHAKE, _APART_SHAKE = 0.08, 0.30


@dataclass(frozen=True)
class Fact:
    """One fact: text with ``{fields}``, source, date, weight (1–5), true place, and whether its wording misleads."""

    text: str
    source: str
    date: str
    weight: int
    quadrant: str
    trap: bool


FACTS = content("hetrabelle").records("facts", Fact)
FIGURES = content("hetrabelle").rows("figures", name=str, low=float, high=float)
"""Lowest and highest value of each figure quoted; whole numbers unless written with a decimal."""


class Tables(Surveys):
    """The part of the company that looks around before it chooses."""

    @cached_property
    def marks(self) -> Ints:
        """Marks by (firm, criterion): the firms of ``BENCHMARKED``, then ourselves."""
        rng = self.rng("benchmark")
        makers = rng.permutation(np.array([_DEPTH, _BREADTH, *_OTHERS], dtype=np.float64))
        apart = np.array([_NURSERY_FIRM, _SECOND_HAND, _OURS], dtype=np.float64)
        return np.concatenate([competitors.ratings(makers, _SHAKE, rng), competitors.ratings(apart, _APART_SHAKE, rng)])

    def table_benchmark(self) -> pd.DataFrame:
        """Return the mark of each firm on each criterion, with weight, source and date."""
        firms = (*BENCHMARKED, OURSELVES)
        kind = ["direct"] * 4 + ["indirect"] * 2 + ["nous"]
        size, count = len(CRITERIA), len(firms)
        return pd.DataFrame(
            {
                "concurrent": np.repeat(np.array(firms, dtype=object), size),
                "type": np.repeat(np.array(kind, dtype=object), size),
                "critere": [row[0] for row in CRITERIA] * count,
                "poids": [row[1] for row in CRITERIA] * count,
                "note": self.marks.ravel(),
                "source": [row[2] for row in CRITERIA] * count,
                "date_source": pd.to_datetime([row[3] for row in CRITERIA] * count),
            }
        )

    def table_presence_numerique(self) -> pd.DataFrame:
        """Return what was measured of each firm on the web."""
        kinds = ["direct"] * 4 + ["indirect"] * 2 + ["nous"]
        return web.presence((*BENCHMARKED, OURSELVES), kinds, self.rng("presence_numerique"))

    def table_marche(self) -> pd.DataFrame:
        """Return the market, year by year."""
        return web.market(self.rng("marche"))

    @cached_property
    def fact_order(self) -> Ints:
        """The place of each fact in ``FACTS``, in the order shown."""
        order: Ints = self.rng("faits_ordre").permutation(len(FACTS)).astype(np.int64)
        return order

    @cached_property
    def figures(self) -> dict[str, str]:
        """The figures quoted by the facts, written the French way."""
        rng = self.rng("faits_chiffres")
        return {
            name: french_number(rng.uniform(low, high), 1 if isinstance(low, float) else 0)
            for name, low, high in FIGURES
        }

    def table_faits_swot(self) -> pd.DataFrame:
        """Return the facts in no order; their place in the matrix is not said."""
        shift = self.rng("faits_poids").choice((-1, 0, 0, 1), len(FACTS))
        facts = [FACTS[rank] for rank in self.fact_order.tolist()]
        text = [fact.text.replace(" ;", "\u00a0;").replace(" :", "\u00a0:").replace(" %", "\u00a0%") for fact in facts]
        return pd.DataFrame(
            {
                "fait_id": [f"F{rank:02d}" for rank in range(1, len(facts) + 1)],
                "fait": [
                    line.replace("« ", "«\u00a0").replace(" »", "\u00a0»").format_map(self.figures) for line in text
                ],
                "source": [fact.source for fact in facts],
                "date": pd.to_datetime([fact.date for fact in facts]),
                "importance": np.clip(np.array([fact.weight for fact in facts]) + shift, 1, 5).astype(np.int64),
            }
        )

    def table_medias(self) -> pd.DataFrame:
        """Return the media and other channels that can be bought for the launch."""
        rng = self.rng("medias")
        media = content_table(
            "hetrabelle", "media", canal=str, type=str, role_vise=str, contacts=int, part_cible=float, cout_ht=float,
            note_image=int, note_mesure=int, note_sobriete=int, delai_jours=int,
        )  # fmt: skip
        size = len(media)
        contacts = np.round(media["contacts"] * rng.uniform(0.9, 1.1, size) / 500) * 500
        return media.assign(
            media_id=[f"M{rank:02d}" for rank in range(1, size + 1)],
            contacts=contacts.astype(np.int64),
            part_cible=np.round(media["part_cible"] * rng.uniform(0.93, 1.07, size), 3),
            cout_ht=np.round(media["cout_ht"] * rng.uniform(0.9, 1.1, size), -1),
        )

    @cached_property
    def opinions(self) -> opinions.Opinions:
        """Which products buyers talk about, and how."""
        return opinions.opinions(self.rng("avis_choix"))

    def table_avis_produits(self) -> pd.DataFrame:
        """Return the ratings of the products sold on the site, a few rows twice."""
        return opinions.ratings(self.sold[:, 2], self.opinions, self.rng("avis_produits"))

    def table_enquete_report(self) -> pd.DataFrame:
        """Return what likely buyers of the new product would buy without it."""
        return opinions.instead(self.rng("enquete_report"))

    def table_reperes_gamme(self) -> pd.DataFrame:
        """Return the thresholds and assumptions of the range review."""
        mended = IDS.index(self.opinions.to_mend)
        margin = float(self.sold[mended, 2] * (self.net_price[mended] - self.unit_cost[mended]))
        rng = self.rng("reperes_gamme")
        return opinions.reference_points(opinions.landmarks(self.params.pricing.unit_cost, margin, rng))

    def table_strategie(self) -> pd.DataFrame:
        """Return the web-marketing strategy in six elements."""
        fields = {"volume": french_number(self.params.pricing.launch_units, 0), "delai": self.figures["delai"]}
        return opinions.strategy(fields, self.rng("strategie"))
