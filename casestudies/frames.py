"""Tables as notebooks show them: pandas' own, made usable with a keyboard and a screen reader."""

import pandas as pd

from casestudies.session import running_shell


def install() -> None:
    """Show every DataFrame of this notebook so; elsewhere than in a notebook, do nothing."""
    shell = running_shell()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, html_of)


def html_of(frame: pd.DataFrame) -> str | None:
    r"""Return the table: reachable with Tab, since a wide one scrolls, and without headers that say nothing.

    >>> html_of(pd.DataFrame({"a": [1]}))[:58]
    '<div role="group" tabindex="0" aria-label="Tableau"><div>\n'
    """
    html = frame._repr_html_()  # type: ignore[operator]
    if html is None:
        return None
    return f'<div role="group" tabindex="0" aria-label="Tableau">{html.replace("<th></th>", "<td></td>")}</div>'
