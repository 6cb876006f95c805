"""What is known of a dossier de valorisation that was written: its day, what it lacked, the hash of each file.

It is kept as JSON beside the files; the jury's record and its trace point to them by name and hash.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from casestudies.identity import read_json

FOLDER = "dossiers"
"""The folder of « build » that holds them: private, and erased with the person."""
FORMS = ("pdf", "docx")


@dataclass(frozen=True)
class DossierPointer:
    """A dossier as it was written: by which way, on which day (ISO), how much it lacked, the SHA-256 of its files.

    ``files`` goes by name; ``complete`` counts the competencies that lack nothing, of ``competencies``.
    """

    learner: str
    way: str
    day: str
    complete: int
    competencies: int
    lacks: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """What is said of it in one line."""
        day = "/".join(reversed(self.day.split("-")))
        if not self.lacks:
            return f"assemblé le {day}, complet"
        plural, points = "s" if self.complete > 1 else "", "s" if len(self.lacks) > 1 else ""
        said = f"assemblé le {day}, {self.complete} compétence{plural} complète{plural} sur {self.competencies}"
        return f"{said}, {len(self.lacks)} point{points} à compléter"

    def as_json(self) -> bytes:
        """Return it as its file holds it."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def dossier_folder(course: Course) -> Path:
    """Return the folder of the dossiers of a course."""
    return course.root / "build" / FOLDER


def file_of(course: Course, learner: str, form: str) -> Path:
    """Return where the dossier of a learner is, in a form (« pdf », « docx », « json »)."""
    return dossier_folder(course) / f"dossier-{learner}.{form}"


def pointer_of(course: Course, learner: str) -> DossierPointer | None:
    """Return what is known of a learner's dossier; None when none was written, or what is kept of it is damaged."""
    kept: dict[str, Any] = read_json(file_of(course, learner, "json"))
    try:
        files = {str(name): str(digest) for name, digest in kept["files"].items()}
        lacks = tuple(map(str, kept["lacks"]))
        whole = {name: str(kept[name]) for name in ("learner", "way", "day")}
        return DossierPointer(**whole, complete=int(kept["complete"]), competencies=int(kept["competencies"]),
                              lacks=lacks, files=files)  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def cited_files(course: Course, learner: str) -> Iterator[dict[str, Any]]:
    """Yield the files of a learner's dossier as they are now: name, SHA-256, bytes."""
    for form in FORMS:
        path = file_of(course, learner, form)
        if path.is_file():
            content = path.read_bytes()
            yield {"name": path.name, "sha256": sha256(content).hexdigest(), "bytes": len(content)}
