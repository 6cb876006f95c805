"""What the simulators share: sliders that a keyboard works, a chart of bars by lever, a picture that is described."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import ipywidgets as widgets
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from casestudies.french import french_number
from casestudies.identity import being_graded
from casestudies.studio.clavier import panneau
from casestudies.typography import french

DARK = "#1b1b1b"


@dataclass(frozen=True)
class Look:
    """How some bars are drawn, and what the legend says of them."""

    label: str
    colour: str
    hatch: str = ""


def bars_by_lever(
    gains: Mapping[str, float], looks: Mapping[str, Look], labels: Sequence[str], legend: Sequence[Look], height: float
) -> tuple[Figure, Any]:
    """Return a chart of one bar by lever, labelled, with its legend beneath; and its axes, still without titles."""
    figure = Figure(figsize=(8.4, height), layout="constrained")
    axes = figure.subplots()
    colours = [looks[name].colour for name in gains]
    bars = axes.barh(list(gains), list(gains.values()), 0.6, color=colours, edgecolor=DARK)
    for bar, name in zip(bars, gains, strict=True):
        bar.set_hatch(looks[name].hatch)
    axes.bar_label(bars, labels, padding=4, fontsize=9)
    axes.invert_yaxis()
    axes.set_ylabel("Levier")
    axes.spines[["top", "right"]].set_visible(False)
    handles = [Patch(facecolor=one.colour, edgecolor=DARK, hatch=one.hatch, label=one.label) for one in legend]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False)
    return figure, axes


def image(figure: Figure, text: str) -> str:
    """Return a figure as an HTML image with its alternative text."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    data = b64encode(buffer.getvalue()).decode("ascii")
    return f'<img style="max-width:100%" alt="{escape(text)}" src="data:image/png;base64,{data}">'


def in_euros(gains: Mapping[str, float], decimals: int) -> str:
    """Return amounts by name in one list: « SEO 12 €, SEA 3 € »."""
    return ", ".join(f"{name} {french_number(gain, decimals)} €" for name, gain in gains.items())


def paragraphs(lines: Iterable[str]) -> str:
    """Return sentences as HTML paragraphs."""
    return "".join(f'<p style="max-width:46em;line-height:1.5">{escape(french(one))}</p>' for one in lines)


def slider(
    label: str, value: int, least: int, most: int, step: int = 1, wide: str = "11em", disabled: bool = False
) -> Any:
    """Return a slider with whole values, ``wide`` being the room for its label; it speaks once it is let go."""
    return widgets.IntSlider(
        value=value, min=least, max=most, step=step, description=label, continuous_update=False, disabled=disabled,
        style={"description_width": wide}, layout=widgets.Layout(width="min(40em, 100%)"),
    )  # fmt: skip


def lever_panel(
    sliders: Mapping[str, Any], back: tuple[str, str], show: Callable[[dict[str, float]], tuple[str, str]], *after: Any
) -> Any:
    """Return the panel of sliders by lever, under the words and the picture that ``show`` makes of their values.

    ``back`` is the text and the width of the button that puts every slider back; ``after`` comes beneath it.
    """
    start = {name: one.value for name, one in sliders.items()}
    words, chart = widgets.HTML(), widgets.HTML()
    button = widgets.Button(description=back[0], layout=widgets.Layout(width=back[1]))

    def refresh(_: object = None) -> None:
        words.value, chart.value = show({name: float(one.value) for name, one in sliders.items()})

    def reset(_: object) -> None:
        for name, one in sliders.items():
            one.value = start[name]

    for one in sliders.values():
        one.observe(refresh, names="value")
    button.on_click(reset)
    if not being_graded():
        refresh()
    return panneau(words, chart, *sliders.values(), button, *after)
