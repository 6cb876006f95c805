"""What brings people to a local shop."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from casestudies.market import calendar, footfall

MODEL = footfall.Footfall(0.05, 0.04, 150, 0.2, -0.35, -0.06)


@pytest.fixture
def days() -> pd.DataFrame:
    return calendar.days(date(2025, 1, 1), date(2026, 12, 31))


def test_a_closed_shop_sells_nothing(days):
    level = pd.Series(MODEL.expected(days), index=days["date"])
    for day in ("2025-01-01", "2025-05-01", "2025-12-25", "2025-06-15"):
        assert level[day] == 0
    assert level["2025-05-08"] > 0
    assert footfall.open_days(days).sum() == (level > 0).sum()


def test_each_cause_has_its_effect(days):
    level = pd.Series(MODEL.expected(days), index=days["date"])
    assert level["2025-06-14"] > 1.3 * level["2025-06-10"]
    flat = pd.Series(replace(MODEL, christmas=0.0).expected(days), index=days["date"])
    assert np.log(level["2025-12-20"] / flat["2025-12-20"]) == pytest.approx(0.2)
    assert level["2025-12-01"] == flat["2025-12-01"]
    still = pd.Series(replace(MODEL, growth=0.0, season=0.0).expected(days), index=days["date"])
    assert still["2026-06-13"] == pytest.approx(still["2025-06-14"])


def test_weather_has_its_share_of_rain_its_memory_and_its_winter(days):
    found = footfall.weather(3, days, 0.34, np.random.default_rng(7))
    rain = found == footfall.WEATHER.index("pluie")
    assert rain.mean() == pytest.approx(0.34, abs=0.01)
    assert rain[:, 1:][rain[:, :-1]].mean() > 0.45
    many = calendar.days(date(2000, 1, 1), date(2025, 12, 31))
    long = footfall.weather(1, many, 0.34, np.random.default_rng(7))[0] == 2
    month = many["date"].dt.month.to_numpy()
    assert long[np.isin(month, (12, 1, 2))].mean() > long[np.isin(month, (6, 7, 8))].mean() + 0.1
