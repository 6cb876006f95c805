"""What is kept of each submission: the answers, so that they can be evaluated again, and what was said of them."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from casestudies import __version__
from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.identity import json_bytes
from casestudies.quoting import argument
from casestudies.seeds import DATA_VERSION


class DamagedRecordError(CasekitError):
    """A record that cannot be read: cut short, or changed by hand."""

    def __init__(self, path: Path) -> None:
        learner, assignment = path.parent.name, path.parent.parent.name
        super().__init__(
            f"Le résultat enregistré dans {path} est abîmé. La copie et les notes sont intactes : recorrigez cette "
            f"copie avec « casekit grade {assignment} --apprenant {argument(learner)} --tout »."
        )


@dataclass(frozen=True)
class Incident:
    """Something unusual about a submission: a code, what happened, what the trainer should do. In French."""

    code: str
    what: str
    advice: str
    notebook: str = ""


@dataclass(frozen=True)
class Result:
    """The finding of one question and the points it earned."""

    finding: Finding
    points: float
    max_points: float


@dataclass
class Record:
    """One notebook of one learner: who, which variant, the encoded answers, the results, the incidents.

    ``work`` holds a hash of what is read of each reviewed part, by grade id; ``own_levels`` the levels that the learner
    gave their own work, by the question that ends it: plain data, never a mark (see ``casestudies.levelling``).
    """

    assignment: str
    notebook: str
    learner: str
    company: str
    draw: int | None
    kit_version: str
    answers: dict[str, Any] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    data_version: str = DATA_VERSION
    work: dict[str, str] = field(default_factory=dict)
    own_levels: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def record_path(folder: Path, assignment: str, learner: str, notebook: str) -> Path:
    """Return where the record of one notebook is kept."""
    return folder / assignment / learner / f"{notebook}.json"


def save_record(folder: Path, record: Record) -> None:
    """Write a record whole or not at all.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    path = record_path(folder, record.assignment, record.learner, record.notebook)
    write_atomically(path, record_bytes(record))


def record_bytes(record: Record) -> bytes:
    """Return a record as its file holds it."""
    return json_bytes(asdict(record))


def load_record(path: Path) -> Record:
    """Return the record kept in ``path``, a ``record_path``.

    Raises
    ------
    DamagedRecordError
        When the file is not a record, or says that it is somebody else's.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        raw["results"] = {name: _result(entry) for name, entry in raw["results"].items()}
        raw.setdefault("data_version", "1")  # what every record was made with before it was written down
        raw["incidents"] = [Incident(**entry) for entry in raw["incidents"]]
        record = Record(**raw)
        if not isinstance(record.answers, dict):
            raise TypeError(record.answers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedRecordError(path) from error
    if path.parts[-3:] != (record.assignment, record.learner, f"{record.notebook}.json"):
        raise DamagedRecordError(path)
    return record


def read_records(folder: Path, assignment: str, learner: str = "") -> list[Record]:
    """Return the records of an assignment (everybody's, or those of ``learner``), by learner then notebook.

    A damaged record counts as not graded: it has no answer and no result, and an incident that says so.
    """
    place = folder / assignment
    return [_read(path) for path in sorted((place / learner).glob("*.json") if learner else place.glob("*/*.json"))]


def _read(path: Path) -> Record:
    try:
        return load_record(path)
    except DamagedRecordError:
        notebook, learner, assignment = path.stem, path.parent.name, path.parent.parent.name
        what = f"Le résultat enregistré de « {notebook} » est abîmé."
        again = f"Relancez « casekit grade {assignment} --apprenant {argument(learner)} --tout »."
        lost = Incident("echec", what, again, notebook)
        return Record(assignment, notebook, learner, "", None, __version__, incidents=[lost])


def _result(entry: dict[str, Any]) -> Result:
    finding = entry["finding"]
    finding["outcome"] = Outcome(finding["outcome"])
    for name in ("misconceptions", "remarks"):
        finding[name] = tuple(finding[name])
    return Result(Finding(**finding), entry["points"], entry["max_points"])
