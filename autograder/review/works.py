"""What work a learner handed in last: the hashes that grading left in the records, read again when these change."""

from pathlib import Path

from autograder.grading.records import DamagedRecordError, load_record, record_path
from autograder.review.model import Part


class Works:
    """The hashes of the reviewed parts of one course."""

    def __init__(self, records: Path) -> None:
        """Look for them in the folder ``records``."""
        self._records = records
        self._kept: dict[Path, tuple[tuple[int, int], dict[str, str]]] = {}

    def of(self, part: Part) -> str:
        """Return the hash of a part's work; an empty text while it is not known."""
        if not part.notebook:
            return ""
        path = record_path(self._records, part.assignment, part.learner, part.notebook)
        try:
            stat = path.stat()
        except OSError:
            return ""
        stamp = stat.st_mtime_ns, stat.st_size
        if path not in self._kept or self._kept[path][0] != stamp:
            try:
                self._kept[path] = stamp, load_record(path).work
            except DamagedRecordError:
                self._kept[path] = stamp, {}
        found = self._kept[path][1]
        return str(found.get(part.id, "")) if isinstance(found, dict) else ""
