"""Taking in a download: deposits that are certainly somebody’s are copied to their submissions, others reported."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from autograder.console import followed, print_table, say
from autograder.course.course import Course
from autograder.grading.triage.archives import open_downloads
from autograder.grading.triage.assign import refuse_links
from autograder.grading.triage.files import read_file, replace_file
from autograder.grading.triage.lms import Deposit, deposits_of
from autograder.grading.triage.refusal import RefusedError
from autograder.grading.triage.released import cells_of
from autograder.rooms import new_room
from casestudies.errors import CasekitError, why
from casestudies.quoting import shown


@dataclass(frozen=True)
class Delivered:
    """What became of one deposit: whose it is (empty when nobody knows), what was done or why not, in French."""

    label: str
    learner: str
    told: str
    left: bool


def deliver(course: Course, assignment: str, sources: list[Path]) -> list[Delivered]:
    """Copy what was downloaded (folders, ZIPs, ZIPs within) into the submissions of an assignment.

    The download is left as it is. A file that would replace another one keeps the earlier one beside it, under
    « .original ».

    Raises
    ------
    CasekitError
        When a source cannot be read, the class list is empty, or the assignment was not released.
    """
    expected, _ = cells_of(course, assignment)
    learners = course.learners()
    if not learners:
        raise CasekitError("La liste de la classe (eleves.csv) est vide : complétez-la, puis relancez.")
    room = Path(new_room())
    try:
        found = open_downloads(sources, room)
        deposits = deposits_of(found.entries, learners, assignment, list(expected))
        done = [_deliver(course, assignment, one) for one in followed(deposits, "Dépôts", len(deposits))]
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return done + [Delivered(label, "", what, left=True) for label, what in found.problems]


def _deliver(course: Course, assignment: str, deposit: Deposit) -> Delivered:
    if not deposit.learner:
        return Delivered(deposit.label, "", deposit.why, left=True)
    submitted = course.folder("submitted")
    home = submitted / deposit.learner / assignment
    copied, problems = 0, []
    for path, place in deposit.files:
        try:
            refuse_links(submitted, (home / place).parent)
            replace_file(home / place, read_file(path))
            copied += 1
        except RefusedError as error:
            problems.append(f"« {shown(place)} » : {error.incident.what}")
        except CasekitError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"« {shown(place)} » n’a pas pu être copié ({why(error)}).")
    told = f"{copied} fichier(s) copié(s)." if copied or problems else "le dépôt est vide."
    return Delivered(deposit.label, deposit.learner, " ".join([told, *problems]), left=bool(problems) or not copied)


def print_delivered(delivered: list[Delivered], assignment: str) -> int:
    """Print what became of each deposit; return how many are left to the trainer."""
    cells = [(one.label, one.learner or "?", one.told) for one in delivered]
    print_table("Dépôts téléchargés", ("Dépôt", "Apprenant", "Ce qui a été fait"), cells)
    left = sum(one.left for one in delivered)
    say(f"{len(delivered) - left} dépôt(s) rangé(s), {left} laissé(s) de côté.")
    say(f"Ensuite : « casekit grade {assignment} ».")
    if left:
        say(f"Pour les ranger : « casekit intake {assignment} --attribuer DÉPÔT APPRENANT ».")
    return left
