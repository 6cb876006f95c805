"""What people look for and what they write: organic search by month, reviews; each from its own stream."""

from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from casestudies.company import content, content_table
from casestudies.kerlavandre.ledger import Books
from casestudies.kerlavandre.params import END, START
from casestudies.market.sampling import Floats
from casestudies.market.search import Search
from casestudies.market.verbatims import Reviews, Theme, Voices, half
from casestudies.strict import packaged
from casestudies.typography import french

QUERIES = content_table(
    "kerlavandre", "queries", query=str, searches=int, position=float, wave=float, peak=int, brand=bool
)
OPPORTUNITIES = content("kerlavandre").texts("opportunities")
"""Queries of which one, in each variant, stays at the bottom of the first page: the best place to work."""
REVIEWS = 240
LAST_RANK = 9.0
"""Where the query with the best prospects stands, whatever the month."""


@cache
def voices() -> dict[str, Any]:
    """Return what people may write, as ``verbatims.toml`` says it, with its typography."""
    return packaged("casestudies.kerlavandre", "verbatims.toml", french).data


def _themes(kind: str, rng: np.random.Generator) -> tuple[Theme, ...]:
    """Return the themes with the sentences of a variant: by segment, half of everybody’s and half of its own."""
    names = [one["nom"] for one in voices()["segments"]]

    def sentences(theme: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
        shared = half(theme["phrases"], rng)
        return tuple(shared + half(theme["propres"][name], rng) for name in names)

    return tuple(Theme(one["nom"], tuple(one["mots"]), sentences(one)) for one in voices()[kind])


def _openings(rng: np.random.Generator) -> tuple[tuple[str, ...], ...]:
    """Return the first sentences of a variant by segment, each about every product that the segment buys."""
    raw = voices()
    shared = half(raw["ouvertures"], rng)
    return tuple(
        tuple(
            template.format(produit=name)
            for template in shared + half(one["ouvertures"], rng)
            for name in raw["produits"] + one["produits"]
        )
        for one in raw["segments"]
    )


class Audience(Books):
    """The part of the company that is looked for, found and talked about."""

    @cached_property
    def search(self) -> Search:
        """The queries of this variant."""
        rng = self.rng("seo_params")
        known, size = {name: QUERIES[name].to_numpy() for name in QUERIES}, len(QUERIES)
        position = known["position"] * np.exp(rng.uniform(-0.12, 0.12, size))
        drift = rng.uniform(-0.22, 0.08, size)
        brand = known["brand"]
        chosen = known["query"].tolist().index(OPPORTUNITIES[rng.integers(len(OPPORTUNITIES))])
        position[chosen], drift[chosen] = LAST_RANK, 0.0
        return Search(
            volume=known["searches"] * np.exp(rng.uniform(-0.1, 0.1, size)),
            position=np.where(brand, known["position"], position),
            drift=np.where(brand, 0.0, drift),
            wander=float(rng.uniform(0.04, 0.07)),
            season=known["wave"],
            peak=known["peak"].astype(float),
            level=float(rng.uniform(0.88, 1.12)),
            brand=np.where(brand, rng.uniform(1.3, 1.55), 1.0),
        )

    def table_seo(self) -> pd.DataFrame:
        """Return volume, position, impressions and clicks by month and query."""
        month = pd.date_range(START, END, freq="MS", unit="s")
        found = self.search.report(np.asarray(month.month, dtype=np.int64), self.rng("seo"))
        return pd.DataFrame(
            {
                "mois": np.repeat(month.to_numpy(), len(QUERIES)),
                "requete": np.tile(QUERIES["query"].to_numpy(dtype=object), len(month)),
                "volume": found["volume"].T.ravel(),
                "position": found["position"].T.ravel(),
                "impressions": found["impressions"].T.ravel(),
                "clics": found["clicks"].T.ravel(),
            }
        )

    @cached_property
    def voices(self) -> Voices:
        """Who writes in this variant, and of what."""
        rng = self.rng("verbatims_params")
        raw, said = voices(), self.rng("verbatims_phrases")

        def moved(key: str) -> Floats:
            usual = np.array([one[key] for one in raw["segments"]])
            probability: Floats = np.clip(usual * rng.uniform(0.85, 1.15, usual.shape), 0.02, 0.65)
            return probability

        return Voices(
            motivations=_themes("motivations", said),
            brakes=_themes("freins", said),
            openings=_openings(said),
            links=tuple(raw["liens"]),
            share=np.array([one["part"] for one in raw["segments"]]),
            liked=moved("motivations"),
            held=moved("freins"),
            mood=float(rng.uniform(0.5, 0.7)),
        )

    @cached_property
    def reviews(self) -> Reviews:
        """The reviews, with the themes that nobody but the trainer sees."""
        return self.voices.write(REVIEWS, self.rng("verbatims"))

    def table_verbatims(self) -> pd.DataFrame:
        """Return the reviews of the last twelve months, in order of date."""
        reviews = self.reviews
        rank = np.sort(self.rng("verbatims_dates").integers(0, 365, REVIEWS))
        names = np.array([one["nom"] for one in voices()["segments"]], dtype=object)
        return pd.DataFrame(
            {
                "id": [f"A{number:03d}" for number in range(1, REVIEWS + 1)],
                "date": (np.datetime64(END) - np.timedelta64(364, "D") + rank).astype("datetime64[s]"),
                "note": reviews.mark,
                "texte": np.array(reviews.text, dtype=object),
                "segment": names[reviews.segment],
            }
        )

    def audience_truth(self) -> dict[str, Any]:
        """Return the click curve's level, the query to work on, and the true frequency of each theme by segment."""
        found, search = self.voices, self.search
        best = int(np.argmin(np.abs(search.position - LAST_RANK) + np.abs(search.drift)))
        names = [one["nom"] for one in voices()["segments"]]

        def table(themes: tuple[Theme, ...], chances: Floats) -> dict[str, dict[str, float]]:
            labels = [theme.name for theme in themes]
            return {
                name: dict(zip(labels, np.round(row, 3).tolist(), strict=True))
                for name, row in zip(names, chances, strict=True)
            }

        return {
            "seo_niveau_de_clic": search.level,
            "seo_requete_a_travailler": QUERIES["query"].iloc[best],
            "verbatims_motivations": table(found.motivations, found.liked),
            "verbatims_freins": table(found.brakes, found.held),
        }
