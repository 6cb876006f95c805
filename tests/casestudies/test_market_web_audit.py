"""What an audit of a website finds."""

import numpy as np
import pytest

from casestudies.market import web_audit

WHITE = np.array([255, 255, 255])


def test_contrast_is_that_of_the_norm_in_both_directions():
    grey = web_audit.rgb("#767676")
    assert web_audit.contrast(grey, WHITE) == pytest.approx(4.54, abs=0.005)
    assert web_audit.contrast(WHITE, grey) == web_audit.contrast(grey, WHITE)
    assert web_audit.hexadecimal(grey[None]) == ["#767676"]


def test_shades_have_the_contrast_asked_for():
    hues = np.array([[58, 110, 62], [196, 84, 40], [150, 120, 30], [40, 98, 130]])
    ratios = np.array([2.8, 3.9, 5.0, 6.2])
    back = np.broadcast_to(WHITE, hues.shape)
    assert web_audit.contrast(web_audit.shades(hues, back, ratios), back) == pytest.approx(ratios, rel=0.03)


def test_findings_fail_where_they_apply_and_on_one_page_at_least():
    rng = np.random.default_rng(7)
    applicable = rng.random((8, 40)) < 0.7
    applicable[0] = True
    faulty = np.arange(40) < 20
    states = web_audit.findings(applicable, faulty, 0.5, rng)
    assert ((states == web_audit.NOT_APPLICABLE) == ~applicable).all()
    failed = states == web_audit.FAILED
    assert failed[:, :20].any(axis=0).all()
    assert not failed[:, 20:].any()
    assert failed[:, :20].sum() / applicable[:, :20].sum() == pytest.approx(0.5, abs=0.12)


def test_the_overall_rate_is_never_above_what_is_met_somewhere():
    states = np.array([[0, 1, 2, 0], [0, 0, 2, 1]])
    rates = web_audit.rates(states)
    assert rates.mean == pytest.approx(2 / 3)
    assert rates.overall == pytest.approx(1 / 3)


def test_parts_of_a_page_follow_their_shares():
    rng = np.random.default_rng(7)
    parts = web_audit.weights(np.full(400, 2000.0), np.full((400, 4), 0.25), rng)
    assert np.abs(parts.sum(axis=1) - 2000).max() <= 2
    assert parts.mean(axis=0) == pytest.approx(np.full(4, 500), rel=0.02)
    assert (parts > 0).all()
