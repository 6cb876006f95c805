"""What was handed in last to the questions of deliverables, kept beside the progress: a small file by question."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from casestudies.answers import decode
from casestudies.french import clean, simplified
from casestudies.identity import STATE_FOLDER, read_json, write_json
from casestudies.livrables.cells import read_cell
from casestudies.livrables.model import Deliverable, Field, Row
from casestudies.livrables.store import Shelf

HANDED = "rendus"


def handed_path(folder: Path, question: str) -> Path:
    """Return where the last answer to a question is kept."""
    return folder / STATE_FOLDER / HANDED / f"{question}.json"


def remember(folder: Path, learner: str, deliverable: Deliverable, answer: dict[str, Any]) -> None:
    """Keep an encoded answer, when it is of the deliverable's kind and says something; else keep the earlier one."""
    kept = rows_in(deliverable, answer) if deliverable.is_table else text_in(answer)
    if kept:
        content = {"identifiant": learner, "question": deliverable.question, "answer": answer}
        write_json(handed_path(folder, deliverable.question), content)


def recall(folder: Path, learner: str, question: str) -> dict[str, Any] | None:
    """Return the encoded answer that this learner handed in last to a question."""
    content = read_json(handed_path(folder, question))
    answer = content.get("answer")
    return answer if content.get("identifiant") == learner and isinstance(answer, dict) else None


def rows_in(deliverable: Deliverable, answer: object) -> list[Row]:
    """Return the filled rows of an encoded table, every column of the deliverable first; none for anything else."""
    table = decode(answer)
    if not isinstance(table, pd.DataFrame):
        return []
    known = {simplified(one.name): one for one in deliverable.fields}
    fields = [known.get(simplified(name)) or Field(str(name), "texte", "") for name in table.columns]
    rows = [_row(deliverable, fields, cells) for cells in table.itertuples(index=False, name=None)]
    return [row for row in rows if any(cell is not None for cell in row.values())]


def _row(deliverable: Deliverable, fields: Sequence[Field], cells: Sequence[object]) -> Row:
    row: Row = dict.fromkeys(deliverable.names)
    row.update({one.name: read_cell(one, cell) for one, cell in zip(fields, cells, strict=True)})
    return row


def latest_rows(shelf: Shelf, deliverable: Deliverable, handed: list[Row]) -> list[Row]:
    """Return the rows handed in, or those of the file when it was changed since.

    Raises
    ------
    FileError
        When a file cannot be read, or when two files differ.
    """
    filled = shelf.filled(deliverable)
    if filled is None:
        return handed
    answered = handed_path(shelf.folder, deliverable.question)
    newer = not answered.is_file() or filled.path.stat().st_mtime > answered.stat().st_mtime
    return filled.rows if newer or not handed else handed


def text_in(answer: object) -> str:
    """Return the text of an encoded answer, without outer blanks; nothing for anything else."""
    text = decode(answer)
    return clean(text) if isinstance(text, str) else ""
