"""How the kit's objects look in JupyterLab: an HTML card with a plain-text twin, readable in both themes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from casestudies.typography import french

TONES = {
    "good": ("#0b5d3b", "#e7f5ee"),
    "mixed": ("#7a4100", "#fff4e0"),
    "bad": ("#8a1c1c", "#fdeceb"),
    "neutral": ("#33475b", "#eef2f6"),
}
"""Text and border colour, background: every pair has a contrast above 4.5:1."""

_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Card:
    """A short message: a tone, a heading, paragraphs, a list; shown as HTML and as text."""

    heading: str
    tone: str = "neutral"
    symbol: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Return the card as plain text."""
        lines = [f"{self.symbol} {self.heading}".strip(), *self.paragraphs, *(f"– {item}" for item in self.items)]
        return french("\n".join(line for line in lines if line))

    def html(self) -> str:
        """Return the card as HTML, styled inline so that it needs nothing from the page."""
        colour, background = TONES[self.tone]
        style = (
            f"border-left:4px solid {colour};background:{background};color:#1b1b1b;padding:.6em .9em;"
            "margin:.3em 0;max-width:46em;line-height:1.5;font-family:system-ui,sans-serif"
        )
        title = f"{escape(self.symbol)} {escape(french(self.heading))}"
        heading = f'<p style="margin:0;font-weight:600;color:{colour}">{title}</p>'
        body = "".join(f'<p style="margin:.4em 0 0">{inline(text)}</p>' for text in self.paragraphs if text)
        return f'<div lang="fr" style="{style}">{heading}{body}{self._list()}</div>'

    def _list(self) -> str:
        if not self.items:
            return ""
        rows = "".join(f"<li>{inline(item)}</li>" for item in self.items)
        return f'<ul style="margin:.4em 0 0;padding-left:1.2em">{rows}</ul>'

    def __repr__(self) -> str:
        """Return the plain-text twin."""
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": self.text(), "text/html": self.html(), **self.extra}


def inline(text: str) -> str:
    """Return one paragraph as HTML: escaped, with what stands between backquotes as code."""
    parts = _CODE.split(french(text))
    style = "background:transparent;color:inherit;font-family:ui-monospace,monospace;font-size:.95em"
    return "".join(
        f'<code style="{style}">{escape(part)}</code>' if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


@dataclass(frozen=True)
class Document:
    """A text of the case in Markdown: JupyterLab renders it; elsewhere it reads as it is."""

    markdown: str

    def __post_init__(self) -> None:
        """Settle the typography once."""
        object.__setattr__(self, "markdown", french(self.markdown))

    def __repr__(self) -> str:
        """Return the Markdown source."""
        return self.markdown

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": self.markdown, "text/markdown": self.markdown}


_CELL = "text-align:left;vertical-align:top;padding:.2em .8em .2em 0"
_SHORT = 32


def html_table(caption: str, header: Iterable[str], rows: Iterable[Iterable[str]], short: int = _SHORT) -> str:
    """Return an accessible HTML table: a caption, column headers with a scope.

    Cells of up to ``short`` characters stay on one line.
    """
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(french(name))}</th>' for name in header)
    body = "".join(f"<tr>{''.join(_cell(text, short) for text in row)}</tr>" for row in rows)
    return (
        f'<table lang="fr" style="border-collapse:collapse"><caption style="text-align:left;font-weight:600">'
        f"{escape(french(caption))}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(text: str, short: int) -> str:
    style = _CELL + (";white-space:nowrap" if len(text) <= short else "")
    return f'<td style="{style}">{escape(french(text))}</td>'


class TextTable(pd.DataFrame):
    """A DataFrame of words, shown with its text on the left and whole; it is used as any other DataFrame."""

    @property
    def _constructor(self) -> type["TextTable"]:
        return TextTable

    def _repr_html_(self) -> str:
        shown = self.reset_index()
        rows = shown.astype(str).itertuples(index=False, name=None)
        return html_table(self.attrs.get("caption", ""), map(str, shown.columns), rows)
