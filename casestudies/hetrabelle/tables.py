"""The tables of Hêtrabelle: competitors rated, facts, media; goods, sales and surveys, in modules of their own."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.french import french_number
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.hetrabelle.facts import FACTS, FIGURES
from casestudies.hetrabelle.surveys import Surveys
from casestudies.market import competitors
from casestudies.market.sampling import Ints
from casestudies.names import NAMES

OURSELVES = NAMES["hetrabelle"]
CRITERIA = (
    # criterion, weight, source, date
    ("Prix du panier type", 4, "Relevés de prix", "2026-09-21"),
    ("Évolutivité des meubles", 4, "Fiches produit", "2026-09-14"),
    ("Éco-conception", 3, "Rapports publiés", "2026-06-30"),
    ("Avis des clients", 3, "Avis en ligne", "2026-09-07"),
    ("Délai de livraison", 2, "Commandes tests", "2026-08-24"),
    ("Service après-vente", 2, "Appels mystères", "2025-03-17"),
    ("Présence en magasin", 1, "Panel de magasins", "2026-09-01"),
    ("Largeur de gamme", 1, "Catalogues", "2026-07-20"),
)
"""Weights add up to 20; the source of one criterion is more than a year old."""
_OURS = (2, 4, 5, 4, 2, 4, 2, 3)
_DEPTH = (4, 5, 4, 5, 3, 2, 2, 2)
_BREADTH = (3, 2, 3, 3, 4, 5, 5, 5)
_OTHERS = ((4, 2, 2, 3, 4, 3, 4, 3), (2, 3, 4, 3, 2, 3, 2, 2))
_NURSERY_FIRM = (3, 2, 2, 3, 3, 4, 1, 3)
_SECOND_HAND = (5, 1, 4, 2, 3, 1, 1, 3)
_SHAKE, _APART_SHAKE = 0.08, 0.30

MEDIA = (
    # channel, kind, target, contacts, share in target, cost (€ excl. tax), image, measure, sobriety, days
    ("Radio locale", "média", "acheteur", 420_000, 0.045, 5_200, 3, 2, 4, 15),
    ("Affichage abribus", "média", "acheteur", 510_000, 0.040, 9_800, 3, 1, 2, 30),
    ("Presse parents", "média", "acheteur", 130_000, 0.46, 7_400, 5, 2, 3, 45),
    ("Presse quotidienne régionale", "média", "acheteur", 260_000, 0.09, 6_100, 4, 2, 3, 10),
    ("Télévision segmentée", "média", "acheteur", 190_000, 0.30, 16_500, 4, 3, 2, 40),
    ("Bannières programmatiques", "média", "acheteur", 1_900_000, 0.035, 4_300, 1, 4, 2, 5),
    ("Vidéo en ligne", "média", "acheteur", 640_000, 0.16, 7_900, 3, 4, 1, 20),
    ("Réseaux sociaux, publications sponsorisées", "média", "acheteur", 720_000, 0.22, 6_600, 3, 5, 2, 7),
    ("E-mailing aux clients", "hors-média", "acheteur", 46_000, 0.62, 950, 4, 5, 4, 5),
    ("Salon de la petite enfance", "hors-média", "prescripteur", 21_000, 0.55, 11_200, 5, 3, 1, 90),
    ("Dossier aux maternités et sages-femmes", "hors-média", "prescripteur", 9_500, 0.80, 3_900, 5, 2, 4, 60),
    ("Animation chez les revendeurs", "hors-média", "vendeur", 14_000, 0.48, 5_800, 4, 3, 3, 30),
    ("Relations presse", "hors-média", "prescripteur", 150_000, 0.20, 4_800, 5, 2, 4, 45),
    ("Parrainage entre parents", "hors-média", "consommateur", 18_000, 0.70, 2_600, 4, 5, 5, 20),
)


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

    @cached_property
    def fact_order(self) -> Ints:
        """The place of each fact in ``FACTS``, in the order shown."""
        order: Ints = self.rng("faits_ordre").permutation(len(FACTS)).astype(np.int64)
        return order

    @cached_property
    def figures(self) -> dict[str, str]:
        """The figures quoted by the facts, written the French way."""
        rng = self.rng("faits_chiffres")
        drawn = {name: rng.uniform(low, high) for name, (low, high) in FIGURES.items()}
        return {
            name: french_number(value, 1 if isinstance(FIGURES[name][0], float) else 0) for name, value in drawn.items()
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
        size = len(MEDIA)
        return pd.DataFrame(
            {
                "media_id": [f"M{rank:02d}" for rank in range(1, size + 1)],
                "canal": [row[0] for row in MEDIA],
                "type": [row[1] for row in MEDIA],
                "role_vise": [row[2] for row in MEDIA],
                "contacts": (
                    np.round(np.array([row[3] for row in MEDIA]) * rng.uniform(0.9, 1.1, size) / 500) * 500
                ).astype(np.int64),
                "part_cible": np.round(np.array([row[4] for row in MEDIA]) * rng.uniform(0.93, 1.07, size), 3),
                "cout_ht": np.round(np.array([row[5] for row in MEDIA]) * rng.uniform(0.9, 1.1, size), -1),
                "note_image": np.array([row[6] for row in MEDIA]),
                "note_mesure": np.array([row[7] for row in MEDIA]),
                "note_sobriete": np.array([row[8] for row in MEDIA]),
                "delai_jours": np.array([row[9] for row in MEDIA]),
            }
        )
