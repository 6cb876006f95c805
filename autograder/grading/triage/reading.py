"""Reading one notebook: a pure function from the bytes of a file to a notebook that can be graded, or a refusal."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from autograder.grading.records import Incident
from autograder.grading.triage.encoding import as_text, without_marks
from autograder.grading.triage.kinds import refuse_other_kinds, refuse_other_texts
from autograder.grading.triage.language import refuse_other_languages
from autograder.grading.triage.layout import layout_of, lightened
from autograder.grading.triage.parsing import parse
from autograder.grading.triage.shape import text_of, tidy, within_bounds
from autograder.grading.triage.versions import modern

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""Either half of an escaped pair of surrogates: one without the other cannot be written to a file."""


@dataclass(frozen=True)
class FileReading:
    """A notebook that can be graded.

    ``content`` are the bytes to grade: those of the file when ``notes`` is empty, else the mended ones. ``grade_ids``
    are the names that nbgrader gave to its cells. ``work`` is a hash of what people wrote: two files that hold the same
    work have the same.
    """

    content: bytes
    grade_ids: frozenset[str]
    work: str
    notes: tuple[Incident, ...] = ()


def read_notebook(data: bytes) -> FileReading:
    """Return what the file ``data`` holds; each repair is in the notes, whose notebook is left empty.

    Raises
    ------
    RefusedError
        When it cannot be graded, with the reason and what to ask for.
    """
    notes: list[Incident] = []
    refuse_other_kinds(data)
    plain = without_marks(data, notes)
    refuse_other_texts(plain[:8192].decode("utf-8", "replace"))
    seen = layout_of(plain)
    light = lightened(plain, seen, notes)
    notebook = parse(as_text(light, notes), seen.closed, notes)
    notebook = within_bounds(tidy(modern(notebook, notes), notes), notes)
    refuse_other_languages(notebook["metadata"])
    content = data
    if notes or _SURROGATE.search(light):
        content = _written(notebook, notes) or data
    return FileReading(content, grade_ids_of(notebook), _work(notebook), tuple(notes))


def _written(notebook: dict[str, Any], notes: list[Incident]) -> bytes:
    """Return the bytes of a mended notebook, nothing when it needs no mending."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        content = text.encode("utf-8", "replace")
        what = "des caractères incomplets ont été remplacés par « ? »."
        notes.append(Incident("remis-en-forme", what, "Vérifiez les textes rédigés."))
    return content if notes else b""


def grade_ids_of(notebook: dict[str, Any]) -> frozenset[str]:
    """Return the names that nbgrader gave to the cells."""
    names = (cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"])
    return frozenset(name for name in names if name)


def _work(notebook: dict[str, Any]) -> str:
    told = [
        [cell["cell_type"], text_of(cell), cell["metadata"].get("nbgrader", {}).get("grade_id")]
        for cell in notebook["cells"]
    ]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()
