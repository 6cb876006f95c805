"""A hash of what people read of each reviewed part, so that a review says which work it is about."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.keys.questions import questions_of, reviews_of

DIGITS = 10
"""Significant digits of a number that are compared: a table computed again on another machine is the same work."""


def work_digests(nb: NotebookNode, notebook: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of what is read of each reviewed cell of « assignment/notebook », by grade id.

    It covers the cell as it was written (its text and its attachments, neither outputs nor times, whatever the ends of
    lines) and the answers of the same criterion that are checked for their form.
    """
    criteria = {review.id: review.criterion for review in reviews_of(notebook=notebook)}
    forms = [question for question in questions_of(notebook=notebook) if question.key is None]
    found = {}
    for cell in nb.cells:
        if is_grade(cell) and is_solution(cell):
            name = cell.metadata.nbgrader.grade_id
            read = {one.id: answers.get(one.id) for one in forms if one.criterion == criteria.get(name)}
            found[name] = digest_of([_normal(cell.source), cell.get("attachments", {}), read])
    return found


def _normal(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {str(name): _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def digest_of(told: Any) -> str:
    """Return a hash of plain data, the same for two that differ by rounding errors only."""
    text = json.dumps(_rounded(told), sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
