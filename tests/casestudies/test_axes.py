"""Numbers on the axes of a figure, once it is described."""

import matplotlib
import pandas as pd
import pytest
from matplotlib.figure import Figure

from casestudies import decrire

matplotlib.use("Agg")


def ticks(figure: Figure) -> tuple[list[str], list[str]]:
    figure.canvas.draw()
    (axes,) = figure.axes
    return tuple([label.get_text() for label in axis.get_ticklabels()] for axis in (axes.xaxis, axes.yaxis))  # type: ignore[return-value]


def test_they_have_a_comma_and_thousands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    figure = Figure()
    figure.add_subplot().plot([0, 12_000], [-0.5, 0.75])
    decrire(figure, "Une droite.")
    along, up = ticks(figure)
    assert "2\u202f000" in along
    assert "12\u202f000" in along
    assert "−0,50" in up or "−0,4" in up
    assert not any("." in text for text in (*along, *up))


def test_years_days_and_words_keep_their_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    figure = Figure()
    figure.add_subplot().bar([2024, 2025, 2026], [1, 2, 3])
    decrire(figure, "Trois années.")
    assert "2026" in ticks(figure)[0] or "2026,0" in ticks(figure)[0]
    days = Figure()
    days.add_subplot().plot(pd.date_range("2027-01-01", periods=9), range(9))
    decrire(days, "Neuf jours.")
    assert "2027-01-05" in ticks(days)[0]
    words = Figure()
    words.add_subplot().barh(["SEA", "SEO"], [1, 2])
    decrire(words, "Deux leviers.")
    assert ticks(words)[1] == ["SEA", "SEO"]
