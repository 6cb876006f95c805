"""A notebook as it is saved: its code cells, what its checks show, the company it is about. Nothing is run."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casestudies.answers import MIME
from casestudies.errors import CasekitError, why
from casestudies.findings import Outcome
from casestudies.freshness import Cell
from casestudies.quoting import on_one_line, shown
from casestudies.remise.fresh_run import SavedCell
from casestudies.typography import french

MAX_BYTES = 50 * 2**20
WRITTEN_S, STEP_S = 2.0, 0.05
"""How long a file that is being written is waited for, and how often it is looked at."""
_OPENING = re.compile(r"\bouvrir_dossier\(\s*[\"']([\w-]{1,40})[\"']")
_HEADING = re.compile(r"^#[ \t]+(.+)$", re.MULTILINE)
_VERDICTS = {french(f"{one.symbol} {one.label}"): one for one in Outcome}


@dataclass(frozen=True)
class SavedNotebook:
    """What is read of a notebook's file.

    ``verdicts`` are what its checks show, by question; ``company`` is the short name of the one that it opens, empty
    when it opens none; ``title`` is its first heading; ``content`` are the bytes that were read.
    """

    path: Path
    content: bytes
    cells: tuple[SavedCell, ...]
    verdicts: Mapping[str, Outcome] = field(default_factory=dict)
    company: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """The notebook's name, without its end."""
        return self.path.stem

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it asks, in order."""
        return tuple(dict.fromkeys(cell.question for cell in self.cells if cell.question))

    @property
    def written(self) -> list[Cell]:
        """Its code cells, as a page tells them."""
        return [(cell.id, cell.source) for cell in self.cells]


def read_saved(path: Path) -> SavedNotebook:
    """Return what the notebook at ``path`` holds; one that is being saved is read once it is whole.

    Raises
    ------
    CasekitError
        When it cannot be read, or is no notebook.
    """
    what = f"« {shown(path.name)} » ne peut pas être relu"
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(
                f"{what} : il fait plus de {MAX_BYTES // 2**20} Mio. Menu « Édition », « Effacer les sorties de "
                "toutes les cellules », puis enregistrez-le."
            )
        content = _whole(path)
        cells = json.loads(content)["cells"]
        codes = [cell for cell in cells if cell["cell_type"] == "code"]
        read = tuple(
            SavedCell(str(cell.get("id") or f"cellule-{number}"), _text(cell), _question(cell))
            for number, cell in enumerate(codes, 1)
        )
    except OSError as error:
        raise CasekitError(f"{what} ({why(error)}).") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CasekitError(f"{what} : ce fichier n’est pas un notebook entier. Enregistrez-le de nouveau.") from error
    verdicts = {
        question: verdict for cell in codes if (question := _question(cell)) and (verdict := _shown(cell)) is not None
    }
    opened = next((found[1] for cell in read if (found := _OPENING.search(cell.source))), "")
    return SavedNotebook(path, content, read, verdicts, opened, _title(cells) or path.stem)


def _whole(path: Path) -> bytes:
    """Return the bytes of a file; JupyterLab writes in place, so that half of it may be there for a moment."""
    end = time.monotonic() + WRITTEN_S
    while True:
        content = path.read_bytes()
        if content.rstrip().endswith(b"}") or time.monotonic() > end:
            return content
        time.sleep(STEP_S)


def _text(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _title(cells: list[dict[str, Any]]) -> str:
    texts = (_text(cell) for cell in cells if cell["cell_type"] == "markdown")
    return next((on_one_line(found[1])[:120] for text in texts if (found := _HEADING.search(text))), "")


def _question(cell: Mapping[str, Any]) -> str:
    """Return the question that a locked cell checks, as nbgrader names it; empty for any other cell."""
    tag = cell.get("metadata", {}).get("nbgrader") or {}
    return str(tag.get("grade_id", "")) if tag.get("grade") and not tag.get("solution") else ""


def _shown(cell: Mapping[str, Any]) -> Outcome | None:
    """Return the verdict that a check cell shows, None when it was not run."""
    for output in reversed(cell.get("outputs") or []):
        data = output.get("data") or {}
        if MIME in data:
            text = data.get("text/plain", "")
            lines = (text if isinstance(text, str) else "".join(text)).splitlines()
            return _VERDICTS.get(lines[0]) if lines else None
    return None
