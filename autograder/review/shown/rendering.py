"""An answer as people read it: tables, notes, charts and lists as harmless, accessible HTML, with French numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from autograder.grading.feedback.pages import counted
from autograder.keys.checks.texts import count_words
from casestudies.answers import Unreadable, Value, decode, encode
from casestudies.charts import Chart
from casestudies.french import french_date, french_number, simplified
from casestudies.livrables.blocks import paragraphs_of
from casestudies.livrables.cells import MAX_COLUMNS
from casestudies.livrables.handed import rows_in
from casestudies.livrables.model import Deliverable, Field
from casestudies.livrables.plan_html import block_html
from casestudies.livrables.tables import tables_html
from casestudies.markup import page_of
from casestudies.quoting import printable
from casestudies.studio.apercu import heard
from casestudies.typography import NBSP, french

MAX_ROWS, MAX_TEXT = 200, 30_000
EMPTY = "Rien n’est écrit ici."
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
"""How a text begins that is a page of HTML."""


def answer_html(described: Deliverable | None, title: str, answer: object, picture: str = "") -> str:
    """Return the HTML of an encoded answer.

    Parameters
    ----------
    described
        How its columns are read and grouped, when it is a table of the kit.
    title
        What it is called otherwise.
    picture
        Address of the chart that was shown beside it.
    """
    return printable(_answer(described, title, answer, picture))


def _answer(described: Deliverable | None, title: str, answer: object, picture: str) -> str:
    value = decode(answer)
    if isinstance(value, pd.DataFrame):
        return table_html(described or _unknown(title), answer) + _figure(title, picture)
    if isinstance(value, Chart):
        return _chart(value, picture)
    if value is None:
        return note(EMPTY)
    if isinstance(value, Unreadable):
        return note(f"Réponse illisible : {value.reason}")
    if isinstance(value, str):
        return text_html(value)
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in value[:MAX_ROWS])}</ul>{_cut_list(value)}"
    if isinstance(value, Mapping):
        pairs = pd.DataFrame([(name, in_words(item)) for name, item in value.items()], columns=["élément", "réponse"])
        return table_html(_unknown(title), encode(pairs))
    return f"<p>{_words(value)}</p>"


def text_html(text: str) -> str:
    """Return a note as paragraphs and lists, with its number of words."""
    if not text.strip():
        return note(EMPTY)
    shown = text[:MAX_TEXT]
    cut = note("Le texte est coupé ici : il est trop long.") if len(text) > MAX_TEXT else ""
    if _MARKUP.match(shown):
        return markup_html(shown) + cut
    blocks = "".join(block_html(kind, lines) for kind, lines in paragraphs_of(shown))
    return f'<div class="text">{blocks}</div>{cut}{note(counted(count_words(text), "mot"))}'


def markup_html(source: str) -> str:
    """Return a page of HTML as its code, quoted, and what a screen reader says of it; nothing of it is run."""
    said = "".join(f"<li>{escape(french(line))}</li>" for line in heard(page_of(source)))
    heading = escape(french("Ce qu’entend un lecteur d’écran"))
    return f'<div class="text"><pre>{escape(printable(source.strip()))}</pre><p>{heading}</p><ol>{said}</ol></div>'


def table_html(deliverable: Deliverable, answer: object) -> str:
    """Return an encoded table, cut when it is long; ``deliverable`` says how its columns are read and grouped."""
    frame = decode(answer)
    assert isinstance(frame, pd.DataFrame)
    known = {simplified(one.name) for one in deliverable.fields}
    others = [(place, name) for place, name in enumerate(frame.columns) if simplified(name) not in known]
    extra = tuple(_field(str(name), frame.iloc[:, place]) for place, name in others[:MAX_COLUMNS])
    shape = replace(deliverable, fields=(*deliverable.fields, *extra))
    rows = rows_in(shape, answer)
    if not rows:
        return note("Le tableau est vide.")
    names = set(shape.names)
    kept = [{name: cell for name, cell in row.items() if name in names} for row in rows[:MAX_ROWS]]
    cuts = []
    if len(rows) > MAX_ROWS:
        cuts.append(f"Le tableau compte {len(rows)} lignes : les {MAX_ROWS} premières sont montrées.")
    if len(others) > MAX_COLUMNS:
        cuts.append(f"Le tableau compte {len(frame.columns)} colonnes : elles ne sont pas toutes montrées.")
    return tables_html(shape, kept) + "".join(map(note, cuts))


def note(text: str) -> str:
    """Return a remark of the kit's own, set apart from what the learner wrote."""
    return f'<p class="note">{escape(french(text))}</p>'


def section(title: str, body: str) -> str:
    """Return a titled part of what is shown."""
    return f"<section><h3>{escape(french(title))}</h3>{body}</section>"


def _unknown(title: str) -> Deliverable:
    """Return a table of which no description says the columns."""
    return Deliverable("", title, "", "", "", 0)


def _field(name: str, cells: Iterable[object]) -> Field:
    held = [cell for cell in cells if cell is not None]
    numbers = bool(held) and all(isinstance(cell, float) for cell in held)
    return Field(name, "nombre" if numbers else "texte", "", optional=True)


def _chart(chart: Chart, picture: str) -> str:
    alternative = chart.alternative.strip()
    shown = (
        f'<img src="{picture}" alt="{escape(alternative or "Graphique sans texte de remplacement", quote=True)}">'
        if picture
        else note("L’image n’est pas dans la copie corrigée ; voici ce que la machine en a lu.")
    )
    legend = ", ".join(chart.legend)
    parts = (
        ("Titre", chart.title), ("Axe horizontal", chart.x_label), ("Axe vertical", chart.y_label),
        ("Légende", legend), ("Texte de remplacement", alternative),
    )  # fmt: skip
    said = "".join(f"<dt>{name}</dt><dd>{escape(french(text)) or 'absent'}</dd>" for name, text in parts)
    return f'<figure>{shown}</figure><dl class="chart">{said}</dl>'


def _figure(title: str, picture: str) -> str:
    """Return the picture that the copy draws from a table, which says the same in words."""
    alternative = escape(french(f"Figure que la copie tire du tableau « {title} »"), quote=True)
    return f'<figure><img src="{picture}" alt="{alternative}"></figure>' if picture else ""


def _cut_list(items: list[Any]) -> str:
    if len(items) <= MAX_ROWS:
        return ""
    return note(f"La liste compte {len(items)} éléments : les {MAX_ROWS} premiers sont montrés.")


def _words(value: Value) -> str:
    return escape(french(in_words(value)))


def in_words(value: Value) -> str:
    """Return an answer that is no table and no chart as words, its numbers in French."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return french_number(value, next((n for n in range(3) if abs(value - round(value, n)) < 1e-9), 3))
    if isinstance(value, date):
        return french_date(value, NBSP)
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value)
    if isinstance(value, Mapping):
        return " ; ".join(f"{name} : {in_words(item)}" for name, item in value.items())
    return str(value)
