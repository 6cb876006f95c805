"""What people read of each question, compiled from the text twins by ``make notebooks``: derived, never edited."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def notebooks() -> tuple[str, ...]:
    """Return the notebooks that ask questions, « assignment/notebook », in the order of the course."""
    return tuple(f"{path.parent.name}/{path.stem}" for path in sorted(FOLDER.glob("*/*.json")))


def texts_of(notebook: str) -> dict[str, Any]:
    """Return the ``questions`` (title, criterion, hints) and ``reviews`` (title, criterion) of a notebook, by id.

    A notebook that was not compiled yet has none.
    """
    path = FOLDER / f"{notebook}.json"
    if not path.is_file():
        return {"questions": {}, "reviews": {}}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
