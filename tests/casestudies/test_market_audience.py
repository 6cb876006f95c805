"""What people look for and write: the click curve, positions, reviews; and the two tables of Kerlavandre."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from casestudies.kerlavandre.audience import OPPORTUNITIES, QUERIES, voices
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.market.search import CURVE, WORST, Search, click_rate, seen
from casestudies.market.verbatims import Theme, Voices


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def _search(**changes: object) -> Search:
    usual = {
        "volume": np.array([10_000.0, 5_000.0]), "position": np.array([2.0, 12.0]), "drift": np.array([0.0, -0.5]),
        "wander": 0.03, "season": np.array([0.0, 0.4]), "peak": np.array([1.0, 12.0]), "level": 1.1,
        "brand": np.array([1.0, 1.0]),
    }  # fmt: skip
    return Search(**{**usual, **changes})


def test_the_click_curve_falls_and_meets_its_whole_positions():
    ranks = np.linspace(1, 40, 200)
    assert (np.diff(click_rate(ranks)) < 0).all()
    assert click_rate(np.arange(1.0, 11.0)) == pytest.approx(CURVE)
    assert click_rate(np.array([10.0, 10.0001])).round(4).tolist() == [0.016, 0.016]
    assert (np.diff(seen(ranks)) < 0).all()
    assert 0.04 < seen(np.array([40.0]))[0] < seen(np.array([1.0]))[0] < 1


def test_a_site_climbs_by_its_drift_and_is_clicked_by_the_curve(rng):
    month = np.tile(np.arange(1, 13), 20)
    found = _search(drift=np.zeros(2)).report(month, rng)
    rate = found["clicks"].sum(axis=1) / (found["impressions"] * click_rate(found["position"])).sum(axis=1)
    assert rate == pytest.approx([1.1, 1.1], rel=0.02)
    assert (found["clicks"] <= found["impressions"]).all()
    assert (found["volume"] % 10 == 0).all()
    climbing = _search().positions(25, rng)
    assert climbing[1, -1] / climbing[1, 0] == pytest.approx(np.exp(-1.0), rel=0.15)
    assert (climbing >= 1).all()
    assert (climbing <= WORST).all()
    seasonal = _search().searches(np.arange(1, 13))
    assert seasonal[1].argmax() == 11


def test_reviews_speak_of_each_theme_as_often_as_asked(rng):
    good = Theme("bon", ("bien",), (("C’est bien.",), ("Vraiment bien.",)))
    bad = Theme("cher", ("cher",), (("Un peu cher.", "Trop cher."), ("Bien trop cher.",)))
    people = Voices(
        (good,), (bad,), (("Reçu.", "Essayé."), ("Acheté.",)), ("Mais ",), np.array([3.0, 1.0]),
        np.array([[0.6], [0.1]]), np.array([[0.2], [0.5]]), 0.3,
    )  # fmt: skip
    found = people.write(8000, rng)
    assert np.bincount(found.segment) / 8000 == pytest.approx([0.75, 0.25], abs=0.02)
    for segment, chance in ((0, 0.6), (1, 0.1)):
        assert found.liked[found.segment == segment].mean() == pytest.approx(chance, abs=0.02)
    said = np.array(["cher" in text for text in found.text])
    assert (said == found.held[:, 0]).all()
    assert found.mark[said].mean() < found.mark[~said].mean() - 0.8
    assert set(np.unique(found.mark)) <= {1, 2, 3, 4, 5}
    assert any(text == "Reçu. C’est bien. Mais trop cher." for text in found.text)
    own = [text.startswith("Acheté.") for text in found.text]
    assert (np.array(own) == (found.segment == 1)).all()
    assert not any("C’est bien" in text for text, other in zip(found.text, own, strict=True) if other)


def everybodys(theme):
    """Return every sentence of a theme, whoever writes it."""
    return [*theme["phrases"], *(sentence for own in theme["propres"].values() for sentence in own)]


def test_each_sentence_gives_away_its_theme_and_no_other():
    raw = voices()
    themes = [*raw["motivations"], *raw["freins"]]
    others = [*raw["ouvertures"], *raw["produits"], *raw["liens"]]
    others += [text for segment in raw["segments"] for text in (*segment["ouvertures"], *segment["produits"])]
    for theme in themes:
        pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in theme["mots"]), re.IGNORECASE)
        for other in themes:
            for sentence in everybodys(other):
                assert bool(pattern.search(sentence)) == (other is theme), (theme["nom"], sentence)
        assert not any(pattern.search(text) for text in others), theme["nom"]


def test_there_is_enough_to_say_for_neighbours_to_read_other_things():
    raw = voices()
    themes, names = [*raw["motivations"], *raw["freins"]], [one["nom"] for one in raw["segments"]]
    said = [sentence for theme in themes for sentence in everybodys(theme)]
    assert len(said) == len(set(said)) >= 3 * 40  # four by theme were not enough
    assert len(raw["ouvertures"]) + sum(len(one["ouvertures"]) for one in raw["segments"]) >= 3 * 12
    assert all(list(theme["propres"]) == names for theme in themes)
    read = [set(Kerlavandre(f"voisin-{number}").table("verbatims")["texte"]) for number in range(6)]
    for first, second in pairwise(read):
        assert len(first & second) <= 0.06 * len(first)


def test_reviews_say_what_their_segment_would():
    """A family speaks of its children, and nobody else does."""
    raw = voices()
    alone = {one["nom"]: [text.replace("{produit}", "@") for text in one["ouvertures"]] for one in raw["segments"]}
    for theme in (*raw["motivations"], *raw["freins"]):
        for name, sentences in theme["propres"].items():
            alone[name] += [sentence[1:] for sentence in sentences]  # a link may take its capital letter away
    reviews = Kerlavandre("lea").table("verbatims")
    for name, sentences in alone.items():
        pattern = "|".join(re.escape(sentence).replace("@", "[^.]+") for sentence in sentences)
        assert set(reviews.loc[reviews["texte"].str.contains(pattern), "segment"]) == {name}
    assert set(reviews.loc[reviews["texte"].str.contains("shampoing enfant"), "segment"]) == {"Familles"}


def test_kerlavandres_queries_are_part_of_its_visits():
    for learner in ("lea", "tom", "zoe"):
        company = Kerlavandre(learner)
        seo = company.table("seo")
        assert len(seo) == 24 * len(QUERIES)
        visits = company.table("sessions_jour")
        visits = visits[visits["canal"] == "SEO"].groupby(visits["date"].dt.to_period("M"))["sessions"].sum()
        clicks = seo.groupby(seo["mois"].dt.to_period("M"))["clics"].sum()[visits.index]
        assert (clicks / visits).between(0.08, 0.5).all()
        best = seo[seo["requete"] == company.truth()["seo_requete_a_travailler"]]
        assert best["position"].between(7, 11).all()
        assert company.truth()["seo_requete_a_travailler"] in OPPORTUNITIES
        by_impressions = (seo["position"] * seo["impressions"]).sum() / seo["impressions"].sum()
        by_clicks = (seo["position"] * seo["clics"]).sum() / seo["clics"].sum()
        assert by_clicks < 0.6 * by_impressions


def test_kerlavandres_reviews_are_varied_and_credible():
    reviews = Kerlavandre("lea").table("verbatims")
    assert len(reviews) == 240
    assert reviews["id"].is_unique
    assert reviews["date"].is_monotonic_increasing
    assert reviews["texte"].duplicated().sum() <= 8
    assert reviews["texte"].str.len().between(15, 420).all()
    assert not reviews["texte"].str.contains(r"[{}']| [;:?!]").any()
    assert set(reviews["note"]) == {1, 2, 3, 4, 5}
    assert reviews["segment"].nunique() == 4


def test_other_tables_do_not_hear_of_queries_and_reviews():
    plain, curious = Kerlavandre("lea"), Kerlavandre("lea")
    curious.table("seo")
    curious.table("verbatims")
    for name in ("emails", "budget", "sessions_jour"):
        pd.testing.assert_frame_equal(plain.table(name), curious.table(name))
    assert "clean_orders" not in vars(curious)
