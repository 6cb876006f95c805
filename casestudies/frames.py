"""Tables as notebooks show them: pandas' own, made usable with a keyboard and a screen reader, without its jargon."""

import re
from typing import Any

import pandas as pd

from casestudies.session import running_shell

_FOOT = re.compile(
    r"\n(?:Freq: [^,]+, )?(?:Name: .+?, )?(?:Length: (?P<rows>\d+), )?dtype: [^\n]+(?:\nCategories \([\s\S]*)?$"
)
"""What pandas says of a column under its values."""


def install() -> None:
    """Show every DataFrame of this notebook so; elsewhere than in a notebook, do nothing."""
    shell = running_shell()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, html_of)
        shell.display_formatter.formatters["text/plain"].for_type(pd.Series, _show_column)


def column_text(column: "pd.Series[Any]") -> str:
    r"""Return a column as a cell shows it alone: its labels and values, and how many when some are left out.

    >>> column_text(pd.Series({"avis": 3, "notes": 12}, name="vus"))
    'avis      3\nnotes    12'
    >>> column_text(pd.Series(range(100))).splitlines()[-1], column_text(pd.Series(dtype=float))
    ('100 lignes', 'aucune ligne')
    """
    if column.empty:
        return "aucune ligne"
    text = repr(column)
    foot = _FOOT.search(text)
    if foot is None:
        return text
    return text[: foot.start()] + (f"\n{foot['rows']} lignes" if foot["rows"] else "")


def _show_column(column: "pd.Series[Any]", printer: Any, _cycle: bool) -> None:
    printer.text(column_text(column) if len(printer.stack) == 1 else repr(column))


def html_of(frame: pd.DataFrame) -> str | None:
    r"""Return the table: reachable with Tab, since a wide one scrolls, and without headers that say nothing.

    >>> html_of(pd.DataFrame({"a": [1]}))[:58]
    '<div role="group" tabindex="0" aria-label="Tableau"><div>\n'
    """
    html = frame._repr_html_()  # type: ignore[operator]
    if html is None:
        return None
    return f'<div role="group" tabindex="0" aria-label="Tableau">{html.replace("<th></th>", "<td></td>")}</div>'
