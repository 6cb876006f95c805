"""Notebooks and their text twins: the Markdown is what people edit and review, the notebook is what people open.

Cell ids are derived from what a cell is, so that the same text always gives the same notebook, to the byte.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.authoring.competencies import competencies_bytes, competencies_path
from autograder.authoring.expansion import Blocks
from autograder.authoring.summary import entry_of, summary_bytes, summary_path
from autograder.authoring.texts import as_json, choices_path, options_of, texts_of, texts_path
from autograder.console import out
from autograder.content import notebooks_folder
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
    """Return the notebook of a text twin: blocks expanded, no outputs, stable cell ids, no noise in the metadata."""
    nb = _read(text)
    blocks = blocks_of(nb)
    made = (blocks.cells(cell.source) if cell.cell_type == "markdown" else [cell] for cell in nb.cells)
    nb.cells = list(chain.from_iterable(made))
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


def blocks_of(nb: NotebookNode) -> Blocks:
    """Return the blocks of a twin as it was read."""
    return Blocks(cell.source for cell in nb.cells if cell.cell_type == "markdown")


def _read(text: str) -> NotebookNode:
    """Return a text twin as jupytext reads it: a block is part of a Markdown cell."""
    nb = jupytext.reads(HEADER + _body(text), fmt="md:myst")
    nb.metadata = nbformat.from_dict(METADATA)
    nb.nbformat, nb.nbformat_minor = 4, 5
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


def settled(text: str) -> str:
    """Return a text twin in its settled form: jupytext's own writing, French spaces, a header that never moves."""
    nb = _read(text)
    for cell in nb.cells:
        _complete(cell)
        if cell.cell_type == "markdown":
            cell.source = french(cell.source)
    return HEADER + _body(jupytext.writes(nb, fmt="md:myst"))


def _body(text: str) -> str:
    """Return a text twin without its front matter."""
    if text.startswith("---\n"):
        text = text.split("\n---\n", 1)[1]
    return text.lstrip("\n")


def texts_bytes(text: str) -> str:
    """Return the file content of what the blocks of a text twin say, the companies' names in place."""
    return as_json(texts_of(blocks_of(_read(named(text)))))


def choices_bytes(texts: Iterable[str]) -> str:
    """Return the file content of the options of every text twin."""
    found: dict[str, list[str]] = {}
    for text in texts:
        found |= options_of(blocks_of(_read(named(text))))
    return as_json(found)


def home_bytes(paths: Iterable[Path]) -> str:
    """Return the file content of what a learner's home says of the notebooks of these text twins."""
    texts = {f"{path.parent.name}/{path.stem}": named(path.read_text(encoding="utf-8")) for path in paths}
    return summary_bytes(entry_of(name, text, blocks_of(_read(text))) for name, text in texts.items())


def synchronise(text_path: Path) -> Path:
    """Rewrite what is derived from a text twin, and the twin itself in its settled form; return the notebook's path.

    What stands in one file for all the notebooks is ``choices_bytes`` and ``home_bytes``.
    """
    text = settled(text_path.read_text(encoding="utf-8"))
    text_path.write_text(text, encoding="utf-8")
    compiled = texts_path(f"{text_path.parent.name}/{text_path.stem}")
    compiled.parent.mkdir(parents=True, exist_ok=True)
    compiled.write_text(texts_bytes(text), encoding="utf-8")
    target = text_path.with_suffix(".ipynb")
    target.write_text(notebook_bytes(text), encoding="utf-8")
    return target


def main(names: list[str]) -> None:
    """Rewrite the notebooks of these text twins, and what all the twins say together: options, and the home's cards."""
    twins = sorted(notebooks_folder().glob("*/*.md"))
    choices_path().write_text(choices_bytes(path.read_text(encoding="utf-8") for path in twins), encoding="utf-8")
    for name in names:
        out.print(synchronise(Path(name)))
    summary_path().write_text(home_bytes(twins), encoding="utf-8")
    competencies_path().write_text(competencies_bytes(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
