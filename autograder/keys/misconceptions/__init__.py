"""The catalogue of misconceptions: which mistake explains a wrong value, and the question that puts back on track."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casestudies.strict import ContentError, Table

CATALOGUE = Path(__file__).parent
"""Its files, one for each field: « catalogue.toml » for figures, others beside it."""
TITLE_LENGTH = 60


class CatalogueError(ContentError):
    """The catalogue is not consistent; the message names the file and the key."""


@dataclass(frozen=True)
class Misconception:
    """A mistake the kit recognises. Its number keeps its idea for ever; its texts never give a figure."""

    id: str
    title: str
    explanation: str
    question: str


@cache
def load_misconceptions(path: Path = CATALOGUE) -> dict[str, Misconception]:
    """Return the kit's catalogue by id, or the one that another file (or a folder of them) holds; each is read once."""
    found: dict[str, Misconception] = {}
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        root = Table.read(file, CatalogueError)
        for key in root.data:
            if key in found:
                root.fail(key, "ce numéro est déjà pris dans un autre fichier du catalogue")
            found[key] = _misconception(key, root)
    return found


def _misconception(key: str, root: Table) -> Misconception:
    if not re.fullmatch(r"M\d{2,3}", key):
        root.fail(key, "un identifiant M suivi de deux ou trois chiffres est attendu")
    table = root.table(key).only("titre", "explication", "relance")
    title = table.text("titre")
    if len(title) > TITLE_LENGTH:
        table.fail("titre", f"{TITLE_LENGTH} signes au plus sont attendus")
    question = table.text("relance")
    if not question.endswith("\N{NO-BREAK SPACE}?"):
        table.fail("relance", "une question est attendue, terminée par une espace insécable puis « ? »")
    return Misconception(key, title, table.text("explication"), question)
