"""What people look for and write: the click curve, positions, reviews; and the two tables of Kerlavandre."""

import re

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
    good, bad = Theme("bon", ("bien",), ("C’est bien.",)), Theme("cher", ("cher",), ("Un peu cher.", "Trop cher."))
    people = Voices(
        (good,), (bad,), ("Reçu.", "Essayé."), ("Mais ",), np.array([3.0, 1.0]), np.array([[0.6], [0.1]]),
        np.array([[0.2], [0.5]]), 0.3,
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


def test_each_sentence_gives_away_its_theme_and_no_other():
    raw = voices()
    themes = [*raw["motivations"], *raw["freins"]]
    others = [*raw["ouvertures"], *raw["produits"], *raw["liens"]]
    for theme in themes:
        pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in theme["mots"]))
        for other in themes:
            for sentence in other["phrases"]:
                assert bool(pattern.search(sentence)) == (other is theme), (theme["nom"], sentence)
        assert not any(pattern.search(text) for text in others), theme["nom"]


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
