"""The formgrader's pages: what a copy holds is made harmless before nbgrader's own template shows it.

The formgrader runs where the trainer is known: a script in a copy could give marks there and start kernels. A copy is
therefore built anew, piece by piece, from what is needed to read and to mark it; what is not known is left out.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode, from_dict

from autograder.grading.feedback.cells import NOT_SHOWN, TABLE, joined, picture_of
from autograder.grading.feedback.sanitise import Allowance, safe_markdown, too_long
from casestudies.typography import french

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What nbgrader accepts as the name of a cell, and nbformat as its identifier."""
_ROLES = ("grade", "solution", "locked", "task")
_TEX = re.compile(
    r"\\(?=(?:href|url|require|style|class|cssId|unicode|data|html\w*|mml\w*|includegraphics|let|def|newcommand"
    r"|newenvironment|renewcommand)(?![a-z]))",
    re.IGNORECASE,
)
"""The commands of MathJax that make links and styles, load what is not there, or give such a command another name."""


class SafeForMarking(Preprocessor):
    """Keep of a copy what the formgrader's template may show: harmless HTML, checked images, the names of its cells."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the copy made anew; nothing is written where it was read."""
        allowance = Allowance()
        cells = [
            made | {"id": f"c{place}"}
            for place, cell in enumerate(nb.cells)
            if (made := _cell(cell, allowance)) is not None
        ]
        language = {"name": "python", "pygments_lexer": "ipython3"}
        return from_dict({**nb, "metadata": {"language_info": language}, "cells": cells}), resources


@pass_context
def markdown_html(context: Context, source: object) -> str:
    """Return the harmless HTML of a Markdown text, in the place of the template's own filter."""
    return inert_tex(safe_markdown(joined(source), _attachments(context.get("cell"))))


def inert_tex(text: str) -> str:
    """Return a text whose formulas make no link, set no style and load nothing when MathJax typesets them."""
    return _TEX.sub("∖", text)


def _cell(cell: Mapping[str, Any], allowance: Allowance) -> dict[str, Any] | None:
    source, kind = joined(cell.get("source", "")), cell.get("cell_type")
    made: dict[str, Any] = {"cell_type": kind, "metadata": _metadata(cell), "source": source}
    if kind == "markdown":
        if not allowance.takes(source):
            made["source"] = too_long(source)
        return made | {"attachments": _attachments(cell)}
    if kind == "raw":  # shown as the text that it is
        lines = "".join(f"    {line}\n" for line in source.splitlines())
        return made | {"cell_type": "markdown", "source": lines}
    if kind != "code":
        return None
    outputs = cell.get("outputs", [])
    shown = [_output(one, allowance) for one in outputs if isinstance(one, Mapping)]
    return made | {"execution_count": _number(cell.get("execution_count")), "outputs": [one for one in shown if one]}


def _metadata(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return what nbgrader's template reads of a cell; nothing when its name could be anything else than a name."""
    metadata = cell.get("metadata")
    given = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if not isinstance(given, Mapping) or not _NAME.fullmatch(str(given.get("grade_id", ""))):
        return {}
    points = given.get("points", 0)
    number = float(points) if isinstance(points, int | float) else 0.0
    roles = {role: given.get(role) is True for role in _ROLES}
    return {"nbgrader": {"grade_id": str(given["grade_id"]), "points": number, **roles}}


def _attachments(cell: object) -> dict[str, dict[str, str]]:
    held = cell.get("attachments") if isinstance(cell, Mapping) else None
    return {
        str(name): _bundle(address)
        for name, bundle in (held.items() if isinstance(held, Mapping) else ())
        if isinstance(bundle, Mapping) and (address := picture_of(bundle))
    }


def _bundle(address: str) -> dict[str, str]:
    """Return a picture as a notebook holds it, from its ``data:`` address."""
    kind, _, encoded = address.removeprefix("data:").partition(";base64,")
    return {kind: encoded}


def _output(output: Mapping[str, Any], allowance: Allowance) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": joined(output.get("text", ""))}
    if kind == "error":
        lines = output.get("traceback", [])
        traceback = [str(line) for line in lines] if isinstance(lines, list) else [str(lines)]
        return {"output_type": kind, "ename": "", "evalue": "", "traceback": traceback}
    if kind not in ("display_data", "execute_result"):
        return None
    held = output.get("data")
    data = _shown(held if isinstance(held, Mapping) else {}, allowance)
    metadata = _picture_metadata(output.get("metadata"))
    made = {
        "output_type": kind,
        "data": data,
        "metadata": {mime: metadata for mime in data if mime.startswith("image")},
    }
    return made | ({"execution_count": _number(output.get("execution_count"))} if kind == "execute_result" else {})


def _shown(data: Mapping[str, Any], allowance: Allowance) -> dict[str, str]:
    """Return the one form in which an output is shown; a drawing or a widget is said, not shown."""
    if address := picture_of(data):
        return _bundle(address)
    if "text/html" in data:
        return {"text/html": inert_tex(allowance.html(joined(data["text/html"]), TABLE))}
    if "text/markdown" in data:
        text = joined(data["text/markdown"])
        return {"text/markdown": text} if allowance.takes(text) else {"text/html": too_long(text)}
    if "text/latex" in data:
        return {"text/latex": inert_tex(joined(data["text/latex"]))}
    if "text/plain" in data:
        return {"text/plain": joined(data["text/plain"])}
    return {"text/html": f"<p>{escape(french(NOT_SHOWN))}</p>"}


def _picture_metadata(metadata: object) -> dict[str, Any]:
    """Return the size and the alternative text that an output gives its picture."""
    given = metadata.get("image/png") or metadata.get("image/jpeg") if isinstance(metadata, Mapping) else None
    if not isinstance(given, Mapping):
        return {}
    sizes = {name: size for name in ("width", "height") if (size := _number(given.get(name))) is not None}
    return sizes | ({"alt": given["alt"]} if isinstance(given.get("alt"), str) else {})


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
