"""Curves of the simulators, drawn as SVG at each move; titles and figures are text of the page, at its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from casestudies.french import french_number
from casestudies.studio.bars import ticks
from casestudies.typography import french

PAGE = "var(--jp-layout-color1, #fff)"


@dataclass(frozen=True)
class DayCurve:
    """One curve: what the legend says, its values, those that are marked full, its colour, its dashes and markers."""

    label: str
    values: Sequence[float]
    full: Sequence[bool]
    colour: str
    dashed: bool = False
    square: bool = False

    @property
    def line(self) -> str:
        """What draws the line."""
        return f'stroke="{self.colour}" stroke-width="2"' + (' stroke-dasharray="6 4"' if self.dashed else "")

    def marker(self, place: str, full: bool) -> str:
        """Return a marker: a short line with a wide end, so that it stays round whatever the shape of the plot."""
        cap = "square" if self.square else "round"
        wide = 7 if self.square else 10
        outer = f'<path d="M{place}h0.001" stroke="{self.colour}" stroke-width="{wide}" stroke-linecap="{cap}"/>'
        inner = f'<path d="M{place}h0.001" stroke="{PAGE}" stroke-width="{wide - 5}" stroke-linecap="{cap}"/>'
        return outer if full else outer + inner


def line_chart(title: str, curves: Sequence[DayCurve], axes: tuple[str, str], note: str, alternative: str) -> str:
    """Return a chart of curves by rank, from 0; ``axes`` names the horizontal and the vertical scale."""
    longest = max(len(one.values) for one in curves)
    levels = ticks(0, max(value for one in curves for value in one.values))
    high = levels[-1]

    def place(rank: int, value: float) -> str:
        return f"{100 * rank / max(longest - 1, 1):.2f} {100 * (1 - value / high):.2f}"

    drawn = "".join(
        f'<path d="M{"L".join(place(rank, value) for rank, value in enumerate(one.values))}" {one.line}/>'
        + "".join(
            one.marker(place(rank, value), full)
            for rank, (value, full) in enumerate(zip(one.values, one.full, strict=True))
        )
        for one in curves
    )
    side = "".join(
        f'<span style="top:{100 * (1 - one / high):.2f}%">{escape(french_number(one, 0))}</span>' for one in levels
    )
    under = "".join(
        f'<span style="left:{100 * rank / max(longest - 1, 1):.2f}%">{rank + 1}</span>' for rank in _ranks(longest)
    )
    legend = "".join(
        f'<span><svg viewBox="0 0 32 14" aria-hidden="true"><path d="M1 7H31" fill="none" {one.line}/>'
        f"{one.marker('16 7', False)}</svg>{escape(french(one.label))}</span>"
        for one in curves
    )
    return (
        f'<div class="ck-chart" role="img" aria-label="{escape(french(alternative))}">'
        f'<div class="ck-chart-title">{escape(french(title))}</div><div class="ck-axis">{escape(french(axes[1]))}</div>'
        f'<div class="ck-lines"><div class="ck-levels">{side}</div>'
        f'<svg class="ck-plot" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
        f'<span></span><span class="ck-ticks">{under}</span></div><div class="ck-axis">{escape(french(axes[0]))}</div>'
        f'<div class="ck-legend">{legend}<span>{escape(french(note))}</span></div></div>'
    )


def _ranks(count: int) -> list[int]:
    """Return the ranks whose number is written: the first, the last, and a few between."""
    step = max(1, round((count - 1) / 6))
    inner = [rank for rank in range(0, count, step) if rank <= count - 1 - step]
    return [*inner, count - 1] if count > 1 else [0]
