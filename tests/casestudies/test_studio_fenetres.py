"""The simulator of windows: its formulas by hand, its sentences, its figure, its widgets without a front end."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from casestudies.company import Period
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.seeds import REFERENCE
from casestudies.studio import fenetres
from casestudies.studio.fenetres import Settings
from casestudies.studio.simulator import BACK, LOCK, Experiment

PROMOTION = Period("pendant", "Pendant", date(2026, 3, 2), date(2026, 3, 11))  # Monday to Wednesday, ten days


def window(start: date, days: int) -> Period:
    return Period("", "", start, start + timedelta(days - 1))


@pytest.fixture(scope="module")
def revenue() -> pd.Series:
    """A thousand euros a day before the promotion, fifteen hundred from its first day."""
    days = pd.date_range("2025-01-01", "2026-06-30", freq="D")
    return pd.Series([1500.0 if day >= pd.Timestamp(PROMOTION.debut) else 1000.0 for day in days], index=days)


def test_windows_start_where_asked() -> None:
    during, before = fenetres.windows(PROMOTION, Settings(kept=8, shift=28, length=12))
    assert (during.debut, during.jours) == (PROMOTION.debut, 8)
    assert (before.debut, before.jours) == (date(2026, 2, 2), 12)


def test_a_year_earlier_keeps_the_weekdays() -> None:
    _, before = fenetres.windows(PROMOTION, Settings(kept=10, shift=7, length=10, a_year_earlier=True))
    assert before.debut == date(2025, 3, 3)
    assert before.debut.weekday() == PROMOTION.debut.weekday()
    assert fenetres.same_weekdays(PROMOTION, before)


def test_daily_revenue_adds_the_ranges() -> None:
    sales = pd.DataFrame(
        {"date": pd.to_datetime(["2026-03-02", "2026-03-02", "2026-03-03"]), "ca_ttc": [10.0, 5.0, 7.0]}
    )
    assert fenetres.daily_revenue(sales).tolist() == [15.0, 7.0]


def test_change_of_means_and_of_totals(revenue: pd.Series) -> None:
    during, before = fenetres.windows(PROMOTION, Settings(kept=10, shift=28, length=20))
    assert fenetres.measured_change(revenue, during, before) == pytest.approx(0.5)
    assert fenetres.measured_change(revenue, during, before, per_day=False) == pytest.approx(-0.25)


def test_weekdays() -> None:
    assert fenetres.weekday_counts(PROMOTION) == (2, 2, 2, 1, 1, 1, 1)
    assert fenetres.weekend_days(PROMOTION) == 2
    assert fenetres.same_weekdays(window(date(2026, 2, 2), 14), window(date(2026, 1, 5), 28))
    assert not fenetres.same_weekdays(PROMOTION, window(date(2026, 2, 3), 10))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(10, 28, 10), "Fenêtres comparables"),
        (Settings(10, 28, 20, per_day=False), "10 jours contre 20"),
        (Settings(10, 16, 10), "2 jours de week-end sur 10 contre 4 sur 10"),
        (Settings(10, 27, 10), "pas les mêmes autres jours"),
        (Settings(10, 7, 10), "mord sur la promotion"),
        (Settings(7, 28, 7), "que le début de la promotion"),
        (Settings(10, 28, 10, a_year_earlier=True), "un an plus tôt"),
    ],
)
def test_reading(revenue: pd.Series, settings: Settings, words: str) -> None:
    during, before = fenetres.windows(PROMOTION, settings)
    change = fenetres.measured_change(revenue, during, before, settings.per_day)
    said = fenetres.reading(PROMOTION, during, before, settings, change)
    assert words in said.replace("\u00a0", " ")
    assert said.startswith("Évolution mesurée\u00a0: ")
    assert " :" not in said
    assert " %" not in said


def test_dates_in_words() -> None:
    assert fenetres.in_words(window(date(2026, 3, 1), 1)) == "du 1er au 1er mars 2026"
    assert fenetres.in_words(window(date(2025, 12, 30), 3)) == "du 30 décembre 2025 au 1er janvier 2026"


def test_chart_has_title_axes_legend_and_alternative(revenue: pd.Series) -> None:
    during, before = fenetres.windows(PROMOTION, Settings(10, 28, 10))
    chart = fenetres.draw(revenue, during, before, 0.5).replace("\u00a0", " ")
    assert "Chiffre d’affaires des deux fenêtres : +50,0 %" in chart
    assert "k€ TTC par jour" in chart
    assert "1 = son premier jour" in chart
    assert chart.count('<svg viewBox="0 0 32 14"') == 2, "one sign of the legend for each curve"
    assert 'role="img" aria-label="Courbes du chiffre d’affaires par jour' in chart
    assert "stroke-dasharray" in chart, "colour never speaks alone"


def dossier(folder: Any) -> Dossier:
    return Dossier(Kerlavandre(REFERENCE, 0), Identity(REFERENCE), folder, None)


@pytest.fixture
def simulator(tmp_path: Any) -> Experiment:
    opened = fenetres.experiment(dossier(tmp_path))
    opened.put("bet", fenetres.MORE)
    opened.press(LOCK)
    return opened


def test_settings_change_what_is_said_and_drawn(simulator: Experiment) -> None:
    first = simulator.view()
    kept = simulator.values[fenetres.KEPT]
    assert kept == simulator.values[fenetres.COMPARED]
    assert "Fenêtres comparables" in first.status
    simulator.put(fenetres.COMPARED, 28)
    simulator.put(fenetres.UNIT, fenetres.TOTALS)
    assert "totaux" in simulator.view().status
    assert simulator.view().chart != first.chart
    simulator.press(BACK)
    simulator.put(fenetres.A_YEAR, True)
    view = simulator.view()
    assert next(one for one in view.controls if one.name == fenetres.SHIFT).off
    assert "un an plus tôt" in view.status


def test_the_bet_is_settled_when_its_settings_are_tried(simulator: Experiment) -> None:
    simulator.put(fenetres.COMPARED, 28)
    assert "elle paraît" not in simulator.view().words
    simulator.put(fenetres.UNIT, fenetres.TOTALS)
    assert "elle paraît moins bonne" in simulator.view().words


def test_every_setting_can_be_drawn(simulator: Experiment) -> None:
    for control in simulator.view().controls:
        if control.kind == "slider":
            for value in (control.least, control.most):
                simulator.put(control.name, value)
                assert "Évolution mesurée" in simulator.view().status


def test_a_cell_shows_a_sentence_that_stays(tmp_path: Any) -> None:
    shown = fenetres.simulateur_fenetres(dossier(tmp_path))
    assert "lancez cette cellule" in shown._repr_mimebundle_()["text/html"]
