"""The shape that every tool expects of a notebook: what is missing or in excess is put right, cell by cell."""

import re
from typing import Any

from nbformat.validator import get_validator

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import NOTHING, RefusedError

MAX_CELLS = 2000
MAX_SOURCE = 2**20
"""The longest text of a cell, in characters."""

_KEYS = {
    "code": {"id", "cell_type", "metadata", "source", "outputs", "execution_count"},
    "markdown": {"id", "cell_type", "metadata", "source", "attachments"},
    "raw": {"id", "cell_type", "metadata", "source", "attachments"},
}
_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}\Z")
_IMAGE = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s]+")
_NOT_A_NOTEBOOK = "le fichier n’est pas un notebook Jupyter."
_ROOT_KEYS = ("metadata", "nbformat", "nbformat_minor", "cells")
_KERNEL_KEYS = {"kernelspec": ("name", "display_name"), "language_info": ("name",)}


def tidy(notebook: dict[str, Any], notes: list[Incident]) -> dict[str, Any]:
    """Return ``notebook`` (of today's format) in a shape that nbformat declares valid.

    Raises
    ------
    RefusedError
        When it has no cells, far too many, or cells that are not cells.
    """
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise RefusedError(_NOT_A_NOTEBOOK)
    if len(cells) > MAX_CELLS:
        raise RefusedError(
            f"le notebook compte {len(cells)} cellules, {MAX_CELLS} au plus.",
            "Ouvrez-le : un copier-coller a sans doute multiplié les cellules. Demandez un nouveau dépôt.",
        )
    ids: set[str] = set()
    made = {key: notebook.get(key) for key in _ROOT_KEYS}
    made |= {"metadata": _metadata(notebook.get("metadata")), "cells": [_cell(cell, ids) for cell in cells]}
    valid = _valid(made)
    converted = any(note.code == "ancien-format" for note in notes)  # ids are then missing by right
    if valid != notebook and not converted:
        what = "des champs manquants, en trop ou mal formés ont été remis en forme."
        notes.append(Incident("remis-en-forme", what, NOTHING))
    return valid


def _metadata(found: object) -> dict[str, Any]:
    """Return the notebook's metadata without what names a kernel in a form that no tool reads."""
    kept = dict(found) if isinstance(found, dict) else {}
    for name, keys in _KERNEL_KEYS.items():
        entry = kept.get(name, {})
        if not isinstance(entry, dict) or any(not isinstance(entry.get(key), str) for key in keys if name in kept):
            del kept[name]
    return kept


def _cell(found: object, ids: set[str]) -> dict[str, Any]:
    """Return a cell with the keys of its type and an id of its own."""
    if not isinstance(found, dict):
        raise RefusedError(_NOT_A_NOTEBOOK)
    kind = found.get("cell_type") if found.get("cell_type") in ("code", "markdown", "raw") else "raw"
    cell = {key: value for key, value in found.items() if key in _KEYS[str(kind)]}
    cell |= {"cell_type": kind, "source": _source(found.get("source", "")), "metadata": _tags(found.get("metadata"))}
    if kind == "code":
        count, outputs = found.get("execution_count"), found.get("outputs")
        cell["execution_count"] = count if isinstance(count, int) and not isinstance(count, bool) else None
        cell["outputs"] = outputs if isinstance(outputs, list) else []
    cell["id"] = _own_id(found.get("id"), ids)
    return cell


def _source(found: object) -> str | list[str]:
    if isinstance(found, str) or (isinstance(found, list) and all(isinstance(line, str) for line in found)):
        return found
    raise RefusedError(_NOT_A_NOTEBOOK)


def _tags(found: object) -> dict[str, Any]:
    """Return a cell's metadata; nbgrader's own tags need a name, else they are dropped and put back at grading."""
    kept = dict(found) if isinstance(found, dict) else {}
    if "nbgrader" in kept:
        tags = kept["nbgrader"]
        if not isinstance(tags, dict) or not isinstance(tags.get("grade_id"), str) or not tags["grade_id"]:
            del kept["nbgrader"]
    return kept


def _own_id(found: object, ids: set[str]) -> str:
    """Return an id that is not taken: the cell's own when it can be, else the next number."""
    name, number = found, len(ids)
    while not isinstance(name, str) or not _ID.match(name) or name in ids:
        name, number = f"cellule-{number}", number + 1
    ids.add(name)
    return name


def _valid(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook as it is, or without its outputs, or without the metadata that only tools read."""
    validator = get_validator(notebook["nbformat"], notebook["nbformat_minor"])
    for attempt in (notebook, _without_outputs(notebook), _bare(notebook)):
        if next(iter(validator.iter_errors(attempt)), None) is None:  # one error is enough, all may take minutes
            return attempt
    raise RefusedError(_NOT_A_NOTEBOOK)


def _without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    cells = [{**cell, "outputs": []} if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def _bare(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with nbgrader's tags and the kernel as its only metadata, and nothing attached."""
    cells = [
        {key: value for key, value in cell.items() if key != "attachments"}
        | {"metadata": {key: value for key, value in cell["metadata"].items() if key == "nbgrader"}}
        for cell in _without_outputs(notebook)["cells"]
    ]
    metadata = {key: {name: notebook["metadata"][key][name] for name in names}
                for key, names in _KERNEL_KEYS.items() if key in notebook["metadata"]}  # fmt: skip
    return {**notebook, "metadata": metadata, "cells": cells}


def text_of(cell: dict[str, Any]) -> str:
    """Return the text of a cell, which may be written as one string or as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def within_bounds(notebook: dict[str, Any], notes: list[Incident]) -> dict[str, Any]:
    """Return the notebook with no cell longer than ``MAX_SOURCE``: images pasted in a text are taken out.

    Raises
    ------
    RefusedError
        When a cell is too long for another reason.
    """
    cells = list(notebook["cells"])
    for index, cell in enumerate(cells):
        text = text_of(cell)
        if len(text) <= MAX_SOURCE:
            continue
        shorter = _IMAGE.sub("", text) if cell["cell_type"] == "markdown" else text
        if len(shorter) > MAX_SOURCE:
            raise RefusedError(
                f"la cellule n° {index + 1} contient {len(text) // 1024} Kio de texte, {MAX_SOURCE // 1024} au plus.",
                "Demandez un nouveau dépôt où les données collées dans la cellule sont lues depuis un fichier.",
            )
        cells[index] = {**cell, "source": shorter}
        what = f"des images collées dans le texte de la cellule n° {index + 1} ont été retirées."
        notes.append(Incident("images-retirees", what, "Regardez-les dans l’original quand vous relisez ce texte."))
    return {**notebook, "cells": cells}
