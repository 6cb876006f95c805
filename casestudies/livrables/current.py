"""A deliverable as it stands beside the notebooks: what was handed in, or its file when it was changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casestudies.answers import encode
from casestudies.livrables.cells import frame_of
from casestudies.livrables.handed import handed_path, recall, rows_in, text_in
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.readiness import Readiness
from casestudies.livrables.store import Shelf


@dataclass(frozen=True)
class CurrentWork:
    """What a deliverable holds now: rows or a text, the same encoded as an answer, the file of the rows if any."""

    deliverable: Deliverable
    rows: tuple[Row, ...] = ()
    text: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def begun(self) -> bool:
        """Whether something is there."""
        return bool(self.rows or self.text)

    def is_ready(self, says: Readiness) -> bool:
        """Return whether its check finds it ready; never when nothing is there."""
        return self.begun and says(self.deliverable, self.answer)


def current(shelf: Shelf, learner: str, deliverable: Deliverable) -> CurrentWork:
    """Return what a deliverable holds now, for one learner.

    Raises
    ------
    FileError
        When its file cannot be read, or when two files differ.
    """
    answer = recall(shelf.folder, learner, deliverable.question)
    if not deliverable.is_table:
        text = text_in(answer)
        return CurrentWork(deliverable, text=text, answer=encode(text))
    handed = rows_in(deliverable, answer)
    filled = shelf.filled(deliverable)
    rows = handed
    if filled is not None:
        answered = handed_path(shelf.folder, deliverable.question)
        newer = not answered.is_file() or filled.path.stat().st_mtime > answered.stat().st_mtime
        rows = filled.rows if newer or not handed else handed
    given = answer if answer is not None and rows == handed else encode(frame_of(deliverable, rows))
    return CurrentWork(deliverable, tuple(rows), "", given, filled.path if filled else None)
