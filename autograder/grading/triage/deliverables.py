"""The files that a notebook reads its deliverables from: those that were forgotten when it was handed in."""

import json
import re
from collections.abc import Iterator
from typing import Any

from autograder.grading.records import Incident
from autograder.grading.triage.files import Listing
from autograder.grading.triage.shape import text_of
from casestudies.answers import MIME
from casestudies.livrables import Deliverable, deliverables
from casestudies.livrables.store import FOLDER, FORMS

_CALL = b".livrable("


def forgotten(notebook: str, content: bytes, listing: Listing) -> Iterator[Incident]:
    """Yield one incident for each deliverable that the notebook read from a file when its author worked on it.

    The saved output of the checking cell says that a table was handed in then; the file is no longer there, so that
    the same cell hands in nothing now.
    """
    if _CALL not in content:
        return
    cells = [cell for cell in json.loads(content)["cells"] if cell["cell_type"] == "code"]
    names = {name.rpartition("/")[2] for name in listing.files}
    for slug, deliverable in deliverables().items():
        here = names & {f"{slug}.{form}" for form in FORMS}
        if not here and _reads(slug, cells) and _handed_in(deliverable, cells):
            what = f"« {deliverable.title} » était rempli dans {slug}.csv ou {slug}.xlsx, qui n’a pas été remis."
            advice = f"Demandez le dossier « {FOLDER} », mettez-le à côté du notebook, puis relancez la correction."
            yield Incident("livrable-absent", what, advice, notebook)


def _reads(slug: str, cells: list[dict[str, Any]]) -> bool:
    """Whether a cell takes its answer from the deliverable's file, and does not replace it by rows written below."""
    call = re.compile(rf"""^[ \t]*(\w+)[ \t]*=[ \t]*\w+\.livrable\(\s*["']{slug}["']""", re.MULTILINE)
    for cell in cells:
        found = call.search(text_of(cell))
        if found:
            return not re.search(rf"^[ \t]*{found[1]}[ \t]*=", text_of(cell)[found.end() :], re.MULTILINE)
    return False


def _handed_in(deliverable: Deliverable, cells: list[dict[str, Any]]) -> bool:
    for cell in cells:
        for output in cell.get("outputs", []):
            payload = (output.get("data") or {}).get(MIME)
            if isinstance(payload, dict) and payload.get("question") == deliverable.question:
                answer = payload.get("answer")
                return isinstance(answer, dict) and answer.get("kind") == "table"
    return False
