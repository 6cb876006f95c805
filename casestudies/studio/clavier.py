"""A panel of widgets that a keyboard can work: its keys are its own, and its sliders have a name.

JupyterLab takes the keys pressed in a list, a radio button or a slider for its own commands (ipywidgets 3912): an arrow
leaves for another cell, « x » cuts the cell. Keys with Control stay JupyterLab's; Escape goes back to the cell.
"""

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

CLASS = "ck-keys"

_SCRIPT = Path(__file__).with_name("clavier.js").read_text(encoding="utf-8")

KEYBOARD = f'<img src="data:," alt="" hidden onerror="{escape(" ".join(_SCRIPT.split()))}">'
"""To put once in each panel of the class ``CLASS``, in an HTML widget."""


def panneau(*children: Any) -> Any:
    """Return the widgets, one under the other, in a panel that keeps its keys."""
    box = widgets.VBox([*children, widgets.HTML(KEYBOARD, layout=widgets.Layout(display="none"))])
    box.add_class(CLASS)
    return box
