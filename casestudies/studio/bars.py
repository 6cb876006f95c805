"""Charts of the simulators, written as HTML at each move: bars whose text follows the page's size and theme.

Figures stand in a column of their own, where neither a bar nor a line goes through them. A chart is one image for a
screen reader, which reads its alternative text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from casestudies.french import french_number
from casestudies.typography import french

BLANK = '<span class="ck-blank"></span>'


@dataclass(frozen=True)
class Look:
    """How some bars are drawn, and what the legend says of them."""

    label: str
    colour: str
    hatched: bool = False

    @property
    def style(self) -> str:
        """The bar's background: plain, or hatched so that colour never speaks alone."""
        if not self.hatched:
            return f"background:{self.colour}"
        return f"background:repeating-linear-gradient(45deg,{self.colour} 0 5px,#fff 5px 8px)"


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its figure in words, where it ends (and starts, if not at 0), its look, a mark across it."""

    name: str
    figure: str
    end: float
    look: Look
    start: float = 0.0
    mark: float | None = None


def bar_chart(
    title: str, bars: Sequence[Bar], axis: str, alternative: str, *, looks: Sequence[Look] = (), mark: str = "",
    line: float | None = None, decimals: int = 0, scale: Sequence[float] = (),
) -> str:  # fmt: skip
    """Return a chart of horizontal bars.

    ``axis`` names the scale and its unit; ``looks`` are explained in the legend, as are the marks (``mark``); ``line``
    crosses all bars, behind no figure. ``scale`` are values that the axis always holds: charts that follow one another
    are then compared at a glance.
    """
    ends = [
        0.0,
        *(one.end for one in bars),
        *(one.start for one in bars),
        *(one.mark or 0.0 for one in bars),
        line or 0.0,
        *scale,
    ]
    steps = ticks(min(ends), max(ends))
    low, high = steps[0], steps[-1]

    def at(value: float) -> str:
        return f"{100 * (value - low) / (high - low):.2f}%"

    def wide(one: Bar) -> str:
        return f"left:{at(min(one.start, one.end))};width:{100 * abs(one.end - one.start) / (high - low):.2f}%"

    def drawn(one: Bar) -> str:
        return f'<i style="{wide(one)};{one.look.style}"></i>' if one.start != one.end else ""

    def cross(value: float | None) -> str:
        return "" if value is None else f'<b style="left:{at(value)}"></b>'

    rows = "".join(
        f'<span class="ck-name">{escape(french(one.name))}</span><span class="ck-track">'
        f"{drawn(one)}{cross(one.mark)}{cross(line)}</span>"
        f'<span class="ck-figure">{escape(french(one.figure))}</span>'
        for one in bars
    )
    graduated = "".join(f'<span style="left:{at(one)}">{escape(french_number(one, decimals))}</span>' for one in steps)
    return _framed(
        title, f'{rows}{BLANK}<span class="ck-ticks">{graduated}</span>{BLANK}', axis, alternative, looks, mark
    )


def in_euros(gains: Mapping[str, float], decimals: int) -> str:
    """Return amounts by name in one list: « SEO 12 €, SEA 3 € »."""
    return ", ".join(f"{name} {french_number(gain, decimals)} €" for name, gain in gains.items())


def differences(now: Mapping[str, float], before: Mapping[str, float]) -> str:
    r"""Return what changed, name by name, in euros.

    >>> differences({"SEO": 500, "SEA": 200}, {"SEO": 250, "SEA": 200}), differences({"SEO": 1}, {"SEO": 1})
    ('SEO +250\xa0€', 'rien')
    """
    moved = {name: now[name] - before[name] for name in now if round(now[name] - before[name])}
    signed = [f"{name} {'+' if by > 0 else ''}{french_number(by, 0, '€')}" for name, by in moved.items()]
    return ", ".join(signed) or "rien"


def _framed(title: str, body: str, axis: str, alternative: str, looks: Sequence[Look], mark: str) -> str:
    legend = "".join(f'<span><i style="{one.style}"></i>{escape(french(one.label))}</span>' for one in looks)
    legend += f"<span><b></b>{escape(french(mark))}</span>" if mark else ""
    return (
        f'<div class="ck-chart" role="img" aria-label="{escape(french(alternative))}"><div class="ck-chart-title">'
        f'{escape(french(title))}</div><div class="ck-bars">{body}</div><div class="ck-axis">'
        f'{escape(french(axis))}</div><div class="ck-legend">{legend}</div></div>'
    )


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round values that cover ``low`` to ``high``, ``most`` steps at most.

    >>> ticks(0, 47_000), ticks(-30, 12), ticks(0, 0)
    ([0.0, 10000.0, 20000.0, 30000.0, 40000.0, 50000.0], [-30.0, -20.0, -10.0, 0.0, 10.0, 20.0], [0.0, 0.1])
    """
    span = high - low or 1.0
    unit = 10.0 ** floor(log10(span / most))
    for step in (unit, 2 * unit, 5 * unit, 10 * unit, 20 * unit):
        first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
        if last - first <= most:
            break
    return [rank * step for rank in range(first, max(last, first + 1) + 1)]
