"""What goes wrong: with one copy, it is that copy's incident and the class goes on; with the course, a French sentence.

An incident names the kind of error and the step of ours where it came, never its message, which may quote the copy.
"""

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from autograder.course.course import Course
from autograder.faults import told_in_french
from autograder.grading.job import Graded
from autograder.grading.records import Incident
from casestudies.errors import CasekitError, why

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""How the system says that nobody's copy could be written on a disk."""
AGAIN = "Relancez la correction : cette copie sera reprise. Si cela recommence, signalez ce message."
EARLIER = "Des notes enregistrées auparavant, s’il y en a, sont celles d’une copie plus ancienne."
GOES_ON = "Les copies corrigées jusque-là sont enregistrées ; relancez ensuite, la correction reprendra où elle en est."


def kind_of_error(error: BaseException) -> str:
    """Return the kind of an error and the function of ours, or of a library's, that raised it.

    >>> kind_of_error(ValueError("un texte d’apprenant"))
    'ValueError'
    """
    steps = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {steps[-1].name}" if steps else type(error).__name__


def failed(learner: str, error: Exception, done: str) -> Graded:
    """Return what is said of a submission that could not be ``done`` (« lue », « corrigée ») because of ``error``."""
    what = f"La copie n’a pas pu être {done} ({kind_of_error(error)}) ; les autres copies n’en dépendent pas."
    return Graded(learner, incidents=[Incident("echec", what, AGAIN)], failed=True)


def given_up(learner: str) -> Graded:
    """Return what is said of a submission that no worker could finish."""
    what = "La correction de cette copie a été abandonnée : le processus qui la corrigeait s’est arrêté plusieurs fois."
    advice = "Libérez de la mémoire, puis relancez la correction ; si cela recommence, signalez ce message."
    return Graded(learner, incidents=[Incident("echec", what, advice)], failed=True)


def unwritten(learner: str, error: Exception, kept: bool) -> Graded:
    """Return what is said of a submission that was graded and not recorded.

    ``kept`` tells that nothing could be recorded at all, not even this: earlier grades, if any, are still there.
    """
    what = f"La copie a été corrigée, mais n’a pas pu être enregistrée ({kind_of_error(error)})."
    what += f" {EARLIER}" if kept else " Ses notes automatiques précédentes, s’il y en avait, ont été retirées."
    return Graded(learner, incidents=[Incident("echec", what, AGAIN)], failed=True)


def concerns_everybody(error: Exception) -> bool:
    """Whether an error would come back with every copy: a full disk, a gradebook that cannot be written."""
    if isinstance(error, OSError):
        return error.errno in DISK
    return isinstance(error, CasekitError | OperationalError) or type(error) is DatabaseError


@contextmanager
def said_in_french(course: Course) -> Iterator[None]:
    """Turn what stops a whole grading into a sentence.

    Raises
    ------
    CasekitError
        When the disk or the gradebook refuses: what it is, and that what was recorded is safe.
    """
    with told_in_french():
        try:
            yield
        except OSError as error:
            where = error.filename or course.root
            raise CasekitError(f"La correction s’est arrêtée : {why(error)} ({where}). {GOES_ON}") from error
