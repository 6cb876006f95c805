"""The formats of a notebook through the years: older ones are brought up to today's, which has an id for each cell."""

from typing import Any

import nbformat

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import NOTHING, RefusedError

MAJOR, MINOR = 4, 5
"""The format that the kit's notebooks are in."""
_NOT_A_NOTEBOOK = "le fichier n’est pas un notebook Jupyter."


def modern(notebook: dict[str, Any], notes: list[Incident]) -> dict[str, Any]:
    """Return ``notebook`` in today's format.

    Raises
    ------
    RefusedError
        When it is not a notebook, or in a format that does not exist yet.
    """
    major, minor = notebook.get("nbformat"), notebook.get("nbformat_minor", 0)
    if not isinstance(major, int) or not _is_number(major) or not ("cells" in notebook or "worksheets" in notebook):
        raise RefusedError(_NOT_A_NOTEBOOK)
    if major > MAJOR:
        raise RefusedError(f"le notebook est au format {major}, que cette version ne connaît pas.")
    if major < MAJOR:
        notebook = _converted(notebook, major)
    elif _is_number(minor) and minor >= MINOR:
        return notebook
    written = f"{major}.{minor}" if _is_number(minor) else str(major)
    what = f"le notebook, au format {written}, a été converti au format {MAJOR}.{MINOR}."
    notes.append(Incident("ancien-format", what, NOTHING))
    return {**notebook, "nbformat": MAJOR, "nbformat_minor": MINOR}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _converted(notebook: dict[str, Any], major: int) -> dict[str, Any]:
    """Return a notebook of format 1 to 3 in format 4; the ids, drawn at random, are left out to be given again."""
    try:
        converted = nbformat.convert(nbformat.from_dict(notebook), MAJOR)
        cells = [{key: value for key, value in cell.items() if key != "id"} for cell in converted.cells]
        metadata = {key: value for key, value in converted.metadata.items() if not key.startswith("orig_nbformat")}
    except Exception as error:  # the converter trusts what it reads
        raise RefusedError(f"le notebook, au format {major}, ne peut pas être converti.") from error
    return {**converted, "cells": cells, "metadata": metadata}
