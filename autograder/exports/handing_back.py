"""Giving feedback back: one ZIP a learner, ready to send, and one for Moodle's « téléverser plusieurs fichiers ».

Moodle knows whose a file is by the name of the folder that it made when the copies were downloaded (« Prénom
NOM_12345_assignsubmission_file_ »): the download itself says them again, and nothing of it is kept. Source: Moodle's
assignfeedback_file, importziplib.php, ``is_valid_filename_for_import`` (the second part of the name, between
underscores, is the participant).
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.triage.archives import open_downloads
from autograder.grading.triage.lms import deposits_of
from autograder.grading.triage.released import cells_of
from autograder.rooms import new_room
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError
from casestudies.remise.parcel import zipped
from casestudies.remise.receipt import now

FOLDER, MOODLE = "retours", "retours-moodle.zip"
_PARTICIPANT = re.compile(r".+?_\d+_assignsubmission_file")


@dataclass(frozen=True)
class HandedBack:
    """What was written: one file a learner, Moodle's if asked, and who was left out, with the reason, in French."""

    folder: Path
    learners: tuple[str, ...]
    moodle: Path | None = None
    left: tuple[tuple[str, str], ...] = ()


def hand_back(course: Course, assignment: str, target: Path, downloads: list[Path] | None = None) -> HandedBack:
    """Write the feedback of an assignment as files to send; ``downloads`` are what Moodle gave, for its own ZIP.

    A sheet that was written goes with the feedback.

    Raises
    ------
    CasekitError
        When the assignment is unknown, no feedback was written, a download cannot be read, or the disk refuses.
    """
    course.require(assignment)
    parcels = {folder.parent.name: _parcel(course, assignment, folder)
               for folder in sorted(course.folder("feedback").glob(f"*/{assignment}"))}  # fmt: skip
    if not parcels:
        raise CasekitError(f"Aucun retour écrit pour « {assignment} » : lancez « casekit feedback {assignment} ».")
    moment = now()
    for learner, files in parcels.items():
        write_whole(target / FOLDER / f"retour-{learner}.zip", zipped(files, moment))
    missing = [(name, "pas de retour écrit.") for name in course.learners() if name not in parcels]
    if not downloads:
        return HandedBack(target / FOLDER, tuple(parcels), left=tuple(missing))
    places = _places(course, assignment, downloads)
    sent: dict[str, bytes] = {}
    for learner, place in places.items():
        if learner in parcels:
            sent[f"{place}/retour-{learner}.zip"] = zipped(parcels[learner], moment)
            sent |= {f"{place}/{name}": content for name, content in parcels[learner].items() if name.endswith(".pdf")}
    missing += [(name, "son dépôt n’est pas dans ce téléchargement.") for name in parcels if name not in places]
    write_whole(target / MOODLE, zipped(sent, moment))
    return HandedBack(target / FOLDER, tuple(parcels), target / MOODLE, tuple(missing))


def _parcel(course: Course, assignment: str, folder: Path) -> dict[str, bytes]:
    """Return the files of one learner: the pages of feedback, and the sheet when there is one."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
             if path.is_file() and not path.is_symlink()}  # fmt: skip
    sheet = course.root / "build" / "fiches" / assignment / f"fiche-{folder.parent.name}.pdf"
    return {**files, **({sheet.name: sheet.read_bytes()} if sheet.is_file() else {})}


def _places(course: Course, assignment: str, downloads: list[Path]) -> dict[str, str]:
    """Return the name of each learner's folder in Moodle."""
    expected, _ = cells_of(course, assignment)
    room = Path(new_room())
    try:
        entries = open_downloads(downloads, room).entries
        deposits = deposits_of(entries, course.learners(), assignment, list(expected))
    finally:
        shutil.rmtree(room, ignore_errors=True)
    found = {one.learner: place[0] for one in deposits if one.learner and (place := _PARTICIPANT.match(one.label))}
    if not found:
        raise CasekitError(
            "Ce téléchargement n’a pas les noms de Moodle (« Prénom NOM_12345_assignsubmission_file_ ») : donnez le "
            "ZIP de « Télécharger tous les travaux remis »."
        )
    return found
