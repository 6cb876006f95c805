"""What a matplotlib chart shows, as plain data: titles, axis labels, marks, legend, alternative text."""

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from casestudies.identity import being_graded

ALT_ATTRIBUTE = "casekit_alt"


@dataclass(frozen=True)
class Chart:
    """The structure of one chart, as a reader meets it."""

    title: str
    x_label: str
    y_label: str
    legend: tuple[str, ...]
    lines: int
    bars: int
    points: int
    spans: int
    alternative: str


def decrire(chart: Any, texte: str) -> Any:
    """Attach the alternative text ``texte`` to a chart (Axes or Figure) and return the chart.

    Screen readers cannot see a plot: its alternative text says in one sentence what it shows. Its axes write their
    numbers the French way from then on.
    """
    figure = _figure(chart)
    setattr(figure, ALT_ATTRIBUTE, str(texte))
    if not being_graded():
        from casestudies.axes import write_french  # matplotlib is there by now

        write_french(figure)
        figure._repr_mimebundle_ = partial(_shown, figure)
    return chart


def _shown(figure: Any, **_: object) -> dict[str, str]:
    """Return a figure as an image that carries its alternative text: JupyterLab gives none to a bare PNG."""
    from IPython.core.pylabtools import print_figure

    data = print_figure(figure, base64=True)
    if not data:  # nothing is drawn yet
        return {}
    text = escape(str(getattr(figure, ALT_ATTRIBUTE)))
    image = f'<img style="max-width:100%" alt="{text}" src="data:image/png;base64,{data}">'
    return {"text/html": image, "image/png": data, "text/plain": text}


def is_chart(value: object) -> bool:
    """Say whether ``value`` is a matplotlib Axes or Figure, without importing matplotlib."""
    names = {base.__name__ for base in type(value).__mro__ if base.__module__.startswith("matplotlib")}
    return bool(names & {"Axes", "Figure", "FigureBase"})


def chart_to_data(value: Any) -> dict[str, Any]:
    """Return the structure of an Axes, or of the first Axes of a Figure, as JSON-ready data."""
    figure = _figure(value)
    axes = value if hasattr(value, "get_xlabel") else (figure.axes[0] if figure.axes else None)
    if axes is None:
        return _data("", "", "", [], 0, 0, 0, 0, "")
    title = axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right")
    suptitle = figure.get_suptitle()
    legend = axes.get_legend()
    labels = [text.get_text() for text in legend.get_texts()] if legend else []
    lines = [line for line in axes.lines if len(line.get_xdata()) > 2]
    bars = sum(len(container) for container in axes.containers if type(container).__name__ == "BarContainer")
    spans = len(axes.patches) - bars + len(axes.lines) - len(lines)
    alternative = getattr(figure, ALT_ATTRIBUTE, "")
    return _data(
        title or suptitle, axes.get_xlabel(), axes.get_ylabel(), labels, len(lines), bars,
        len(axes.collections), max(spans, 0), str(alternative),
    )  # fmt: skip


def _data(
    title: str, x: str, y: str, legend: list[str], lines: int, bars: int, points: int, spans: int, alternative: str
) -> dict[str, Any]:
    return {
        "title": title[:300], "x_label": x[:300], "y_label": y[:300], "legend": [name[:100] for name in legend[:30]],
        "lines": lines, "bars": bars, "points": points, "spans": spans, "alternative": alternative[:1000],
    }  # fmt: skip


def data_to_chart(data: dict[str, Any]) -> Chart:
    """Return the chart written by ``chart_to_data``; raise ``ValueError`` for anything else."""
    texts = [data[key] for key in ("title", "x_label", "y_label", "alternative")]
    counts = [data[key] for key in ("lines", "bars", "points", "spans")]
    legend = data["legend"]
    if not (all(isinstance(text, str) for text in texts) and all(type(count) is int for count in counts)):
        raise ValueError("not a chart")
    if not (isinstance(legend, list) and all(isinstance(name, str) for name in legend)):
        raise ValueError("not a chart")
    lines, bars, points, spans = counts
    return Chart(texts[0], texts[1], texts[2], tuple(legend), lines, bars, points, spans, texts[3])


def _figure(chart: Any) -> Any:
    return chart.get_figure() if hasattr(chart, "get_xlabel") else chart
