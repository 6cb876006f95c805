"""The interrupted series given to learners: it finds a known effect, sees nothing where nothing happened."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from casestudies.errors import CasekitError
from casestudies.mesure import EffetMesure, _student, placebo, serie_interrompue

START, END = date(2026, 3, 2), date(2026, 3, 15)


def sales(effect: float = 40.0, dip: float = -15.0, noise: float = 0.0, seed: int = 1) -> pd.DataFrame:
    """Return 620 days of sales with growth, a season, weekdays, an action and its aftermath; noise is a share."""
    days = pd.date_range(START - timedelta(560), periods=620, freq="D", unit="s")
    rank, weekday = np.arange(620), np.asarray(days.day_of_week)
    usual = 100 * 1.08 ** (rank / 364) * (1 + 0.1 * np.sin(2 * np.pi * rank / 364)) * (1 + 0.02 * weekday)
    during = (days >= pd.Timestamp(START)) & (days <= pd.Timestamp(END))
    after = (days > pd.Timestamp(END)) & (days <= pd.Timestamp(END + timedelta(14)))
    shocks = np.exp(np.random.default_rng(seed).standard_normal(620) * noise)
    units = usual * (1 + effect / 100 * during + dip / 100 * after) * shocks
    return pd.DataFrame({"date": days, "gamme": "Cheveux", "unites": units, "usual": usual})


def true_effect(effect: float = 40.0) -> float:
    """Return the mean units a day that the action adds, without noise."""
    table = sales()
    during = table["date"].between(pd.Timestamp(START), pd.Timestamp(END))
    return float(table.loc[during, "usual"].mean() * effect / 100)


def test_recovers_a_known_effect_without_noise() -> None:
    found = serie_interrompue(sales(), START, END)
    assert found.effet_par_jour == pytest.approx(true_effect(), rel=0.01)
    assert found.erreur_type == pytest.approx(0, abs=0.2)
    assert found.jours == 14
    assert not found.contient_zero


def test_the_dip_is_not_taken_for_the_usual_level() -> None:
    assert serie_interrompue(sales(dip=-60), START, END) == serie_interrompue(sales(dip=0), START, END)


def test_intervals_hold_the_true_effect_about_as_often_as_they_say() -> None:
    found = [serie_interrompue(sales(noise=0.05, seed=seed), START, END) for seed in range(400)]
    assert np.mean([f.effet_par_jour for f in found]) == pytest.approx(true_effect(), abs=1)
    held = np.mean([f.borne_basse <= true_effect() <= f.borne_haute for f in found])
    assert 0.9 <= held <= 0.98, held


def test_bounds_are_two_margins_apart() -> None:
    found = serie_interrompue(sales(noise=0.05), START, END)
    assert found.borne_haute - found.borne_basse == pytest.approx(2 * _student(55) * found.erreur_type)
    assert found.multiplicateur == _student(55)
    assert found.borne_basse + found.borne_haute == pytest.approx(2 * found.effet_par_jour)


@pytest.mark.parametrize(
    ("freedom", "tabulated"),
    [(6, 2.447), (8, 2.306), (10, 2.228), (20, 2.086), (30, 2.042), (55, 2.004), (10**6, 1.960)],
)
def test_student_s_law_is_that_of_the_tables(freedom: int, tabulated: float) -> None:
    assert _student(freedom) == pytest.approx(tabulated, abs=6e-4)


def test_placebo_is_about_zero_and_blind_to_the_action() -> None:
    found = [placebo(sales(noise=0.05, seed=seed), START, END) for seed in range(400)]
    assert np.mean([f.effet_par_jour for f in found]) == pytest.approx(0, abs=0.6)
    alarms = np.mean([not f.contient_zero for f in found])
    assert 0.02 <= alarms <= 0.09, alarms
    assert placebo(sales(noise=0.05), START, END) == placebo(sales(effect=900, dip=-90, noise=0.05), START, END)


def test_deterministic_whatever_the_order_of_the_rows() -> None:
    table = sales(noise=0.05)
    found = serie_interrompue(table, START, END)
    assert found == serie_interrompue(table, START, END)
    assert found == serie_interrompue(table.sample(frac=1, random_state=3), START, END)


def test_another_column() -> None:
    table = sales().rename(columns={"unites": "ca_ttc"})
    assert serie_interrompue(table, START, END, colonne="ca_ttc") == serie_interrompue(sales(), START, END)


def test_two_ranges_at_once_are_refused() -> None:
    with pytest.raises(CasekitError, match="une seule gamme"):
        serie_interrompue(pd.concat([sales(), sales()]), START, END)


@pytest.mark.parametrize("table", [sales().head(500), sales().tail(200), sales().head(0)])
def test_missing_days_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(CasekitError, match="manque des jours"):
        serie_interrompue(table, START, END)


def test_a_day_without_sales_is_refused() -> None:
    table = sales()
    table.loc[table["date"] == pd.Timestamp(START), "unites"] = 0
    with pytest.raises(CasekitError, match="aucune vente"):
        serie_interrompue(table, START, END)


def test_impossible_dates_are_refused() -> None:
    with pytest.raises(CasekitError, match="ordre"):
        serie_interrompue(sales(), END, START)
    with pytest.raises(CasekitError, match="recul"):
        placebo(sales(), START, END, recul=7)


def test_shows_itself_in_french() -> None:
    found = EffetMesure(12.5, 2.0, 1.96, 8.58, 16.42, 6.1, 14)
    assert "12,50 unités par jour" in repr(found)
    assert "de 8,58" in repr(found)
    assert "16,42" in found._repr_mimebundle_()["text/html"]
    assert EffetMesure(0.5, 1, 1.96, -1.46, 2.46, 6, 14).contient_zero
