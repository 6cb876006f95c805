"""Partner bases: sizes and overlaps as asked for, fingerprints that tell people apart, repeats, marks."""

import numpy as np
import pytest

from casestudies.market.partners import Bases, fingerprints, repeated, survey


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_members_have_the_size_and_the_overlap_asked_for(rng):
    bases = Bases(5000, (2000, 8000), (0.10, 0.30), 40_000)
    for size, overlap, people in zip(bases.sizes, bases.overlap, bases.members(rng), strict=True):
        assert len(people) == len(np.unique(people)) == size
        assert (people < bases.own).mean() * size / bases.own == pytest.approx(overlap, abs=0.02)
        assert people.max() < bases.own + bases.outside


def test_partners_share_customers_beyond_those_of_the_company(rng):
    first, second = Bases(1000, (3000, 3000), (0.1, 0.1), 10_000).members(rng)
    assert len(np.intersect1d(first[first >= 1000], second[second >= 1000])) > 300


def test_a_person_has_one_fingerprint_and_shares_it_with_nobody():
    people = np.arange(200_000)
    prints = fingerprints(people, 123_456_789_012)
    assert len(set(prints)) == len(people)
    assert all(len(text) == 12 and set(text) <= set("0123456789abcdef") for text in prints[:500])
    assert (fingerprints(people[::-1], 123_456_789_012)[::-1] == prints).all()
    assert not set(prints[:1000]) & set(fingerprints(people[:1000], 987_654_321))


def test_known_fingerprints_never_change():
    assert fingerprints(np.array([0, 1, 2]), 42).tolist() == ["0798e1802981", "97cff2acc68b", "93fa874f9cea"]


def test_repeats_add_a_share_and_nobody_else(rng):
    people = np.arange(1000)
    twice = repeated(people, 0.03, rng)
    assert len(twice) == 1030
    assert (np.unique(twice, return_counts=True)[1] == 2).sum() == 30
    assert not (np.sort(twice[:1000]) == people).all()


def test_marks_gather_around_the_true_one_as_people_grow(rng):
    few = survey(np.full(4000, 7.0), np.full(4000, 25), 1.5, rng)
    many = survey(np.full(4000, 7.0), np.full(4000, 400), 1.5, rng)
    assert few.std() == pytest.approx(0.30, abs=0.02)
    assert many.std() == pytest.approx(0.075, abs=0.006)
    assert (many == np.round(many, 2)).all()
