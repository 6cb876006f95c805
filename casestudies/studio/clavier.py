"""The keys of a panel of widgets are its own.

JupyterLab takes the keys pressed in a list or a radio button for its own commands (ipywidgets 3912): an arrow leaves
for another cell, « x » cuts the cell. Keys with Control stay JupyterLab's; Escape goes back to the cell.
"""

from html import escape
from pathlib import Path

CLASS = "ck-keys"

_SCRIPT = Path(__file__).with_name("clavier.js").read_text(encoding="utf-8")

KEYBOARD = f'<img src="data:," alt="" hidden onerror="{escape(" ".join(_SCRIPT.split()))}">'
"""To put once in each panel of the class ``CLASS``, in an HTML widget."""
