"""Notebooks and their text twins: the Markdown is what people edit and review, the notebook is what people open.

Cell ids are derived from what a cell is, so that the same text always gives the same notebook, to the byte.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.console import out
from casestudies.names import named
from casestudies.typography import french

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

"""


def notebook_of(text: str) -> NotebookNode:
    """Return the notebook of a text twin: no outputs, stable cell ids, no noise in the metadata."""
    nb = jupytext.reads(HEADER + _body(text), fmt="md:myst")
    nb.metadata = nbformat.from_dict(METADATA)
    nb.nbformat, nb.nbformat_minor = 4, 5
    taken: set[str] = set()
    for cell in nb.cells:
        _complete(cell)
        if cell.cell_type == "markdown":
            cell.source = french(cell.source)
        cell.id = _cell_id(cell, taken)
        taken.add(cell.id)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.validate(nb)
    return nb


def _complete(cell: NotebookNode) -> None:
    """Complete nbgrader's metadata of a cell from the few keys that an author writes."""
    given = cell.metadata.get("nbgrader")
    if not given:
        return
    full: dict[str, Any] = {"grade": False, "locked": False, "solution": False, "task": False, **given}
    full["schema_version"], full["cell_type"] = 3, cell.cell_type
    cell.metadata.nbgrader = nbformat.from_dict(dict(sorted(full.items())))


def _cell_id(cell: NotebookNode, taken: set[str]) -> str:
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    stem = name or "c-" + hashlib.blake2b(cell.source.encode(), digest_size=6).hexdigest()
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return str(found)


def notebook_bytes(text: str) -> str:
    """Return the file content of the notebook of a text twin, the companies' names in place."""
    return json.dumps(notebook_of(named(text)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def text_of(nb: NotebookNode) -> str:
    """Return the text twin of a notebook, in jupytext's own writing, under a header that never moves."""
    written = jupytext.writes(nb, fmt="md:myst")
    return HEADER + _body(written)


def _body(text: str) -> str:
    """Return a text twin without its front matter."""
    if text.startswith("---\n"):
        text = text.split("\n---\n", 1)[1]
    return text.lstrip("\n")


def synchronise(text_path: Path) -> Path:
    """Rewrite the notebook beside a text twin, and the twin itself in its settled form; return the notebook's path."""
    nb = notebook_of(text_path.read_text(encoding="utf-8"))
    settled = text_of(nb)
    text_path.write_text(settled, encoding="utf-8")
    target = text_path.with_suffix(".ipynb")
    target.write_text(notebook_bytes(settled), encoding="utf-8")
    return target


if __name__ == "__main__":
    for name in sys.argv[1:]:
        out.print(synchronise(Path(name)))
