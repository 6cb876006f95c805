"""The learner's own notebook, below the feedback: their text, code and outputs; of locked cells, never the source.

A locked cell that gives points may hold hidden tests, and its traceback quotes them: what is shown of it is the line of
feedback alone. A task cell may hold its marking scheme.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode

from autograder.grading.feedback.copies import FeedbackPart
from autograder.grading.feedback.lines import FeedbackLine
from autograder.grading.feedback.sanitise import Allowance, picture_address
from casestudies.quoting import printable
from casestudies.typography import french

MAX_TEXT, MAX_LINES = 20_000, 200
CUT = "… (la suite est coupée)"
WIDGET = "application/vnd.jupyter.widget-view+json"
TABLE = "Tableau affiché par votre code"
HIDDEN = re.compile(r"###\s*(BEGIN|END|DÉBUT|FIN)\b|===\s*(BEGIN|END)\b|\bAUTOTEST\b")
_HEADING = re.compile(r"^(#{1,2})\s+(.+?)\s*#*\s*$")
_FIGURE = re.compile(r"^<Figure size .*>$")
_OBJECT = re.compile(r"^<[\w.]+ object>$")
SHOWN = {"image/png", "image/jpeg", "text/html", "text/markdown"}
NOT_SHOWN = "Élément interactif ou dessin : à rouvrir dans JupyterLab."


@dataclass
class NotebookSection:
    """A foldable part of the notebook: its title and the harmless HTML of its cells."""

    title: str
    cells: list[str] = field(default_factory=list)
    open: bool = False


def title_of(nb: NotebookNode) -> str:
    """Return the notebook's own title, its first heading; empty when it has none."""
    return next((title for cell in nb.cells if (title := _heading(cell))), "")


def sections_of(nb: NotebookNode, part: FeedbackPart) -> list[NotebookSection]:
    """Return what is shown of the notebook ``nb``, cut at its headings."""
    lines = {line.id: line for line in part.lines}
    sections = [NotebookSection("Début du notebook")]
    pictures, allowance = _Pictures(nb, part.answers), Allowance()
    for index, cell in enumerate(nb.cells):
        if title := _heading(cell):
            sections.append(NotebookSection(title))
        comment = part.comments.get(name_of(cell), "")
        shown = "".join(_cell(cell, lines, pictures, index, allowance))
        if comment:
            shown += _comment(comment)
            sections[-1].open = True
        if shown:
            sections[-1].cells.append(shown)
    return [section for section in sections if section.cells]


class _Pictures:
    """Alternative texts: what the learner wrote for the chart handed in next, else a neutral one with a number."""

    def __init__(self, nb: NotebookNode, answers: Mapping[str, object]) -> None:
        self._number = 0
        self._next: list[str] = []
        text = ""
        for cell in reversed(nb.cells):
            if is_locked_grade(cell):
                answer = answers.get(name_of(cell))
                chart = isinstance(answer, Mapping) and answer.get("kind") == "chart"
                text = str(answer.get("alternative") or "") if chart and isinstance(answer, Mapping) else ""
            self._next.insert(0, text)

    def alternative(self, index: int, output: Mapping[str, Any]) -> str:
        self._number += 1
        own = output.get("metadata", {}).get("image/png", {})
        plain = _text(output.get("data", {}).get("text/plain", ""))
        given = (str(own.get("alt", "")) if isinstance(own, Mapping) else "") or self._next[index]
        if not given and plain and not _FIGURE.match(plain):
            given = plain
        return printable(given[:1000]) or f"Graphique {self._number} affiché par votre code, sans texte de remplacement"


def _cell(
    cell: NotebookNode, lines: Mapping[str, FeedbackLine], pictures: _Pictures, index: int, allowance: Allowance
) -> Iterator[str]:
    if is_locked_grade(cell):
        yield _result(lines.get(name_of(cell)))
        return
    data = cell.metadata.get("nbgrader", {})
    if data.get("task") or (data.get("locked") and HIDDEN.search(cell.source)):
        yield '<p class="note">Énoncé de cette partie : voir votre notebook.</p>'
        return
    if cell.cell_type == "code":
        yield code_html(cell.source)
        for output in cell.get("outputs", []):
            yield output_html(output, partial(pictures.alternative, index), allowance)
    elif cell.cell_type == "markdown":
        source = cell.source
        if _heading(cell):
            source = source.lstrip().split("\n", 1)[1] if "\n" in source.lstrip() else ""
        if source.strip():
            yield f'<div class="text">{allowance.markdown(source, cell.get("attachments"))}</div>'


def output_html(
    output: Mapping[str, Any], alternative: Callable[[Mapping[str, Any]], str], allowance: Allowance
) -> str:
    """Return the harmless HTML of one output; ``alternative`` gives the text of a picture."""
    kind = output.get("output_type")
    if kind == "stream":
        label = "Avertissements" if output.get("name") == "stderr" else "Texte affiché"
        return _plain(_text(output.get("text", "")), label)
    if kind == "error":
        name, value = _text(output.get("ename", "")), _text(output.get("evalue", ""))
        return _plain(f"{name} : {value}", "Arrêt sur une erreur")
    data = output.get("data", {})
    if WIDGET in data or (_OBJECT.match(_text(data.get("text/plain", "")).strip()) and not SHOWN & set(data)):
        return f'<p class="note">{french(NOT_SHOWN)}</p>'
    if address := picture_of(data):
        return f'<img src="{address}" alt="{escape(alternative(output), quote=True)}">'
    if "text/html" in data:
        return f'<div class="output">{allowance.html(joined(data["text/html"]), TABLE)}</div>'
    if "text/markdown" in data:
        return f'<div class="output">{allowance.markdown(joined(data["text/markdown"]))}</div>'
    return _plain(_text(data.get("text/plain", "")), "Résultat")


def picture_of(data: Mapping[str, Any]) -> str:
    """Return the address of the picture that an output shows, an empty text when it shows none."""
    return picture_address(data.get("image/png")) or picture_address(data.get("image/jpeg"))


def _result(line: FeedbackLine | None) -> str:
    if line is None:
        return ""
    return (
        f'<p class="result {line.tone}"><span aria-hidden="true">{escape(line.symbol)}</span> '
        f'<a href="#{escape(line.id, quote=True)}">{escape(french(line.title))}</a>{french(" : ")}'
        f"{escape(french(line.label))} ({escape(french(line.score))})</p>"
    )


def _comment(text: str) -> str:
    return f'<div class="comment"><p><strong>Commentaire de votre formateur</strong></p><p>{escape(text)}</p></div>'


def code_html(source: str) -> str:
    """Return the harmless HTML of a cell's code, cut when it is long; nothing for an empty one."""
    return f"<pre><code>{escape(_cut(source))}</code></pre>" if source.strip() else ""


def _plain(text: str, label: str) -> str:
    shown = _cut(text)
    return f'<p class="label">{french(label)}</p><pre class="out">{escape(shown)}</pre>' if shown.strip() else ""


def _cut(text: str) -> str:
    lines = printable(text[:MAX_TEXT]).splitlines()
    whole = len(text) <= MAX_TEXT and len(lines) <= MAX_LINES
    return "\n".join(lines if whole else [*lines[:MAX_LINES], CUT])


def _text(value: object) -> str:
    """Return plain text: no colour codes, no control characters, the last state of a line that was rewritten."""
    lines = str(strip_ansi(joined(value))).replace("\r\n", "\n").split("\n")
    text = "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable() or sign.isspace())


def joined(value: object) -> str:
    """Return a text that a notebook may hold in pieces."""
    return "".join(str(piece) for piece in value) if isinstance(value, list) else str(value)


def name_of(cell: NotebookNode) -> str:
    """Return the name that nbgrader gives a cell; empty when it gives none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_locked_grade(cell: NotebookNode) -> bool:
    """Whether a cell gives points and is not the learner's to write."""
    data = cell.metadata.get("nbgrader", {})
    return bool(data.get("grade")) and not data.get("solution")


def _heading(cell: NotebookNode) -> str:
    if cell.cell_type != "markdown":
        return ""
    found = _HEADING.match(cell.source.lstrip().split("\n", 1)[0])
    return re.sub(r"[*_`]", "", found[2]) if found else ""
